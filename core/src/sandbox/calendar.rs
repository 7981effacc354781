//! The sandbox's own calendar, so that a mistake of ours about days cannot agree with itself.
//!
//! The arithmetic is Fliegel and Van Flandern's (Communications of the ACM 11, 1968, p. 657), over Julian day numbers.

/// A calendar day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i32);

/// Julian day number of 1970-01-01.
const EPOCH: i64 = 2_440_588;

impl Day {
    /// The day of a date that exists, years 1 to 9999; `None` for the 30th of February.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
        let before_march = (m - 14) / 12;
        let julian = 1461 * (y + 4800 + before_march) / 4 + 367 * (m - 2 - 12 * before_march) / 12
            - 3 * ((y + 4900 + before_march) / 100) / 4
            + d
            - 32_075;
        let found = Self((julian - EPOCH) as i32);
        (found.ymd() == (year, month, day)).then_some(found)
    }

    /// Year, month (1 to 12), day (1 to 31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let mut l = i64::from(self.0) + EPOCH + 68_569;
        let n = 4 * l / 146_097;
        l -= (146_097 * n + 3) / 4;
        let i = 4000 * (l + 1) / 1_461_001;
        l = l - 1461 * i / 4 + 31;
        let j = 80 * l / 2447;
        let day = l - 2447 * j / 80;
        l = j / 11;
        let month = j + 2 - 12 * l;
        let year = 100 * (n - 49) + i + l;
        (year as i32, month as u32, day as u32)
    }

    /// The UTC day of an instant in seconds since the epoch.
    pub fn of_utc_s(seconds: i64) -> Self {
        Self(seconds.div_euclid(86_400) as i32)
    }

    /// 0 is Sunday, 6 is Saturday.
    pub(super) fn weekday(self) -> u32 {
        (i64::from(self.0) + 4).rem_euclid(7) as u32
    }

    /// 1 to 366.
    pub(super) fn of_year(self) -> u32 {
        let (year, ..) = self.ymd();
        Self::from_ymd(year, 1, 1).map_or(1, |first| (self.0 - first.0 + 1) as u32)
    }

    fn sunday(year: i32, month: u32, from_day: u32) -> Self {
        let start = Self::from_ymd(year, month, from_day).unwrap_or(Self(0));
        Self(start.0 + (7 - start.weekday() as i32) % 7)
    }
}

/// `YYYY-MM-DDTHH:MM:SSZ` (RFC 3339), as Google writes instants without a fraction.
pub(super) fn rfc3339(seconds: i64) -> String {
    let (y, m, d) = Day::of_utc_s(seconds).ymd();
    let s = seconds.rem_euclid(86_400);
    format!("{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}Z", s / 3600, s / 60 % 60, s % 60)
}

/// The day that it is in California, where Google's daily quotas begin anew (Google: API limits and quotas).
///
/// Daylight saving lasts from the second Sunday of March, 2:00, to the first Sunday of November, 2:00 (15 U.S.C. 260a).
pub(super) fn pacific_day(now_ms: i64) -> i32 {
    let now_s = now_ms.div_euclid(1000);
    let (year, ..) = Day::of_utc_s(now_s).ymd();
    let begins_s = i64::from(Day::sunday(year, 3, 8).0) * 86_400 + 10 * 3600;
    let ends_s = i64::from(Day::sunday(year, 11, 1).0) * 86_400 + 9 * 3600;
    let offset_s = if (begins_s..ends_s).contains(&now_s) { -7 * 3600 } else { -8 * 3600 };
    Day::of_utc_s(now_s + offset_s).0
}

/// Whether central Europe keeps summer time on this day (Directive 2000/84/EC: last Sundays of March and October).
pub(super) fn european_summer(day: Day) -> bool {
    let (year, ..) = day.ymd();
    (Day::sunday(year, 3, 25)..Day::sunday(year, 10, 25)).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_another_calendar(days in -719_162i32..2_932_896) {
            let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let day = Day(days);
            prop_assert_eq!(day.ymd(), (i32::from(date.year()), date.month() as u32, date.day() as u32));
            let (y, m, d) = day.ymd();
            prop_assert_eq!(Day::from_ymd(y, m, d), Some(day));
            prop_assert_eq!(day.weekday(), date.weekday().to_sunday_zero_offset() as u32);
            prop_assert_eq!(day.of_year(), date.day_of_year() as u32);
        }

        #[test]
        fn the_pacific_day_is_the_one_of_the_time_zone_database(hours in 0i64..700_000) {
            // From 2007 on, when today's rule came into force.
            let second = 1_167_696_000 + hours * 3600;
            let there = jiff::Timestamp::from_second(second).unwrap().to_zoned(jiff::tz::TimeZone::get("America/Los_Angeles").unwrap());
            let (y, m, d) = Day(pacific_day(second * 1000)).ymd();
            prop_assert_eq!((y, m, d), (i32::from(there.year()), there.month() as u32, there.day() as u32));
        }

        #[test]
        fn writes_instants_as_another_writes_them(second in -62_000_000_000i64..253_402_300_799) {
            let other = jiff::Timestamp::from_second(second).unwrap();
            prop_assert_eq!(rfc3339(second).parse::<jiff::Timestamp>().unwrap(), other);
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for (y, m, d) in [(2023, 2, 29), (2023, 4, 31), (2023, 13, 1), (2023, 0, 1), (0, 1, 1), (2023, 1, 0)] {
            assert_eq!(Day::from_ymd(y, m, d), None);
        }
        assert!(Day::from_ymd(2024, 2, 29).is_some());
    }
}
