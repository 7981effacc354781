//! The containers of an export: zip, tar, tar in gzip, and a folder as it lies.
//!
//! All of them come down to an [`Entry`] per file, in [`Batch`]es, and to the bytes behind an entry. Files are read
//! through slices ([`ReadAt`](crate::ports::ReadAt)); what is read next is decided by pure machines ([`zip::Listing`],
//! [`zip::Body`], [`tar::Stream`]), and [`run`] carries that out. Nothing in here believes a length, a name or an offset:
//! an entry that cannot be used becomes an [`EntryError`], an archive that cannot an [`ArchiveError`], and whatever was
//! read before stands.

mod bounds;
mod bytes;
mod entry;
mod error;
mod folder;
mod form;
mod name;
pub mod run;
pub mod tar;
#[cfg(test)]
mod tests;
pub mod zip;

pub use bounds::{Bounds, Take};
pub use entry::{Batch, Entry, Part, Place};
pub use error::{ArchiveError, EntryError, Fault, Flaw};
pub use folder::{Loose, folder};
pub use form::{Form, HEAD_BYTES};
