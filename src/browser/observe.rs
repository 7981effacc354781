//! What changes on the screen without us: sizes of elements, and what media queries say.

use wasm_bindgen::prelude::*;
use web_sys::{Element, MediaQueryList, MediaQueryListEvent, ResizeObserver, ResizeObserverEntry};

/// Tells the size of an element now and whenever it changes, until it is dropped.
#[derive(Debug)]
pub struct SizeWatch {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut(js_sys::Array)>,
}

impl SizeWatch {
    /// `changed` hears the width and the height of the content box in CSS pixels. `None` where the browser cannot watch.
    pub fn new(element: &Element, changed: impl Fn(f64, f64) + 'static) -> Option<Self> {
        let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The latest counts.
            if let Ok(entry) = entries.get(entries.length().saturating_sub(1)).dyn_into::<ResizeObserverEntry>() {
                let size = entry.content_rect();
                changed(size.width(), size.height());
            }
        });
        let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _on_change: on_change })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells whether a media query holds, whenever that changes, until it is dropped.
#[derive(Debug)]
pub struct MediaWatch {
    query: MediaQueryList,
    _on_change: Closure<dyn FnMut(MediaQueryListEvent)>,
}

impl MediaWatch {
    /// `query` as in CSS: `(prefers-color-scheme: dark)`.
    pub fn new(query: &str, changed: impl Fn(bool) + 'static) -> Option<Self> {
        let query = media(query)?;
        let on_change = Closure::<dyn FnMut(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
            changed(event.matches());
        });
        query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        Some(Self { query, _on_change: on_change })
    }
}

impl Drop for MediaWatch {
    fn drop(&mut self) {
        self.query.set_onchange(None);
    }
}

/// Whether a media query holds now.
pub fn media_holds(query: &str) -> bool {
    media(query).is_some_and(|query| query.matches())
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}
