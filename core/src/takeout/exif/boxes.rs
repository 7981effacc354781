//! Boxes of ISO base media files (ISO/IEC 14496-12), and atoms of QuickTime, which are the same.

use super::ExifProblem;
use super::pieces::{Pieces, Stop};

/// No box has more inside.
const MOST_BOXES: usize = 4000;

/// A box: what it is and where its content lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: [u8; 4],
    pub(super) at: u64,
    pub(super) end: u64,
}

impl Item {
    pub(super) fn len(&self) -> u64 {
        self.end - self.at
    }

    /// The box without the version and flags at its beginning.
    pub(super) fn after(&self, bytes: u64) -> Self {
        Self { at: (self.at + bytes).min(self.end), ..*self }
    }
}

/// Calls `visit` for every box from `at` to `end`. What it finds broken ends the walk.
pub(super) fn each(
    pieces: &Pieces,
    mut at: u64,
    end: u64,
    mut visit: impl FnMut(Item) -> Result<Walk, Stop>,
) -> Result<(), Stop> {
    let end = end.min(pieces.len());
    for _ in 0..MOST_BOXES {
        // What is too short for a box is padding.
        if at + 8 > end {
            return Ok(());
        }
        let short = u64::from(pieces.u32(at)?);
        let kind = pieces.array::<4>(at + 4)?;
        let (head, len) = match short {
            0 => (8, end - at),
            1 => (16, pieces.u64(at + 8)?),
            short => (8, short),
        };
        let own_end =
            at.checked_add(len).filter(|own_end| len >= head && *own_end <= end).ok_or(ExifProblem::Outside)?;
        if visit(Item { kind, at: at + head, end: own_end })? == Walk::Done {
            return Ok(());
        }
        at = own_end;
    }
    Err(ExifProblem::TooScattered.into())
}

/// Whether a walk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    On,
    Done,
}

/// The first box of a kind.
pub(super) fn find(pieces: &Pieces, at: u64, end: u64, kind: &[u8; 4]) -> Result<Option<Item>, Stop> {
    let mut found = None;
    each(pieces, at, end, |item| {
        if item.kind == *kind {
            found = Some(item);
            return Ok(Walk::Done);
        }
        Ok(Walk::On)
    })?;
    Ok(found)
}
