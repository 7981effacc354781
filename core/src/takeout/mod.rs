//! Exports of Google Takeout: what their files are called, what their sidecars say, and which belong together.
//!
//! ```text
//!   path ──► names ──┐                      ┌─► photos, albums, and what became of every file
//!                    ├──► Scan ──► resolve ─┤
//!   JSON ──► sidecar ┘                      └─► report
//! ```

pub mod archive;
pub mod exif;
pub mod import;
pub mod item;
pub mod matching;
pub mod merge;
pub mod names;
pub mod report;
pub mod sidecar;
pub mod thumbnail;
pub mod times;
pub mod zones;

mod words;
