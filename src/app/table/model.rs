//! The table as signals that follow from one another: window, order, position, what is in view, which cell is the current
//! one and what is selected.

use std::sync::Arc;

use albumen_core::catalog::RowSet;
use albumen_core::library::scroll::{Position, Scroll};
use albumen_core::table::{Column, ColumnsInView, HEAD_PX, LINE_PX, Lines, columns_in_view};
use leptos::prelude::*;

use super::arranged::Arranged;
use super::cells::Cells;
use super::ordered::Ordered;
use crate::app::actions::Actions;
use crate::app::export::SelectedRows;
use crate::app::services::{pixel_ratio, tallest_px};

/// Browsers keep scroll positions as `f32`: past this many device pixels they are no longer whole.
const EXACT_DEVICE_PX: f64 = 16_777_216.0;
/// Positions are said from a line that moves in steps of this, since a style's length is exact to 2²⁴ only.
const BASE_STEP_PX: f64 = 112_000.0;

/// A cell: a line, or the head, and a column's place among those that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct At {
    /// `None`: the head.
    pub(super) line: Option<u32>,
    pub(super) column: u32,
}

/// Cells from line to line and from column to column, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) lines: (u32, u32),
    pub(super) columns: (u32, u32),
}

impl Range {
    pub(super) fn holds(&self, line: u32, column: u32) -> bool {
        (self.lines.0..=self.lines.1).contains(&line) && (self.columns.0..=self.columns.1).contains(&column)
    }

    pub(super) fn cells(&self) -> u64 {
        let sides = [self.lines, self.columns].map(|(from, to)| u64::from(to - from) + 1);
        sides[0] * sides[1]
    }
}

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Model {
    pub(super) actions: Actions,
    pub(super) arranged: Arranged,
    pub(super) ordered: Ordered,
    pub(super) cells: Cells,
    pub(super) scroll: Memo<Scroll>,
    pub(super) position: Memo<Position>,
    pub(super) left_px: RwSignal<f64>,
    pub(super) lines: Memo<Lines>,
    pub(super) columns: Memo<ColumnsInView>,
    /// From where positions are said.
    pub(super) base_px: Memo<f64>,
    pub(super) current: RwSignal<At>,
    /// Where the selection began; it reaches to the current cell.
    pub(super) anchor: RwSignal<Option<At>>,
    /// The cells from there to here; at least the current one, unless that is in the head.
    pub(super) selection: Memo<Option<Range>>,
    /// The column whose dialog is open.
    pub(super) opened: RwSignal<Option<Column>>,
    /// Width and height of the window, the head in it, in CSS pixels.
    pub(super) size: RwSignal<(f64, f64)>,
    tallest: RwSignal<(f64, f64)>,
    held: RwSignal<Position>,
}

impl Model {
    pub(super) fn new(actions: Actions, arranged: Arranged, ordered: Ordered) -> Self {
        let size = RwSignal::new((0.0, 0.0));
        let tallest = RwSignal::new((0.0_f64, 1.0_f64));
        let held = RwSignal::new(Position::default());
        let left_px = RwSignal::new(0.0);
        let count = Memo::new(move |_| ordered.rows.with(|rows| rows.len() as u32));
        let scroll = Memo::new(move |_| {
            let (px, ratio) = tallest.get();
            let cap_px = px.min(EXACT_DEVICE_PX / ratio.max(1.0)) - HEAD_PX;
            Scroll::new(f64::from(count.get()) * LINE_PX, size.get().1 - HEAD_PX, cap_px, ratio)
        });
        let position = Memo::new(move |_| {
            let (held, scroll) = (held.get(), scroll.get());
            Position { top_px: held.top_px.min(scroll.end_px()), ..held }
        });
        let lines = Memo::new(move |_| {
            let height_px = size.get().1 - HEAD_PX;
            if height_px <= 0.0 { Lines::default() } else { Lines::new(position.get().top_px, height_px, count.get()) }
        });
        let columns = Memo::new(move |_| {
            let (width_px, _) = size.get();
            arranged.arrangement.with(|arrangement| columns_in_view(arrangement, left_px.get(), width_px))
        });
        let cells = Cells::new(actions, arranged, ordered, lines);
        let (current, anchor) = (RwSignal::new(At { line: Some(0), column: 0 }), RwSignal::new(None));
        let selection = Memo::new(move |_| {
            let width = arranged.arrangement.with(|arrangement| arrangement.placed().len() as u32);
            selected(current.get(), anchor.get(), count.get(), width)
        });
        Self {
            actions,
            arranged,
            ordered,
            cells,
            scroll,
            position,
            left_px,
            lines,
            columns,
            base_px: Memo::new(move |_| (position.get().top_px / BASE_STEP_PX).floor() * BASE_STEP_PX),
            current,
            anchor,
            selection,
            opened: RwSignal::new(None),
            size,
            tallest,
            held,
        }
    }

    /// Takes the size of the element. One without any is hidden.
    pub(super) fn resized(self, width_px: f64, height_px: f64) {
        let ratio = pixel_ratio();
        if self.tallest.with_untracked(|tallest| tallest.1 != ratio || tallest.0 == 0.0) {
            self.tallest.set((tallest_px(), ratio));
        }
        if width_px > 0.0 && height_px > 0.0 && self.size.get_untracked() != (width_px, height_px) {
            self.size.set((width_px, height_px));
        }
    }

    /// The layout is at `position` from now on.
    pub(super) fn hold(self, position: Position) {
        if self.held.get_untracked() != position {
            self.held.set(position);
        }
    }

    /// How many lines there are.
    pub(super) fn count(self) -> u32 {
        self.ordered.rows.with_untracked(|rows| rows.len() as u32)
    }

    /// How many columns are shown.
    pub(super) fn width(self) -> u32 {
        self.arranged.arrangement.with_untracked(|arrangement| arrangement.placed().len() as u32)
    }

    /// The row that a line shows.
    pub(super) fn row_at(self, line: u32) -> Option<u32> {
        self.ordered.rows.with(|rows| rows.get(line as usize).copied())
    }

    /// The rows of selected lines, for an export. One line is where one is, and nothing that was selected.
    pub(super) fn selected_rows(self) -> SelectedRows {
        let lines = Memo::new(move |_| {
            let (from, to) = self.selection.get()?.lines;
            (to > from).then_some((from as usize, to as usize))
        });
        let count = move || lines.get().map_or(0, |(from, to)| (to - from + 1) as u64);
        SelectedRows::new(Signal::derive(count), move || {
            let mut selected = RowSet::new();
            self.ordered.rows.with(|rows| {
                // The order may be another by now, with fewer rows.
                let within = lines.get().and_then(|(from, to)| rows.get(from..rows.len().min(to + 1)));
                selected.insert_all(within.unwrap_or_default());
            });
            selected
        })
    }

    /// All rows as they are in order.
    pub(super) fn rows(self) -> Arc<Vec<u32>> {
        self.ordered.rows.get_untracked()
    }

    /// The current cell, within what there is.
    pub(super) fn current_now(self) -> At {
        let At { line, column } = self.current.get_untracked();
        At {
            line: line.map(|line| line.min(self.count().saturating_sub(1))),
            column: column.min(self.width().saturating_sub(1)),
        }
    }
}

/// The cells from where the selection began to the current one; none while that is in the head.
fn selected(current: At, anchor: Option<At>, lines: u32, columns: u32) -> Option<Range> {
    let anchor = anchor.unwrap_or(current);
    let ordered = |a: u32, b: u32, of: u32| (a.min(b).min(of), a.max(b).min(of));
    Some(Range {
        lines: ordered(anchor.line?, current.line?, lines.checked_sub(1)?),
        columns: ordered(anchor.column, current.column, columns.checked_sub(1)?),
    })
}
