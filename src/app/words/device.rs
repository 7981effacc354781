//! Sentences for what the browser or the network did.

use albumen_core::ports::{HttpError, StoreError, VaultError};

use super::{Explained, Next, Numbers, bytes};

pub(super) fn http(error: &HttpError, numbers: Numbers) -> Explained {
    match error {
        HttpError::Unreachable { host } => Explained::new(
            format!("{host} did not answer. Check the connection, and any extension that blocks requests."),
            Next::TryAgain,
        ),
        HttpError::TooLarge { host, limit } => Explained::new(
            format!("What {host} sent is larger than the {} that this page takes into memory.", bytes(*limit, numbers)),
            Next::Nothing,
        ),
        HttpError::FileGone => {
            Explained::new("The file has been moved or changed since it was chosen. Choose it again.", Next::Nothing)
        }
    }
}

pub(super) fn store(error: &StoreError) -> Explained {
    match error {
        StoreError::Full => Explained::new(
            "This device has no room left for Albumen. Free some space; nothing that was kept is lost.",
            Next::TryAgain,
        ),
        StoreError::Unavailable => Explained::new(
            "This browser keeps nothing for this page. Allow site data for it, or use another window.",
            Next::Reload,
        ),
        StoreError::Blocked => {
            Explained::new("Albumen is open in another tab with another version. Close that tab.", Next::Reload)
        }
        StoreError::TooNew { found, known } => Explained::new(
            format!(
                "A newer Albumen kept your photos here (version {found}; this page knows {known}). Reload to get the newer one."
            ),
            Next::Reload,
        ),
        StoreError::Failed { message } => {
            Explained::new(format!("The browser's storage failed: {message}"), Next::Reload)
        }
    }
}

pub(super) fn vault(error: &VaultError) -> Explained {
    match error {
        VaultError::Broken => Explained::new(
            "The stored sign-in can no longer be read: its key is gone from this browser. Set up sign-in again; the photos stay.",
            Next::SetUpClient,
        ),
        VaultError::Unavailable { message } => Explained::new(
            format!(
                "This browser cannot encrypt for this page, so no sign-in is kept ({message}). Open the page over https or localhost."
            ),
            Next::Nothing,
        ),
    }
}
