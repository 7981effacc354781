//! Times that the person put right: what counts, what was told, and what comes back.

use std::rc::Rc;

use super::{details, item, items, keep, open, tear};
use crate::catalog::codec::{ColdCorrection, ColdExport, ColdRow, HotSegment, LocalFacts, encode_cold, encode_hot};
use crate::catalog::{Hot, Ledger, Source};
use crate::photo::{Correction, Export, LocalClock, MediaItem, Moment, TimeBasis};
use crate::ports::Store;
use crate::store::{MemoryStore, keys};

fn jiff_offset_min(zone: &str, utc_s: i64) -> Option<i32> {
    let zone = jiff::tz::TimeZone::get(zone).ok()?;
    Some(zone.to_offset(jiff::Timestamp::from_second(utc_s).ok()?).seconds() / 60)
}

fn opened(store: &MemoryStore) -> Ledger {
    let ledger = open(store).0;
    ledger.set_offsets(Rc::new(jiff_offset_min));
    ledger
}

/// Corrects and keeps; how many rows were passed over.
fn correct(ledger: &Ledger, store: &MemoryStore, rows: &[u32], correction: Option<&Correction>) -> u32 {
    let mut staged = pollster::block_on(ledger.stage_correcting(store, rows, correction)).unwrap();
    pollster::block_on(store.commit(std::mem::take(&mut staged.batch))).unwrap();
    let passed_over = staged.passed_over;
    ledger.apply(staged);
    passed_over
}

fn page(store: &MemoryStore) -> Hot {
    let mut hot = Hot::new();
    hot.set_segment(0, &store.records()[&keys::hot(0)]).unwrap();
    hot
}

fn exported(number: u32, taken_s: i64, offset_min: i16) -> MediaItem {
    let clock = Some(LocalClock { offset_min, basis: TimeBasis::ExifLocal });
    let export = Some(Box::new(Export { clock, ..Export::default() }));
    MediaItem { taken_s: Some(taken_s), export, ..item(number) }
}

fn berlin() -> Correction {
    Correction::Zone { zone: "Europe/Berlin".into() }
}

#[test]
fn a_correction_is_taken_back_and_leaves_no_trace() {
    let store = MemoryStore::new();
    let ledger = opened(&store);
    keep(&ledger, &store, &[item(0), exported(1, 5, 60), item(2), MediaItem { taken_s: None, ..item(3) }]).unwrap();
    let before = store.records();
    let kolkata = Correction::Clock { zone: "Asia/Kolkata".into(), here: "UTC".into() };
    for correction in [Correction::Shift { seconds: -90 }, berlin(), kolkata, Correction::Shift { seconds: 7 }] {
        assert_eq!(
            correct(&ledger, &store, &[0, 1, 3, 9], Some(&correction)),
            1,
            "nobody knows when the last was taken"
        );
        for ledger in [&ledger, &opened(&store)] {
            for (row, told) in [(0, item(0)), (1, exported(1, 5, 60))] {
                let mut expected = told;
                expected.correct(&correction, &jiff_offset_min);
                assert!(expected.corrected.is_some());
                assert_eq!(page(&store).clock(row), expected.shown().clock);
                assert_eq!(page(&store).taken_s(row), expected.taken_s);
                assert_eq!(details(ledger, &store, row), Some(expected));
            }
            assert_eq!(details(ledger, &store, 2), Some(item(2)));
        }
        // Said twice it is said once.
        let again = pollster::block_on(ledger.stage_correcting(&store, &[0, 1], Some(&correction))).unwrap();
        assert!(again.batch.puts.is_empty());
    }
    assert_eq!(correct(&ledger, &store, &[0, 1, 2, 3], None), 0);
    assert_eq!(store.records(), before, "libraries without corrections store nothing more");
}

#[test]
fn what_a_source_says_anew_is_corrected_anew() {
    let store = MemoryStore::new();
    let ledger = opened(&store);
    // In winter, and then in summer.
    let (winter_s, summer_s) = (1_704_110_400, 1_719_835_200);
    keep(&ledger, &store, &[exported(0, winter_s, 0), exported(1, winter_s, 0)]).unwrap();
    correct(&ledger, &store, &[0], Some(&berlin()));
    correct(&ledger, &store, &[1], Some(&Correction::Shift { seconds: 3600 }));
    for taken_s in [winter_s, summer_s, -86_400 * 4000] {
        let told = [exported(0, taken_s, 30), exported(1, taken_s, 30)];
        keep(&ledger, &store, &told).unwrap();
        for (row, correction) in [(0, berlin()), (1, Correction::Shift { seconds: 3600 })] {
            let mut expected = told[row].clone();
            expected.correct(&correction, &jiff_offset_min);
            assert_eq!(details(&opened(&store), &store, row as u32), Some(expected));
        }
        assert!(pollster::block_on(ledger.stage(&store, &told)).unwrap().batch.puts.is_empty(), "nothing new");
    }
    correct(&ledger, &store, &[0, 1], None);
    assert_eq!(details(&ledger, &store, 0), Some(exported(0, -86_400 * 4000, 30)));
}

#[test]
fn who_knows_no_zones_leaves_the_offset_as_it_was() {
    let store = MemoryStore::new();
    keep(&open(&store).0, &store, &[exported(0, 1_704_110_400, 0)]).unwrap();
    correct(&opened(&store), &store, &[0], Some(&berlin()));
    let ledger = open(&store).0;
    assert_eq!(correct(&ledger, &store, &[0], Some(&Correction::Zone { zone: "Asia/Tokyo".into() })), 1);
    keep(&ledger, &store, &[exported(0, 1_704_110_460, 0)]).unwrap();
    let clock = Some(LocalClock { offset_min: 60, basis: TimeBasis::Correction });
    assert_eq!(details(&ledger, &store, 0).unwrap().shown(), Moment { taken_s: Some(1_704_110_460), clock });
}

#[test]
fn a_correction_stays_when_one_of_two_sources_takes_its_word_back() {
    let store = MemoryStore::new();
    let ledger = opened(&store);
    keep(&ledger, &store, &[item(0), exported(0, 5, 60)]).unwrap();
    correct(&ledger, &store, &[0], Some(&berlin()));
    let mut staged = pollster::block_on(ledger.stage_taking_back(&store, &[0], Source::Takeout)).unwrap();
    pollster::block_on(store.commit(std::mem::take(&mut staged.batch))).unwrap();
    ledger.apply(staged);
    let mut expected = MediaItem { taken_s: Some(5), ..item(0) };
    let told = expected.clone();
    expected.correct(&berlin(), &jiff_offset_min);
    assert_eq!(details(&opened(&store), &store, 0), Some(expected));
    correct(&ledger, &store, &[0], None);
    assert_eq!(details(&opened(&store), &store, 0), Some(told));
}

#[test]
fn an_item_brings_its_correction_to_a_row_that_has_none() {
    for count in [1, 300] {
        let store = MemoryStore::new();
        let ledger = opened(&store);
        let mut corrected = items(0..count);
        corrected.iter_mut().for_each(|item| item.correct(&berlin(), &jiff_offset_min));
        keep(&ledger, &store, &corrected).unwrap();
        assert_eq!(details(&opened(&store), &store, 0).as_ref(), Some(&corrected[0]));
        // What was read and is put again is what it was.
        assert!(pollster::block_on(ledger.stage(&store, &corrected)).unwrap().batch.puts.is_empty());
        correct(&ledger, &store, &[0], None);
        assert_eq!(details(&opened(&store), &store, 0), Some(item(0)));
        keep(&ledger, &store, &corrected[..1]).unwrap();
        assert_eq!(details(&opened(&store), &store, 0).as_ref(), Some(&corrected[0]));
    }
}

#[test]
fn what_is_lost_of_a_corrected_row_is_made_good_or_told_as_it_counted() {
    for part in [keys::hot(0), keys::cold(0)] {
        let store = MemoryStore::new();
        let ledger = opened(&store);
        keep(&ledger, &store, &[item(0)]).unwrap();
        correct(&ledger, &store, &[0], Some(&Correction::Shift { seconds: 100 }));
        let counted = details(&ledger, &store, 0).unwrap();
        tear(&store, &part);
        let ledger = opened(&store);
        if part == keys::cold(0) {
            assert_eq!(details(&ledger, &store, 0).unwrap().taken_s, counted.taken_s);
            keep(&ledger, &store, &[item(0)]).unwrap();
            assert_eq!(details(&ledger, &store, 0), Some(item(0)), "with the correction the record is lost");
        } else {
            keep(&ledger, &store, &[item(0)]).unwrap();
            assert_eq!(details(&ledger, &store, 0), Some(counted));
        }
    }
}

#[test]
fn what_programs_of_before_cannot_understand_alone_is_of_a_newer_version() {
    let local = |basis| {
        let clock = Some(LocalClock { offset_min: 60, basis });
        vec![LocalFacts::of(&Export { clock, ..Export::default() }); 3]
    };
    let hot = |local| encode_hot(&HotSegment { local, ..HotSegment::absent(3) })[4];
    let all = [vec![], local(TimeBasis::Utc), local(TimeBasis::Correction)].map(hot);
    assert_eq!(all, [2, 3, 4]);
    let export = Some(Box::new(ColdExport { lens: "L".into(), ..ColdExport::default() }));
    let told = Moment::default();
    let correction = Some(Box::new(ColdCorrection { correction: Correction::Shift { seconds: 1 }, told }));
    let rows =
        [ColdRow::default(), ColdRow { export, ..ColdRow::default() }, ColdRow { correction, ..ColdRow::default() }];
    assert_eq!(rows.map(|row| encode_cold(&[row])[4]), [3, 4, 5]);
}
