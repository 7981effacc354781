//! Items become rows, once each, together with what the caller commits beside them.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

use super::{details, item, items, keep, open};
use crate::catalog::codec::{decode_cameras, decode_hot};
use crate::catalog::{Hot, Ledger, ROWS_PER_SEGMENT};
use crate::photo::{Camera, Exposure, Kind, MediaItem};
use crate::ports::{Batch, Store, StoreError};
use crate::store::{MemoryStore, keys};

#[test]
fn every_fact_comes_back_after_the_browser_was_closed() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    assert_eq!(keep(&ledger, &store, &items(0..5)).unwrap(), [0, 1, 2, 3, 4]);
    for ledger in [ledger, open(&store).0] {
        for row in 0..5 {
            assert_eq!(details(&ledger, &store, row), Some(item(row)));
            assert_eq!(ledger.row_of(&item(row).id), Some(row));
        }
        assert_eq!((details(&ledger, &store, 5), details(&ledger, &store, u32::MAX)), (None, None));
        let ids = pollster::block_on(ledger.ids(&store, &[3, 99, 0])).unwrap();
        assert_eq!(ids, [Some("id-3".to_string()), None, Some("id-0".to_string())]);
    }
}

#[test]
fn the_page_is_told_the_same_records_that_are_stored() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let mut staged = pollster::block_on(ledger.stage(&store, &items(0..3))).unwrap();
    assert_eq!((staged.added, staged.hot.len()), (3, 1));
    pollster::block_on(store.commit(std::mem::take(&mut staged.batch))).unwrap();
    let (number, record) = &staged.hot[0];
    assert_eq!(store.records().get(&keys::hot(*number)), Some(record));
    let cameras = staged.cameras.as_ref().unwrap();
    assert_eq!(&decode_cameras(&store.records()[keys::CAMERAS]).unwrap(), cameras);

    let mut hot = Hot::new();
    hot.set_segment(*number, record).unwrap();
    for row in 0..3 {
        let expected = item(row);
        assert_eq!((hot.taken_s(row), hot.kind(row)), (expected.taken_s, expected.kind));
        assert_eq!((hot.width_px(row), hot.height_px(row)), (expected.width_px, expected.height_px));
        assert_eq!(cameras[usize::from(hot.camera(row))], expected.camera);
    }
    assert_eq!(cameras[0], Camera::default(), "number 0 is the unknown camera");
}

#[test]
fn the_same_id_is_one_row_in_one_call_and_later() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let renamed = MediaItem { file_name: "renamed.jpg".into(), ..item(1) };
    let mut staged = pollster::block_on(ledger.stage(&store, &[item(1), item(2), renamed.clone(), item(3)])).unwrap();
    assert_eq!((staged.rows.as_slice(), staged.added), ([0, 1, 0, 2].as_slice(), 3));
    pollster::block_on(store.commit(std::mem::take(&mut staged.batch))).unwrap();
    ledger.apply(staged);
    assert_eq!(details(&ledger, &store, 0), Some(renamed));
    assert_eq!(keep(&ledger, &store, &[item(3), item(1), item(4)]).unwrap(), [2, 0, 3]);
    assert_eq!((ledger.len(), details(&ledger, &store, 0)), (4, Some(item(1))));
}

#[test]
fn what_a_newer_word_does_not_say_is_not_erased_but_a_description_is() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &[item(0)]).unwrap();
    let terse = MediaItem { id: "id-0".into(), kind: Kind::Photo, ..MediaItem::default() };
    keep(&ledger, &store, &[terse]).unwrap();
    let expected = MediaItem { kind: Kind::Photo, description: String::new(), ..item(0) };
    assert_eq!(details(&ledger, &store, 0), Some(expected));
}

#[test]
fn what_a_newer_word_says_replaces_what_was_known() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &[item(0)]).unwrap();
    let newer = MediaItem {
        taken_s: Some(-5),
        camera: Camera { make: String::new(), model: "Other".into() },
        width_px: 0,
        height_px: 77,
        exposure: Exposure { iso: Some(1), frames_per_s: Some(24.0), ..Exposure::default() },
        ..item(0)
    };
    keep(&ledger, &store, &[newer]).unwrap();
    let found = details(&open(&store).0, &store, 0).unwrap();
    assert_eq!(found.taken_s, Some(-5));
    assert_eq!(found.camera, Camera { make: "Make".into(), model: "Other".into() });
    assert_eq!((found.width_px, found.height_px), (4000, 3000), "half a size is none");
    assert_eq!(
        (found.exposure.iso, found.exposure.f_number, found.exposure.frames_per_s),
        (Some(1), Some(2.8), Some(24.0))
    );
}

#[test]
fn a_commit_that_fails_leaves_the_ledger_as_it_was() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..3)).unwrap();
    let before = store.records();
    store.fail_commit(1, StoreError::Full);
    let changed = MediaItem { description: "changed".into(), camera: Camera::default(), ..item(1) };
    let other_camera = MediaItem { camera: Camera { make: "New".into(), model: "Cam".into() }, ..item(7) };
    assert_eq!(keep(&ledger, &store, &[changed, other_camera]), Err(StoreError::Full));
    assert_eq!((store.records(), ledger.len(), ledger.row_of("id-7")), (before, 3, None));
    assert_eq!(details(&ledger, &store, 1), Some(item(1)), "the cache neither holds what was not kept");
    assert_eq!(ledger.cameras().len(), 4);
    assert_eq!(keep(&ledger, &store, &[item(8), item(7)]).unwrap(), [3, 4]);
}

#[test]
fn a_fetch_that_brings_nothing_new_writes_nothing() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..50)).unwrap();
    let staged = pollster::block_on(ledger.stage(&store, &items(10..40))).unwrap();
    assert_eq!((staged.batch.clone(), staged.added, staged.hot.len()), (Batch::default(), 0, 0));
    assert_eq!(staged.rows, (10..40).collect::<Vec<_>>());
    assert!(staged.cameras.is_none());
}

#[test]
fn a_change_of_a_name_writes_texts_alone_and_gives_the_page_no_columns() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..2)).unwrap();
    let renamed = MediaItem { file_name: "new".into(), ..item(1) };
    let staged = pollster::block_on(ledger.stage(&store, &[renamed])).unwrap();
    let names: Vec<&str> = staged.batch.puts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, staged.hot.len()), (vec!["catalog/text/000000"], 0));
}

#[test]
fn base_urls_are_never_stored() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let address = "https://lh3.googleusercontent.com/secret";
    keep(&ledger, &store, &[MediaItem { base_url: Some(address.into()), ..item(0) }]).unwrap();
    assert_eq!(details(&ledger, &store, 0).unwrap().base_url, None);
    for (name, record) in store.records() {
        assert!(!record.windows(6).any(|bytes| bytes == b"secret"), "{name}");
    }
}

#[test]
fn rows_go_on_in_the_next_segment_when_one_is_full() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let full = ROWS_PER_SEGMENT as u32;
    keep(&ledger, &store, &items(0..full - 1)).unwrap();
    let rows = keep(&ledger, &store, &items(full - 1..full + 2)).unwrap();
    assert_eq!(rows, [full - 1, full, full + 1]);
    let rows_of = |number: u32| decode_hot(&store.records()[&keys::hot(number)]).unwrap().len();
    assert_eq!((rows_of(0), rows_of(1)), (ROWS_PER_SEGMENT, 2));
    let (ledger, set_aside) = open(&store);
    assert_eq!((ledger.len(), set_aside.len()), (ROWS_PER_SEGMENT + 2, 0));
    assert_eq!(details(&ledger, &store, full), Some(item(full)));
}

#[test]
fn only_the_segments_that_are_touched_are_read_and_written() {
    let store = Reads::default();
    let ledger = pollster::block_on(Ledger::open(&store.inner)).unwrap().0;
    keep(&ledger, &store.inner, &items(0..3 * ROWS_PER_SEGMENT as u32)).unwrap();
    let ledger = pollster::block_on(Ledger::open(&store.inner)).unwrap().0;
    let again = MediaItem { description: "again".into(), ..item(5000) };
    let staged = pollster::block_on(ledger.stage(&store, &[again])).unwrap();
    assert_eq!(*store.names.borrow(), ["catalog/hot/000001", "catalog/cold/000001", "catalog/text/000001"]);
    assert_eq!(staged.batch.puts.len(), 1);
    assert_eq!(staged.batch.puts[0].0, "catalog/text/000001");
}

#[test]
fn two_jobs_cannot_be_given_the_same_row() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let mut context = Context::from_waker(Waker::noop());
    let mut first = pollster::block_on(ledger.stage(&store, &[item(1)])).unwrap();
    let one = [item(2)];
    let mut second = Box::pin(ledger.stage(&store, &one));
    assert!(second.as_mut().poll(&mut context).is_pending(), "it waits for the first to be applied or dropped");
    pollster::block_on(store.commit(std::mem::take(&mut first.batch))).unwrap();
    ledger.apply(first);
    let Poll::Ready(Ok(staged)) = second.as_mut().poll(&mut context) else { panic!("now it is its turn") };
    assert_eq!(staged.rows, [1]);
}

#[test]
fn details_read_while_a_fetch_is_kept_do_not_outlive_it() {
    let store = Reads { yields: true, ..Reads::default() };
    let (ledger, _) = open(&store.inner);
    keep(&ledger, &store.inner, &[item(0)]).unwrap();
    let (ledger, _) = open(&store.inner);
    let mut context = Context::from_waker(Waker::noop());
    let mut reading = Box::pin(ledger.details(&store, 0));
    assert!(reading.as_mut().poll(&mut context).is_pending(), "it holds the old record now");
    let renamed = MediaItem { file_name: "new".into(), ..item(0) };
    keep(&ledger, &store.inner, std::slice::from_ref(&renamed)).unwrap();
    assert!(reading.as_mut().poll(&mut context).is_ready());
    assert_eq!(details(&ledger, &store.inner, 0), Some(renamed));
}

#[test]
fn a_name_read_while_a_fetch_is_kept_is_not_found_afterwards() {
    let store = Reads { yields: true, ..Reads::default() };
    let (ledger, _) = open(&store.inner);
    keep(&ledger, &store.inner, &[item(0)]).unwrap();
    let mut context = Context::from_waker(Waker::noop());
    let mut reading = Box::pin(ledger.find(&store, "img"));
    assert!(reading.as_mut().poll(&mut context).is_pending(), "it holds the old record now");
    keep(&ledger, &store.inner, &[MediaItem { file_name: "new".into(), ..item(0) }]).unwrap();
    let Poll::Ready(Ok(found)) = reading.as_mut().poll(&mut context) else { panic!("it has read all") };
    assert!(found.rows.is_empty() && found.set_aside.is_empty());
    assert_eq!(pollster::block_on(ledger.find(&store.inner, "NEW")).unwrap().rows.iter().collect::<Vec<_>>(), [0]);
}

#[test]
fn texts_that_were_being_read_when_all_was_removed_are_not_found() {
    let store = Reads { yields: true, ..Reads::default() };
    let (ledger, _) = open(&store.inner);
    keep(&ledger, &store.inner, &items(0..9)).unwrap();
    let mut context = Context::from_waker(Waker::noop());
    let mut reading = Box::pin(ledger.find(&store, "img"));
    assert!(reading.as_mut().poll(&mut context).is_pending());
    pollster::block_on(store.commit(ledger.remove_all())).unwrap();
    ledger.clear();
    let Poll::Ready(Ok(found)) = reading.as_mut().poll(&mut context) else { panic!("there is nothing to read") };
    assert!(found.rows.is_empty());
}

#[test]
fn nothing_is_left_when_all_is_removed() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    keep(&ledger, &store, &items(0..9)).unwrap();
    store.plant(keys::OWNER, "someone");
    pollster::block_on(store.commit(ledger.remove_all())).unwrap();
    ledger.clear();
    assert_eq!(store.records().keys().collect::<Vec<_>>(), [keys::OWNER]);
    assert!(ledger.is_empty() && ledger.row_of("id-1").is_none());
    assert_eq!(details(&ledger, &store, 1), None);
    assert_eq!(keep(&ledger, &store, &[item(4)]).unwrap(), [0]);
}

#[test]
fn more_cameras_than_can_be_told_apart_are_unknown_ones() {
    let store = MemoryStore::new();
    let (ledger, _) = open(&store);
    let with_camera = |number: u32| MediaItem {
        id: number.to_string(),
        camera: Camera { make: "M".into(), model: number.to_string() },
        ..MediaItem::default()
    };
    keep(&ledger, &store, &(0..65_540).map(with_camera).collect::<Vec<_>>()).unwrap();
    assert_eq!(details(&ledger, &store, 65_534).unwrap().camera.model, "65534");
    assert_eq!(details(&ledger, &store, 65_535).unwrap().camera, Camera::default());
    assert_eq!(open(&store).0.cameras().len(), 65_536);
}

/// A store that remembers which records were read, and may take its time over it.
#[derive(Default)]
struct Reads {
    inner: MemoryStore,
    yields: bool,
    names: RefCell<Vec<String>>,
}

impl Store for Reads {
    async fn read(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.names.borrow_mut().extend_from_slice(keys);
        let records = self.inner.read(keys).await;
        if self.yields {
            let mut was_asked = false;
            poll_fn(|_| if std::mem::replace(&mut was_asked, true) { Poll::Ready(()) } else { Poll::Pending }).await;
        }
        records
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.inner.names(prefix).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        self.inner.commit(batch).await
    }
}
