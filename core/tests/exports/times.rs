//! Times of the truth and of the reader in one form, and zones for the reader.

use albumen_core::photo::{Place, Taken, TimeBasis};
use albumen_core::takeout::times::Zones;
use albumen_takeout::truth::{Basis, Known};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The zone that the truth tells, wherever the reader asks for that of a place: the core has no map of zones yet, so
/// what is compared is when a place is asked for its zone and what becomes of the answer, and not the answer.
pub(crate) struct TruthsZones {
    place: TimeZone,
    person: TimeZone,
}

impl TruthsZones {
    pub(crate) fn new(place: &str, person: &str) -> Self {
        let zone = |name: &str| tables().get(name).unwrap();
        Self { place: zone(place), person: zone(person) }
    }
}

fn tables() -> &'static TimeZoneDatabase {
    static TABLES: std::sync::LazyLock<TimeZoneDatabase> = std::sync::LazyLock::new(TimeZoneDatabase::bundled);
    &TABLES
}

fn minutes(zone: &TimeZone, utc_s: i64) -> Option<i32> {
    Some(zone.to_offset(Timestamp::from_second(utc_s).ok()?).seconds() / 60)
}

impl Zones for TruthsZones {
    fn at_place(&self, _: Place, utc_s: i64) -> Option<i32> {
        minutes(&self.place, utc_s)
    }

    fn of_person(&self, utc_s: i64) -> Option<i32> {
        minutes(&self.person, utc_s)
    }
}

/// Basis, local time, offset in seconds, instant; the last two only where they are known.
type Time = Option<(TimeBasis, String, Option<(i32, i64)>)>;

pub(crate) fn as_told(known: &Known) -> Time {
    let basis = match known.basis {
        Basis::ExifOffset => TimeBasis::ExifOffset,
        Basis::ExifAndUtc | Basis::ExifLocal => TimeBasis::ExifLocal,
        Basis::GpsTime => TimeBasis::GpsTime,
        Basis::Place => TimeBasis::Place,
        Basis::FileName => TimeBasis::FileName,
        Basis::PersonsZone => TimeBasis::PersonZone,
        Basis::Nothing => return None,
    };
    Some((basis, known.local.clone()?, known.offset_s.zip(known.instant_s)))
}

pub(crate) fn as_known(taken: Option<Taken>) -> Time {
    let taken = taken?;
    Some((taken.basis, iso(taken.local_s()), Some((i32::from(taken.offset_min) * 60, taken.utc_s))))
}

pub(crate) fn iso(local_s: i64) -> String {
    let civil = Timestamp::from_second(local_s).unwrap().to_zoned(TimeZone::UTC).datetime();
    civil.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}
