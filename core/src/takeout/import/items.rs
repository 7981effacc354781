//! What each photo of an export is as a media item, under an id that no other one has.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::facts::{Facts, key_of};
use crate::photo::MediaItem;
use crate::ports::Zones;
use crate::takeout::item::{id_of, item_of, path_id};
use crate::takeout::matching::{FileId, Resolved, Scan};

/// A file of a part: the part's number, and which of its files it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileRef {
    /// The number of the part, for as long as it is known.
    pub part: u16,
    /// `Entry::ordinal`.
    pub entry: u32,
}

/// All photos of an export.
pub struct Photos<'a> {
    pub scan: &'a Scan,
    pub resolved: &'a Resolved,
    /// By photo: the hash of its id, and whether that is made of its path, since another photo has the same mark.
    ids: Vec<(u128, bool)>,
}

impl<'a> Photos<'a> {
    #[inline(never)]
    pub fn new(scan: &'a Scan, resolved: &'a Resolved) -> Self {
        let mut seen = HashSet::with_capacity(resolved.photos.len());
        let ids = resolved.photos.iter().map(|photo| {
            let id = xxh3_128(id_of(scan, photo).as_bytes());
            match seen.insert(id) {
                true => (id, false),
                false => (xxh3_128(path_id(scan, photo.main).as_bytes()), true),
            }
        });
        let ids = ids.collect();
        Self { scan, resolved, ids }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The hash of a photo's id.
    pub fn id(&self, at: usize) -> u128 {
        self.ids[at].0
    }

    /// The photo as the catalog takes it, and a hash of all that it says.
    #[inline(never)]
    pub fn item(&self, at: usize, facts: &Facts, zones: &dyn Zones) -> (MediaItem, u64) {
        let photo = &self.resolved.photos[at];
        let facts = facts.get(key_of(self.scan, photo.main));
        let mut item = item_of(self.scan, photo, facts.as_ref(), zones);
        if self.ids[at].1 {
            item.id = path_id(self.scan, photo.main);
        }
        let bytes = postcard::to_allocvec(&item).expect("plain values are always written");
        (item, xxh3_64(&bytes))
    }

    /// Where a file is; `numbers` are those of the scan's parts.
    pub fn file(&self, file: FileId, numbers: &[u16]) -> FileRef {
        let view = self.scan.file(file);
        FileRef { part: numbers[view.part.0 as usize], entry: view.entry }
    }
}
