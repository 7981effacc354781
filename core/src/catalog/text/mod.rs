//! The texts of all rows, in memory once something is searched, and the search itself.
//!
//! A library of a million photos has some forty megabytes of names and descriptions. They are read once, kept folded
//! (see [`fold`]), and looked through from end to end: that takes less time than a picture takes to be drawn, finds
//! any part of a word, and there is no index to keep right.

mod fold;
mod query;
mod segment;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::codec::TextRow;
use super::ledger::SetAside;
use super::{ROWS_PER_SEGMENT, RowSet};
use query::Query;

pub(super) use segment::SegmentTexts;

pub(crate) use fold::fold_into;

/// What was found last is looked through alone only if it is no more than this part of all: to jump from row to row
/// costs more than to go on.
const FEW: usize = 4;

/// The texts that are in memory, and what was found last.
#[derive(Debug, Default)]
pub(super) struct TextIndex {
    /// By number; `None` where they are not read yet.
    segments: Vec<Option<SegmentTexts>>,
    /// Whether anything was ever searched: until then changes need not be followed.
    is_wanted: bool,
    last: Option<Last>,
    /// What could not be read, until somebody is told.
    set_aside: Vec<SetAside>,
    /// Raised when all is forgotten, so that what is being read meanwhile is not taken in.
    life: u32,
}

/// The last search.
#[derive(Debug)]
struct Last {
    query: Query,
    found: RowSet,
    /// Segments that changed since.
    stale: BTreeSet<u32>,
}

impl TextIndex {
    /// From now on it follows every change.
    pub(super) fn want(&mut self) {
        self.is_wanted = true;
    }

    pub(super) fn life(&self) -> u32 {
        self.life
    }

    /// The first segments, `most` at most, that are not read yet; there are `count` of them.
    pub(super) fn missing(&self, count: u32, most: usize) -> Vec<u32> {
        let is_missing = |number: &u32| self.segments.get(*number as usize).is_none_or(Option::is_none);
        (0..count).filter(is_missing).take(most).collect()
    }

    /// Takes in what was read, unless something newer came in the meantime.
    pub(super) fn fill(&mut self, number: u32, texts: SegmentTexts) {
        if self.segment(number).is_none() {
            self.set(number, texts);
        }
    }

    /// Notes what could not be read.
    pub(super) fn set_aside(&mut self, what: SetAside) {
        self.set_aside.push(what);
    }

    /// What could not be read, once.
    pub(super) fn take_set_aside(&mut self) -> Vec<SetAside> {
        std::mem::take(&mut self.set_aside)
    }

    /// Takes in what a segment says from now on.
    pub(super) fn change(&mut self, number: u32, rows: &[TextRow]) {
        if self.is_wanted {
            let texts = rows.iter().map(|row| (row.file_name.as_str(), row.description.as_str()));
            self.set(number, SegmentTexts::new(texts));
        }
    }

    /// Rows have come to a segment: it is read again when something is searched.
    pub(super) fn grow(&mut self, number: u32) {
        if let Some(segment) = self.segments.get_mut(number as usize) {
            *segment = None;
        }
        if let Some(last) = &mut self.last {
            last.stale.insert(number);
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self { life: self.life.wrapping_add(1), ..Self::default() };
    }

    /// The rows in which all words of `text` occur; a text without words finds every row. What is not read is not found.
    pub(super) fn find(&mut self, text: &str) -> RowSet {
        let query = Query::new(text);
        let finders = query.finders();
        let last = self.last.take().filter(|last| query.narrows(&last.query));
        let is_same = last.as_ref().is_some_and(|last| query == last.query);
        let mut found = RowSet::new();
        for (texts, number) in self.segments.iter().zip(0..) {
            let Some(texts) = texts else { continue };
            let rows = rows_of(number);
            match last.as_ref().filter(|last| !last.stale.contains(&number)) {
                Some(last) if is_same => found.extend(last.found.iter_in(rows)),
                Some(last) if last.found.len() * FEW <= self.segments.len() * ROWS_PER_SEGMENT => {
                    texts.find_among(last.found.iter_in(rows.clone()), &finders, rows.start, &mut found);
                }
                _ => texts.find(&finders, rows.start, &mut found),
            }
        }
        drop(finders);
        self.last = Some(Last { query, found: found.clone(), stale: BTreeSet::new() });
        found
    }

    fn segment(&self, number: u32) -> Option<&SegmentTexts> {
        self.segments.get(number as usize)?.as_ref()
    }

    fn set(&mut self, number: u32, texts: SegmentTexts) {
        let at = number as usize;
        if self.segments.len() <= at {
            self.segments.resize_with(at + 1, || None);
        }
        self.segments[at] = Some(texts);
        if let Some(last) = &mut self.last {
            last.stale.insert(number);
        }
    }
}

fn rows_of(number: u32) -> std::ops::Range<u32> {
    let first = number * ROWS_PER_SEGMENT as u32;
    first..first + ROWS_PER_SEGMENT as u32
}
