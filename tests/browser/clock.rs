//! Waiting.

use albumen::browser::clock::BrowserClock;
use albumen_core::ports::Clock;
use futures_util::future::{Either, join, select};
use std::cell::RefCell;
use std::pin::pin;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_clock_shows_the_same_time_as_the_browsers() {
    let before = js_sys::Date::now() as i64;
    let now = BrowserClock.now_ms();
    assert!((before..=before + 60_000).contains(&now));
}

#[wasm_bindgen_test]
async fn a_shorter_sleep_ends_before_a_longer_one() {
    let order = RefCell::new(Vec::new());
    let nap = async |ms| {
        BrowserClock.sleep(ms).await;
        order.borrow_mut().push(ms);
    };
    join(nap(40), nap(0)).await;
    assert_eq!(*order.borrow(), [0, 40]);
}

#[wasm_bindgen_test]
async fn a_sleep_longer_than_a_timer_can_hold_does_not_end_at_once() {
    for long_ms in [u64::from(u32::MAX), i32::MAX as u64 + 1, u64::MAX] {
        let long = pin!(BrowserClock.sleep(long_ms));
        let short = pin!(BrowserClock.sleep(10));
        assert!(matches!(select(long, short).await, Either::Right(_)), "{long_ms}");
    }
}
