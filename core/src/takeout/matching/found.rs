//! Files as the parts of an export list them, before anything is known of what belongs together.

use serde::{Deserialize, Serialize};

use crate::takeout::names::PathProblem;

/// A part of an export, or a folder that was chosen: its place in the [`Scan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartId(pub u16);

/// A file of an export: its place in the [`Scan`], and nothing outside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A file as an archive's directory or a folder lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    pub part: PartId,
    /// What its reader knows it by: the number of the entry. Two of one part and number are one file.
    pub entry: u32,
    pub path: &'a str,
    /// In bytes, unpacked.
    pub size: u64,
}

/// A file as the scan keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileView<'a> {
    pub part: PartId,
    pub entry: u32,
    /// As in `Location`.
    pub folder: &'a str,
    pub name: &'a str,
    pub size: u64,
}

/// A file whose path is not one that can be in an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub part: PartId,
    pub entry: u32,
    /// The beginning of it.
    pub path: String,
    pub why: PathProblem,
}
