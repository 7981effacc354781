//! Callbacks of a sign-in in another window, handed over by BroadcastChannel.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::js;
use super::names;

/// Longer than any callback of Google's; what is longer is none.
const MOST_CALLBACK_CHARACTERS: usize = 16 * 1024;

/// Listens for the callback that `boot.js` in the other window posts as `{ callback }`, until it is dropped.
#[derive(Debug)]
pub struct CallbackChannel {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl CallbackChannel {
    /// `heard` gets the query with its `?`, or the fragment with its `#`. `None` where the browser has no such channel:
    /// then sign in by redirect.
    pub fn open(base: &str, heard: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&names::callback_channel(base)).ok()?;
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let callback = js::property(&event.data(), "callback").and_then(|callback| callback.as_string());
            if let Some(callback) = callback.filter(|callback| callback.len() <= MOST_CALLBACK_CHARACTERS) {
                heard(callback);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { channel, _on_message: on_message })
    }
}

impl Drop for CallbackChannel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
