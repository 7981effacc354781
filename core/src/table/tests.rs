//! Cells, ranks, orders and summaries against what is plainly there.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;
use crate::catalog::Hot;
use crate::catalog::codec::{ColdCorrection, ColdExport, ColdRow, HotSegment, LocalFacts, encode_hot};
use crate::photo::{
    Camera, Correction, Export, Exposure, LocalClock, Moment, Origin, Place, TimeBasis, format_rfc3339,
};

fn hot_of(change: impl FnOnce(&mut HotSegment)) -> Hot {
    let mut segment = HotSegment::absent(3);
    segment.kind[0] = 0;
    segment.kind[1] = 1;
    change(&mut segment);
    let mut hot = Hot::new();
    hot.set_cameras(vec![Camera::default(), Camera { make: "Google".into(), model: "Pixel 6".into() }]);
    hot.set_segment(0, &encode_hot(&segment)).unwrap();
    hot
}

fn cells(hot: &Hot, row: u32) -> Vec<(Column, String)> {
    let at_hand = Column::ALL.into_iter().filter(|column| column.part() == Part::Hot);
    at_hand.map(|column| (column, hot_value(column, hot, row).text().into_owned())).collect()
}

fn cell(hot: &Hot, row: u32, column: Column) -> String {
    hot_value(column, hot, row).text().into_owned()
}

#[test]
fn of_what_only_the_account_told_what_exports_tell_is_empty() {
    let hot = hot_of(|segment| {
        segment.taken_s[0] = 1_740_699_245;
        (segment.width_px[0], segment.height_px[0]) = (4032, 3024);
        segment.camera[0] = 1;
    });
    for (column, text) in cells(&hot, 0) {
        let expected = match column {
            Column::Taken => "2025-02-27T23:34:05Z",
            Column::Kind => "photo",
            Column::Width => "4032",
            Column::Height => "3024",
            Column::Megapixels => "12.2",
            Column::Make => "Google",
            Column::Model => "Pixel 6",
            Column::Sources => "account",
            _ => "",
        };
        assert_eq!(text, expected, "{column:?}");
        assert!(expected.is_empty() || !column.is_of_exports(), "{column:?}");
    }
    let known: Vec<_> = cells(&hot, 1).into_iter().filter(|(_, text)| !text.is_empty()).collect();
    assert_eq!(known, [(Column::Kind, "video".to_owned()), (Column::Sources, "account".to_owned())]);
    assert!(cells(&hot, 2).iter().all(|(_, text)| text.is_empty()), "an absent row says nothing");
    assert!(cells(&hot, 9).iter().all(|(_, text)| text.is_empty()));
}

#[test]
fn of_an_export_local_time_place_and_marks_are_told() {
    const FAVORITE: u8 = 1;
    const PLACE: u8 = 2;
    const TAKEOUT: u8 = 32;
    const ACCOUNT: u8 = 64;
    let clock = LocalClock { offset_min: 345, basis: TimeBasis::GpsTime };
    let place = Place::new(-33.8567844, 151.2152967, Some(12.5));
    let export = Export { clock: Some(clock), place, ..Export::default() };
    let hot = hot_of(|segment| {
        segment.taken_s[0] = 0;
        segment.flags[0] = FAVORITE | PLACE | TAKEOUT | ACCOUNT;
        segment.flags[1] = TAKEOUT;
        segment.local = vec![LocalFacts::of(&export), LocalFacts::of(&export), LocalFacts::NONE];
    });
    for (column, text) in [
        (Column::Local, "1970-01-01T05:45:00"),
        (Column::Offset, "+05:45"),
        (Column::Basis, "gps time"),
        (Column::Latitude, "-33.8567844"),
        (Column::Longitude, "151.2152967"),
        (Column::Favorite, "true"),
        (Column::Archived, "false"),
        (Column::Sources, "account; takeout"),
    ] {
        assert_eq!(cell(&hot, 0, column), text, "{column:?}");
    }
    assert_eq!(cell(&hot, 1, Column::Sources), "takeout");
    assert_eq!((cell(&hot, 1, Column::Offset), cell(&hot, 1, Column::Local)), (String::new(), String::new()));
}

#[test]
fn cold_cells_say_what_is_kept() {
    let told = Moment { taken_s: Some(60), clock: None };
    let row = ColdRow {
        id: "abc".into(),
        mime_type: "image/jpeg".into(),
        product_url: "https://photos.google.com/lr/photo/abc".into(),
        exposure: Exposure {
            f_number: Some(1.8),
            exposure_s: Some(0.008),
            iso: Some(100),
            focal_length_mm: Some(4.38),
            frames_per_s: Some(29.97),
        },
        export: Some(Box::new(ColdExport {
            lens: "back".into(),
            focal_length_35mm: Some(27),
            altitude_m: Some(-3.5),
            origin: Origin::SharedAlbum,
            people: vec!["Ann".into(), "Bo; Jr".into()],
            has_motion: true,
            has_edited: false,
        })),
        correction: Some(Box::new(ColdCorrection { correction: Correction::Shift { seconds: 60 }, told })),
    };
    let said = |row: &ColdRow, column| cold_value(column, row).text().into_owned();
    for (column, text) in [
        (Column::Id, "abc"),
        (Column::MimeType, "image/jpeg"),
        (Column::FNumber, "1.8"),
        (Column::ExposureTime, "0.008"),
        (Column::Iso, "100"),
        (Column::FocalLength, "4.38"),
        (Column::FramesPerSecond, "29.97"),
        (Column::Lens, "back"),
        (Column::FocalLength35, "27"),
        (Column::Altitude, "-3.5"),
        (Column::Origin, "shared album"),
        (Column::People, "Ann; Bo; Jr"),
        (Column::Moving, "true"),
        (Column::Edited, ""),
        (Column::Corrected, "true"),
        (Column::TakenAsTold, "1970-01-01T00:01:00Z"),
        (Column::Name, ""),
    ] {
        assert_eq!(said(&row, column), text, "{column:?}");
    }
    let plain = ColdRow { id: "a".into(), ..ColdRow::default() };
    assert_eq!((said(&plain, Column::Corrected), said(&plain, Column::Lens)), ("false".into(), String::new()));
    assert!(Column::ALL.iter().all(|column| said(&ColdRow::default(), *column).is_empty()));
}

#[test]
fn instants_are_written_as_everybody_writes_them() {
    const FARTHEST_S: i64 = (1 << 39) - 1;
    for taken_s in [-FARTHEST_S, -1, 0, 1_740_699_245, FARTHEST_S] {
        let hot = hot_of(|segment| segment.taken_s[0] = taken_s);
        let text = cell(&hot, 0, Column::Taken);
        assert!(text.ends_with('Z') && (taken_s.abs() > 1_000_000_000_000 - 1 || text.len() <= 25), "{text}");
        if (0..1_800_000_000).contains(&taken_s) {
            assert_eq!(text, format_rfc3339(taken_s));
        }
    }
}

/// What stands in a column that is made up for these tests.
#[derive(Clone, Debug)]
enum Said {
    Nothing,
    Text(String),
    Number(f64),
}

impl Said {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Nothing => Value::Unknown,
            Self::Text(text) => Value::of_text(text),
            Self::Number(number) => Value::Number(*number),
        }
    }
}

fn ranks(column: Column, said: &[Said]) -> Ranks {
    let mut maker = RankMaker::new(column, said.len());
    for (said, row) in said.iter().zip(0..) {
        maker.put(row, &said.value());
    }
    maker.finish()
}

fn text() -> impl Strategy<Value = Said> {
    prop_oneof![1 => Just(Said::Nothing), 4 => "[abc]{0,2}".prop_map(Said::Text)]
}

fn number() -> impl Strategy<Value = Said> {
    let numbers = prop_oneof![
        Just(0.0),
        Just(-0.0),
        Just(f64::INFINITY),
        Just(f64::NAN),
        (-3..3_i8).prop_map(f64::from),
        any::<f64>()
    ];
    prop_oneof![1 => Just(Said::Nothing), 4 => numbers.prop_map(Said::Number)]
}

/// Near each other or far apart, whole or not.
fn finite_numbers() -> impl Strategy<Value = Vec<f64>> {
    let whole = proptest::collection::vec((0..20_000_u32).prop_map(f64::from), 30..200);
    let near = proptest::collection::vec(4000.0..4100.0, 30..200);
    let far = proptest::collection::vec((-9.0..9.0_f64).prop_map(f64::exp), 30..200);
    prop_oneof![whole, near, far]
}

fn compare(a: &Said, b: &Said) -> Ordering {
    match (a.value(), b.value()) {
        (Value::Text(a), Value::Text(b)) => a.cmp(&b),
        (a, b) => a.number().partial_cmp(&b.number()).unwrap(),
    }
}

fn is_known(said: &Said) -> bool {
    match said.value() {
        Value::Text(_) => true,
        value => value.number().is_some(),
    }
}

proptest! {
    #[test]
    fn rows_are_in_order_by_all_keys_the_unknown_last_and_equals_as_they_were(
        rows in proptest::collection::vec((text(), number()), 0..60), descending: [bool; 2], many: bool,
    ) {
        // Enough of them to be put in order by digits.
        let rows: Vec<_> = if many { rows.iter().cloned().cycle().take(rows.len() * 200).collect() } else { rows };
        let (texts, numbers): (Vec<Said>, Vec<Said>) = rows.iter().cloned().unzip();
        let of = [ranks(Column::Name, &texts), ranks(Column::Latitude, &numbers)];
        let mut ordered: Vec<u32> = (0..rows.len() as u32).rev().collect();
        let mut expected = ordered.clone();
        put_in_order(&mut ordered, &of[1], descending[1]);
        put_in_order(&mut ordered, &of[0], descending[0]);
        let by = |column: &[Said], descending: bool, a: &u32, b: &u32| {
            let (a, b) = (&column[*a as usize], &column[*b as usize]);
            match (is_known(a), is_known(b)) {
                (true, true) if descending => compare(b, a),
                (true, true) => compare(a, b),
                (a, b) => b.cmp(&a),
            }
        };
        expected.sort_by(|a, b| {
            by(&texts, descending[0], a, b).then_with(|| by(&numbers, descending[1], a, b))
        });
        prop_assert_eq!(ordered, expected);
    }

    #[test]
    fn a_summary_of_numbers_counts_every_row_once(numbers in proptest::collection::vec(number(), 0..200), every in 1_usize..4) {
        let of = ranks(Column::ExposureTime, &numbers);
        let rows = || (0..numbers.len()).step_by(every).map(|row| row as u32);
        let summary = Tally::of(&of, rows()).of_numbers(Column::ExposureTime, of.numbers().unwrap());
        let mut known: Vec<f64> = rows().filter_map(|row| numbers[row as usize].value().number()).collect();
        known.sort_by(f64::total_cmp);
        prop_assert_eq!((summary.rows as usize, summary.known as usize), (rows().count(), known.len()));
        known.dedup();
        prop_assert_eq!(summary.distinct as usize, known.len());
        let counted: u32 = match &summary.bars {
            Bars::None => 0,
            Bars::Each(bars) | Bars::Frequent(bars) | Bars::Ranges { bars, .. } => bars.iter().map(|bar| bar.count).sum(),
        };
        prop_assert_eq!(counted, summary.known);
        if let (Some(least), Some(greatest)) = (known.first(), known.last()) {
            let text = |number: f64| Value::Number(number + 0.0).text().into_owned();
            prop_assert_eq!((summary.least, summary.greatest), (text(*least), text(*greatest)));
        }
    }

    #[test]
    fn a_range_counts_what_lies_between_its_ends_as_they_are_told(numbers in finite_numbers()) {
        let said: Vec<Said> = numbers.iter().copied().map(Said::Number).collect();
        let of = ranks(Column::ExposureTime, &said);
        let tally = Tally::of(&of, 0..said.len() as u32);
        if let Bars::Ranges { bars, .. } = tally.of_numbers(Column::ExposureTime, of.numbers().unwrap()).bars {
            for (at, bar) in bars.iter().enumerate() {
                let (from, to): (f64, f64) = (bar.from.parse().unwrap(), bar.to.parse().unwrap());
                let is_in = |value: &&f64| from <= **value && (**value < to || at + 1 == bars.len());
                prop_assert_eq!(bar.count as usize, numbers.iter().filter(is_in).count(), "{} to {}", from, to);
            }
        }
    }

    #[test]
    fn a_summary_of_texts_tells_the_most_frequent(texts in proptest::collection::vec(text(), 0..200)) {
        let of = ranks(Column::Model, &texts);
        let tally = Tally::of(&of, 0..texts.len() as u32);
        let rows = of.rows_with(&tally.wanted());
        let found = |row: &Option<u32>| texts[row.unwrap() as usize].value().text().into_owned();
        let summary = tally.of_texts(&rows.iter().map(found).collect::<Vec<_>>());
        let known: Vec<String> = texts.iter().filter(|said| is_known(said)).map(|said| said.value().text().into_owned()).collect();
        let count = |text: &str| known.iter().filter(|other| *other == text).count() as u32;
        prop_assert_eq!(summary.least.as_str(), known.iter().min().map_or("", String::as_str));
        prop_assert_eq!(summary.greatest.as_str(), known.iter().max().map_or("", String::as_str));
        if let Bars::Frequent(bars) = &summary.bars {
            prop_assert!(bars.iter().all(|bar| bar.count == count(&bar.from)));
            prop_assert!(bars.windows(2).all(|pair| pair[0].count >= pair[1].count));
            prop_assert_eq!(bars[0].count, known.iter().map(|text| count(text)).max().unwrap_or(0));
        }
    }
}

#[test]
fn rows_travel_as_they_are_and_keep_their_order() {
    let rows = vec![7, 0, u32::MAX, 3];
    assert_eq!(read_rows(&write_rows(&rows)), Some(rows));
    assert_eq!(read_rows(&[1, 0, 0, 0, 9]), None);
    let set = |rows: &[u32]| rows.iter().copied().collect();
    assert_eq!(kept_in_order(&[7, 0, 3], &set(&[3, 7])), Some(vec![7, 3]));
    assert_eq!(kept_in_order(&[7, 0, 3], &set(&[3, 8])), None);
    assert_eq!(kept_in_order(&[7], &set(&[3, 7])), None);
}

#[test]
fn wide_numbers_are_counted_by_ratio_and_others_by_width() {
    let numbers = |count: i32, of: fn(i32) -> f64| -> Vec<Said> { (0..count).map(|n| Said::Number(of(n))).collect() };
    let summary = |column, numbers: &[Said]| {
        let of = ranks(column, numbers);
        Tally::of(&of, 0..numbers.len() as u32).of_numbers(column, of.numbers().unwrap())
    };
    let Bars::Ranges { bars, of_equal_ratio } = summary(Column::Iso, &numbers(1000, |n| f64::from(n + 1) * 50.0)).bars
    else {
        panic!("so many are counted by ranges")
    };
    assert!(of_equal_ratio && bars.len() == 24 && bars[0].from == "50" && bars[23].to == "50000");
    assert!(bars.windows(2).all(|pair| pair[0].to == pair[1].from), "{bars:?}");
    let summary = summary(Column::Taken, &numbers(1000, |n| f64::from(n) * 86_400.0));
    assert_eq!(summary.greatest, "1972-09-26T00:00:00Z");
    let Bars::Ranges { bars, of_equal_ratio } = summary.bars else { panic!("so many are counted by ranges") };
    assert!(!of_equal_ratio && bars.iter().all(|bar| (41..=43).contains(&bar.count)), "{bars:?}");
}
