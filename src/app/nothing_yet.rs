//! What a screen says as long as there are no photos at all, and the two ways to some.

use leptos::prelude::*;

use super::actions::use_actions;
use super::state::{Phase, Screen};

/// In place of a screen's content. Of a library that is still being read it says nothing yet.
#[component]
pub fn NothingYet(title: &'static str, words: &'static str) -> impl IntoView {
    let actions = use_actions();
    let is_known = Memo::new(move |_| !actions.state.phase.with(|phase| *phase == Phase::Reading));
    move || match is_known.get() {
        false => view! { <p class="unseen" role="status">"Opening…"</p> }.into_any(),
        true => view! {
            <div class="nothing">
                <h2>{title}</h2>
                <p>{words}</p>
                <p class="buttons">
                    <a class="button" href=Screen::Photos.path()>"Fetch photos"</a>
                    <a class="button" href=Screen::Import.path()>"Import a Takeout export"</a>
                </p>
            </div>
        }
        .into_any(),
    }
}
