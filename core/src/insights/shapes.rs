//! Counts of what pictures are like: how large, and whether it is known where they were taken.

use crate::catalog::{Hot, RowSet, SizeClass};

/// Counts of some rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shapes {
    sizes: [u32; SizeClass::COUNT],
    pub with_place: u32,
    pub without_place: u32,
}

impl Shapes {
    /// Of these rows, which are present.
    pub fn of(hot: &Hot, rows: &RowSet) -> Self {
        count(hot, rows)
    }

    pub fn of_size(&self, class: SizeClass) -> u32 {
        self.sizes[class.number()]
    }
}

#[inline(never)] // What goes through all rows is made for speed, here.
fn count(hot: &Hot, rows: &RowSet) -> Shapes {
    let mut shapes = Shapes::default();
    // Neighbors are mostly of the same size.
    let mut latest = (0, 0, SizeClass::UNKNOWN);
    for row in rows.iter() {
        let (width_px, height_px) = (hot.width_px(row), hot.height_px(row));
        if (latest.0, latest.1) != (width_px, height_px) {
            latest = (width_px, height_px, SizeClass::of(width_px, height_px));
        }
        shapes.sizes[latest.2.number()] += 1;
        shapes.with_place += u32::from(hot.has_place(row));
    }
    shapes.without_place = rows.len() as u32 - shapes.with_place;
    shapes
}
