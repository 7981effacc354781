//! Small pictures in a database of their own: bounded, the least looked at gone first, emptied.

use std::rc::Rc;

use albumen::browser::idb::{self, Database};
use albumen::browser::names;
use albumen::browser::store::IdbStore;
use albumen_core::protocol::World;
use albumen_core::store::Bounded;
use wasm_bindgen_test::wasm_bindgen_test;

const BASE: &str = "https://example.test/small/";

#[wasm_bindgen_test]
async fn they_stay_within_bounds_and_outlive_the_worker() {
    let name = names::small_pictures(BASE, World::Google);
    assert_ne!(name, names::database(BASE, World::Google));
    idb::delete(&name).await.unwrap();
    let store = IdbStore::new(Rc::new(Database::when_used(&name)));
    let kept = Bounded::new(160_000);
    for key in 0..16 {
        kept.put(key, vec![key as u8; 10_000]);
    }
    kept.keep(&store).await.unwrap();
    kept.read(&store, &[0]).await.unwrap();
    kept.put(99, vec![99; 10_000]);
    kept.keep(&store).await.unwrap();
    drop((kept, store));

    let store = IdbStore::new(Rc::new(Database::when_used(&name)));
    let kept = Bounded::new(160_000);
    let bytes = kept.bytes(&store).await.unwrap();
    assert!((100_000..=160_000).contains(&bytes), "{bytes}");
    let found = kept.read(&store, &[0, 99, 1234]).await.unwrap();
    assert_eq!(found, [Some(vec![0; 10_000]), Some(vec![99; 10_000]), None]);
    kept.forget(&store).await.unwrap();
    assert_eq!(kept.bytes(&store).await.unwrap(), 0);
    assert_eq!(kept.read(&store, &[0, 99]).await.unwrap(), [None, None]);
}
