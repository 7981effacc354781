//! Columns read for many rows: one part of each segment's records at a time, and nothing of the others.

use super::codec::{ColdRow, ColdRows, read_text};
use super::ledger::Ledger;
use super::pieces::Part;
use super::{Hot, ROWS_PER_SEGMENT};
use crate::ports::{Store, StoreError};

/// The rows of one segment as one part of its records tells of them, each at its place: the first row of the segment is 0.
#[derive(Clone, Copy, Debug)]
pub enum SegmentColumns<'a> {
    Hot(&'a Hot),
    Cold(&'a ColdPart<'a>),
    /// File names and descriptions.
    Text(&'a [(&'a str, &'a str)]),
}

/// The cold rows of a segment, each made when it is asked for.
#[derive(Debug, Default)]
pub struct ColdPart<'a> {
    /// By the place of their first row.
    pieces: Vec<(usize, ColdRows<'a>)>,
}

impl<'a> ColdPart<'a> {
    /// How many rows there are, those of which nothing is known among them.
    pub fn len(&self) -> usize {
        self.pieces.last().map_or(0, |(place, rows)| place + rows.len())
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The row at a place; `None` where nothing is known of it.
    pub fn get(&self, place: usize) -> Option<ColdRow> {
        let after = self.pieces.partition_point(|(first, _)| *first <= place);
        let (first, rows) = self.pieces.get(after.checked_sub(1)?)?;
        rows.get(place - first)
    }

    fn put(&mut self, place: usize, record: &'a [u8]) {
        if let Ok(rows) = ColdRows::read(record)
            && self.len() <= place
        {
            self.pieces.push((place, rows));
        }
    }
}

/// Which part is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnPart {
    Hot,
    Cold,
    Text,
}

impl ColumnPart {
    fn record(self) -> Part {
        match self {
            Self::Hot => Part::Hot,
            Self::Cold => Part::Cold,
            Self::Text => Part::Text,
        }
    }
}

impl Ledger {
    /// How many segments there are.
    pub fn segments(&self) -> u32 {
        self.len().div_ceil(ROWS_PER_SEGMENT) as u32
    }

    /// Reads one part of some segments and hands it to `visit`, each with the segment's first row. Of what is lost or
    /// cannot be read nothing is known: rows may be fewer than there are. Some sixteen segments at once are a few
    /// megabytes.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn read_columns<S: Store>(
        &self,
        store: &S,
        segments: &[u32],
        part: ColumnPart,
        visit: &mut dyn FnMut(u32, SegmentColumns<'_>),
    ) -> Result<(), StoreError> {
        for segment in self.read_records(store, segments, &[part.record()]).await? {
            let first_row = segment.number * ROWS_PER_SEGMENT as u32;
            let pieces = segment.pieces.into_iter();
            let pieces: Vec<(usize, Vec<u8>)> =
                pieces.filter_map(|mut piece| Some((piece.place, piece.records.pop()??))).collect();
            self.hand_out(first_row, part, &pieces, visit);
        }
        Ok(())
    }

    fn hand_out(
        &self,
        first_row: u32,
        part: ColumnPart,
        pieces: &[(usize, Vec<u8>)],
        visit: &mut dyn FnMut(u32, SegmentColumns<'_>),
    ) {
        match part {
            ColumnPart::Hot => {
                let mut hot = Hot::new();
                hot.set_cameras(self.cameras());
                for (place, record) in pieces {
                    // The first may be the whole segment, if it was written anew since the pieces were counted.
                    if hot.end() as usize <= *place {
                        let _ = hot.set_rows(*place as u32, record);
                    }
                }
                visit(first_row, SegmentColumns::Hot(&hot));
            }
            ColumnPart::Cold => {
                let mut rows = ColdPart::default();
                pieces.iter().for_each(|(place, record)| rows.put(*place, record));
                visit(first_row, SegmentColumns::Cold(&rows));
            }
            ColumnPart::Text => {
                let mut rows: Vec<(&str, &str)> = Vec::new();
                for (place, record) in pieces {
                    if rows.len() <= *place {
                        rows.resize(*place, ("", ""));
                        rows.extend(read_text(record).unwrap_or_default());
                    }
                }
                visit(first_row, SegmentColumns::Text(&rows));
            }
        }
    }
}
