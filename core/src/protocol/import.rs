//! What page and worker say to each other of an import of Takeout.

use serde::{Deserialize, Serialize};

use super::Work;
use crate::takeout::archive::ArchiveError;
use crate::takeout::matching::Reason;
use crate::takeout::report::Report;

/// A file that an export came in: an archive, or one of the files of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewPart {
    /// Its name; of a file in a folder, its path from the folder that was chosen on, with `/` between.
    pub path: String,
    pub size: u64,
    /// `File.lastModified`, milliseconds since the epoch.
    pub modified_ms: i64,
}

/// An import as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportState {
    pub work: Work,
    pub step: ImportStep,
    /// Archives one by one; the files of a folder together.
    pub parts: Vec<PartState>,
    /// How much of the step is done, and of how much: bytes of parts while they are read, photos otherwise.
    pub done: u64,
    pub of: u64,
    /// Photos and videos found, and how many of them were not in the catalog before.
    pub photos: u32,
    pub added: u32,
    /// Time spent running, in milliseconds.
    pub elapsed_ms: u64,
}

/// What an import does at the moment. Photos are shown from [`Self::Keeping`] on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportStep {
    /// Lists of files and sidecars are read.
    Reading,
    /// Files and sidecars of all parts are brought together.
    Matching,
    /// Photos are kept in the catalog.
    Keeping,
    /// The heads of the photos are read for camera, exposure, size and the local time.
    LookingInside,
    Done,
    /// All that came by exports is taken out of the catalog again; rows are counted.
    Removing,
}

/// One part of an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartState {
    /// The archive's name, or that of the folder.
    pub name: String,
    pub size: u64,
    /// Files found in it so far.
    pub files: u32,
    pub progress: PartProgress,
    /// Whether the browser has it at hand: without it nothing more can be read of it, pictures neither.
    pub is_here: bool,
}

/// How far the reading of a part is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PartProgress {
    Waiting,
    /// Bytes of its size.
    Reading {
        done: u64,
    },
    Read,
    /// It could not be read, or not to its end. What was found before counts.
    Failed(ArchiveError),
}

/// What the imports of this device came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    pub report: Report,
    /// Compared with the import before: photos that were not there, photos of which something is different, and photos
    /// that are in no part any more.
    pub new: u32,
    pub changed: u32,
    pub gone: u32,
    /// Photos that the account tells of too, so that they are one row.
    pub merged: u32,
    /// Files that could not be matched, or of which nothing could be made: the part, the path, and why. At most
    /// [`MOST_UNMATCHED`] of them; how many there are is in the report.
    pub unmatched: Vec<Unmatched>,
}

/// Unmatched files that a report names one by one.
pub const MOST_UNMATCHED: usize = 10_000;

/// One file that could not be matched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unmatched {
    pub part: String,
    pub path: String,
    pub why: Why,
}

/// Why a file could not be matched, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Why {
    Unmatched(Reason),
    /// Its archive says something of it that cannot be.
    Flaw(crate::takeout::archive::Flaw),
    /// Its path is none that an export has.
    Path(crate::takeout::names::PathProblem),
    /// Something in it that cannot be; the rest of it was taken.
    Sidecar(crate::takeout::sidecar::SidecarProblem),
}

/// The small picture of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThumbnailOf {
    pub row: u32,
    pub thumbnail: Thumbnail,
    /// The photo's name, where there is no picture; else empty.
    pub file_name: String,
}

/// A small picture of a photo that came by an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thumbnail {
    /// Its bytes travel beside the message.
    Here { mime_type: String },
    /// The part that holds it is not at hand.
    PartAway { part: String },
    /// This browser cannot decode pictures of this type.
    Unknown { mime_type: String },
    /// It could only be had while its `.tgz` was read.
    Passed,
    /// It could not be read.
    Broken,
    /// The row did not come by an export, or has no file.
    NotHere,
}
