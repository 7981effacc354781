//! What narrows a view, and its words in the address bar.

use crate::photo::{Day, DayRange};

/// What is left out of Photos and Insights. The default leaves nothing out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these local days.
    pub days: Option<DayRange>,
    /// Only this local hour, 0 to 23.
    pub hour: Option<u8>,
    /// Whether days and hours are read from UTC instead of the person's own clock.
    pub utc: bool,
}

impl Filter {
    /// Reads `days=2019-01-01..2019-12-31&hour=14&zone=utc`, with or without the `?`. What is unknown or makes no sense is
    /// passed over: an address comes from anywhere.
    pub fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for (key, value) in query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')) {
            match key {
                "days" => filter.days = read_days(value).or(filter.days),
                "hour" => filter.hour = value.parse().ok().filter(|hour| *hour < 24).or(filter.hour),
                "zone" => filter.utc = value == "utc",
                _ => {}
            }
        }
        filter
    }

    /// The query that says it, without the `?`; empty when nothing is narrowed.
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if let Some(DayRange { first, last }) = self.days {
            parts.push(if first == last { format!("days={first}") } else { format!("days={first}..{last}") });
        }
        parts.extend(self.hour.map(|hour| format!("hour={hour}")));
        parts.extend(self.utc.then(|| "zone=utc".to_owned()));
        parts.join("&")
    }

    /// Whether it leaves anything out.
    pub fn is_narrowing(&self) -> bool {
        self.days.is_some() || self.hour.is_some()
    }

    /// Whether something taken at this second of the local clock is left in. What has no date is left in only when
    /// nothing is narrowed.
    pub fn admits(&self, local_s: Option<i64>) -> bool {
        let Some(local_s) = local_s else { return !self.is_narrowing() };
        let day = Day::of_utc_s(local_s);
        let hour = local_s.rem_euclid(86_400) / 3600;
        self.days.is_none_or(|days| (days.first..=days.last).contains(&day))
            && self.hour.is_none_or(|wanted| i64::from(wanted) == hour)
    }
}

/// `2019-01-01..2019-12-31`, or one day.
fn read_days(value: &str) -> Option<DayRange> {
    let (first, last) = value.split_once("..").unwrap_or((value, value));
    let days = DayRange { first: Day::parse_iso(first)?, last: Day::parse_iso(last)? };
    (days.first <= days.last).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn foreign_and_hostile_queries_narrow_nothing() {
        for query in [
            "",
            "?",
            "a=b",
            "days=",
            "days=2019-02-30",
            "days=2019-02-02..2019-02-01",
            "hour=24",
            "hour=-1",
            "zone=mars",
        ] {
            assert_eq!(Filter::from_query(query), Filter::default(), "{query}");
        }
    }

    #[test]
    fn hours_and_days_are_those_of_the_local_clock() {
        let filter = Filter::from_query("?days=1970-01-02&hour=3");
        assert!(filter.admits(Some(86_400 + 3 * 3600)));
        assert!(!filter.admits(Some(86_400 + 4 * 3600)));
        assert!(!filter.admits(Some(3 * 3600)));
        assert!(!filter.admits(None) && Filter::default().admits(None));
        assert!(Filter { hour: Some(23), ..Filter::default() }.admits(Some(-1)), "before 1970 too");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(first in -700_000_i32..2_900_000, length in 0..10_000_i32, hour in proptest::option::of(0_u8..24), utc: bool, narrowed: bool) {
            let days = narrowed.then_some(DayRange { first: Day(first), last: Day(first + length) });
            let filter = Filter { days, hour, utc };
            prop_assert_eq!(Filter::from_query(&filter.to_query()), filter);
        }

        #[test]
        fn any_query_can_be_read(query in "\\PC*") {
            let _ = Filter::from_query(&query);
        }
    }
}
