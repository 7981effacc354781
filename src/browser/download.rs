//! Bytes handed to the person as a file.

use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

use super::object_url::ObjectUrl;

/// Offers bytes as a file of this name. `false` if the browser would not.
pub fn download(file_name: &str, mime_type: &str, bytes: &[u8]) -> bool {
    let Ok(address) = ObjectUrl::of_bytes(bytes, mime_type) else { return false };
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return false };
    let Some(link) = document.create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
    else {
        return false;
    };
    link.set_href(address.as_str());
    link.set_download(file_name);
    link.click();
    true
}
