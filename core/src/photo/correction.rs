//! Times that the person put right, kept apart from what the sources say.

use serde::{Deserialize, Serialize};

use super::{LocalClock, TimeBasis, offset_of_local};

/// What the person says of when photos were taken. It is said of what their source tells, never of an earlier
/// correction: to say it twice is to say it once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Correction {
    /// The camera's clock was wrong: so many seconds are added to the instant, and by that to the local time.
    Shift { seconds: i64 },
    /// The instant is right: the local time is that of the zone of this IANA name.
    Zone { zone: String },
    /// The local time is right: it was the time in the zone of this IANA name, which says the instant. Where the source
    /// tells no local time, it is the one in the zone `here`.
    Clock { zone: String, here: String },
}

/// When a photo was taken, as somebody says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z; `None` where unknown.
    pub taken_s: Option<i64>,
    /// What makes it a local time; `None` where that is unknown.
    pub clock: Option<LocalClock>,
}

/// A correction, what it corrects, and what comes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    pub correction: Correction,
    /// As the sources say it.
    pub told: Moment,
    /// As it counts.
    pub shown: Moment,
}

impl Correction {
    /// A shift is no longer than this: a hundred years of seconds. Cameras that lost their clock begin in 1970 or 1980.
    pub const MOST_SHIFT_S: i64 = 36_525 * 86_400;
    /// The name of a zone is no longer, in bytes.
    pub const MOST_ZONE_BYTES: usize = 64;

    /// Whether it keeps to those bounds.
    pub fn is_within_bounds(&self) -> bool {
        let is_name = |zone: &String| (1..=Self::MOST_ZONE_BYTES).contains(&zone.len());
        match self {
            Self::Shift { seconds } => (-Self::MOST_SHIFT_S..=Self::MOST_SHIFT_S).contains(seconds),
            Self::Zone { zone } => is_name(zone),
            Self::Clock { zone, here } => is_name(zone) && is_name(here),
        }
    }

    /// What a source tells, corrected. `offset_min` says the minutes to add to UTC in the zone of a name at an instant.
    /// `None` where the source tells no instant, or the zone is not known.
    ///
    /// Of a local time that came twice when clocks were put back the first is meant; one that was skipped is read as if
    /// the clocks had not been put forward.
    pub fn of(&self, told: Moment, offset_min: &dyn Fn(&str, i64) -> Option<i32>) -> Option<Moment> {
        let told_s = told.taken_s?;
        let offset = |zone: &str, utc_s: i64| i16::try_from(offset_min(zone, utc_s)?).ok();
        let in_zone = |offset_min: i16| Some(LocalClock { offset_min, basis: TimeBasis::Correction });
        match self {
            Self::Shift { seconds } => {
                Some(Moment { taken_s: Some(told_s.saturating_add(*seconds)), clock: told.clock })
            }
            Self::Zone { zone } => Some(Moment { taken_s: Some(told_s), clock: in_zone(offset(zone, told_s)?) }),
            Self::Clock { zone, here } => {
                let told_min = told.clock.map_or_else(|| offset(here, told_s), |clock| Some(clock.offset_min))?;
                let local_s = told_s.saturating_add(i64::from(told_min) * 60);
                let offset_min = offset_of_local(local_s, |utc_s| offset(zone, utc_s))?;
                let taken_s = local_s.saturating_sub(i64::from(offset_min) * 60);
                Some(Moment { taken_s: Some(taken_s), clock: in_zone(offset_min) })
            }
        }
    }
}

impl Moment {
    /// Seconds since 1970-01-01T00:00:00 on the local clock; `None` where the instant or the clock is unknown.
    pub fn local_s(&self) -> Option<i64> {
        Some(self.taken_s?.saturating_add(i64::from(self.clock?.offset_min) * 60))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::DateTime;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    /// Zones with daylight saving, with half and quarter hours, and with half an hour of daylight saving.
    const ZONES: [&str; 8] = [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Pacific/Apia",
    ];

    fn offset_min(zone: &str, utc_s: i64) -> Option<i32> {
        let zone = TimeZone::get(zone).ok()?;
        let seconds = zone.to_offset(Timestamp::from_second(utc_s).ok()?).seconds();
        Some((f64::from(seconds) / 60.0).round() as i32)
    }

    fn utc_s(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_second()
    }

    /// A photo with a local time of its own.
    fn told(text: &str, offset_min: i16) -> Moment {
        Moment { taken_s: Some(utc_s(text)), clock: Some(LocalClock { offset_min, basis: TimeBasis::ExifLocal }) }
    }

    fn zone(zone: &str) -> Correction {
        Correction::Zone { zone: zone.into() }
    }

    fn clock(zone: &str) -> Correction {
        Correction::Clock { zone: zone.into(), here: "Europe/Berlin".into() }
    }

    fn says(correction: &Correction, told: Moment) -> (i64, Option<i16>) {
        let shown = correction.of(told, &offset_min).unwrap();
        (shown.taken_s.unwrap(), shown.clock.map(|clock| clock.offset_min))
    }

    #[test]
    fn a_shift_moves_instant_and_local_time_alike() {
        let before = told("1969-12-31T23:59:30Z", 330);
        for seconds in [1, 30, 31, -3600, 86_400 * 400, -86_400 * 20_000] {
            let shown = Correction::Shift { seconds }.of(before, &offset_min).unwrap();
            assert_eq!(shown.taken_s, Some(-30 + seconds));
            assert_eq!(shown.clock, before.clock);
            assert_eq!(shown.local_s(), before.local_s().map(|local_s| local_s + seconds));
        }
        let untold = Moment { clock: None, ..before };
        assert_eq!(says(&Correction::Shift { seconds: 60 }, untold), (30, None));
    }

    #[test]
    fn a_zone_leaves_the_instant_and_says_its_own_summer_and_winter() {
        for (at, name, expected) in [
            ("2024-07-01T12:00:00Z", "Europe/Berlin", 120),
            ("2024-01-01T12:00:00Z", "Europe/Berlin", 60),
            ("2024-03-31T00:59:59Z", "Europe/Berlin", 60),
            ("2024-03-31T01:00:00Z", "Europe/Berlin", 120),
            ("2024-10-27T00:59:59Z", "Europe/Berlin", 120),
            ("2024-10-27T01:00:00Z", "Europe/Berlin", 60),
            ("2024-07-01T12:00:00Z", "Asia/Kolkata", 330),
            ("2024-07-01T12:00:00Z", "Asia/Kathmandu", 345),
            ("2024-07-01T12:00:00Z", "Australia/Lord_Howe", 630),
            ("2024-01-01T12:00:00Z", "Australia/Lord_Howe", 660),
            ("1955-06-01T12:00:00Z", "America/New_York", -240),
            ("1955-12-01T12:00:00Z", "America/New_York", -300),
            ("1943-06-01T12:00:00Z", "Asia/Kolkata", 390),
        ] {
            assert_eq!(says(&zone(name), told(at, 0)), (utc_s(at), Some(expected)), "{at} {name}");
        }
    }

    #[test]
    fn a_clock_stays_and_its_zone_says_the_instant() {
        for (local, name, expected) in [
            // The camera was left at home: noon in Berlin was noon in New York.
            ("2024-07-01T12:00:00", "America/New_York", "2024-07-01T16:00:00Z"),
            ("2024-07-01T12:00:00", "Asia/Kolkata", "2024-07-01T06:30:00Z"),
            ("1962-01-15T08:30:00", "Asia/Kathmandu", "1962-01-15T03:00:00Z"),
            // It came twice: the first is meant.
            ("2024-11-03T01:30:00", "America/New_York", "2024-11-03T05:30:00Z"),
            // It was skipped: as if the clocks had not been put forward.
            ("2024-03-10T02:30:00", "America/New_York", "2024-03-10T07:30:00Z"),
            // Half an hour that came twice.
            ("2024-04-07T01:45:00", "Australia/Lord_Howe", "2024-04-06T14:45:00Z"),
        ] {
            let before = told(&format!("{local}Z"), 0);
            let shown = clock(name).of(before, &offset_min).unwrap();
            assert_eq!(shown.taken_s, Some(utc_s(expected)), "{local} {name}");
            assert_eq!(shown.local_s(), before.local_s());
        }
    }

    #[test]
    fn where_no_local_time_is_told_it_is_the_one_of_the_person() {
        let untold = |text: &str| Moment { taken_s: Some(utc_s(text)), clock: None };
        let summer = says(&clock("Asia/Kolkata"), untold("2024-07-01T10:00:00Z"));
        assert_eq!(summer, (utc_s("2024-07-01T06:30:00Z"), Some(330)));
        let winter = says(&clock("Asia/Kolkata"), untold("2024-01-01T11:00:00Z"));
        assert_eq!(winter, (utc_s("2024-01-01T06:30:00Z"), Some(330)));
    }

    #[test]
    fn nothing_is_made_up_where_the_instant_or_the_zone_is_unknown() {
        let known = told("2024-07-01T12:00:00Z", 0);
        assert_eq!(Correction::Shift { seconds: 1 }.of(Moment { taken_s: None, ..known }, &offset_min), None);
        for correction in [zone("Mars/Olympus"), clock("Mars/Olympus")] {
            assert_eq!(correction.of(known, &offset_min), None);
        }
    }

    #[test]
    fn bounds_are_kept() {
        let name = |length: usize| zone(&"x".repeat(length));
        assert!(!name(0).is_within_bounds() && name(1).is_within_bounds());
        assert!(name(64).is_within_bounds() && !name(65).is_within_bounds());
        for (seconds, is_within) in [(Correction::MOST_SHIFT_S, true), (-Correction::MOST_SHIFT_S - 1, false)] {
            assert_eq!(Correction::Shift { seconds }.is_within_bounds(), is_within);
        }
    }

    proptest! {
        /// Whole minutes, since offsets before standard time had seconds and are kept in minutes.
        #[test]
        fn zones_agree_with_jiff(utc_s in -1_000_000_000_i64..4_000_000_000, name in prop::sample::select(ZONES.to_vec()), from_min in -720..840_i16) {
            let there = TimeZone::get(name).unwrap();
            let before = Moment {
                taken_s: Some(utc_s),
                clock: Some(LocalClock { offset_min: from_min, basis: TimeBasis::Place }),
            };
            let seconds = there.to_offset(Timestamp::from_second(utc_s).unwrap()).seconds();
            prop_assume!(seconds % 60 == 0);
            prop_assert_eq!(says(&zone(name), before), (utc_s, Some((seconds / 60) as i16)));
            let local = DateTime::from(jiff::civil::date(1970, 1, 1)) + jiff::Span::new().seconds(before.local_s().unwrap());
            let expected = there.to_timestamp(local).unwrap().as_second();
            prop_assert_eq!(says(&clock(name), before).0, expected);
        }

        #[test]
        fn no_number_does_harm(taken_s in proptest::option::of(any::<i64>()), clock_min in proptest::option::of(any::<i16>()), seconds: i64, offset: i32) {
            let clock = clock_min.map(|offset_min| LocalClock { offset_min, basis: TimeBasis::Utc });
            let told = Moment { taken_s, clock };
            for correction in [Correction::Shift { seconds }, zone("a"), super::tests::clock("a")] {
                let _ = correction.of(told, &|_, _| Some(offset)).map(|moment| moment.local_s());
            }
        }
    }
}
