//! Large texts that come in parts: kept outside of the program's memory, given to the clipboard.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Blob, BlobPropertyBag};

use super::js;

const PLAIN: &str = "text/plain";

/// UTF-8 in parts. Their bytes are the browser's: a program's own memory never shrinks.
#[derive(Debug, Default)]
pub struct Parts(Array);

impl Parts {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&self, bytes: &[u8]) {
        self.0.push(&Uint8Array::from(bytes));
    }

    /// Puts them on the clipboard as a text. They may still be in the making: the browser is asked at once, within the
    /// click that allows it, and given them later. `false` if it does not allow it, or when there are none.
    pub async fn copy(made: impl Future<Output = Option<Self>> + 'static) -> bool {
        match copying(made) {
            Some(copied) => JsFuture::from(copied).await.is_ok(),
            None => false,
        }
    }

    fn blob(&self) -> Option<Blob> {
        let options = BlobPropertyBag::new();
        options.set_type(PLAIN);
        Blob::new_with_u8_array_sequence_and_options(&self.0, &options).ok()
    }
}

fn copying(made: impl Future<Output = Option<Parts>> + 'static) -> Option<Promise> {
    let clipboard = js::property(&js::global("navigator")?, "clipboard")?;
    let item = js::global("ClipboardItem")?.dyn_into::<Function>().ok()?;
    let write = js::property(&clipboard, "write")?.dyn_into::<Function>().ok()?;
    let blob = future_to_promise(async move {
        let blob = made.await.and_then(|parts| parts.blob());
        blob.map(JsValue::from).ok_or_else(|| JsError::new("there is nothing to copy").into())
    });
    let item = Reflect::construct(&item, &Array::of1(&js::object(&[(PLAIN, blob.into())]))).ok()?;
    write.call1(&clipboard, &Array::of1(&item)).ok()?.dyn_into().ok()
}
