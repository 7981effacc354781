//! The central directory, taken in pieces of any size (APPNOTE.TXT, 4.3.12).

use std::collections::HashSet;

use super::super::bounds::Bounds;
use super::super::bytes::{u16_at, u32_at};
use super::super::entry::{Batch, Entry, Place};
use super::super::error::{EntryError, Fault, Flaw};
use super::super::name;
use super::local::{FIXED_BYTES, Method};
use super::{Packed, extra, mark};

const SIGNATURE: u32 = 0x0201_4B50;
/// May stand behind the last record (4.3.13).
const DIGITAL_SIGNATURE: u32 = 0x0505_4B50;
const RECORD_BYTES: usize = 46;
/// What a local header and a data descriptor may have beyond what the directory tells.
const SLACK_BYTES: u64 = 128;

/// Reads records as their bytes come.
#[derive(Debug)]
pub(super) struct Directory {
    bounds: Bounds,
    /// Where the directory begins.
    begins: u64,
    /// What is added to each offset: bytes that stand before the archive.
    shift: u64,
    /// Bytes that have been taken for records.
    used: u64,
    /// Bytes of a record that has not come to its end.
    rest: Vec<u8>,
    ordinal: u64,
    ended: bool,
    names: HashSet<u64>,
    /// The last entry: how far it reaches is known with the next.
    held: Option<Entry>,
}

impl Directory {
    /// A directory at `begins`, in an archive whose offsets are `shift` too small.
    pub(super) fn new(begins: u64, shift: u64, bounds: Bounds) -> Self {
        let (rest, names) = (Vec::new(), HashSet::new());
        Self { bounds, begins, shift, used: 0, rest, ordinal: 0, ended: false, names, held: None }
    }

    /// Whether a directory may begin like this; an empty one has nothing to begin with.
    pub(super) fn begins_with(bytes: &[u8]) -> bool {
        u32_at(bytes, 0) == Some(SIGNATURE)
    }

    /// How many records were read.
    pub(super) fn records(&self) -> u64 {
        self.ordinal
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// Where it is no record; what was read before is in `batch`.
    pub(super) fn take(&mut self, piece: &[u8], batch: &mut Batch) -> Result<(), Fault> {
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(piece);
        let mut at = 0;
        while !self.ended {
            match self.record(&bytes[at..], batch) {
                Ok(Some(length)) => {
                    at += length;
                    self.used += length as u64;
                }
                Ok(None) => break,
                Err(fault) => {
                    self.release(None, batch);
                    return Err(fault);
                }
            }
        }
        bytes.drain(..at);
        self.rest = bytes;
        Ok(())
    }

    /// No piece comes any more.
    ///
    /// # Errors
    /// Where a record had begun.
    pub(super) fn end(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        let begins = self.begins;
        self.release(Some(begins), batch);
        if self.rest.is_empty() || self.ended { Ok(()) } else { Err(self.damaged()) }
    }

    fn damaged(&self) -> Fault {
        Fault::Directory { at: self.begins.saturating_add(self.used) }
    }

    /// Reads one record and tells its length; `None` where more bytes must come.
    fn record(&mut self, bytes: &[u8], batch: &mut Batch) -> Result<Option<usize>, Fault> {
        match u32_at(bytes, 0) {
            Some(SIGNATURE) => {}
            Some(DIGITAL_SIGNATURE) => {
                self.ended = true;
                return Ok(None);
            }
            Some(_) => return Err(self.damaged()),
            None => return Ok(None),
        }
        let Some(record) = Record::read(bytes) else { return Ok(None) };
        if self.ordinal >= self.bounds.entries.min(u32::MAX.into()) {
            return Err(Fault::TooMany { entries: self.ordinal + 1 });
        }
        let ordinal = self.ordinal as u32;
        self.ordinal += 1;
        let entry = self.entry(&record, ordinal);
        self.release(record.offset(self.shift), batch);
        match entry {
            Ok(entry) => self.held = entry,
            Err(problem) => batch.problems.push(problem),
        }
        Ok(Some(record.length))
    }

    /// Lets the held entry go, now that something is known to begin at `next`.
    fn release(&mut self, next: Option<u64>, batch: &mut Batch) {
        let Some(mut entry) = self.held.take() else { return };
        if let (Place::Zip(packed), Some(next)) = (&mut entry.place, next)
            && next > packed.header_at
        {
            let least = packed.header_at + FIXED_BYTES + u64::from(packed.name_bytes) + packed.bytes;
            if next < least {
                batch.problems.push(EntryError { name: name::shown(&entry.name), flaw: Flaw::Overlaps });
                return;
            }
            packed.ends_by = packed.ends_by.min(next);
        }
        batch.entries.push(entry);
    }

    /// What a record says; `None` for a folder.
    fn entry(&mut self, record: &Record, ordinal: u32) -> Result<Option<Entry>, EntryError> {
        let (text, doubtful) = record.name();
        let name = name::clean(&text, doubtful, self.bounds.name_bytes)?;
        if name.folder {
            return Ok(None);
        }
        let problem = |flaw| EntryError { name: name::shown(&name.text), flaw };
        if record.is_link() {
            return Err(problem(Flaw::NotAFile));
        }
        let method = record.method().map_err(problem)?;
        let (size, bytes, _) = record.sizes().ok_or_else(|| problem(Flaw::Disagrees))?;
        let header_at = record.offset(self.shift).ok_or_else(|| problem(Flaw::BeyondEnd))?;
        let name_bytes = record.raw_name.len() as u16;
        // The directory lies behind all entries.
        let least = header_at.checked_add(FIXED_BYTES + u64::from(name_bytes)).and_then(|at| at.checked_add(bytes));
        let least = least.filter(|least| *least <= self.begins).ok_or_else(|| problem(Flaw::BeyondEnd))?;
        if self.bounds.is_bomb(size, bytes) {
            return Err(problem(Flaw::Bomb { size, packed: bytes }));
        }
        if method == Method::Stored && size != bytes {
            return Err(problem(Flaw::OtherSize { size }));
        }
        let reach = least.saturating_add(record.extra.len() as u64 + SLACK_BYTES);
        let place = Place::Zip(Packed {
            header_at,
            ends_by: reach.min(self.begins),
            bytes,
            crc32: record.crc32,
            method,
            name_mark: mark(record.raw_name),
            name_bytes,
        });
        let repeats = !self.names.insert(mark(name.text.as_bytes()));
        Ok(Some(Entry { ordinal, name: name.text, size, place, repeats, doubtful_name: name.doubtful }))
    }
}

/// The fields of a record that matter.
struct Record<'a> {
    length: usize,
    made_by: u16,
    flags: u16,
    method: u16,
    crc32: u32,
    packed: u32,
    size: u32,
    attributes: u32,
    offset: u32,
    raw_name: &'a [u8],
    extra: &'a [u8],
}

impl<'a> Record<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let length_at = |at| u16_at(bytes, at).map(usize::from);
        let (name, extra, comment) = (length_at(28)?, length_at(30)?, length_at(32)?);
        let length = RECORD_BYTES + name + extra + comment;
        let bytes = bytes.get(..length)?;
        Some(Self {
            length,
            made_by: u16_at(bytes, 4)?,
            flags: u16_at(bytes, 8)?,
            method: u16_at(bytes, 10)?,
            crc32: u32_at(bytes, 16)?,
            packed: u32_at(bytes, 20)?,
            size: u32_at(bytes, 24)?,
            attributes: u32_at(bytes, 38)?,
            offset: u32_at(bytes, 42)?,
            raw_name: &bytes[RECORD_BYTES..RECORD_BYTES + name],
            extra: &bytes[RECORD_BYTES + name..RECORD_BYTES + name + extra],
        })
    }

    /// The name as text, and whether some of it was none.
    fn name(&self) -> (String, bool) {
        const UTF8: u16 = 1 << 11;
        if let Some(name) = extra::unicode_name(self.extra, self.raw_name) {
            return (name.to_owned(), false);
        }
        // Many write UTF-8 and do not say so; what happens to be UTF-8 is hardly ever meant otherwise.
        let (text, doubtful) = name::utf8(self.raw_name);
        let (text, doubtful) =
            if doubtful && self.flags & UTF8 == 0 { (name::cp437(self.raw_name), false) } else { (text, doubtful) };
        // Made on FAT: some there divide names as their system does.
        let dos = self.made_by >> 8 == 0 && !text.contains('/');
        (if dos && !text.starts_with('\\') { text.replace('\\', "/") } else { text }, doubtful)
    }

    fn sizes(&self) -> Option<(u64, u64, u64)> {
        extra::widened(self.extra, self.size, self.packed, self.offset)
    }

    /// Where its local header begins.
    fn offset(&self, shift: u64) -> Option<u64> {
        self.sizes()?.2.checked_add(shift)
    }

    fn method(&self) -> Result<Method, Flaw> {
        const ENCRYPTED: u16 = 1;
        const AES: u16 = 99;
        match self.method {
            _ if self.flags & ENCRYPTED != 0 => Err(Flaw::Encrypted),
            AES => Err(Flaw::Encrypted),
            0 => Ok(Method::Stored),
            8 => Ok(Method::Deflated),
            other => Err(Flaw::Method(other)),
        }
    }

    /// Whether a Unix made it as a link, a device or the like.
    fn is_link(&self) -> bool {
        const UNIX: u16 = 3;
        let kind = self.attributes >> 16 & 0o170_000;
        self.made_by >> 8 == UNIX && kind != 0 && kind != 0o100_000 && kind != 0o040_000
    }
}
