//! When a photo was taken, by the clock on the wall, and how that is known.
//!
//! A sidecar knows the instant and no zone; a camera knows its clock and often no zone. The clues are tried from the
//! surest to the weakest ([`TimeBasis`]), and the first that fits decides:
//!
//! 1. The camera's local time and its own offset.
//! 2. The camera's local time against the instant of the sidecar: what lies between them is the offset, if it is one that
//!    is or was in use somewhere.
//! 3. The camera's local time against the time of its GPS.
//! 4. The zone of the place, at that instant.
//! 5. The local time in the name of the file, against the instant of the sidecar.
//! 6. The person's zone at that instant, or else UTC.
//!
//! Sidecars were seen that are wrong by hours or days: the camera is believed then, as if there were no sidecar. Where
//! they differ by more than a month, somebody put the date right in Google Photos: the sidecar's instant is taken. Where
//! there is no sidecar, the camera's clock or the name says the local time, and the zone of the place or of the person
//! its instant.

mod file_name;
mod offset;

#[cfg(test)]
mod tests;

use crate::photo::{Place, Taken, TimeBasis, offset_of_local};

pub use crate::ports::{NoZones, Zones};
pub use file_name::{NameTime, time_in_name};
use offset::between;

/// What is known of when a photo was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clues<'a> {
    /// `photoTakenTime` of the sidecar.
    pub sidecar_utc_s: Option<i64>,
    /// Exif `DateTimeOriginal`, as seconds since 1970-01-01T00:00:00 on the camera's clock.
    pub exif_local_s: Option<i64>,
    /// Exif `OffsetTimeOriginal`, in minutes to add to UTC.
    pub exif_offset_min: Option<i16>,
    /// Exif `GPSDateStamp` and `GPSTimeStamp`.
    pub gps_utc_s: Option<i64>,
    /// The instant that a video's own header says.
    pub video_utc_s: Option<i64>,
    pub place: Option<Place>,
    /// The name that the file was uploaded with.
    pub file_name: &'a str,
}

/// The camera's clock and the sidecar may differ by so much, and one of them is not wrong.
const MOST_DRIFT_S: i64 = 60;
/// The GPS may have had its time for so long.
const MOST_GPS_AGE_S: i64 = 600;
/// A sidecar is not wrong by more of itself; what differs more was put right by hand.
const MOST_SIDECAR_ERROR_S: i64 = 31 * 86_400;

/// When it was taken; `None` if nothing says so.
pub fn taken(clues: &Clues<'_>, zones: &(impl Zones + ?Sized)) -> Option<Taken> {
    let in_name = time_in_name(clues.file_name);
    let name_utc_s = match in_name {
        Some(NameTime::Utc(utc_s)) => Some(utc_s),
        _ => None,
    };
    let name_local_s = match in_name {
        Some(NameTime::Local(local_s)) => Some(local_s),
        _ => None,
    };
    match clues.sidecar_utc_s.or(clues.video_utc_s).or(name_utc_s) {
        Some(utc_s) if !is_disproved(utc_s, clues) => Some(known_instant(utc_s, clues, name_local_s, zones)),
        _ => unknown_instant(clues, name_local_s, zones),
    }
}

/// Whether the camera's clock, which says no offset, shows that an instant is wrong.
fn is_disproved(utc_s: i64, clues: &Clues<'_>) -> bool {
    let local_s = clues.exif_local_s.filter(|_| clues.exif_offset_min.is_none());
    local_s.is_some_and(|local_s| {
        local_s.abs_diff(utc_s) <= MOST_SIDECAR_ERROR_S as u64 && between(local_s, utc_s, MOST_DRIFT_S).is_none()
    })
}

fn known_instant(utc_s: i64, clues: &Clues<'_>, name_local_s: Option<i64>, zones: &(impl Zones + ?Sized)) -> Taken {
    let fixed = |offset_min: i16, basis: TimeBasis| Taken { utc_s, offset_min, basis };
    if let Some((local_s, offset_min)) = clues.exif_local_s.zip(clues.exif_offset_min) {
        let camera_utc_s = local_s - i64::from(offset_min) * 60;
        let apart_s = (camera_utc_s - utc_s).abs();
        let is_camera_right = apart_s > MOST_DRIFT_S && apart_s <= MOST_SIDECAR_ERROR_S;
        let utc_s = if is_camera_right { camera_utc_s } else { utc_s };
        return Taken { utc_s, offset_min, basis: TimeBasis::ExifOffset };
    }
    let by_camera = clues.exif_local_s.and_then(|local_s| between(local_s, utc_s, MOST_DRIFT_S));
    if let Some(offset_min) = by_camera {
        return fixed(offset_min, TimeBasis::ExifLocal);
    }
    let at_place = clues.place.and_then(|place| zones.at_place(place, utc_s)).and_then(minutes);
    let in_name = || name_local_s.and_then(|local_s| between(local_s, utc_s, MOST_DRIFT_S));
    let of_person = || zones.of_person(utc_s).and_then(minutes);
    if let Some(offset_min) = at_place {
        fixed(offset_min, TimeBasis::Place)
    } else if let Some(offset_min) = in_name() {
        fixed(offset_min, TimeBasis::FileName)
    } else if let Some(offset_min) = of_person() {
        fixed(offset_min, TimeBasis::PersonZone)
    } else {
        fixed(0, TimeBasis::Utc)
    }
}

/// Without a sidecar: local times first, since the hour matters more than the instant.
fn unknown_instant(clues: &Clues<'_>, name_local_s: Option<i64>, zones: &(impl Zones + ?Sized)) -> Option<Taken> {
    let of_local = |local_s: i64, offset_min: i16, basis: TimeBasis| Taken {
        utc_s: local_s - i64::from(offset_min) * 60,
        offset_min,
        basis,
    };
    let at_place = |utc_s: i64| clues.place.and_then(|place| zones.at_place(place, utc_s)).and_then(minutes);
    let of_person = |utc_s: i64| zones.of_person(utc_s).and_then(minutes);
    if let Some(local_s) = clues.exif_local_s {
        if let Some(offset_min) = clues.exif_offset_min {
            return Some(of_local(local_s, offset_min, TimeBasis::ExifOffset));
        }
        let by_gps = clues.gps_utc_s.and_then(|gps_utc_s| between(local_s, gps_utc_s, MOST_GPS_AGE_S));
        if let Some(offset_min) = by_gps {
            return Some(of_local(local_s, offset_min, TimeBasis::GpsTime));
        }
        if let Some(offset_min) = offset_of_local(local_s, at_place) {
            return Some(of_local(local_s, offset_min, TimeBasis::Place));
        }
        let offset_min = offset_of_local(local_s, of_person).unwrap_or(0);
        return Some(of_local(local_s, offset_min, TimeBasis::ExifLocal));
    }
    if let Some(utc_s) = clues.gps_utc_s {
        return Some(known_instant(utc_s, &Clues { gps_utc_s: None, ..*clues }, name_local_s, zones));
    }
    let local_s = name_local_s?;
    let offset_min = offset_of_local(local_s, at_place).or_else(|| offset_of_local(local_s, of_person)).unwrap_or(0);
    Some(of_local(local_s, offset_min, TimeBasis::FileName))
}

fn minutes(offset_min: i32) -> Option<i16> {
    i16::try_from(offset_min).ok().filter(|offset_min| offset::is_possible(*offset_min))
}
