//! Which rows are shown, and in which order.

use std::cmp::Reverse;

use crate::catalog::codec::{HotSegment, LocalFacts, encode_hot};
use crate::catalog::{Clock, Filter, Hot, Orientation, Prepared, RowSet, Selected, Source, each_hour, in_order, shown};
use crate::photo::{Camera, Day, DayRange, DayReader, Export, Kind, LocalClock, LocalHour, TimeBasis};
use proptest::prelude::*;

fn hot(taken_s: &[i64], kind: &[u8]) -> Hot {
    let columns = HotSegment {
        taken_s: taken_s.to_vec(),
        width_px: vec![4; taken_s.len()],
        height_px: vec![3; taken_s.len()],
        kind: kind.to_vec(),
        camera: vec![0; taken_s.len()],
        flags: vec![0; taken_s.len()],
        local: Vec::new(),
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
        local: Vec::new(),
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
    assert_eq!(left(Filter { orientation: Some(Orientation::Square), ..all() }), [2, 6], "unknown sizes are no shape");
    assert_eq!(left(Filter { favorite: true, ..all() }), [1, 3, 5]);
    assert_eq!(left(Filter { place: Some(true), ..all() }), [2, 3, 6]);
    assert_eq!(left(Filter { place: Some(false), ..all() }), [0, 1, 4, 5]);
    assert_eq!(left(Filter { kind: Some(Kind::Video), place: Some(true), ..all() }), [3]);
    assert_eq!(left(Filter { favorite: true, place: Some(false), ..all() }), [1, 5]);
    let camera = |make: &str, model: &str| Some(Camera { make: make.into(), model: model.into() });
    assert_eq!(left(Filter { camera: camera("M", "b"), ..all() }), [2, 6]);
    assert_eq!(left(Filter { camera: camera("M", "z"), ..all() }), [] as [u32; 0]);
    assert_eq!(left(Filter { camera: camera("", ""), ..all() }), [0, 3, 4], "a number past the dictionary is unknown");
}

#[test]
fn marks_and_sources_narrow_and_can_be_left_out() {
    // Of the account, of an export with each mark, of both, of an export in the trash and archived, and one that is gone.
    let flags = vec![0, 32 | 4, 32 | 8, 32 | 16, 32 | 64, 32 | 8 | 4, 32];
    let columns = HotSegment { kind: vec![0, 0, 0, 0, 0, 0, 255], flags, ..HotSegment::absent(7) };
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&columns)).unwrap();
    let left = |filter: Filter| shown(&hot, &filter.prepare(&[], None), |_| unreachable!("no clock is needed"));
    let all = || Filter::default();
    assert_eq!(left(all()), [0, 1, 2, 3, 4, 5]);
    assert_eq!(left(Filter { source: Some(Source::Account), ..all() }), [0, 4]);
    assert_eq!(left(Filter { source: Some(Source::Takeout), ..all() }), [1, 2, 3, 4, 5]);
    assert_eq!(left(Filter { archived: Some(true), ..all() }), [1, 5]);
    assert_eq!(left(Filter { archived: Some(false), ..all() }), [0, 2, 3, 4]);
    assert_eq!(left(Filter { trashed: Some(true), archived: Some(false), ..all() }), [2]);
    assert_eq!(left(Filter { trashed: Some(false), locked: Some(false), ..all() }), [0, 1, 4]);
    assert_eq!(left(Filter { locked: Some(true), source: Some(Source::Account), ..all() }), [] as [u32; 0]);
}

/// What an export tells of a clock.
fn clock(offset_min: i16, basis: TimeBasis) -> LocalFacts {
    LocalFacts::of(&Export { clock: Some(LocalClock { offset_min, basis }), ..Export::default() })
}

#[test]
fn days_and_hours_are_read_where_photos_were_taken_if_they_tell() {
    // All at noon in Greenwich: one nine hours ahead, one of the account, one whose zone is a guess.
    let local = vec![clock(540, TimeBasis::Place), LocalFacts::NONE, clock(540, TimeBasis::PersonZone)];
    let columns = HotSegment { kind: vec![0; 3], taken_s: vec![43_200; 3], local, ..HotSegment::absent(3) };
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&columns)).unwrap();
    let left = |clock: Clock, hour: u8| {
        let filter = Filter { hour: Some(hour), clock, ..Filter::default() };
        shown(&hot, &filter.prepare(&[], None), |utc_s| LocalHour::at(utc_s, 3600, i64::MIN))
    };
    assert_eq!((left(Clock::Local, 21), left(Clock::Local, 13)), (vec![0], vec![1, 2]));
    assert_eq!((left(Clock::Own, 21), left(Clock::Own, 13)), (vec![], vec![0, 1, 2]));
    assert_eq!((hot.told_offset_min(0), hot.told_offset_min(1), hot.told_offset_min(2)), (Some(540), None, None));
}

#[test]
fn a_text_leaves_in_what_it_finds_and_everything_until_that_is_known() {
    let matches = RowSet::from_iter([1, 6, 7, 9]);
    let text = Filter { text: Some("sea".into()), ..Filter::default() };
    assert_eq!(left_of_eight(&text, Some(&matches)), [1, 6]);
    assert_eq!(left_of_eight(&text, None).len(), 7);
    assert_eq!(left_of_eight(&Filter::default(), Some(&matches)).len(), 7, "nobody asked for what was found before");
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
    fn every_row_is_of_the_hour_that_its_clock_showed(
        rows in proptest::collection::vec((prop_oneof![9 => -90_000..90_000_i64, 1 => Just(i64::MIN)], proptest::option::of(-3..3_i16), any::<bool>()), 0..60),
    ) {
        let local = |(_, offset, is_told): &(i64, Option<i16>, bool)| {
            let basis = if *is_told { TimeBasis::ExifLocal } else { TimeBasis::Utc };
            offset.map_or(LocalFacts::NONE, |offset| clock(offset * 45, basis))
        };
        let columns = HotSegment {
            taken_s: rows.iter().map(|row| row.0).collect(),
            kind: vec![0; rows.len()],
            local: rows.iter().map(local).collect(),
            ..HotSegment::absent(rows.len())
        };
        let mut hot = Hot::new();
        hot.set_segment(0, &encode_hot(&columns)).unwrap();
        let filter = Filter { clock: Clock::Local, ..Filter::default() };
        let mut seen = Vec::new();
        each_hour(&hot, &filter.prepare(&[], None), &mut |utc_s| LocalHour::at(utc_s, 7200, i64::MIN), &mut |hour, of_hour| {
            let before = seen.len();
            of_hour.each(&mut |row| seen.push((row, hour.map(|hour| (hour.day, hour.hour)))));
            assert_eq!(seen.len() - before, of_hour.count() as usize);
        });
        let expected = shown(&hot, &everything(), |_| unreachable!("no clock is needed"));
        let expected: Vec<_> = expected.into_iter().map(|row| {
            let (taken_s, offset, is_told) = rows[row as usize];
            let offset_s = offset.filter(|_| is_told).map_or(7200, |offset| i64::from(offset) * 45 * 60);
            let local_s = (taken_s != i64::MIN).then(|| taken_s + offset_s);
            (row, local_s.map(|local_s| (Day::of_utc_s(local_s), (local_s.rem_euclid(86_400) / 3600) as u8)))
        }).collect();
        prop_assert_eq!(seen, expected);
    }

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
    fn picked_rows_come_in_the_order_of_all(
        taken_s in proptest::collection::vec(prop_oneof![-9..9_i64, Just(i64::MIN)], 0..60),
        picked in proptest::collection::btree_set(0..70_u32, 0..40),
    ) {
        let kind: Vec<u8> = (0..taken_s.len()).map(|row| [0, 1, 255][row % 3]).collect();
        let hot = hot(&taken_s, &kind);
        let all = shown(&hot, &everything(), |_| unreachable!("no clock is needed"));
        let expected: Vec<u32> = all.into_iter().filter(|row| picked.contains(row)).collect();
        prop_assert_eq!(in_order(&hot, &picked.into_iter().collect()), expected);
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
