//! The filter's text: narrows while it is typed.

use albumen_core::catalog::Filter;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::app::actions::use_actions;
use crate::app::services::focus;

/// As in Google Photos, `/` goes here.
#[component]
pub(super) fn TextFilter() -> impl IntoView {
    let address = use_actions().address;
    let node = NodeRef::<html::Input>::new();
    let is_typing = RwSignal::new(false);
    let text = Memo::new(move |_| address.filter.with(|filter| filter.text.clone()).unwrap_or_default());
    // While somebody types, the address comes a moment behind: writing it back would eat letters.
    let value = move || {
        let text = text.get();
        let typed = is_typing.get().then(|| node.get_untracked()).flatten();
        typed.map_or(text, |input| input.value())
    };
    let narrow = move |text: String| {
        let text = (!text.trim().is_empty()).then_some(text);
        address.retype(&Filter { text, ..address.filter.get_untracked() });
    };
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
            on:focus=move |_| is_typing.set(true)
            on:blur=move |_| is_typing.set(false)
            on:input=move |event| narrow(event_target_value(&event))
        />
    }
}

/// Whether the key goes into a field.
fn is_written_to(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
