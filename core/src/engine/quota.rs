//! The meter of today's requests. Google counts per project and per day, which begins at midnight Pacific.

use serde::{Deserialize, Serialize};

use crate::google::refusals::next_pacific_midnight_ms;
use crate::protocol::Quota;

/// What was used since the last Pacific midnight, through this page alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Meter {
    quota: Quota,
    /// When the count begins anew.
    until_ms: i64,
}

impl Meter {
    pub(super) fn count_request(&mut self, now_ms: i64) {
        self.roll(now_ms);
        self.quota.requests = self.quota.requests.saturating_add(1);
    }

    pub(super) fn count_pictures(&mut self, pictures: u32, now_ms: i64) {
        self.roll(now_ms);
        self.quota.pictures = self.quota.pictures.saturating_add(pictures);
    }

    pub(super) fn quota(&mut self, now_ms: i64) -> Quota {
        self.roll(now_ms);
        self.quota
    }

    fn roll(&mut self, now_ms: i64) {
        if now_ms >= self.until_ms {
            *self = Self { quota: Quota::default(), until_ms: next_pacific_midnight_ms(now_ms) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::parse_rfc3339;

    #[test]
    fn a_new_day_begins_at_midnight_in_california() {
        let at = |text| parse_rfc3339(text).unwrap() * 1000;
        let mut meter = Meter::default();
        meter.count_request(at("2026-07-01T06:30:00Z"));
        meter.count_request(at("2026-07-01T06:59:59Z"));
        assert_eq!(meter.quota(at("2026-07-01T06:59:59Z")).requests, 2);
        assert_eq!(meter.quota(at("2026-07-01T07:00:00Z")).requests, 0);
    }
}
