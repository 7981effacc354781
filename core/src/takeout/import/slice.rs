//! A slice of a part: some of its files, and what the sidecars among them say. It is stored as a whole, so that a job
//! which breaks off goes on after the last one.

use serde::{Deserialize, Serialize};

use crate::takeout::archive::{Entry, EntryError, Flaw};
use crate::takeout::matching::{FileId, Found, PartId, Scan};
use crate::takeout::sidecar::MOST_JSON_BYTES;

/// Files of one slice.
pub const MOST_FILES: usize = 8192;
/// Sidecars of one slice: they take about a second where each is a read of its own.
pub const MOST_CARDS: usize = 2048;

/// Where the slice ends that begins at `from`.
pub fn chunk_end(entries: &[Entry], from: usize) -> usize {
    let mut cards = 0;
    for (at, entry) in entries.iter().enumerate().skip(from).take(MOST_FILES) {
        cards += usize::from(may_be_card(entry));
        if cards > MOST_CARDS {
            return at;
        }
    }
    entries.len().min(from + MOST_FILES)
}

fn may_be_card(entry: &Entry) -> bool {
    let name = entry.name.as_bytes();
    name.len() >= 5 && name[name.len() - 5..].eq_ignore_ascii_case(b".json") && entry.size <= MOST_JSON_BYTES
}

/// A slice as it is stored.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SliceRecord {
    pub scan: Scan,
    /// Files that cannot be used, or of which a sidecar could not be read.
    pub flaws: Vec<EntryError>,
}

/// A slice that is being read.
#[derive(Debug)]
pub struct Slice {
    part: PartId,
    record: SliceRecord,
    /// Sidecars that are wanted, in the order in which they were asked for.
    wanted: Vec<(FileId, String)>,
}

impl Slice {
    /// Of the part of this name.
    pub fn new(part: &str) -> Self {
        let mut record = SliceRecord::default();
        let part = record.scan.part(part);
        Self { part, record, wanted: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.record.scan.is_empty() && self.record.flaws.is_empty()
    }

    /// How many files are in it.
    pub fn len(&self) -> usize {
        self.record.scan.len()
    }

    /// Takes files up; those whose content is wanted are given back.
    #[inline(never)] // As what follows: generic callers are made for their size, where they are called.
    pub fn add(&mut self, entries: &[Entry]) -> Vec<Entry> {
        let mut cards = Vec::new();
        for entry in entries {
            // A path that no export has is kept in the scan.
            if let Some(file) = self.find(entry)
                && self.record.scan.wants(file)
            {
                self.wanted.push((file, entry.name.clone()));
                cards.push(entry.clone());
            }
        }
        cards
    }

    /// Takes over the content of the file that was given back as the `index`-th, or why there is none.
    #[inline(never)]
    pub fn read(&mut self, index: usize, bytes: Result<&[u8], Flaw>) {
        let Some((file, name)) = self.wanted.get(index) else { return };
        match bytes {
            Ok(bytes) => self.record.scan.read(*file, bytes),
            Err(flaw) => {
                self.record.scan.give_up(*file);
                self.record.flaws.push(EntryError { name: name.clone(), flaw });
            }
        }
    }

    /// Takes up a file that has passed in a stream, with its content where that was kept.
    #[inline(never)]
    pub fn pass(&mut self, entry: &Entry, bytes: Option<&[u8]>) -> Option<FileId> {
        let file = self.find(entry)?;
        if self.record.scan.wants(file) {
            match bytes {
                Some(bytes) if bytes.len() as u64 == entry.size => self.record.scan.read(file, bytes),
                _ => self.record.scan.give_up(file),
            }
        }
        Some(file)
    }

    pub fn note(&mut self, flaws: impl IntoIterator<Item = EntryError>) {
        self.record.flaws.extend(flaws);
    }

    pub fn scan(&self) -> &Scan {
        &self.record.scan
    }

    /// As it is stored.
    #[inline(never)]
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(&self.record).expect("plain values are always written")
    }

    pub fn into_record(self) -> SliceRecord {
        self.record
    }

    fn find(&mut self, entry: &Entry) -> Option<FileId> {
        let Entry { ordinal, name, size, .. } = entry;
        self.record.scan.find(Found { part: self.part, entry: *ordinal, path: name, size: *size }).ok()
    }
}
