//! What a walk says when it cannot go on.

use thirtyfour::error::WebDriverError;
use thiserror::Error;

/// Why a walk stopped. The sentence is all that matters: a person reads it beside the screenshot.
#[derive(Debug, Error)]
pub enum Failure {
    #[error("{0}")]
    Said(String),
    #[error("WebDriver: {0}")]
    WebDriver(#[from] WebDriverError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What a step of a walk returns.
pub type Told<T = ()> = Result<T, Failure>;

/// A failure in words.
pub fn said(sentence: impl Into<String>) -> Failure {
    Failure::Said(sentence.into())
}
