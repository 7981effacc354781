//! The keys of the map. They are heard wherever the focus is, save where somebody types, chooses from a list or is asked.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::map::Map;

/// How far an arrow pushes the map, and with Shift, in CSS pixels.
const STEP_PX: f64 = 90.0;
const LEAP_PX: f64 = 360.0;
const ZOOM: f64 = std::f64::consts::SQRT_2;

/// Hears the keys as long as the caller lives.
pub(super) fn use_keys(map: Map, frame: NodeRef<html::Div>) {
    let listener = window_event_listener(ev::keydown, move |event: ev::KeyboardEvent| {
        if is_free(&event) && answer(map, frame, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether the key was for the map.
fn answer(map: Map, frame: NodeRef<html::Div>, event: &ev::KeyboardEvent) -> bool {
    let step_px = if event.shift_key() { LEAP_PX } else { STEP_PX };
    let push = |right: f64, down: f64| map.change(|view| view.moved(right * step_px, down * step_px));
    let zoom = |factor: f64| {
        map.change(|view| {
            let (width_px, height_px) = view.size_px();
            view.zoomed(factor, (width_px / 2.0, height_px / 2.0))
        });
    };
    match event.key().as_str() {
        "+" | "=" => zoom(ZOOM),
        "-" => zoom(1.0 / ZOOM),
        "Escape" if map.is_boxing.get_untracked() || map.drawn_box.with_untracked(Option::is_some) => {
            map.is_boxing.set(false);
            map.drawn_box.set(None);
        }
        // A list beside the map scrolls by its arrows.
        _ if !is_at_map(event, frame) => return false,
        "ArrowLeft" => push(1.0, 0.0),
        "ArrowRight" => push(-1.0, 0.0),
        "ArrowUp" => push(0.0, 1.0),
        "ArrowDown" => push(0.0, -1.0),
        "Home" => {
            if let Some(view) = map.fitted_to_all() {
                map.glide_to(view);
            }
        }
        _ => return false,
    }
    true
}

/// Whether nobody else wants the key.
fn is_free(event: &ev::KeyboardEvent) -> bool {
    let is_typing = target_of(event)
        .is_some_and(|target| target.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some());
    let is_asked = document().query_selector("dialog[open]").ok().flatten().is_some();
    let is_chord = event.ctrl_key() || event.meta_key() || event.alt_key();
    !(is_typing || is_asked || is_chord || event.default_prevented() || event.is_composing())
}

/// Whether the focus is on the map or nowhere.
fn is_at_map(event: &ev::KeyboardEvent, frame: NodeRef<html::Div>) -> bool {
    target_of(event).is_none_or(|target| {
        matches!(target.tag_name().as_str(), "BODY" | "HTML")
            || frame.get_untracked().is_some_and(|map| map.contains(Some(&target)))
    })
}

fn target_of(event: &ev::KeyboardEvent) -> Option<web_sys::Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}
