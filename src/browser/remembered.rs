//! Small settings that outlive the page, in `localStorage`, and what lasts as long as a tab, in `sessionStorage`. Nothing
//! secret, and nothing that would be missed.

use albumen_core::protocol::World;
use web_sys::Storage;

use super::names;

/// What was remembered under this name for the page at `base`.
pub fn recall(base: &str, name: &str) -> Option<String> {
    storage()?.get_item(&names::setting(base, name)).ok().flatten()
}

/// Remembers a setting; where the browser keeps nothing, it lasts as long as the page.
pub fn remember(base: &str, name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&names::setting(base, name), value);
    }
}

/// Forgets a setting.
pub fn forget(base: &str, name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&names::setting(base, name));
    }
}

/// What this tab keeps under a name for a world of the page at `base`, through reloads.
pub fn recall_in_tab(base: &str, world: World, name: &str) -> Option<String> {
    tab()?.get_item(&names::in_tab(base, world, name)).ok().flatten()
}

/// Keeps something for as long as the tab is open; `false` if the browser would not.
pub fn keep_in_tab(base: &str, world: World, name: &str, value: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(&names::in_tab(base, world, name), value).is_ok())
}

/// Lets go of what this tab keeps under a name.
pub fn drop_in_tab(base: &str, world: World, name: &str) {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(&names::in_tab(base, world, name));
    }
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
