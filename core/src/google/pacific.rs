//! Midnight in Pacific time, when Google's daily quotas begin anew.

use crate::photo::{Day, days_from_civil};

const DAY_S: i64 = 86_400;
const HOUR_S: i64 = 3_600;

/// The next midnight of America/Los_Angeles strictly after `now_ms`, both in milliseconds since the epoch.
///
/// Daylight saving as in the United States since 2007: from the second Sunday of March to the first Sunday of November,
/// at two o'clock (Energy Policy Act of 2005, section 110).
pub fn next_pacific_midnight_ms(now_ms: i64) -> i64 {
    let now_s = now_ms.div_euclid(1000);
    let day = (now_s + offset_s(now_s)).div_euclid(DAY_S);
    let midnight_s = |day: i64| {
        // Clocks change at two o'clock, so one hour's doubt at midnight changes nothing.
        day * DAY_S - offset_s(day * DAY_S + 8 * HOUR_S)
    };
    midnight_s(day + 1) * 1000
}

/// What Pacific time adds to UTC at an instant: -7 h in summer, -8 h else.
fn offset_s(at_s: i64) -> i64 {
    let (year, _, _) = Day::of_utc_s(at_s).ymd();
    // Two o'clock standard time is 10:00 UTC; two o'clock summer time is 09:00 UTC.
    let begins_s = sunday(year, 3, 8) * DAY_S + 10 * HOUR_S;
    let ends_s = sunday(year, 11, 1) * DAY_S + 9 * HOUR_S;
    if (begins_s..ends_s).contains(&at_s) { -7 * HOUR_S } else { -8 * HOUR_S }
}

/// The first Sunday on or after a date, as days since 1970-01-01 (a Thursday).
fn sunday(year: i32, month: u32, day: u32) -> i64 {
    let days = i64::from(days_from_civil(year, month, day));
    days + (3 - days).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same rule in POSIX's words, carried out by another library.
    fn by_jiff(now_ms: i64) -> i64 {
        let zone = jiff::tz::TimeZone::posix("PST8PDT,M3.2.0,M11.1.0").unwrap();
        let now = jiff::Timestamp::from_millisecond(now_ms).unwrap().to_zoned(zone.clone());
        let next = now.date().tomorrow().unwrap();
        next.to_zoned(zone).unwrap().timestamp().as_millisecond()
    }

    #[test]
    fn the_days_on_which_clocks_change_have_23_and_25_hours() {
        let length_h = |iso: &str| {
            let start = next_pacific_midnight_ms(iso.parse::<jiff::Timestamp>().unwrap().as_millisecond());
            (next_pacific_midnight_ms(start) - start) / 3_600_000
        };
        assert_eq!(length_h("2026-03-08T07:00:00Z"), 23);
        assert_eq!(length_h("2026-11-01T06:00:00Z"), 25);
        assert_eq!(length_h("2026-11-23T12:00:00Z"), 24);
    }

    #[test]
    fn every_hour_of_a_decade_agrees_with_another_library() {
        let first = 1_767_225_600_000; // 2026-01-01T00:00:00Z
        for hour in 0..87_672 {
            let now_ms = first + hour * 3_600_000;
            assert_eq!(next_pacific_midnight_ms(now_ms), by_jiff(now_ms), "{now_ms}");
        }
    }

    proptest! {
        #[test]
        fn any_instant_agrees_with_another_library(now_ms in 1_175_000_000_000i64..10_000_000_000_000) {
            prop_assert_eq!(next_pacific_midnight_ms(now_ms), by_jiff(now_ms));
        }
    }
}
