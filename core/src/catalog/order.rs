//! Which rows are shown, and in which order.

use std::collections::BTreeSet;

use super::codec::{ABSENT, UNKNOWN_TAKEN};
use super::{Hot, MOST_SEGMENTS, Prepared, ROWS_PER_SEGMENT, RowSet};
use crate::photo::LocalHour;

/// A row's bits in a sort key; the rest is for its age.
const ROW_BITS: u32 = (MOST_SEGMENTS as usize * ROWS_PER_SEGMENT).ilog2();

/// The farthest instant from the epoch, in seconds, that a sort key can hold: seventeen thousand years.
pub(super) const FARTHEST_S: i64 = (1 << (u64::BITS - ROW_BITS - 1)) - 1;

/// In the place of an age: no instant is known, so it comes after all others.
const NO_AGE: u64 = (1 << (u64::BITS - ROW_BITS)) - 1;

/// All rows but the absent ones, newest first, undated ones last, rows of the same instant by number.
///
/// It is kept with the columns: a fetch changes a few segments, and to take their rows out and merge them in again costs
/// a fraction of sorting a million. A row is one number, its age and then itself, so that the order of the numbers is
/// that of the rows and an instant is read without a look into the column.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    keys: Vec<u64>,
    /// Segments whose instants or presence changed.
    stale: BTreeSet<u32>,
}

impl Order {
    /// Notes that the instants of a segment changed.
    pub(super) fn touch(&mut self, number: u32) {
        self.stale.insert(number);
    }

    /// Whether nothing changed since the last time.
    pub(super) fn is_fresh(&self) -> bool {
        self.stale.is_empty()
    }

    /// The sort keys, ascending.
    pub(super) fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// Takes in the rows of all segments that changed since the last time.
    pub(super) fn update(&mut self, taken_s: &[i64], kind: &[u8]) {
        let stale = std::mem::take(&mut self.stale);
        let mut new = Vec::new();
        if self.keys.is_empty() {
            new.reserve_exact(kind.len());
        }
        for number in &stale {
            let from = (*number as usize * ROWS_PER_SEGMENT).min(kind.len());
            let to = (from + ROWS_PER_SEGMENT).min(kind.len());
            let rows = (from..to).filter(|row| kind[*row] != ABSENT);
            new.extend(rows.map(|row| key(taken_s[row], row as u32)));
        }
        // Rows mostly come newest first: then there is nothing to sort, and no second column for it to grow memory that is
        // never given back. This sort makes use of every stretch that is in order already.
        if !new.is_sorted() {
            new.sort();
        }
        self.keys = if self.keys.is_empty() { new } else { merged(&self.keys, &stale, &new) };
    }
}

/// The order follows from the columns: it makes no two catalogs different.
impl PartialEq for Order {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Order {}

/// The old keys without those of the segments that changed, and the new ones.
fn merged(old: &[u64], stale: &BTreeSet<u32>, new: &[u64]) -> Vec<u64> {
    let mut is_stale = vec![false; MOST_SEGMENTS as usize];
    for number in stale {
        is_stale[*number as usize] = true;
    }
    let mut keys = Vec::with_capacity(old.len() + new.len());
    let mut new = new.iter().copied().peekable();
    for &key in old {
        if is_stale[row_of(key) as usize / ROWS_PER_SEGMENT] {
            continue;
        }
        while let Some(newer) = new.next_if(|new| *new < key) {
            keys.push(newer);
        }
        keys.push(key);
    }
    keys.extend(new);
    keys
}

fn key(taken_s: i64, row: u32) -> u64 {
    let age = if taken_s == UNKNOWN_TAKEN { NO_AGE } else { (FARTHEST_S - taken_s) as u64 };
    age << ROW_BITS | u64::from(row)
}

fn row_of(key: u64) -> u32 {
    (key & ((1 << ROW_BITS) - 1)) as u32
}

fn taken_s_of(key: u64) -> Option<i64> {
    let age = key >> ROW_BITS;
    (age != NO_AGE).then(|| FARTHEST_S - age as i64)
}

/// The rows of one hour of the local day that a filter leaves in, newest first.
#[derive(Clone, Copy, Debug)]
pub struct HourRows<'a> {
    keys: &'a [u64],
    /// Who of them is left in; `None`: all.
    facts: Option<&'a RowSet>,
}

impl HourRows<'_> {
    /// How many there are.
    pub fn count(&self) -> u32 {
        match self.facts {
            None => self.keys.len() as u32,
            Some(facts) => self.keys.iter().filter(|key| facts.contains(row_of(**key))).count() as u32,
        }
    }

    /// Hands out one after another.
    pub fn each(&self, visit: &mut dyn FnMut(u32)) {
        for row in self.keys.iter().map(|key| row_of(*key)) {
            if self.facts.is_none_or(|facts| facts.contains(row)) {
                visit(row);
            }
        }
    }
}

/// The rows that `filter` leaves in: newest first, undated ones last, rows of the same instant by number.
///
/// `hour_at` reads the local clock at an instant (seconds since the epoch); it is asked once for every hour in which
/// anything was taken.
pub fn shown(hot: &Hot, filter: &Prepared<'_>, mut hour_at: impl FnMut(i64) -> LocalHour) -> Vec<u32> {
    show(hot, filter, &mut hour_at)
}

/// These rows, those that are present, in the same order.
pub fn in_order(hot: &Hot, rows: &RowSet) -> Vec<u32> {
    let mut ordered = Vec::with_capacity(rows.len());
    ordered.extend(hot.order().iter().map(|key| row_of(*key)).filter(|row| rows.contains(*row)));
    ordered
}

// What goes through all rows is no generic code: that would be made for its size, where it is called.

fn show(hot: &Hot, filter: &Prepared<'_>, hour_at: &mut dyn FnMut(i64) -> LocalHour) -> Vec<u32> {
    if filter.reads_time() {
        let mut rows = Vec::new();
        each_hour(hot, filter, hour_at, &mut |_, hour| hour.each(&mut |row| rows.push(row)));
        return rows;
    }
    let order = hot.order();
    let rows = order.iter().map(|key| row_of(*key));
    match filter.facts(hot) {
        None => rows.collect(),
        Some(facts) => {
            let mut left = Vec::with_capacity(facts.len());
            left.extend(rows.filter(|row| facts.contains(*row)));
            left
        }
    }
}

/// Goes through the rows that `filter` leaves in, newest first, by the hours of the local day that have any; the undated
/// come last, as of no hour. An hour that is cut in two, when the clock was put back, comes twice.
///
/// Rows in order are rows of one hour for long stretches, whose ends are found without a look at every row: to divide
/// each instant of a million by an hour takes twenty times as long.
pub fn each_hour(
    hot: &Hot,
    filter: &Prepared<'_>,
    hour_at: &mut dyn FnMut(i64) -> LocalHour,
    visit: &mut dyn FnMut(Option<LocalHour>, HourRows<'_>),
) {
    let (order, facts) = (hot.order(), filter.facts(hot));
    let facts = facts.as_ref();
    let mut rest: &[u64] = &order;
    while let Some(first) = rest.first() {
        let hour = taken_s_of(*first).map(&mut *hour_at);
        let length = match hour {
            Some(hour) => leading(rest, key(hour.since_s.max(-FARTHEST_S) - 1, 0)),
            None => rest.len(),
        };
        let (keys, older) = rest.split_at(length);
        if filter.admits_time(hour) {
            visit(hour, HourRows { keys, facts });
        }
        rest = older;
    }
}

/// How many keys at the front are below `end`: one at the least, since whoever asks has read the first.
fn leading(keys: &[u64], end: u64) -> usize {
    let mut reach = 1;
    while keys.get(reach).is_some_and(|key| *key < end) {
        reach *= 2;
    }
    let (from, to) = (reach / 2, reach.min(keys.len()));
    from + keys[from..to].partition_point(|key| *key < end).max(usize::from(from == 0))
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;
    use crate::catalog::codec::{HotSegment, encode_hot};
    use crate::catalog::{Filter, Orientation, Selected};
    use crate::photo::{Camera, Day, DayRange, DayReader, Kind};
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
        shown(&hot, &filter.prepare(hot.cameras(), matches), |_| unreachable!("no clock is needed"))
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
    fn selected_rows_are_left_in_and_none_where_it_is_not_known_which() {
        let selected = |selected| Filter { selected: Some(selected), ..Filter::default() };
        let few = Selected::Rows(RowSet::from_iter([0, 5, 7, 90]));
        assert_eq!(left_of_eight(&selected(few.clone()), None), [0, 5]);
        assert_eq!(left_of_eight(&Filter { kind: Some(Kind::Video), ..selected(few) }, None), [5]);
        let kept = selected(Selected::Kept("1a".into()));
        assert_eq!(left_of_eight(&kept, None), [] as [u32; 0]);
        let hot = hot(&[5, 4, 3], &[0; 3]);
        let rows = RowSet::from_iter([1, 2]);
        let left = shown(&hot, &kept.prepare_with(&[], None, Some(&rows)), |_| unreachable!("no clock is needed"));
        assert_eq!(left, [1, 2]);
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
        assert_eq!(shown(&hot, &filter.prepare(&[], None), |utc_s| LocalHour::at(utc_s, 3600, i64::MIN)), [1]);
    }

    #[test]
    fn what_stays_where_it_is_is_not_sorted_again() {
        let columns = |taken_s: i64, camera: u16| HotSegment {
            taken_s: vec![taken_s, 5],
            kind: vec![0, 0],
            camera: vec![camera; 2],
            ..HotSegment::absent(2)
        };
        let mut hot = Hot::new();
        hot.set_segment(3, &encode_hot(&columns(9, 0))).unwrap();
        assert_eq!(shown(&hot, &everything(), |_| unreachable!("no clock is needed")), [3 * 4096, 3 * 4096 + 1]);
        hot.set_segment(3, &encode_hot(&columns(9, 7))).unwrap();
        assert!(hot.is_in_order(), "another camera is no other time");
        hot.set_segment(3, &encode_hot(&columns(4, 7))).unwrap();
        assert_eq!(shown(&hot, &everything(), |_| unreachable!("no clock is needed")), [3 * 4096 + 1, 3 * 4096]);
    }

    /// Columns of one segment, short ones so that many are stale at once.
    fn some_columns() -> impl Strategy<Value = HotSegment> {
        let row = (prop_oneof![-3..3_i64, Just(i64::MIN), any::<i64>()], prop_oneof![4 => Just(0_u8), 1 => Just(255)]);
        proptest::collection::vec(row, 0..8).prop_map(|rows| HotSegment {
            taken_s: rows.iter().map(|row| row.0).collect(),
            kind: rows.iter().map(|row| row.1).collect(),
            ..HotSegment::absent(rows.len())
        })
    }

    proptest! {
        #[test]
        fn an_order_that_is_kept_is_that_of_a_plain_sort(
            changes in proptest::collection::vec((0..4_u32, some_columns(), any::<bool>()), 1..12),
        ) {
            let mut hot = Hot::new();
            for (number, columns, is_looked_at) in changes {
                hot.set_segment(number, &encode_hot(&columns)).unwrap();
                if is_looked_at {
                    let mut expected: Vec<u32> = hot.rows().collect();
                    expected.sort_by_key(|row| Reverse(hot.taken_s(*row)));
                    prop_assert_eq!(shown(&hot, &everything(), |_| unreachable!("no clock is needed")), expected);
                }
            }
        }

        #[test]
        fn the_order_is_that_of_a_plain_sort(
            taken_s in proptest::collection::vec(prop_oneof![-3..3_i64, Just(i64::MIN), -62_167_219_200..253_402_300_800_i64], 0..80),
            far_s in prop_oneof![Just(0), any::<i64>()],
        ) {
            let taken_s = [taken_s, vec![far_s]].concat();
            let hot = hot(&taken_s, &vec![0; taken_s.len()]);
            let mut expected: Vec<u32> = hot.rows().collect();
            expected.sort_by_key(|row| Reverse(hot.taken_s(*row)));
            prop_assert_eq!(shown(&hot, &everything(), |_| unreachable!("no clock is needed")), expected);
        }

        #[test]
        fn an_hour_and_days_leave_in_what_a_look_at_every_row_leaves_in(
            taken_s in proptest::collection::vec(prop_oneof![-200_000..200_000_i64, Just(i64::MIN), any::<i64>()], 0..80),
            hour in proptest::option::of(0_u8..24),
            days in proptest::option::of(-2..2_i32),
            videos: bool,
            offset_min in -840..840_i64,
        ) {
            let kind: Vec<u8> = (0..taken_s.len()).map(|row| [0, 0, 1, 255][row % 4]).collect();
            let hot = hot(&taken_s, &kind);
            let filter = Filter {
                hour,
                days: days.map(|day| DayRange { first: Day(day), last: Day(day + 1) }),
                kind: videos.then_some(Kind::Video),
                ..Filter::default()
            };
            let is_left = |row: &u32| {
                let local_s = hot.taken_s(*row).map(|utc_s| utc_s + offset_min * 60);
                let mut reader = DayReader::default();
                filter.kind.is_none_or(|kind| kind == hot.kind(*row))
                    && filter.hour.is_none_or(|hour| local_s.is_some_and(|local_s| reader.hour(local_s) == hour))
                    && filter.days.is_none_or(|days| {
                        local_s.is_some_and(|local_s| (days.first..=days.last).contains(&reader.day(local_s)))
                    })
            };
            let all = shown(&hot, &everything(), |_| unreachable!("no clock is needed"));
            let expected: Vec<u32> = all.into_iter().filter(is_left).collect();
            let left = shown(&hot, &filter.prepare(&[], None), |utc_s| LocalHour::at(utc_s, offset_min * 60, i64::MIN));
            prop_assert_eq!(left, expected);
        }

        #[test]
        fn every_hour_has_all_of_its_rows(
            instants in proptest::collection::vec(prop_oneof![5 => -20_000..20_000_i64, 1 => Just(i64::MIN)], 0..300),
            change_s in -20_000..20_000_i64,
        ) {
            let hot = hot(&instants, &vec![0; instants.len()]);
            // Whoever was put back an hour lives one twice.
            let hour_at = |utc_s: i64| {
                if utc_s < change_s { LocalHour::at(utc_s, 7200, i64::MIN) } else { LocalHour::at(utc_s, 3600, change_s) }
            };
            let (mut rows, mut before) = (Vec::new(), None);
            each_hour(&hot, &everything(), &mut |utc_s| hour_at(utc_s), &mut |hour, of_hour| {
                assert!(of_hour.count() > 0 && (before.is_none() || hour != before.flatten()), "{hour:?} comes twice");
                before = Some(hour);
                of_hour.each(&mut |row| {
                    rows.push(row);
                    let expected = hot.taken_s(row).map(hour_at).map(|hour| (hour.day, hour.hour));
                    assert_eq!(hour.map(|hour| (hour.day, hour.hour)), expected);
                });
            });
            prop_assert_eq!(rows, shown(&hot, &everything(), |_| unreachable!("no clock is needed")));
        }
    }
}
