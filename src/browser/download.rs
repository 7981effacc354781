//! Bytes handed to the person as a file.

use albumen_core::ports::Clock;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlAnchorElement;

use super::clock::BrowserClock;
use super::object_url::ObjectUrl;

/// How long a browser is given to begin with the file: some read it only after the click has returned.
const BEGINS_WITHIN_MS: u64 = 60_000;

/// Offers bytes as a file of this name. `false` if the browser would not.
pub fn download(file_name: &str, mime_type: &str, bytes: &[u8]) -> bool {
    ObjectUrl::of_bytes(bytes, mime_type).is_ok_and(|address| offer(file_name, address))
}

/// Offers what is at an address of memory as a file of this name. `false` if the browser would not.
pub fn offer(file_name: &str, address: ObjectUrl) -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return false };
    let Some(link) = document.create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
    else {
        return false;
    };
    link.set_href(address.as_str());
    link.set_download(file_name);
    link.click();
    spawn_local(async move {
        BrowserClock.sleep(BEGINS_WITHIN_MS).await;
        drop(address);
    });
    true
}
