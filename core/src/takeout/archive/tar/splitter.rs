//! A tar cut into its entries as its bytes come.

use std::collections::HashSet;

use tar::{EntryType, Header};

use super::super::bounds::{Bounds, Take};
use super::super::entry::{Entry, Place};
use super::super::error::{EntryError, Fault, Flaw};
use super::super::name;
use super::meta::{MOST_BYTES, Meta};

const BLOCK: usize = 512;

/// A file that has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub entry: Entry,
    /// What was wanted of it; `None` where nothing was, or where it was longer than is taken whole.
    pub bytes: Option<Vec<u8>>,
}

/// Cuts. `wants` says of each file how much of it is kept.
#[derive(Debug)]
pub(super) struct Splitter<W> {
    wants: W,
    bounds: Bounds,
    plain: bool,
    /// Files before this one are known: they pass unasked.
    from: u32,
    state: State,
    block: Vec<u8>,
    meta: Meta,
    /// Bytes of the tar that have passed.
    pub(super) passed: u64,
    ordinal: u64,
    names: HashSet<u64>,
    kept: Vec<Kept>,
    problems: Vec<EntryError>,
    fault: Option<Fault>,
}

#[derive(Debug)]
enum State {
    Header,
    /// A second header of a file with holes (GNU) comes before its content.
    MoreHeader {
        left: u64,
    },
    About {
        kind: EntryType,
        left: u64,
        padding: u64,
        content: Vec<u8>,
    },
    File {
        entry: Box<Entry>,
        take: u32,
        left: u64,
        padding: u64,
        bytes: Option<Vec<u8>>,
    },
    Skip {
        left: u64,
    },
    Ended,
}

/// What a splitter has found.
#[derive(Debug, Default)]
pub(super) struct Cut {
    pub(super) kept: Vec<Kept>,
    pub(super) problems: Vec<EntryError>,
}

impl<W: FnMut(&Entry) -> Take> Splitter<W> {
    pub(super) fn new(plain: bool, from: u32, bounds: Bounds, wants: W) -> Self {
        Self {
            wants,
            bounds,
            plain,
            from,
            state: State::Header,
            block: Vec::with_capacity(BLOCK),
            meta: Meta::default(),
            passed: 0,
            ordinal: 0,
            names: HashSet::new(),
            kept: Vec::new(),
            problems: Vec::new(),
            fault: None,
        }
    }

    pub(super) fn cut(&mut self) -> Cut {
        Cut { kept: std::mem::take(&mut self.kept), problems: std::mem::take(&mut self.problems) }
    }

    pub(super) fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Whether the tar's own end has passed.
    pub(super) fn ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Names what is lost when no more bytes come.
    pub(super) fn cut_off(&mut self) {
        if let State::File { entry, .. } = std::mem::replace(&mut self.state, State::Ended) {
            self.problems.push(EntryError { name: name::shown(&entry.name), flaw: Flaw::CutOff });
        }
    }

    /// Takes the next bytes. Nothing is taken after a fault, or after the end.
    pub(super) fn take(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && self.fault.is_none() && !self.ended() {
            let used = self.some(bytes);
            self.passed += used as u64;
            bytes = &bytes[used..];
        }
    }

    /// Takes a first part of the bytes, at least one, and tells how many.
    fn some(&mut self, bytes: &[u8]) -> usize {
        match &mut self.state {
            State::Header | State::MoreHeader { .. } => {
                let used = bytes.len().min(BLOCK - self.block.len());
                self.block.extend_from_slice(&bytes[..used]);
                if self.block.len() == BLOCK {
                    let block = std::mem::take(&mut self.block);
                    match self.state {
                        State::MoreHeader { left } => self.more_header(&block, left),
                        _ => self.header(&block),
                    }
                    self.block = block;
                    self.block.clear();
                }
                used
            }
            State::About { left, content, .. } => {
                let used = at_most(bytes, *left);
                content.extend_from_slice(&bytes[..used]);
                *left -= used as u64;
                if *left == 0 {
                    self.file_ends();
                }
                used
            }
            State::File { take, left, bytes: kept, .. } => {
                let used = at_most(bytes, *left);
                if let Some(kept) = kept {
                    let room = (*take as usize).saturating_sub(kept.len());
                    kept.extend_from_slice(&bytes[..used.min(room)]);
                }
                *left -= used as u64;
                if *left == 0 {
                    self.file_ends();
                }
                used
            }
            State::Skip { left } => {
                let used = at_most(bytes, *left);
                *left -= used as u64;
                if *left == 0 {
                    self.state = State::Header;
                }
                used
            }
            State::Ended => bytes.len(),
        }
    }

    /// All of an entry's content has come.
    fn file_ends(&mut self) {
        match std::mem::replace(&mut self.state, State::Header) {
            State::About { kind, padding, content, .. } => {
                self.meta.learn(kind, &content);
                self.skip(padding);
            }
            State::File { entry, padding, bytes, .. } => {
                self.kept.push(Kept { entry: *entry, bytes });
                self.skip(padding);
            }
            other => self.state = other,
        }
    }

    fn skip(&mut self, bytes: u64) {
        self.state = if bytes == 0 { State::Header } else { State::Skip { left: bytes } };
    }

    fn header(&mut self, block: &[u8]) {
        if block.iter().all(|byte| *byte == 0) {
            // The standard ends with two such blocks; some write one.
            self.state = State::Ended;
            return;
        }
        let header = Header::from_byte_slice(block);
        let kind = header.entry_type();
        let said = header.entry_size().ok();
        let about = Meta::is(kind) || kind.is_pax_global_extensions() || kind.is_gnu_longlink();
        let size = if about { said } else { self.meta.size().or(said) };
        let Some((size, whole)) =
            size.filter(|_| is_header(header)).and_then(|size| Some((size, size.checked_next_multiple_of(512)?)))
        else {
            let first = self.passed < BLOCK as u64;
            self.fault = Some(if first { Fault::NoTar } else { Fault::Damaged { at: self.passed } });
            return;
        };
        if about {
            if Meta::is(kind) && size <= MOST_BYTES {
                self.state = State::About { kind, left: size, padding: whole - size, content: Vec::new() };
                if size == 0 {
                    self.file_ends();
                }
            } else {
                self.meta.lost |= Meta::is(kind);
                self.skip(whole);
            }
            return;
        }
        if self.ordinal >= self.bounds.entries.min(u32::MAX.into()) {
            self.fault = Some(Fault::TooMany { entries: self.ordinal + 1 });
            return;
        }
        let meta = std::mem::take(&mut self.meta);
        let entry = self.entry(header, &meta, size);
        self.ordinal += 1;
        let extended = header.as_gnu().is_some_and(|gnu| kind.is_gnu_sparse() && gnu.is_extended());
        match entry {
            Ok(Some(entry)) => self.file(entry, size, whole - size),
            Ok(None) => self.skip(whole),
            Err(problem) => {
                if self.ordinal > u64::from(self.from) {
                    self.problems.push(problem);
                }
                if extended { self.state = State::MoreHeader { left: whole } } else { self.skip(whole) }
            }
        }
    }

    /// The map of a file's holes goes on for a block at a time (GNU tar, `isextended`).
    fn more_header(&mut self, block: &[u8], left: u64) {
        const IS_EXTENDED: usize = 504;
        if block[IS_EXTENDED] == 0 {
            self.skip(left);
        }
    }

    fn file(&mut self, entry: Entry, size: u64, padding: u64) {
        let wanted = if entry.ordinal < self.from { Take::Nothing } else { (self.wants)(&entry) };
        let take = wanted.bytes(size).filter(|_| wanted != Take::Nothing);
        let bytes = take.map(|_| Vec::new());
        self.state = State::File { entry: Box::new(entry), take: take.unwrap_or(0), left: size, padding, bytes };
        if size == 0 {
            self.file_ends();
        }
    }

    /// What a header says; `None` for a folder.
    fn entry(&mut self, header: &Header, meta: &Meta, size: u64) -> Result<Option<Entry>, EntryError> {
        let short = header.path_bytes();
        let (text, doubtful) = name::utf8(meta.name().unwrap_or(&short));
        if meta.lost {
            return Err(EntryError { name: name::shown(&text), flaw: Flaw::Damaged });
        }
        let name = name::clean(&text, doubtful, self.bounds.name_bytes)?;
        match header.entry_type() {
            EntryType::Directory => return Ok(None),
            EntryType::Regular | EntryType::Continuous if name.folder => return Ok(None),
            EntryType::Regular | EntryType::Continuous => {}
            _ => return Err(EntryError { name: name::shown(&name.text), flaw: Flaw::NotAFile }),
        }
        let repeats = !self.names.insert(xxhash_rust::xxh3::xxh3_64(name.text.as_bytes()));
        // This header's last bytes are not counted as passed yet.
        let at = self.plain.then(|| self.passed - self.passed % BLOCK as u64 + BLOCK as u64);
        Ok(Some(Entry {
            ordinal: self.ordinal as u32,
            name: name.text,
            size,
            place: Place::Tar { at },
            repeats,
            doubtful_name: name.doubtful,
        }))
    }
}

fn at_most(bytes: &[u8], left: u64) -> usize {
    usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()))
}

/// Whether a block's own sum is right (POSIX.1-2017, pax, ustar interchange format: chksum).
fn is_header(header: &Header) -> bool {
    let bytes = header.as_bytes();
    let sum = bytes.iter().enumerate().map(|(at, byte)| u32::from(if (148..156).contains(&at) { b' ' } else { *byte }));
    header.cksum().is_ok_and(|said| said == sum.sum::<u32>())
}
