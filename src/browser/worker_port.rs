//! The worker's end of the line to the page.

use albumen_core::protocol::{ToPage, read, write};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{self, Beside, Letter};
use super::object_url::Piece;

/// The worker's own message port.
#[derive(Clone)]
pub struct WorkerPort(DedicatedWorkerGlobalScope);

impl WorkerPort {
    /// `None` outside a dedicated worker.
    pub fn of_this_worker() -> Option<Self> {
        js_sys::global().dyn_into().ok().map(Self)
    }

    /// Posts a message; `buffers` in the order that it names them.
    pub fn post(&self, message: &ToPage, buffers: &[Vec<u8>]) {
        self.post_beside(message, Beside { buffers, ..Beside::default() });
    }

    /// Posts a message beside which buffers go as pieces of a file: the page hands them on, and never looks at them.
    /// Where the browser has no room for them, they go as they are.
    pub fn post_pieces(&self, message: &ToPage, buffers: &[Vec<u8>]) {
        match buffers.iter().map(|bytes| Piece::of_bytes(bytes)).collect::<Result<Vec<_>, _>>() {
            Ok(pieces) => self.post_beside(message, Beside { pieces: &pieces, ..Beside::default() }),
            Err(_) => self.post(message, buffers),
        }
    }

    /// As [`WorkerPort::post_pieces`], of a file that the page writes at once; in place of `spare` ones.
    pub fn post_in_passing(&self, message: &ToPage, buffers: &[Vec<u8>], spare: Vec<Piece>) {
        let mut spare = spare.into_iter();
        let pieces: Vec<Piece> = buffers.iter().map(|bytes| Piece::in_passing(bytes, spare.next())).collect();
        self.post_beside(message, Beside { pieces: &pieces, ..Beside::default() });
    }

    fn post_beside(&self, message: &ToPage, beside: Beside<'_>) {
        let (message, transferred) = message::pack(&write(message), beside);
        self.0
            .post_message_with_transfer(&message, &transferred)
            .expect("a message of fresh buffers can always be cloned");
    }

    /// Hears every message from now on, until the worker ends. What is no message of ours is `Err`, with its fault.
    pub fn listen(&self, heard: impl Fn(Result<Letter, String>) + 'static) {
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            heard(match message::unpack(&event.data()) {
                Some(parts) => match read(&parts.words) {
                    Ok(message) => Ok(Letter { message, files: parts.files, spare: parts.pieces }),
                    Err(fault) => Err(fault.to_string()),
                },
                None => Err("a message without words".into()),
            });
        });
        self.0.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // It is needed for as long as the worker lives.
        on_message.forget();
    }
}
