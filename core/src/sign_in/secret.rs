//! A text that must never be seen: not in a log, an error or a panic.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A client secret, token or verifier. `Debug` shows `…`; serde writes it plainly, for sealed records alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, to be sent to Google.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_nothing_of_it() {
        assert_eq!(format!("{:?} {:#?}", Secret::new("GOCSPX-x"), Some(Secret::new("y"))), "… Some(\n    …,\n)");
    }
}
