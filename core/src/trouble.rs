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
    /// The engine stopped before it answered (a panic, or the browser ended it). Its work is kept in the store, and it is
    /// started again with the next wish.
    #[error("the engine stopped: {message}")]
    EngineStopped { message: String },
    /// Page and engine come from different builds, since the site was updated in between: loading the page again helps.
    #[error("the page and its engine are of different builds")]
    OtherBuild,
    /// The wish does not fit the moment; a fault of the page's.
    #[error("{0}")]
    OutOfPlace(String),
}

/// Why a file that the person asked for was not written.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum SaveError {
    #[error("the disk is full")]
    Full,
    /// The browser wants no more of it: the person cancelled the download, or the disk is full.
    #[error("the browser ended the download")]
    Ended,
    #[error("the file could not be written: {message}")]
    Failed { message: String },
}

/// Why there is no Parquet file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParquetError {
    #[error("the program that makes Parquet files could not be loaded: {message}")]
    NotLoaded { message: String },
    #[error("the Parquet file could not be made: {message}")]
    NotMade { message: String },
}
