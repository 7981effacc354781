//! The adapters that only the page uses, in a page of a real browser.
#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod chosen;
mod files;
mod hands;
mod page;
mod parquet;
mod saving;
mod worker_link;

wasm_bindgen_test_configure!(run_in_browser);
