//! One file of an export, whatever holds it.

use super::error::EntryError;
use super::zip::Packed;
use crate::ports::FileId;

/// One of the files that an export came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub file: FileId,
    /// Its name, for messages.
    pub name: String,
    /// Its size in bytes when it was chosen.
    pub size: u64,
}

/// A file inside a part, or beside others in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which file of its part it is, in the order of the part, from 0; files that cannot be used are counted too.
    pub ordinal: u32,
    /// Its path: names with `/` between them, none of them empty, `.` or `..`.
    pub name: String,
    /// Its size in bytes, as the archive says.
    pub size: u64,
    pub place: Place,
    /// Whether an earlier file of the same part has the same name.
    pub repeats: bool,
    /// Whether bytes of the name could not be read as letters, and stand as U+FFFD.
    pub doubtful_name: bool,
}

/// Where the bytes of an entry are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a zip.
    Zip(Packed),
    /// In a tar; `at` is where in the part its bytes begin, if the tar is not packed.
    Tar { at: Option<u64> },
    /// A file of its own.
    Loose(FileId),
}

/// What a step found: files, and files that cannot be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub entries: Vec<Entry>,
    pub problems: Vec<EntryError>,
}

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.problems.is_empty()
    }
}
