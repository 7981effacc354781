//! Keeping media items: rows, and what must be stored with them, in one transaction.

use std::rc::Rc;

use super::Engine;
use crate::catalog::Ledger;
use crate::photo::MediaItem;
use crate::ports::{Batch, Entropy, Locks, Store, StoreError, World};
use crate::protocol::News;
use crate::store::keys;
use crate::trouble::Trouble;

/// What became of the items that were kept.
pub(super) struct Kept {
    /// The row of each item, in the same order.
    pub(super) rows: Vec<u32>,
    /// How many were not known before.
    pub(super) added: u32,
}

impl<W: World + 'static> Engine<W> {
    /// Upserts `items` and whatever `beside` makes of the outcome, all or nothing, and tells the page which segments
    /// changed.
    pub(super) async fn keep(&self, items: &[MediaItem], beside: impl FnOnce(&Kept) -> Batch) -> Result<Kept, Trouble> {
        self.world.locks().exclusive("catalog", self.keep_alone(items, beside)).await
    }

    async fn keep_alone(&self, items: &[MediaItem], beside: impl FnOnce(&Kept) -> Batch) -> Result<Kept, Trouble> {
        let store = self.world.store();
        // Another tab may have added rows since: its segments must not be written over.
        self.catch_up().await?;
        let ledger = self.ledger();
        let mut staged = ledger.stage(store, items).await?;
        let kept = Kept { rows: staged.rows.clone(), added: staged.added };
        let beside = beside(&kept);
        let mut batch = std::mem::take(&mut staged.batch);
        batch.puts.extend(beside.puts);
        batch.deletes.extend(beside.deletes);
        batch.strict |= beside.strict;
        let next_generation = self.new_generation();
        batch.puts.push((keys::GENERATION.to_owned(), next_generation.to_le_bytes().to_vec()));
        let meter = serde_json::to_vec(&*self.meter.borrow());
        batch.puts.extend(meter.ok().map(|record| (keys::QUOTA.to_owned(), record)));
        store.commit(batch).await?;
        let (numbers, records) = std::mem::take(&mut staged.segments).into_iter().unzip();
        let cameras = staged.cameras.clone();
        ledger.apply(staged);
        self.generation.set(next_generation);
        self.remember_base_urls(items, &kept.rows);
        if !items.is_empty() {
            (self.tell)(News::Segments { numbers, cameras }, records);
        }
        let quota = self.meter.borrow_mut().quota(self.now_ms());
        self.news(News::Quota(quota));
        Ok(kept)
    }

    /// Whether another tab changed the catalog since, or this one is about to have done so.
    pub(super) async fn is_behind(&self) -> Result<bool, Trouble> {
        Ok(read_generation(self.world.store()).await? != self.generation.get())
    }

    /// Reads the keys again if another tab changed the catalog. Whoever calls it holds the lock.
    pub(super) async fn catch_up(&self) -> Result<(), Trouble> {
        let store = self.world.store();
        let generation = read_generation(store).await?;
        if generation != self.generation.get() {
            let (reopened, _) = Ledger::open(store).await?;
            *self.ledger.borrow_mut() = Rc::new(reopened);
            self.generation.set(generation);
        }
        Ok(())
    }

    /// Drawn by chance, so that a catalog that was emptied and filled again is never taken for the one before.
    fn new_generation(&self) -> u64 {
        let mut bytes = [0; 8];
        self.world.entropy().fill(&mut bytes);
        u64::from_le_bytes(bytes).max(1)
    }
}

/// The mark of the catalog's last change, by whichever tab; 0 for a catalog without rows.
pub(super) async fn read_generation<S: Store>(store: &S) -> Result<u64, StoreError> {
    let mut records = store.read(&[keys::GENERATION.to_owned()]).await?;
    let bytes = records.pop().flatten().and_then(|record| record.try_into().ok());
    Ok(bytes.map_or(0, u64::from_le_bytes))
}
