//! An export that is under way or failed: how far it is, and what one may do about it.

use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::state::ExportWork;
use crate::app::widgets::{Button, ButtonLook, Failure, Progress};
use crate::app::words::export::export_progress;
use crate::app::words::{Explained, Next};

/// Lies below a screen's bar while there is something to say.
#[component]
pub fn ExportStrip() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state.exporting;
    let work = Memo::new(move |_| state.with(|state| state.as_ref().map(|state| state.work.clone())));
    view! {
        {move || match work.get() {
            None => ().into_any(),
            Some(ExportWork::Running) => view! {
                <section class="sync-strip" aria-label="Export">
                    <Running/>
                    <div class="buttons">
                        <Button look=ButtonLook::Quiet on_press=move || actions.end_export()>"Cancel"</Button>
                    </div>
                </section>
            }
            .into_any(),
            Some(ExportWork::Failed { sentence }) => view! {
                <section class="sync-strip" aria-label="Export">
                    <Failure
                        explained=Explained { sentence, value: None, next: Next::Nothing }
                        on_next=|_| ()
                        on_copy=move |text| actions.copy(text)
                    />
                    <div class="buttons">
                        <Button look=ButtonLook::Quiet on_press=move || actions.end_export()>"Dismiss"</Button>
                    </div>
                </section>
            }
            .into_any(),
        }}
    }
}

#[component]
fn Running() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state.exporting;
    let share =
        move || state.with(|state| state.as_ref().map(|state| f64::from(state.done) / f64::from(state.of.max(1))));
    let words = move || {
        state.with(|state| {
            let state = state.as_ref()?;
            let numbers = actions.services.numbers();
            Some(format!("{}: {}", state.file_name, export_progress(state.done, state.of, state.bytes, numbers)))
        })
    };
    view! {
        <div class="sync-numbers numbers">
            <span>{words}</span>
            <Progress done=Signal::derive(share) label=Signal::derive(|| "Export".to_owned())/>
        </div>
    }
}
