//! The element that is scrolled: told where to be, and heard when it was moved.

use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::model::Model;
use crate::app::services::focus;

/// Whether the element still moves is looked at as often. One timer that goes on costs less than one with every move.
const LOOKS: Duration = Duration::from_millis(60);
/// After so many looks without a move it stands, and after so many it rests.
const STANDS: u32 = 1;
const RESTS: u32 = 5;

/// The model and its element; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    pub(super) model: Model,
    pub(super) node: NodeRef<html::Div>,
    /// Whether the element was scrolled a moment ago.
    pub(super) is_moving: RwSignal<bool>,
    /// Looks without a move; `None` while nobody looks.
    calm: StoredValue<Option<u32>>,
    looking: StoredValue<Option<TimeoutHandle>>,
}

impl Reach {
    pub(super) fn new(model: Model, node: NodeRef<html::Div>) -> Self {
        let reach = Self {
            model,
            node,
            is_moving: RwSignal::new(false),
            calm: StoredValue::new(None),
            looking: StoredValue::new(None),
        };
        on_cleanup(move || {
            if let Some(looking) = reach.looking.try_get_value().flatten() {
                looking.clear();
            }
        });
        reach
    }

    /// The person, or the scroll bar, has moved the element; so have we, a moment ago. At an instant in milliseconds.
    pub(super) fn scrolled(self, now_ms: f64) {
        let Some(element) = self.node.get_untracked() else { return };
        if self.model.is_stale() {
            // The browser has cut it to its new height.
            return self.put_right();
        }
        if self.model.scrolled(f64::from(element.scroll_top())) {
            return self.put_right();
        }
        self.model.keep_pace(now_ms);
        if !self.is_moving.get_untracked() {
            self.is_moving.set(true);
        }
        if self.calm.try_update_value(|calm| calm.replace(0)).flatten().is_none() {
            self.look_again();
        }
    }

    fn look_again(self) {
        self.looking.set_value(set_timeout_with_handle(move || self.look(), LOOKS).ok());
    }

    fn look(self) {
        // It may look a moment after the grid has gone.
        let Some(Some(calm)) = self.calm.try_get_value() else { return };
        if calm == STANDS {
            self.model.stand();
        }
        if calm >= RESTS {
            self.calm.set_value(None);
            return self.rested();
        }
        self.calm.set_value(Some(calm + 1));
        self.look_again();
    }

    fn rested(self) {
        self.is_moving.try_set(false);
        let position = self.model.position.try_get_untracked();
        let settled = position.and_then(|position| self.model.scroll.try_get_untracked()?.settled(position));
        if settled.is_some() {
            self.put_right();
        }
    }

    /// As [`Reach::put_right`], after the layout has changed. An element that is at its top stays there by itself, and to
    /// ask it would have the browser lay everything out at once.
    pub(super) fn follow_layout(self) {
        let (Some(position), Some(scroll)) =
            (self.model.position.try_get_untracked(), self.model.scroll.try_get_untracked())
        else {
            return;
        };
        let wanted = scroll.at(position.top_px);
        if position.scroll_px == 0.0 && wanted.scroll_px == 0.0 {
            self.model.put_right(scroll.landed(wanted, 0.0));
        } else {
            self.put_right();
        }
    }

    /// Scrolls the element to where the layout is; nobody sees it move.
    pub(super) fn put_right(self) {
        // It may be called a moment after the grid has gone.
        let (Some(Some(element)), Some(scroll)) =
            (self.node.try_get_untracked(), self.model.scroll.try_get_untracked())
        else {
            return;
        };
        let wanted = scroll.at(self.model.position.get_untracked().top_px);
        element.set_scroll_top(wanted.scroll_px.round() as i32);
        self.model.put_right(scroll.landed(wanted, f64::from(element.scroll_top())));
    }

    /// Brings the layout to `top_px`.
    pub(super) fn scroll_to(self, top_px: f64) {
        let Some(element) = self.node.get_untracked() else { return };
        let scroll = self.model.scroll.get_untracked();
        let wanted = scroll.at(top_px);
        element.set_scroll_top(wanted.scroll_px.round() as i32);
        self.model.hold(scroll.landed(wanted, f64::from(element.scroll_top())));
    }

    /// Goes to the photo at a place in the order, shows it whole and gives it the focus.
    pub(super) fn go_to(self, index: u32) {
        let Some(row) = self.model.rows().get(index as usize).copied() else { return };
        self.model.current.set(Some(row));
        if let Some(top_px) = self.model.top_to_show(index) {
            self.scroll_to(top_px);
        }
        // Its element is made, or takes it over, before the next frame.
        request_animation_frame(move || {
            if let Some(Some(grid)) = self.node.try_get_untracked() {
                focus_tile(&grid, row);
            }
        });
    }

    /// As [`Reach::go_to`], by the row; a row that is not shown is left alone.
    pub(super) fn go_to_row(self, row: u32) {
        let place = self.model.laid.try_get_untracked().and_then(|laid: Arc<_>| laid.place_of(row).ok());
        if let Some(index) = place {
            self.go_to(index);
        }
    }
}

fn focus_tile(grid: &web_sys::Element, row: u32) {
    let tile = grid.query_selector(&format!("[data-row=\"{row}\"]")).ok().flatten();
    if let Some(tile) = tile.and_then(|tile| tile.dyn_into::<web_sys::HtmlElement>().ok()) {
        focus(&tile);
    }
}
