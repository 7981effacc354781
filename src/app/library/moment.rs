//! When a photo was taken, in words.

use albumen_core::photo::Moment;

use crate::app::actions::Actions;
use crate::app::services::DateStyle;
use crate::app::words::import;

/// "12 June 2021 at 14:03:22, UTC+2", by the clock on the wall where it is known, or else by that of the person. `None`
/// where the instant is unknown.
pub(super) fn moment_words(actions: Actions, moment: Moment) -> Option<String> {
    let date = |civil_s| actions.services.date(civil_s, DateStyle::DateAndTime);
    if let Some((local_s, clock)) = moment.local_s().zip(moment.clock) {
        return Some(format!("{}, {}", date(local_s), import::offset(clock.offset_min)));
    }
    let taken_s = moment.taken_s?;
    let zone = actions.zone();
    let civil_s = taken_s.saturating_add(i64::from(zone.offset_min(taken_s)) * 60);
    Some(format!("{}, {}", date(civil_s), actions.zone_name()))
}

/// The same, with how its local time is known: "(the camera wrote its time zone)".
pub(super) fn taken_words(actions: Actions, moment: Moment) -> Option<String> {
    let words = moment_words(actions, moment)?;
    Some(match moment.clock {
        Some(clock) => format!("{words} ({})", import::basis(clock.basis)),
        None => words,
    })
}
