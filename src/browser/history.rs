//! The address bar: where the page is, and how it goes from screen to screen without being loaded anew.

use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, HtmlAnchorElement, MouseEvent, Window};

/// Where the page is. The fragment is not part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// With a slash at its beginning, percent-encoded as the browser has it.
    pub path: String,
    /// Without its `?`; empty where there is none.
    pub query: String,
}

/// Where the page is now.
pub fn here() -> Place {
    let location = window().location();
    Place {
        path: location.pathname().unwrap_or_default(),
        query: location.search().unwrap_or_default().trim_start_matches('?').to_owned(),
    }
}

/// Goes to an address of this origin. `replace` leaves the place that the page was at out of the history.
pub fn go(address: &str, replace: bool) {
    let Ok(history) = window().history() else { return };
    // Refused only for foreign origins and for too many changes a second: then the page stays where it is.
    let _ = match replace {
        true => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
        false => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
    };
}

/// Keeps a few words with the present entry of the history, or none: they are there again after a reload, and when the
/// person comes back to it.
pub fn keep_here(words: Option<&str>) {
    let Ok(history) = window().history() else { return };
    if kept_here().as_deref() != words {
        // Refused only for too many changes a second: then what was kept before is found.
        let _ = history.replace_state(&words.map_or(JsValue::NULL, JsValue::from_str), "");
    }
}

/// What [`keep_here`] kept with the present entry.
pub fn kept_here() -> Option<String> {
    window().history().ok()?.state().ok()?.as_string()
}

/// Follows the page's own links without loading, and tells of every move that the person makes by a link or by the
/// browser's buttons, until it is dropped.
#[derive(Debug)]
pub struct HistoryWatch {
    window: Window,
    on_click: Closure<dyn FnMut(MouseEvent)>,
    on_popstate: Closure<dyn FnMut()>,
}

impl HistoryWatch {
    /// Links below `base`, an absolute address with a slash at its end, are the page's own.
    pub fn new(base: &str, moved: impl Fn() + Clone + 'static) -> Self {
        let window = window();
        let base = base.to_owned();
        let on_click = {
            let moved = moved.clone();
            Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
                if let Some(address) = own_link(&event, &base) {
                    event.prevent_default();
                    // A link to where the page is adds no step that goes nowhere.
                    let stays = self::window().location().href().is_ok_and(|here| here == address);
                    go(&address, stays);
                    self::window().scroll_to_with_x_and_y(0.0, 0.0);
                    moved();
                }
            })
        };
        let on_popstate = Closure::<dyn FnMut()>::new(moved);
        let target: &EventTarget = window.as_ref();
        let _ = target.add_event_listener_with_callback("click", on_click.as_ref().unchecked_ref());
        let _ = target.add_event_listener_with_callback("popstate", on_popstate.as_ref().unchecked_ref());
        Self { window, on_click, on_popstate }
    }
}

impl Drop for HistoryWatch {
    fn drop(&mut self) {
        let target: &EventTarget = self.window.as_ref();
        let _ = target.remove_event_listener_with_callback("click", self.on_click.as_ref().unchecked_ref());
        let _ = target.remove_event_listener_with_callback("popstate", self.on_popstate.as_ref().unchecked_ref());
    }
}

/// The address of the page's own link that was clicked plainly. Whatever else a click may mean (a new tab, a download,
/// another site) is the browser's to do.
fn own_link(click: &MouseEvent, base: &str) -> Option<String> {
    let is_plain = click.button() == 0
        && !(click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key())
        && !click.default_prevented();
    let element: Element = click.target().filter(|_| is_plain)?.dyn_into().ok()?;
    let link: HtmlAnchorElement = element.closest("a[href]").ok()??.dyn_into().ok()?;
    let is_elsewhere = !link.target().is_empty()
        || link.has_attribute("download")
        || link.rel().split_ascii_whitespace().any(|word| word == "external");
    let address = link.href();
    (!is_elsewhere && address.starts_with(base)).then_some(address)
}

fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}
