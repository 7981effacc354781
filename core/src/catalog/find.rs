//! Searching the texts of all rows, which are read from the store when something is searched for the first time.

use std::sync::Arc;

use super::codec::{SegmentError, read_text};
use super::ledger::{Ledger, SetAside};
use super::text::SegmentTexts;
use super::{ROWS_PER_SEGMENT, RowSet};
use crate::ports::{Store, StoreError};
use crate::store::keys;

/// Segments of texts read at once: two to four megabytes. Between two reads other work goes on.
const SEGMENTS_AT_ONCE: usize = 16;

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub rows: RowSet,
    /// Texts that could not be read, told by the first search that missed them. Their rows are not found until their items come
    /// again.
    pub set_aside: Vec<SetAside>,
}

impl Ledger {
    /// The rows in whose file name or description all words of `text` occur, whatever their case; a text without words
    /// finds every row. A row whose hot columns are lost is found too.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn find<S: Store>(&self, store: &S, text: &str) -> Result<Found, StoreError> {
        self.read_texts(store).await?;
        let mut index = self.text.borrow_mut();
        Ok(Found { rows: index.find(text), set_aside: index.take_set_aside() })
    }

    /// Reads what texts are not in memory yet, so that the first search takes no longer than others. Items may be kept,
    /// or all be forgotten, in the meantime.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn read_texts<S: Store>(&self, store: &S) -> Result<(), StoreError> {
        let _reading = Arc::clone(&self.reading).lock_owned().await;
        loop {
            let (missing, life) = {
                let mut text = self.text.borrow_mut();
                text.want();
                let count = self.len().div_ceil(ROWS_PER_SEGMENT) as u32;
                (text.missing(count, SEGMENTS_AT_ONCE), text.life())
            };
            if missing.is_empty() {
                return Ok(());
            }
            let names: Vec<String> = missing.iter().map(|number| keys::text(*number)).collect();
            let records = store.read(&names).await?;
            let mut text = self.text.borrow_mut();
            if text.life() != life {
                continue;
            }
            for ((number, name), record) in missing.into_iter().zip(names).zip(records) {
                match record.as_deref().ok_or(SegmentError::Missing).and_then(read_text) {
                    Ok(rows) => text.fill(number, SegmentTexts::new(rows.iter().copied())),
                    Err(why) => {
                        text.fill(number, SegmentTexts::default());
                        text.set_aside(SetAside { name, why });
                    }
                }
            }
        }
    }
}
