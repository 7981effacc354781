//! Where the focus goes when what had it takes itself away.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::services::focus;

/// With the next frame gives the focus to what matches the first of these selectors that something matches, if nothing
/// has it by then. For presses that end their own button: who goes by keys must not begin anew at the top of the page.
pub fn hand_on_focus(selectors: impl IntoIterator<Item = String> + 'static) {
    request_animation_frame(move || {
        let is_kept = document().active_element().is_some_and(|element| element.tag_name() != "BODY");
        if is_kept {
            return;
        }
        let mut found =
            selectors.into_iter().filter_map(|selector| document().query_selector(&selector).ok().flatten());
        if let Some(element) = found.next().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            focus(&element);
        }
    });
}
