//! Small settings that outlive the page, in `localStorage`. Nothing secret, and nothing that would be missed.

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

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
