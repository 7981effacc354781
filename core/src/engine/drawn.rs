//! Whether the page has drawn what it was told: a job that tells more than that takes the time to draw it in from the page,
//! where both share a core.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, Waker};

use futures_util::future::select;

use crate::ports::Clock;

/// A page that is not seen draws nothing, and one that is busy may take its time: no job stands still for longer.
const LONGEST_MS: u64 = 200;

/// News that take the page long, as many as were told, and those of them that are drawn.
#[derive(Default)]
pub(super) struct Drawn {
    /// A page that never says so is not waited for.
    is_said: Cell<bool>,
    told: Cell<u32>,
    drawn: Cell<u32>,
    waiting: RefCell<Vec<Waker>>,
}

impl Drawn {
    /// Such news are told.
    pub(super) fn tell(&self) {
        self.told.set(self.told.get().wrapping_add(1));
    }

    /// The page has drawn the first of what was told and was not drawn.
    pub(super) fn say(&self) {
        self.is_said.set(true);
        if self.drawn.get() != self.told.get() {
            self.drawn.set(self.drawn.get().wrapping_add(1));
        }
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    /// Waits until all that was told is drawn.
    pub(super) async fn caught_up(&self, clock: &impl Clock) {
        if !self.is_said.get() {
            return;
        }
        let all = pin!(poll_fn(|context| {
            if self.drawn.get() == self.told.get() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        }));
        let too_long = pin!(clock.sleep(LONGEST_MS));
        select(all, too_long).await;
        // What was not drawn in time is not waited for again.
        self.drawn.set(self.told.get());
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::LocalPool;
    use futures_util::task::LocalSpawnExt;
    use std::rc::Rc;

    use super::*;

    /// Its time does not pass.
    struct Still;

    impl Clock for Still {
        fn now_ms(&self) -> i64 {
            0
        }

        async fn sleep(&self, _: u64) {
            std::future::pending().await
        }

        async fn turn(&self) {}
    }

    /// Its time passes at once.
    struct Hasty;

    impl Clock for Hasty {
        fn now_ms(&self) -> i64 {
            0
        }

        async fn sleep(&self, _: u64) {}

        async fn turn(&self) {}
    }

    fn waits(drawn: &Rc<Drawn>, mut meanwhile: impl FnMut(&Drawn)) -> bool {
        let (mut pool, is_done) = (LocalPool::new(), Rc::new(Cell::new(false)));
        let (watched, done) = (Rc::clone(drawn), Rc::clone(&is_done));
        let job = async move {
            watched.caught_up(&Still).await;
            done.set(true);
        };
        pool.spawner().spawn_local(job).unwrap();
        pool.run_until_stalled();
        let waited = !is_done.get();
        meanwhile(drawn);
        pool.run_until_stalled();
        assert!(is_done.get(), "it stands still");
        waited
    }

    #[test]
    fn a_job_waits_for_as_many_drawings_as_it_told_of() {
        let drawn = Rc::new(Drawn::default());
        drawn.tell();
        assert!(!waits(&drawn, |_| ()), "a page that never says that it draws");
        drawn.say();
        drawn.say();
        assert!(!waits(&drawn, |_| ()), "all is drawn");
        drawn.tell();
        drawn.tell();
        assert!(waits(&drawn, |drawn| {
            drawn.say();
            drawn.say();
        }));
        assert!(!waits(&drawn, |_| ()));
    }

    #[test]
    fn a_page_that_draws_nothing_is_not_waited_for_twice() {
        let drawn = Rc::new(Drawn::default());
        drawn.say();
        drawn.tell();
        pollster::block_on(drawn.caught_up(&Hasty));
        assert!(!waits(&drawn, |_| ()));
    }
}
