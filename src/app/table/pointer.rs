//! Hand and mouse on the cells: a press makes one the current one, a drag selects, two presses open the viewer.

use albumen_core::table::{HEAD_PX, LINE_PX, column_at};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::model::At;
use super::reach::Reach;

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    reach: Reach,
    is_dragging: StoredValue<bool>,
}

impl Pointer {
    pub(super) fn new(reach: Reach) -> Self {
        Self { reach, is_dragging: StoredValue::new(false) }
    }

    pub(super) fn down(self, event: &ev::PointerEvent) {
        // A finger scrolls; its press comes as a click.
        if event.button() != 0 || event.pointer_type() == "touch" || !is_on_cell(event) {
            return;
        }
        self.reach.go_to(self.at(event), event.shift_key());
        self.is_dragging.set_value(true);
        if let Some(grid) = self.reach.node.get_untracked() {
            // It fails where the pointer has gone already.
            let _ = grid.set_pointer_capture(event.pointer_id());
        }
    }

    pub(super) fn moved(self, event: &ev::PointerEvent) {
        if self.is_dragging.get_value() {
            let at = self.at(event);
            if at != self.reach.model.current.get_untracked() {
                self.reach.go_to(at, true);
            }
        }
    }

    pub(super) fn up(self) {
        self.is_dragging.set_value(false);
    }

    pub(super) fn click(self, event: &ev::MouseEvent) {
        let is_touch = event.dyn_ref::<web_sys::PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
        if is_touch && is_on_cell(event) {
            self.reach.go_to(self.at(event), false);
        }
    }

    pub(super) fn double_click(self, event: &ev::MouseEvent) {
        if self.is_over_lines(event)
            && let Some(line) = self.at(event).line
        {
            self.reach.open(line);
        }
    }

    /// The cell under the pointer, or the nearest one.
    fn at(self, event: &ev::MouseEvent) -> At {
        let model = self.reach.model;
        let Some(grid) = self.reach.node.get_untracked() else { return At::default() };
        let area = grid.get_bounding_client_rect();
        let down_px = f64::from(event.client_y()) - area.top() - HEAD_PX + model.position.get_untracked().top_px;
        let aside_px = f64::from(event.client_x()) - area.left() + f64::from(grid.scroll_left());
        let line = (down_px / LINE_PX).floor().max(0.0) as u32;
        let column = model.arranged.arrangement.with_untracked(|arrangement| column_at(arrangement, aside_px));
        At { line: Some(line.min(model.count().saturating_sub(1))), column }
    }

    /// Whether the pointer is over the lines, and not beneath the last or over the head.
    fn is_over_lines(self, event: &ev::MouseEvent) -> bool {
        let model = self.reach.model;
        let Some(grid) = self.reach.node.get_untracked() else { return false };
        let down_px = f64::from(event.client_y()) - grid.get_bounding_client_rect().top() - HEAD_PX;
        let end_px = f64::from(model.count()) * LINE_PX - model.position.get_untracked().top_px;
        down_px >= 0.0 && down_px < end_px
    }
}

fn is_on_cell(event: &ev::MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(".table-line").ok().flatten().is_some())
}
