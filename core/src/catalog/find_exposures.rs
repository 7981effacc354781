//! Counting rows by how they were exposed, and finding those that were exposed as a filter asks. What that takes is read
//! from the store when it is asked for the first time.

use std::sync::Arc;

use super::codec::{ColdRow, SegmentError, decode_cold};
use super::exposures::ExposureCounts;
use super::find::Found;
use super::ledger::{Ledger, SetAside};
use super::pieces::{Part, until};
use super::{ROWS_PER_SEGMENT, RowSet};
use crate::photo::Exposed;
use crate::ports::{Store, StoreError};

/// Cold segments read at once. They are decoded in one go: between two reads other work goes on.
const SEGMENTS_AT_ONCE: usize = 4;

/// What a count came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedExposures {
    pub counts: ExposureCounts,
    /// Records that could not be read, told by the first question that missed them. Of their rows nothing is known.
    pub set_aside: Vec<SetAside>,
}

impl Ledger {
    /// The rows that were exposed as asked.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn find_exposed<S: Store>(&self, store: &S, exposed: &Exposed) -> Result<Found, StoreError> {
        self.read_exposures(store).await?;
        let mut index = self.exposures.borrow_mut();
        Ok(Found { rows: index.find(exposed), set_aside: index.take_set_aside() })
    }

    /// Counts these rows by how they were exposed: see [`ExposureCounts`] for what `exposed` leaves out.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn count_exposures<S: Store>(
        &self,
        store: &S,
        rows: &RowSet,
        exposed: &Exposed,
    ) -> Result<CountedExposures, StoreError> {
        self.read_exposures(store).await?;
        let mut index = self.exposures.borrow_mut();
        Ok(CountedExposures { counts: index.count(rows, exposed), set_aside: index.take_set_aside() })
    }

    /// Reads what is not in memory yet. Items may be kept, or all be forgotten, in the meantime.
    async fn read_exposures<S: Store>(&self, store: &S) -> Result<(), StoreError> {
        let _reading = Arc::clone(&self.reading).lock_owned().await;
        loop {
            let (missing, life) = {
                let index = self.exposures.borrow();
                let count = self.len().div_ceil(ROWS_PER_SEGMENT) as u32;
                (index.missing(count, SEGMENTS_AT_ONCE), index.life())
            };
            if missing.is_empty() {
                return Ok(());
            }
            let pieces: Vec<(u32, Vec<usize>)> =
                missing.iter().map(|number| (*number, self.pieces.borrow().places(*number))).collect();
            let names: Vec<String> = pieces
                .iter()
                .flat_map(|(number, places)| places.iter().map(|place| Part::Cold.name(*number, *place)))
                .collect();
            let records = store.read(&names).await?;
            let mut index = self.exposures.borrow_mut();
            if index.life() != life {
                continue;
            }
            let mut read = names.into_iter().zip(records);
            for (number, places) in pieces {
                let mut rows = Vec::new();
                for (at, (name, record)) in read.by_ref().take(places.len()).enumerate() {
                    let end = until(&places, at);
                    match record.as_deref().ok_or(SegmentError::Missing).and_then(decode_cold) {
                        Ok(piece) => rows.extend(piece),
                        Err(why) => index.set_aside(SetAside { name, why }),
                    }
                    if let Some(end) = end {
                        rows.resize_with(end, ColdRow::default);
                    }
                }
                index.fill(number, rows.iter());
            }
        }
    }
}
