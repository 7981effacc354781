//! Sets of rows: what a search found, what is selected.

use std::ops::Range;

use super::codec::SegmentError;
use super::{MOST_SEGMENTS, ROWS_PER_SEGMENT};

/// Rows from here on are in no catalog, and so in no set: two megabytes is the most that a set takes.
const MOST_ROWS: u32 = MOST_SEGMENTS * ROWS_PER_SEGMENT as u32;

const WORD_BITS: u32 = u64::BITS;
const WORD_BYTES: usize = size_of::<u64>();

/// A set of rows, one bit for each up to the highest. A million rows take 125 kilobytes, however many are in it.
///
/// A row that no catalog can have (see [`MOST_SEGMENTS`]) is never in it: to insert one does nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowSet {
    /// Row `r` is bit `r % 64` of word `r / 64`. The last word is never 0, so that equal sets have equal words.
    words: Vec<u64>,
    len: usize,
}

impl RowSet {
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rows are in it.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn contains(&self, row: u32) -> bool {
        self.words.get((row / WORD_BITS) as usize).is_some_and(|word| word >> (row % WORD_BITS) & 1 == 1)
    }

    /// Whether it was not in the set before, and is now.
    pub fn insert(&mut self, row: u32) -> bool {
        if row >= MOST_ROWS || self.contains(row) {
            return false;
        }
        let at = (row / WORD_BITS) as usize;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (row % WORD_BITS);
        self.len += 1;
        true
    }

    /// Whether it was in the set before.
    pub fn remove(&mut self, row: u32) -> bool {
        let before = self.len;
        self.remove_range(row..row.saturating_add(1));
        self.len < before
    }

    /// Puts all rows of the range into the set.
    pub fn insert_range(&mut self, rows: Range<u32>) {
        let rows = rows.start..rows.end.min(MOST_ROWS);
        if rows.is_empty() {
            return;
        }
        let words_needed = ((rows.end - 1) / WORD_BITS) as usize + 1;
        if self.words.len() < words_needed {
            self.words.resize(words_needed, 0);
        }
        for (at, mask) in masks(rows) {
            let word = &mut self.words[at];
            self.len += (mask & !*word).count_ones() as usize;
            *word |= mask;
        }
    }

    /// Takes all rows of the range out of the set.
    pub fn remove_range(&mut self, rows: Range<u32>) {
        let rows = rows.start..rows.end.min(self.end());
        if rows.is_empty() {
            return;
        }
        for (at, mask) in masks(rows) {
            let word = &mut self.words[at];
            self.len -= (mask & *word).count_ones() as usize;
            *word &= !mask;
        }
        self.trim();
    }

    /// Takes all rows out of the set.
    pub fn clear(&mut self) {
        self.words.clear();
        self.len = 0;
    }

    /// Puts all these rows into the set, in whatever order they come: half a dozen times as fast as one by one.
    pub fn insert_all(&mut self, rows: &[u32]) {
        let Some(highest) = rows.iter().copied().filter(|row| *row < MOST_ROWS).max() else { return };
        let words_needed = (highest / WORD_BITS) as usize + 1;
        if self.words.len() < words_needed {
            self.words.resize(words_needed, 0);
        }
        for row in rows {
            if let Some(word) = self.words.get_mut((row / WORD_BITS) as usize) {
                *word |= 1 << (row % WORD_BITS);
            }
        }
        self.count();
    }

    /// Leaves only those rows that are in another set too.
    pub fn intersect(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, theirs) in self.words.iter_mut().zip(&other.words) {
            *word &= theirs;
        }
        self.count();
    }

    /// Leaves only those rows that `keep` wants.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) {
        for (word, first) in self.words.iter_mut().zip((0..).step_by(WORD_BITS as usize)) {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                *word &= !(u64::from(!keep(first + bit)) << bit);
            }
        }
        self.count();
    }

    /// All its rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.iter_in(0..self.end())
    }

    /// Its rows in a range, ascending.
    pub fn iter_in(&self, rows: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        let rows = rows.start..rows.end.min(self.end());
        let masks = (!rows.is_empty()).then(|| masks(rows)).into_iter().flatten();
        masks.flat_map(|(at, mask)| {
            let mut rest = self.words[at] & mask;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(at as u32 * WORD_BITS + bit)
            })
        })
    }

    /// Its words, little-endian, as one program sends them to another of the same build.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// When the bytes are no whole words, or more than any catalog has rows.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SegmentError> {
        let (words, rest) = bytes.as_chunks::<WORD_BYTES>();
        if !rest.is_empty() {
            return Err(SegmentError::Malformed { what: "a set of rows is cut short" });
        }
        if words.len() > (MOST_ROWS / WORD_BITS) as usize {
            return Err(SegmentError::Malformed { what: "a set has more rows than a catalog" });
        }
        let mut set = Self { words: words.iter().map(|word| u64::from_le_bytes(*word)).collect(), len: 0 };
        set.count();
        Ok(set)
    }

    /// One more than the highest row that the words can hold.
    fn end(&self) -> u32 {
        self.words.len() as u32 * WORD_BITS
    }

    fn count(&mut self) {
        self.trim();
        self.len = self.words.iter().map(|word| word.count_ones() as usize).sum();
    }

    fn trim(&mut self) {
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }
}

/// The words that a range touches, each with the bits that are in the range. The range is not empty.
fn masks(rows: Range<u32>) -> impl Iterator<Item = (usize, u64)> {
    let (first, last) = (rows.start / WORD_BITS, (rows.end - 1) / WORD_BITS);
    (first..=last).map(move |at| {
        let from = if at == first { u64::MAX << (rows.start % WORD_BITS) } else { u64::MAX };
        let to = if at == last { u64::MAX >> (WORD_BITS - 1 - (rows.end - 1) % WORD_BITS) } else { u64::MAX };
        (at as usize, from & to)
    })
}

impl Extend<u32> for RowSet {
    fn extend<Rows: IntoIterator<Item = u32>>(&mut self, rows: Rows) {
        for row in rows {
            self.insert(row);
        }
    }
}

impl FromIterator<u32> for RowSet {
    fn from_iter<Rows: IntoIterator<Item = u32>>(rows: Rows) -> Self {
        let mut set = Self::new();
        set.extend(rows);
        set
    }
}
