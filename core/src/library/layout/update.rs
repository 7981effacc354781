//! Laying out again what has changed: the months that rows came into or left. The others move as a whole.

use super::{DayBlock, Layout, Row, Settings, read, sane};
use crate::catalog::{Hot, ROWS_PER_SEGMENT};

/// Rows that are gone through at a time, for the reason that [`read`](super::read) has.
const AT_A_TIME: usize = 1024;

/// What was laid out, and what of it is no longer so.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    pub layout: &'a Layout,
    /// The rows of which it is the layout.
    pub rows: &'a [u32],
    /// For each segment of the catalog, by number, whether any of its rows may have changed since.
    pub stale: &'a [bool],
}

/// A place in a layout where a month begins, or its end: nothing below depends on what is above it but by how far down
/// it is.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// How many pictures, days and rows are above it.
    pictures: usize,
    days: usize,
    rows: usize,
    top_px: f64,
}

impl Layout {
    /// As [`Layout::of_rows`] lays out `rows`, with whatever of the layout before is still so. The clock must be the one
    /// that was read then.
    pub fn updated(
        before: Before<'_>,
        hot: &Hot,
        rows: &[u32],
        mut local_s: impl FnMut(i64) -> i64,
        settings: Settings,
    ) -> Self {
        let settings = sane(settings);
        let old = before.layout;
        if old.settings != settings || old.len() != before.rows.len() {
            return Self::of_rows(hot, rows, local_s, settings);
        }
        let same_above = same_at_start(before.rows, rows, before.stale);
        let (old_left, left) = (&before.rows[same_above..], &rows[same_above..]);
        let same_below = same_at_end(old_left, left, before.stale);
        let above = old.last_month_above(same_above);
        let below = old.first_month_below(before.rows.len() - same_below);
        let anew = above.pictures..rows.len() - (before.rows.len() - below.pictures);
        let mut layout = Self::nothing(settings);
        layout.ratios.reserve_exact(rows.len());
        layout.rows.reserve_exact(old.rows.len() + anew.len() / 4);
        layout.ratios.extend_from_slice(&old.ratios[..above.pictures]);
        layout.rows.extend_from_slice(&old.rows[..above.rows]);
        layout.days.extend_from_slice(&old.days[..above.days]);
        layout.end_px = above.top_px;
        let mut layout = layout.with(read::pictures(hot, &rows[anew], &mut local_s));
        layout.take_below(old, below);
        layout
    }

    /// The last month that begins above a picture, which alone may be changed by what follows.
    fn last_month_above(&self, picture: usize) -> Cut {
        let days = &self.days[..self.days.partition_point(|day| (day.first as usize) < picture)];
        let at = days.iter().rposition(|day| day.begins_month);
        at.map_or(Cut { pictures: 0, days: 0, rows: 0, top_px: 0.0 }, |at| self.cut_at(at))
    }

    /// The first month that begins below a picture, and so has one of the same before it; or the end.
    fn first_month_below(&self, picture: usize) -> Cut {
        let from = self.days.partition_point(|day| day.first as usize <= picture);
        let at = self.days[from..].iter().position(|day| day.begins_month);
        self.cut_at(at.map_or(self.days.len(), |at| from + at))
    }

    fn cut_at(&self, day: usize) -> Cut {
        match self.days.get(day) {
            Some(block) => Cut {
                pictures: block.first as usize,
                days: day,
                rows: self.rows.partition_point(|row| row.first < block.first),
                top_px: block.top_px,
            },
            None => Cut { pictures: self.len(), days: day, rows: self.rows.len(), top_px: self.end_px },
        }
    }

    /// Goes on with what is below a cut of another layout.
    fn take_below(&mut self, other: &Self, below: Cut) {
        let first = (self.ratios.len() as u32).wrapping_sub(below.pictures as u32);
        let down_px = self.end_px - below.top_px;
        self.ratios.extend_from_slice(&other.ratios[below.pictures..]);
        self.rows.reserve_exact(other.rows.len() - below.rows);
        for rows in other.rows[below.rows..].chunks(AT_A_TIME) {
            take_rows(&mut self.rows, rows, first, down_px);
        }
        let moved =
            |day: &DayBlock| DayBlock { first: day.first.wrapping_add(first), top_px: day.top_px + down_px, ..*day };
        self.days.extend(other.days[below.days..].iter().map(moved));
        self.end_px = other.end_px + down_px;
    }
}

#[inline(never)]
fn take_rows(rows: &mut Vec<Row>, taken: &[Row], first: u32, down_px: f64) {
    let moved = |row: &Row| Row { first: row.first.wrapping_add(first), top_px: row.top_px + down_px, ..*row };
    rows.extend(taken.iter().map(moved));
}

/// How many rows are the same from the start on.
fn same_at_start(old: &[u32], new: &[u32], stale: &[bool]) -> usize {
    let pairs = old.chunks(AT_A_TIME).zip(new.chunks(AT_A_TIME));
    let mut same = 0;
    for (old, new) in pairs {
        let here = first_other(old, new, stale);
        same += here;
        if here < AT_A_TIME {
            break;
        }
    }
    same
}

/// How many rows are the same up to the end.
fn same_at_end(old: &[u32], new: &[u32], stale: &[bool]) -> usize {
    let pairs = old.rchunks(AT_A_TIME).zip(new.rchunks(AT_A_TIME));
    let mut same = 0;
    for (old, new) in pairs {
        let here = last_other(old, new, stale);
        same += here;
        if here < AT_A_TIME {
            break;
        }
    }
    same
}

#[inline(never)]
fn first_other(old: &[u32], new: &[u32], stale: &[bool]) -> usize {
    old.iter().zip(new).take_while(|(old, new)| old == new && !is_stale(**new, stale)).count()
}

#[inline(never)]
fn last_other(old: &[u32], new: &[u32], stale: &[bool]) -> usize {
    old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new && !is_stale(**new, stale)).count()
}

/// A segment that nothing is known of may have changed.
fn is_stale(row: u32, stale: &[bool]) -> bool {
    stale.get(row as usize / ROWS_PER_SEGMENT).copied().unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::codec::{HotSegment, encode_hot};
    use crate::catalog::{Filter, shown};
    use crate::photo::LocalHour;

    const SETTINGS: Settings = Settings {
        width_px: 1_000.3,
        row_height_px: 200.0,
        gap_px: 3.0,
        day_gap_px: 12.0,
        heading_px: 36.0,
        month_px: 48.0,
        day_width_px: 96.0,
    };
    const DAY_S: i64 = 86_400;

    /// An instant, a width and a height.
    type Photo = (i64, u32, u32);

    fn photos() -> impl Strategy<Value = Vec<Photo>> {
        let taken_s = prop_oneof![
            8 => (0..120_i64, 0..DAY_S).prop_map(|(day, second)| day * DAY_S + second),
            3 => (40..42_i64, 0..DAY_S).prop_map(|(day, second)| day * DAY_S + second),
            1 => Just(i64::MIN),
        ];
        proptest::collection::vec((taken_s, 0..400_u32, 1..400_u32), 0..60)
    }

    fn put(hot: &mut Hot, number: u32, photos: &[Photo]) {
        let columns = HotSegment {
            taken_s: photos.iter().map(|photo| photo.0).collect(),
            width_px: photos.iter().map(|photo| photo.1).collect(),
            height_px: photos.iter().map(|photo| photo.2).collect(),
            kind: vec![0; photos.len()],
            ..HotSegment::absent(photos.len())
        };
        hot.set_segment(number, &encode_hot(&columns)).unwrap();
    }

    const CHANGE_S: i64 = 50 * DAY_S;

    fn clock(utc_s: i64) -> i64 {
        utc_s + if utc_s < CHANGE_S { 3_600 } else { 7_200 }
    }

    fn rows_of(hot: &Hot, hour: Option<u8>) -> Vec<u32> {
        let hour_at = |utc_s| match utc_s < CHANGE_S {
            true => LocalHour::at(utc_s, 3_600, i64::MIN),
            false => LocalHour::at(utc_s, 7_200, CHANGE_S),
        };
        shown(hot, &Filter { hour, ..Filter::default() }.prepare(&[], None), hour_at)
    }

    proptest! {
        #[test]
        fn what_is_updated_is_as_if_it_were_laid_out_from_nothing(
            before in proptest::collection::vec(photos(), 0..4),
            after in proptest::collection::vec((0_u32..5, photos()), 0..4),
            hours in (proptest::option::weighted(0.2, 0_u8..24), proptest::option::weighted(0.2, 0_u8..24)),
            is_emptied in proptest::bool::weighted(0.1),
        ) {
            let mut hot = Hot::new();
            before.iter().zip(0..).for_each(|(photos, number)| put(&mut hot, number, photos));
            let old_rows = rows_of(&hot, hours.0);
            let layout = Layout::of_rows(&hot, &old_rows, clock, SETTINGS);
            let changes = hot.changes().clone();
            if is_emptied {
                hot.clear();
            }
            after.iter().for_each(|(number, photos)| put(&mut hot, *number, photos));
            let (rows, stale) = (rows_of(&hot, hours.1), hot.changes().since(&changes));
            let before = Before { layout: &layout, rows: &old_rows, stale: &stale };
            let updated = Layout::updated(before, &hot, &rows, clock, SETTINGS);
            prop_assert_eq!(updated, Layout::of_rows(&hot, &rows, clock, SETTINGS));
        }
    }

    #[test]
    fn only_the_months_that_rows_came_into_are_read_again() {
        let mut hot = Hot::new();
        // Two years, a photo an hour.
        let segment = |from: i64| (0..4_000).map(|at| (from - at * 3_600, 4, 3)).collect::<Vec<_>>();
        (0..4).for_each(|number| put(&mut hot, number, &segment(-i64::from(number) * 4_000 * 3_600)));
        let old_rows = rows_of(&hot, None);
        let layout = Layout::of_rows(&hot, &old_rows, clock, SETTINGS);
        let changes = hot.changes().clone();
        put(&mut hot, 4, &[(-9_000 * 3_600 + 7, 4, 3)]);
        let (rows, stale) = (rows_of(&hot, None), hot.changes().since(&changes));
        let mut read_days = 0;
        let counted = |utc_s: i64| {
            read_days += 1;
            clock(utc_s)
        };
        let before = Before { layout: &layout, rows: &old_rows, stale: &stale };
        let updated = Layout::updated(before, &hot, &rows, counted, SETTINGS);
        assert_eq!((updated.len(), layout.len()), (16_001, 16_000));
        assert!(read_days < 200, "{read_days} looks at the clock for a month or two");
    }

    #[test]
    fn another_width_is_laid_out_from_nothing() {
        let mut hot = Hot::new();
        put(&mut hot, 0, &[(5, 4, 3), (3, 3, 4)]);
        let rows = rows_of(&hot, None);
        let layout = Layout::of_rows(&hot, &rows, clock, SETTINGS);
        let before = Before { layout: &layout, rows: &rows, stale: &[false] };
        let settings = Settings { width_px: 400.0, ..SETTINGS };
        let updated = Layout::updated(before, &hot, &rows, clock, settings);
        assert_eq!(updated, Layout::of_rows(&hot, &rows, clock, settings));
    }
}
