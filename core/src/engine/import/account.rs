//! What the account told of rows before an export was merged with them: kept so that it can be given back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keeping::Pending;
use super::rows::segment_of;
use crate::catalog::Source;
use crate::engine::Engine;
use crate::engine::keep::{Change, Kept, Untold};
use crate::photo::MediaItem;
use crate::ports::{Batch, Locks, Store, StoreError, World};
use crate::store::keys;
use crate::trouble::Trouble;

/// The account's own word on a merged row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) row: u32,
    pub(super) item: MediaItem,
    /// The description that came by the export.
    pub(super) described: String,
}

impl Word {
    /// What the account says of the row by now: what it is called can have been changed there since, and is newer in
    /// the row.
    fn by_now(self, row: MediaItem) -> MediaItem {
        let is_exports = self.item.description.is_empty() && row.description == self.described;
        MediaItem {
            id: row.id,
            file_name: row.file_name,
            description: if is_exports { String::new() } else { row.description },
            mime_type: row.mime_type,
            product_url: row.product_url,
            kind: row.kind,
            export: None,
            ..self.item
        }
    }
}

/// Words by the segment of their rows.
pub(super) struct Words(BTreeMap<u32, Vec<Word>>);

impl Words {
    /// Those of the segments that these rows are in.
    pub(super) async fn read<S: Store>(store: &S, rows: impl Iterator<Item = u32>) -> Result<Self, StoreError> {
        let mut segments: Vec<u32> = rows.map(segment_of).collect();
        segments.sort_unstable();
        segments.dedup();
        let names: Vec<String> = segments.iter().map(|segment| keys::import_account(*segment)).collect();
        let records = store.read(&names).await?;
        let words = |record: Option<Vec<u8>>| record.and_then(|record| postcard::from_bytes(&record).ok());
        Ok(Self(
            segments.into_iter().zip(records).map(|(at, record)| (at, words(record).unwrap_or_default())).collect(),
        ))
    }

    pub(super) fn put(&mut self, word: Word) {
        let words = self.0.entry(segment_of(word.row)).or_default();
        words.retain(|known| known.row != word.row);
        words.push(word);
    }

    fn get_mut(&mut self, row: u32) -> Option<&mut Word> {
        self.0.get_mut(&segment_of(row))?.iter_mut().find(|word| word.row == row)
    }

    fn take(&mut self, row: u32) -> Option<Word> {
        let words = self.0.get_mut(&segment_of(row))?;
        let at = words.iter().position(|word| word.row == row)?;
        Some(words.remove(at))
    }

    /// All of them as they are stored.
    pub(super) fn puts(&self) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
        self.0.iter().map(|(segment, words)| {
            (keys::import_account(*segment), postcard::to_allocvec(words).expect("plain values are always written"))
        })
    }
}

impl<W: World + 'static> Engine<W> {
    /// How many rows both the account and an export tell of.
    pub(super) async fn merged_rows(&self) -> Result<u32, Trouble> {
        let store = self.world.store();
        let names = store.names(keys::IMPORT_ACCOUNT).await?;
        let mut merged = 0;
        for name in names {
            let record = store.read(&[name]).await?.pop().flatten();
            let words: Option<Vec<Word>> = record.and_then(|record| postcard::from_bytes(&record).ok());
            merged += words.unwrap_or_default().len() as u32;
        }
        Ok(merged)
    }

    /// Photos that are in a row of the account's come to that row again, under the id that it has there. What is to be
    /// stored with them says which descriptions are theirs.
    pub(super) async fn adopt(
        &self,
        pending: &mut [Pending],
        replaced: &mut Vec<u32>,
    ) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
        let ledger = self.ledger();
        let mut described = Vec::new();
        for photo in pending {
            let Some(row) = photo.before.filter(|row| ledger.row_of(&photo.item.id) != Some(*row)) else { continue };
            let id = ledger.ids(self.world.store(), &[row]).await?.pop().flatten();
            if let Some(id) = id.filter(|id| !id.starts_with("takeout:")) {
                photo.item.id = id;
                replaced.retain(|replaced| *replaced != row);
                if !photo.item.description.is_empty() {
                    described.push((row, photo.item.description.clone()));
                }
            }
        }
        if described.is_empty() {
            return Ok(Vec::new());
        }
        let mut words = Words::read(self.world.store(), described.iter().map(|(row, _)| *row)).await?;
        for (row, description) in described {
            // Only a row without a description takes the export's.
            let item = ledger.details(self.world.store(), row).await?;
            let word = words.get_mut(row).filter(|_| item.is_some_and(|item| item.description.is_empty()));
            word.into_iter().for_each(|word| word.described.clone_from(&description));
        }
        Ok(words.puts().collect())
    }

    /// Takes back what exports told of some rows: what they alone told of goes, and what the account told too becomes
    /// what the account says. `beside` is stored in the same transaction.
    pub(super) async fn give_back(&self, rows: &[u32], beside: impl FnOnce() -> Batch) -> Result<Untold, Trouble> {
        let work = async {
            self.catch_up().await?;
            let (ledger, store) = (self.ledger(), self.world.store());
            let mut words = Words::read(store, rows.iter().copied()).await?;
            let mut change = Change { taken_back: Some(Source::Takeout), ..Change::default() };
            for row in rows {
                let item = ledger.details(store, *row).await?;
                let merged = item.filter(|item| item.export.as_ref().is_some_and(|export| export.is_in_account));
                match merged.and_then(|item| Some((words.take(*row)?, item))) {
                    Some((word, item)) => change.replacing.push(word.by_now(item)),
                    None => change.rows.push(*row),
                }
            }
            let has_words = !change.replacing.is_empty();
            self.keep_alone(|| {
                (change, |_: &Kept| {
                    let mut batch = beside();
                    if has_words {
                        batch.puts.extend(words.puts());
                    }
                    batch
                })
            })
            .await
        };
        let (_, untold) = self.world.locks().exclusive("catalog", work).await?;
        Ok(untold)
    }
}
