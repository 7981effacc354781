//! Where cells are: lines of one height, columns beside one another.

use std::ops::Range;

use super::{Arrangement, Column, Placed};

/// The height of a line, its hairline in it, in CSS pixels.
pub const LINE_PX: f64 = 28.0;
/// The height of the head, its hairline in it.
pub const HEAD_PX: f64 = 33.0;
/// Lines beyond the window's edges that exist already.
const LINES_AHEAD: u32 = 4;

/// A column that exists as elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnInView {
    pub column: Column,
    /// Its place among those that are shown.
    pub at: u32,
    pub width_px: u16,
}

/// The columns in view, and how far from the left edge the first of them begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnsInView {
    pub columns: Vec<ColumnInView>,
    /// From the left edge of all columns to that of the first in view.
    pub left_px: f64,
    /// The width of all columns, also those that are not in view.
    pub all_px: f64,
}

/// The columns of a window of this width that is scrolled so far.
pub fn columns_in_view(arrangement: &Arrangement, scrolled_px: f64, width_px: f64) -> ColumnsInView {
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
pub fn span_of(arrangement: &Arrangement, at: u32) -> Range<f64> {
    let width = |placed: &Placed| f64::from(placed.width_px);
    let left: f64 = arrangement.placed().iter().take(at as usize).map(width).sum();
    left..left + arrangement.placed().get(at as usize).map_or(0.0, width)
}

/// The column at a distance from the left edge of the first, or the nearest one.
pub fn column_at(arrangement: &Arrangement, px: f64) -> u32 {
    let last = arrangement.placed().len().saturating_sub(1) as u32;
    (0..last).find(|at| px < span_of(arrangement, *at).end).unwrap_or(last)
}

/// Lines that exist as elements: a window of them, each used again for another when it leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lines {
    /// The first line that has an element.
    pub first: u32,
    /// How many elements there are.
    pub slots: u32,
}

impl Lines {
    /// Those of a window of this height that begins so far down, of `of` lines.
    pub fn new(top_px: f64, height_px: f64, of: u32) -> Self {
        let slots = (height_px / LINE_PX).ceil() as u32 + 1 + 2 * LINES_AHEAD;
        let first = ((top_px / LINE_PX) as u32).saturating_sub(LINES_AHEAD);
        Self { first: first.min(of.saturating_sub(slots)), slots: slots.min(of) }
    }

    /// The line that an element shows.
    pub fn of_slot(self, slot: u32) -> u32 {
        let slots = self.slots.max(1);
        let past = (slot + slots - self.first % slots) % slots;
        self.first + past
    }

    /// The element that shows a line; `None` where none does.
    pub fn slot_of(self, line: u32) -> Option<u32> {
        let is_in = line >= self.first && line - self.first < self.slots;
        is_in.then(|| line % self.slots)
    }

    /// All lines that have one.
    pub fn range(self) -> Range<u32> {
        self.first..self.first + self.slots
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_line_in_the_window_has_an_element_of_its_own(top in 0.0..1.0_f64, height_px in 1.0..3000.0_f64, of in 0_u32..1_000_000) {
            let top_px = top * (f64::from(of) * LINE_PX - height_px).max(0.0);
            let lines = Lines::new(top_px, height_px, of);
            let shown: HashSet<u32> = (0..lines.slots).map(|slot| lines.of_slot(slot)).collect();
            prop_assert_eq!(shown.len(), lines.slots as usize, "none shows what another does");
            prop_assert!(shown.iter().all(|line| *line < of));
            for slot in 0..lines.slots {
                prop_assert_eq!(lines.slot_of(lines.of_slot(slot)), Some(slot));
            }
            let first = (top_px / LINE_PX) as u32;
            let last = (((top_px + height_px) / LINE_PX).ceil() as u32).min(of);
            prop_assert!((first..last).all(|line| shown.contains(&line)), "{:?}", lines);
        }

        #[test]
        fn a_line_further_only_one_element_shows_another(first in 0_u32..100_000, slots in 1_u32..60) {
            let (here, further) = (Lines { first, slots }, Lines { first: first + 1, slots });
            let changed = (0..slots).filter(|slot| here.of_slot(*slot) != further.of_slot(*slot)).count();
            prop_assert_eq!(changed, 1);
        }
    }

    #[test]
    fn columns_are_where_their_widths_say() {
        let shown = Arrangement::read("name:100,iso:50,kind:200");
        let in_view = columns_in_view(&shown, 100.0, 60.0);
        let columns: Vec<(Column, u32)> = in_view.columns.iter().map(|column| (column.column, column.at)).collect();
        assert_eq!(columns, [(Column::Iso, 1), (Column::Kind, 2)]);
        assert_eq!((in_view.left_px, in_view.all_px), (100.0, 350.0));
        assert_eq!(columns_in_view(&shown, 0.0, 0.0).columns, []);
        assert_eq!((span_of(&shown, 2), span_of(&shown, 9)), (150.0..350.0, 350.0..350.0));
        assert_eq!([-5.0, 99.0, 100.0, 149.0, 1e9].map(|px| column_at(&shown, px)), [0, 0, 1, 1, 2]);
    }
}
