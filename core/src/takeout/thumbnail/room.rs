//! How much is decoded at the same time.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// Room for so many bytes. Who asks first gets it first; what is larger than all of it gets it alone.
pub struct Room {
    all: u64,
    taken: Cell<u64>,
    next: Cell<u64>,
    waiting: RefCell<VecDeque<(u64, Option<Waker>)>>,
}

/// Some of the room, given back when it is dropped.
pub struct Taken<'a> {
    room: &'a Room,
    bytes: u64,
}

/// A place in the line, given up when it is dropped.
struct InLine<'a> {
    room: &'a Room,
    number: u64,
}

impl Room {
    pub fn new(bytes: u64) -> Self {
        Self { all: bytes, taken: Cell::new(0), next: Cell::new(0), waiting: RefCell::default() }
    }

    /// Waits until there is room for `bytes`.
    pub async fn take(&self, bytes: u64) -> Taken<'_> {
        let bytes = bytes.min(self.all);
        let in_line = InLine { room: self, number: self.next.replace(self.next.get() + 1) };
        self.waiting.borrow_mut().push_back((in_line.number, None));
        poll_fn(|context| {
            let mut waiting = self.waiting.borrow_mut();
            let is_first = waiting.front().is_some_and(|(first, _)| *first == in_line.number);
            if is_first && self.taken.get() + bytes <= self.all {
                return Poll::Ready(());
            }
            if let Some((_, waker)) = waiting.iter_mut().find(|(number, _)| *number == in_line.number) {
                *waker = Some(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
        self.taken.set(self.taken.get() + bytes);
        Taken { room: self, bytes }
    }

    fn wake_first(&self) {
        if let Some(waker) = self.waiting.borrow_mut().front_mut().and_then(|(_, waker)| waker.take()) {
            waker.wake();
        }
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.room.waiting.borrow_mut().retain(|(number, _)| *number != self.number);
        self.room.wake_first();
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.room.taken.set(self.room.taken.get() - self.bytes);
        self.room.wake_first();
    }
}
