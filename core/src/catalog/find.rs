//! Searching the texts of all rows, which are read from the store when something is searched for the first time.

use std::sync::Arc;

use super::codec::{SegmentError, read_text};
use super::ledger::{Ledger, SetAside};
use super::pieces::{Part, until};
use super::text::SegmentTexts;
use super::{ROWS_PER_SEGMENT, RowSet};
use crate::ports::{Store, StoreError};

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
            let pieces: Vec<(u32, Vec<usize>)> =
                missing.iter().map(|number| (*number, self.pieces.borrow().places(*number))).collect();
            let names: Vec<String> = pieces
                .iter()
                .flat_map(|(number, places)| places.iter().map(|place| Part::Text.name(*number, *place)))
                .collect();
            let records = store.read(&names).await?;
            let mut text = self.text.borrow_mut();
            if text.life() != life
                || pieces.iter().any(|(number, places)| self.pieces.borrow().places(*number) != *places)
            {
                continue;
            }
            let mut read = names.into_iter().zip(records);
            for (number, places) in pieces {
                let records: Vec<(String, Option<Vec<u8>>)> = read.by_ref().take(places.len()).collect();
                let mut set_aside = Vec::new();
                text.fill(number, texts_of(&places, &records, &mut set_aside));
                set_aside.into_iter().for_each(|aside| text.set_aside(aside));
            }
        }
    }
}

/// The texts of one segment, read from its pieces. Those that cannot be read are blank, and named.
fn texts_of(places: &[usize], records: &[(String, Option<Vec<u8>>)], set_aside: &mut Vec<SetAside>) -> SegmentTexts {
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for (at, (name, record)) in records.iter().enumerate() {
        if at > 0 && rows.len() > places[at] {
            // A whole segment was written meanwhile.
            break;
        }
        match record.as_deref().ok_or(SegmentError::Missing).and_then(read_text) {
            Ok(piece) => rows.extend(piece),
            Err(why) => set_aside.push(SetAside { name: name.clone(), why }),
        }
        if let Some(end) = until(places, at) {
            rows.resize(end.max(rows.len()), ("", ""));
        }
    }
    SegmentTexts::new(rows.into_iter())
}
