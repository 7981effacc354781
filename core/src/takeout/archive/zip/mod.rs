//! Zip (PKWARE APPNOTE.TXT 6.3.10), read through slices.
//!
//! A library would do for files at hand; those for Rust want the whole list of files as objects at once, or a
//! blocking `Seek`. Here the list passes in pieces, and only the wanted entries are read, neighbors together.

mod body;
mod directory;
mod end;
mod extra;
mod listing;
mod local;
mod plan;
mod unpack;

pub use body::{Body, Next};
pub use listing::{Ask, Listing};
pub use local::Method;
pub use plan::{Block, Merging, blocks};
pub use unpack::{Unpacked, Unpacker};

/// Where an entry lies in its zip, as the central directory says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Where its local header begins.
    pub header_at: u64,
    /// Where its bytes have ended at the latest: the next local header, or as far as its own can reach.
    pub ends_by: u64,
    /// Size of its packed bytes.
    pub bytes: u64,
    /// Checksum of its unpacked bytes.
    pub crc32: u32,
    pub method: Method,
    /// Hash of its name's bytes: the local header must say the same name.
    pub name_mark: u64,
    pub name_bytes: u16,
}

/// What a name is compared by.
fn mark(raw_name: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(raw_name)
}
