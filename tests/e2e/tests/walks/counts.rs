//! An independent count of the sandbox's items: by its own list, with another library's time zones.

use std::collections::BTreeMap;

use albumen_e2e::failure::{Told, said};
use albumen_e2e::walk::Walk;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What the charts should show.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) hours: [u32; 24],
    /// Days with at least one item.
    pub(crate) days: BTreeMap<Date, u32>,
}

/// The instants of all items of the library that have one, in seconds.
pub(crate) fn instants(walk: &Walk) -> Vec<i64> {
    walk.google.sandbox(|sandbox| sandbox.truth().map(|item| item.taken_s).collect())
}

/// Counts these instants by the clocks and calendars of `zone` (a name of the IANA database).
pub(crate) fn count(instants: impl IntoIterator<Item = i64>, zone: &str) -> Told<Counts> {
    let zone = TimeZone::get(zone).map_err(|error| said(error.to_string()))?;
    let mut counts = Counts { hours: [0; 24], days: BTreeMap::new() };
    for instant in instants {
        let local = Timestamp::from_second(instant).map_err(|error| said(error.to_string()))?.to_zoned(zone.clone());
        counts.hours[usize::try_from(local.hour()).unwrap_or_default()] += 1;
        *counts.days.entry(local.date()).or_default() += 1;
    }
    Ok(counts)
}

/// The UTC day of an instant.
pub(crate) fn utc_day(instant: i64) -> Told<Date> {
    let instant = Timestamp::from_second(instant).map_err(|error| said(error.to_string()))?;
    Ok(instant.to_zoned(TimeZone::UTC).date())
}

/// A span of whole UTC days that holds at least `wanted` of these instants and as few more as may be, in the midst of
/// the library: days before and after it have items too.
pub(crate) fn span_of(instants: &[i64], wanted: usize) -> Told<(Date, Date, Vec<i64>)> {
    let mut sorted = instants.to_vec();
    sorted.sort_unstable();
    let start = sorted.len() / 4;
    let first = utc_day(*sorted.get(start).ok_or_else(|| said("the library is too small"))?)?;
    let mut inside = Vec::new();
    let mut last = first;
    for &instant in &sorted {
        let day = utc_day(instant)?;
        if day < first || (inside.len() >= wanted && day > last) {
            continue;
        }
        last = day;
        inside.push(instant);
    }
    if inside.len() < wanted { Err(said("the library is too small")) } else { Ok((first, last, inside)) }
}
