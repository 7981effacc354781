//! What changes on the screen without us: sizes of elements, and what media queries say.

use wasm_bindgen::prelude::*;
use web_sys::{
    AddEventListenerOptions, Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    MediaQueryList, MediaQueryListEvent, ResizeObserver, ResizeObserverEntry, WheelEvent,
};

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

/// Tells whether an element is on the screen or near it, whenever that changes, until it is dropped.
#[derive(Debug)]
pub struct SightWatch {
    observer: IntersectionObserver,
    _on_change: Closure<dyn FnMut(js_sys::Array)>,
}

impl SightWatch {
    /// `changed` hears whether it is in sight, or within `margin_px` of it. `None` where the browser cannot watch.
    pub fn new(element: &Element, margin_px: u32, changed: impl Fn(bool) + 'static) -> Option<Self> {
        let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The latest counts.
            if let Ok(entry) = entries.get(entries.length().saturating_sub(1)).dyn_into::<IntersectionObserverEntry>() {
                changed(entry.is_intersecting());
            }
        });
        let how = IntersectionObserverInit::new();
        how.set_root_margin(&format!("{margin_px}px 0px"));
        let observer = IntersectionObserver::new_with_options(on_change.as_ref().unchecked_ref(), &how).ok()?;
        observer.observe(element);
        Some(Self { observer, _on_change: on_change })
    }
}

impl Drop for SightWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Takes the wheel away from an element and tells its turns, until it is dropped.
#[derive(Debug)]
pub struct WheelWatch {
    element: Element,
    on_wheel: Closure<dyn FnMut(WheelEvent)>,
}

impl WheelWatch {
    /// `turned` hears how far the wheel was turned, down being more than 0, and how far below the element's upper edge
    /// the pointer is, both in CSS pixels. `None` where the browser cannot tell.
    pub fn new(element: &Element, turned: impl Fn(f64, f64) + 'static) -> Option<Self> {
        let area = element.clone();
        let on_wheel = Closure::<dyn FnMut(WheelEvent)>::new(move |event: WheelEvent| {
            event.prevent_default();
            let a_line_px = 20.0;
            let unit_px = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { a_line_px };
            turned(event.delta_y() * unit_px, f64::from(event.client_y()) - area.get_bounding_client_rect().top());
        });
        let options = AddEventListenerOptions::new();
        // Who wants to stop it must say so.
        options.set_passive(false);
        let listener = on_wheel.as_ref().unchecked_ref();
        element.add_event_listener_with_callback_and_add_event_listener_options("wheel", listener, &options).ok()?;
        Some(Self { element: element.clone(), on_wheel })
    }
}

impl Drop for WheelWatch {
    fn drop(&mut self) {
        let listener = self.on_wheel.as_ref().unchecked_ref();
        // One that is not there needs no removing.
        let _ = self.element.remove_event_listener_with_callback("wheel", listener);
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
