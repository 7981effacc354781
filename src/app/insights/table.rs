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
    /// How many of the other period, where there is one.
    pub beside: Option<u32>,
}

impl Line {
    pub(super) fn new(key: i32, name: String, count: u32) -> Self {
        Self { key, name, count, beside: None }
    }
}

/// The heads of the columns with numbers.
pub(super) type Heads = Memo<Vec<String>>;

/// Made when it is opened.
#[component]
pub(super) fn NumbersTable(
    #[prop(into)] title: Signal<String>,
    /// What a line stands for: "Hour", "Day".
    unit: &'static str,
    heads: Heads,
    lines: Memo<Arc<Vec<Line>>>,
    /// Narrows the view to a line; whether it stays on this screen.
    on_choose: Callback<(i32, bool)>,
    /// What else can be done with the numbers.
    children: ChildrenFn,
) -> impl IntoView {
    let actions = use_actions();
    let is_open = RwSignal::new(false);
    let most = RwSignal::new(ROWS_AT_ONCE);
    let line = move |line: Line| {
        let (only, show) = (format!("Only {}", line.name), format!("Show {}", line.name));
        let key = line.key;
        view! {
            <tr>
                <th scope="row"><bdi>{line.name}</bdi></th>
                <td class="number">{actions.services.count(line.count)}</td>
                {line.beside.map(|count| view! { <td class="number">{actions.services.count(count)}</td> })}
                <td class="numbers-table-act">
                    <Button small=true look=ButtonLook::Quiet label=only on_press=move || on_choose.run((key, true))>"Only"</Button>
                    <Button small=true look=ButtonLook::Quiet label=show on_press=move || on_choose.run((key, false))>"Show"</Button>
                </td>
            </tr>
        }
    };
    let children = StoredValue::new(children);
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
                <div class="buttons chart-acts">{children.with_value(|children| children())}</div>
                <div class="numbers-table" tabindex="0" role="region" aria-label=move || format!("Numbers: {}", title.get())>
                    <table aria-label=move || title.get()>
                        <thead>
                            <tr>
                                <th scope="col">{unit}</th>
                                {move || heads.get().into_iter().map(|head| view! {
                                    <th scope="col" class="number">{head}</th>
                                }).collect_view()}
                                <th scope="col"><span class="unseen">"Narrow to it here, or show its photos"</span></th>
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
