//! Segments as bytes and back.
//!
//! A record is a header of 28 bytes (four letters that say what it is, version, number of rows, length of the rest,
//! checksum) and columns, all little-endian. Records come from a disk that may tear and from programs of other
//! versions: reading never panics, never trusts a length and never reserves more than the record itself justifies.

mod album;
mod bytes;
mod cameras;
mod cold;
mod cold_export;
mod cold_rows;
mod corrections;
mod error;
mod frame;
mod hot;
mod ids;
mod keys;
mod local;
mod text;

pub use album::{decode_album, encode_album};
pub use cameras::{decode_cameras, encode_cameras};
pub use cold::{ColdRow, encode_cold};
pub use cold_export::ColdExport;
pub use cold_rows::{ColdRows, decode_cold};
pub use corrections::ColdCorrection;
pub use error::SegmentError;
pub use hot::{HotSegment, decode_hot, encode_hot};
pub use keys::{decode_keys, encode_keys};
pub use local::LocalFacts;
pub use text::{TextRow, decode_text, encode_text, read_text};

pub(crate) use cold::{ColdFacts, encode_cold_facts};
pub(crate) use hot::{
    ABSENT, ACCOUNT, ARCHIVED, FAVORITE, HAS_PLACE, LOCKED, TAKEOUT, TRASHED, UNKNOWN_TAKEN, kind_from, kind_number,
    read_hot,
};
pub(crate) use local::LocalColumns;
pub(crate) use text::encode_texts;
