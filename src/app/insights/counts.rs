//! What is counted. Each chart leaves out the part of the filter that it sets itself, so that the other bars stay.

use albumen_core::catalog::Filter;
use albumen_core::insights::{Counts, DayCounts, Totals};
use leptos::prelude::*;

use crate::app::actions::Actions;
use crate::app::services::timed;

/// All numbers of the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    /// By hour of the local day, whichever hour is asked for.
    pub(super) hours: [u32; 24],
    /// By local day, whichever days are asked for.
    pub(super) days: DayCounts,
    /// Of all that the filter leaves in.
    pub(super) totals: Totals,
}

impl Counted {
    /// Counted once where the charts have nothing to leave out.
    pub(super) fn now(actions: Actions) -> Self {
        let _timed = timed("albumen:counts");
        let zone = actions.zone();
        let of =
            |change: fn(Filter) -> Filter| actions.with_filtered(change, |hot, filter| Counts::of(hot, filter, &zone));
        let (has_hour, has_days) = actions.address.filter.with(|filter| (filter.hour.is_some(), filter.days.is_some()));
        let all = of(|filter| filter);
        let any_hour = has_hour.then(|| of(|filter| Filter { hour: None, ..filter }));
        let any_day = has_days.then(|| of(|filter| Filter { days: None, ..filter }));
        Self {
            hours: *any_hour.as_ref().unwrap_or(&all).hours(),
            days: any_day.as_ref().unwrap_or(&all).days(),
            totals: all.totals(),
        }
    }
}
