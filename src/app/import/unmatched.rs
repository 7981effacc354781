//! Files that could not be matched, one by one, a page at a time: there may be ten thousand.

use albumen_core::protocol::Unmatched as File;
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::widgets::Button;
use crate::app::words::unmatched::why;

/// Files that are shown at once.
const PAGE: usize = 100;

/// `all` is how many there are, of which `files` may be only the first.
#[component]
pub(super) fn Unmatched(files: Vec<File>, all: u32) -> impl IntoView {
    let actions = use_actions();
    let services = actions.services;
    let listed = files.len();
    if listed == 0 {
        return view! { <p class="soft">"Every file found its place."</p> }.into_any();
    }
    let files = StoredValue::new(files);
    let first = RwSignal::new(0_usize);
    let has_more = listed > PAGE;
    let last = move || (first.get() + PAGE).min(listed);
    let count = move |number: usize| services.count(number as u64);
    let summary = match (all as usize).max(listed) {
        all if all > listed => format!("The first {} files, of {}, each with its reason", count(listed), count(all)),
        _ => format!(
            "{}, each with its reason",
            if listed == 1 { "The file".to_owned() } else { format!("All {} files", count(listed)) }
        ),
    };
    let rows = move || {
        let numbers = services.numbers();
        files.with_value(|files| {
            let page = files.iter().skip(first.get()).take(PAGE);
            let page = page.map(|file| {
                view! {
                    <li class="import-unmatched">
                        <span class="import-path">{file.path.clone()}</span>
                        <span class="soft small">{file.part.clone()}</span>
                        <span class="small">{why(&file.why, numbers)}</span>
                    </li>
                }
            });
            page.collect_view()
        })
    };
    view! {
        <details class="disclosure">
            <summary>{summary}</summary>
            <ul>{rows}</ul>
            <Show when=move || has_more>
                <div class="buttons">
                    <Button
                        small=true
                        disabled=Signal::derive(move || first.get() == 0)
                        on_press=move || first.update(|first| *first = first.saturating_sub(PAGE))
                    >
                        "Previous"
                    </Button>
                    <span class="numbers small" role="status">
                        {move || format!("{} to {} of {}", count(first.get() + 1), count(last()), count(listed))}
                    </span>
                    <Button
                        small=true
                        disabled=Signal::derive(move || last() >= listed)
                        on_press=move || first.update(|first| *first += PAGE)
                    >
                        "Next"
                    </Button>
                </div>
            </Show>
        </details>
    }
    .into_any()
}
