//! Segments of texts: what is searched, apart from what is only looked up, so that a search reads nothing else.

use crate::catalog::ROWS_PER_SEGMENT;

use super::bytes::{Reader, write_strings};
use super::error::SegmentError;
use super::frame::{self, Sort};

/// One row's texts, as Google gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRow {
    pub file_name: String,
    pub description: String,
}

/// The record of the texts of at most [`ROWS_PER_SEGMENT`] rows.
pub fn encode_text(rows: &[TextRow]) -> Vec<u8> {
    encode_texts(rows.iter().map(|row| (row.file_name.as_str(), row.description.as_str())))
}

/// The same, of file names and descriptions where they are.
pub(crate) fn encode_texts<'a>(rows: impl ExactSizeIterator<Item = (&'a str, &'a str)> + Clone) -> Vec<u8> {
    frame::seal(Sort::Text, rows.len(), |out| {
        write_strings(out, rows.clone().map(|(file_name, _)| file_name));
        write_strings(out, rows.map(|(_, description)| description));
    })
}

/// Reads what [`encode_text`] wrote.
///
/// # Errors
/// When the record is not whole, not a segment of texts, or not one that this program writes.
pub fn decode_text(record: &[u8]) -> Result<Vec<TextRow>, SegmentError> {
    let owned = |(file_name, description): (&str, &str)| TextRow {
        file_name: file_name.to_owned(),
        description: description.to_owned(),
    };
    Ok(read_text(record)?.into_iter().map(owned).collect())
}

/// File name and description of each row, where they are in the record.
///
/// # Errors
/// As [`decode_text`].
pub fn read_text(record: &[u8]) -> Result<Vec<(&str, &str)>, SegmentError> {
    let (rows, columns) = frame::open(Sort::Text, record, ROWS_PER_SEGMENT)?;
    let mut reader = Reader::new(columns);
    let file_names = reader.texts(rows)?;
    let descriptions = reader.texts(rows)?;
    reader.end()?;
    Ok(file_names.into_iter().zip(descriptions).collect())
}
