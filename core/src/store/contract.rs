//! A test kit: what every [`Store`] must do, run on the host over memory and in the browser over IndexedDB.
//!
//! It is compiled like any other room so that tests of other packages can call it; nothing else does.

use crate::ports::{Batch, Store};

const WORKS: &str = "a store in working order answers";

/// Panics with a sentence if `store`, which must be empty, breaks the contract. Leaves it empty.
pub async fn check<S: Store>(store: &S) {
    assert_eq!(names(store, "").await, Vec::<String>::new(), "the store to check must be empty");
    gives_back_what_was_put(store).await;
    names_are_ordered_by_their_bytes(store).await;
    a_prefix_is_taken_literally(store).await;
    deletes_come_before_puts(store).await;
    an_empty_batch_changes_nothing(store).await;
    big_and_many_records(store).await;
    let all = Batch { delete_prefixes: vec![String::new()], ..Batch::default() };
    store.commit(all).await.expect(WORKS);
    assert_eq!(names(store, "").await, Vec::<String>::new(), "the empty prefix deletes everything");
}

async fn gives_back_what_was_put<S: Store>(store: &S) {
    let every_byte: Vec<u8> = (0..=255).collect();
    put(store, &[("c/binary", &every_byte), ("c/empty", &[]), ("c/ünï/写真/🎞", b"unicode")]).await;
    let found = read(store, &["c/empty", "c/none", "c/binary", "c/ünï/写真/🎞", "c/binary"]).await;
    let expected =
        vec![Some(Vec::new()), None, Some(every_byte.clone()), Some(b"unicode".to_vec()), Some(every_byte.clone())];
    assert_eq!(found, expected, "records come in the order asked for, empty ones are not missing ones");
    assert_eq!(read(store, &[]).await, Vec::<Option<Vec<u8>>>::new(), "nothing asked, nothing answered");

    put(store, &[("c/binary", b"newer")]).await;
    assert_eq!(read(store, &["c/binary"]).await, vec![Some(b"newer".to_vec())], "a put replaces");
    let twice = vec![("c/binary".to_string(), b"first".to_vec()), ("c/binary".to_string(), b"last".to_vec())];
    store.commit(Batch { puts: twice, strict: true, ..Batch::default() }).await.expect(WORKS);
    assert_eq!(read(store, &["c/binary"]).await, vec![Some(b"last".to_vec())], "of two puts of a name the last counts");
    delete(store, &["c/binary", "c/empty", "c/ünï/写真/🎞", "c/never was"]).await;
    assert_eq!(names(store, "").await, Vec::<String>::new(), "deleted is deleted, and what never was does no harm");
}

async fn names_are_ordered_by_their_bytes<S: Store>(store: &S) {
    // UTF-16 order, which IndexedDB keeps, puts U+1F39E before U+FF5E; UTF-8 order does not.
    let unordered = ["n/～", "n/b", "n/🎞", "n/a", "n/B", "n/ä", "n/10", "n/9"];
    put(store, &unordered.map(|name| (name, b"x".as_slice()))).await;
    let mut ordered = unordered.map(String::from).to_vec();
    ordered.sort();
    assert_eq!(names(store, "n/").await, ordered, "names ascend by their UTF-8 bytes");
    delete(store, &unordered).await;
}

async fn a_prefix_is_taken_literally<S: Store>(store: &S) {
    put(store, &[("p", b"0"), ("p/", b"1"), ("p/a", b"2"), ("p/\u{10FFFF}z", b"3"), ("p0", b"4"), ("q", b"5")]).await;
    assert_eq!(
        names(store, "p/").await,
        ["p/", "p/a", "p/\u{10FFFF}z"],
        "names that begin with the prefix, and no others"
    );
    assert_eq!(names(store, "r").await, Vec::<String>::new(), "no name begins so");
    let batch = Batch { delete_prefixes: vec!["p/".into(), "none".into()], ..Batch::default() };
    store.commit(batch).await.expect(WORKS);
    assert_eq!(
        names(store, "").await,
        ["p", "p0", "q"],
        "a prefix deletes all that begins with it, and nothing beside it"
    );
    delete(store, &["p", "p0", "q"]).await;
}

async fn deletes_come_before_puts<S: Store>(store: &S) {
    put(store, &[("d/old", b"1"), ("d/kept", b"2")]).await;
    let batch = Batch {
        puts: vec![("d/new".into(), b"3".to_vec()), ("d/kept".into(), b"4".to_vec())],
        deletes: vec!["d/kept".into()],
        delete_prefixes: vec!["d/".into()],
        strict: false,
    };
    store.commit(batch).await.expect(WORKS);
    assert_eq!(names(store, "d/").await, ["d/kept", "d/new"], "what a batch puts outlives what it deletes");
    assert_eq!(read(store, &["d/kept"]).await, vec![Some(b"4".to_vec())]);
    delete(store, &["d/kept", "d/new"]).await;
}

async fn an_empty_batch_changes_nothing<S: Store>(store: &S) {
    put(store, &[("e", b"1")]).await;
    store.commit(Batch::default()).await.expect(WORKS);
    assert_eq!(names(store, "").await, ["e"]);
    delete(store, &["e"]).await;
}

async fn big_and_many_records<S: Store>(store: &S) {
    let big: Vec<u8> = (0..3_000_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let many: Vec<(String, Vec<u8>)> = (0..600_u32).map(|i| (format!("m/{i:06}"), i.to_le_bytes().to_vec())).collect();
    let mut puts = many.clone();
    puts.push(("m/big".into(), big.clone()));
    store.commit(Batch { puts, ..Batch::default() }).await.expect(WORKS);
    assert_eq!(names(store, "m/").await.len(), 601, "one commit may put many records");
    let asked: Vec<String> = many.iter().map(|(name, _)| name.clone()).collect();
    let found = store.read(&asked).await.expect(WORKS);
    let expected: Vec<Option<Vec<u8>>> = many.into_iter().map(|(_, bytes)| Some(bytes)).collect();
    assert_eq!(found, expected, "many records are read at once");
    assert!(read(store, &["m/big"]).await == vec![Some(big)], "three megabytes come back as they were");
}

async fn names<S: Store>(store: &S, prefix: &str) -> Vec<String> {
    store.names(prefix).await.expect(WORKS)
}

async fn read<S: Store>(store: &S, keys: &[&str]) -> Vec<Option<Vec<u8>>> {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_string()).collect();
    store.read(&keys).await.expect(WORKS)
}

async fn put<S: Store>(store: &S, records: &[(&str, &[u8])]) {
    let puts = records.iter().map(|(name, bytes)| ((*name).to_string(), bytes.to_vec())).collect();
    store.commit(Batch { puts, ..Batch::default() }).await.expect(WORKS);
}

async fn delete<S: Store>(store: &S, names: &[&str]) {
    let deletes = names.iter().map(|name| (*name).to_string()).collect();
    store.commit(Batch { deletes, ..Batch::default() }).await.expect(WORKS);
}
