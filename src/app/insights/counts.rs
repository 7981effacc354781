//! What is counted. Each chart leaves out the part of the filter that it sets itself, so that the other bars stay.
//!
//! All of it is counted anew when the filter or the catalog changes: a look at all rows at a time, with a turn for
//! everything else in between. What was counted before stays on the screen until all of the new numbers are there.

use std::sync::Arc;

use albumen_core::catalog::{Filter, rows_left};
use albumen_core::insights::{Counts, Shapes, Zone};
use albumen_core::photo::{DayRange, Exposed};
use albumen_core::protocol::{Answer, ExposureNumbers, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::actions::{Actions, use_actions};
use crate::app::services::timed;
use crate::app::state::Phase;

/// All numbers of the screen but those that the engine counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    /// What was asked for.
    pub(super) filter: Filter,
    /// The name of the clock that all of it is read from.
    pub(super) clock: String,
    /// Of all that the filter leaves in.
    pub(super) all: Arc<Counts>,
    /// Whichever hour, day of the week, month, days, camera or kind is asked for.
    pub(super) hours: Arc<Counts>,
    pub(super) weekdays: Arc<Counts>,
    pub(super) week: Arc<Counts>,
    pub(super) months: Arc<Counts>,
    pub(super) days: Arc<Counts>,
    pub(super) cameras: Arc<Counts>,
    pub(super) kinds: Arc<Counts>,
    /// Whichever size is asked for.
    pub(super) sizes: Arc<Shapes>,
    /// Whether it has a place or not.
    pub(super) places: Arc<Shapes>,
    pub(super) beside: Option<Beside>,
}

/// The days that are laid over the others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beside {
    pub(super) days: DayRange,
    /// Whichever hour, day of the week or month is asked for.
    pub(super) hours: Arc<Counts>,
    pub(super) weekdays: Arc<Counts>,
    pub(super) months: Arc<Counts>,
}

/// What the screen counts; `None` until it is counted for the first time.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    pub(super) counted: ReadSignal<Option<Arc<Counted>>>,
    pub(super) exposures: ReadSignal<Option<Arc<ExposureNumbers>>>,
}

impl Numbers {
    /// What is counted and by which clock, as a title says it: it changes with the numbers.
    pub(super) fn title(self, what: &'static str) -> Signal<String> {
        let actions = use_actions();
        Signal::derive(move || {
            let clock = self.counted.with(|counted| counted.as_ref().map(|counted| counted.clock.clone()));
            format!("{what}, {}", clock.unwrap_or_else(|| actions.zone_name()))
        })
    }
}

/// Counts as long as the caller is shown.
pub(super) fn count_while_shown() -> Numbers {
    let actions = use_actions();
    let (counted, set_counted) = signal(None);
    let (exposures, set_exposures) = signal(None);
    let latest = StoredValue::new(0_u32);
    let asking = StoredValue::new(Asking::default());
    Effect::new(move |_| {
        // What is read here is what a count depends on.
        let zone = actions.zone();
        actions.with_filtered(|filter| filter, |_, _| ());
        let is_open = actions.state.phase.with(|phase| *phase == Phase::Open);
        latest.update_value(|latest| *latest = latest.wrapping_add(1));
        let own = latest.get_value();
        let is_latest = move || latest.try_get_value() == Some(own);
        spawn_local(async move {
            let Some(numbers) = count(actions, &zone, &is_latest).await else { return };
            set_counted.try_set(Some(Arc::new(numbers)));
            if is_open {
                ask_exposures(actions, asking, set_exposures).await;
            }
        });
    });
    Numbers { counted, exposures }
}

/// `None` where something newer is to be counted by now.
async fn count(actions: Actions, zone: &Zone, is_latest: &impl Fn() -> bool) -> Option<Counted> {
    let (filter, clock) = (actions.filter_in_effect(), untrack(|| actions.zone_name()));
    let counts = async |change: &dyn Fn(Filter) -> Filter| {
        if !is_latest() {
            return None;
        }
        let counts = {
            let _timed = timed("albumen:counts");
            actions.with_filtered_untracked(change, |hot, filter| Counts::of(hot, filter, zone))
        };
        actions.services.turn().await;
        Some(Arc::new(counts))
    };
    let shapes = async |change: &dyn Fn(Filter) -> Filter| {
        if !is_latest() {
            return None;
        }
        let shapes = {
            let _timed = timed("albumen:shapes");
            actions.with_filtered_untracked(change, |hot, filter| {
                Shapes::of(hot, &rows_left(hot, filter, &mut zone.hours()))
            })
        };
        actions.services.turn().await;
        Some(Arc::new(shapes))
    };
    let all = counts(&|filter| filter).await?;
    // Where a chart has nothing to leave out, its numbers are those of all.
    let but = async |is_asked: bool, change: &dyn Fn(Filter) -> Filter| match is_asked {
        true => counts(change).await,
        false => Some(Arc::clone(&all)),
    };
    let (has_hour, has_weekday) = (filter.hour.is_some(), filter.weekday.is_some());
    let any_hour = |filter| Filter { hour: None, ..filter };
    let any_weekday = |filter| Filter { weekday: None, ..filter };
    let any_month = |filter| Filter { month: None, ..filter };
    let hours = but(has_hour, &any_hour).await?;
    let weekdays = but(has_weekday, &any_weekday).await?;
    let week = match (has_hour, has_weekday) {
        (true, true) => counts(&|filter| Filter { hour: None, weekday: None, ..filter }).await?,
        (true, false) => Arc::clone(&hours),
        (false, _) => Arc::clone(&weekdays),
    };
    let months = but(filter.month.is_some(), &any_month).await?;
    let days = but(filter.days.is_some(), &|filter| Filter { days: None, ..filter }).await?;
    let cameras = but(filter.camera.is_some(), &|filter| Filter { camera: None, ..filter }).await?;
    let kinds = but(filter.kind.is_some(), &|filter| Filter { kind: None, ..filter }).await?;
    let all_shapes = shapes(&|filter| filter).await?;
    let sizes = match filter.size {
        Some(_) => shapes(&|filter| Filter { size: None, ..filter }).await?,
        None => Arc::clone(&all_shapes),
    };
    let places = match filter.place {
        Some(_) => shapes(&|filter| Filter { place: None, ..filter }).await?,
        None => all_shapes,
    };
    let beside = match filter.beside {
        None => None,
        Some(days) => {
            let then = |filter| Filter { days: Some(days), ..filter };
            let all = counts(&then).await?;
            let but = async |is_asked: bool, change: &dyn Fn(Filter) -> Filter| match is_asked {
                true => counts(&|filter| change(then(filter))).await,
                false => Some(Arc::clone(&all)),
            };
            Some(Beside {
                days,
                hours: but(has_hour, &any_hour).await?,
                weekdays: but(has_weekday, &any_weekday).await?,
                months: but(filter.month.is_some(), &any_month).await?,
            })
        }
    };
    Some(Counted { filter, clock, all, hours, weekdays, week, months, days, cameras, kinds, sizes, places, beside })
}

/// Questions to the engine: one at a time, and another one if something changed meanwhile.
#[derive(Clone, Copy, Debug, Default)]
struct Asking {
    is_under_way: bool,
    is_behind: bool,
}

async fn ask_exposures(
    actions: Actions,
    asking: StoredValue<Asking>,
    set_exposures: WriteSignal<Option<Arc<ExposureNumbers>>>,
) {
    let is_first = asking.try_update_value(|asking| {
        asking.is_behind = true;
        !std::mem::replace(&mut asking.is_under_way, true)
    });
    if is_first != Some(true) {
        return;
    }
    while asking.try_update_value(|asking| std::mem::take(&mut asking.is_behind)) == Some(true) {
        let exposed = actions.filter_in_effect().exposed;
        let rows = {
            let _timed = timed("albumen:rows");
            let zone = untrack(|| actions.zone());
            actions.with_filtered_untracked(
                |filter| Filter { exposed: Exposed::default(), ..filter },
                |hot, filter| rows_left(hot, filter, &mut zone.hours()).to_bytes(),
            )
        };
        match actions.ask(Wish::CountExposures { rows, exposed }).await {
            Ok(Answer::Exposures { numbers, set_aside }) => {
                actions.say_set_aside(&set_aside);
                set_exposures.try_set(Some(Arc::new(*numbers)));
            }
            Ok(_) => {}
            Err(trouble) => actions.toaster.say(actions.explain(&trouble).sentence),
        }
    }
    asking.try_update_value(|asking| asking.is_under_way = false);
}
