//! Waiting for a condition, never for a time.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::failure::{Failure, Told, said};

/// How long a condition may take to come true. Generous: a busy machine is no fault of the page's.
pub(crate) const PATIENCE: Duration = Duration::from_secs(45);
/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(60);

/// Looks again and again until `look` finds something; `what` says what was waited for if it never does. A look that
/// fails (an element that has just gone) counts as one that found nothing.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFnMut() -> Told<Option<T>>) -> Told<T> {
    until_within(what, PATIENCE, look).await
}

/// As [`until`], with a patience of its own.
pub(crate) async fn until_within<T>(
    what: &str,
    patience: Duration,
    mut look: impl AsyncFnMut() -> Told<Option<T>>,
) -> Told<T> {
    let end = Instant::now() + patience;
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let last: Option<Failure> = match look().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(failure) => Some(failure),
        };
        if Instant::now() > end {
            let why = last.map(|failure| format!(" ({failure})")).unwrap_or_default();
            return Err(said(format!("waited {} s in vain for {what}{why}", patience.as_secs())));
        }
    }
}
