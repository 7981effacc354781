//! What is searched for.

use memchr::memmem::{Finder, find};

use super::fold::folded;

/// More words than anybody types: whether one such query narrows another is not worth finding out.
const MOST_COMPARED_WORDS: usize = 32;

/// The words of a query, all of which must occur, anywhere in a file name or a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Query {
    /// Folded, each once, the longest first: it is likely to be the rarest.
    words: Vec<Vec<u8>>,
}

impl Query {
    /// Splits a text at its white space.
    pub(super) fn new(text: &str) -> Self {
        let mut words: Vec<Vec<u8>> = text.split_whitespace().map(folded).collect();
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        Self { words }
    }

    pub(super) fn finders(&self) -> Vec<Finder<'_>> {
        self.words.iter().map(Finder::new).collect()
    }

    /// Whether all that it finds was found by an earlier query too, as far as the words themselves tell.
    pub(super) fn narrows(&self, earlier: &Self) -> bool {
        let few = self.words.len().max(earlier.words.len()) <= MOST_COMPARED_WORDS;
        few && earlier.words.iter().all(|old| self.words.iter().any(|new| find(new, old).is_some()))
    }
}
