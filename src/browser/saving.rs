//! Files written piece by piece, into the browser's downloads: streamed where the browser can, else gathered by it and
//! offered when they are whole.

use albumen_core::trouble::SaveError;
use wasm_bindgen::prelude::*;

use super::download::offer;
use super::js;
use super::object_url::{Piece, Pieces};
use super::streamed::Streamed;
pub use super::streamed::forget;

/// A file that is being written. Until [`Saving::end`] there is nothing of it that anybody could take for the whole;
/// dropped before, it leaves nothing.
#[derive(Debug)]
pub struct Saving(Way);

#[derive(Debug)]
enum Way {
    Streamed(Streamed),
    Gathered { file_name: String, mime_type: &'static str, pieces: Pieces },
}

impl Saving {
    /// Begins a file of this name, for the page at `base`.
    pub async fn begin(base: &str, file_name: &str, mime_type: &'static str) -> Self {
        let streamed = if is_known_to_stream() { Streamed::begin(base, file_name, mime_type).await } else { None };
        Self(match streamed {
            Some(streamed) => Way::Streamed(streamed),
            None => Way::Gathered { file_name: file_name.to_owned(), mime_type, pieces: Pieces::default() },
        })
    }

    /// Writes the next piece. It ends when the browser can take another one; what it gives back may be written over.
    ///
    /// # Errors
    /// See [`SaveError`].
    pub async fn write(&self, piece: Piece) -> Result<Option<Piece>, SaveError> {
        match &self.0 {
            Way::Streamed(streamed) => streamed.write(piece).await,
            Way::Gathered { pieces, .. } => match pieces.add(&piece) {
                Ok(()) => Ok(Some(piece)),
                Err(error) => Err(save_error(&error)),
            },
        }
    }

    /// The file is whole.
    ///
    /// # Errors
    /// See [`SaveError`]; there is no file then.
    pub async fn end(self) -> Result<(), SaveError> {
        match self.0 {
            Way::Streamed(streamed) => streamed.end().await,
            Way::Gathered { file_name, mime_type, pieces } => {
                let address = pieces.address(mime_type).map_err(|error| save_error(&error))?;
                let message = "the browser did not take the file";
                offer(&file_name, address).then_some(()).ok_or(SaveError::Failed { message: message.into() })
            }
        }
    }
}

/// Whether it is known that this browser has a service worker's answer as a download, piece by piece. Those that are made
/// of WebKit are not known to, and would leave an empty file.
fn is_known_to_stream() -> bool {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    ["Chrome/", "Firefox/"].iter().any(|name| agent.contains(name))
}

/// By the names of DOM exceptions (Web IDL, section 2.8.1).
fn save_error(error: &JsValue) -> SaveError {
    match js::error_name(error).as_str() {
        "QuotaExceededError" => SaveError::Full,
        _ => SaveError::Failed { message: js::error_text(error) },
    }
}
