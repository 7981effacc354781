//! Every failure as a sentence and a next step. Pure, so that the host's tests read every word of it.

mod album;
mod camera;
pub mod correcting;
mod device;
pub mod export;
mod exposed;
mod file;
mod google;
pub mod import;
mod import_file;
mod late;
mod numbers;
mod original;
mod pace;
pub mod places;
mod sign_in;
pub mod unmatched;

pub use album::{ALBUMS_TO_COME, NO_ALBUMS, album_count, album_title, album_titles};
pub use camera::camera_name;
pub use exposed::{class_label, facet_name, lens_name, size_words, span_words};
pub use import_file::{report_csv, report_json};
pub use late::{Wait, late};
#[cfg(test)]
use numbers::plain_numbers;
pub use numbers::{Numbers, bytes, decimal, duration, exposure_line, items_rate, px};
pub use original::{Purpose, no_thumbnail, not_in_export, not_readable, part_away};
pub use pace::Pace;

use albumen_core::trouble::Trouble;

/// What a person reads of a failure, and what there is to press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened, and what helps, in sentences.
    pub sentence: String,
    /// The exact text to copy somewhere, for instance a redirect URI.
    pub value: Option<String>,
    pub next: Next,
}

/// The one button beside a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// There is nothing to press.
    Nothing,
    TryAgain,
    SignIn,
    /// Sign in once more, asking for uploads too.
    AllowUploads,
    /// Sign in once more, asking to change descriptions too.
    AllowEdits,
    SetUpClient,
    SignOut,
    Reload,
    /// A page of the Google Cloud console.
    Console(&'static str),
}

/// Where the Photos Library API is enabled for a project.
pub const ENABLE_API: &str = "https://console.cloud.google.com/apis/library/photoslibrary.googleapis.com";
/// Where OAuth clients are made and changed.
pub const CREDENTIALS: &str = "https://console.cloud.google.com/apis/credentials";
/// Where the consent screen is published.
pub const AUDIENCE: &str = "https://console.cloud.google.com/auth/audience";

impl Next {
    /// What stands on the button; `None` where there is none.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::TryAgain => Some("Try again"),
            Self::SignIn => Some("Sign in with Google"),
            Self::AllowUploads => Some("Allow uploads"),
            Self::AllowEdits => Some("Allow edits"),
            Self::SetUpClient => Some("Set up sign-in"),
            Self::SignOut => Some("Sign out"),
            Self::Reload => Some("Reload"),
            Self::Console(_) => Some("Open the Google Cloud console"),
        }
    }
}

impl Explained {
    fn new(sentence: impl Into<String>, next: Next) -> Self {
        Self { sentence: sentence.into(), value: None, next }
    }

    fn with_value(mut self, value: &str) -> Self {
        self.value = Some(value.to_owned());
        self
    }
}

/// Says what `trouble` is. `numbers` writes numbers as the reader's country does.
pub fn explain(trouble: &Trouble, numbers: Numbers) -> Explained {
    match trouble {
        Trouble::Http(error) => device::http(error, numbers),
        Trouble::Store(error) => device::store(error),
        Trouble::Vault(error) => device::vault(error),
        Trouble::Client(error) => sign_in::client(error),
        Trouble::SignIn(error) => sign_in::sign_in(error),
        Trouble::Google(refusal) => google::refusal(refusal, numbers),
        Trouble::File(error) => file::file(error, numbers),
        Trouble::EngineStopped { message } => Explained::new(
            format!(
                "The part of Albumen that works in the background stopped ({message}). What was kept is safe; it starts again by itself."
            ),
            Next::TryAgain,
        ),
        Trouble::OtherBuild => Explained::new(
            "Albumen was updated while this page was open. Reload to go on with the newer one.",
            Next::Reload,
        ),
        Trouble::OutOfPlace(what) => {
            Explained::new(format!("Albumen lost its place: {what}. Reloading puts it right."), Next::Reload)
        }
    }
}

#[cfg(test)]
mod tests;
