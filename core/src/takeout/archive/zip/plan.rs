//! Which slices hold the wanted entries: neighbors are read together, since a small slice costs as much as a
//! quarter of a megabyte read on.

use super::super::bounds::Take;
use super::Packed;
use super::local::FIXED_BYTES;

/// When reading on is cheaper than reading anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merging {
    /// Bytes between two wanted slices that are rather read than skipped.
    pub gap: u64,
    /// No slice of several entries is longer.
    pub most: u64,
}

impl Default for Merging {
    /// Measured in Chromium: a slice of a `File` costs 0.3 to 0.8 ms, reading goes on at 430 to 590 MB/s.
    fn default() -> Self {
        Self { gap: 256 << 10, most: 8 << 20 }
    }
}

/// A slice, and the entries whose headers begin in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub at: u64,
    pub length: u32,
    /// Which of the wanted entries, in the order of the file.
    pub wanted: Vec<u32>,
}

/// The slices to read for the entries in `wanted`, in the order of the file. Entries that are longer than `take`
/// takes are in none.
pub fn blocks<'a>(wanted: impl IntoIterator<Item = (&'a Packed, u64)>, take: Take, merging: Merging) -> Vec<Block> {
    let mut spans: Vec<(u64, u64, u32)> = (0..)
        .zip(wanted)
        .filter_map(|(nth, (packed, size))| Some((packed.header_at, ends_by(packed, size, take)?, nth)))
        .collect();
    spans.sort_unstable();
    let mut blocks: Vec<Block> = Vec::new();
    for (at, ends, nth) in spans {
        if let Some(block) = blocks.last_mut() {
            let block_ends = block.at + u64::from(block.length);
            let together = ends.max(block_ends) - block.at;
            if at <= block_ends.saturating_add(merging.gap) && together <= merging.most.min(u32::MAX.into()) {
                block.length = together as u32;
                block.wanted.push(nth);
                continue;
            }
        }
        blocks.push(Block { at, length: (ends - at) as u32, wanted: vec![nth] });
    }
    blocks
}

/// Where the wanted bytes of an entry have ended; `None` where it is too long to be taken.
fn ends_by(packed: &Packed, size: u64, take: Take) -> Option<u64> {
    let bytes = u64::from(take.bytes(size)?);
    if bytes >= size {
        // Deflate makes nothing longer by more than a part in a thousand: the rest is another lie.
        let length = packed.ends_by.saturating_sub(packed.header_at);
        return (packed.bytes <= size + size / 512 + 1024 && u32::try_from(length).is_ok()).then_some(packed.ends_by);
    }
    // What comes before them in a local header is a guess, which is mended by a second slice where it fails.
    let head = FIXED_BYTES + u64::from(packed.name_bytes) + HEADER_GUESS + bytes;
    Some(packed.header_at.saturating_add(head.min(u32::MAX.into())).min(packed.ends_by))
}

/// Bytes of extra fields that a local header usually has no more of.
const HEADER_GUESS: u64 = 64;
