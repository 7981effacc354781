//! Why a stored segment cannot be used.

use thiserror::Error;

/// Why a stored segment cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SegmentError {
    /// There is no such record where one must be.
    #[error("the record is missing")]
    Missing,
    /// It does not begin as such a record does.
    #[error("this is no record of that kind")]
    Foreign,
    #[error("the record is of a newer version ({found}) than this page knows ({known})")]
    Newer { found: u32, known: u32 },
    #[error("the record is of an older version ({found}) than this page still reads ({known})")]
    Older { found: u32, known: u32 },
    /// It is shorter or longer than it says.
    #[error("the record has {found} bytes instead of {expected}")]
    Length { found: u64, expected: u64 },
    /// Its checksum is of other bytes.
    #[error("the record is damaged")]
    Torn,
    /// Whole, and yet not what this program writes.
    #[error("the record does not make sense: {what}")]
    Malformed { what: &'static str },
    /// More rows, or a higher number, than a catalog can have.
    #[error("the segment number {number} is out of range")]
    OutOfRange { number: u32 },
    /// The records of one segment disagree on how many rows it has.
    #[error("the record has {found} rows instead of {expected}")]
    Rows { found: usize, expected: usize },
}
