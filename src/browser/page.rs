//! The page itself: its address, its title, its look, and how much it may keep.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, Location, StorageManager, Url, Window};

use super::js;

/// How much is kept on this device for this origin, in bytes. Other pages of the origin count too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    pub used: u64,
    pub quota: u64,
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The page's base address, absolute, with a slash at its end: where its files lie, and the OAuth redirect URI.
pub fn base_address() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    Url::new(&base).and_then(|base| Url::new_with_base("./", &base.href())).map_or(base, |folder| folder.href())
}

/// The page's origin, as Google's console wants it: scheme, host and port, no slash.
pub fn origin() -> String {
    location().origin().unwrap_or_default()
}

/// The query with its `?`, or nothing.
pub fn query() -> String {
    location().search().unwrap_or_default()
}

/// Replaces the address in the bar without a new entry in the history and without loading anything.
pub fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        // Refused only for foreign origins and for too many changes a second: then the old address stays.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Leaves for another page.
pub fn go_to(url: &str) {
    // Refused only for an address that is none.
    let _ = location().assign(url);
}

/// Goes one step back in the history.
pub fn go_back() {
    if let Ok(history) = window().history() {
        // Refused only in a document that is no longer shown.
        let _ = history.back();
    }
}

/// Loads the page again.
pub fn reload() {
    let _ = location().reload();
}

/// What Google sent back in the address: the query with `?` or the fragment with `#`, taken and cleaned away by
/// `boot.js` before anything else ran. It is given once.
pub fn take_callback() -> Option<String> {
    let callback = js::global("albumenCallback")?.as_string()?;
    let _ = js_sys::Reflect::delete_property(&js_sys::global(), &"albumenCallback".into());
    Some(callback).filter(|callback| !callback.is_empty())
}

/// Whether [`take_callback`] has something to give.
pub fn has_callback() -> bool {
    js::global("albumenCallback").is_some()
}

/// Whether nobody sees the page now: it draws nothing then.
pub fn is_hidden() -> bool {
    document().hidden()
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the theme: `data-theme` of the root element, which the style sheets read.
pub fn set_theme(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
}

/// The value of a CSS custom property as it holds for an element, for what is painted outside CSS.
pub fn custom_property(element: &Element, name: &str) -> Option<String> {
    let value = window().get_computed_style(element).ok().flatten()?.get_property_value(name).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// How many device pixels a CSS pixel has; 1 at the least.
pub fn pixel_ratio() -> f64 {
    window().device_pixel_ratio().max(1.0)
}

/// The height that this browser gives, at this pixel ratio, to an element that wants to be without end, in CSS pixels.
/// 0 where it cannot be tried.
pub fn tallest_px() -> f64 {
    let document = document();
    let Some(body) = document.body() else { return 0.0 };
    let probe = document.create_element("div").ok().and_then(|probe| probe.dyn_into::<HtmlElement>().ok());
    let Some(probe) = probe else { return 0.0 };
    for (name, value) in
        [("position", "absolute"), ("visibility", "hidden"), ("width", "1px"), ("height", "1000000000px")]
    {
        // A name and a value that every browser knows.
        let _ = probe.style().set_property(name, value);
    }
    if body.append_child(&probe).is_err() {
        return 0.0;
    }
    let height_px = probe.get_bounding_client_rect().height();
    probe.remove();
    height_px
}

/// Width and height of the viewport in CSS pixels.
pub fn viewport_px() -> (f64, f64) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
    (number(window().inner_width()), number(window().inner_height()))
}

/// Moves the focus; an element that takes none leaves it where it is.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Whether an element may fill the screen here; on some phones only videos may.
pub fn can_fill_screen() -> bool {
    document().fullscreen_enabled()
}

/// Whether an element fills the screen now.
pub fn fills_screen() -> bool {
    document().fullscreen_element().is_some()
}

/// Lets an element fill the screen, or no longer. Within a press only; refused, everything stays as it is.
pub fn fill_screen(element: &Element, fills: bool) {
    if fills {
        let _ = element.request_fullscreen();
    } else {
        document().exit_fullscreen();
    }
}

/// Puts text on the clipboard. `false` if the browser does not allow it.
pub async fn copy_text(text: &str) -> bool {
    let Some(clipboard) = js::property(&window().navigator(), "clipboard") else { return false };
    let clipboard: web_sys::Clipboard = clipboard.unchecked_into();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// What is kept and what may be kept at most, as far as the browser tells.
pub async fn room() -> Option<Room> {
    let estimate = JsFuture::from(storage()?.estimate().ok()?).await.ok()?;
    let number = |name| js::property(&estimate, name).and_then(|value| value.as_f64()).map(|value| value as u64);
    Some(Room { used: number("usage")?, quota: number("quota")? })
}

/// Whether the browser has promised not to clear our storage by itself.
pub async fn is_persistent() -> bool {
    let Some(Ok(promise)) = storage().map(|storage| storage.persisted()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|kept| kept.is_truthy())
}

/// Asks for that promise; browsers decide by themselves or ask the person.
pub async fn ask_to_persist() -> bool {
    let Some(Ok(promise)) = storage().map(|storage| storage.persist()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|kept| kept.is_truthy())
}

fn storage() -> Option<StorageManager> {
    js::property(&window().navigator(), "storage").map(JsCast::unchecked_into)
}

fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

fn document() -> Document {
    window().document().expect("a window has a document")
}

fn location() -> Location {
    window().location()
}
