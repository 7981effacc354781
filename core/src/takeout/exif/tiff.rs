//! The directories of a TIFF structure (TIFF 6.0; Exif 3.0, CIPA DC-008).

use super::ExifProblem;
use super::pieces::{Pieces, Stop};

/// Longer texts are cut: the longest names of cameras and lenses have a hundred letters.
const MOST_TEXT_BYTES: u32 = 1024;

/// A TIFF structure inside of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tiff<'a> {
    pieces: &'a Pieces,
    /// Where it begins: its offsets count from here.
    pub(super) base: u64,
    /// Where it ends at the latest.
    end: u64,
    is_little: bool,
}

/// One entry of a directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) tag: u16,
    kind: u16,
    count: u32,
    /// Where the value is, or its place.
    at: u64,
}

impl<'a> Tiff<'a> {
    /// The structure at `base`, and where its first directory is.
    pub(super) fn open(pieces: &'a Pieces, base: u64, len: u64) -> Result<(Self, u32), Stop> {
        let end = base.checked_add(len).ok_or(ExifProblem::Outside)?.min(pieces.len());
        let is_little = match &pieces.array::<2>(base)? {
            b"II" => true,
            b"MM" => false,
            _ => return Err(ExifProblem::Malformed.into()),
        };
        let tiff = Self { pieces, base, end, is_little };
        // Panasonic and Olympus write marks of their own.
        if ![42, 0x55, 0x4f52, 0x5352].contains(&tiff.u16(base + 2)?) {
            return Err(ExifProblem::Malformed.into());
        }
        Ok((tiff, tiff.u32(base + 4)?))
    }

    /// The entries of a directory, and where the next one is.
    pub(super) fn directory(&self, offset: u32) -> Result<(Vec<Entry>, u32), Stop> {
        let at = self.base + u64::from(offset);
        let count = u64::from(self.u16(at)?);
        self.check(at + 2, count * 12)?;
        let bytes = self.pieces.bytes(at + 2, count * 12)?;
        let entries = bytes.chunks_exact(12).enumerate().map(|(nth, entry)| {
            let short = |at: usize| self.short([entry[at], entry[at + 1]]);
            let count = self.long([entry[4], entry[5], entry[6], entry[7]]);
            Entry { tag: short(0), kind: short(2), count, at: at + 2 + nth as u64 * 12 + 8 }
        });
        let entries = entries.collect();
        let next = if self.check(at + 2 + count * 12, 4).is_ok() { self.u32(at + 2 + count * 12)? } else { 0 };
        Ok((entries, next))
    }

    /// An entry's first number, if it is a whole one.
    pub(super) fn number(&self, entry: Entry) -> Result<Option<u32>, Stop> {
        if entry.count == 0 {
            return Ok(None);
        }
        Ok(match entry.kind {
            1 | 7 => Some(u32::from(self.value(entry, 1, 1)?[0])),
            3 => Some(u32::from(self.short(first(self.value(entry, 2, 1)?)))),
            4 | 13 => Some(self.long(first(self.value(entry, 4, 1)?))),
            _ => None,
        })
    }

    /// An entry's fractions, at most three.
    pub(super) fn fractions(&self, entry: Entry) -> Result<Vec<f64>, Stop> {
        if !matches!(entry.kind, 5 | 10) {
            return Ok(self.number(entry)?.map(f64::from).into_iter().collect());
        }
        let bytes = self.value(entry, 8, 3)?;
        let fractions = bytes.chunks_exact(8).map(|fraction| {
            let (above, below) = (self.long(first(&fraction[..4])), self.long(first(&fraction[4..])));
            if entry.kind == 10 {
                f64::from(above as i32) / f64::from(below as i32)
            } else {
                f64::from(above) / f64::from(below)
            }
        });
        Ok(fractions.collect())
    }

    /// An entry's text up to its first zero, without spaces around it.
    pub(super) fn text(&self, entry: Entry) -> Result<String, Stop> {
        if !matches!(entry.kind, 1 | 2 | 7 | 129) {
            return Ok(String::new());
        }
        let bytes = self.value(entry, 1, MOST_TEXT_BYTES)?;
        let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        let text: String = String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control()).collect();
        Ok(text.trim().to_owned())
    }

    /// The bytes of an entry's first values, at most `most` of `size` bytes.
    fn value(&self, entry: Entry, size: u32, most: u32) -> Result<&'a [u8], Stop> {
        let count = u64::from(entry.count.min(most)) * u64::from(size);
        let whole = u64::from(entry.count) * u64::from(size);
        let at = if whole <= 4 { entry.at } else { self.base + u64::from(self.u32(entry.at)?) };
        self.check(at, count)?;
        self.pieces.bytes(at, count)
    }

    fn check(&self, at: u64, count: u64) -> Result<(), Stop> {
        if at + count > self.end { Err(ExifProblem::Outside.into()) } else { Ok(()) }
    }

    fn u16(&self, at: u64) -> Result<u16, Stop> {
        self.check(at, 2)?;
        self.pieces.array(at).map(|bytes| self.short(bytes))
    }

    fn u32(&self, at: u64) -> Result<u32, Stop> {
        self.check(at, 4)?;
        self.pieces.array(at).map(|bytes| self.long(bytes))
    }

    fn short(&self, bytes: [u8; 2]) -> u16 {
        if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }
    }

    fn long(&self, bytes: [u8; 4]) -> u32 {
        if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }
    }
}

fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    *bytes.first_chunk().expect("a value has the bytes of its kind")
}
