//! What is counted. Each chart leaves out the part of the filter that it sets itself, so that the other bars stay.

use albumen_core::catalog::{Filter, shown};
use albumen_core::insights::{DayCounts, Totals, days, hours, totals};
use leptos::prelude::*;

use crate::app::actions::Actions;

/// By hour of the local day.
pub(super) fn hour_counts(actions: Actions) -> [u32; 24] {
    let filter = Filter { hour: None, ..actions.address.filter.get() };
    let zone = actions.zone();
    actions.state.with_hot(|hot| hours(hot, &shown(hot, &filter, zone.clock()), &zone))
}

/// By local day.
pub(super) fn day_counts(actions: Actions) -> DayCounts {
    let filter = Filter { days: None, ..actions.address.filter.get() };
    let zone = actions.zone();
    actions.state.with_hot(|hot| days(hot, &shown(hot, &filter, zone.clock()), &zone))
}

/// All that the filter leaves in.
pub(super) fn total_counts(actions: Actions) -> Totals {
    let (filter, zone) = (actions.address.filter.get(), actions.zone());
    actions.state.with_hot(|hot| totals(hot, &shown(hot, &filter, zone.clock()), &zone))
}
