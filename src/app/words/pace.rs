//! How fast work goes, and how long the rest of it will take.

/// A step of work, watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace<S> {
    step: S,
    /// What was done, and the time it had run, when this step was first seen.
    from: (u64, u64),
    now: (u64, u64),
    of: u64,
}

impl<S: PartialEq + Copy> Pace<S> {
    /// The step as it stands, after what was seen of it `before`: `done` of `of`, after `elapsed_ms` of running.
    pub fn seen(before: Option<Self>, step: S, done: u64, of: u64, elapsed_ms: u64) -> Self {
        let now = (done, elapsed_ms);
        // A job that begins anew, or another step, is another pace.
        let from = before.filter(|pace| pace.step == step && pace.now.0 <= done && pace.now.1 <= elapsed_ms);
        Self { step, from: from.map_or(now, |pace| pace.from), now, of }
    }

    /// What is done in a second; `None` before a second was seen, and while nothing moves.
    pub fn per_second(&self) -> Option<f64> {
        let (done, elapsed_ms) = (self.now.0.saturating_sub(self.from.0), self.now.1.saturating_sub(self.from.1));
        (elapsed_ms >= 1000 && done > 0).then(|| done as f64 * 1000.0 / elapsed_ms as f64)
    }

    /// How long the rest will take at this pace, in milliseconds.
    pub fn left_ms(&self) -> Option<u64> {
        let left = self.of.checked_sub(self.now.0)?;
        Some((left as f64 * 1000.0 / self.per_second()?) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_seen_counts() {
        // A job that goes on after a reload has run, and done something, before anybody looked.
        let first = Pace::seen(None, 'a', 5_000, 10_000, 60_000);
        assert_eq!((first.per_second(), first.left_ms()), (None, None));
        let later = Pace::seen(Some(first), 'a', 6_000, 10_000, 62_000);
        assert_eq!((later.per_second(), later.left_ms()), (Some(500.0), Some(8_000)));
        let next = Pace::seen(Some(later), 'b', 0, 70, 62_000);
        assert_eq!(next.per_second(), None);
        let anew = Pace::seen(Some(later), 'a', 10, 10_000, 100);
        assert_eq!(anew, Pace::seen(None, 'a', 10, 10_000, 100));
    }

    #[test]
    fn nothing_is_promised_of_what_does_not_move_or_is_too_much() {
        let first = Pace::seen(None, 'a', 10, 100, 0);
        assert_eq!(Pace::seen(Some(first), 'a', 10, 100, 5_000).left_ms(), None);
        assert_eq!(Pace::seen(Some(first), 'a', 200, 100, 5_000).left_ms(), None);
    }
}
