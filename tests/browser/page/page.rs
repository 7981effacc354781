//! The page's address, its settings, and callbacks from other windows.

use std::cell::RefCell;
use std::rc::Rc;

use albumen::browser::channel::CallbackChannel;
use albumen::browser::clock::BrowserClock;
use albumen::browser::{names, observe, page, remembered};
use albumen_core::ports::Clock;
use albumen_core::protocol::World;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hands;

const BASE: &str = "https://example.test/photos/";

fn message(callback: &JsValue) -> JsValue {
    let message = js_sys::Object::new();
    js_sys::Reflect::set(&message, &"callback".into(), callback).unwrap();
    message.into()
}

#[wasm_bindgen_test]
fn the_base_address_ends_in_a_slash_and_has_no_query() {
    page::replace_address("?hour=3#x");
    assert_eq!(page::query(), "?hour=3");
    assert_eq!(page::base_address(), format!("{}/", page::origin()));
    page::replace_address("./");
    assert_eq!(page::query(), "");
}

#[wasm_bindgen_test]
fn everything_that_is_kept_carries_the_path_of_the_page() {
    assert_eq!(names::database(BASE, World::Google), "albumen:/photos/:google");
    assert_eq!(names::database(BASE, World::Sandbox), "albumen:/photos/:sandbox");
    assert_eq!(names::callback_channel(BASE), "albumen:/photos/:callback");
    assert_eq!(names::setting(BASE, "world"), "albumen:/photos/:world");
    assert_eq!(names::lock(BASE, World::Google, "refresh"), "albumen:/photos/:google:refresh");
}

#[wasm_bindgen_test]
fn a_setting_is_remembered_for_its_own_page_only() {
    remembered::remember(BASE, "theme", "dark");
    assert_eq!(remembered::recall(BASE, "theme").as_deref(), Some("dark"));
    assert_eq!(remembered::recall("https://example.test/other/", "theme"), None);
    remembered::forget(BASE, "theme");
    assert_eq!(remembered::recall(BASE, "theme"), None);
}

#[wasm_bindgen_test]
fn a_callback_is_given_once() {
    assert_eq!(page::take_callback(), None);
    hands::set_callback("?code=1&state=2.r");
    assert!(page::has_callback());
    assert_eq!(page::take_callback().as_deref(), Some("?code=1&state=2.r"));
    assert_eq!((page::has_callback(), page::take_callback()), (false, None));
}

#[wasm_bindgen_test]
async fn a_callback_of_another_window_is_heard_and_nonsense_is_not() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let channel = {
        let heard = heard.clone();
        CallbackChannel::open(BASE, move |callback| heard.borrow_mut().push(callback)).unwrap()
    };
    let name = names::callback_channel(BASE);
    hands::call_back("albumen:/other/:callback", &message(&"?code=other".into()));
    for nonsense in [JsValue::NULL, 7.into(), message(&7.into()), message(&"x".repeat(20_000).into())] {
        hands::call_back(&name, &nonsense);
    }
    hands::call_back(&name, &message(&"?code=1".into()));
    for _ in 0..200 {
        if !heard.borrow().is_empty() {
            break;
        }
        BrowserClock.sleep(10).await;
    }
    assert_eq!(*heard.borrow(), ["?code=1"]);
    drop(channel);
}

#[wasm_bindgen_test]
fn a_media_query_holds_or_does_not() {
    assert!(observe::media_holds("(min-width: 1px)"));
    assert!(!observe::media_holds("(max-width: 1px)"));
}

#[wasm_bindgen_test]
fn an_element_cannot_be_without_end() {
    let tallest_px = page::tallest_px();
    assert!((1e6..1e9).contains(&tallest_px), "{tallest_px}");
    assert_eq!(page::tallest_px(), tallest_px);
}

#[wasm_bindgen_test]
fn a_wheel_that_is_taken_away_scrolls_nothing_until_it_is_given_back() {
    let body = web_sys::window().unwrap().document().unwrap().body().unwrap();
    let turned = Rc::new(RefCell::new(Vec::new()));
    let watch = {
        let turned = turned.clone();
        observe::WheelWatch::new(&body, move |by_px, _| turned.borrow_mut().push(by_px)).unwrap()
    };
    let turn = || {
        let init = js_sys::Object::new();
        for (name, value) in [("cancelable", JsValue::TRUE), ("deltaY", 120.0.into())] {
            js_sys::Reflect::set(&init, &name.into(), &value).unwrap();
        }
        let event = web_sys::WheelEvent::new_with_event_init_dict("wheel", init.unchecked_ref()).unwrap();
        body.dispatch_event(&event).unwrap()
    };
    assert!(!turn(), "it was prevented");
    drop(watch);
    assert!(turn());
    assert_eq!(*turned.borrow(), [120.0]);
}

#[wasm_bindgen_test]
async fn the_browser_tells_how_much_it_keeps() {
    let room = page::room().await.unwrap();
    assert!(room.quota > room.used);
}
