//! Uploads: the queue decides, the run carries out.

mod error;

pub use error::FileError;
