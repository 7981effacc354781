//! Keeping media items: rows, and what must be stored with them, in one transaction.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Engine;
use crate::catalog::{Ledger, ROWS_PER_SEGMENT, Source};
use crate::photo::{Camera, Correction, MediaItem};
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
    /// How many were to be corrected and could not be.
    pub(super) passed_over: u32,
}

/// What changes in the catalog.
#[derive(Default)]
pub(super) struct Change {
    pub(super) items: Vec<MediaItem>,
    /// Rows that go before the items come.
    pub(super) rows: Vec<u32>,
    /// Of those rows only what this source told goes; `items` are not looked at then.
    pub(super) taken_back: Option<Source>,
    /// With a source: media items that are all that is known of their rows from now on.
    pub(super) replacing: Vec<MediaItem>,
    /// Those rows stay, and their times are so corrected, or as they are told; there are no items then.
    pub(super) corrected: Option<Option<Correction>>,
}

/// Rows that were kept and that the page was not told of yet.
#[derive(Default)]
pub(super) struct Untold {
    /// Records of hot columns by the first of their rows: as they were kept, so that later ones count.
    records: BTreeMap<u32, Vec<u8>>,
    cameras: Option<Vec<Camera>>,
}

impl Untold {
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.cameras.is_none()
    }

    pub(super) fn add(&mut self, later: Self) {
        for first_row in later.records.keys().filter(|row| **row % ROWS_PER_SEGMENT as u32 == 0) {
            // A segment's first record says all that there is: pieces of before are in it.
            let pieces = self.records.range(first_row + 1..first_row + ROWS_PER_SEGMENT as u32);
            let old: Vec<u32> = pieces.map(|(row, _)| *row).collect();
            for row in old {
                self.records.remove(&row);
            }
        }
        self.records.extend(later.records);
        self.cameras = later.cameras.or(self.cameras.take());
    }
}

impl<W: World + 'static> Engine<W> {
    /// Upserts `items` and whatever `beside` makes of the outcome, all or nothing, and tells the page which rows
    /// changed.
    pub(super) async fn keep(&self, items: &[MediaItem], beside: impl FnOnce(&Kept) -> Batch) -> Result<Kept, Trouble> {
        let (kept, mut untold) = self.keep_quietly(|| (items.to_vec(), beside)).await?;
        self.tell_kept(&mut untold);
        Ok(kept)
    }

    /// The same, but takes what is to be kept when it is its turn, and leaves it to the caller when the page is told.
    pub(super) async fn keep_quietly<B: FnOnce(&Kept) -> Batch>(
        &self,
        take: impl FnOnce() -> (Vec<MediaItem>, B),
    ) -> Result<(Kept, Untold), Trouble> {
        let change = || {
            let (items, beside) = take();
            (Change { items, ..Change::default() }, beside)
        };
        self.keep_change(change).await
    }

    /// The same for rows that go as well.
    pub(super) async fn keep_change<B: FnOnce(&Kept) -> Batch>(
        &self,
        take: impl FnOnce() -> (Change, B),
    ) -> Result<(Kept, Untold), Trouble> {
        self.world.locks().exclusive("catalog", self.keep_alone(take)).await
    }

    /// Tells the page what it was not told yet, and what was used of today's quota.
    pub(super) fn tell_kept(&self, untold: &mut Untold) {
        let Untold { records, cameras } = std::mem::take(untold);
        if !records.is_empty() || cameras.is_some() {
            let (first_rows, records) = records.into_iter().unzip();
            self.drawn.tell();
            (self.tell)(News::Rows { first_rows, cameras }, records);
        }
        let quota = self.meter.borrow_mut().quota(self.now_ms());
        self.news(News::Quota(quota));
    }

    /// As [`keep_change`](Self::keep_change), for whoever holds the catalog's lock.
    pub(super) async fn keep_alone<B: FnOnce(&Kept) -> Batch>(
        &self,
        take: impl FnOnce() -> (Change, B),
    ) -> Result<(Kept, Untold), Trouble> {
        let store = self.world.store();
        // Another tab may have added rows since: its segments must not be written over.
        self.catch_up().await?;
        let ledger = self.ledger();
        let (Change { mut items, rows, taken_back, replacing, corrected }, beside) = take();
        let mut staged = match (taken_back, corrected) {
            (Some(source), _) => ledger.stage_replacing(store, &replacing, &rows, source).await?,
            (None, Some(correction)) => ledger.stage_correcting(store, &rows, correction.as_ref()).await?,
            (None, None) => ledger.stage_change(store, &items, &rows).await?,
        };
        let kept = Kept { rows: staged.rows.clone(), added: staged.added, passed_over: staged.passed_over };
        let beside = beside(&kept);
        let mut batch = std::mem::take(&mut staged.batch);
        batch.puts.extend(beside.puts);
        batch.deletes.extend(beside.deletes);
        batch.delete_prefixes.extend(beside.delete_prefixes);
        batch.strict |= beside.strict;
        let next_generation = self.new_generation();
        batch.puts.push((keys::GENERATION.to_owned(), next_generation.to_le_bytes().to_vec()));
        let meter = serde_json::to_vec(&*self.meter.borrow());
        batch.puts.extend(meter.ok().map(|record| (keys::QUOTA.to_owned(), record)));
        store.commit(batch).await?;
        let records = std::mem::take(&mut staged.hot).into_iter().collect();
        let untold = Untold { records, cameras: staged.cameras.take() };
        ledger.apply(staged);
        self.generation.set(next_generation);
        self.base_urls.borrow_mut().take(&kept.rows, &mut items, self.now_ms());
        Ok((kept, untold))
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
            reopened.set_offsets_of(&self.ledger());
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
