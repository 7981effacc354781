//! What can be known of a capture time: the rule that an import is held to, worked out from what each photo says.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

/// How the local time of a photo is known, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Exif's local time and its `OffsetTimeOriginal`, or QuickTime's date with its offset.
    ExifOffset,
    /// Exif's local time against the sidecar's UTC.
    ExifAndUtc,
    GpsTime,
    /// The time zone of the place.
    Place,
    FileName,
    /// Exif's local time alone. The hour is the camera's; of the offset nothing is said, and the person's stands for it.
    ExifLocal,
    PersonsZone,
    /// No time is said anywhere.
    Nothing,
}

/// A capture time as it can be known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub basis: Basis,
    /// `2023-07-01T12:34:56`
    pub local: Option<String>,
    /// Seconds east of UTC.
    pub offset_s: Option<i32>,
    /// Seconds since the epoch.
    pub instant_s: Option<i64>,
}

/// All witnesses of a time. Local times are in seconds, as if they were UTC.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence<'a> {
    pub(crate) exif_local_s: Option<i64>,
    pub(crate) exif_offset_s: Option<i32>,
    /// The sidecar's, or else that of a video's own boxes.
    pub(crate) utc_s: Option<i64>,
    pub(crate) gps_utc_s: Option<i64>,
    /// The zone of the place, if a place is said anywhere.
    pub(crate) zone: Option<&'a str>,
    pub(crate) name_local_s: Option<i64>,
}

/// Judges by the rule: the first basis that the witnesses allow.
pub(crate) fn judge(evidence: &Evidence, persons_zone: &str) -> Known {
    let Evidence { exif_local_s, exif_offset_s, utc_s, gps_utc_s, zone: place, name_local_s } = *evidence;
    if let (Some(local_s), Some(offset_s)) = (exif_local_s, exif_offset_s) {
        return known(Basis::ExifOffset, local_s, Some(offset_s));
    }
    if let (Some(local_s), Some(utc_s)) = (exif_local_s, utc_s)
        && let Some(offset_s) = offset(local_s, utc_s)
    {
        return known(Basis::ExifAndUtc, local_s, Some(offset_s));
    }
    if let (Some(local_s), Some(utc_s)) = (exif_local_s, gps_utc_s)
        && let Some(offset_s) = offset(local_s, utc_s)
    {
        return known(Basis::GpsTime, local_s, Some(offset_s));
    }
    let in_zone = |basis, name: &str| {
        let zone = zone(name);
        match (exif_local_s, utc_s) {
            (Some(local_s), _) => Some(known(basis, local_s, Some(offset_at_local(&zone, local_s)))),
            (None, Some(utc_s)) => {
                let offset_s = crate::library::offset_s(&zone, utc_s);
                Some(known(basis, utc_s + i64::from(offset_s), Some(offset_s)))
            }
            (None, None) => None,
        }
    };
    if let Some(known) = place.and_then(|place| in_zone(Basis::Place, place)) {
        return known;
    }
    if let (None, Some(local_s)) = (exif_local_s, name_local_s) {
        match utc_s.map(|utc_s| offset(local_s, utc_s)) {
            Some(Some(offset_s)) => return known(Basis::FileName, local_s, Some(offset_s)),
            None => return known(Basis::FileName, local_s, None),
            Some(None) => {}
        }
    }
    let basis = if exif_local_s.is_some() { Basis::ExifLocal } else { Basis::PersonsZone };
    in_zone(basis, persons_zone).unwrap_or(Known {
        basis: Basis::Nothing,
        local: None,
        offset_s: None,
        instant_s: None,
    })
}

fn known(basis: Basis, local_s: i64, offset_s: Option<i32>) -> Known {
    let instant_s = offset_s.map(|offset_s| local_s - i64::from(offset_s));
    Known { basis, local: Some(iso(local_s)), offset_s, instant_s }
}

/// An offset that some zone has: whole quarters of an hour, from -12 to +14 hours.
fn offset(local_s: i64, utc_s: i64) -> Option<i32> {
    let offset_s = local_s - utc_s;
    ((-43_200..=50_400).contains(&offset_s) && offset_s % 900 == 0).then_some(offset_s as i32)
}

fn offset_at_local(zone: &TimeZone, local_s: i64) -> i32 {
    let instant = zone.to_timestamp(civil(local_s)).unwrap_or_default();
    zone.to_offset(instant).seconds()
}

pub(crate) fn civil(local_s: i64) -> DateTime {
    Timestamp::from_second(local_s).unwrap_or_default().to_zoned(TimeZone::UTC).datetime()
}

/// `2023-07-01T12:34:56`
pub(crate) fn iso(local_s: i64) -> String {
    civil(local_s).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A zone of the tables that come with this program.
pub(crate) fn zone(name: &str) -> TimeZone {
    thread_local! {
        static ZONES: (TimeZoneDatabase, RefCell<HashMap<String, TimeZone>>) =
            (TimeZoneDatabase::bundled(), RefCell::default());
    }
    ZONES.with(|(tables, known)| {
        let mut known = known.borrow_mut();
        if let Some(zone) = known.get(name) {
            return zone.clone();
        }
        let zone = tables.get(name).expect("every town's zone is in the tables");
        known.insert(name.to_owned(), zone.clone());
        zone
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_that_says_no_zone_is_no_guess() {
        let local_s = 1_168_664_116;
        let alone = Evidence { exif_local_s: Some(local_s), ..Evidence::default() };
        assert_eq!(judge(&alone, "Europe/Berlin"), known(Basis::ExifLocal, local_s, Some(3600)));
        let sidecar = Evidence { utc_s: Some(local_s - 3600), ..Evidence::default() };
        assert_eq!(judge(&sidecar, "Europe/Berlin"), known(Basis::PersonsZone, local_s, Some(3600)));
    }
}
