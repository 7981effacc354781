//! Every failure a person may have to hear of, as data. The page turns each into a sentence and a next step.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::google::Refusal;
use crate::ports::{HttpError, StoreError, VaultError};
use crate::sign_in::{ClientError, SignInError};
use crate::upload::FileError;

/// What went wrong, by the room it went wrong in.
#[derive(Clone, Debug, PartialEq, Error, Serialize, Deserialize)]
pub enum Trouble {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Client(#[from] ClientError),
    #[error(transparent)]
    SignIn(#[from] SignInError),
    #[error(transparent)]
    Google(#[from] Refusal),
    #[error(transparent)]
    File(#[from] FileError),
    /// The wish does not fit the moment; a fault of the page's.
    #[error("{0}")]
    OutOfPlace(String),
}
