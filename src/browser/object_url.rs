//! Addresses of bytes in memory (`blob:`), given back when they are dropped.

use std::cell::RefCell;

use js_sys::{Array, ArrayBuffer, Uint8Array};
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

/// A piece of a file. Cloning it copies no bytes, nor does handing it from one thread to another.
#[derive(Clone, Debug)]
pub struct Piece(Held);

#[derive(Clone, Debug)]
enum Held {
    /// By the browser, which keeps on the disk what would fill its memory.
    ByBrowser(Blob),
    /// By this thread, as bytes on their way into a file: the browser would copy them once more.
    Here(Uint8Array),
}

impl Piece {
    /// A piece that is soon written, or added to others. It takes the place of a spare one that is long enough: memory
    /// that is new takes longer to be had than to be filled.
    pub fn in_passing(bytes: &[u8], spare: Option<Self>) -> Self {
        let length = bytes.len() as u32;
        let spare = spare.and_then(|spare| spare.transferred()).filter(|spare| spare.byte_length() >= length);
        // The next one in its place may be somewhat longer.
        let buffer = spare.unwrap_or_else(|| ArrayBuffer::new(length.saturating_add(length / 8)));
        let filled = Uint8Array::new_with_byte_offset_and_length(&buffer, 0, length);
        filled.copy_from(bytes);
        Self(Held::Here(filled))
    }

    /// Hands bytes to the browser.
    ///
    /// # Errors
    /// The browser has no room for them.
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, JsValue> {
        thread_local! {
            /// The browser copies them once more, and memory that is new takes longer to be had than to be filled.
            static SCRATCH: RefCell<Uint8Array> = RefCell::new(Uint8Array::new_with_length(0));
        }
        SCRATCH.with(|scratch| {
            let length = u32::try_from(bytes.len()).map_err(|_| JsValue::from_str("a piece is too large"))?;
            let mut scratch = scratch.borrow_mut();
            if scratch.length() < length {
                *scratch = Uint8Array::new_with_length(length.next_power_of_two());
            }
            let filled = scratch.subarray(0, length);
            filled.copy_from(bytes);
            Blob::new_with_u8_array_sequence(&Array::of1(&filled)).map(|blob| Self(Held::ByBrowser(blob)))
        })
    }

    /// `None` if it is none.
    pub(super) fn from_js(value: JsValue) -> Option<Self> {
        match value.dyn_into::<Blob>() {
            Ok(blob) => Some(Self(Held::ByBrowser(blob))),
            Err(value) => value.dyn_into::<Uint8Array>().ok().map(|bytes| Self(Held::Here(bytes))),
        }
    }

    pub(super) fn raw(&self) -> &JsValue {
        match &self.0 {
            Held::ByBrowser(blob) => blob,
            Held::Here(bytes) => bytes,
        }
    }

    /// What is to be transferred with it.
    pub(super) fn transferred(&self) -> Option<ArrayBuffer> {
        match &self.0 {
            Held::ByBrowser(_) => None,
            Held::Here(bytes) => Some(bytes.buffer()),
        }
    }

    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        match &self.0 {
            Held::ByBrowser(blob) => blob.size() as u64,
            Held::Here(bytes) => u64::from(bytes.length()),
        }
    }
}

/// A file that comes in pieces.
#[derive(Debug, Default)]
pub struct Pieces(Array);

impl Pieces {
    /// Adds the next piece. The browser holds it from now on.
    ///
    /// # Errors
    /// The browser has no room for it.
    pub fn add(&self, piece: &Piece) -> Result<(), JsValue> {
        let blob = match &piece.0 {
            Held::ByBrowser(blob) => blob.clone(),
            Held::Here(bytes) => Blob::new_with_u8_array_sequence(&Array::of1(bytes))?,
        };
        self.0.push(&blob);
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
