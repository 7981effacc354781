//! Large texts that come in parts: kept outside of the program's memory, given to the clipboard or saved as a file.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Blob, BlobPropertyBag};

use super::download::offer;
use super::js;
use super::object_url::ObjectUrl;

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

    /// Offers them as a file of this name. `false` if the browser would not.
    pub fn save(&self, file_name: &str, mime_type: &str) -> bool {
        let address = self.blob(mime_type).and_then(|blob| ObjectUrl::of_blob(&blob).ok());
        address.is_some_and(|address| offer(file_name, address))
    }

    /// Puts them on the clipboard as a text. They may still be in the making: the browser is asked at once, within the
    /// click that allows it, and given them later. `false` if it does not allow it, or when there are none.
    pub async fn copy(made: impl Future<Output = Option<Self>> + 'static) -> bool {
        match copying(made) {
            Some(copied) => JsFuture::from(copied).await.is_ok(),
            None => false,
        }
    }

    fn blob(&self, mime_type: &str) -> Option<Blob> {
        let options = BlobPropertyBag::new();
        options.set_type(mime_type);
        Blob::new_with_u8_array_sequence_and_options(&self.0, &options).ok()
    }
}

fn copying(made: impl Future<Output = Option<Parts>> + 'static) -> Option<Promise> {
    let clipboard = js::property(&js::global("navigator")?, "clipboard")?;
    let item = js::global("ClipboardItem")?.dyn_into::<Function>().ok()?;
    let write = js::property(&clipboard, "write")?.dyn_into::<Function>().ok()?;
    let blob = future_to_promise(async move {
        let blob = made.await.and_then(|parts| parts.blob(PLAIN));
        blob.map(JsValue::from).ok_or_else(|| JsError::new("there is nothing to copy").into())
    });
    let item = Reflect::construct(&item, &Array::of1(&js::object(&[(PLAIN, blob.into())]))).ok()?;
    write.call1(&clipboard, &Array::of1(&item)).ok()?.dyn_into().ok()
}
