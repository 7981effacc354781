//! Records of segments as they are in the store.

use super::ROWS_PER_SEGMENT;
use super::ledger::Ledger;
use super::pieces::{Part, until};
use crate::ports::{Store, StoreError};

/// What the store has of one segment.
#[derive(Debug)]
pub struct SegmentRecords {
    pub(super) number: u32,
    /// In the order of their rows; there is at least one.
    pub(super) pieces: Vec<Piece>,
}

/// What it has of one piece of it.
#[derive(Debug)]
pub(super) struct Piece {
    /// The place of its first row in the segment.
    pub(super) place: usize,
    /// The place after its last row, as it was counted: the first piece may be longer, if the segment was written anew in
    /// one since.
    pub(super) end: usize,
    /// The parts that were asked for, in that order; `None` for what is lost.
    pub(super) records: Vec<Option<Vec<u8>>>,
}

impl Ledger {
    /// Reads some parts of some segments, all at once. A segment without rows has none.
    pub(super) async fn read_records<S: Store>(
        &self,
        store: &S,
        segments: &[u32],
        parts: &[Part],
    ) -> Result<Vec<SegmentRecords>, StoreError> {
        loop {
            let places = self.places_of(segments);
            let records = store.read(&names_of(segments, &places, parts)).await?;
            // What was joined meanwhile is in other records.
            if places == self.places_of(segments) {
                return Ok(self.put_together(segments, &places, parts.len(), records));
            }
        }
    }

    fn places_of(&self, segments: &[u32]) -> Vec<Vec<usize>> {
        segments.iter().map(|number| self.pieces.borrow().places(*number)).collect()
    }

    fn put_together(
        &self,
        segments: &[u32],
        places: &[Vec<usize>],
        parts: usize,
        records: Vec<Option<Vec<u8>>>,
    ) -> Vec<SegmentRecords> {
        let mut records = records.into_iter();
        let mut segment = |(number, places): (&u32, &Vec<usize>)| {
            let rows = self.len().saturating_sub(*number as usize * ROWS_PER_SEGMENT).min(ROWS_PER_SEGMENT);
            let piece = |at: usize| Piece {
                place: places[at],
                end: until(places, at).unwrap_or(rows),
                records: records.by_ref().take(parts).collect(),
            };
            SegmentRecords { number: *number, pieces: (0..places.len()).map(piece).collect() }
        };
        segments.iter().zip(places).map(&mut segment).collect()
    }
}

fn names_of(segments: &[u32], places: &[Vec<usize>], parts: &[Part]) -> Vec<String> {
    let pieces = segments.iter().zip(places).flat_map(|(number, places)| places.iter().map(|place| (*number, *place)));
    pieces.flat_map(|(number, place)| parts.iter().map(move |part| part.name(number, place))).collect()
}
