//! What is handed out of rows is what is known of them.

use super::exports::exported;
use super::{details, item, items, keep, open};
use crate::catalog::{Ledger, ROWS_PER_SEGMENT};
use crate::photo::MediaItem;
use crate::store::{MemoryStore, keys};

const FULL: u32 = ROWS_PER_SEGMENT as u32;

/// A segment and a half, in pieces, with and without exports.
fn library() -> (Ledger, MemoryStore) {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..300)).unwrap();
    let second: Vec<MediaItem> = (300..FULL + 200).map(exported).collect();
    keep(&ledger, &store, &second).unwrap();
    let undated: Vec<MediaItem> =
        (FULL + 200..FULL + 300).map(|number| MediaItem { taken_s: None, ..item(number) }).collect();
    keep(&ledger, &store, &undated).unwrap();
    (ledger, store)
}

#[test]
fn every_fact_of_a_row_is_that_of_its_details_whatever_the_order() {
    let (ledger, store) = library();
    let rows = [FULL - 1, 0, 299, 300, 303, 7, 4_000_000];
    let mut seen = Vec::new();
    let segments = pollster::block_on(ledger.read_segments(&store, &[0, 4_000_000 / FULL])).unwrap();
    ledger.visit(&segments[0], &rows[..6], &mut |at, facts| {
        let item = details(&ledger, &store, rows[at]).unwrap();
        assert_eq!(facts, (&item).into());
        seen.push(at);
    });
    assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
    // Of a row that is not there nothing is known.
    ledger.visit(&segments[1], &rows[6..], &mut |_, facts| panic!("{facts:?}"));
}

#[test]
fn what_is_lost_of_a_piece_leaves_the_rest_of_it_and_the_others() {
    for part in [keys::text(0), keys::cold(0), keys::hot(0)] {
        for place in [0, 300] {
            let (_, store) = library();
            let name = keys::piece(part.clone(), place);
            let torn = store.records()[&name].split_last().map(|(_, rest)| rest.to_vec());
            store.plant(name, torn.unwrap());
            let (ledger, _) = open(&store);
            let segments = pollster::block_on(ledger.read_segments(&store, &[0])).unwrap();
            let (rows, mut seen) = ((0..600).collect::<Vec<u32>>(), Vec::new());
            ledger.visit(&segments[0], &rows, &mut |at, facts| {
                assert_eq!(facts, (&details(&ledger, &store, rows[at]).unwrap()).into());
                seen.push(rows[at]);
            });
            let known = rows.iter().filter(|row| details(&ledger, &store, **row).is_some());
            assert_eq!(seen, known.copied().collect::<Vec<_>>());
            assert!(seen.len() >= 300);
        }
    }
}
