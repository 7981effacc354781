//! What a mouse, a finger or a pen does to a tile: opens it, selects it, selects up to it.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::reach::Reach;
use super::selecting::Selecting;

/// A finger that rests so long begins a selection.
const LONG: Duration = Duration::from_millis(450);
/// A finger that moves farther than this, in CSS pixels, scrolls.
const STILL_PX: f64 = 10.0;
/// The part of a tile that belongs to its circle, from its upper left corner.
const CIRCLE_PX: f64 = 40.0;

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Presses {
    reach: Reach,
    selecting: Selecting,
    /// A finger that is down, and where it came down.
    finger: StoredValue<Option<Finger>>,
    /// The click that ends a long press opens nothing.
    was_long: StoredValue<bool>,
    /// A finger sees no circle before something is selected, and so must not hit one.
    is_finger: StoredValue<bool>,
}

#[derive(Clone, Copy)]
struct Finger {
    at: (f64, f64),
    waits: Option<TimeoutHandle>,
}

impl Presses {
    pub(super) fn new(reach: Reach, selecting: Selecting) -> Self {
        Self {
            reach,
            selecting,
            finger: StoredValue::new(None),
            was_long: StoredValue::new(false),
            is_finger: StoredValue::new(false),
        }
    }

    pub(super) fn click(self, event: &ev::MouseEvent) {
        let Some((row, tile)) = tile_of(event) else { return };
        if self.was_long.try_update_value(std::mem::take).unwrap_or_default() {
            return;
        }
        if event.shift_key() {
            return self.extend_to(row);
        }
        let is_selecting = !self.selecting.is_empty.get_untracked();
        let is_on_circle = !self.is_finger.get_value() && is_on_circle(event, &tile);
        if is_selecting || is_on_circle || event.ctrl_key() || event.meta_key() {
            return self.selecting.change(|selection| selection.toggle(row));
        }
        self.reach.model.actions.address.show_photo(row);
    }

    fn extend_to(self, row: u32) {
        let model = self.reach.model;
        let (from, to) = model.laid.with_untracked(|laid| {
            let anchor = self.selecting.selection.with_untracked(|selection| selection.anchor());
            (anchor.and_then(|anchor| laid.place_of(anchor).ok()), laid.place_of(row))
        });
        if let Ok(to) = to {
            self.selecting.extend_to(&model.rows(), from, to);
        }
    }

    pub(super) fn down(self, event: &ev::PointerEvent) {
        self.up();
        self.was_long.set_value(false);
        self.is_finger.set_value(event.pointer_type() == "touch");
        let Some((row, _)) = tile_of(event).filter(|_| self.is_finger.get_value() && event.is_primary()) else {
            return;
        };
        let long = move || {
            if self.finger.try_update_value(Option::take).flatten().is_some() {
                self.was_long.set_value(true);
                self.selecting.change(|selection| selection.toggle(row));
            }
        };
        let waits = set_timeout_with_handle(long, LONG).ok();
        self.finger.set_value(Some(Finger { at: (f64::from(event.client_x()), f64::from(event.client_y())), waits }));
    }

    pub(super) fn moved(self, event: &ev::PointerEvent) {
        let Some(finger) = self.finger.get_value() else { return };
        let (x, y) = (f64::from(event.client_x()) - finger.at.0, f64::from(event.client_y()) - finger.at.1);
        if x.hypot(y) > STILL_PX {
            self.up();
        }
    }

    /// The finger has left, or the browser scrolls with it.
    pub(super) fn up(self) {
        if let Some(waits) = self.finger.try_update_value(Option::take).flatten().and_then(|finger| finger.waits) {
            waits.clear();
        }
    }

    /// A long press would open the browser's menu for the picture.
    pub(super) fn menu(self, event: &ev::MouseEvent) {
        if self.finger.get_value().is_some() || self.was_long.get_value() {
            event.prevent_default();
        }
    }

    pub(super) fn focused(self, event: &ev::FocusEvent) {
        if let Some((row, _)) = tile_of(event) {
            self.reach.model.current.set(Some(row));
        }
    }
}

/// The tile that an event happened on, and its row.
fn tile_of(event: &ev::Event) -> Option<(u32, web_sys::Element)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let tile = target.closest("[data-row]").ok().flatten()?;
    let row = tile.get_attribute("data-row")?.parse().ok()?;
    Some((row, tile))
}

/// Keys and programs click at no place, and so never on the circle.
fn is_on_circle(event: &ev::MouseEvent, tile: &web_sys::Element) -> bool {
    let area = tile.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top());
    let side_px = CIRCLE_PX.min(area.width() / 2.0).min(area.height() / 2.0);
    event.detail() > 0 && (0.0..side_px).contains(&x) && (0.0..side_px).contains(&y)
}
