//! Segments of keys: by which a row is found again when its media item comes once more.

use crate::catalog::ROWS_PER_SEGMENT;

use super::bytes::{Reader, write_column};
use super::error::SegmentError;
use super::frame::{self, Sort};

/// The record of the keys of one segment's rows. 0 is the key of a row that no media item leads to any more.
pub fn encode_keys(keys: &[u128]) -> Vec<u8> {
    frame::seal(Sort::Keys, keys.len(), |out| write_column(out, keys, u128::to_le_bytes))
}

/// Reads what [`encode_keys`] wrote.
///
/// # Errors
/// When the record is not whole, not a segment of keys, or not one that this program writes.
pub fn decode_keys(record: &[u8]) -> Result<Vec<u128>, SegmentError> {
    let (rows, columns) = frame::open(Sort::Keys, record, ROWS_PER_SEGMENT)?;
    let mut reader = Reader::new(columns);
    let keys = reader.column(rows, u128::from_le_bytes)?;
    reader.end()?;
    Ok(keys)
}
