//! The form of a message between page and worker: `{ text, buffers, files }`.
//!
//! `text` is the JSON of a `ToWorker` or `ToPage`; `buffers` are transferred, never copied; `files` are clones that share
//! their bytes with the originals.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;

use super::files::PickedFile;
use super::js;

/// What arrived.
pub(super) struct Parts {
    pub(super) text: String,
    pub(super) buffers: Vec<Vec<u8>>,
    pub(super) files: Vec<PickedFile>,
}

/// A message and the list of what is transferred with it.
pub(super) fn pack(text: &str, buffers: &[Vec<u8>], files: &[PickedFile]) -> (JsValue, Array) {
    let transferred: Array = buffers.iter().map(|bytes| Uint8Array::from(bytes.as_slice()).buffer()).collect();
    let files: Array = files.iter().map(PickedFile::raw).collect();
    let message =
        js::object(&[("text", text.into()), ("buffers", transferred.clone().into()), ("files", files.into())]);
    (message.into(), transferred)
}

/// The parts of a message; `None` if it is none of ours.
pub(super) fn unpack(message: &JsValue) -> Option<Parts> {
    let list = |name| js::property(message, name).map(|list| Array::from(&list)).unwrap_or_default();
    Some(Parts {
        text: js::property(message, "text")?.as_string()?,
        buffers: list("buffers")
            .iter()
            .map(|buffer| buffer.dyn_into::<ArrayBuffer>().ok().map(|buffer| Uint8Array::new(&buffer).to_vec()))
            .collect::<Option<_>>()?,
        files: list("files").iter().map(PickedFile::from_js).collect::<Option<_>>()?,
    })
}
