//! The element that is scrolled: told where to be, and heard when it was moved.

use std::time::Duration;

use albumen_core::table::{HEAD_PX, LINE_PX, span_of};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::{html, prelude::*};

use super::model::{At, Model};
use super::place::keep_now;

/// It rests after so long without a move.
const REST: Duration = Duration::from_millis(300);

/// The model and its element; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    pub(super) model: Model,
    pub(super) node: NodeRef<html::Div>,
    /// Whether the element was scrolled a moment ago.
    pub(super) is_moving: RwSignal<bool>,
    resting: StoredValue<Option<TimeoutHandle>>,
}

impl Reach {
    pub(super) fn new(model: Model, node: NodeRef<html::Div>) -> Self {
        let reach = Self { model, node, is_moving: RwSignal::new(false), resting: StoredValue::new(None) };
        on_cleanup(move || {
            if let Some(resting) = reach.resting.try_get_value().flatten() {
                resting.clear();
            }
        });
        reach
    }

    /// Somebody has moved the element; so have we, a moment ago.
    pub(super) fn scrolled(self) {
        let Some(element) = self.node.get_untracked() else { return };
        let left_px = f64::from(element.scroll_left());
        if self.model.left_px.get_untracked() != left_px {
            self.model.left_px.set(left_px);
        }
        let (before, scroll) = (self.model.position.get_untracked(), self.model.scroll.get_untracked());
        let position = scroll.moved(before, f64::from(element.scroll_top()));
        self.model.hold(position);
        if scroll.is_stuck(position) {
            return self.put_right();
        }
        if !self.is_moving.get_untracked() {
            self.is_moving.set(true);
        }
        if let Some(resting) = self.resting.get_value() {
            resting.clear();
        }
        self.resting.set_value(set_timeout_with_handle(move || self.rested(), REST).ok());
    }

    fn rested(self) {
        self.is_moving.try_set(false);
        let position = self.model.position.try_get_untracked();
        if position.and_then(|position| self.model.scroll.try_get_untracked()?.settled(position)).is_some() {
            self.put_right();
        }
    }

    /// Scrolls the element to where the layout is; nobody sees it move.
    pub(super) fn put_right(self) {
        // It may be called a moment after the table has gone.
        if let Some(position) = self.model.position.try_get_untracked() {
            self.scroll_to(position.top_px);
        }
    }

    /// Brings the layout to `top_px`.
    pub(super) fn scroll_to(self, top_px: f64) {
        let (Some(Some(element)), Some(scroll)) =
            (self.node.try_get_untracked(), self.model.scroll.try_get_untracked())
        else {
            return;
        };
        let wanted = scroll.at(top_px);
        element.set_scroll_top(wanted.scroll_px.round() as i32);
        self.model.hold(scroll.landed(wanted, f64::from(element.scroll_top())));
    }

    /// Brings the columns to `left_px`.
    pub(super) fn scroll_aside(self, left_px: f64) {
        if let Some(element) = self.node.get_untracked() {
            element.set_scroll_left(left_px.round() as i32);
            self.model.left_px.set(f64::from(element.scroll_left()));
        }
    }

    /// Makes a cell the current one and shows it whole. `extends`: what is selected reaches to it.
    pub(super) fn go_to(self, at: At, extends: bool) {
        let model = self.model;
        if extends && at.line.is_some() {
            if model.anchor.get_untracked().is_none() {
                model.anchor.set(Some(model.current_now()).filter(|at| at.line.is_some()));
            }
        } else {
            model.anchor.set(None);
        }
        model.current.set(at);
        self.show(at);
    }

    fn show(self, at: At) {
        let (width_px, height_px) = self.model.size.get_untracked();
        let window_px = height_px - HEAD_PX;
        if let Some(line) = at.line {
            let (from_px, top_px) = (f64::from(line) * LINE_PX, self.model.position.get_untracked().top_px);
            if from_px < top_px {
                self.scroll_to(from_px);
            } else if from_px + LINE_PX > top_px + window_px {
                self.scroll_to(from_px + LINE_PX - window_px);
            }
        }
        let span = self.model.arranged.arrangement.with_untracked(|arrangement| span_of(arrangement, at.column));
        let left_px = self.model.left_px.get_untracked();
        if span.start < left_px || span.end - span.start > width_px {
            self.scroll_aside(span.start);
        } else if span.end > left_px + width_px {
            self.scroll_aside(span.end - width_px);
        }
    }

    /// Opens the viewer at a line.
    pub(super) fn open(self, line: u32) {
        if let Some(row) = self.model.rows().get(line as usize).copied() {
            keep_now(self);
            self.model.actions.address.show_photo_among(row, self.model.rows());
        }
    }
}
