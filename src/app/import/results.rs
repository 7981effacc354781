//! What the imports came to: asked for whenever that may have changed, and saved as a file.

use albumen_core::protocol::{Answer, ImportReport, ImportStep, Wish, Work};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::report::Report;
use super::stage_of;
use crate::app::actions::{Actions, use_actions};
use crate::app::confirm::Refused;
use crate::app::state::State;
use crate::app::widgets::Button;
use crate::app::words::{report_csv, report_json};

/// A turn of an import after which its report may be another one.
type Turn = (ImportStep, super::Stage, usize);

/// Nothing before photos are kept.
fn turn(state: State) -> Memo<Option<Turn>> {
    Memo::new(move |_| {
        state.import.with(|import| {
            let import = import.as_ref()?;
            let has_any = matches!(import.step, ImportStep::LookingInside | ImportStep::Done)
                || matches!(import.work, Work::Finished | Work::Cancelled);
            has_any.then(|| (import.step, stage_of(import), import.parts.len()))
        })
    })
}

#[component]
pub(super) fn Results() -> impl IntoView {
    let actions = use_actions();
    let turn = turn(actions.state);
    let report = RwSignal::new(None::<ImportReport>);
    let trouble = RwSignal::new(None::<Trouble>);
    // Of two answers that of the later turn counts.
    let asked = StoredValue::new(0_u32);
    let ask = move || {
        let number = asked.get_value().wrapping_add(1);
        asked.set_value(number);
        spawn_local(async move {
            let answer = actions.ask(Wish::ImportReport).await;
            // The screen may have been left.
            if asked.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(Answer::Import(told)) => {
                    trouble.set(None);
                    report.set(Some(*told));
                }
                Ok(_) => {}
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    Effect::new(move |_| {
        if turn.get().is_some() {
            ask();
        }
    });
    view! {
        <Refused trouble again=ask/>
        {move || turn.get().and_then(|_| report.get()).map(|told| {
            let saved = StoredValue::new(told.clone());
            view! {
                <section class="part import-report">
                    <h2>"What it came to"</h2>
                    <Report told/>
                    <div class="buttons">
                        <span class="soft small">"Save report"</span>
                        <Button
                            small=true
                            label="Save report as CSV"
                            on_press=move || saved.with_value(|told| save_csv(actions, told))
                        >
                            "CSV"
                        </Button>
                        <Button
                            small=true
                            label="Save report as JSON"
                            on_press=move || saved.with_value(|told| save_json(actions, told))
                        >
                            "JSON"
                        </Button>
                    </div>
                </section>
            }
        })}
    }
}

fn save_csv(actions: Actions, told: &ImportReport) {
    // A spreadsheet takes UTF-8 for what it is only behind a byte order mark.
    let bytes = [b"\xef\xbb\xbf", &report_csv(told, actions.services.numbers())[..]].concat();
    save(actions, "albumen-import.csv", "text/csv", &bytes);
}

fn save_json(actions: Actions, told: &ImportReport) {
    let text = report_json(told, actions.services.numbers());
    save(actions, "albumen-import.json", "application/json", text.as_bytes());
}

fn save(actions: Actions, file_name: &str, mime_type: &str, bytes: &[u8]) {
    if !actions.services.save_file(file_name, mime_type, bytes) {
        actions.toaster.say("The browser did not take the report. Try again.");
    }
}
