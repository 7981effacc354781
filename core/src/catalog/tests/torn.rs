//! Records that are torn or gone: nothing else is lost, and a fetch makes good what is.

use super::{details, item, items, keep, open, tear};
use crate::catalog::{Hot, ROWS_PER_SEGMENT};
use crate::photo::{Camera, MediaItem};
use crate::ports::{Batch, Store, StoreError};
use crate::store::{MemoryStore, keys};

const FULL: u32 = ROWS_PER_SEGMENT as u32;

/// Segments 0 and 1 full, three rows in segment 2.
fn three_segments() -> MemoryStore {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..2 * FULL + 3)).unwrap();
    store
}

/// The columns as the page reads them from the store itself.
fn page(store: &MemoryStore) -> Hot {
    let mut hot = Hot::new();
    for (name, record) in store.records() {
        if let Some(number) = keys::number_in(keys::HOT, &name) {
            let _ = hot.set_segment(number, &record);
        }
    }
    hot
}

fn lose(store: &MemoryStore, name: String) {
    let batch = Batch { deletes: vec![name], ..Batch::default() };
    pollster::block_on(store.commit(batch)).unwrap();
}

#[test]
fn torn_keys_are_made_anew_of_the_cold_segment() {
    let store = three_segments();
    let before = store.records();
    tear(&store, &keys::keys_segment(1));
    lose(&store, keys::keys_segment(2));
    let (ledger, set_aside) = open(&store);
    assert_eq!(set_aside, Vec::<String>::new(), "nothing is lost");
    assert_eq!((ledger.row_of(&item(FULL).id), ledger.len()), (Some(FULL), 2 * ROWS_PER_SEGMENT + 3));
    assert_eq!(store.records(), before);
}

#[test]
fn a_segment_without_keys_and_ids_is_set_aside_and_its_items_come_again_as_new_rows() {
    let store = three_segments();
    tear(&store, &keys::keys_segment(1));
    tear(&store, &keys::cold(1));
    let (ledger, set_aside) = open(&store);
    assert_eq!(set_aside, [keys::keys_segment(1)]);
    let aside: Vec<String> = store.records().into_keys().filter(|name| name.starts_with(keys::ASIDE)).collect();
    assert_eq!(
        aside,
        [
            "catalog/aside/cold/000001",
            "catalog/aside/hot/000001",
            "catalog/aside/keys/000001",
            "catalog/aside/text/000001"
        ]
    );
    assert_eq!(
        page(&store).len(),
        ROWS_PER_SEGMENT + 3,
        "what has no identity any more is not shown, or it would be twice"
    );
    assert_eq!(details(&ledger, &store, FULL + 5), None);

    assert_eq!(keep(&ledger, &store, &[item(FULL + 5), item(3)]).unwrap(), [2 * FULL + 3, 3]);
    let (ledger, set_aside) = open(&store);
    assert_eq!(set_aside, Vec::<String>::new(), "it was said once");
    assert_eq!(details(&ledger, &store, 2 * FULL + 3), Some(item(FULL + 5)));
    assert_eq!(page(&store).len(), ROWS_PER_SEGMENT + 4);
}

#[test]
fn the_rows_of_a_last_segment_that_was_set_aside_are_not_given_to_others() {
    let store = three_segments();
    tear(&store, &keys::keys_segment(2));
    tear(&store, &keys::cold(2));
    assert_eq!(open(&store).1.len(), 1);
    let (ledger, _) = open(&store);
    assert_eq!(keep(&ledger, &store, &[item(9_000_000)]).unwrap(), [3 * FULL]);
    assert_eq!(details(&open(&store).0, &store, 3 * FULL), Some(item(9_000_000)));
}

#[test]
fn a_torn_hot_segment_is_filled_again_in_its_own_rows() {
    let store = three_segments();
    tear(&store, &keys::hot(1));
    let (ledger, set_aside) = open(&store);
    assert_eq!(set_aside, [keys::hot(1)]);
    assert_eq!(details(&ledger, &store, FULL + 1), None);
    assert_eq!(keep(&ledger, &store, &[item(FULL + 1)]).unwrap(), [FULL + 1]);
    let hot = page(&store);
    assert_eq!(hot.len(), ROWS_PER_SEGMENT + 4);
    assert!(hot.is_present(FULL + 1) && !hot.is_present(FULL + 2));
    let (ledger, set_aside) = open(&store);
    assert_eq!(set_aside, Vec::<String>::new());
    assert_eq!(details(&ledger, &store, FULL + 1), Some(item(FULL + 1)));
}

#[test]
fn a_torn_cold_segment_leaves_the_facts_of_the_hot_one_and_is_filled_again() {
    let store = three_segments();
    tear(&store, &keys::cold(1));
    let (ledger, _) = open(&store);
    let found = details(&ledger, &store, FULL + 1).unwrap();
    assert_eq!((found.taken_s, found.id.as_str()), (item(FULL + 1).taken_s, ""));
    assert_eq!(pollster::block_on(ledger.ids(&store, &[FULL + 1])).unwrap(), [None]);
    assert_eq!(keep(&ledger, &store, &[item(FULL + 1)]).unwrap(), [FULL + 1]);
    assert_eq!(details(&open(&store).0, &store, FULL + 1), Some(item(FULL + 1)));
    assert_eq!(page(&store).len(), 2 * ROWS_PER_SEGMENT + 3);
}

#[test]
fn a_torn_text_segment_leaves_all_other_facts_and_is_filled_again() {
    let store = three_segments();
    tear(&store, &keys::text(1));
    let (ledger, _) = open(&store);
    let without_texts = MediaItem { file_name: String::new(), description: String::new(), ..item(FULL + 1) };
    assert_eq!(details(&ledger, &store, FULL + 1), Some(without_texts));
    assert_eq!(keep(&ledger, &store, &[item(FULL + 1)]).unwrap(), [FULL + 1]);
    let (ledger, _) = open(&store);
    assert_eq!(details(&ledger, &store, FULL + 1), Some(item(FULL + 1)));
    assert_eq!(details(&ledger, &store, FULL + 2).unwrap().file_name, "");
    assert_eq!(details(&ledger, &store, 1), Some(item(1)));
}

#[test]
fn a_missing_text_segment_is_named_when_the_catalog_opens() {
    let store = three_segments();
    lose(&store, keys::text(1));
    assert_eq!(open(&store).1, [keys::text(1)]);
}

#[test]
fn rows_are_added_to_a_last_segment_of_which_a_part_is_torn() {
    let store = three_segments();
    tear(&store, &keys::cold(2));
    tear(&store, &keys::hot(2));
    tear(&store, &keys::text(2));
    let (ledger, _) = open(&store);
    assert_eq!(keep(&ledger, &store, &[item(9_000_000)]).unwrap(), [2 * FULL + 3]);
    let (ledger, set_aside) = open(&store);
    assert_eq!(set_aside, Vec::<String>::new());
    assert_eq!(details(&ledger, &store, 2 * FULL + 3), Some(item(9_000_000)));
    assert_eq!(details(&ledger, &store, 2 * FULL + 2), None);
    assert_eq!(ledger.row_of(&item(2 * FULL + 2).id), Some(2 * FULL + 2));
}

#[test]
fn lost_cameras_are_unknown_ones_never_wrong_ones() {
    for torn in [true, false] {
        let store = three_segments();
        if torn {
            tear(&store, keys::CAMERAS)
        } else {
            lose(&store, keys::CAMERAS.into())
        }
        let (ledger, set_aside) = open(&store);
        assert_eq!(set_aside, [keys::CAMERAS]);
        let other = MediaItem { camera: Camera { make: "Other".into(), model: "X".into() }, ..item(9_000_000) };
        keep(&ledger, &store, &[other.clone(), item(1)]).unwrap();
        let (ledger, set_aside) = open(&store);
        assert_eq!(set_aside, Vec::<String>::new());
        assert_eq!(details(&ledger, &store, 0).unwrap().camera, Camera::default());
        assert_eq!(details(&ledger, &store, 1).unwrap().camera, item(1).camera, "a fetch makes it good");
        assert_eq!(details(&ledger, &store, 2 * FULL + 3), Some(other));
    }
}

#[test]
fn a_store_that_is_full_is_opened_nevertheless() {
    let store = three_segments();
    tear(&store, &keys::keys_segment(1));
    tear(&store, &keys::cold(1));
    let before = store.records();
    store.fail_commit(1, StoreError::Full);
    let (ledger, set_aside) = open(&store);
    assert_eq!((set_aside.len(), store.records()), (1, before));
    assert_eq!(details(&ledger, &store, 7), Some(item(7)));
    assert_eq!(open(&store).1.len(), 1, "it is set aside when there is room");
}

#[test]
fn names_that_no_program_of_ours_writes_do_no_harm() {
    let store = three_segments();
    for name in
        ["catalog/hot/999999", "catalog/keys/x", "catalog/hot/", "catalog/else/000001", "catalog/keys/4294967295"]
    {
        store.plant(name, vec![1, 2, 3]);
    }
    let (ledger, set_aside) = open(&store);
    assert_eq!((ledger.len(), set_aside.len()), (2 * ROWS_PER_SEGMENT + 3, 0));
}
