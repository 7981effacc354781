//! A library that is made on the device instead of being fetched, and the words for it.

use albumen_core::protocol::{SyncState, Wish};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::state::State;
use crate::app::widgets::{Button, ButtonLook};

/// Whether a part of such a library is still to be made.
pub(super) fn is_unmade(state: State) -> Memo<bool> {
    Memo::new(move |_| state.makes.get().is_some_and(|items| state.with_hot(|hot| hot.len()) < items as usize))
}

/// Makes all of it, or what is missing.
#[component]
pub(in crate::app::library) fn MakeButton() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let is_begun = Memo::new(move |_| !state.is_empty());
    let words = move || match is_begun.get() {
        true => "Make the rest".to_owned(),
        false => format!("Make {} photos", actions.services.count(state.makes.get().unwrap_or_default())),
    };
    view! { <Button look=ButtonLook::Primary on_press=move || actions.wish(Wish::MakeLibrary)>{words}</Button> }
}

/// "12,300 fetched, 12,300 new", or made on this device.
pub(super) fn came(actions: Actions, sync: &SyncState) -> String {
    let (items, added) = (actions.services.count(sync.items), actions.services.count(sync.added));
    let done = if sync.is_made { "made on this device" } else { "fetched" };
    format!("{items} {done}, {added} new")
}
