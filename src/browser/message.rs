//! The form of a message between page and worker: `{ words, buffers, files }`.
//!
//! `words` are the bytes of a `ToWorker` or `ToPage`; they and the `buffers` are transferred, never copied; `files` are
//! clones that share their bytes with the originals.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;

use super::files::PickedFile;
use super::js;

/// What arrived.
pub(super) struct Parts {
    pub(super) words: Vec<u8>,
    pub(super) buffers: Vec<Vec<u8>>,
    pub(super) files: Vec<PickedFile>,
}

/// A message and the list of what is transferred with it.
pub(super) fn pack(words: &[u8], buffers: &[Vec<u8>], files: &[PickedFile]) -> (JsValue, Array) {
    let words = Uint8Array::from(words).buffer();
    let buffers: Array = buffers.iter().map(|bytes| Uint8Array::from(bytes.as_slice()).buffer()).collect();
    let files: Array = files.iter().map(PickedFile::raw).collect();
    let transferred = Array::of1(&words).concat(&buffers);
    let message = js::object(&[("words", words.into()), ("buffers", buffers.into()), ("files", files.into())]);
    (message.into(), transferred)
}

/// The parts of a message; `None` if it is none of ours.
pub(super) fn unpack(message: &JsValue) -> Option<Parts> {
    let list = |name| js::property(message, name).map(|list| Array::from(&list)).unwrap_or_default();
    Some(Parts {
        words: bytes(js::property(message, "words")?)?,
        buffers: list("buffers").iter().map(bytes).collect::<Option<_>>()?,
        files: list("files").iter().map(PickedFile::from_js).collect::<Option<_>>()?,
    })
}

fn bytes(buffer: JsValue) -> Option<Vec<u8>> {
    buffer.dyn_into::<ArrayBuffer>().ok().map(|buffer| Uint8Array::new(&buffer).to_vec())
}
