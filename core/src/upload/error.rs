//! Why one file did not get into the library.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why one file did not get into the library.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum FileError {
    #[error("the file is empty")]
    Empty,
    /// Google takes neither this ending nor this type.
    #[error("Google Photos does not take files of this kind ({given})")]
    Kind { given: String },
    /// Google's limit for its kind, in bytes: 200 MB for photos, 20 GB for videos.
    #[error("the file is larger than Google takes")]
    TooLarge { limit: u64 },
    /// The name is longer than the 255 characters that Google takes.
    #[error("the file name is too long")]
    NameTooLong,
    /// The item's own status in the reply of `batchCreate`.
    #[error("Google did not make a media item of it: {message}")]
    Rejected { code: i32, message: String },
    /// Google answered, but with no word about this file.
    #[error("Google's answer did not mention the file")]
    NotMentioned,
    /// The page may not send bytes to Google from here, or the network is gone.
    #[error("the bytes did not reach Google")]
    NotSent,
}
