//! The form of a message between page and worker: `{ words, buffers, pieces, files }`.
//!
//! `words` are the bytes of a `ToWorker` or `ToPage`; they and the `buffers` are transferred, never copied, as are `pieces`
//! that the browser does not hold; other `pieces` and `files` are clones that share their bytes with the originals.

use albumen_core::protocol::ToWorker;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;

use super::files::PickedFile;
use super::js;
use super::object_url::Piece;

/// A wish on its way to the worker, with what travels beside it.
pub struct Letter {
    pub message: ToWorker,
    pub files: Vec<PickedFile>,
    /// Pieces of a file that are written: the answer's may take their place.
    pub spare: Vec<Piece>,
}

/// What arrived.
pub(super) struct Parts {
    pub(super) words: Vec<u8>,
    pub(super) buffers: Vec<Vec<u8>>,
    pub(super) pieces: Vec<Piece>,
    pub(super) files: Vec<PickedFile>,
}

/// What goes beside the words.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside<'a> {
    pub(super) buffers: &'a [Vec<u8>],
    pub(super) pieces: &'a [Piece],
    pub(super) files: &'a [PickedFile],
}

/// A message and the list of what is transferred with it.
pub(super) fn pack(words: &[u8], Beside { buffers, pieces, files }: Beside<'_>) -> (JsValue, Array) {
    let words = Uint8Array::from(words).buffer();
    let buffers: Array = buffers.iter().map(|bytes| Uint8Array::from(bytes.as_slice()).buffer()).collect();
    let transferred_pieces: Array = pieces.iter().filter_map(Piece::transferred).collect();
    let pieces: Array = pieces.iter().map(Piece::raw).collect();
    let files: Array = files.iter().map(PickedFile::raw).collect();
    let transferred = Array::of1(&words).concat(&buffers).concat(&transferred_pieces);
    let parts =
        [("words", words.into()), ("buffers", buffers.into()), ("pieces", pieces.into()), ("files", files.into())];
    (js::object(&parts).into(), transferred)
}

/// The parts of a message; `None` if it is none of ours.
pub(super) fn unpack(message: &JsValue) -> Option<Parts> {
    let list = |name| js::property(message, name).map(|list| Array::from(&list)).unwrap_or_default();
    Some(Parts {
        words: bytes(js::property(message, "words")?)?,
        buffers: list("buffers").iter().map(bytes).collect::<Option<_>>()?,
        pieces: list("pieces").iter().map(Piece::from_js).collect::<Option<_>>()?,
        files: list("files").iter().map(PickedFile::from_js).collect::<Option<_>>()?,
    })
}

fn bytes(buffer: JsValue) -> Option<Vec<u8>> {
    buffer.dyn_into::<ArrayBuffer>().ok().map(|buffer| Uint8Array::new(&buffer).to_vec())
}
