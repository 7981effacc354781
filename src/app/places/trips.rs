//! Trips: told from the days and places of the photos, in slices between which the page goes on.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::photo::{Day, DayRange, Place};
use albumen_core::places::stays::Survey;
use albumen_core::places::trips::{Trip, Usual, trips};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::map::Map;
use super::names::Names;
use crate::app::actions::Actions;
use crate::app::services::{DateStyle, timed};
use crate::app::state::Screen;
use crate::app::widgets::{Button, ButtonLook};
use crate::app::words::places::{NO_TRIPS, TRIP_RULE, photo_count};

/// A catalog that changes all the time is looked through this often at the most.
const REST_MS: u64 = 600;
/// A trip is called by the greatest town so near.
const AROUND_KM: f64 = 12.0;
const DAY_S: i64 = 86_400;
/// Lines that are made at once: some milliseconds.
const LISTED_AT_ONCE: usize = 16;

/// What was told.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    trips: Vec<Trip>,
    usual: Vec<Place>,
}

#[component]
pub(super) fn Trips(map: Map, names: Names) -> impl IntoView {
    let told = RwSignal::new(None::<Arc<Told>>);
    tell_while_shown(map.actions, told);
    let usual = move || {
        told.with(|told| {
            let usual = told.as_ref().filter(|told| !told.usual.is_empty())?;
            let names: Vec<String> = usual.usual.iter().map(|place| names.of(*place, AROUND_KM)).collect();
            Some(format!("Where most of your days are: {}", names.join(" · ")))
        })
    };
    let listed = listed_by_and_by(map.actions, told);
    let list = move || {
        let told = told.get().unwrap_or_default();
        told.trips.iter().take(listed.get()).cloned().enumerate().collect::<Vec<_>>()
    };
    let is_none = move || told.with(|told| told.as_ref().is_some_and(|told| told.trips.is_empty()));
    view! {
        <Show when=move || told.with(Option::is_none)><p class="soft" role="status">"Looking for trips…"</p></Show>
        <Show when=is_none><p class="soft">{NO_TRIPS}</p></Show>
        {move || usual().map(|words| view! { <p class="soft small"><bdi>{words}</bdi></p> })}
        <ul class="places-list" aria-label="Trips">
            <For each=list key=|(nth, trip)| (*nth, trip.days.first, trip.days.last, trip.within, trip.photos) let((_, trip))>
                <Listed map names trip/>
            </For>
        </ul>
        <p class="soft small">{TRIP_RULE}</p>
    }
}

/// How many of the trips are listed by now: all lines of a long life at once would hold up the page.
fn listed_by_and_by(actions: Actions, told: RwSignal<Option<Arc<Told>>>) -> RwSignal<usize> {
    let listed = RwSignal::new(0);
    let is_growing = StoredValue::new(false);
    let all = move || told.try_with_untracked(|told| told.as_ref().map_or(0, |told| told.trips.len()));
    Effect::new(move |_| {
        told.track();
        if is_growing.get_value() {
            return;
        }
        is_growing.set_value(true);
        spawn_local(async move {
            // The screen may be left in between.
            while let Some(count) = listed.try_get_untracked().filter(|count| all().is_some_and(|all| *count < all)) {
                listed.try_set(count + LISTED_AT_ONCE);
                actions.services.turn().await;
            }
            is_growing.try_set_value(false);
        });
    });
    listed
}

#[component]
fn Listed(map: Map, names: Names, trip: Trip) -> impl IntoView {
    let address = map.actions.address;
    let (days, within, photos) = (trip.days, trip.within, trip.photos);
    let dates = days_words(map.actions, days);
    let places = trip.places;
    let name = Memo::new(move |_| {
        let mut found: Vec<String> = places.iter().map(|place| names.of(*place, AROUND_KM)).collect();
        found.dedup();
        found.join(" · ")
    });
    let of_trip =
        move || Filter { days: Some(days), within: Some(within), hour: None, ..address.filter.get_untracked() };
    let is_chosen =
        Memo::new(move |_| address.filter.with(|filter| filter.days == Some(days) && filter.within == Some(within)));
    let label = {
        let dates = dates.clone();
        let photos = photo_count(photos, map.actions.services.numbers());
        Signal::derive(move || format!("Show {photos} near {}, {dates}, in Photos", name.get()))
    };
    view! {
        <li class="places-entry" data-chosen=move || is_chosen.get().then_some("")>
            <button
                type="button"
                class="places-go"
                aria-pressed=move || is_chosen.get().to_string()
                on:click=move |_| {
                    address.narrow(&of_trip());
                    map.go_to(&within);
                }
            >
                <bdi class="places-name">{name}</bdi>
                " "
                <span class="places-count">
                    {dates} " · " {photo_count(photos, map.actions.services.numbers())}
                </span>
            </button>
            <Button
                small=true
                look=ButtonLook::Quiet
                label
                on_press=move || address.go_filtered(Screen::Photos, &of_trip())
            >
                "Show"
            </Button>
        </li>
    }
}

/// "12 Feb 2023 – 18 Feb 2023"
fn days_words(actions: Actions, days: DayRange) -> String {
    let date = |day: Day| actions.services.date(i64::from(day.0) * DAY_S, DateStyle::Short);
    format!("{} – {}", date(days.first), date(days.last))
}

/// Tells trips as long as the caller is shown; again whenever the catalog or the filter changes. The days and the part of
/// the Earth that are asked for leave no trip out: to press one sets them.
fn tell_while_shown(actions: Actions, told: RwSignal<Option<Arc<Told>>>) {
    let wanted = StoredValue::new(0_u32);
    Effect::new(move |before: Option<bool>| {
        let any_time = |filter: Filter| Filter { days: None, hour: None, within: None, ..filter };
        let zone = actions.zone();
        // Where the filter asks for nothing else, one survey is enough.
        let is_all = actions.address.filter.with(|filter| !any_time(filter.clone()).is_narrowing());
        let _timed = timed("albumen:trips");
        let survey = actions.with_filtered(any_time, |hot, filter| Survey::begin(hot, filter, &mut zone.hours()));
        let all = (!is_all).then(|| {
            let clock = actions.address.filter.with(|filter| filter.clock);
            actions.with_filtered(
                |_| Filter { clock, ..Filter::default() },
                |hot, filter| Survey::begin(hot, filter, &mut zone.hours()),
            )
        });
        let nth = wanted.try_update_value(|wanted| {
            *wanted += 1;
            *wanted
        });
        let rest_ms = if before.is_some() { REST_MS } else { 0 };
        spawn_local(async move {
            if rest_ms > 0 {
                actions.services.sleep(rest_ms).await;
            }
            let is_current = || wanted.try_get_value() == nth;
            let Some(survey) = surveyed(actions, survey, &is_current).await else { return };
            let all = match all {
                None => None,
                Some(all) => Some(match surveyed(actions, all, &is_current).await {
                    Some(all) => all,
                    None => return,
                }),
            };
            let usual = Usual::of(all.as_ref().unwrap_or(&survey).stays());
            actions.services.turn().await;
            let trips = actions.state.with_hot_untracked(|hot| trips(&survey, &usual, hot));
            let now = Told { trips, usual: usual.places() };
            // What is told already is not listed anew: the focus may be in it.
            if is_current() && told.with_untracked(|told| told.as_deref() != Some(&now)) {
                told.set(Some(Arc::new(now)));
            }
        });
        true
    });
}

/// The survey carried out; `None` if nobody wants it any more.
async fn surveyed(actions: Actions, mut survey: Survey, is_current: &dyn Fn() -> bool) -> Option<Survey> {
    while !actions.state.with_hot_untracked(|hot| survey.step(hot)) {
        actions.services.turn().await;
        if !is_current() {
            return None;
        }
    }
    is_current().then_some(survey)
}
