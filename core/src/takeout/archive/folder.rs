//! An export that somebody has unpacked: files with their paths.

use std::collections::HashSet;

use super::bounds::Bounds;
use super::entry::{Batch, Entry, Place};
use super::name;
use crate::ports::FileId;

/// A file as the browser lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    pub file: FileId,
    /// From the chosen folder on, with `/` between the names.
    pub path: String,
    /// Bytes.
    pub size: u64,
}

/// The files of a folder as entries.
pub fn folder(files: impl IntoIterator<Item = Loose>, bounds: &Bounds) -> Batch {
    let mut batch = Batch::default();
    let mut seen = HashSet::new();
    for (ordinal, loose) in (0..=u32::MAX).zip(files) {
        match name::clean(&loose.path, false, bounds.name_bytes) {
            Ok(name) => batch.entries.push(Entry {
                ordinal,
                repeats: !seen.insert(name.text.clone()),
                name: name.text,
                size: loose.size,
                place: Place::Loose(loose.file),
                doubtful_name: name.doubtful,
            }),
            Err(problem) => batch.problems.push(problem),
        }
    }
    batch
}
