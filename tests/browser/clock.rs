//! Waiting.

use albumen::browser::clock::BrowserClock;
use albumen_core::ports::Clock;
use futures_util::future::{Either, join, select};
use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
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

#[wasm_bindgen_test]
async fn what_came_before_is_heard_before_a_turn_ends() {
    let channel = web_sys::MessageChannel::new().unwrap();
    let heard = Rc::new(Cell::new(0));
    let hears = {
        let heard = heard.clone();
        Closure::<dyn FnMut()>::new(move || heard.set(heard.get() + 1))
    };
    channel.port2().set_onmessage(Some(hears.as_ref().unchecked_ref()));
    for message in 1..=20 {
        channel.port1().post_message(&JsValue::NULL).unwrap();
        BrowserClock.turn().await;
        assert_eq!(heard.get(), message);
    }
}

#[wasm_bindgen_test]
async fn turns_end_in_their_order_whether_somebody_still_waits_for_them_or_not() {
    let order = RefCell::new(Vec::new());
    let turn = async |number| {
        BrowserClock.turn().await;
        order.borrow_mut().push(number);
    };
    let dropped = {
        let mut dropped = Box::pin(turn(0));
        assert!(futures_util::poll!(dropped.as_mut()).is_pending());
        dropped
    };
    drop(dropped);
    join(turn(1), turn(2)).await;
    assert_eq!(*order.borrow(), [1, 2]);
}
