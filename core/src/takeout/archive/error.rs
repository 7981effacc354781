//! What is wrong with an archive, or with one file in it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ports::FileError;

/// A file of an archive that cannot be used. The others can.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{name}: {flaw}")]
pub struct EntryError {
    /// Its name, shortened if it is very long, with U+FFFD for what is no text.
    pub name: String,
    pub flaw: Flaw,
}

/// What is wrong with a file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Flaw {
    #[error("it is encrypted")]
    Encrypted,
    /// A method of APPNOTE.TXT, section 4.4.5, other than stored and deflated.
    #[error("it is packed by method {0}, which is not known here")]
    Method(u16),
    #[error("its name has no letters")]
    NameEmpty,
    #[error("its name leads out of the archive")]
    NameEscapes,
    #[error("its name has signs that no name has")]
    NameControls,
    #[error("its name is {bytes} bytes long")]
    NameTooLong { bytes: usize },
    /// A link, a device, a hole that is not written out.
    #[error("it is no ordinary file")]
    NotAFile,
    #[error("its {size} bytes are more than the {limit} that are taken")]
    TooLarge { size: u64, limit: u64 },
    #[error("its {packed} bytes would become {size}, more than any photo or text")]
    Bomb { size: u64, packed: u64 },
    #[error("it is said to lie where the archive has ended")]
    BeyondEnd,
    #[error("it is said to lie where another file lies")]
    Overlaps,
    #[error("what is said of it at its place is not what the archive's list says")]
    Disagrees,
    #[error("its bytes are damaged")]
    Damaged,
    #[error("it has other than the {size} bytes that it should have")]
    OtherSize { size: u64 },
    #[error("the archive ends in the middle of it")]
    CutOff,
    /// The part must be streamed for it.
    #[error("it can only be read with all that is packed before it")]
    Streamed,
    #[error(transparent)]
    File(#[from] FileError),
}

/// An archive that cannot be read, or not to its end. What was found before stands.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{file}: {fault}")]
pub struct ArchiveError {
    /// The part's name.
    pub file: String,
    pub fault: Fault,
}

/// What is wrong with an archive.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Fault {
    #[error("it is no archive that is known here")]
    Unknown,
    /// A zip without its end, a tar or gzip that stops before it is done.
    #[error("its end is missing")]
    CutOff,
    #[error("it is one of several pieces of one zip, which are not read")]
    Split,
    #[error("its list of files is damaged {at} bytes into the file")]
    Directory { at: u64 },
    #[error("its list of files is encrypted")]
    Encrypted,
    #[error("it says that it holds {entries} files, more than are taken")]
    TooMany { entries: u64 },
    #[error("its list of files has {bytes} bytes, more than are taken")]
    DirectoryTooLarge { bytes: u64 },
    #[error("it is packed with gzip, but holds no tar")]
    NoTar,
    #[error("it is damaged {at} bytes into what is packed")]
    Damaged { at: u64 },
    #[error("its {packed} bytes have become {unpacked}, more than any photos or texts")]
    Bomb { unpacked: u64, packed: u64 },
    /// The file is shorter than it was when it was chosen.
    #[error("it was changed while it was read")]
    Changed,
    #[error(transparent)]
    File(#[from] FileError),
}
