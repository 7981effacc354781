//! The time and waiting, in page and worker alike.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use albumen_core::ports::Clock;
use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessagePort};

use super::js::{Deliver, delivery};

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

    async fn turn(&self) {
        let (deliver, came) = delivery();
        let is_sent = TURNS.with(|turns| turns.as_ref().is_some_and(|turns| turns.send(deliver)));
        match is_sent {
            true => came.await,
            false => timer(0).await,
        }
    }
}

thread_local! {
    /// `None` where the browser has no channels.
    static TURNS: Option<Turns> = Turns::new();
}

/// Messages of this thread to itself: each comes after all that happened before it was sent. A timer would too, but
/// browsers hold those back that follow one another, by four milliseconds each.
struct Turns {
    sender: MessagePort,
    waiting: Rc<RefCell<VecDeque<Deliver<()>>>>,
    _receiver: MessagePort,
    _on_message: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let waiting = Rc::new(RefCell::new(VecDeque::<Deliver<()>>::new()));
        let on_message = {
            let waiting = waiting.clone();
            Closure::<dyn FnMut()>::new(move || {
                let next = waiting.borrow_mut().pop_front();
                if let Some(next) = next {
                    next.deliver(());
                }
            })
        };
        let (sender, receiver) = (channel.port1(), channel.port2());
        receiver.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { sender, waiting, _receiver: receiver, _on_message: on_message })
    }

    /// Whether the message was sent.
    fn send(&self, deliver: Deliver<()>) -> bool {
        self.waiting.borrow_mut().push_back(deliver);
        let is_sent = self.sender.post_message(&JsValue::NULL).is_ok();
        if !is_sent {
            self.waiting.borrow_mut().pop_back();
        }
        is_sent
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
