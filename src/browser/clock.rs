//! The time and waiting, in page and worker alike.

use albumen_core::ports::Clock;
use wasm_bindgen::prelude::*;

use super::js::delivery;

/// The browser's clock and its timers.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

/// `setTimeout` holds its delay in 32 bits: a longer one fires at once.
const LONGEST_TIMER_MS: u64 = i32::MAX as u64;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &js_sys::Function, delay_ms: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

impl Clock for BrowserClock {
    fn now_ms(&self) -> i64 {
        js_sys::Date::now() as i64
    }

    async fn sleep(&self, ms: u64) {
        let mut left_ms = ms;
        loop {
            let part_ms = left_ms.min(LONGEST_TIMER_MS);
            timer(part_ms).await;
            left_ms -= part_ms;
            if left_ms == 0 {
                return;
            }
        }
    }
}

async fn timer(delay_ms: u64) {
    let (deliver, fired) = delivery();
    let handler = Closure::<dyn FnMut()>::new(move || deliver.deliver(()));
    let id = set_timeout(handler.as_ref().unchecked_ref(), delay_ms as f64);
    let _cleared_on_drop = Timer { id, _handler: handler };
    fired.await;
}

struct Timer {
    id: JsValue,
    _handler: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
