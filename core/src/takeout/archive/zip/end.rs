//! The end of a zip, which says where its central directory is (APPNOTE.TXT, 4.3.14 to 4.3.16).

use super::super::bytes::{u16_at, u32_at, u64_at};
use super::super::error::Fault;

const END: &[u8] = b"PK\x05\x06";
const END_BYTES: u64 = 22;
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_BYTES: u64 = 20;
const END64: &[u8] = b"PK\x06\x06";
/// The fixed part of the zip64 record.
pub(super) const END64_BYTES: u64 = 56;

/// As much as is read first: the record with the longest comment, and what zip64 puts before it.
pub(super) const TAIL_BYTES: u64 = END_BYTES + 65_535 + LOCATOR_BYTES + END64_BYTES;

/// Where the central directory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Where it begins, as written; all offsets of the archive are counted alike.
    pub(super) offset: u64,
    pub(super) bytes: u64,
    pub(super) entries: u64,
    /// Where the record lies that follows it.
    pub(super) followed_at: u64,
}

/// What the tail of a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    End(End),
    /// It is in the zip64 record, which should be at the first place, else right before the second.
    Zip64 {
        said: u64,
        before: u64,
    },
}

/// Looks for the end in `tail`, the last bytes of the file, which begin at `tail_at`.
pub(super) fn find(tail: &[u8], tail_at: u64) -> Result<Found, Fault> {
    let at = last(tail).ok_or(Fault::CutOff)?;
    let u16_of = |offset| u16_at(tail, at + offset).ok_or(Fault::CutOff);
    let u32_of = |offset| u32_at(tail, at + offset).ok_or(Fault::CutOff);
    let (disk, first_disk) = (u16_of(4)?, u16_of(6)?);
    let (here, entries) = (u16_of(8)?, u16_of(10)?);
    let (bytes, offset) = (u32_of(12)?, u32_of(16)?);
    let end_at = tail_at + at as u64;
    let locator = at.checked_sub(LOCATOR_BYTES as usize).filter(|locator| tail[*locator..].starts_with(LOCATOR));
    if let Some(locator) = locator {
        let said = u64_at(tail, locator + 8).ok_or(Fault::CutOff)?;
        if u32_at(tail, locator + 16).is_some_and(|disks| disks > 1) {
            return Err(Fault::Split);
        }
        return Ok(Found::Zip64 { said, before: tail_at + locator as u64 });
    }
    if disk != 0 && disk != u16::MAX || first_disk != 0 && first_disk != u16::MAX || here != entries {
        return Err(Fault::Split);
    }
    if bytes == u32::MAX || offset == u32::MAX {
        return Err(Fault::Directory { at: end_at });
    }
    Ok(Found::End(End { offset: offset.into(), bytes: bytes.into(), entries: entries.into(), followed_at: end_at }))
}

/// The last record whose comment reaches exactly to the end, else the last whose comment fits: some append to a zip.
fn last(tail: &[u8]) -> Option<usize> {
    let mut fits = None;
    for at in memchr::memmem::rfind_iter(tail, END) {
        let Some(comment) = u16_at(tail, at + 20) else { continue };
        match (at + END_BYTES as usize + usize::from(comment)).cmp(&tail.len()) {
            std::cmp::Ordering::Equal => return Some(at),
            std::cmp::Ordering::Less => fits = fits.or(Some(at)),
            std::cmp::Ordering::Greater => {}
        }
    }
    fits
}

/// Reads the zip64 record at `at`; `None` where there is none.
pub(super) fn zip64(record: &[u8], at: u64) -> Result<Option<End>, Fault> {
    if !record.starts_with(END64) {
        return Ok(None);
    }
    let read = || {
        let disks = (u32_at(record, 16)?, u32_at(record, 20)?);
        let entries = (u64_at(record, 24)?, u64_at(record, 32)?);
        let end = End { offset: u64_at(record, 48)?, bytes: u64_at(record, 40)?, entries: entries.1, followed_at: at };
        Some((disks == (0, 0) && entries.0 == entries.1, end))
    };
    match read() {
        Some((true, end)) => Ok(Some(end)),
        Some((false, _)) => Err(Fault::Split),
        None => Ok(None),
    }
}
