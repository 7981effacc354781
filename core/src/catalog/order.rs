//! Which rows are shown, and in which order.

use std::cmp::Reverse;

use super::{Hot, MOST_SEGMENTS, Prepared, ROWS_PER_SEGMENT};

/// A row's bits in a packed sort key; the rest is for its age.
const ROW_BITS: u32 = (MOST_SEGMENTS as usize * ROWS_PER_SEGMENT).ilog2();

/// The rows that `filter` leaves in: newest first, undated ones last, rows of the same instant by number.
///
/// `local_s` reads the local clock at an instant: seconds since the epoch, with the zone's offset added.
pub fn shown(hot: &Hot, filter: &Prepared<'_>, local_s: impl FnMut(i64) -> i64) -> Vec<u32> {
    let mut dated = Vec::with_capacity(hot.len());
    let mut undated = Vec::new();
    each_admitted(hot, filter, local_s, |row, taken_s| match taken_s {
        Some(taken_s) => dated.push((taken_s, row)),
        None => undated.push(row),
    });
    let mut rows = newest_first(dated);
    rows.append(&mut undated);
    rows
}

/// The rows that `filter` leaves in, ascending: [`shown`] without its order, for whoever only counts.
pub fn admitted(hot: &Hot, filter: &Prepared<'_>, local_s: impl FnMut(i64) -> i64) -> Vec<u32> {
    let mut rows = Vec::with_capacity(hot.len());
    each_admitted(hot, filter, local_s, |row, _| rows.push(row));
    rows
}

fn each_admitted(
    hot: &Hot,
    filter: &Prepared<'_>,
    mut local_s: impl FnMut(i64) -> i64,
    mut take: impl FnMut(u32, Option<i64>),
) {
    for row in hot.rows() {
        let taken_s = hot.taken_s(row);
        // Reading a clock costs: it is left alone when nothing asks for it.
        let in_time = !filter.reads_time() || filter.admits_time(taken_s.map(&mut local_s));
        if in_time && filter.admits_facts(hot, row) {
            take(row, taken_s);
        }
    }
}

/// Sorts a million rows in a few hundredths of a second: age and row go into one number, which is sorted as it is.
fn newest_first(mut dated: Vec<(i64, u32)>) -> Vec<u32> {
    let newest_s = dated.iter().map(|(taken_s, _)| *taken_s).max().unwrap_or(0);
    let oldest_s = dated.iter().map(|(taken_s, _)| *taken_s).min().unwrap_or(0);
    if newest_s.abs_diff(oldest_s) >= 1 << (u64::BITS - ROW_BITS) {
        // Thirty thousand years: no calendar of Google's holds them, but a stored number may.
        dated.sort_unstable_by_key(|(taken_s, row)| (Reverse(*taken_s), *row));
        return dated.into_iter().map(|(_, row)| row).collect();
    }
    let packed = |(taken_s, row): &(i64, u32)| newest_s.abs_diff(*taken_s) << ROW_BITS | u64::from(*row);
    let mut keys: Vec<u64> = dated.iter().map(packed).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| (key & ((1 << ROW_BITS) - 1)) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::codec::{HotSegment, encode_hot};
    use crate::catalog::{Filter, Orientation, RowSet};
    use crate::photo::{Camera, Day, DayRange, Kind};
    use proptest::prelude::*;

    fn hot(taken_s: &[i64], kind: &[u8]) -> Hot {
        let columns = HotSegment {
            taken_s: taken_s.to_vec(),
            width_px: vec![4; taken_s.len()],
            height_px: vec![3; taken_s.len()],
            kind: kind.to_vec(),
            camera: vec![0; taken_s.len()],
            flags: vec![0; taken_s.len()],
        };
        let mut hot = Hot::new();
        hot.set_segment(0, &encode_hot(&columns)).unwrap();
        hot
    }

    fn everything() -> Prepared<'static> {
        Filter::default().prepare(&[], None)
    }

    /// What is left of eight rows: portrait or landscape or square or of unknown size, every other a video, of cameras
    /// 0 to 3, some flagged.
    fn left_of_eight(filter: &Filter, matches: Option<&RowSet>) -> Vec<u32> {
        let columns = HotSegment {
            taken_s: vec![0; 8],
            width_px: vec![3, 4, 4, 0, 3, 4, 4, 0],
            height_px: vec![4, 3, 4, 3, 4, 3, 4, 3],
            kind: vec![0, 1, 0, 1, 0, 1, 0, 255],
            camera: vec![0, 1, 2, 3, 0, 1, 2, 3],
            flags: vec![0, 1, 2, 3, 0, 1, 2, 3],
        };
        let mut hot = Hot::new();
        hot.set_segment(0, &encode_hot(&columns)).unwrap();
        let camera = |model: &str| Camera { make: "M".into(), model: model.into() };
        hot.set_cameras(vec![Camera::default(), camera("a"), camera("b")]);
        admitted(&hot, &filter.prepare(hot.cameras(), matches), |_| unreachable!("no clock is needed"))
    }

    #[test]
    fn every_fact_narrows_by_itself_and_all_together() {
        let all = || Filter::default();
        let left = |filter: Filter| left_of_eight(&filter, None);
        assert_eq!(left(all()), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(left(Filter { kind: Some(Kind::Video), ..all() }), [1, 3, 5]);
        assert_eq!(left(Filter { orientation: Some(Orientation::Portrait), ..all() }), [0, 4]);
        assert_eq!(left(Filter { orientation: Some(Orientation::Landscape), ..all() }), [1, 5]);
        assert_eq!(
            left(Filter { orientation: Some(Orientation::Square), ..all() }),
            [2, 6],
            "unknown sizes are no shape"
        );
        assert_eq!(left(Filter { favorite: true, ..all() }), [1, 3, 5]);
        assert_eq!(left(Filter { has_place: true, ..all() }), [2, 3, 6]);
        assert_eq!(left(Filter { kind: Some(Kind::Video), has_place: true, ..all() }), [3]);
        let camera = |make: &str, model: &str| Some(Camera { make: make.into(), model: model.into() });
        assert_eq!(left(Filter { camera: camera("M", "b"), ..all() }), [2, 6]);
        assert_eq!(left(Filter { camera: camera("M", "z"), ..all() }), [] as [u32; 0]);
        assert_eq!(
            left(Filter { camera: camera("", ""), ..all() }),
            [0, 3, 4],
            "a number past the dictionary is unknown"
        );
    }

    #[test]
    fn a_text_leaves_in_what_it_finds_and_everything_until_that_is_known() {
        let matches = RowSet::from_iter([1, 6, 7, 9]);
        let text = Filter { text: Some("sea".into()), ..Filter::default() };
        assert_eq!(left_of_eight(&text, Some(&matches)), [1, 6]);
        assert_eq!(left_of_eight(&text, None).len(), 7);
        assert_eq!(
            left_of_eight(&Filter::default(), Some(&matches)).len(),
            7,
            "nobody asked for what was found before"
        );
    }

    #[test]
    fn the_newest_come_first_the_undated_last_and_the_absent_never() {
        let hot = hot(&[10, i64::MIN, 30, 10, 99], &[0, 0, 1, 0, 255]);
        assert_eq!(shown(&hot, &everything(), |_| unreachable!("no clock is needed")), [2, 0, 3, 1]);
    }

    #[test]
    fn a_filter_reads_the_local_clock() {
        let hot = hot(&[0, 86_399, i64::MIN], &[0, 0, 0]);
        let filter = Filter { days: Some(DayRange { first: Day(1), last: Day(1) }), ..Filter::default() };
        assert_eq!(shown(&hot, &filter.prepare(&[], None), |utc_s| utc_s + 3600), [1]);
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_a_plain_sort(
            taken_s in proptest::collection::vec(prop_oneof![-3..3_i64, Just(i64::MIN), -62_167_219_200..253_402_300_800_i64], 0..80),
            far_s in prop_oneof![Just(0), any::<i64>()],
        ) {
            let taken_s = [taken_s, vec![far_s]].concat();
            let hot = hot(&taken_s, &vec![0; taken_s.len()]);
            let mut expected: Vec<u32> = hot.rows().collect();
            expected.sort_by_key(|row| Reverse(hot.taken_s(*row)));
            prop_assert_eq!(shown(&hot, &everything(), |utc_s| utc_s), expected);
        }

        #[test]
        fn what_is_counted_is_what_is_shown(
            taken_s in proptest::collection::vec(prop_oneof![-200_000..200_000_i64, Just(i64::MIN)], 0..80),
            hour in proptest::option::of(0_u8..24),
        ) {
            let hot = hot(&taken_s, &vec![0; taken_s.len()]);
            let filter = Filter { hour, ..Filter::default() };
            let filter = filter.prepare(&[], None);
            let mut rows = shown(&hot, &filter, |utc_s| utc_s + 7200);
            rows.sort_unstable();
            prop_assert_eq!(admitted(&hot, &filter, |utc_s| utc_s + 7200), rows);
        }
    }
}
