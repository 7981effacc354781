//! How a running job hears that it should pause or stop.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// What the person asks of a running job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    Pause,
    Cancel,
}

/// One job's reins: at most one run at a time holds them.
#[derive(Default)]
pub(super) struct Control {
    running: Cell<bool>,
    halt: Cell<Option<Halt>>,
    waker: RefCell<Option<Waker>>,
    waiting_for_end: RefCell<Vec<Waker>>,
}

impl Control {
    /// Takes the reins; `false` if a run holds them already.
    pub(super) fn begin(&self) -> bool {
        if self.running.replace(true) {
            return false;
        }
        self.halt.set(None);
        true
    }

    pub(super) fn end(&self) {
        self.running.set(false);
        for waker in self.waiting_for_end.take() {
            waker.wake();
        }
    }

    /// Resolves when no run holds the reins.
    pub(super) async fn ended(&self) {
        poll_fn(|context| {
            if self.running.get() {
                self.waiting_for_end.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }

    pub(super) fn is_running(&self) -> bool {
        self.running.get()
    }

    pub(super) fn halt(&self, halt: Halt) {
        self.halt.set(Some(halt));
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    pub(super) fn asked(&self) -> Option<Halt> {
        self.halt.get()
    }

    /// Resolves when a halt is asked for. One waiter at a time.
    pub(super) async fn halted(&self) -> Halt {
        poll_fn(|context| match self.halt.get() {
            Some(halt) => Poll::Ready(halt),
            None => {
                *self.waker.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}
