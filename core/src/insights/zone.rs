//! A time zone as a table of offsets, made by asking for offsets.

use crate::photo::{Day, DayReader, LocalHour};

const DAY_S: i64 = 86_400;
/// Since 1940 no zone has changed its offset and changed it back in less than seven days but an hour (tz database; Brazil
/// in 2000 came nearest): whoever looks once in six days sees each change.
const STEADY_S: i64 = -946_771_200;
const STEADY_STEP_S: i64 = 6 * DAY_S;

/// Which offset from UTC holds from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    /// Ascending. Entry `i` holds from here up to entry `i + 1`; the first holds from the beginning of time.
    starts_s: Vec<i64>,
    offsets_min: Vec<i32>,
}

impl Zone {
    pub fn utc() -> Self {
        Self { name: "UTC".into(), starts_s: vec![i64::MIN], offsets_min: vec![0] }
    }

    /// Finds every change of the offset between two instants (seconds since the epoch), to the second.
    ///
    /// `offset_min` is asked once in some days and then ever more closely around a change; it may be any number of minutes.
    /// Before and after the two instants the nearest offset holds.
    pub fn probe(name: impl Into<String>, first_s: i64, last_s: i64, offset_min: impl Fn(i64) -> i32) -> Self {
        let mut probing = Probing::begin(name, first_s, last_s, &offset_min);
        probing.go_on(u32::MAX, &offset_min);
        probing.zone
    }

    /// As the browser calls it: `Europe/Berlin`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Minutes to add to UTC at an instant.
    pub fn offset_min(&self, utc_s: i64) -> i32 {
        self.offsets_min[self.starts_s.partition_point(|start_s| *start_s <= utc_s).saturating_sub(1)]
    }

    /// A reader of the local clock, quick for instants that lie near one another: seconds since the epoch with the
    /// offset added.
    pub fn clock(&self) -> impl FnMut(i64) -> i64 {
        let (mut from_s, mut to_s, mut offset_s) = (1, 0, 0);
        move |utc_s| {
            if !(from_s..to_s).contains(&utc_s) {
                (from_s, to_s, offset_s) = self.span_at(utc_s);
            }
            utc_s.saturating_add(offset_s)
        }
    }

    /// A reader of the hours of the local clock, quick for instants that lie near one another.
    pub fn hours(&self) -> impl FnMut(i64) -> LocalHour {
        let (mut from_s, mut to_s, mut offset_s) = (1, 0, 0);
        move |utc_s| {
            if !(from_s..to_s).contains(&utc_s) {
                (from_s, to_s, offset_s) = self.span_at(utc_s);
            }
            LocalHour::at(utc_s, offset_s, from_s)
        }
    }

    /// Since when the offset holds that holds at an instant, until when, and which it is; all in seconds.
    fn span_at(&self, utc_s: i64) -> (i64, i64, i64) {
        let at = self.starts_s.partition_point(|start_s| *start_s <= utc_s).saturating_sub(1);
        let to_s = self.starts_s.get(at + 1).copied().unwrap_or(i64::MAX);
        (self.starts_s[at], to_s, i64::from(self.offsets_min[at]) * 60)
    }

    pub fn local_day(&self, utc_s: i64) -> Day {
        Day::of_utc_s(self.clock()(utc_s))
    }

    /// 0 to 23.
    pub fn local_hour(&self, utc_s: i64) -> u8 {
        DayReader::default().hour(self.clock()(utc_s))
    }
}

/// What [`Zone::probe`] does, a slice at a time: to ask a browser for a century takes longer than a page may stand still.
#[derive(Clone, Debug)]
pub struct Probing {
    zone: Zone,
    at_s: i64,
    last_s: i64,
}

impl Probing {
    /// Begins at `first_s`; nothing is known yet but the offset there.
    pub fn begin(name: impl Into<String>, first_s: i64, last_s: i64, offset_min: &dyn Fn(i64) -> i32) -> Self {
        let zone = Zone { name: name.into(), starts_s: vec![i64::MIN], offsets_min: vec![offset_min(first_s)] };
        Self { zone, at_s: first_s, last_s }
    }

    /// Looks ahead so many times more; whether it has come to the end.
    pub fn go_on(&mut self, looks: u32, offset_min: &dyn Fn(i64) -> i32) -> bool {
        let mut offset = self.zone.offsets_min[self.zone.offsets_min.len() - 1];
        for _ in 0..looks {
            if self.at_s >= self.last_s {
                break;
            }
            let step_s = if self.at_s < STEADY_S { DAY_S } else { STEADY_STEP_S };
            let next_s = self.at_s.saturating_add(step_s).min(self.last_s);
            let next = offset_min(next_s);
            while offset != next {
                // The first second of another offset lies in (at, next]: that is divided until it is found.
                let (mut before_s, mut after_s) = (self.at_s, next_s);
                while after_s - before_s > 1 {
                    let middle_s = between(before_s, after_s);
                    if offset_min(middle_s) == offset { before_s = middle_s } else { after_s = middle_s }
                }
                offset = offset_min(after_s);
                self.at_s = after_s;
                self.zone.starts_s.push(after_s);
                self.zone.offsets_min.push(offset);
            }
            self.at_s = next_s;
        }
        self.at_s >= self.last_s
    }

    /// What was found so far.
    pub fn into_zone(self) -> Zone {
        self.zone
    }
}

/// An instant between two others that are more than a second apart: a quarter of an hour, at which nearly all changes
/// are, or the second before one, or the middle.
fn between(before_s: i64, after_s: i64) -> i64 {
    const QUARTER_S: i64 = 900;
    let middle_s = before_s + (after_s - before_s) / 2;
    let quarter_s = middle_s - middle_s.rem_euclid(QUARTER_S);
    if quarter_s > before_s {
        quarter_s
    } else if after_s.rem_euclid(QUARTER_S) == 0 {
        after_s - 1
    } else {
        middle_s
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use proptest::prelude::*;

    /// 1900 to 2050.
    const FIRST_S: i64 = -2_208_988_800;
    const LAST_S: i64 = 2_524_608_000;

    fn jiff_offset_min(zone: &jiff::tz::TimeZone, utc_s: i64) -> i32 {
        let seconds = zone.to_offset(jiff::Timestamp::from_second(utc_s).unwrap()).seconds();
        (f64::from(seconds) / 60.0).round() as i32
    }

    /// As tables, as probing should find them: jiff's own, without changes of less than a minute.
    fn tables() -> impl Iterator<Item = Zone> {
        jiff::tz::db().available().map(|name| {
            let oracle = jiff::tz::TimeZone::get(name.as_str()).unwrap();
            let first = jiff::Timestamp::from_second(FIRST_S).unwrap();
            let mut zone = Zone {
                name: name.to_string(),
                starts_s: vec![i64::MIN],
                offsets_min: vec![jiff_offset_min(&oracle, FIRST_S)],
            };
            let starts = oracle.following(first).map(|transition| transition.timestamp().as_second());
            for start_s in starts.take_while(|start_s| *start_s <= LAST_S) {
                let offset_min = jiff_offset_min(&oracle, start_s);
                if zone.offsets_min.last() != Some(&offset_min) {
                    zone.starts_s.push(start_s);
                    zone.offsets_min.push(offset_min);
                }
            }
            zone
        })
    }

    #[test]
    fn every_change_of_every_zone_is_found_to_the_second() {
        let mut zones = 0;
        for table in tables() {
            let found = Zone::probe(table.name(), FIRST_S, LAST_S, |utc_s| table.offset_min(utc_s));
            assert_eq!(found, table);
            zones += 1;
        }
        assert!(zones > 400, "{zones}");
    }

    #[test]
    fn a_year_is_seen_in_a_hundred_looks() {
        let oracle = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        let looks = std::cell::Cell::new(0);
        let offset_min = |utc_s: i64| {
            looks.set(looks.get() + 1);
            jiff_offset_min(&oracle, utc_s)
        };
        Zone::probe("x", 1_577_836_800, 1_577_836_800 + 366 * DAY_S, offset_min);
        assert!(looks.get() < 100, "{}", looks.get());
    }

    #[test]
    fn slices_find_what_one_look_finds() {
        let oracle = jiff::tz::TimeZone::get("Africa/Casablanca").unwrap();
        let offset_min = |utc_s: i64| jiff_offset_min(&oracle, utc_s);
        let mut probing = Probing::begin("x", FIRST_S, LAST_S, &offset_min);
        let mut slices = 1;
        while !probing.go_on(200, &offset_min) {
            slices += 1;
        }
        assert_eq!(probing.into_zone(), Zone::probe("x", FIRST_S, LAST_S, offset_min));
        assert!(slices > 70, "{slices}");
    }

    #[test]
    fn lord_howe_moves_by_half_an_hour() {
        let oracle = jiff::tz::TimeZone::get("Australia/Lord_Howe").unwrap();
        let zone = Zone::probe("Australia/Lord_Howe", FIRST_S, LAST_S, |utc_s| jiff_offset_min(&oracle, utc_s));
        assert_eq!(zone.offset_min(1_735_689_600), 660);
        assert_eq!(zone.offset_min(1_751_328_000), 630);
        assert_eq!(
            (zone.local_hour(1_751_328_000), zone.local_day(1_751_328_000).to_string()),
            (10, "2025-07-01".into())
        );
    }

    #[test]
    fn instants_at_the_ends_of_time_do_no_harm() {
        let zone = Zone::probe("x", 0, 10 * DAY_S, |utc_s| if utc_s < 5 * DAY_S + 77 { -30 } else { 845 });
        assert_eq!((zone.offset_min(i64::MIN), zone.offset_min(i64::MAX)), (-30, 845));
        assert_eq!((zone.offset_min(5 * DAY_S + 76), zone.offset_min(5 * DAY_S + 77)), (-30, 845));
        let mut clock = zone.clock();
        let _ = (clock(i64::MIN), clock(i64::MAX));
    }

    /// Asked for once: hundreds of cases would each ask for every day of a century and a half.
    static BERLIN: LazyLock<(jiff::tz::TimeZone, Zone)> = LazyLock::new(|| {
        let oracle = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        let zone = Zone::probe("Europe/Berlin", FIRST_S, LAST_S, |utc_s| jiff_offset_min(&oracle, utc_s));
        (oracle, zone)
    });

    proptest! {
        #[test]
        fn the_quick_clock_agrees_with_the_table(instants in proptest::collection::vec(FIRST_S..LAST_S, 1..50)) {
            let (oracle, zone) = &*BERLIN;
            let mut clock = zone.clock();
            for utc_s in instants {
                prop_assert_eq!(clock(utc_s), utc_s + i64::from(jiff_offset_min(oracle, utc_s)) * 60);
            }
        }

        #[test]
        fn an_hour_is_the_same_since_it_began_and_another_before(instants in proptest::collection::vec(FIRST_S..LAST_S, 1..50)) {
            let (_, zone) = &*BERLIN;
            let mut hours = zone.hours();
            for utc_s in instants {
                let LocalHour { day, hour, since_s } = hours(utc_s);
                prop_assert_eq!((day, hour), (zone.local_day(utc_s), zone.local_hour(utc_s)));
                prop_assert!(since_s <= utc_s && utc_s - since_s < 3600);
                for within_s in [since_s, since_s + (utc_s - since_s) / 2] {
                    prop_assert_eq!((zone.local_day(within_s), zone.local_hour(within_s)), (day, hour));
                    prop_assert_eq!(hours(within_s).since_s, since_s);
                }
                // Where the clock was put back an hour, it was the same hour before; but that one has an end of its own.
                let before = (zone.local_day(since_s - 1), zone.local_hour(since_s - 1));
                prop_assert!(before != (day, hour) || zone.offset_min(since_s - 1) != zone.offset_min(since_s));
            }
        }
    }
}
