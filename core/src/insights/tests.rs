//! Counts against a calendar of another make.

use std::collections::HashMap;

use super::*;
use crate::catalog::codec::{HotSegment, LocalFacts, encode_hot};
use crate::catalog::{Clock, Filter, Hot, SizeClass, rows_left, shown};
use crate::photo::{Camera, Day, DayRange, Export, Kind, LocalClock, TimeBasis};

fn hot(taken_s: &[i64]) -> Hot {
    let count = taken_s.len();
    let columns = HotSegment {
        taken_s: taken_s.to_vec(),
        width_px: vec![4; count],
        height_px: vec![3; count],
        kind: (0..count).map(|row| u8::from(row % 5 == 4)).collect(),
        camera: (0..count).map(|row| (row % 3) as u16).collect(),
        flags: vec![0; count],
        local: Vec::new(),
    };
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&columns)).unwrap();
    hot
}

fn counts(hot: &Hot, zone: &Zone) -> Counts {
    Counts::of(hot, &Filter::default().prepare(&[], None), zone)
}

#[test]
fn hours_and_days_agree_with_another_calendar_in_zones_with_daylight_saving() {
    let instants: Vec<i64> = (0..2_000).map(|n| 1_500_000_000 + n * 97_813).collect();
    let hot = hot(&instants);
    for name in ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"] {
        let oracle = jiff::tz::TimeZone::get(name).unwrap();
        let local = |utc_s: i64| oracle.to_datetime(jiff::Timestamp::from_second(utc_s).unwrap());
        let zone = Zone::probe(name, 0, 2_000_000_000, |utc_s| {
            oracle.to_offset(jiff::Timestamp::from_second(utc_s).unwrap()).seconds() / 60
        });
        let mut expected = [0_u32; 24];
        let mut expected_days = HashMap::new();
        for instant in &instants {
            expected[usize::from(local(*instant).hour() as u8)] += 1;
            *expected_days.entry(local(*instant).date().to_string()).or_insert(0) += 1;
        }
        assert_eq!(counts(&hot, &zone).hours(), expected, "{name}");
        let counted = counts(&hot, &zone).days();
        assert_eq!((counted.counts.iter().sum::<u32>(), counted.outside), (2_000, 0));
        for (index, count) in counted.counts.iter().enumerate() {
            let day = Day(counted.first.0 + index as i32).to_string();
            assert_eq!(*count, expected_days.remove(&day).unwrap_or(0), "{name} {day}");
        }
    }
}

#[test]
fn a_photo_of_the_year_9999_is_left_out_and_said_so() {
    let hot = hot(&[0, 86_400, 86_401, 253_370_764_800, i64::MIN]);
    let counted = counts(&hot, &Zone::utc()).days();
    assert_eq!((counted.first, counted.outside), (Day(0), 1));
    assert_eq!(counted.counts, [1, 2], "and the centuries before it are no part of the chart");
}

#[test]
fn nothing_has_no_days() {
    let hot = hot(&[i64::MIN]);
    assert_eq!(counts(&hot, &Zone::utc()).days().counts, Vec::<u32>::new());
    assert_eq!(counts(&hot, &Zone::utc()).totals().span, None);
    assert_eq!(counts(&Hot::new(), &Zone::utc()).days().counts.len(), 0);
}

#[test]
fn the_library_in_a_few_numbers() {
    let hot = hot(&[0, 10, 86_400, 86_500, 86_600, i64::MIN]);
    let sums = counts(&hot, &Zone::utc()).totals();
    assert_eq!((sums.photos, sums.videos, sums.undated), (5, 1, 1));
    assert_eq!((sums.days_with_photos, sums.cameras), (2, 2));
    assert_eq!((sums.span, sums.busiest), (Some((Day(0), Day(1))), Some((Day(1), 3))));
}

#[test]
fn each_is_counted_by_the_clock_where_it_was_taken_if_it_tells() {
    let local = |offset_min, basis| {
        LocalFacts::of(&Export { clock: Some(LocalClock { offset_min, basis }), ..Export::default() })
    };
    // Noon in Greenwich of the first day, told to be nine hours later and thirteen; one that guesses, one that is silent.
    let columns = HotSegment {
        taken_s: vec![43_200, 43_200, 43_200, 43_200, i64::MIN],
        kind: vec![0; 5],
        local: vec![
            local(540, TimeBasis::ExifOffset),
            local(780, TimeBasis::Place),
            local(540, TimeBasis::Utc),
            LocalFacts::NONE,
            LocalFacts::NONE,
        ],
        ..HotSegment::absent(5)
    };
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&columns)).unwrap();
    let of = |clock| Counts::of(&hot, &Filter { clock, ..Filter::default() }.prepare(&[], None), &Zone::utc());
    let counts = of(Clock::Local);
    let hours = counts.hours();
    let by_hour: Vec<_> = hours.iter().enumerate().filter(|(_, count)| **count > 0).collect();
    assert_eq!(by_hour, [(1, &1), (12, &2), (21, &1)]);
    assert_eq!(counts.days(), DayCounts { first: Day(0), counts: vec![3, 1], outside: 0 });
    let sums = counts.totals();
    assert_eq!((sums.photos, sums.undated, sums.by_own_clock), (5, 1, 2));
    assert_eq!((of(Clock::Own).totals().by_own_clock, of(Clock::Own).hours()[12]), (0, 4));
}

#[test]
fn cameras_are_counted_the_most_used_first() {
    let hot = hot(&[0; 8]);
    assert_eq!(counts(&hot, &Zone::utc()).cameras(), [(0, 3), (1, 3), (2, 2)]);
    let matches = [2, 5, 7, 99].into_iter().collect();
    let text = Filter { text: Some("sea".into()), ..Filter::default() };
    let found = Counts::of(&hot, &text.prepare(&[], Some(&matches)), &Zone::utc());
    assert_eq!(found.cameras(), [(2, 2), (1, 1)], "a row that does not exist is of no camera");
}

#[test]
fn instants_at_the_ends_of_time_are_counted_without_their_days() {
    const FARTHEST_S: i64 = (1 << 39) - 1;
    let hot = hot(&[-FARTHEST_S, FARTHEST_S, -7_300_000_000, 0, 86_400 * 3, i64::MIN + 1, i64::MAX]);
    for zone in [Zone::utc(), Zone::probe("x", 0, 1, |_| 840)] {
        let counted = counts(&hot, &zone).days();
        assert!(counted.counts.len() <= MOST_DAYS);
        assert_eq!(counted.counts.iter().sum::<u32>() + counted.outside, 5);
        assert_eq!(counts(&hot, &zone).hours().iter().sum::<u32>(), 5);
    }
}

proptest::proptest! {
    #[test]
    fn every_dated_row_is_counted_once_and_the_first_and_last_day_are_not_empty(
        taken_s in proptest::collection::vec(proptest::prop_oneof![-9_000_000_000..9_000_000_000_i64, 0..400_000_i64], 1..40),
    ) {
        let hot = hot(&taken_s);
        let counted = counts(&hot, &Zone::utc()).days();
        let mut plain = std::collections::BTreeMap::new();
        for taken_s in &taken_s {
            *plain.entry(Day::of_utc_s(*taken_s)).or_insert(0) += 1;
        }
        let sums = counts(&hot, &Zone::utc()).totals();
        proptest::prop_assert_eq!(sums.days_with_photos as usize, plain.len());
        proptest::prop_assert_eq!(sums.span, plain.keys().next().copied().zip(plain.keys().next_back().copied()));
        let most = plain.values().max().copied().unwrap_or(0);
        let busiest = plain.iter().find(|(_, count)| **count == most).map(|(day, count)| (*day, *count));
        proptest::prop_assert_eq!(sums.busiest, busiest);
        proptest::prop_assert!(counted.counts.len() <= MOST_DAYS);
        proptest::prop_assert_eq!(counted.counts.iter().sum::<u32>() + counted.outside, taken_s.len() as u32);
        proptest::prop_assert!(counted.counts.first() > Some(&0) && counted.counts.last() > Some(&0));
    }

    #[test]
    fn what_is_counted_is_what_is_shown(
        rows in proptest::collection::vec(
            (proptest::prop_oneof![5 => -200_000..200_000_i64, 1 => proptest::strategy::Just(i64::MIN)], 0..4_u8, 0..3_u16),
            0..80,
        ),
        hour in proptest::option::of(0_u8..24),
        weekday in proptest::option::of(0_u8..7),
        size in proptest::option::of(0..SizeClass::COUNT),
        days in proptest::option::of(-2..2_i32),
        is_of_camera: bool,
        is_whole: bool,
    ) {
        let columns = HotSegment {
            taken_s: rows.iter().map(|row| row.0).collect(),
            kind: rows.iter().map(|row| if is_whole { row.1 % 2 } else { [0, 0, 1, 255][usize::from(row.1)] }).collect(),
            camera: rows.iter().map(|row| row.2).collect(),
            width_px: rows.iter().map(|row| u32::from(row.2) * 2_000).collect(),
            height_px: rows.iter().map(|row| u32::from(row.1) * 1_500).collect(),
            ..HotSegment::absent(rows.len())
        };
        let mut hot = Hot::new();
        hot.set_segment(0, &encode_hot(&columns)).unwrap();
        let camera = |model: &str| Camera { make: String::new(), model: model.into() };
        let dictionary = [camera(""), camera("a"), camera("b")];
        let filter = Filter {
            hour,
            weekday,
            size: size.and_then(|number| SizeClass::all().nth(number)),
            days: days.map(|day| DayRange { first: Day(day), last: Day(day + 1) }),
            camera: is_of_camera.then(|| camera("a")),
            ..Filter::default()
        };
        let (filter, zone) = (filter.prepare(&dictionary, None), Zone::probe("x", -86_400, 86_400, |utc_s| if utc_s < 0 { 90 } else { 30 }));
        let shown = shown(&hot, &filter, zone.hours());
        let counts = Counts::of(&hot, &filter, &zone);
        let totals = counts.totals();
        let of = |is: &dyn Fn(u32) -> bool| shown.iter().filter(|row| is(**row)).count() as u32;
        proptest::prop_assert_eq!(totals.photos, of(&|row| hot.kind(row) == Kind::Photo));
        proptest::prop_assert_eq!(totals.videos, of(&|row| hot.kind(row) == Kind::Video));
        proptest::prop_assert_eq!(totals.undated, of(&|row| hot.taken_s(row).is_none()));
        for (number, count) in counts.cameras() {
            proptest::prop_assert_eq!(*count, of(&|row| hot.camera(row) == *number));
        }
        proptest::prop_assert_eq!(counts.cameras().iter().map(|(_, count)| count).sum::<u32>(), shown.len() as u32);
        for (hour, count) in counts.hours().iter().enumerate() {
            let is_of_hour = |row: u32| hot.taken_s(row).is_some_and(|utc_s| usize::from(zone.local_hour(utc_s)) == hour);
            proptest::prop_assert_eq!(*count, of(&is_of_hour));
        }
        let local = |row: u32| hot.taken_s(row).map(|utc_s| (zone.local_day(utc_s), zone.local_hour(utc_s)));
        for (weekday, hours) in counts.week().iter().enumerate() {
            for (hour, count) in hours.iter().enumerate() {
                let is_then = |row| local(row).is_some_and(|(day, of)| (usize::from(day.weekday()), usize::from(of)) == (weekday, hour));
                proptest::prop_assert_eq!(*count, of(&is_then));
            }
        }
        for (month, count) in counts.months().iter().enumerate() {
            proptest::prop_assert_eq!(*count, of(&|row| local(row).is_some_and(|(day, _)| day.ymd().1 as usize == month + 1)));
        }
        for (year, count) in counts.years() {
            proptest::prop_assert_eq!(count, of(&|row| local(row).is_some_and(|(day, _)| day.ymd().0 == year)));
        }
        let left = rows_left(&hot, &filter, &mut zone.hours());
        proptest::prop_assert_eq!(left.len(), shown.len());
        proptest::prop_assert!(shown.iter().all(|row| left.contains(*row)));
        let shapes = Shapes::of(&hot, &left);
        for class in SizeClass::all() {
            let is_of = |row| SizeClass::of(hot.width_px(row), hot.height_px(row)) == class;
            proptest::prop_assert_eq!(shapes.of_size(class), of(&is_of));
        }
        proptest::prop_assert_eq!((shapes.with_place, shapes.without_place), (of(&|row| hot.has_place(row)), of(&|row| !hot.has_place(row))));
        let DayCounts { first, counts, .. } = counts.days();
        for (index, count) in counts.iter().enumerate() {
            let day = Day(first.0 + index as i32);
            proptest::prop_assert_eq!(*count, of(&|row| hot.taken_s(row).is_some_and(|utc_s| zone.local_day(utc_s) == day)));
        }
    }
}
