//! Offsets from UTC, found between two clocks.

/// Offsets of a fraction of an hour that a zone has or had since 1980, in minutes (IANA time zone database): from the
/// Marquesas and Pitcairn over Newfoundland and its double summer of 1988, Iran, India, Nepal, Singapore and Australia to
/// Chatham.
const ODD: &[i16] =
    &[-570, -510, -270, -210, -150, -90, 210, 270, 330, 345, 390, 450, 510, 525, 570, 585, 630, 690, 765, 825];

/// From west of the date line to east of it.
const LEAST_MIN: i16 = -12 * 60;
const MOST_MIN: i16 = 14 * 60;

/// Whether a clock on Earth may differ from UTC by so many minutes: before standard time by any number.
pub(super) fn is_possible(offset_min: i16) -> bool {
    (-16 * 60..=16 * 60).contains(&offset_min)
}

fn is_in_use(offset_min: i64) -> bool {
    i16::try_from(offset_min).is_ok_and(|offset_min| {
        (LEAST_MIN..=MOST_MIN).contains(&offset_min) && (offset_min % 60 == 0 || ODD.contains(&offset_min))
    })
}

/// The offset that lies between a local time and UTC, if it is one in use and the clocks agree on the rest of it.
pub(super) fn between(local_s: i64, utc_s: i64, most_drift_s: i64) -> Option<i16> {
    let apart_s = local_s.checked_sub(utc_s)?;
    if apart_s.abs() > 20 * 3600 {
        return None;
    }
    // Of two that fit the nearer one.
    let nearest = (apart_s + 450).div_euclid(900) * 15;
    let candidates = [nearest, nearest - 15, nearest + 15];
    let found = candidates.into_iter().filter(|offset_min| is_in_use(*offset_min));
    let found = found.min_by_key(|offset_min| (apart_s - offset_min * 60).abs())?;
    ((apart_s - found * 60).abs() <= most_drift_s).then_some(found as i16)
}
