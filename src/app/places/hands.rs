//! What a mouse, fingers and a pen do to the map: push it, zoom it, open what lies together, draw a box.

use albumen_core::library::gesture::{Gesture, Hand};
use albumen_core::places::clusters::hit;
use leptos::{ev, html, prelude::*};

use super::map::Map;
use crate::app::widgets::{Button, Icon, IconButton, Sign};

/// A turned wheel zooms by this for each pixel that it would scroll; a pinch on a touch pad is told in smaller numbers.
const WHEEL: f64 = 0.0018;
const TOUCH_PAD: f64 = 0.01;
/// What the units of a wheel are in pixels: lines and pages (DOM, WheelEvent.deltaMode).
const LINE_PX: f64 = 24.0;
const PAGE_PX: f64 = 400.0;
/// A press so near a circle is on it: for a mouse, and for a finger.
const SLACK_PX: f64 = 2.0;
const FINGER_PX: f64 = 10.0;
/// A box that is smaller than this on a side was no box.
const LEAST_BOX_PX: f64 = 8.0;

type Pair = (f64, f64);

/// The pointers on the canvas. Copied freely.
#[derive(Clone, Copy)]
struct Felt {
    map: Map,
    node: NodeRef<html::Canvas>,
    hand: StoredValue<Hand>,
    /// Whether the pointer has moved since it was put down: then the click that follows is none.
    has_moved: StoredValue<bool>,
    /// Whether it is over a circle.
    is_over: RwSignal<bool>,
    is_dragging: RwSignal<bool>,
}

impl Felt {
    /// Where an event is on the canvas.
    fn place(self, event: &ev::MouseEvent) -> Pair {
        let area = self.node.get_untracked().map(|canvas| canvas.get_bounding_client_rect());
        let (left, top) = area.map_or((0.0, 0.0), |area| (area.left(), area.top()));
        (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }

    fn down(self, event: &ev::PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(canvas) = self.node.get_untracked() {
            // Refused only for a pointer that has gone already.
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        let at = self.place(event);
        if event.shift_key() || self.map.is_boxing.get_untracked() {
            return self.map.drawn_box.set(Some([at, at]));
        }
        self.has_moved.set_value(false);
        self.hand.update_value(|hand| hand.press(event.pointer_id(), at, event.time_stamp()));
    }

    fn moved(self, event: &ev::PointerEvent) {
        let (map, at) = (self.map, self.place(event));
        if map.drawn_box.with_untracked(Option::is_some) {
            return map.drawn_box.update(|drawn| *drawn = drawn.map(|[from, _]| [from, at]));
        }
        match self.hand.try_update_value(|hand| hand.moved(event.pointer_id(), at)).flatten() {
            Some(Gesture::Drag { shift, .. }) => map.change(|view| view.moved(shift.0, shift.1)),
            Some(Gesture::Pinch { factor, about, shift }) => {
                let from = (about.0 - shift.0, about.1 - shift.1);
                map.change(|view| view.zoomed(factor, from).moved(shift.0, shift.1));
            }
            _ => return set_if_new(self.is_over, under(map, at, SLACK_PX).is_some()),
        }
        self.has_moved.set_value(true);
        set_if_new(self.is_dragging, true);
    }

    fn up(self, event: &ev::PointerEvent) {
        set_if_new(self.is_dragging, false);
        if let Some([from, to]) = self.map.drawn_box.try_update(Option::take).flatten() {
            self.has_moved.set_value(true);
            return end_box(self.map, from, to);
        }
        self.hand.update_value(|hand| {
            hand.release(event.pointer_id(), self.place(event), event.time_stamp());
        });
    }

    fn cancel(self, event: &ev::PointerEvent) {
        set_if_new(self.is_dragging, false);
        self.map.drawn_box.set(None);
        self.hand.update_value(|hand| {
            hand.lose(event.pointer_id());
        });
    }

    fn click(self, event: &ev::MouseEvent) {
        // The second click of two zooms.
        if self.has_moved.try_update_value(std::mem::take).unwrap_or_default() || event.detail() > 1 {
            return;
        }
        let slack_px = if is_finger(event) { FINGER_PX } else { SLACK_PX };
        if let Some(nth) = under(self.map, self.place(event), slack_px) {
            let seen = self.map.seen.get_value();
            self.map.open(&seen.points, &seen.clusters[nth]);
        }
    }

    fn double(self, event: &ev::MouseEvent) {
        let at = self.place(event);
        let factor = if event.shift_key() { 0.5 } else { 2.0 };
        if let Some(view) = self.map.view.get_untracked().filter(|_| under(self.map, at, SLACK_PX).is_none()) {
            self.map.glide_to(view.zoomed(factor, at));
        }
    }

    fn wheel(self, event: &ev::WheelEvent) {
        event.prevent_default();
        let (factor, at) = (wheel_factor(event), self.place(event));
        self.map.change(|view| view.zoomed(factor, at));
    }
}

/// The canvas, and what it feels.
#[component]
pub(super) fn Hands(map: Map, node: NodeRef<html::Canvas>) -> impl IntoView {
    let felt = Felt {
        map,
        node,
        hand: StoredValue::new(Hand::default()),
        has_moved: StoredValue::new(false),
        is_over: RwSignal::new(false),
        is_dragging: RwSignal::new(false),
    };
    view! {
        <canvas
            class="map-canvas"
            node_ref=node
            aria-hidden="true"
            data-over=move || felt.is_over.get().then_some("")
            data-drag=move || felt.is_dragging.get().then_some("")
            data-box=move || map.is_boxing.get().then_some("")
            on:pointerdown=move |event| felt.down(&event)
            on:pointermove=move |event| felt.moved(&event)
            on:pointerup=move |event| felt.up(&event)
            on:pointercancel=move |event| felt.cancel(&event)
            on:click=move |event| felt.click(&event)
            on:dblclick=move |event| felt.double(&event)
            on:wheel=move |event| felt.wheel(&event)
        ></canvas>
    }
}

/// Tells nobody of what is so already.
fn set_if_new(signal: RwSignal<bool>, value: bool) {
    if signal.get_untracked() != value {
        signal.set(value);
    }
}

/// Buttons on the map.
#[component]
pub(super) fn Tools(map: Map) -> impl IntoView {
    let zoom = move |factor: f64| {
        if let Some(view) = map.view.get_untracked() {
            let (width_px, height_px) = view.size_px();
            map.glide_to(view.zoomed(factor, (width_px / 2.0, height_px / 2.0)));
        }
    };
    let show_all = move || {
        if let Some(view) = map.fitted_to_all() {
            map.glide_to(view);
        }
    };
    let is_boxing = map.is_boxing;
    view! {
        <div class="map-tools" role="group" aria-label="Map">
            <IconButton sign=Sign::Larger label="Zoom in" on_press=move || zoom(2.0)/>
            <IconButton sign=Sign::Smaller label="Zoom out" on_press=move || zoom(0.5)/>
            <IconButton sign=Sign::Grow label="Show all places" on_press=show_all/>
            <button
                type="button"
                class="icon-button"
                title="Select an area by drawing a box (or hold Shift)"
                aria-label="Select an area"
                aria-pressed=move || is_boxing.get().to_string()
                on:click=move |_| is_boxing.update(|is_boxing| *is_boxing = !*is_boxing)
            >
                <Icon sign=Sign::Area/>
            </button>
        </div>
        <div class="map-foot">
            <Button small=true on_press=move || map.narrow(map.view.get_untracked().and_then(|view| view.bounds()))>
                "Only what is in view"
            </Button>
        </div>
    }
}

/// What lies together at a point of the window.
fn under(map: Map, at: Pair, slack_px: f64) -> Option<usize> {
    map.seen.with_value(|seen| hit(&seen.clusters, seen.view.as_ref()?, at, slack_px))
}

fn end_box(map: Map, from: Pair, to: Pair) {
    map.is_boxing.set(false);
    let is_large = (from.0 - to.0).abs() >= LEAST_BOX_PX && (from.1 - to.1).abs() >= LEAST_BOX_PX;
    if let Some(view) = map.view.get_untracked().filter(|_| is_large) {
        map.narrow(view.bounds_of(from, to));
    }
}

fn is_finger(event: &ev::MouseEvent) -> bool {
    use wasm_bindgen::JsCast;
    event.dyn_ref::<ev::PointerEvent>().is_some_and(|event| event.pointer_type() != "mouse")
}

fn wheel_factor(event: &ev::WheelEvent) -> f64 {
    let unit = match event.delta_mode() {
        ev::WheelEvent::DOM_DELTA_LINE => LINE_PX,
        ev::WheelEvent::DOM_DELTA_PAGE => PAGE_PX,
        _ => 1.0,
    };
    // Browsers tell a pinch on a touch pad as a wheel with Ctrl.
    let strength = if event.ctrl_key() && event.delta_mode() == 0 { TOUCH_PAD } else { WHEEL };
    (-event.delta_y() * unit * strength).clamp(-1.0, 1.0).exp()
}
