//! Addresses of bytes in memory (`blob:`), given back when they are dropped.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Url};

use super::files::PickedFile;

/// An address that is valid as long as this lives.
#[derive(Debug)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// An address of these bytes, as this type of medium.
    ///
    /// # Errors
    /// The browser has no room for them.
    pub fn of_bytes(bytes: &[u8], mime_type: &str) -> Result<Self, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(mime_type);
        let parts = Array::of1(&Uint8Array::from(bytes));
        Self::of_blob(&Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
    }

    /// An address of bytes that the browser holds.
    ///
    /// # Errors
    /// The browser has no room for it.
    pub fn of_blob(blob: &Blob) -> Result<Self, JsValue> {
        Url::create_object_url_with_blob(blob).map(Self)
    }

    /// An address of a file on the disk, as a preview needs it.
    pub fn of_file(file: &PickedFile) -> Option<Self> {
        Url::create_object_url_with_blob(file.raw()).ok().map(Self)
    }

    /// An address of `length` bytes of a file from `start` on, as this type of medium.
    pub fn of_slice(file: &PickedFile, start: u64, length: u64, mime_type: &str) -> Option<Self> {
        Self::of_blob(&file.slice(start, length, mime_type)?).ok()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file that comes in pieces. Each is handed to the browser at once, which keeps on the disk what would fill its memory.
#[derive(Debug, Default)]
pub struct Pieces(Array);

impl Pieces {
    /// Adds the next piece.
    ///
    /// # Errors
    /// The browser has no room for it.
    pub fn add(&self, bytes: &[u8]) -> Result<(), JsValue> {
        self.0.push(Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?.as_ref());
        Ok(())
    }

    /// An address of all pieces as one file, as this type of medium.
    ///
    /// # Errors
    /// The browser has no room for it.
    pub fn address(&self, mime_type: &str) -> Result<ObjectUrl, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(mime_type);
        ObjectUrl::of_blob(&Blob::new_with_blob_sequence_and_options(&self.0, &options)?)
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // An address that is no longer known needs no giving back.
        let _ = Url::revoke_object_url(&self.0);
    }
}
