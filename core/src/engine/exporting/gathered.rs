//! Rows that lie all over the catalog, gathered so that each segment is read once for many of them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::catalog::Ledger;
use crate::photo::ItemFacts;

/// Rows that are gathered at once: some hundred bytes each.
pub(super) const GATHERED_AT_ONCE: usize = 1 << 16;
/// Whether to write these rows one after another would read segments again and again.
pub(super) fn is_scattered(rows: &[u32]) -> bool {
    let segments: Vec<u32> = rows
        .chunk_by(|a, b| Ledger::segment_of(*a) == Ledger::segment_of(*b))
        .map(|run| Ledger::segment_of(run[0]))
        .collect();
    let all: BTreeSet<u32> = segments.iter().copied().collect();
    segments.len() > 2 * all.len()
}

/// What is known of rows, as bytes in the order in which it was read.
pub(super) struct Gathered {
    bytes: Vec<u8>,
    /// Where each row's are; nothing is known of one without any.
    of_row: Vec<Range<usize>>,
    next: usize,
    step: usize,
}

impl Gathered {
    pub(super) fn new(rows: usize) -> Self {
        Self { bytes: Vec::new(), of_row: vec![0..0; rows], next: 0, step: 0 }
    }

    /// The places of rows, those of one segment together.
    pub(super) fn by_segment(&self, rows: &[u32]) -> Vec<Vec<u32>> {
        let mut places: Vec<u32> = (0..rows.len() as u32).collect();
        places.sort_by_key(|at| Ledger::segment_of(rows[*at as usize]));
        let segment = |at: &u32| Ledger::segment_of(rows[*at as usize]);
        places.chunk_by(|a, b| segment(a) == segment(b)).map(<[u32]>::to_vec).collect()
    }

    pub(super) fn put(&mut self, at: usize, facts: &ItemFacts<'_>) {
        let from = self.bytes.len();
        let bytes = postcard::to_allocvec(facts).expect("every list of facts knows its length, and memory grows");
        self.bytes.extend_from_slice(&bytes);
        self.of_row[at] = from..self.bytes.len();
    }

    /// The next rows, as many at most, by their places.
    pub(super) fn take(&mut self, most: usize) -> impl Iterator<Item = (usize, ItemFacts<'_>)> {
        let from = self.next;
        self.step = most.min(self.of_row.len() - from);
        self.next += self.step;
        let (bytes, ranges) = (&self.bytes, &self.of_row[from..self.next]);
        ranges.iter().enumerate().filter(|(_, range)| !range.is_empty()).map(move |(at, range)| {
            (at, postcard::from_bytes(&bytes[range.clone()]).expect("it was written by the same program"))
        })
    }

    /// How many rows were taken at last.
    pub(super) fn step(&self) -> usize {
        self.step
    }

    pub(super) fn is_over(&self) -> bool {
        self.next == self.of_row.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ROWS_PER_SEGMENT;

    const FULL: u32 = ROWS_PER_SEGMENT as u32;

    #[test]
    fn rows_are_scattered_if_they_go_to_and_fro_between_segments() {
        let between = |runs: u32| (0..200).map(move |at| at / (200 / runs) % 2 * FULL + at).collect::<Vec<_>>();
        assert!(!is_scattered(&(0..3 * FULL).rev().collect::<Vec<_>>()));
        assert!(!is_scattered(&between(4)) && is_scattered(&between(5)));
        assert!(!is_scattered(&[]));
    }

    #[test]
    fn what_was_put_in_any_order_is_taken_in_that_of_the_rows() {
        let rows = [FULL + 1, 5, FULL, 6, 7];
        let mut gathered = Gathered::new(rows.len());
        let runs = gathered.by_segment(&rows);
        assert_eq!(runs, [vec![1, 3, 4], vec![0, 2]]);
        for at in runs.into_iter().flatten().filter(|at| *at != 3) {
            let (id, titles) = (rows[at as usize].to_string(), vec!["a", "b"]);
            gathered.put(at as usize, &ItemFacts { id: &id, albums: titles, ..ItemFacts::default() });
        }
        let ids = |gathered: &mut Gathered, most| {
            gathered.take(most).map(|(at, facts)| (at, facts.id.parse::<u32>().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(ids(&mut gathered, 2), [(0, FULL + 1), (1, 5)]);
        assert!(gathered.step() == 2 && !gathered.is_over());
        assert_eq!(ids(&mut gathered, 9), [(0, FULL), (2, 7)]);
        assert!(gathered.step() == 3 && gathered.is_over());
    }
}
