//! A store in memory, for tests and for browsers that keep nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ports::{Batch, Store, StoreError};

/// A store in memory. Clones share their records, as two connections to one database do.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    records: BTreeMap<String, Vec<u8>>,
    commits: u32,
    failures: BTreeMap<u32, StoreError>,
}

impl MemoryStore {
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the `nth` commit from now on fail with `error`, changing nothing: 1 is the next one.
    pub fn fail_commit(&self, nth: u32, error: StoreError) {
        let mut inner = self.inner.borrow_mut();
        let at = inner.commits.saturating_add(nth);
        inner.failures.insert(at, error);
    }

    /// How many commits were asked for so far, failed ones too.
    pub fn commits(&self) -> u32 {
        self.inner.borrow().commits
    }

    /// A copy of all records.
    pub fn records(&self) -> BTreeMap<String, Vec<u8>> {
        self.inner.borrow().records.clone()
    }

    /// Puts a record past every rule and count: for tests that need a torn or a foreign one.
    pub fn plant(&self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.inner.borrow_mut().records.insert(name.into(), bytes.into());
    }
}

impl Store for MemoryStore {
    async fn read(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let inner = self.inner.borrow();
        Ok(keys.iter().map(|key| inner.records.get(key).cloned()).collect())
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let inner = self.inner.borrow();
        let from_prefix = inner.records.range(prefix.to_string()..);
        Ok(from_prefix.map(|(name, _)| name).take_while(|name| name.starts_with(prefix)).cloned().collect())
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let mut inner = self.inner.borrow_mut();
        inner.commits += 1;
        let number = inner.commits;
        if let Some(error) = inner.failures.remove(&number) {
            return Err(error);
        }
        inner.records.retain(|name, _| !batch.delete_prefixes.iter().any(|prefix| name.starts_with(prefix)));
        for name in &batch.deletes {
            inner.records.remove(name);
        }
        inner.records.extend(batch.puts);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(name: &str) -> Batch {
        Batch { puts: vec![(name.into(), vec![1])], ..Batch::default() }
    }

    #[test]
    fn it_keeps_the_contract_of_every_store() {
        pollster::block_on(crate::store::contract::check(&MemoryStore::new()));
    }

    #[test]
    fn only_the_chosen_commit_fails_and_it_changes_nothing() {
        let store = MemoryStore::new();
        pollster::block_on(async {
            store.commit(put("a")).await.unwrap();
            store.fail_commit(2, StoreError::Full);
            store.commit(put("b")).await.unwrap();
            assert_eq!(store.commit(put("c")).await, Err(StoreError::Full));
            assert_eq!(store.names("").await.unwrap(), ["a", "b"]);
            store.commit(put("c")).await.unwrap();
            assert_eq!(store.commits(), 4);
        });
    }

    #[test]
    fn clones_see_the_same_records() {
        let store = MemoryStore::new();
        let other = store.clone();
        pollster::block_on(store.commit(put("a"))).unwrap();
        assert_eq!(other.records().len(), 1);
    }
}
