//! What is handed out of rows is what is known of them.

use super::exports::exported;
use super::{details, item, items, keep, open};
use crate::catalog::{Hot, Ledger, ROWS_PER_SEGMENT, RowSet, in_order};
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
    pollster::block_on(ledger.visit(&store, &rows[..6], &mut |at, facts| {
        let item = details(&ledger, &store, rows[at]).unwrap();
        assert_eq!(facts, (&item).into());
        seen.push(at);
    }))
    .unwrap();
    assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
    // Of a row that is not there nothing is known.
    pollster::block_on(ledger.visit(&store, &rows[6..], &mut |_, facts| panic!("{facts:?}"))).unwrap();
}

#[test]
fn the_order_is_that_of_the_grid() {
    let (ledger, store) = library();
    let mut hot = Hot::new();
    for (name, record) in store.records() {
        if let Some((number, place)) = keys::piece_in(keys::HOT, &name) {
            hot.set_rows(number * FULL + place as u32, &record).unwrap();
        }
    }
    let rows: RowSet = (0..FULL + 400).filter(|row| row % 3 != 0).collect();
    let ordered = pollster::block_on(ledger.in_order(&store, &rows)).unwrap();
    assert_eq!(ordered, in_order(&hot, &rows));
    assert_eq!(ordered.len(), (0..FULL + 300).filter(|row| row % 3 != 0).count());
}
