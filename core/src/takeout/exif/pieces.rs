//! The bytes of a file that were read so far, and which are needed next.

use std::ops::Range;

use super::facts::read_facts;
use super::{ExifProblem, MediaFacts};

/// What is worth reading at first: the Exif of nearly every JPEG and HEIC.
pub const HEAD_BYTES: u64 = 128 * 1024;

/// The least that is asked for at a time: more costs a browser nothing.
const LEAST_BYTES: u64 = 16 * 1024;
/// The most that one thing in a file may take.
const MOST_BYTES: u64 = 1024 * 1024;
/// All that is read of one file.
const MOST_BYTES_IN_ALL: u64 = 8 * 1024 * 1024;
const MOST_READS: usize = 32;

/// Reads what a file says of itself, from pieces of it.
///
/// ```
/// use albumen_core::takeout::exif::{Reader, Step};
///
/// let file = b"GIF89a\x02\x00\x01\x00 and so on";
/// let mut reader = Reader::new(file.len() as u64);
/// let facts = loop {
///     match reader.step() {
///         Step::Need(range) => reader.add(range.start, file[range.start as usize..range.end as usize].to_vec()),
///         Step::Done { facts, .. } => break facts,
///     }
/// };
/// assert_eq!((facts.width_px, facts.height_px), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    pieces: Pieces,
    asked: Option<Range<u64>>,
}

/// What a [`Reader`] wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// These bytes are to be read and given to [`Reader::add`]. Never empty, never past the end of the file.
    Need(Range<u64>),
    /// All is read that could be.
    Done { facts: Box<MediaFacts>, problems: Vec<ExifProblem> },
}

impl Reader {
    /// For a file of so many bytes.
    pub fn new(len: u64) -> Self {
        Self { pieces: Pieces { len, list: Vec::new() }, asked: None }
    }

    /// Takes over bytes from `at` on: those that were asked for, or more.
    pub fn add(&mut self, at: u64, bytes: Vec<u8>) {
        self.pieces.list.push((at, bytes));
    }

    /// What the bytes that were given say; nobody need give more.
    pub fn so_far(&self) -> MediaFacts {
        read_facts(&self.pieces).0
    }

    /// Reads as far as the bytes allow. Asked for the same bytes once more it gives up on them.
    pub fn step(&mut self) -> Step {
        if self.pieces.list.is_empty() && self.asked.is_none() && self.pieces.len > 0 {
            self.asked = Some(0..HEAD_BYTES.min(self.pieces.len));
            return Step::Need(0..HEAD_BYTES.min(self.pieces.len));
        }
        let (facts, mut problems, need) = read_facts(&self.pieces);
        let Some(need) = need else { return Step::Done { facts: Box::new(facts), problems } };
        let end = need.end.max(need.start.saturating_add(LEAST_BYTES)).min(self.pieces.len);
        let read: u64 = self.pieces.list.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        let is_spent = self.pieces.list.len() >= MOST_READS || read + (end - need.start) > MOST_BYTES_IN_ALL;
        if is_spent || self.asked.as_ref() == Some(&(need.start..end)) {
            problems.push(ExifProblem::TooScattered);
            return Step::Done { facts: Box::new(facts), problems };
        }
        self.asked = Some(need.start..end);
        Step::Need(need.start..end)
    }
}

/// Pieces of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    len: u64,
    list: Vec<(u64, Vec<u8>)>,
}

/// Why reading cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// These bytes are not there yet.
    Need(Range<u64>),
    Broken(ExifProblem),
}

impl From<ExifProblem> for Stop {
    fn from(problem: ExifProblem) -> Self {
        Self::Broken(problem)
    }
}

impl Pieces {
    /// How many bytes the whole file has.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// `count` bytes from `at` on.
    pub(super) fn bytes(&self, at: u64, count: u64) -> Result<&[u8], Stop> {
        let end = at.checked_add(count).filter(|end| *end <= self.len).ok_or(ExifProblem::Outside)?;
        if count == 0 {
            return Ok(&[]);
        }
        if count > MOST_BYTES {
            return Err(ExifProblem::TooLarge.into());
        }
        let inside = |(from, bytes): &'_ (u64, Vec<u8>)| {
            let from = usize::try_from(at.checked_sub(*from)?).ok()?;
            (from.checked_add(count as usize)? <= bytes.len()).then_some(from)
        };
        let found = self.list.iter().find_map(|piece| inside(piece).map(|from| &piece.1[from..from + count as usize]));
        found.ok_or(Stop::Need(at..end))
    }

    /// `N` bytes from `at` on.
    pub(super) fn array<const N: usize>(&self, at: u64) -> Result<[u8; N], Stop> {
        let bytes = self.bytes(at, N as u64)?;
        Ok(*bytes.first_chunk().expect("as many bytes as were asked for"))
    }

    pub(super) fn u16(&self, at: u64) -> Result<u16, Stop> {
        self.array(at).map(u16::from_be_bytes)
    }

    pub(super) fn u32(&self, at: u64) -> Result<u32, Stop> {
        self.array(at).map(u32::from_be_bytes)
    }

    pub(super) fn u64(&self, at: u64) -> Result<u64, Stop> {
        self.array(at).map(u64::from_be_bytes)
    }
}
