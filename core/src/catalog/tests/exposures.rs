//! Counts by exposure follow the catalog, whatever happens to it.

use super::{item, items, keep, open};
use crate::catalog::{Ledger, ROWS_PER_SEGMENT, RowSet};
use crate::photo::{Exposed, Exposure, Facet, MediaItem, Span};
use crate::store::{MemoryStore, keys};

const FULL: u32 = ROWS_PER_SEGMENT as u32;

fn with_iso(number: u32, iso: u32) -> MediaItem {
    MediaItem { exposure: Exposure { iso: Some(iso), ..Exposure::default() }, ..item(number) }
}

fn rows_of_iso(ledger: &Ledger, store: &MemoryStore, iso: u32) -> Vec<u32> {
    let exposed = Exposed::default().with_span(Facet::Iso, Some(Span { least: iso, most: iso }));
    let found = pollster::block_on(ledger.find_exposed(store, &exposed)).unwrap();
    assert_eq!(found.set_aside, []);
    found.rows.iter().collect()
}

#[test]
fn rows_that_come_change_or_go_are_found_as_they_are() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &(0..FULL + 300).map(|number| with_iso(number, 100)).collect::<Vec<_>>()).unwrap();
    assert_eq!(rows_of_iso(&ledger, &store, 100).len() as u32, FULL + 300);
    // A piece behind others, one row changed in a whole segment, and one in pieces.
    keep(&ledger, &store, &(FULL + 300..FULL + 700).map(|number| with_iso(number, 200)).collect::<Vec<_>>()).unwrap();
    assert_eq!(rows_of_iso(&ledger, &store, 200), (FULL + 300..FULL + 700).collect::<Vec<_>>());
    keep(&ledger, &store, &[with_iso(7, 400), with_iso(FULL + 1, 400)]).unwrap();
    assert_eq!(rows_of_iso(&ledger, &store, 400), [7, FULL + 1]);
    assert_eq!(rows_of_iso(&ledger, &store, 100).len() as u32, FULL + 298);
    let again = open(&store).0;
    assert_eq!(rows_of_iso(&again, &store, 400), [7, FULL + 1], "another tab reads the same");
    ledger.clear();
    assert_eq!(rows_of_iso(&ledger, &store, 400), [] as [u32; 0]);
}

#[test]
fn of_rows_whose_record_is_torn_nothing_is_known_and_that_is_told_once() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..600)).unwrap();
    super::tear(&store, &keys::cold(0));
    let (ledger, _) = open(&store);
    let rows: RowSet = (0..600).collect();
    let count = || pollster::block_on(ledger.count_exposures(&store, &rows, &Exposed::default())).unwrap();
    let first = count();
    assert_eq!(first.set_aside.iter().map(|aside| aside.name.clone()).collect::<Vec<_>>(), [keys::cold(0)]);
    assert_eq!((first.counts.lenses, first.counts.unknown), (vec![(String::new(), 600)], [600; 4]));
    assert_eq!(count().set_aside, []);
}
