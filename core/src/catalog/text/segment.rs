//! The texts of one segment, folded, in one piece.

use memchr::memmem::Finder;

use crate::catalog::RowSet;

use super::fold::fold_into;

/// What ends every text. Words have no white space in them, so that nothing found reaches from one text into the next.
const END: u8 = b'\n';

/// The folded texts of one segment's rows, one after the other.
#[derive(Debug, Default)]
pub(in crate::catalog) struct SegmentTexts {
    bytes: Box<[u8]>,
    /// Where the texts of each row end, which is where those of the next begin.
    ends: Box<[usize]>,
}

impl SegmentTexts {
    /// Of file names and descriptions.
    pub(in crate::catalog) fn new<'a>(rows: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Self {
        // Nearly all texts are as long when they are folded: what grows step by step leaves holes behind in memory that is
        // never given back.
        let length = |text: &str| text.len() + usize::from(!text.is_empty());
        let lengths = rows.clone().map(|(file_name, description)| length(file_name) + length(description));
        let (mut bytes, mut ends) = (Vec::with_capacity(lengths.sum()), Vec::with_capacity(rows.size_hint().0));
        for (file_name, description) in rows {
            for text in [file_name, description].into_iter().filter(|text| !text.is_empty()) {
                fold_into(text, &mut bytes);
                bytes.push(END);
            }
            ends.push(bytes.len());
        }
        Self { bytes: bytes.into(), ends: ends.into() }
    }

    /// Puts into `found` the rows in which every word occurs: all of them if there is no word. Rows are counted from
    /// `first_row`.
    pub(super) fn find(&self, finders: &[Finder<'_>], first_row: u32, found: &mut RowSet) {
        let Some((first, others)) = finders.split_first() else {
            return found.insert_range(first_row..first_row + self.ends.len() as u32);
        };
        let (mut row, mut from) = (0, 0);
        while let Some(at) = first.find(&self.bytes[from..]) {
            let at = from + at;
            let start = loop {
                // What is found lies before the end of the last row.
                if self.ends[row] > at {
                    break if row == 0 { 0 } else { self.ends[row - 1] };
                }
                row += 1;
            };
            from = self.ends[row];
            if others.iter().all(|word| word.find(&self.bytes[start..from]).is_some()) {
                found.insert(first_row + row as u32);
            }
        }
    }

    /// The same for a few rows alone, counted from `first_row` too.
    pub(super) fn find_among(
        &self,
        among: impl Iterator<Item = u32>,
        finders: &[Finder<'_>],
        first_row: u32,
        found: &mut RowSet,
    ) {
        for row in among {
            let place = (row - first_row) as usize;
            let Some(end) = self.ends.get(place) else { return };
            let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
            if finders.iter().all(|word| word.find(&self.bytes[start..*end]).is_some()) {
                found.insert(row);
            }
        }
    }
}
