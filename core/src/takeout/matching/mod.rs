//! Which files of an export belong together, over all of its parts.
//!
//! A [`Scan`] gathers what every part holds, in any order, a slice at a time; [`resolve`] says what all of it comes to.
//! Nothing is decided before, since a third of the sidecars lie in another part than their photo; so a later part
//! completes earlier ones, and the order of the parts does not matter.
//!
//! # The rules
//! 1. Within one folder, a photo takes the sidecar that is called as Google calls it (`rules.rs`), if the number agrees.
//!    Where several photos share such a name because it was cut, titles decide, and then the order of the numbers.
//! 2. A sidecar that is left goes to the photo that is called like its title, but for the ending, case and signs.
//! 3. A video without a sidecar belongs to the still of its name. A copy that Google edited belongs to its original.
//! 4. A photo in an album's folder is a copy of the one in its year's folder: the same mark in its address, or the same
//!    title, instant and size. So is one without a sidecar that has the same name and size.
//! 5. A photo and a sidecar in different folders that are alone with their name belong together.
//! 6. What then has no sidecar is a photo all the same, and listed. A sidecar that then has no photo is listed.

mod folder;
mod found;
mod outcome;
mod photos;
mod resolve;
mod rules;
mod scan;

#[cfg(test)]
mod tests;

pub use found::{FileId, FileView, Found, PartId, Refused};
pub use outcome::{Album, AlbumId, Fate, Ignored, Photo, PhotoId, Reason, Resolved, Role};
pub use resolve::resolve;
pub use scan::Scan;
