//! Where cells are: lines of one height, columns beside one another.

use std::ops::Range;

use albumen_core::table::{Arrangement, Column, Placed};

pub(super) const LINE_PX: f64 = 28.0;
pub(super) const HEAD_PX: f64 = 33.0;
/// Lines beyond the window's edges that exist already.
const LINES_AHEAD: u32 = 4;

/// A column that exists as elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ColumnInView {
    pub(super) column: Column,
    /// Its place among those that are shown.
    pub(super) at: u32,
    pub(super) width_px: u16,
}

/// The columns in view, and how far from the left edge the first of them begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ColumnsInView {
    pub(super) columns: Vec<ColumnInView>,
    pub(super) left_px: f64,
    /// The width of all columns, also those that are not in view.
    pub(super) all_px: f64,
}

/// The columns of a window of this width that is scrolled so far.
pub(super) fn columns_in_view(arrangement: &Arrangement, scrolled_px: f64, width_px: f64) -> ColumnsInView {
    let (mut left_px, mut in_view) = (0.0, ColumnsInView::default());
    for (placed, at) in arrangement.placed().iter().zip(0..) {
        let Placed { column, width_px: column_px } = *placed;
        let right_px = left_px + f64::from(column_px);
        if right_px > scrolled_px && left_px < scrolled_px + width_px {
            if in_view.columns.is_empty() {
                in_view.left_px = left_px;
            }
            in_view.columns.push(ColumnInView { column, at, width_px: column_px });
        }
        left_px = right_px;
    }
    in_view.all_px = left_px;
    in_view
}

/// Where a column lies, from the left edge of the first.
pub(super) fn span_of(arrangement: &Arrangement, at: u32) -> Range<f64> {
    let width = |placed: &Placed| f64::from(placed.width_px);
    let left: f64 = arrangement.placed().iter().take(at as usize).map(width).sum();
    left..left + arrangement.placed().get(at as usize).map_or(0.0, width)
}

/// The column at a distance from the left edge of the first, or the nearest one.
pub(super) fn column_at(arrangement: &Arrangement, px: f64) -> u32 {
    let last = arrangement.placed().len().saturating_sub(1) as u32;
    (0..last).find(|at| px < span_of(arrangement, *at).end).unwrap_or(last)
}

/// Lines that exist as elements: a window of them, each used again for another when it leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Lines {
    pub(super) first: u32,
    /// How many elements there are.
    pub(super) slots: u32,
}

impl Lines {
    /// Those of a window of this height that begins so far down, of `of` lines.
    pub(super) fn new(top_px: f64, height_px: f64, of: u32) -> Self {
        let slots = (height_px / LINE_PX).ceil() as u32 + 1 + 2 * LINES_AHEAD;
        let first = ((top_px / LINE_PX) as u32).saturating_sub(LINES_AHEAD);
        Self { first: first.min(of.saturating_sub(slots)), slots: slots.min(of) }
    }

    /// The line that an element shows.
    pub(super) fn of_slot(self, slot: u32) -> u32 {
        let slots = self.slots.max(1);
        let past = (slot + slots - self.first % slots) % slots;
        self.first + past
    }

    /// The element that shows a line; `None` where none does.
    pub(super) fn slot_of(self, line: u32) -> Option<u32> {
        let is_in = line >= self.first && line - self.first < self.slots;
        is_in.then(|| line % self.slots)
    }

    pub(super) fn range(self) -> Range<u32> {
        self.first..self.first + self.slots
    }
}
