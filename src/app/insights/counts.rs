//! What is counted. Each chart leaves out the part of the filter that it sets itself, so that the other bars stay.

use albumen_core::catalog::{Filter, admitted};
use albumen_core::insights::{DayCounts, Totals, days, hours, totals};

use crate::app::actions::Actions;
use crate::app::services::timed;

/// By hour of the local day.
pub(super) fn hour_counts(actions: Actions) -> [u32; 24] {
    let zone = actions.zone();
    actions.with_filtered(
        |filter| Filter { hour: None, ..filter },
        |hot, filter| hours(hot, &admitted(hot, filter, zone.clock()), &zone),
    )
}

/// By local day.
pub(super) fn day_counts(actions: Actions) -> DayCounts {
    let zone = actions.zone();
    actions.with_filtered(
        |filter| Filter { days: None, ..filter },
        |hot, filter| days(hot, &admitted(hot, filter, zone.clock()), &zone),
    )
}

/// All that the filter leaves in.
pub(super) fn total_counts(actions: Actions) -> Totals {
    let _timed = timed("albumen:totals");
    let zone = actions.zone();
    actions.with_filtered(|filter| filter, |hot, filter| totals(hot, &admitted(hot, filter, zone.clock()), &zone))
}
