//! Where the photo is: fingers, mouse and wheel zoom it, move it and turn to the next.

use albumen_core::library::gesture::{Gesture, Hand, turn};
use albumen_core::library::zoom::Pair;
use leptos::{ev, html, prelude::*};

use super::looking::Looking;
use super::panel::Panel;
use crate::app::library::pictures::Pictures;
use crate::app::services::SizeWatch;
use crate::app::widgets::{IconButton, Sign};
use crate::app::words::px;

/// A turned wheel zooms by this for each pixel that it would scroll; a pinch on a touch pad is told in smaller numbers.
const WHEEL: f64 = 0.0016;
const TOUCH_PAD: f64 = 0.01;
/// What the units of a wheel are in pixels: lines and pages (DOM, WheelEvent.deltaMode).
const LINE_PX: f64 = 24.0;
const PAGE_PX: f64 = 400.0;
/// How much of a pull is followed where there is nothing to turn to.
const RESISTANCE: f64 = 0.25;

#[component]
pub(super) fn Stage(looking: Looking, pictures: Pictures) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let size_watch = StoredValue::new_local(None::<SizeWatch>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        size_watch.set_value(SizeWatch::new(&element, move |width, height| looking.resize((width, height))));
    });
    let hand = StoredValue::new(Hand::default());
    let place =
        move |event: &ev::MouseEvent| node.get_untracked().map_or((0.0, 0.0), |stage| from_middle(&stage, event));
    let feel = move |gesture: Option<Gesture>, is_finger: bool| {
        if let Some(gesture) = gesture {
            let is_pinch = hand.with_value(Hand::is_pinch);
            answer(looking, gesture, is_finger && !is_pinch);
        }
    };
    let on_down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(stage) = node.get_untracked() {
            // Refused only for a pointer that has gone already.
            let _ = stage.set_pointer_capture(event.pointer_id());
        }
        hand.update_value(|hand| hand.press(event.pointer_id(), place(&event), event.time_stamp()));
    };
    let on_move = move |event: ev::PointerEvent| {
        let gesture = hand.try_update_value(|hand| hand.moved(event.pointer_id(), place(&event))).flatten();
        feel(gesture, is_finger(&event));
    };
    let on_up = move |event: ev::PointerEvent| {
        let (id, at, now_ms) = (event.pointer_id(), place(&event), event.time_stamp());
        feel(hand.try_update_value(|hand| hand.release(id, at, now_ms)).flatten(), is_finger(&event));
    };
    let on_cancel = move |event: ev::PointerEvent| {
        feel(hand.try_update_value(|hand| hand.lose(event.pointer_id())).flatten(), is_finger(&event));
    };
    let on_wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        let about = place(&event);
        looking.change_zoom(|zoom, frame| zoom.zoomed(frame, wheel_factor(&event), about));
    };
    let shown = move || {
        let rows: Vec<u32> =
            [looking.before.get(), looking.row.get(), looking.after.get()].into_iter().flatten().collect();
        rows
    };
    view! {
        <div
            class="viewer-stage"
            node_ref=node
            data-in=move || looking.is_in().then_some("")
            data-glides=move || looking.glides.get().then_some("")
            style:--pull=move || px(looking.pull.get())
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=on_cancel
            on:wheel=on_wheel
        >
            <For
                each=shown
                key=|row| *row
                children=move |row| view! { <Panel row looking pictures/> }
            />
        </div>
        <Show when=move || looking.before.get().is_some()>
            <div class="viewer-turn" data-side="before">
                <IconButton sign=Sign::Previous label="Previous photo" on_press=move || looking.jump(-1)/>
            </div>
        </Show>
        <Show when=move || looking.after.get().is_some()>
            <div class="viewer-turn" data-side="after">
                <IconButton sign=Sign::Next label="Next photo" on_press=move || looking.jump(1)/>
            </div>
        </Show>
    }
}

/// What a gesture does; `may_turn` where a drag across turns to another photo.
fn answer(looking: Looking, gesture: Gesture, may_turn: bool) {
    match gesture {
        Gesture::Pinch { factor, about, shift } => {
            let from = (about.0 - shift.0, about.1 - shift.1);
            looking.change_zoom(|zoom, frame| zoom.zoomed(frame, factor, from).moved(frame, shift));
        }
        Gesture::DoubleTap { at } => looking.change_zoom(|zoom, frame| zoom.toggled(frame, at)),
        Gesture::Drag { shift, .. } if untrack(|| looking.is_in()) => {
            looking.change_zoom(|zoom, frame| zoom.moved(frame, shift));
        }
        Gesture::Drag { total, .. } if may_turn => {
            let leads_to = if total.0 > 0.0 { looking.before } else { looking.after };
            let part = if leads_to.get_untracked().is_some() { 1.0 } else { RESISTANCE };
            looking.glides.set(false);
            looking.pull.set(total.0 * part);
        }
        Gesture::Drag { .. } => {}
        Gesture::Drop { total, speed } => {
            if looking.pull.get_untracked() == 0.0 {
                return;
            }
            looking.glides.set(true);
            looking.pull.set(0.0);
            match turn(total.0, speed, looking.stage_width()) {
                0 => {}
                step => looking.turn(step),
            }
        }
    }
}

/// Where an event is, from the middle of the stage.
fn from_middle(stage: &web_sys::Element, event: &ev::MouseEvent) -> Pair {
    let area = stage.get_bounding_client_rect();
    let middle = (area.left() + area.width() / 2.0, area.top() + area.height() / 2.0);
    (f64::from(event.client_x()) - middle.0, f64::from(event.client_y()) - middle.1)
}

fn is_finger(event: &ev::PointerEvent) -> bool {
    event.pointer_type() != "mouse"
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
