//! The adapters that page and worker share, in a dedicated worker of a real browser.
#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod clock;
mod faults;
mod http;
mod locks;
mod shrink;
mod small_pictures;
mod store;
mod vault;
mod zone;
mod zones;

wasm_bindgen_test_configure!(run_in_dedicated_worker);
