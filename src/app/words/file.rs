//! Sentences for one file that did not get into the library.

use albumen_core::upload::FileError;

use super::{Explained, Next, Numbers, bytes};

pub(super) fn file(error: &FileError, numbers: Numbers) -> Explained {
    match error {
        FileError::Empty => Explained::new("The file is empty, so there is nothing to upload.", Next::Nothing),
        FileError::Kind { given } => {
            Explained::new(format!("Google Photos does not take files of this kind ({given})."), Next::Nothing)
        }
        FileError::TooLarge { limit } => Explained::new(
            format!("The file is too large: Google Photos takes at most {} of this kind.", bytes(*limit, numbers)),
            Next::Nothing,
        ),
        FileError::NameTooLong => Explained::new(
            "The file's name is longer than the 255 characters that Google takes. Give it a shorter one.",
            Next::Nothing,
        ),
        FileError::Rejected { code, message } => {
            Explained::new(format!("Google did not take the file: {message} (code {code})"), Next::TryAgain)
        }
        FileError::NotMentioned => {
            Explained::new("Google answered, but not about this file. Try it again.", Next::TryAgain)
        }
        FileError::NotSent => Explained::new(
            "The file did not reach Google. The connection broke, or Google does not let this page send files from here.",
            Next::TryAgain,
        ),
    }
}
