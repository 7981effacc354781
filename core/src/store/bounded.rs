//! Small pictures that are kept as long as there is room for them: those that were not looked at for longest go first.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use super::keys;
use crate::ports::{Batch, Store, StoreError};

/// Where room must be made, a sixteenth of it is made at once.
const SPARE: u64 = 16;
/// In which order pictures were looked at is kept with every so many writes.
const USED_EVERY: u32 = 16;

/// Pictures over a store that holds nothing else. What is put waits in memory until [`Bounded::keep`]; it can be read
/// at once. Another tab may keep and drop pictures of the same store: what is gone is not there, and no more.
pub struct Bounded {
    most_bytes: Cell<u64>,
    known: RefCell<Option<Known>>,
    waiting: RefCell<HashMap<u64, Vec<u8>>>,
    is_keeping: Cell<bool>,
    writes: Cell<u32>,
    /// Grows whenever all is forgotten.
    round: Cell<u32>,
}

/// What the store holds.
#[derive(Default)]
struct Known {
    /// Bytes, and when it was looked at, by key.
    pictures: HashMap<u64, (u32, u64)>,
    /// Keys by when they were looked at.
    by_use: BTreeMap<u64, u64>,
    bytes: u64,
    next_use: u64,
}

impl Bounded {
    /// Keeps at most so many bytes.
    pub fn new(most_bytes: u64) -> Self {
        Self {
            most_bytes: Cell::new(most_bytes),
            known: RefCell::default(),
            waiting: RefCell::default(),
            is_keeping: Cell::new(false),
            writes: Cell::new(0),
            round: Cell::new(0),
        }
    }

    /// Bytes that are kept.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn bytes(&self, store: &impl Store) -> Result<u64, StoreError> {
        self.look(store).await?;
        Ok(self.known.borrow().as_ref().map_or(0, |known| known.bytes))
    }

    /// The pictures of these keys, in their order; they count as looked at.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn read(&self, store: &impl Store, wanted: &[u64]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.look(store).await?;
        let mut found: Vec<Option<Vec<u8>>> = {
            let waiting = self.waiting.borrow();
            wanted.iter().map(|key| waiting.get(key).cloned()).collect()
        };
        let mut kept = Vec::new();
        if let Some(known) = self.known.borrow_mut().as_mut() {
            for (at, key) in wanted.iter().enumerate().filter(|(at, _)| found[*at].is_none()) {
                if let Some(bytes) = known.look_at(*key) {
                    kept.push((at, *key, bytes));
                }
            }
        }
        if kept.is_empty() {
            return Ok(found);
        }
        let names: Vec<String> = kept.iter().map(|(_, key, bytes)| keys::small(*key, *bytes)).collect();
        let records = store.read(&names).await?;
        for ((at, key, bytes), record) in kept.into_iter().zip(records) {
            // Another tab may have dropped it, or written another one in its place.
            let is_whole = record.as_ref().is_some_and(|record| record.len() == bytes as usize);
            if let (false, Some(known)) = (is_whole, self.known.borrow_mut().as_mut()) {
                known.remove(key);
            }
            found[at] = record.filter(|_| is_whole);
        }
        Ok(found)
    }

    /// Takes a picture. It is kept by the next [`Bounded::keep`].
    pub fn put(&self, key: u64, picture: Vec<u8>) {
        self.waiting.borrow_mut().insert(key, picture);
    }

    /// How many pictures wait to be kept.
    pub fn waiting(&self) -> usize {
        self.waiting.borrow().len()
    }

    /// Keeps what waits, all of it in one write, and drops what there is no room for. While it runs another call does
    /// nothing.
    ///
    /// # Errors
    /// Where the store takes no more. What waited is forgotten then: a picture can be made again. Where the device is
    /// full, half of what was kept makes room.
    pub async fn keep(&self, store: &impl Store) -> Result<(), StoreError> {
        self.look(store).await?;
        if self.waiting() == 0 || self.is_keeping.replace(true) {
            return Ok(());
        }
        let outcome = self.keep_alone(store).await;
        self.is_keeping.set(false);
        outcome
    }

    /// Forgets all of them.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn forget(&self, store: &impl Store) -> Result<(), StoreError> {
        self.round.set(self.round.get().wrapping_add(1));
        self.waiting.borrow_mut().clear();
        *self.known.borrow_mut() = Some(Known::default());
        store.commit(Batch { delete_prefixes: vec![String::new()], ..Batch::default() }).await
    }

    async fn keep_alone(&self, store: &impl Store) -> Result<(), StoreError> {
        let round = self.round.get();
        // They can be read until they are kept.
        let new: Vec<(u64, Vec<u8>)> =
            self.waiting.borrow().iter().map(|(key, picture)| (*key, picture.clone())).collect();
        let mut batch = Batch::default();
        if let Some(known) = self.known.borrow_mut().as_mut() {
            for (key, picture) in &new {
                batch.deletes.extend(known.remove(*key).map(|bytes| keys::small(*key, bytes)));
                known.add(*key, picture.len() as u32);
            }
            batch.deletes.extend(known.make_room(self.most_bytes.get()));
            let is_left = |key: &u64| known.pictures.contains_key(key);
            let left = new.iter().filter(|(key, _)| is_left(key));
            batch.puts =
                left.map(|(key, picture)| (keys::small(*key, picture.len() as u32), picture.clone())).collect();
            if self.writes.replace(self.writes.get().wrapping_add(1)) % USED_EVERY == USED_EVERY - 1 {
                batch.puts.push((keys::SMALL_USED.to_owned(), known.used()));
            }
        }
        // A name that is put again must not be deleted.
        batch.deletes.retain(|name| !batch.puts.iter().any(|(put, _)| put == name));
        let names: Vec<String> = batch.puts.iter().map(|(name, _)| name.clone()).collect();
        let outcome = store.commit(batch).await;
        if self.round.get() != round {
            // All was forgotten meanwhile, and this came after it.
            return store.commit(Batch { deletes: names, ..Batch::default() }).await;
        }
        {
            let mut waiting = self.waiting.borrow_mut();
            for (key, picture) in &new {
                // A newer one of the same key goes on waiting.
                if waiting.get(key) == Some(picture) {
                    waiting.remove(key);
                }
            }
        }
        if let Err(why) = outcome {
            // What is there is looked up again; the next write makes room for itself.
            let kept = self.known.borrow_mut().take().map_or(0, |known| known.bytes);
            if why == StoreError::Full {
                self.most_bytes.set(self.most_bytes.get().min(kept / 2));
                self.look(store).await?;
                let dropped = self.known.borrow_mut().as_mut().map(|known| known.make_room(self.most_bytes.get()));
                store.commit(Batch { deletes: dropped.unwrap_or_default(), ..Batch::default() }).await?;
            }
            return Err(why);
        }
        Ok(())
    }

    /// Learns what the store holds, if that is not known yet.
    async fn look(&self, store: &impl Store) -> Result<(), StoreError> {
        if self.known.borrow().is_some() {
            return Ok(());
        }
        let round = self.round.get();
        let names = store.names(keys::SMALL).await?;
        let used = store.read(&[keys::SMALL_USED.to_owned()]).await?.pop().flatten();
        let mut known = Known::default();
        for (key, bytes) in names.iter().filter_map(|name| keys::small_in(name)) {
            known.remove(key);
            known.add(key, bytes);
        }
        for key in used.unwrap_or_default().chunks_exact(8) {
            known.look_at(u64::from_le_bytes(key.try_into().expect("chunks of eight")));
        }
        let mut here = self.known.borrow_mut();
        if here.is_none() && self.round.get() == round {
            *here = Some(known);
        }
        Ok(())
    }
}

impl Known {
    fn add(&mut self, key: u64, bytes: u32) {
        self.pictures.insert(key, (bytes, self.next_use));
        self.by_use.insert(self.next_use, key);
        self.next_use += 1;
        self.bytes += u64::from(bytes);
    }

    fn remove(&mut self, key: u64) -> Option<u32> {
        let (bytes, used) = self.pictures.remove(&key)?;
        self.by_use.remove(&used);
        self.bytes -= u64::from(bytes);
        Some(bytes)
    }

    fn look_at(&mut self, key: u64) -> Option<u32> {
        let bytes = self.remove(key)?;
        self.add(key, bytes);
        Some(bytes)
    }

    /// Drops those that were not looked at for longest; their names.
    fn make_room(&mut self, most_bytes: u64) -> Vec<String> {
        let mut names = Vec::new();
        if self.bytes <= most_bytes {
            return names;
        }
        while self.bytes > most_bytes - most_bytes / SPARE {
            let Some(key) = self.by_use.values().next().copied() else { break };
            names.extend(self.remove(key).map(|bytes| keys::small(key, bytes)));
        }
        names
    }

    /// The keys, the one that was not looked at for longest in front.
    fn used(&self) -> Vec<u8> {
        self.by_use.values().flat_map(|key| key.to_le_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;
    use proptest::prelude::*;

    use super::*;
    use crate::store::MemoryStore;

    /// Takes its time for each write.
    struct Slow(MemoryStore);

    impl Store for Slow {
        async fn read(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
            self.0.read(keys).await
        }

        async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
            self.0.names(prefix).await
        }

        async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
            let mut is_asked_again = false;
            std::future::poll_fn(|context| {
                context.waker().wake_by_ref();
                if std::mem::replace(&mut is_asked_again, true) {
                    std::task::Poll::Ready(())
                } else {
                    std::task::Poll::Pending
                }
            })
            .await;
            self.0.commit(batch).await
        }
    }

    fn picture(key: u64, bytes: usize) -> Vec<u8> {
        vec![key as u8; bytes]
    }

    fn here(kept: &Bounded, store: &MemoryStore, key: u64) -> bool {
        block_on(kept.read(store, &[key])).unwrap()[0].is_some()
    }

    #[test]
    fn what_was_not_looked_at_for_longest_goes_first() {
        let (store, kept) = (MemoryStore::new(), Bounded::new(1600));
        for key in 0..16 {
            kept.put(key, picture(key, 100));
            block_on(kept.keep(&store)).unwrap();
        }
        assert!(here(&kept, &store, 0));
        kept.put(99, picture(99, 100));
        block_on(kept.keep(&store)).unwrap();
        assert_eq!(block_on(kept.bytes(&store)), Ok(1500));
        let left: Vec<u64> = (0..16).filter(|key| here(&kept, &store, *key)).collect();
        assert_eq!(left, [0].into_iter().chain(3..16).collect::<Vec<_>>());
    }

    #[test]
    fn what_waits_can_be_read_and_costs_no_write() {
        let (store, kept) = (MemoryStore::new(), Bounded::new(1000));
        kept.put(1, picture(1, 10));
        kept.put(2, picture(2, 10));
        assert_eq!(
            block_on(kept.read(&store, &[2, 3, 1])).unwrap(),
            [Some(picture(2, 10)), None, Some(picture(1, 10))]
        );
        assert_eq!(store.commits(), 0);
        block_on(kept.keep(&store)).unwrap();
        assert_eq!((store.commits(), kept.waiting()), (1, 0));
        block_on(kept.keep(&store)).unwrap();
        assert_eq!(store.commits(), 1);
    }

    #[test]
    fn it_is_the_same_after_it_is_opened_again_in_the_order_of_use() {
        let (store, kept) = (MemoryStore::new(), Bounded::new(1600));
        for key in (0..16).rev() {
            kept.put(key, picture(key, 100));
            block_on(kept.keep(&store)).unwrap();
        }
        let again = Bounded::new(1600);
        assert_eq!(block_on(again.bytes(&store)), Ok(1600));
        again.put(99, picture(99, 100));
        block_on(again.keep(&store)).unwrap();
        let left: Vec<u64> = (0..16).filter(|key| here(&again, &store, *key)).collect();
        assert_eq!(left, (0..14).collect::<Vec<_>>());
    }

    #[test]
    fn a_picture_in_place_of_another_is_that_one_whatever_their_sizes() {
        let (store, kept) = (MemoryStore::new(), Bounded::new(1000));
        for picture in [vec![1; 10], vec![2; 10], vec![3; 20]] {
            kept.put(7, picture.clone());
            block_on(kept.keep(&store)).unwrap();
            assert_eq!(block_on(kept.read(&store, &[7])).unwrap(), [Some(picture.clone())]);
            assert_eq!(block_on(Bounded::new(1000).read(&store, &[7])).unwrap(), [Some(picture)]);
            assert_eq!(store.records().len(), 1);
        }
    }

    #[test]
    fn all_can_be_forgotten_even_while_some_are_being_kept() {
        let (store, kept) = (MemoryStore::new(), Bounded::new(1000));
        let slow = Slow(store.clone());
        kept.put(1, picture(1, 10));
        block_on(async {
            let forgetting = async { kept.forget(&store).await.unwrap() };
            let (kept, ()) = futures_util::future::join(kept.keep(&slow), forgetting).await;
            kept.unwrap();
        });
        assert_eq!((block_on(kept.bytes(&store)), here(&kept, &store, 1)), (Ok(0), false));
        assert!(store.records().is_empty());
    }

    #[test]
    fn a_full_device_gets_half_of_it_back_and_hears_no_more_than_that() {
        let (store, kept) = (MemoryStore::new(), Bounded::new(1000));
        for key in 0..8 {
            kept.put(key, picture(key, 100));
        }
        block_on(kept.keep(&store)).unwrap();
        store.fail_commit(1, StoreError::Full);
        kept.put(9, picture(9, 100));
        assert_eq!(block_on(kept.keep(&store)), Err(StoreError::Full));
        assert_eq!(kept.waiting(), 0);
        let bytes = block_on(kept.bytes(&store)).unwrap();
        assert!(bytes <= 450, "{bytes}");
        assert_eq!(store.records().values().map(Vec::len).sum::<usize>() as u64, bytes);
    }

    #[test]
    fn what_another_tab_has_dropped_is_not_there() {
        let (store, kept) = (MemoryStore::new(), Bounded::new(1000));
        kept.put(1, picture(1, 10));
        block_on(kept.keep(&store)).unwrap();
        block_on(Bounded::new(1000).forget(&store)).unwrap();
        assert!(!here(&kept, &store, 1));
        assert_eq!(block_on(kept.bytes(&store)), Ok(0));
    }

    proptest! {
        #[test]
        fn there_is_never_more_than_may_be_and_all_that_is_there_is_right(
            steps in proptest::collection::vec((0_u64..20, 1_usize..300, any::<bool>(), any::<bool>()), 1..60),
        ) {
            let (store, mut kept) = (MemoryStore::new(), Bounded::new(1000));
            let mut last = HashMap::new();
            for (key, bytes, is_kept, is_reopened) in steps {
                kept.put(key, picture(key, bytes));
                last.insert(key, bytes);
                if is_kept {
                    block_on(kept.keep(&store)).unwrap();
                    let total: usize = store.records().iter().filter(|(name, _)| name.starts_with(keys::SMALL)).map(|(_, r)| r.len()).sum();
                    prop_assert!(total <= 1000);
                    prop_assert_eq!(block_on(kept.bytes(&store)).unwrap(), total as u64);
                    if is_reopened {
                        kept = Bounded::new(1000);
                    }
                }
                for found in block_on(kept.read(&store, &[key])).unwrap().into_iter().flatten() {
                    prop_assert_eq!(found.len(), last[&key]);
                }
            }
        }
    }
}
