//! A calendar day, and a run of them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::civil::{civil_from_days, days_from_civil};

const DAY_S: i64 = 86_400;
const HOUR_S: i64 = 3600;

/// A calendar day, as days since 1970-01-01. Which zone it is in is for the holder to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    /// The day of a date that exists; `None` for the 30th of February.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(-9999..=9999).contains(&year) {
            return None;
        }
        let days = days_from_civil(year, month, day);
        (civil_from_days(days) == (year, month, day)).then_some(Self(days))
    }

    /// Year, month (1 to 12), day (1 to 31).
    pub fn ymd(self) -> (i32, u32, u32) {
        civil_from_days(self.0)
    }

    /// The day of the week, 0 (Monday) to 6, in the Gregorian calendar, however far back.
    pub fn weekday(self) -> u8 {
        // The first of 1970 was a Thursday.
        (i64::from(self.0) + 3).rem_euclid(7) as u8
    }

    /// The UTC day of an instant in seconds since the epoch.
    pub fn of_utc_s(seconds: i64) -> Self {
        Self(seconds.div_euclid(DAY_S) as i32)
    }

    /// Reads `YYYY-MM-DD` (ISO 8601), as date inputs and addresses hold it.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(y, 4) || !digits(m, 2) || !digits(d, 2) {
            return None;
        }
        Self::from_ymd(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

/// Reads days and hours off a local clock: seconds since the epoch with the zone's offset added. It remembers the day
/// that it read last, since most photos were taken on the day of their neighbor and to divide is slow.
#[derive(Clone, Copy, Debug, Default)]
pub struct DayReader {
    day: i32,
    begins_s: i64,
}

impl DayReader {
    pub fn day(&mut self, local_s: i64) -> Day {
        self.seconds_into_day(local_s);
        Day(self.day)
    }

    /// 0 to 23.
    pub fn hour(&mut self, local_s: i64) -> u8 {
        (self.seconds_into_day(local_s) / 3600) as u8
    }

    fn seconds_into_day(&mut self, local_s: i64) -> u32 {
        let into_day = local_s.wrapping_sub(self.begins_s);
        if (0..DAY_S).contains(&into_day) {
            return into_day as u32;
        }
        self.day = Day::of_utc_s(local_s).0;
        let into_day = local_s.rem_euclid(DAY_S);
        self.begins_s = local_s.wrapping_sub(into_day);
        into_day as u32
    }
}

/// An hour of a local day, as the clock showed it at some instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalHour {
    pub day: Day,
    /// 0 to 23.
    pub hour: u8,
    /// It was this hour of this day at every instant from this one up to the one that was asked about, in seconds since
    /// the epoch.
    pub since_s: i64,
}

impl LocalHour {
    /// At an instant whose zone is `offset_s` ahead of UTC and has been since `offset_since_s`.
    pub fn at(utc_s: i64, offset_s: i64, offset_since_s: i64) -> Self {
        let local_s = utc_s.saturating_add(offset_s);
        let into_day_s = local_s.rem_euclid(DAY_S);
        Self {
            day: Day::of_utc_s(local_s),
            hour: (into_day_s / HOUR_S) as u8,
            since_s: utc_s.saturating_sub(into_day_s % HOUR_S).max(offset_since_s),
        }
    }
}

/// Days from `first` to `last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRange {
    pub first: Day,
    pub last: Day,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_reader_reads_what_a_division_says(instants in proptest::collection::vec(prop_oneof![-200_000..200_000_i64, any::<i64>()], 1..30)) {
            let mut reader = DayReader::default();
            for local_s in instants {
                prop_assert_eq!(i64::from(reader.hour(local_s)), local_s.rem_euclid(DAY_S) / 3600);
                prop_assert_eq!(reader.day(local_s), Day::of_utc_s(local_s));
            }
        }
    }

    #[test]
    fn days_of_the_week_are_those_of_another_calendar() {
        for day in (-4_000_000..2_900_000).step_by(997) {
            let (year, month, of_month) = Day(day).ymd();
            let date = jiff::civil::date(year as i16, month as i8, of_month as i8);
            assert_eq!(Day(day).weekday(), date.weekday().to_monday_zero_offset() as u8, "{date}");
        }
        let _ = (Day(i32::MIN).weekday(), Day(i32::MAX).weekday());
    }

    #[test]
    fn reads_and_writes_iso_days_and_refuses_days_that_do_not_exist() {
        for text in ["1970-01-01", "2024-02-29", "1969-12-31", "0001-01-01"] {
            assert_eq!(Day::parse_iso(text).unwrap().to_string(), text);
        }
        for text in ["2023-02-29", "2023-13-01", "2023-1-1", "", "2023-00-10", "20230101", "2023-04-31x"] {
            assert_eq!(Day::parse_iso(text), None, "{text}");
        }
    }
}
