//! One entry of a zip from its first byte to its last, in bounded pieces: originals, and videos of gigabytes.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::super::entry::{Entry, Place};
use super::super::error::Flaw;
use super::Packed;
use super::local::{FIXED_BYTES, Method, header_bytes};

/// Packed bytes that are read at once.
const PIECE_BYTES: u64 = 1 << 20;
/// Unpacked bytes that are given at once.
const ROOM_BYTES: usize = 1 << 20;
/// Room for what a local header may have.
const HEADER_GUESS: u64 = 256;

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Read this slice and step with it.
    Read { at: u64, length: u32 },
    /// The next bytes of the file; step on without a slice.
    Bytes(Vec<u8>),
    /// All bytes were given, and they are the right ones.
    Done,
}

/// Gives the bytes of an entry in order.
#[derive(Debug)]
pub struct Body {
    packed: Packed,
    size: u64,
    /// Where the entry's own bytes begin; not known before its header was read.
    begins: Option<u64>,
    /// Packed bytes that were read and not yet unpacked.
    rest: Vec<u8>,
    read: u64,
    given: u64,
    sum: Crc,
    inflate: Decompress,
    ended: bool,
}

impl Body {
    /// # Errors
    /// Where the entry is in no zip.
    pub fn new(entry: &Entry) -> Result<Self, Flaw> {
        let Place::Zip(packed) = entry.place else { return Err(Flaw::Streamed) };
        let (sum, inflate) = (Crc::new(), Decompress::new(false));
        Ok(Self { packed, size: entry.size, begins: None, rest: vec![], read: 0, given: 0, sum, inflate, ended: false })
    }

    /// Bytes given so far.
    pub fn given(&self) -> u64 {
        self.given
    }

    /// Where in the archive the file's bytes lie as they are, once the header was read; `None` if they are packed.
    pub fn stored(&self) -> Option<std::ops::Range<u64>> {
        let begins = self.begins.filter(|_| self.packed.method == Method::Stored)?;
        Some(begins..begins + self.packed.bytes)
    }

    /// Goes on with the slice that was asked for, empty where none was.
    ///
    /// # Errors
    /// Where the bytes are not what the directory says. Those given before are then worth nothing.
    pub fn step(&mut self, slice: &[u8]) -> Result<Next, Flaw> {
        let Some(begins) = self.begins else { return self.header(slice) };
        if !slice.is_empty() {
            let take = (self.packed.bytes - self.read).min(slice.len() as u64) as usize;
            self.read += take as u64;
            self.rest.extend_from_slice(&slice[..take]);
        }
        let bytes = match self.packed.method {
            Method::Stored => std::mem::take(&mut self.rest),
            Method::Deflated => self.inflate()?,
        };
        if !bytes.is_empty() {
            self.sum.update(&bytes);
            self.given += bytes.len() as u64;
            return if self.given > self.size {
                Err(Flaw::OtherSize { size: self.size })
            } else {
                Ok(Next::Bytes(bytes))
            };
        }
        let left = self.packed.bytes - self.read;
        if left > 0 && !self.ended {
            return Ok(Next::Read { at: begins + self.read, length: left.min(PIECE_BYTES) as u32 });
        }
        if self.given != self.size || self.packed.method == Method::Deflated && !self.ended {
            return Err(Flaw::OtherSize { size: self.size });
        }
        if self.sum.sum() == self.packed.crc32 { Ok(Next::Done) } else { Err(Flaw::Damaged) }
    }

    fn header(&mut self, slice: &[u8]) -> Result<Next, Flaw> {
        match header_bytes(slice, &self.packed)? {
            Some(length) => {
                let begins = self.packed.header_at.saturating_add(length);
                self.begins = Some(begins);
                self.step(&[])
            }
            None => {
                let at = self.packed.header_at;
                let most = FIXED_BYTES + u64::from(self.packed.name_bytes) + HEADER_GUESS;
                let length = most.min(self.packed.ends_by.saturating_sub(at)) as u32;
                // The same slice again would be as short.
                if slice.is_empty() { Ok(Next::Read { at, length }) } else { Err(Flaw::CutOff) }
            }
        }
    }

    /// Unpacks as much of what was read as there is room for.
    fn inflate(&mut self) -> Result<Vec<u8>, Flaw> {
        if self.ended {
            return Ok(Vec::new());
        }
        let mut room = vec![0; ROOM_BYTES];
        let before = (self.inflate.total_in(), self.inflate.total_out());
        let status =
            self.inflate.decompress(&self.rest, &mut room, FlushDecompress::None).map_err(|_| Flaw::Damaged)?;
        self.rest.drain(..(self.inflate.total_in() - before.0) as usize);
        room.truncate((self.inflate.total_out() - before.1) as usize);
        self.ended = status == Status::StreamEnd;
        Ok(room)
    }
}
