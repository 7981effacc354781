//! Web Locks: one at a time, nobody stuck.

use std::cell::RefCell;
use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context, Waker};

use albumen::browser::clock::BrowserClock;
use albumen::browser::locks::WebLocks;
use albumen_core::ports::{Clock, Locks};
use albumen_core::protocol::World;
use futures_util::future::{join, join3};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::faults::{self, Mended};

fn locks() -> WebLocks {
    WebLocks::new("https://example.test/albumen/", World::Google)
}

/// Two turns, with time between them for somebody else to step in.
async fn two_turns(log: &RefCell<Vec<&'static str>>, first: &'static str, second: &'static str) {
    log.borrow_mut().push(first);
    BrowserClock.sleep(5).await;
    log.borrow_mut().push(second);
}

#[wasm_bindgen_test]
async fn work_under_one_name_is_done_one_after_the_other() {
    let log = RefCell::new(Vec::new());
    // Two handles, as two tabs have them.
    let (here, there) = (locks(), locks());
    let one = here.exclusive("refresh", two_turns(&log, "a1", "a2"));
    let other = there.exclusive("refresh", two_turns(&log, "b1", "b2"));
    join(one, other).await;
    assert_eq!(*log.borrow(), ["a1", "a2", "b1", "b2"]);
}

#[wasm_bindgen_test]
async fn other_names_other_worlds_and_other_paths_do_not_wait() {
    let log = RefCell::new(Vec::new());
    let (here, sandbox) = (locks(), WebLocks::new("https://example.test/albumen/", World::Sandbox));
    let elsewhere = WebLocks::new("https://example.test/other/", World::Google);
    let here = here.exclusive("one", two_turns(&log, "1", "2"));
    let sandbox = sandbox.exclusive("one", two_turns(&log, "1", "2"));
    let elsewhere = elsewhere.exclusive("one", two_turns(&log, "1", "2"));
    join3(here, sandbox, elsewhere).await;
    assert_eq!(*log.borrow(), ["1", "1", "1", "2", "2", "2"]);
}

#[wasm_bindgen_test]
async fn the_result_of_the_work_comes_back() {
    assert_eq!(locks().exclusive("result", async { 7 }).await, 7);
}

#[wasm_bindgen_test]
async fn work_that_is_dropped_gives_its_turn_away() {
    let locks = locks();
    let begun = RefCell::new(false);
    {
        let mut holder = pin!(locks.exclusive("dropped", async {
            *begun.borrow_mut() = true;
            pending::<()>().await;
        }));
        while !*begun.borrow() {
            assert!(holder.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            BrowserClock.sleep(1).await;
        }
        let mut waiting = pin!(locks.exclusive("dropped", pending::<()>()));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    assert_eq!(locks.exclusive("dropped", async { "next" }).await, "next");
}

#[wasm_bindgen_test]
async fn a_browser_without_locks_does_the_work_at_once() {
    let _mended = Mended;
    faults::hide_locks();
    assert_eq!(locks().exclusive("missing", async { 1 }).await, 1);
}
