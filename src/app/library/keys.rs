//! The keys of the grid. They are heard wherever the focus is, save where somebody types or a dialog is open.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::model::{Model, STUCK_PX};
use super::reach::Reach;
use super::selecting::Selecting;
use crate::app::services::WheelWatch;

/// How much of a turn of the wheel makes rows higher by a factor of e.
const WHEEL_PX: f64 = 400.0;

/// Hears the keys as long as the caller lives.
pub(super) fn use_keys(reach: Reach, selecting: Selecting) {
    let is_zooming = RwSignal::new(false);
    let down = window_event_listener(ev::keydown, move |event| {
        if is_free(&event) {
            is_zooming.set(event.key() == "Control" || event.key() == "Meta");
            pressed(&event, reach, selecting);
        }
    });
    let up = window_event_listener(ev::keyup, move |event| {
        is_zooming.set(false);
        // The space bar presses the focused button when it comes up.
        if event.key() == " " && is_free(&event) && is_in_grid(&event, reach) {
            event.prevent_default();
        }
    });
    let away = window_event_listener(ev::blur, move |_| is_zooming.set(false));
    on_cleanup(move || {
        down.remove();
        up.remove();
        away.remove();
    });
    zoom_by_wheel(reach, is_zooming);
}

/// Listens to the wheel only while a key says that it zooms: browsers wait for whoever might stop a wheel before they
/// scroll.
fn zoom_by_wheel(reach: Reach, is_zooming: RwSignal<bool>) {
    let watch = StoredValue::new_local(None::<WheelWatch>);
    Effect::new(move |_| {
        let element = reach.node.get().filter(|_| is_zooming.get());
        watch.set_value(element.and_then(|element| {
            WheelWatch::new(&element.into(), move |turned_px, under_px| {
                reach.model.look_at(under_px);
                reach.model.row_height.scale((-turned_px / WHEEL_PX).exp());
            })
        }));
    });
}

fn pressed(event: &ev::KeyboardEvent, reach: Reach, selecting: Selecting) {
    let model = reach.model;
    let is_chord = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "a" if is_chord => {
            let rows = model.rows();
            selecting.change(|selection| selection.add_all(&rows));
        }
        "Escape" if !selecting.is_empty.get_untracked() => selecting.change(|selection| selection.clear()),
        "+" | "=" if !is_chord => model.row_height.step(1.0),
        "-" if !is_chord => model.row_height.step(-1.0),
        _ if !is_at_grid(event, reach) => return,
        "x" if !is_chord => toggle_current(model, selecting),
        // Where the focus is nowhere, these are the browser's.
        " " | "Enter" if !is_in_grid(event, reach) => return,
        " " => toggle_current(model, selecting),
        // The browser has its own use for the others: back, the top of the page, another tab.
        _ if is_chord => return,
        "Enter" => {
            let Some(row) = current_row(model) else { return };
            model.actions.address.show_photo(row);
        }
        key => {
            let Some(to) = target(key, model) else { return };
            if event.shift_key() {
                selecting.extend_to(&model.rows(), model.current_index(), to);
            }
            reach.go_to(to);
        }
    }
    event.prevent_default();
}

fn toggle_current(model: Model, selecting: Selecting) {
    if let Some(row) = current_row(model) {
        model.current.set(Some(row));
        selecting.change(|selection| selection.toggle(row));
    }
}

fn current_row(model: Model) -> Option<u32> {
    let index = model.current_index()?;
    model.rows().get(index as usize).copied()
}

/// Where a key goes from the current photo, as a place in the order.
fn target(key: &str, model: Model) -> Option<u32> {
    let at = model.current_index()?;
    // The first key brings the focus to where the eye is.
    let is_first = model.current.get_untracked().is_none();
    model.laid.with_untracked(|laid| {
        let layout = &laid.layout;
        let last = layout.len().checked_sub(1)? as u32;
        let by_page = |way: f64| {
            let place = layout.find(at)?;
            let page_px = (model.size.get_untracked().1 - STUCK_PX - place.height_px).max(place.height_px);
            let middle_px = place.top_px + place.height_px / 2.0;
            layout.near(place.left_px + place.width_px / 2.0, middle_px + way * page_px)
        };
        match key {
            "ArrowRight" | "ArrowLeft" | "ArrowDown" | "ArrowUp" if is_first => Some(at),
            "ArrowRight" => (at < last).then(|| at + 1),
            "ArrowLeft" => at.checked_sub(1),
            "ArrowDown" => layout.beside(at, 1),
            "ArrowUp" => layout.beside(at, -1),
            "PageDown" => by_page(1.0),
            "PageUp" => by_page(-1.0),
            "Home" => Some(0),
            "End" => Some(last),
            _ => None,
        }
    })
}

/// Whether nobody else wants the key.
pub(super) fn is_free(event: &ev::KeyboardEvent) -> bool {
    let is_typing = target_of(event)
        .is_some_and(|target| target.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some());
    let is_asked = document().query_selector("dialog[open]").ok().flatten().is_some();
    !(is_typing || is_asked || event.default_prevented() || event.alt_key() || event.is_composing())
}

/// Whether the focus is in the grid or nowhere.
fn is_at_grid(event: &ev::KeyboardEvent, reach: Reach) -> bool {
    let target = target_of(event);
    target.is_none_or(|target| matches!(target.tag_name().as_str(), "BODY" | "HTML")) || is_in_grid(event, reach)
}

/// Whether the focus is in the grid, and not on what has a press of its own there.
fn is_in_grid(event: &ev::KeyboardEvent, reach: Reach) -> bool {
    target_of(event).is_some_and(|target| {
        let is_check = target.closest(".check").ok().flatten().is_some();
        !is_check && reach.node.get_untracked().is_some_and(|grid| grid.contains(Some(&target)))
    })
}

fn target_of(event: &ev::KeyboardEvent) -> Option<web_sys::Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}
