//! Unpredictable bytes from the browser's generator.

use albumen_core::ports::Entropy;
use wasm_bindgen::prelude::*;

/// `crypto.getRandomValues`.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserEntropy;

/// What one call gives at most (Web Cryptography API, `getRandomValues`, `QuotaExceededError`).
const MOST_BYTES: usize = 65_536;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = crypto)]
    static CRYPTO: web_sys::Crypto;
}

impl Entropy for BrowserEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(MOST_BYTES) {
            CRYPTO
                .with(|crypto| crypto.get_random_values_with_u8_array(part))
                .expect("every browser that runs wasm gives random bytes, 65,536 at a time");
        }
    }
}
