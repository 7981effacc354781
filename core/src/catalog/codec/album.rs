//! Albums: a record each, with the rows that are in it as runs.

use crate::catalog::{AlbumRows, MOST_SEGMENTS, ROWS_PER_SEGMENT, RowRuns};
use crate::photo::{Album, AlbumSource};

use super::bytes::{Reader, write_column, write_strings};
use super::error::SegmentError;
use super::frame::{self, Sort};

/// Rows from here on are in no catalog.
const MOST_ROWS: usize = MOST_SEGMENTS as usize * ROWS_PER_SEGMENT;

/// The record of an album.
pub fn encode_album(album: &AlbumRows) -> Vec<u8> {
    let AlbumRows { album: Album { source, id, title, product_url, cover_id, count }, rows, missing } = album;
    frame::seal(Sort::Album, rows.len(), |out| {
        out.push(source_number(*source));
        write_column(out, &[*count, *missing, rows.runs().len() as u32], u32::to_le_bytes);
        write_strings(out, [id, title, product_url, cover_id].into_iter().map(String::as_str));
        write_column(out, &rows.runs().iter().map(|run| run.start).collect::<Vec<_>>(), u32::to_le_bytes);
        write_column(out, &rows.runs().iter().map(|run| run.end).collect::<Vec<_>>(), u32::to_le_bytes);
    })
}

/// Reads what [`encode_album`] wrote.
///
/// # Errors
/// When the record is not whole, not an album, or not one that this program writes.
pub fn decode_album(record: &[u8]) -> Result<AlbumRows, SegmentError> {
    let malformed = |what| SegmentError::Malformed { what };
    let (row_count, columns) = frame::open(Sort::Album, record, MOST_ROWS)?;
    let mut reader = Reader::new(columns);
    let source = source_of(reader.bytes(1)?[0]).ok_or_else(|| malformed("the album is of no known source"))?;
    let numbers = reader.column(3, u32::from_le_bytes)?;
    let [count, missing, run_count] = numbers[..] else { return Err(malformed("a column is cut short")) };
    let mut texts = reader.strings(4)?.into_iter();
    let mut text = || texts.next().unwrap_or_default();
    let album = Album { source, id: text(), title: text(), product_url: text(), cover_id: text(), count };
    let starts = reader.column(run_count as usize, u32::from_le_bytes)?;
    let ends = reader.column(run_count as usize, u32::from_le_bytes)?;
    reader.end()?;
    if ends.last().is_some_and(|end| *end as usize > MOST_ROWS) {
        return Err(malformed("it has rows that no catalog can have"));
    }
    let rows = RowRuns::new(starts.into_iter().zip(ends).map(|(start, end)| start..end).collect())
        .ok_or_else(|| malformed("its rows are in no order"))?;
    if rows.len() != row_count {
        return Err(malformed("it has another number of rows than it says"));
    }
    if album.id.is_empty() {
        return Err(malformed("the album has no id"));
    }
    Ok(AlbumRows { album, rows, missing })
}

fn source_number(source: AlbumSource) -> u8 {
    match source {
        AlbumSource::Library => 0,
        AlbumSource::Takeout => 1,
    }
}

fn source_of(number: u8) -> Option<AlbumSource> {
    [AlbumSource::Library, AlbumSource::Takeout].into_iter().find(|source| source_number(*source) == number)
}
