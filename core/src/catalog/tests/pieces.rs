//! Rows that come by the thousand are written once, as pieces that go on from each other.

use super::{details, item, items, keep, open, tear};
use crate::catalog::{Hot, ROWS_PER_SEGMENT};
use crate::ports::{Batch, Store, StoreError};
use crate::store::{MemoryStore, keys};

const FULL: u32 = ROWS_PER_SEGMENT as u32;

/// A segment of five pieces, and 904 rows in the next.
fn in_pieces() -> MemoryStore {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    for from in (0..5000).step_by(1000) {
        assert_eq!(keep(&ledger, &store, &items(from..from + 1000)).unwrap(), (from..from + 1000).collect::<Vec<_>>());
    }
    store
}

fn hot_names(store: &MemoryStore) -> Vec<String> {
    store.records().into_keys().filter(|name| name.starts_with(keys::HOT)).collect()
}

/// The columns as the page reads them from the store itself.
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
fn what_was_written_is_not_written_again() {
    let store = in_pieces();
    assert_eq!(
        hot_names(&store),
        [
            "catalog/hot/000000",
            "catalog/hot/000000+1000",
            "catalog/hot/000000+2000",
            "catalog/hot/000000+3000",
            "catalog/hot/000000+4000",
            "catalog/hot/000001",
        ]
    );
    let (ledger, set_aside) = open(&store);
    assert_eq!((ledger.len(), set_aside), (5000, vec![]));
    let hot = page(&store);
    for row in [0, 999, 1000, 1001, 2999, 3000, 4095, 4096, 4999] {
        assert_eq!(details(&ledger, &store, row), Some(item(row)));
        assert_eq!((ledger.row_of(&item(row).id), hot.taken_s(row)), (Some(row), item(row).taken_s));
    }
    assert_eq!((hot.len(), details(&ledger, &store, 5000)), (5000, None));
    let found = pollster::block_on(ledger.find(&store, "img_4090.jpg")).unwrap();
    assert_eq!((found.rows.iter().collect::<Vec<_>>(), found.set_aside), (vec![4090], vec![]));
}

#[test]
fn rows_that_come_after_a_search_are_found_by_the_next() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..1000)).unwrap();
    let count = |text: &str| pollster::block_on(ledger.find(&store, text)).unwrap().rows.len();
    assert_eq!((count("img"), count("img_1234.")), (1000, 0));
    keep(&ledger, &store, &items(1000..2000)).unwrap();
    assert_eq!((count("img_1234."), count("img")), (1, 2000));
}

#[test]
fn a_segment_is_joined_when_one_of_its_rows_changes() {
    let store = in_pieces();
    let (ledger, _) = open(&store);
    let changed = crate::photo::MediaItem { file_name: "new".into(), ..item(2500) };
    keep(&ledger, &store, &[changed.clone(), item(5000)]).unwrap();
    assert_eq!(hot_names(&store), ["catalog/hot/000000", "catalog/hot/000001"]);
    for ledger in [ledger, open(&store).0] {
        assert_eq!(details(&ledger, &store, 2500), Some(changed.clone()));
        assert_eq!((details(&ledger, &store, 3999), ledger.len()), (Some(item(3999)), 5001));
    }
    assert_eq!(page(&store).len(), 5001);
}

#[test]
fn a_segment_of_many_pieces_is_joined_when_more_come() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let mut most = 0;
    for from in (0..FULL + 256).step_by(256) {
        keep(&ledger, &store, &items(from..from + 256)).unwrap();
        most = most.max(hot_names(&store).len());
    }
    assert_eq!((most, page(&store).len()), (9, ROWS_PER_SEGMENT + 256));
    let (ledger, set_aside) = open(&store);
    assert_eq!((ledger.len(), set_aside), (ROWS_PER_SEGMENT + 256, vec![]));
    assert!((0..FULL + 256).all(|row| details(&ledger, &store, row) == Some(item(row))));
}

#[test]
fn a_piece_that_was_not_kept_is_as_if_it_never_came() {
    let store = in_pieces();
    let (ledger, _) = open(&store);
    let before = store.records();
    store.fail_commit(1, StoreError::Full);
    assert_eq!(keep(&ledger, &store, &items(5000..6000)), Err(StoreError::Full));
    assert_eq!((store.records(), ledger.len(), ledger.row_of("id-5000")), (before, 5000, None));
    assert_eq!(keep(&ledger, &store, &items(6000..7000)).unwrap()[0], 5000);
    assert_eq!(details(&open(&store).0, &store, 5000), Some(item(6000)));
}

#[test]
fn items_that_come_twice_at_once_are_one_row() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let twice = [items(0..400), items(0..400)].concat();
    assert_eq!(keep(&ledger, &store, &twice).unwrap()[399..401], [399, 0]);
    assert_eq!((open(&store).0.len(), page(&store).len()), (400, 400));
}

#[test]
fn a_torn_piece_costs_nothing_but_its_own_rows() {
    let store = in_pieces();
    let part = |name: String| keys::piece(name, 1000);
    tear(&store, &part(keys::keys_segment(0)));
    assert_eq!(open(&store).1, Vec::<String>::new(), "keys are made anew of ids");
    tear(&store, &part(keys::hot(0)));
    tear(&store, &part(keys::text(0)));
    let (ledger, set_aside) = open(&store);
    assert_eq!(set_aside, ["catalog/hot/000000+1000"]);
    assert_eq!(details(&ledger, &store, 1500), None);
    assert_eq!(details(&ledger, &store, 2500), Some(item(2500)));
    let found = pollster::block_on(ledger.find(&store, "img_2500.")).unwrap();
    assert_eq!(found.rows.iter().collect::<Vec<_>>(), [2500]);
    assert_eq!(found.set_aside[0].name, "catalog/text/000000+1000");
    assert_eq!(keep(&ledger, &store, &[item(1500)]).unwrap(), [1500]);
    assert_eq!(details(&open(&store).0, &store, 1500), Some(item(1500)));

    let store = in_pieces();
    tear(&store, &part(keys::keys_segment(0)));
    tear(&store, &part(keys::cold(0)));
    assert_eq!(open(&store).1, ["catalog/keys/000000+1000"]);
    let (ledger, set_aside) = open(&store);
    assert_eq!((set_aside, ledger.len()), (vec![], 5000), "it was said once");
    assert_eq!((details(&ledger, &store, 1500), details(&ledger, &store, 2500)), (None, Some(item(2500))));
    assert_eq!(keep(&ledger, &store, &[item(1500), item(2)]).unwrap(), [5000, 2], "no other item is given its row");
    let changed = crate::photo::MediaItem { file_name: "new".into(), ..item(2) };
    keep(&ledger, &store, &[changed]).unwrap();
    let (ledger, set_aside) = open(&store);
    assert_eq!((set_aside, ledger.len(), ledger.row_of("id-2500")), (vec![], 5001, Some(2500)));
    assert_eq!(page(&store).len(), 4001);
}

#[test]
fn a_first_piece_that_is_gone_leaves_the_others() {
    let store = in_pieces();
    let first = [keys::hot(0), keys::cold(0), keys::text(0), keys::keys_segment(0)];
    pollster::block_on(store.commit(Batch { deletes: first.to_vec(), ..Batch::default() })).unwrap();
    let (ledger, _) = open(&store);
    assert_eq!((ledger.len(), ledger.row_of("id-0"), ledger.row_of("id-1000")), (5000, None, Some(1000)));
    assert_eq!((details(&ledger, &store, 0), details(&ledger, &store, 1000)), (None, Some(item(1000))));
}
