//! An entry's bytes out of the slice that it lies in.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::super::bounds::Take;
use super::super::entry::{Entry, Place};
use super::super::error::Flaw;
use super::Packed;
use super::local::{Method, header_bytes};

/// Unpacks one entry after another, with the same tables and the same room.
#[derive(Debug)]
pub struct Unpacker {
    inflate: Decompress,
    room: Vec<u8>,
}

impl Default for Unpacker {
    fn default() -> Self {
        Self { inflate: Decompress::new(false), room: Vec::new() }
    }
}

/// What came out of a slice.
#[derive(Debug, PartialEq, Eq)]
pub enum Unpacked<'a> {
    Bytes(&'a [u8]),
    /// The slice was too short: from the entry's header on, so many bytes are needed.
    Needs {
        length: u32,
    },
}

impl Unpacker {
    /// The bytes of a zip's `entry` as `take` wants them, from `slice`, which begins with its local header. Whole
    /// entries are checked against their checksum.
    ///
    /// # Errors
    /// Where they are not what the directory says, or more than is taken.
    pub fn unpack<'a>(&'a mut self, entry: &Entry, slice: &'a [u8], take: Take) -> Result<Unpacked<'a>, Flaw> {
        let Place::Zip(packed) = &entry.place else { return Err(Flaw::Streamed) };
        let limit = match take {
            Take::Whole(most) => u64::from(most),
            Take::Head(_) | Take::Nothing => u64::from(u32::MAX),
        };
        let wanted = take.bytes(entry.size).ok_or(Flaw::TooLarge { size: entry.size, limit })?;
        let Some(header) = header_bytes(slice, packed)? else {
            return needs(30 + u64::from(packed.name_bytes), slice);
        };
        let whole = u64::from(wanted) == entry.size;
        // A head is unpacked from as many packed bytes as it has itself: what deflate makes longer is longer by a hair.
        let packed_wanted = if whole { packed.bytes } else { packed.bytes.min(u64::from(wanted) + 1024) };
        let ends = header + packed_wanted;
        let (Ok(from), Ok(to)) = (usize::try_from(header), usize::try_from(ends)) else {
            return Err(Flaw::TooLarge { size: packed.bytes, limit });
        };
        let Some(bytes) = slice.get(from..to) else { return needs(ends, slice) };
        match packed.method {
            Method::Stored => {
                let bytes = &bytes[..bytes.len().min(wanted as usize)];
                if whole {
                    check(bytes, packed)?
                }
                Ok(Unpacked::Bytes(bytes))
            }
            Method::Deflated if whole => self.whole(bytes, packed, wanted),
            Method::Deflated => self.head(bytes, wanted),
        }
    }

    fn whole(&mut self, bytes: &[u8], packed: &Packed, size: u32) -> Result<Unpacked<'_>, Flaw> {
        self.inflate.reset(false);
        self.make_room(size);
        let room = &mut self.room[..size as usize];
        let status = self.inflate.decompress(bytes, room, FlushDecompress::Finish).map_err(|_| Flaw::Damaged)?;
        if status != Status::StreamEnd || self.inflate.total_out() != u64::from(size) {
            return Err(Flaw::OtherSize { size: size.into() });
        }
        check(room, packed)?;
        Ok(Unpacked::Bytes(room))
    }

    fn head(&mut self, bytes: &[u8], wanted: u32) -> Result<Unpacked<'_>, Flaw> {
        self.inflate.reset(false);
        self.make_room(wanted);
        let room = &mut self.room[..wanted as usize];
        let (mut read, mut made) = (0, 0);
        loop {
            self.inflate
                .decompress(&bytes[read..], &mut room[made..], FlushDecompress::None)
                .map_err(|_| Flaw::Damaged)?;
            let (now_read, now_made) = (self.inflate.total_in() as usize, self.inflate.total_out() as usize);
            if now_made == room.len() || (now_read, now_made) == (read, made) {
                return Ok(Unpacked::Bytes(&room[..now_made]));
            }
            (read, made) = (now_read, now_made);
        }
    }

    fn make_room(&mut self, bytes: u32) {
        if self.room.len() < bytes as usize {
            self.room.resize(bytes as usize, 0);
        }
    }
}

fn needs<'a>(length: u64, slice: &[u8]) -> Result<Unpacked<'a>, Flaw> {
    match u32::try_from(length) {
        Ok(length) if length as usize > slice.len() => Ok(Unpacked::Needs { length }),
        _ => Err(Flaw::Disagrees),
    }
}

fn check(bytes: &[u8], packed: &Packed) -> Result<(), Flaw> {
    let mut sum = Crc::new();
    sum.update(bytes);
    if sum.sum() == packed.crc32 { Ok(()) } else { Err(Flaw::Damaged) }
}
