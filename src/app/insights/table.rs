//! The numbers behind a chart, for keyboards, screen readers and whoever wants them exactly.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::widgets::{Button, ButtonLook};

/// How many rows are written at once: a table of fifteen years' days would make the page slow.
const ROWS_AT_ONCE: usize = 500;

/// One line: what it is called and how many there are; `key` says which when it is pressed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub key: i32,
    pub name: String,
    pub count: u32,
}

/// Made when it is opened.
#[component]
pub(super) fn NumbersTable(
    #[prop(into)] title: Signal<String>,
    /// What a line stands for: "Hour", "Day".
    unit: &'static str,
    lines: Memo<Arc<Vec<Line>>>,
    #[prop(into)] on_show: Callback<i32>,
) -> impl IntoView {
    let actions = use_actions();
    let is_open = RwSignal::new(false);
    let most = RwSignal::new(ROWS_AT_ONCE);
    let line = move |line: Line| {
        let label = format!("Show {}", line.name);
        view! {
            <tr>
                <th scope="row">{line.name}</th>
                <td class="number">{actions.services.count(line.count)}</td>
                <td>
                    <Button small=true look=ButtonLook::Quiet label on_press=move || on_show.run(line.key)>"Show"</Button>
                </td>
            </tr>
        }
    };
    view! {
        <details
            class="disclosure"
            prop:open=is_open
            on:toggle=move |event| {
                let open = event_target::<web_sys::Element>(&event).has_attribute("open");
                is_open.set(open);
            }
        >
            <summary>"Numbers"</summary>
            <Show when=move || is_open.get()>
                <div class="numbers-table" tabindex="0" role="region" aria-label=move || format!("Numbers: {}", title.get())>
                    <table aria-label=move || title.get()>
                        <thead>
                            <tr>
                                <th scope="col">{unit}</th>
                                <th scope="col" class="number">"Photos"</th>
                                <th scope="col"><span class="unseen">"Show in Photos"</span></th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || lines.with(|lines| lines.iter().take(most.get()).cloned().map(line).collect_view())}
                        </tbody>
                    </table>
                    <Show when=move || lines.with(|lines| lines.len() > most.get())>
                        <Button look=ButtonLook::Quiet on_press=move || most.update(|most| *most += ROWS_AT_ONCE)>
                            "More"
                        </Button>
                    </Show>
                </div>
            </Show>
        </details>
    }
}
