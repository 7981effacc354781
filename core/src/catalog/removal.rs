//! Rows that go, and what comes to segments in all.

use crate::photo::{Correction, MediaItem};
use crate::ports::{Batch, Store, StoreError};
use crate::store::keys;

use super::cache::Cache;
use super::cameras::Cameras;
use super::index::KeyIndex;
use super::ledger::{Ledger, Staged, number_of};
use super::pieces::Pieces;
use super::source::Source;

/// What happens to a row.
#[derive(Clone, Copy)]
pub(super) enum Word<'a> {
    /// Nothing is known of it any more.
    Gone,
    /// One source takes back what it told of it.
    TakenBack(Source),
    /// Its time is corrected, or its correction taken back.
    Corrected(Option<&'a Correction>),
    Item(&'a MediaItem),
    /// This is all that is known of it.
    Only(&'a MediaItem),
}

impl<'a> Word<'a> {
    pub(super) fn item(self) -> Option<&'a MediaItem> {
        match self {
            Self::Item(item) | Self::Only(item) => Some(item),
            Self::Gone | Self::TakenBack(_) | Self::Corrected(_) => None,
        }
    }
}

/// A row, and what happens to it.
pub(super) type Arrival<'a> = (u32, Word<'a>);

impl Ledger {
    /// As [`stage`](Self::stage), with rows that are removed, before the items come: they become absent and lead to no
    /// media item any more. Their numbers are not given to others, so that an item that was in one of them gets a new
    /// row, also when it is among `items`; lists of rows may go on naming them. Rows that do not exist are passed over.
    ///
    /// # Errors
    /// As [`stage`](Self::stage).
    pub async fn stage_change<S: Store>(
        &self,
        store: &S,
        items: &[MediaItem],
        removed: &[u32],
    ) -> Result<Staged, StoreError> {
        self.stage_all(store, (items, false), removed, Word::Gone).await
    }

    /// As [`stage_change`](Self::stage_change), for rows of which one source takes its word back: what nobody else told
    /// of is removed, all else stays in its row. Of a row without its export, instant, size, camera and exposure stay
    /// those of its file until the account tells of them again. Rows that the source did not tell of stay as they are.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn stage_taking_back<S: Store>(
        &self,
        store: &S,
        rows: &[u32],
        source: Source,
    ) -> Result<Staged, StoreError> {
        self.stage_all(store, (&[], false), rows, Word::TakenBack(source)).await
    }

    /// The same with `items` that are all that is known of their rows from now on: what one of them does not say is
    /// forgotten. What the person put right stays.
    ///
    /// # Errors
    /// As [`stage`](Self::stage).
    pub async fn stage_replacing<S: Store>(
        &self,
        store: &S,
        items: &[MediaItem],
        rows: &[u32],
        source: Source,
    ) -> Result<Staged, StoreError> {
        self.stage_all(store, (items, true), rows, Word::TakenBack(source)).await
    }
}

impl Ledger {
    /// What to commit so that the whole catalog is gone from the store. Jobs that stage must have ended; call
    /// [`clear`](Self::clear) once it is committed.
    pub fn remove_all(&self) -> Batch {
        Batch { delete_prefixes: vec![keys::CATALOG.into()], strict: true, ..Batch::default() }
    }

    /// Forgets all rows, after [`remove_all`](Self::remove_all) was committed.
    pub fn clear(&self) {
        self.revision.set(self.revision.get() + 1);
        *self.index.borrow_mut() = KeyIndex::default();
        *self.cameras.borrow_mut() = Cameras::default();
        *self.cache.borrow_mut() = Cache::default();
        *self.pieces.borrow_mut() = Pieces::default();
        self.text.borrow_mut().clear();
        self.exposures.borrow_mut().clear();
    }
}

/// Rows that exist, ascending and each once.
pub(super) fn goings(rows: &[u32], end: usize) -> Vec<u32> {
    let mut rows: Vec<u32> = rows.iter().copied().filter(|row| (*row as usize) < end).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// All that happens, what concerns one segment together: `going` to its rows, then the items in their order.
#[inline(never)]
pub(super) fn by_segment<'a>(
    goings: &[u32],
    going: Word<'a>,
    rows: &[u32],
    (items, are_only): (&'a [MediaItem], bool),
) -> Vec<Arrival<'a>> {
    let coming =
        rows.iter().copied().zip(items.iter().map(|item| if are_only { Word::Only(item) } else { Word::Item(item) }));
    let mut arrivals: Vec<Arrival<'_>> = goings.iter().map(|row| (*row, going)).chain(coming).collect();
    arrivals.sort_by_key(|(row, _)| number_of(*row));
    arrivals
}
