//! The header that all records of the catalog have in common.

use xxhash_rust::xxh3::Xxh3;

use super::error::SegmentError;

/// What is older was written before the first release, and nobody has it.
const OLDEST_VERSION: u32 = 2;
const HEADER_BYTES: usize = 28;
const CHECKED_HEADER_BYTES: usize = 20;

/// What a record is, as its first four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Hot,
    Cold,
    Text,
    Keys,
    Cameras,
    Album,
}

impl Sort {
    fn letters(self) -> [u8; 4] {
        match self {
            Self::Hot => *b"ALBh",
            Self::Cold => *b"ALBc",
            Self::Text => *b"ALBt",
            Self::Keys => *b"ALBk",
            Self::Cameras => *b"ALBm",
            Self::Album => *b"ALBa",
        }
    }

    /// The newest version of its format.
    fn version(self) -> u32 {
        match self {
            Self::Cold => 5,
            Self::Hot => 4,
            Self::Text | Self::Keys | Self::Cameras | Self::Album => 2,
        }
    }
}

/// Makes a record of `rows` rows; `write` appends the columns.
pub(super) fn seal(sort: Sort, rows: usize, write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    seal_as(sort, sort.version(), rows, write)
}

/// The same of a version that says it all.
pub(super) fn seal_as(sort: Sort, version: u32, rows: usize, write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut record = vec![0; HEADER_BYTES];
    write(&mut record);
    let length = (record.len() - HEADER_BYTES) as u64;
    record[0..4].copy_from_slice(&sort.letters());
    record[4..8].copy_from_slice(&version.to_le_bytes());
    record[8..12].copy_from_slice(&(rows as u32).to_le_bytes());
    record[12..20].copy_from_slice(&length.to_le_bytes());
    let checksum = checksum(&record);
    record[20..28].copy_from_slice(&checksum.to_le_bytes());
    record
}

/// The number of rows of a record and its columns, once the header and the checksum are right. The number of rows is
/// at most `most_rows`.
pub(super) fn open(sort: Sort, record: &[u8], most_rows: usize) -> Result<(usize, &[u8]), SegmentError> {
    open_any(sort, record, most_rows).map(|(_, rows, columns)| (rows, columns))
}

/// The same, with the version of the format before it.
pub(super) fn open_any(sort: Sort, record: &[u8], most_rows: usize) -> Result<(u32, usize, &[u8]), SegmentError> {
    let (Some(letters), Some(version)) = (record.first_chunk::<4>(), number_at(record, 4)) else {
        return Err(SegmentError::Foreign);
    };
    if *letters != sort.letters() {
        return Err(SegmentError::Foreign);
    }
    if version > sort.version() {
        return Err(SegmentError::Newer { found: version, known: sort.version() });
    }
    if version < OLDEST_VERSION {
        return Err(SegmentError::Older { found: version, known: OLDEST_VERSION });
    }
    let (Some((header, columns)), Some(rows)) = (record.split_at_checked(HEADER_BYTES), number_at(record, 8)) else {
        return Err(SegmentError::Length { found: record.len() as u64, expected: HEADER_BYTES as u64 });
    };
    let number = |at: usize| header[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    let (length, expected_checksum) = (number(12), number(CHECKED_HEADER_BYTES));
    if length != columns.len() as u64 {
        return Err(SegmentError::Length { found: columns.len() as u64, expected: length });
    }
    if checksum(record) != expected_checksum {
        return Err(SegmentError::Torn);
    }
    let rows = rows as usize;
    if rows > most_rows {
        return Err(SegmentError::Malformed { what: "it has too many rows" });
    }
    Ok((version, rows, columns))
}

fn number_at(record: &[u8], at: usize) -> Option<u32> {
    record.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// XXH3 of everything but the checksum itself.
fn checksum(record: &[u8]) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(&record[..CHECKED_HEADER_BYTES]);
    hash.update(&record[HEADER_BYTES..]);
    hash.digest()
}
