//! Files that lie beside the page and are loaded when they are first wanted.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::build::BUILD;

/// The bytes of a file beside the page at `base`; `None` if it cannot be had.
pub async fn asset(base: &str, name: &str) -> Option<Vec<u8>> {
    let address = format!("{base}{name}?v={BUILD}");
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(&address)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(bytes.unchecked_ref::<ArrayBuffer>()).to_vec())
}
