//! Whether a call that failed is made again, and when.

use crate::google::Refusal;
use crate::google::refusals::{next_pacific_midnight_ms, wait_ms};
use crate::ports::HttpError;
use crate::trouble::Trouble;

/// A dead network is tried again this often before the person is asked.
pub(super) const MOST_NETWORK_TRIES: u32 = 3;
/// A service that is overloaded is tried again this often before the person is asked.
const MOST_BUSY_TRIES: u32 = 8;

/// When a call that has failed `tries` times in a row, at last now and because of `why`, is made again, in milliseconds
/// since the epoch; `None` if only the person can do something about it. `chance` spreads the waits of many tabs.
pub(super) fn again_ms(why: &Trouble, tries: u32, chance: u32, now_ms: i64) -> Option<i64> {
    let after = |wait_ms: u64| now_ms.saturating_add_unsigned(wait_ms);
    match why {
        Trouble::Http(HttpError::Unreachable { .. }) if tries <= MOST_NETWORK_TRIES => {
            let wait = wait_ms(&Refusal::Wait { wait_ms: None, busy: true }, tries.saturating_sub(1), chance);
            Some(after(wait.unwrap_or(1000)))
        }
        Trouble::Google(refusal @ Refusal::Wait { .. }) if tries <= MOST_BUSY_TRIES => {
            wait_ms(refusal, tries.saturating_sub(1), chance).map(after)
        }
        Trouble::Google(Refusal::QuotaToday) => Some(next_pacific_midnight_ms(now_ms)),
        _ => None,
    }
}
