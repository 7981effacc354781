//! What rows are written into: bytes of a file, or columns that one is to be made of.

use crate::export::{Format, Gathering, Writer};
use crate::photo::ItemFacts;

/// About how many bytes a piece has.
const PIECE_BYTES: usize = 1 << 23;
/// Rows of a row group of Parquet, of which a piece has one as a rule; and so many bytes end one too.
const GROUP_ROWS: u32 = 1 << 15;
const GROUP_BYTES: usize = 1 << 24;

/// A file in the making, of which what is ready is taken away piece by piece.
pub(super) enum Output {
    Text {
        writer: Writer,
        bytes: Vec<u8>,
    },
    /// The columns of whole row groups, and the rows that are to be the next one.
    Columns {
        gathering: Gathering,
        groups: Vec<Vec<u8>>,
    },
}

impl Output {
    pub(super) fn new(format: Format) -> Self {
        match Writer::new(format) {
            Some(writer) => Self::Text { writer, bytes: room() },
            None => Self::Columns { gathering: Gathering::new(), groups: Vec::new() },
        }
    }

    /// Writes what comes before all rows.
    pub(super) fn begin(&mut self) {
        if let Self::Text { writer, bytes } = self {
            writer.begin(bytes);
        }
    }

    /// Whether the row is in the file.
    pub(super) fn row(&mut self, facts: &ItemFacts<'_>) -> bool {
        match self {
            Self::Text { writer, bytes } => writer.row(facts, bytes),
            Self::Columns { gathering, groups } => {
                gathering.push(facts);
                if gathering.rows() >= GROUP_ROWS || gathering.bytes() >= GROUP_BYTES {
                    groups.push(gathering.take());
                }
                true
            }
        }
    }

    /// Writes what comes after all rows.
    pub(super) fn end(&mut self) {
        match self {
            Self::Text { writer, bytes } => writer.end(bytes),
            Self::Columns { gathering, groups } if gathering.rows() > 0 => groups.push(gathering.take()),
            Self::Columns { .. } => {}
        }
    }

    /// Whether what is ready is enough for a piece.
    pub(super) fn has_piece(&self) -> bool {
        match self {
            Self::Text { bytes, .. } => bytes.len() >= PIECE_BYTES,
            Self::Columns { groups, .. } => !groups.is_empty(),
        }
    }

    /// Takes away what is ready, as buffers that travel beside an answer.
    pub(super) fn take(&mut self) -> Vec<Vec<u8>> {
        match self {
            Self::Text { bytes, .. } => vec![std::mem::replace(bytes, room())],
            Self::Columns { groups, .. } => std::mem::take(groups),
        }
    }
}

/// Room for a piece, and for the rows by which it becomes longer.
fn room() -> Vec<u8> {
    Vec::with_capacity(PIECE_BYTES + PIECE_BYTES / 4)
}
