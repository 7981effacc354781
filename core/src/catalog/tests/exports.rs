//! What exports tell, beside and without the account's word.

use super::{details, item, items, keep, open, tear};
use crate::catalog::{Hot, ROWS_PER_SEGMENT, Source};
use crate::photo::{Camera, Export, Exposure, LocalClock, Marks, MediaItem, Origin, Place, TimeBasis};
use crate::store::{MemoryStore, keys};

const FULL: u32 = ROWS_PER_SEGMENT as u32;

/// What an export tells, different for every `number`.
fn export(number: u32) -> Export {
    Export {
        clock: Some(LocalClock { offset_min: number as i16 % 800 - 400, basis: TimeBasis::Place }),
        place: Place::new(f64::from(number % 90), 2.294_481_3, Some(82.09)),
        lens: format!("Lens {}", number % 5),
        focal_length_35mm: number.is_multiple_of(2).then_some(28),
        marks: Marks { favorited: number.is_multiple_of(3), archived: true, ..Marks::default() },
        origin: Origin::Phone,
        people: (0..number % 3).map(|person| format!("Person {person}")).collect(),
        has_motion: number.is_multiple_of(4),
        has_edited: number.is_multiple_of(5),
        is_in_account: false,
    }
}

pub(super) fn exported(number: u32) -> MediaItem {
    MediaItem { export: Some(Box::new(export(number))), ..item(number) }
}

/// The columns as the page reads them from the store.
fn page(store: &MemoryStore) -> Hot {
    let mut hot = Hot::new();
    for (name, record) in store.records() {
        if let Some((number, place)) = keys::piece_in(keys::HOT, &name) {
            hot.set_rows(number * FULL + place as u32, &record).unwrap();
        }
    }
    hot
}

#[test]
fn every_fact_of_an_export_comes_back_from_pieces_and_from_whole_segments() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    // A piece without exports, one with, rows of both kinds in between, and all of it in one segment at last.
    keep(&ledger, &store, &items(0..300)).unwrap();
    let second: Vec<MediaItem> = (300..700).map(exported).collect();
    keep(&ledger, &store, &second).unwrap();
    let expected = |row: u32| if row < 300 { item(row) } else { exported(row) };
    let check = || {
        let (ledger, hot) = (open(&store).0, page(&store));
        for row in [0, 299, 300, 301, 302, 303, 304, 305, 699] {
            let expected = expected(row);
            assert_eq!(details(&ledger, &store, row).as_ref(), Some(&expected));
            assert_eq!(hot.clock(row), expected.export.as_ref().and_then(|export| export.clock));
            assert_eq!(hot.local_s(row), expected.taken().map(|taken| taken.local_s()));
            let place = expected.export.as_ref().and_then(|export| export.place);
            assert_eq!(hot.place(row), place.map(|place| Place { altitude_m: None, ..place }));
            assert_eq!(hot.has_place(row), place.is_some());
            assert_eq!(hot.marks(row), expected.export.map(|export| export.marks).unwrap_or_default());
            let sources = Source::ALL.map(|source| hot.is_from(row, source));
            assert_eq!(sources, [row < 300, row >= 300]);
        }
        assert_eq!((hot.clock(700), hot.place(700), hot.is_from(700, Source::Account)), (None, None, false));
    };
    check();
    let last = MediaItem { file_name: "new".into(), ..item(298) };
    keep(&ledger, &store, &[last]).unwrap();
    check();
}

#[test]
fn a_library_without_exports_has_the_columns_of_before_and_pays_for_none() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..300)).unwrap();
    assert_eq!((store.records()[&keys::hot(0)].len(), page(&store).has_local()), (28 + 300 * 20, false));
    assert_eq!((store.records()[&keys::hot(0)][4], store.records()[&keys::cold(0)][4]), (2, 3));
    keep(&ledger, &store, &[exported(300)]).unwrap();
    let hot = page(&store);
    assert_eq!((store.records()[&keys::hot(0)].len(), hot.has_local()), (28 + 301 * 31, true));
}

#[test]
fn the_account_says_names_and_the_export_the_facts_of_its_file_whoever_comes_first() {
    let account = MediaItem {
        file_name: "from the account".into(),
        description: String::new(),
        taken_s: Some(5),
        width_px: 10,
        height_px: 10,
        camera: Camera { make: "Other".into(), model: "Other".into() },
        exposure: Exposure { iso: Some(7), frames_per_s: Some(24.0), ..Exposure::default() },
        ..item(1)
    };
    let own = exported(1);
    for is_account_first in [true, false] {
        let store = MemoryStore::new();
        let (ledger, _) = open(&store);
        let mut both = [account.clone(), own.clone()];
        if !is_account_first {
            both.reverse();
        }
        keep(&ledger, &store, &both[..1]).unwrap();
        keep(&ledger, &store, &both[1..]).unwrap();
        let expected = MediaItem {
            file_name: account.file_name.clone(),
            exposure: Exposure { frames_per_s: Some(24.0), ..own.exposure.clone() },
            export: Some(Box::new(Export { is_in_account: true, ..export(1) })),
            ..own.clone()
        };
        assert_eq!(
            details(&open(&store).0, &store, 0),
            Some(expected.clone()),
            "the account first: {is_account_first}"
        );
        assert_eq!(Source::ALL.map(|source| page(&store).is_from(0, source)), [true, true]);

        // Neither who says the same again changes anything, nor an export that knows less keeps what it knew before.
        for again in &both {
            assert!(
                pollster::block_on(ledger.stage(&store, std::slice::from_ref(again))).unwrap().batch.puts.is_empty()
            );
        }
        let less = MediaItem { export: Some(Box::default()), ..own.clone() };
        keep(&ledger, &store, &[less]).unwrap();
        let export = Some(Box::new(Export { is_in_account: true, ..Export::default() }));
        assert_eq!(details(&ledger, &store, 0), Some(MediaItem { export, ..expected }));
        assert_eq!((page(&store).clock(0), page(&store).has_place(0)), (None, false));
    }
}

#[test]
fn an_item_that_was_merged_before_is_taken_as_it_is() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &[item(1)]).unwrap();
    let export = Export { is_in_account: true, ..export(9) };
    let merged = MediaItem { description: String::new(), taken_s: Some(9), export: Some(Box::new(export)), ..item(1) };
    keep(&ledger, &store, std::slice::from_ref(&merged)).unwrap();
    assert_eq!(details(&open(&store).0, &store, 0), Some(merged));
}

#[test]
fn what_an_export_told_is_taken_back_and_what_nobody_else_told_of_is_gone() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &[item(0), exported(1), item(2), exported(2)]).unwrap();
    let take_back = |source| {
        let mut staged = pollster::block_on(ledger.stage_taking_back(&store, &[0, 1, 2, 9], source)).unwrap();
        pollster::block_on(crate::ports::Store::commit(&store, std::mem::take(&mut staged.batch))).unwrap();
        let removed = staged.removed.clone();
        ledger.apply(staged);
        removed
    };
    assert_eq!(take_back(Source::Takeout), [1]);
    for ledger in [&ledger, &open(&store).0] {
        assert_eq!([0, 1, 2].map(|row| details(ledger, &store, row)), [Some(item(0)), None, Some(item(2))]);
        assert_eq!([0, 1, 2].map(|row| ledger.row_of(&item(row).id)), [Some(0), None, Some(2)]);
    }
    let version = store.records()[&keys::hot(0)][4];
    assert_eq!((page(&store).len(), version), (2, 2), "no row has any local time or place any more");

    keep(&ledger, &store, &[exported(2)]).unwrap();
    assert_eq!(take_back(Source::Account), [0]);
    assert_eq!(details(&open(&store).0, &store, 2), Some(exported(2)));
    assert_eq!(take_back(Source::Account), [] as [u32; 0]);
}

#[test]
fn torn_records_lose_what_was_in_them_alone_and_an_import_makes_it_good() {
    for part in [keys::hot(0), keys::cold(0)] {
        let store = MemoryStore::new();
        keep(&open(&store).0, &store, &[exported(3), exported(4)]).unwrap();
        tear(&store, &part);
        let (ledger, _) = open(&store);
        if part == keys::cold(0) {
            let found = details(&ledger, &store, 0).unwrap().export.unwrap();
            assert_eq!((found.clock, found.marks, found.lens), (export(3).clock, export(3).marks, String::new()));
        } else {
            assert_eq!(details(&ledger, &store, 0), None);
        }
        assert_eq!(keep(&ledger, &store, &[exported(3)]).unwrap(), [0]);
        assert_eq!(details(&open(&store).0, &store, 0), Some(exported(3)), "{part}");
    }
}
