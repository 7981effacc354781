//! How much a project may ask, by the day and by the minute.

use serde::{Deserialize, Serialize};

use super::calendar::pacific_day;
use super::errors::Refused;

/// Google: API limits and quotas, Library API: requests per project per day, uploads included.
pub(super) const REQUESTS_A_DAY: u32 = 10_000;
/// Google: API limits and quotas, Library API: loads of base URLs per project per day.
pub(super) const PICTURES_A_DAY: u32 = 75_000;
/// Google shows the number in the console only; this one is what its other services grant.
pub(super) const WRITES_A_MINUTE: u32 = 60;

/// What a project has used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Usage(Vec<OfProject>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OfProject {
    project: String,
    pacific_day: i32,
    requests: u32,
    pictures: u32,
    minute: i64,
    writes: u32,
}

impl Usage {
    fn today(&mut self, project: &str, now_ms: i64) -> &mut OfProject {
        let (day, minute) = (pacific_day(now_ms), now_ms.div_euclid(60_000));
        let at = self.0.iter().position(|used| used.project == project).unwrap_or_else(|| {
            let project = project.to_owned();
            self.0.push(OfProject { project, pacific_day: day, requests: 0, pictures: 0, minute, writes: 0 });
            self.0.len() - 1
        });
        let used = &mut self.0[at];
        if used.pacific_day != day {
            (used.pacific_day, used.requests, used.pictures) = (day, 0, 0);
        }
        if used.minute != minute {
            (used.minute, used.writes) = (minute, 0);
        }
        used
    }

    /// Counts a request to the API.
    pub(super) fn request(&mut self, project: &str, now_ms: i64) -> Result<(), Refused> {
        let used = self.today(project, now_ms);
        if used.requests >= REQUESTS_A_DAY {
            return Err(Refused::quota("All requests", "All requests per day", project));
        }
        used.requests += 1;
        Ok(())
    }

    /// Counts a call that writes.
    pub(super) fn write(&mut self, project: &str, now_ms: i64) -> Result<(), Refused> {
        let used = self.today(project, now_ms);
        if used.writes >= WRITES_A_MINUTE {
            // Google: best practices: wait 30 seconds at the least after a 429.
            return Err(Refused::quota("Write requests", "Write requests per minute per user", project).retry_after(30));
        }
        used.writes += 1;
        Ok(())
    }

    /// Counts the load of a base URL; `false` when the day's are spent.
    pub(super) fn picture(&mut self, project: &str, now_ms: i64) -> bool {
        let used = self.today(project, now_ms);
        let left = used.pictures < PICTURES_A_DAY;
        used.pictures += u32::from(left);
        left
    }

    /// Counts requests and pictures that something else has used today.
    pub(super) fn spend(&mut self, project: &str, requests: u32, pictures: u32, now_ms: i64) {
        let used = self.today(project, now_ms);
        used.requests = used.requests.saturating_add(requests);
        used.pictures = used.pictures.saturating_add(pictures);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-06-01T06:59:00Z, a minute before midnight in California.
    const BEFORE_MIDNIGHT_MS: i64 = 1_780_297_140_000;

    #[test]
    fn the_days_requests_end_at_ten_thousand_and_begin_anew_at_midnight_pacific() {
        let mut usage = Usage::default();
        for _ in 0..REQUESTS_A_DAY {
            usage.request("1", BEFORE_MIDNIGHT_MS).unwrap();
        }
        let refused = usage.request("1", BEFORE_MIDNIGHT_MS).unwrap_err();
        assert_eq!(refused.status, 429);
        assert!(refused.message.contains("per day") && refused.details.is_empty());
        assert!(usage.request("2", BEFORE_MIDNIGHT_MS).is_ok());
        assert!(usage.request("1", BEFORE_MIDNIGHT_MS + 60_000).is_ok());
    }

    #[test]
    fn writes_are_counted_by_the_minute() {
        let mut usage = Usage::default();
        for _ in 0..WRITES_A_MINUTE {
            usage.write("1", 0).unwrap();
        }
        assert!(usage.write("1", 59_999).unwrap_err().message.contains("Write requests per minute per user"));
        assert!(usage.write("1", 60_000).is_ok());
    }

    #[test]
    fn pictures_are_counted_apart_from_requests() {
        let mut usage = Usage::default();
        usage.spend("1", 0, PICTURES_A_DAY - 1, 0);
        assert!(usage.picture("1", 0));
        assert!(!usage.picture("1", 0));
        assert!(usage.request("1", 0).is_ok());
    }
}
