//! Records in IndexedDB: the contract of every store, and each way in which a browser fails to keep them.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use albumen::browser::idb::{self, Database, RECORDS};
use albumen::browser::locks::WebLocks;
use albumen::browser::names;
use albumen::browser::store::IdbStore;
use albumen_core::ports::{Batch, Locks, Store, StoreError};
use albumen_core::protocol::World;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::IdbDatabase;

use crate::faults::{self, Mended};

async fn fresh(name: &str) -> IdbStore {
    idb::delete(name).await.unwrap();
    again(name).await
}

async fn again(name: &str) -> IdbStore {
    IdbStore::new(Rc::new(Database::open(name).await.unwrap()))
}

fn batch(puts: &[(&str, &str)]) -> Batch {
    let puts = puts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    Batch { puts, ..Batch::default() }
}

async fn text(store: &IdbStore, name: &str) -> Option<String> {
    let found = store.read(&[name.to_owned()]).await.unwrap().remove(0);
    found.map(|bytes| String::from_utf8(bytes).unwrap())
}

#[wasm_bindgen_test]
async fn it_keeps_the_contract_of_every_store() {
    albumen_core::store::contract::check(&fresh("contract").await).await;
}

#[wasm_bindgen_test]
async fn what_was_committed_is_there_when_the_database_is_opened_again() {
    let store = fresh("again").await;
    store.commit(Batch { strict: true, ..batch(&[("a", "1")]) }).await.unwrap();
    drop(store);
    assert_eq!(text(&again("again").await, "a").await.as_deref(), Some("1"));
}

#[wasm_bindgen_test]
async fn a_database_is_opened_by_one_at_a_time_so_that_no_page_that_is_kept_keeps_others_waiting() {
    const BASE: &str = "https://example.test/opening/";
    let name = names::database(BASE, World::Google);
    let mut opening = Box::pin(Database::open(&name));
    let mut look = async || poll_fn(|context| Poll::Ready(opening.as_mut().poll(context).is_ready())).await;
    WebLocks::new(BASE, World::Google)
        .exclusive("opening", async {
            assert!(!look().await);
            // Whatever was opened beside the lock would be open before this is.
            again("beside").await;
            assert!(!look().await, "it was opened though another holds the lock");
        })
        .await;
    assert!(opening.await.is_ok());
}

#[wasm_bindgen_test]
async fn a_batch_that_fails_halfway_leaves_nothing_behind() {
    let store = fresh("halfway").await;
    store.commit(batch(&[("kept", "1"), ("doomed", "2")])).await.unwrap();
    let _mended = Mended;
    faults::throw_at_put(2);
    let failing = Batch { deletes: vec!["doomed".into()], ..batch(&[("kept", "changed"), ("new", "3")]) };
    assert!(matches!(store.commit(failing).await, Err(StoreError::Failed { .. })));
    assert_eq!(store.names("").await.unwrap(), ["doomed", "kept"]);
    assert_eq!(text(&store, "kept").await.as_deref(), Some("1"));
}

#[wasm_bindgen_test]
async fn a_commit_that_nobody_waits_for_any_more_keeps_nothing() {
    let store = fresh("dropped").await;
    {
        let mut commit = pin!(store.commit(batch(&[("a", "1")])));
        assert!(commit.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    assert_eq!(store.names("").await.unwrap(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_full_disk_is_told_as_such_though_no_request_fails() {
    let store = fresh("full").await;
    {
        let _mended = Mended;
        faults::abort_puts_with("QuotaExceededError");
        assert_eq!(store.commit(batch(&[("a", "1")])).await, Err(StoreError::Full));
        faults::abort_puts_with("UnknownError");
        let failed = store.commit(batch(&[("a", "1")])).await;
        assert_eq!(failed, Err(StoreError::Failed { message: "UnknownError: injected".into() }));
    }
    assert_eq!(store.names("").await.unwrap(), Vec::<String>::new());
    store.commit(batch(&[("a", "1")])).await.unwrap();
    assert_eq!(store.names("").await.unwrap(), ["a"]);
}

#[wasm_bindgen_test]
async fn a_browser_without_indexed_db_is_told_as_such() {
    let _mended = Mended;
    faults::hide_global("indexedDB");
    assert_eq!(Database::open("none").await.err(), Some(StoreError::Unavailable));
    faults::forbid_global("indexedDB");
    assert_eq!(Database::open("none").await.err(), Some(StoreError::Unavailable));
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_page_is_left_alone() {
    idb::delete("newer").await.unwrap();
    let newer: IdbDatabase = faults::stubborn_connection("newer", 99, Some(RECORDS)).await.unwrap().into();
    assert_eq!(Database::open("newer").await.err(), Some(StoreError::TooNew { found: 99, known: 2 }));
    newer.close();
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_is_told_as_blocking() {
    idb::delete("stubborn").await.unwrap();
    let stubborn: IdbDatabase = faults::stubborn_connection("stubborn", 1, None).await.unwrap().into();
    assert_eq!(idb::delete("stubborn").await, Err(StoreError::Blocked));
    stubborn.close();
    idb::delete("stubborn").await.unwrap();
}

#[wasm_bindgen_test]
async fn deleting_needs_no_other_tab_to_be_closed_and_use_goes_on_in_an_empty_one() {
    let here = Rc::new(Database::open("deleted").await.unwrap());
    let (store, elsewhere) = (IdbStore::new(here.clone()), again("deleted").await);
    store.commit(batch(&[("a", "1")])).await.unwrap();
    here.delete().await.unwrap();
    assert_eq!(elsewhere.names("").await.unwrap(), Vec::<String>::new());
    assert_eq!(store.names("").await.unwrap(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_record_that_holds_no_bytes_is_told_and_not_taken_for_missing() {
    let store = fresh("foreign").await;
    faults::plant("foreign", RECORDS, "a", "text".into()).await.unwrap();
    assert!(matches!(store.read(&["a".into()]).await, Err(StoreError::Failed { .. })));
}

/// As long as its number says, and unlike any other.
fn long_record(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 + at / 7 + length) as u8).collect()
}

async fn put(store: &IdbStore, name: &str, record: &[u8]) {
    let puts = vec![(name.to_owned(), record.to_vec())];
    store.commit(Batch { puts, ..Batch::default() }).await.unwrap();
}

async fn bytes(store: &IdbStore, name: &str) -> Option<Vec<u8>> {
    store.read(&[name.to_owned()]).await.unwrap().remove(0)
}

#[wasm_bindgen_test]
async fn no_value_is_so_long_that_the_browser_makes_a_file_of_it() {
    const LONGEST: u32 = 64 * 1024 - 256;
    let store = fresh("long").await;
    for length in [0, 1, 63_999, 64_000, 64_001, 128_000, 128_001, 270_000] {
        let record = long_record(length);
        put(&store, "a", &record).await;
        assert!(bytes(&store, "a").await == Some(record), "{length}");
    }
    assert_eq!(store.names("").await.unwrap(), ["a"]);
    let mut length = 0;
    for key in ["a", "a\u{0}000001", "a\u{0}000002", "a\u{0}000003", "a\u{0}000004"] {
        let value = faults::look("long", RECORDS, key).await.unwrap();
        let part = value.dyn_ref::<Array>().map_or(value.clone(), |list| list.get(1));
        let part = part.dyn_into::<Uint8Array>().unwrap().length();
        assert!(part < LONGEST, "{key}");
        length += part;
    }
    assert_eq!(length, 270_000);
}

#[wasm_bindgen_test]
async fn of_a_longer_record_nothing_is_left_to_be_read_and_nothing_at_all_once_it_is_deleted() {
    let store = fresh("shorter").await;
    for name in ["p/a", "p/a\u{2}", "p/ab", "p/b"] {
        put(&store, name, &long_record(200_000)).await;
    }
    for length in [130_000, 9] {
        put(&store, "p/a", &long_record(length)).await;
        assert!(bytes(&store, "p/a").await == Some(long_record(length)), "{length}");
    }
    store.commit(Batch { deletes: vec!["p/a".into()], ..Batch::default() }).await.unwrap();
    assert_eq!(bytes(&store, "p/a").await, None);
    assert_eq!(store.names("p/").await.unwrap(), ["p/a\u{2}", "p/ab", "p/b"]);
    for key in ["p/a", "p/a\u{0}000001", "p/a\u{0}000002", "p/a\u{0}000003"] {
        assert!(faults::look("shorter", RECORDS, key).await.unwrap().is_undefined(), "{key:?}");
    }
    assert!(bytes(&store, "p/ab").await == Some(long_record(200_000)));
    store.commit(Batch { delete_prefixes: vec!["p/".into()], ..Batch::default() }).await.unwrap();
    assert!(faults::look("shorter", RECORDS, "p/b\u{0}000002").await.unwrap().is_undefined());
}

#[wasm_bindgen_test]
async fn what_is_lost_of_a_record_is_not_waited_for_and_not_made_up() {
    let store = fresh("lost").await;
    let whole = long_record(200_000);
    put(&store, "a", &whole).await;
    faults::plant("lost", RECORDS, "a\u{0}000002", JsValue::UNDEFINED).await.unwrap();
    assert!(bytes(&store, "a").await.as_deref() == Some(&whole[..128_000]));
    let part = || JsValue::from(Uint8Array::from([1, 2, 3].as_slice()));
    for length in [f64::MAX, f64::INFINITY, 1e9] {
        let head = Array::of2(&length.into(), &part());
        faults::plant("lost", RECORDS, "b", head.into()).await.unwrap();
        assert_eq!(bytes(&store, "b").await, Some(vec![1, 2, 3]), "{length}");
    }
    for head in [Array::of2(&f64::NAN.into(), &part()), Array::of2(&JsValue::from_f64(-1.0), &part())] {
        faults::plant("lost", RECORDS, "b", head.into()).await.unwrap();
        assert_eq!(bytes(&store, "b").await, Some(vec![]));
    }
    for head in [Array::new(), Array::of1(&5.into()), Array::of2(&5.into(), &"text".into())] {
        faults::plant("lost", RECORDS, "b", head.into()).await.unwrap();
        assert!(matches!(store.read(&["b".into()]).await, Err(StoreError::Failed { .. })));
    }
}

#[wasm_bindgen_test]
async fn what_was_kept_as_one_value_before_is_still_read() {
    idb::delete("before").await.unwrap();
    let before: IdbDatabase = faults::stubborn_connection("before", 1, Some(RECORDS)).await.unwrap().into();
    before.close();
    let record = long_record(100_000);
    faults::plant("before", RECORDS, "a", Uint8Array::from(record.as_slice()).into()).await.unwrap();
    let store = again("before").await;
    assert!(bytes(&store, "a").await == Some(record));
    put(&store, "a", &long_record(100_001)).await;
    assert!(bytes(&again("before").await, "a").await == Some(long_record(100_001)));
}

#[wasm_bindgen_test]
async fn a_record_of_which_a_part_is_lost_is_too_short_and_not_missing() {
    let store = fresh("part").await;
    put(&store, "a", &long_record(150_000)).await;
    faults::plant("part", RECORDS, "a\u{0}000002", Uint8Array::from([1, 2].as_slice()).into()).await.unwrap();
    assert_eq!(bytes(&store, "a").await.map(|record| record.len()), Some(128_002));
}
