//! Exports of Google Takeout, made from a seed, and the truth beside them.
//!
//! What Google does with names, folders and sidecars is written here from what importers have found out about it, and
//! shares nothing with the code that reads exports: one misreading must not agree with itself.
//!
//! | file | what it says |
//! |---|---|
//! | [`naming`] | how Google names media, sidecars, edited copies, duplicates |
//! | [`words`] | names of folders and files in Google's languages |
//! | [`library`] | the photos of a person, drawn from a seed: every oddity at least once |
//! | [`layout`] | which folder holds what, under which name, in which part |
//! | [`media`] | small real files with Exif, boxes, thumbnails |
//! | [`sidecar`] | the JSON beside a photo and in an album |
//! | [`time`] | what can be known of a capture time from what a photo says |
//! | [`truth`] | what an import must find |
//! | [`write`] | zip, tgz, folder |
//! | [`hostile`] | archives that lie, are cut or want to hurt |
//! | [`sparse`] | an archive of many gigabytes that takes none on the disk |

mod chance;
mod export;
pub mod hostile;
mod layout;
mod library;
mod media;
mod naming;
mod places;
mod sidecar;
pub mod sparse;
mod time;
pub mod truth;
mod words;
mod write;

pub use export::{Form, Made, Order, Problem, Style, make};
