//! What is kept ready above and below the window, so that it is there when it comes into view.

use std::ops::Range;

use super::layout::Layout;

/// As many pictures exist at a time, save where the window itself shows more.
const MOST_PICTURES: u32 = 140;

/// Which way the window goes on the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    Up,
    #[default]
    Down,
}

/// The rows that are in view or ready. Ahead lies as much as the window shows, behind half of that, but no more
/// than a browser draws with ease: small pictures are many. Where few are wanted there is half as much ahead and nothing
/// behind: what is made ready for a fast window is passed before it is seen.
pub fn ready_rows(layout: &Layout, top_px: f64, height_px: f64, way: Way, are_few: bool) -> Range<u32> {
    let seen = layout.rows_between(top_px, top_px + height_px);
    let pictures = |rows: Range<u32>| layout.first_of(rows.end) - layout.first_of(rows.start);
    let seen_count = pictures(seen.clone());
    let spare = MOST_PICTURES.saturating_sub(seen_count);
    let (ahead, behind) = match are_few {
        true => ((spare * 2 / 3).min(seen_count / 2), 0),
        false => ((spare * 2 / 3).min(seen_count), (spare / 3).min(seen_count / 2)),
    };
    let (above, below) = match way {
        Way::Up => (ahead, behind),
        Way::Down => (behind, ahead),
    };
    // One row at the least, whatever it holds: without it every step would show an empty edge.
    let mut rows = seen.start.saturating_sub(1)..(seen.end + 1).min(layout.row_count());
    while rows.start > 0 && pictures(rows.start - 1..seen.start) <= above {
        rows.start -= 1;
    }
    while rows.end < layout.row_count() && pictures(seen.end..rows.end + 1) <= below {
        rows.end += 1;
    }
    rows
}

/// The pictures past the rows that are ready, by their places in the order, the nearest first and at most so many.
pub fn beyond(layout: &Layout, ready: Range<u32>, way: Way, most: u32) -> Vec<u32> {
    match way {
        Way::Up => {
            let end = layout.first_of(ready.start);
            (end.saturating_sub(most)..end).rev().collect()
        }
        Way::Down => {
            let first = layout.first_of(ready.end);
            (first..layout.len() as u32).take(most as usize).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::layout::Settings;
    use crate::photo::Day;

    fn layout(count: usize, row_height_px: f64, width_px: f64) -> Layout {
        let settings = Settings {
            width_px,
            row_height_px,
            gap_px: 3.0,
            day_gap_px: 12.0,
            heading_px: 36.0,
            month_px: 52.0,
            day_width_px: 92.0,
        };
        Layout::new((0..count).map(|at| (1.4, Some(Day(-(at as i32 / 50))))), settings)
    }

    #[test]
    fn more_is_ready_ahead_than_behind() {
        let layout = layout(5_000, 200.0, 1_200.0);
        let seen = layout.rows_between(10_000.0, 10_900.0);
        let (up, down) = (Way::Up, Way::Down);
        let rows = |way| ready_rows(&layout, 10_000.0, 900.0, way, false);
        assert!(rows(down).end - seen.end > seen.start - rows(down).start);
        assert!(rows(up).end - seen.end < seen.start - rows(up).start);
    }

    #[test]
    fn beyond_what_is_ready_the_nearest_come_first() {
        let layout = layout(100, 200.0, 1_200.0);
        let ready = 3..8;
        let (above, below) = (layout.first_of(3), layout.first_of(8));
        assert_eq!(beyond(&layout, ready.clone(), Way::Down, 3), [below, below + 1, below + 2]);
        assert_eq!(beyond(&layout, ready.clone(), Way::Up, 2), [above - 1, above - 2]);
        assert_eq!(beyond(&layout, 0..8, Way::Up, 9), Vec::<u32>::new());
        assert_eq!(beyond(&layout, ready, Way::Down, 900).last(), Some(&99));
        assert_eq!(beyond(&layout, 0..layout.row_count(), Way::Down, 9), Vec::<u32>::new());
    }

    proptest! {
        #[test]
        fn a_fast_window_has_no_more_ready_than_a_slow_one(
            count in 0_usize..3_000, top in -100.0..60_000.0_f64, height in 1.0..2_000.0_f64, up: bool,
        ) {
            let layout = layout(count, 200.0, 1_200.0);
            let way = if up { Way::Up } else { Way::Down };
            let (fast, slow) = (ready_rows(&layout, top, height, way, true), ready_rows(&layout, top, height, way, false));
            prop_assert!(fast.start >= slow.start && fast.end <= slow.end);
        }

        #[test]
        fn what_is_seen_is_ready_with_its_neighbors_and_the_rest_is_bounded(
            count in 0_usize..3_000, row_height in 80.0..400.0_f64, width in 200.0..3_000.0_f64,
            top in -100.0..60_000.0_f64, height in 1.0..2_000.0_f64, up: bool, are_few: bool,
        ) {
            let layout = layout(count, row_height, width);
            let seen = layout.rows_between(top, top + height);
            let rows = ready_rows(&layout, top, height, if up { Way::Up } else { Way::Down }, are_few);
            prop_assert!(rows.start <= seen.start && rows.end >= seen.end.min(layout.row_count()));
            prop_assert!(rows.end <= layout.row_count());
            prop_assert!(seen.start == 0 || rows.start < seen.start);
            prop_assert!(seen.end >= layout.row_count() || rows.end > seen.end);
            let pictures = |rows: Range<u32>| layout.places_in(rows).count() as u32;
            let edges = pictures(rows.start..rows.start + 1) + pictures(rows.end.saturating_sub(1)..rows.end);
            prop_assert!(pictures(rows.clone()) <= MOST_PICTURES.max(pictures(seen.clone())) + edges);
        }
    }
}
