//! What an export comes to: photos, albums, and what became of every file.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::found::FileId;
use crate::photo::{Kind, Marks};
use crate::takeout::sidecar::JsonError;

/// A photo of a [`Resolved`]: its place in [`Resolved::photos`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PhotoId(pub u32);

/// An album of a [`Resolved`]: its place in [`Resolved::albums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AlbumId(pub u32);

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fate {
    /// It is part of a photo whose sidecar is known.
    Photo(PhotoId, Role),
    /// It is part of a photo that is shown without what a sidecar would say. It counts as unmatched.
    Lone(PhotoId, Role, Reason),
    /// It says what an album is.
    Album(AlbumId),
    /// It is known, and says nothing of a photo.
    Ignored(Ignored),
    /// Nothing is made of it.
    Unmatched(Reason),
}

/// What a file is to its photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// The picture or video itself.
    Main,
    /// The moving half of a still.
    Motion,
    /// A copy that was edited in Google Photos, or made from it.
    Edited,
    Sidecar,
    /// The same file once more, in an album or in another part.
    Copy,
    /// The sidecar once more, in an album or in another part.
    SidecarCopy,
}

/// Why a file says nothing of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ignored {
    /// Orders of prints, comments on albums, titles of memories.
    KnownJson,
    /// Google's own page about the export.
    Page,
    /// What systems leave in folders and archives.
    Litter,
    /// Takeout exports other products too.
    OtherProduct,
}

/// Why a file could not be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// No sidecar of its name in any part.
    NoSidecar,
    /// A sidecar of its name that could not be read.
    BrokenSidecar,
    /// A sidecar whose photo is in no part.
    NoPhoto,
    /// A JSON file that could not be read as such.
    BadJson(JsonError),
    /// Its bytes could not be had: encrypted, cut off, gone.
    Unreadable,
    /// A JSON file that was not read yet.
    NotRead,
    /// JSON that is of no photo and no album.
    UnknownJson,
    /// Neither a picture nor a video by its name, and no sidecar leads to it.
    UnknownKind,
    /// Another file of this path was taken: one that has another size, or is in the same part.
    SamePath,
}

/// One photo or video, in however many files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub main: FileId,
    pub kind: Kind,
    pub motion: Option<FileId>,
    pub sidecar: Option<FileId>,
    /// What the folders say that it lies in, and not the sidecar.
    pub folder_marks: Marks,
    /// It lies in the folder of videos that Google could not play.
    pub is_failed: bool,
    pub(super) edited: Range<u32>,
    pub(super) albums: Range<u32>,
}

impl Photo {
    /// Whether there are copies of it that were edited in Google Photos.
    pub fn has_edited(&self) -> bool {
        !self.edited.is_empty()
    }
}

/// One album. Its photos are those that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Album {
    /// The folder, as in `Location`; it is in no other album.
    pub folder: String,
    /// As its own file says, or else as its folder is called; empty if it has none.
    pub title: String,
    /// The file that says so. Without one it is only by its folder that it is taken for an album.
    pub facts: Option<FileId>,
    /// How many photos are in it.
    pub photos: u32,
}

/// What all parts together come to. It does not depend on the order in which they came, save for the numbers of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// In the order of their main file's folder and name.
    pub photos: Vec<Photo>,
    /// In the order of their folders.
    pub albums: Vec<Album>,
    /// By file.
    pub fates: Vec<Fate>,
    pub(super) edited: Vec<FileId>,
    pub(super) memberships: Vec<AlbumId>,
}

impl Resolved {
    pub fn fate(&self, file: FileId) -> Option<Fate> {
        self.fates.get(file.0 as usize).copied()
    }

    /// The edited copies of a photo, the first to show before the others.
    pub fn edited(&self, photo: &Photo) -> &[FileId] {
        slice(&self.edited, &photo.edited)
    }

    /// The albums that a photo is in.
    pub fn albums_of(&self, photo: &Photo) -> &[AlbumId] {
        slice(&self.memberships, &photo.albums)
    }
}

fn slice<'a, T>(all: &'a [T], range: &Range<u32>) -> &'a [T] {
    all.get(range.start as usize..range.end as usize).unwrap_or_default()
}
