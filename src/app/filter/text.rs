//! The filter's text: narrows while it is typed.

use albumen_core::catalog::Filter;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::app::actions::use_actions;
use crate::app::services::focus;
use crate::app::state::Phase;

/// As in Google Photos, `/` goes here.
#[component]
pub(super) fn TextFilter() -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let node = NodeRef::<html::Input>::new();
    let text = Memo::new(move |_| address.filter.with(|filter| filter.text.clone()).unwrap_or_default());
    // What is typed is in the address already, but for blanks that say nothing: writing it back would move the cursor.
    // Anything else is from elsewhere: whoever goes back while the field has the focus sees what is searched for.
    let value = move || {
        let text = text.get();
        let typed = node.get_untracked().map(|input| input.value());
        typed.filter(|typed| said(typed).unwrap_or_default() == text).unwrap_or(text)
    };
    let narrow = move |text: &str| {
        address.retype(&Filter { text: said(text).map(str::to_owned), ..address.filter.get_untracked() });
    };
    // Names and descriptions are read before the first key: a search of many takes longer to prepare than to make.
    let is_wanted = RwSignal::new(false);
    Effect::new(move |_| {
        let is_open = actions.state.phase.with(|phase| *phase == Phase::Open);
        if is_open && is_wanted.get() {
            actions.prepare_search();
        }
    });
    let listener = window_event_listener(ev::keydown, move |event: ev::KeyboardEvent| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() != "/" || !is_plain || is_written_to(&event) {
            return;
        }
        // A field under a dialog cannot be reached.
        let is_covered = document().query_selector("dialog[open]").ok().flatten().is_some();
        let is_out_of_reach = |input: &web_sys::HtmlInputElement| input.closest("[inert]").ok().flatten().is_some();
        if let Some(input) = node.get_untracked().filter(|input| !is_covered && !is_out_of_reach(input)) {
            event.prevent_default();
            focus(&input);
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <input
            class="input filter-text"
            type="search"
            node_ref=node
            aria-label="Filter by text"
            placeholder="Name or description"
            autocomplete="off"
            spellcheck="false"
            prop:value=value
            on:focus=move |_| is_wanted.set(true)
            on:input=move |event| narrow(&event_target_value(&event))
        />
    }
}

/// What a field asks for: blanks alone ask for nothing.
fn said(typed: &str) -> Option<&str> {
    Some(typed).filter(|typed| !typed.trim().is_empty())
}

/// Whether the key goes into a field.
fn is_written_to(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
