//! What files say of themselves, kept small: each is looked into once, in whichever part or export it comes again.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::takeout::archive::EntryError;
use crate::takeout::exif::{MediaFacts, Reader, Step};
use crate::takeout::matching::{FileId, Scan};

/// A file by its folder, name and size: the same in a newer export.
pub type FileKey = u128;

/// The key of a file.
pub fn key_of(scan: &Scan, file: FileId) -> FileKey {
    let file = scan.file(file);
    xxh3_128(format!("{}/{}/{}", file.folder, file.name, file.size).as_bytes())
}

/// Some files that were looked into, as they are stored.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct FactsSlice {
    pub facts: Vec<(FileKey, MediaFacts)>,
    /// Files that could not be looked into. They are not tried again.
    pub flaws: Vec<EntryError>,
}

impl FactsSlice {
    #[inline(never)]
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("plain values are always written")
    }
}

/// What files say, about a hundred bytes for each.
#[derive(Debug, Default)]
pub struct Facts {
    places: HashMap<FileKey, (u32, u32)>,
    bytes: Vec<u8>,
}

impl Facts {
    pub fn has(&self, key: FileKey) -> bool {
        self.places.contains_key(&key)
    }

    #[inline(never)]
    pub fn get(&self, key: FileKey) -> Option<MediaFacts> {
        let (at, len) = *self.places.get(&key)?;
        postcard::from_bytes(self.bytes.get(at as usize..at as usize + len as usize)?).ok()
    }

    #[inline(never)]
    pub fn add(&mut self, slice: &FactsSlice) {
        for (key, facts) in &slice.facts {
            let bytes = postcard::to_allocvec(facts).expect("plain values are always written");
            // Of more than four gigabytes of facts nobody has the photos.
            let Ok(at) = u32::try_from(self.bytes.len()) else { return };
            self.bytes.extend_from_slice(&bytes);
            self.places.insert(*key, (at, bytes.len() as u32));
        }
    }
}

/// What can be told by the head of a file of `size` bytes alone.
#[inline(never)]
pub fn facts_of_head(size: u64, head: &[u8]) -> MediaFacts {
    let mut reader = Reader::new(size);
    reader.add(0, head.to_vec());
    loop {
        match reader.step() {
            // Asked for the same bytes once more it tells what it has.
            Step::Need(range) => reader.add(range.start, Vec::new()),
            Step::Done { facts, .. } => return *facts,
        }
    }
}
