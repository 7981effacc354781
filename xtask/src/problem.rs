//! Why a task could not be done, in words for the person who asked for it.

use std::fmt;

/// A sentence, and what to do about it where that is known.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem(String);

impl Problem {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// For files that cannot be read or written: `what` says what was tried ("read Cargo.lock").
    pub(crate) fn with_file(what: &str, error: &std::io::Error) -> Self {
        Self(format!("Could not {what}: {error}."))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
