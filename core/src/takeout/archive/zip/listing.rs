//! Which slices of a zip are read to learn what is in it, decided step by step.

use super::super::bounds::Bounds;
use super::super::entry::Batch;
use super::super::error::Fault;
use super::directory::Directory;
use super::end::{self, END64_BYTES, End, Found, TAIL_BYTES};

/// Bytes of the central directory that are read at once.
const PIECE_BYTES: u64 = 1 << 20;

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Read this slice, which lies inside the file, and step with it.
    Read { at: u64, length: u32 },
    /// All is listed.
    Done,
}

/// Lists a zip. Memory: one piece of the list, and eight bytes for each name.
#[derive(Debug)]
pub struct Listing {
    size: u64,
    bounds: Bounds,
    state: State,
    /// What was read first: small archives end in it, list and all.
    tail: Vec<u8>,
    tail_at: u64,
    batch: Batch,
}

#[derive(Debug)]
enum State {
    Start,
    Tail,
    /// The zip64 record is at one place, else at the other.
    Zip64 {
        at: u64,
        else_at: Option<u64>,
    },
    /// The first bytes of the list: they tell whether it is where it should be.
    Probe {
        end: End,
        at: u64,
        else_at: Option<u64>,
    },
    List {
        directory: Box<Directory>,
        at: u64,
        left: u64,
        said: u64,
    },
    Over,
}

impl Listing {
    /// A zip of `size` bytes.
    pub fn new(size: u64, bounds: Bounds) -> Self {
        Self { size, bounds, state: State::Start, tail: Vec::new(), tail_at: 0, batch: Batch::default() }
    }

    /// Entries and problems that were found since this was asked last.
    pub fn found(&mut self) -> Batch {
        std::mem::take(&mut self.batch)
    }

    /// Goes on with the slice that was asked for; the first step has none.
    ///
    /// # Errors
    /// Where the archive cannot be listed, or not to its end. What [`found`](Self::found) tells stands.
    pub fn step(&mut self, slice: &[u8]) -> Result<Ask, Fault> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Start => {
                self.tail_at = self.size.saturating_sub(TAIL_BYTES);
                self.state = State::Tail;
                Ok(Ask::Read { at: self.tail_at, length: (self.size - self.tail_at) as u32 })
            }
            State::Tail => {
                self.tail = slice.to_vec();
                match end::find(slice, self.tail_at)? {
                    Found::End(end) => self.probe(end),
                    Found::Zip64 { said, before } => {
                        let usual = before.checked_sub(END64_BYTES).filter(|usual| *usual != said);
                        self.look_for_zip64(said, usual)
                    }
                }
            }
            State::Zip64 { at, else_at } => self.read_zip64(slice, at, else_at),
            State::Probe { end, at, else_at } => self.read_probe(slice, end, at, else_at),
            State::List { directory, at, left, said } => self.read_list(slice, directory, at, left, said),
            State::Over => Ok(Ask::Done),
        }
    }

    /// The bytes at `at`, if they are in the tail that was read.
    fn at_hand(&self, at: u64, length: u64) -> Option<Vec<u8>> {
        let from = usize::try_from(at.checked_sub(self.tail_at)?).ok()?;
        Some(self.tail.get(from..from.checked_add(usize::try_from(length).ok()?)?)?.to_vec())
    }

    /// Asks for a slice in the present state, or goes on with it if it is at hand.
    fn want(&mut self, at: u64, length: u64) -> Result<Ask, Fault> {
        match self.at_hand(at, length) {
            Some(slice) => self.step(&slice),
            None => Ok(Ask::Read { at, length: length as u32 }),
        }
    }

    fn look_for_zip64(&mut self, at: u64, else_at: Option<u64>) -> Result<Ask, Fault> {
        let inside = |at: &u64| at.checked_add(END64_BYTES).is_some_and(|end| end <= self.size);
        match (Some(at).filter(inside), else_at.filter(inside)) {
            (Some(at), else_at) | (None, else_at @ Some(at)) => {
                self.state = State::Zip64 { at, else_at: else_at.filter(|other| *other != at) };
                self.want(at, END64_BYTES)
            }
            (None, None) => Err(Fault::Directory { at }),
        }
    }

    fn read_zip64(&mut self, slice: &[u8], at: u64, else_at: Option<u64>) -> Result<Ask, Fault> {
        match (end::zip64(slice, at)?, else_at) {
            (Some(end), _) => self.probe(end),
            (None, Some(other)) => self.look_for_zip64(other, None),
            (None, None) => Err(Fault::Directory { at }),
        }
    }

    fn probe(&mut self, end: End) -> Result<Ask, Fault> {
        if end.entries > self.bounds.entries {
            return Err(Fault::TooMany { entries: end.entries });
        }
        if end.bytes > self.bounds.directory_bytes {
            return Err(Fault::DirectoryTooLarge { bytes: end.bytes });
        }
        // Right before the record that follows it. If bytes stand before the archive, that is not where it says.
        let behind = end.followed_at.checked_sub(end.bytes).ok_or(Fault::Directory { at: end.followed_at })?;
        let said = Some(end.offset).filter(|said| *said < behind);
        if end.bytes == 0 {
            let empty = end.entries == 0;
            return if empty { Ok(Ask::Done) } else { Err(Fault::Directory { at: behind }) };
        }
        if end.bytes < 4 || end.offset > behind {
            return Err(Fault::Directory { at: end.offset });
        }
        self.state = State::Probe { end, at: behind, else_at: said };
        self.want(behind, 4)
    }

    fn read_probe(&mut self, slice: &[u8], end: End, at: u64, else_at: Option<u64>) -> Result<Ask, Fault> {
        if Directory::begins_with(slice) {
            let directory = Box::new(Directory::new(at, at - end.offset, self.bounds));
            return self.next_piece(directory, at, end.bytes, end.entries);
        }
        match else_at {
            Some(other) => {
                self.state = State::Probe { end, at: other, else_at: None };
                self.want(other, 4)
            }
            // Written by some that encrypt the list as well (APPNOTE.TXT, 7.3).
            None if slice.starts_with(b"PK\x06\x08") => Err(Fault::Encrypted),
            None => Err(Fault::Directory { at }),
        }
    }

    fn next_piece(&mut self, directory: Box<Directory>, at: u64, left: u64, said: u64) -> Result<Ask, Fault> {
        self.state = State::List { directory, at, left, said };
        let length = left.min(PIECE_BYTES);
        // Nothing is gained by a part of it that is at hand if the rest must be read.
        self.want(at, length)
    }

    fn read_list(
        &mut self,
        slice: &[u8],
        mut directory: Box<Directory>,
        at: u64,
        left: u64,
        said: u64,
    ) -> Result<Ask, Fault> {
        if slice.is_empty() || slice.len() as u64 > left {
            return Err(Fault::Changed);
        }
        directory.take(slice, &mut self.batch)?;
        let (at, left) = (at + slice.len() as u64, left - slice.len() as u64);
        if left > 0 {
            return self.next_piece(directory, at, left, said);
        }
        directory.end(&mut self.batch)?;
        // Where there are more than 65,535, old writers let the number begin again.
        if directory.records() % 65_536 != said % 65_536 {
            return Err(Fault::Directory { at });
        }
        self.tail = Vec::new();
        Ok(Ask::Done)
    }
}
