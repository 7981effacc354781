//! Which clock was on the wall at a place: a map says the zone, and whoever knows the zones' histories says the offset.

mod map;
mod since;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use crate::insights::Zone;
use crate::photo::Place;

pub use map::ZoneMap;

/// Offsets are asked for by spans of so many seconds, a little more than a year.
const SPAN_S: i64 = 1 << 25;
/// The years 1 to 9999, as everybody can say their dates.
const FIRST_S: i64 = -62_135_596_800;
const LAST_S: i64 = 253_402_300_799;

/// Offsets anywhere on Earth, once the map is here.
///
/// `ask` says the minutes to add to UTC in a zone (its IANA name) at an instant, or `None` if it does not know the zone.
/// It is asked a hundred times for each year that occurs.
pub struct WorldZones<A> {
    ask: A,
    map: OnceCell<ZoneMap>,
    /// By zone and span. `None` for a zone that nobody knows.
    tables: RefCell<HashMap<String, HashMap<i64, Option<Zone>>>>,
}

impl<A: Fn(&str, i64) -> Option<i32>> WorldZones<A> {
    pub fn new(ask: A) -> Self {
        Self { ask, map: OnceCell::new(), tables: RefCell::default() }
    }

    /// Takes the map; a second one changes nothing.
    pub fn set_map(&self, map: ZoneMap) {
        let _ = self.map.set(map);
    }

    pub fn has_map(&self) -> bool {
        self.map.get().is_some()
    }

    /// Minutes to add to UTC at a place and an instant.
    pub fn at_place(&self, place: Place, utc_s: i64) -> Option<i32> {
        let name = self.map.get()?.name_at(place)?;
        let newer = since::since(name, place).and_then(|newer| self.named(newer, utc_s));
        newer.or_else(|| self.named(name, utc_s))
    }

    /// Minutes to add to UTC in the zone of an IANA name at an instant.
    pub fn named(&self, name: &str, utc_s: i64) -> Option<i32> {
        if !(FIRST_S..=LAST_S).contains(&utc_s) {
            return None;
        }
        let span = utc_s.div_euclid(SPAN_S);
        let mut tables = self.tables.borrow_mut();
        if !tables.contains_key(name) {
            tables.insert(name.to_owned(), HashMap::new());
        }
        let spans = tables.get_mut(name)?;
        let table = spans.entry(span).or_insert_with(|| {
            let (first_s, last_s) = ((span * SPAN_S).max(FIRST_S), ((span + 1) * SPAN_S - 1).min(LAST_S));
            (self.ask)(name, first_s)?;
            Some(Zone::probe(name, first_s, last_s, |utc_s| (self.ask)(name, utc_s).unwrap_or(0)))
        });
        Some(table.as_ref()?.offset_min(utc_s))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use proptest::prelude::*;

    fn jiff_offset_min(zone: &str, utc_s: i64) -> Option<i32> {
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        let seconds = zone.to_offset(jiff::Timestamp::from_second(utc_s).ok()?).seconds();
        Some((f64::from(seconds) / 60.0).round() as i32)
    }

    #[test]
    fn a_place_has_no_zone_before_the_map_is_here_and_one_afterwards() {
        let zones = WorldZones::new(|name: &str, _| match name {
            "West/Zone" => Some(-60),
            "East/Zone" => Some(345),
            _ => None,
        });
        let place = |latitude, longitude| Place { latitude, longitude, altitude_m: None };
        assert_eq!((zones.at_place(place(48.0, 2.0), 0), zones.named("West/Zone", 0)), (None, Some(-60)));
        zones.set_map(ZoneMap::read(&map::tests::small_map()).unwrap());
        assert_eq!(zones.at_place(place(48.0, 2.0), 0), Some(345));
        assert_eq!(zones.at_place(place(48.0, -2.0), 0), Some(-60));
        assert_eq!(zones.at_place(place(0.1, 7.4), 0), None, "a zone that nobody knows");
        assert_eq!(zones.at_place(place(48.0, 2.0), i64::MAX), None);
    }

    #[test]
    fn a_year_is_asked_for_once() {
        let asked = Cell::new(0);
        let zones = WorldZones::new(|_: &str, _| {
            asked.set(asked.get() + 1);
            Some(60)
        });
        let first = zones.named("x", 1_000_000_000);
        let so_far = asked.get();
        assert!(so_far < 100);
        for utc_s in 1_000_000_000..1_000_001_000 {
            assert_eq!(zones.named("x", utc_s), first);
        }
        assert_eq!(asked.get(), so_far);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn offsets_are_those_of_the_zone_at_any_instant(
            zone in prop::sample::select(vec![
                "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca",
                "Pacific/Chatham", "Europe/Dublin", "Antarctica/Troll", "America/Caracas",
            ]),
            instants in prop::collection::vec(-2_000_000_000_i64..4_000_000_000, 1..8),
        ) {
            let zones = WorldZones::new(jiff_offset_min);
            for utc_s in instants {
                prop_assert_eq!(zones.named(zone, utc_s), jiff_offset_min(zone, utc_s), "{} {}", zone, utc_s);
            }
        }
    }
}
