//! The version of the store, and the chain of upgrades to it.
//!
//! Every step from one version to the next is one commit that also writes the new version: a browser that closes in
//! between leaves a whole store of a known version, and the chain goes on from there next time.

use crate::ports::{Batch, Store, StoreError};

use super::keys;

/// The version this program writes and reads.
pub const VERSION: u32 = 2;

/// Brings the store to [`VERSION`]; to be called before anything else is read.
///
/// # Errors
/// [`StoreError::TooNew`] when a later program wrote it; nothing is changed then. [`StoreError::Failed`] when its
/// version cannot be read. Whatever else the store refuses.
pub async fn migrate<S: Store>(store: &S) -> Result<(), StoreError> {
    migrate_to(store, VERSION, async |store: &S, from| upgrade(store, from).await).await
}

/// The changes from version `from` to the one after it.
async fn upgrade<S: Store>(_store: &S, _from: u32) -> Result<Batch, StoreError> {
    // 0 is a store that holds nothing, or whose version was lost: its records say their own versions. 1 is one in which
    // every segment is in one piece, as it may be now too.
    Ok(Batch::default())
}

async fn migrate_to<S: Store>(
    store: &S,
    known: u32,
    upgrade: impl AsyncFn(&S, u32) -> Result<Batch, StoreError>,
) -> Result<(), StoreError> {
    let found = version(store).await?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    for from in found..known {
        let mut batch = upgrade(store, from).await?;
        batch.puts.push((keys::SCHEMA.into(), (from + 1).to_string().into_bytes()));
        batch.strict = true;
        store.commit(batch).await?;
    }
    Ok(())
}

async fn version<S: Store>(store: &S) -> Result<u32, StoreError> {
    let record = store.read(&[keys::SCHEMA.to_string()]).await?.into_iter().next().flatten();
    let Some(bytes) = record else { return Ok(0) };
    let number = std::str::from_utf8(&bytes).ok().and_then(|text| text.parse().ok());
    number.ok_or_else(|| StoreError::Failed { message: "the version of the stored data cannot be read".into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    fn store_of(records: &[(&str, &str)]) -> MemoryStore {
        let store = MemoryStore::new();
        for (name, text) in records {
            store.plant(*name, text.as_bytes());
        }
        store
    }

    /// Version 2 renames `a` to `b`, version 3 doubles what is in it.
    async fn pretend_upgrade(store: &MemoryStore, from: u32) -> Result<Batch, StoreError> {
        let mut batch = Batch::default();
        if from == 1 {
            let old = store.read(&["a".into()]).await?.remove(0).unwrap_or_default();
            batch.deletes.push("a".into());
            batch.puts.push(("b".into(), old));
        }
        if from == 2 {
            let old = store.read(&["b".into()]).await?.remove(0).unwrap_or_default();
            batch.puts.push(("b".into(), old.repeat(2)));
        }
        Ok(batch)
    }

    fn run_pretend(store: &MemoryStore) -> Result<(), StoreError> {
        pollster::block_on(migrate_to(store, 3, async |store: &MemoryStore, from| pretend_upgrade(store, from).await))
    }

    #[test]
    fn a_new_store_gets_the_version_and_is_not_written_again() {
        let store = MemoryStore::new();
        pollster::block_on(migrate(&store)).unwrap();
        assert_eq!(store.records(), store_of(&[("schema", "2")]).records());
        pollster::block_on(migrate(&store)).unwrap();
        assert_eq!(store.commits(), 2);
    }

    #[test]
    fn a_store_of_a_later_program_is_refused_and_left_alone() {
        let store = store_of(&[("schema", "7"), ("catalog/cameras", "x")]);
        let before = store.records();
        let refused = pollster::block_on(migrate(&store));
        assert_eq!(refused, Err(StoreError::TooNew { found: 7, known: VERSION }));
        assert_eq!((store.records(), store.commits()), (before, 0));
    }

    #[test]
    fn an_unreadable_version_is_refused_and_left_alone() {
        for text in ["", "one", "-1", "1.0", "99999999999"] {
            let store = store_of(&[("schema", text)]);
            assert!(matches!(pollster::block_on(migrate(&store)), Err(StoreError::Failed { .. })), "{text}");
            assert_eq!(store.commits(), 0);
        }
    }

    #[test]
    fn every_upgrade_of_the_chain_is_made_in_order() {
        let store = store_of(&[("schema", "1"), ("a", "x")]);
        run_pretend(&store).unwrap();
        assert_eq!(store.records(), store_of(&[("schema", "3"), ("b", "xx")]).records());
    }

    #[test]
    fn an_upgrade_that_fails_leaves_the_version_before_it_whole_and_goes_on_later() {
        let store = store_of(&[("schema", "1"), ("a", "x")]);
        store.fail_commit(2, StoreError::Full);
        assert_eq!(run_pretend(&store), Err(StoreError::Full));
        assert_eq!(store.records(), store_of(&[("schema", "2"), ("b", "x")]).records());
        run_pretend(&store).unwrap();
        assert_eq!(store.records(), store_of(&[("schema", "3"), ("b", "xx")]).records());
    }
}
