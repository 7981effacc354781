//! Of which records a segment consists: one, or several that go on from each other.
//!
//! Rows that come by the thousand are written as pieces of their own, so that nothing is written twice. A segment of
//! many small pieces is written anew in one, once more rows come.

use std::collections::BTreeMap;

use crate::store::keys;

/// A segment of more pieces than these is written anew in one when rows come to it.
pub(super) const MOST_PIECES: usize = 8;
/// Where fewer items come at a time there are no pieces: nothing is gained then by sparing their segment.
pub(super) const LEAST_ROWS: usize = 256;

/// What there is of every segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Hot,
    Cold,
    Text,
    Keys,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Hot, Self::Cold, Self::Text, Self::Keys];

    /// The name of the record of the piece that begins at `place` of a segment.
    pub(super) fn name(self, number: u32, place: usize) -> String {
        let segment = match self {
            Self::Hot => keys::hot(number),
            Self::Cold => keys::cold(number),
            Self::Text => keys::text(number),
            Self::Keys => keys::keys_segment(number),
        };
        keys::piece(segment, place)
    }
}

/// Where the pieces of segments begin, the first ones left out: those all begin at 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces(BTreeMap<u32, Vec<usize>>);

impl Pieces {
    /// Where the pieces of a segment begin, ascending from 0.
    pub(super) fn places(&self, number: u32) -> Vec<usize> {
        let mut places = vec![0];
        places.extend(self.0.get(&number).into_iter().flatten());
        places
    }

    pub(super) fn count(&self, number: u32) -> usize {
        1 + self.0.get(&number).map_or(0, Vec::len)
    }

    /// Adds a piece behind all others of its segment.
    pub(super) fn push(&mut self, number: u32, place: usize) {
        if place > 0 {
            self.0.entry(number).or_default().push(place);
        }
    }

    /// The segment is in one piece now.
    pub(super) fn join(&mut self, number: u32) {
        self.0.remove(&number);
    }
}

/// Where the piece at `at` ends; `None` for the last, which goes on to the end of the segment.
pub(super) fn until(places: &[usize], at: usize) -> Option<usize> {
    places.get(at + 1).copied()
}
