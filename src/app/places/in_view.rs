//! The list of what is on the map now, for keyboards, screen readers and whoever wants names and numbers.

use std::sync::Arc;

use albumen_core::places::clusters::Cluster;
use leptos::prelude::*;

use super::map::{Map, Seen};
use super::names::Names;
use crate::app::widgets::{Button, ButtonLook, hand_on_focus};
use crate::app::words::places::{NONE_LEFT, photo_count, photos_near};

/// So many are listed, the greatest first.
const MOST: usize = 40;
/// Half a circle's square on the map, in CSS pixels: as far around a name may be taken from.
const AROUND_PX: f64 = 32.0;
/// From farther away no town lends its name.
const MOST_AROUND_KM: f64 = 40.0;
const AROUND_EARTH_KM: f64 = 40_075.0;

/// An entry: what it says, and which of what is seen it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Entry {
    nth: usize,
    count: u32,
    words: String,
    name: String,
}

#[component]
pub(super) fn InView(map: Map, names: Names) -> impl IntoView {
    let entries = Memo::new(move |_| map.at_rest.with(|seen| entries(map, names, seen)));
    // Whoever goes by keys stays in the list when it changes under them.
    let is_keyed = StoredValue::new(false);
    Effect::new(move |_| {
        entries.track();
        if is_keyed.try_update_value(std::mem::take).unwrap_or_default() {
            hand_on_focus([".places-list .places-go".to_owned()]);
        }
    });
    let more = move || map.at_rest.with(|seen| seen.clusters.len().saturating_sub(MOST));
    let of = move |nth: usize, act: fn(Map, &Seen, &Cluster)| {
        let seen: Arc<Seen> = map.at_rest.get_untracked();
        if let Some(cluster) = seen.clusters.get(nth) {
            act(map, &seen, cluster);
        }
    };
    let has_none = Memo::new(move |_| map.all.with(Option::is_some) && map.points.with(|points| points.is_empty()));
    let item = move |Entry { nth, count, words, name }: Entry| {
        let numbers = map.actions.services.numbers();
        let label = format!("Show {words} in Photos");
        view! {
            <li class="places-entry">
                <button
                    type="button"
                    class="places-go"
                    on:click=move |event| {
                        is_keyed.set_value(event.detail() == 0);
                        of(nth, |map, seen, one| map.open(&seen.points, one));
                    }
                >
                    <bdi class="places-name">{name}</bdi>
                    " "
                    <span class="places-count">{photo_count(count, numbers)}</span>
                </button>
                <Button
                    small=true
                    look=ButtonLook::Quiet
                    label
                    on_press=move || of(nth, |map, seen, one| map.show(&seen.points, one))
                >
                    "Show"
                </Button>
            </li>
        }
    };
    view! {
        {move || match (has_none.get(), entries.with(Vec::is_empty)) {
            (true, _) => view! { <p class="soft">{NONE_LEFT}</p> }.into_any(),
            (false, true) => view! { <p class="soft">"No photo was taken in what the map shows now."</p> }.into_any(),
            (false, false) => view! {
                <ul class="places-list" aria-label="In view">
                    <For each=move || entries.get() key=Clone::clone children=item/>
                </ul>
            }
            .into_any(),
        }}
        <Show when=move || { more() > 0 }>
            <p class="soft small">
                {move || format!("and {} smaller ones", map.actions.services.count(more() as u64))}
            </p>
        </Show>
    }
}

fn entries(map: Map, names: Names, seen: &Seen) -> Vec<Entry> {
    let Some(view) = &seen.view else { return Vec::new() };
    let numbers = map.actions.services.numbers();
    let mut entries: Vec<Entry> = Vec::new();
    let mut listed = Vec::new();
    for (nth, cluster) in seen.clusters.iter().enumerate() {
        if listed.len() == MOST {
            break;
        }
        // At the edge of a world that is as wide as the window, one is seen twice.
        if listed.contains(&cluster.key()) {
            continue;
        }
        listed.push(cluster.key());
        let middle = cluster.at.place();
        let across_km = AROUND_EARTH_KM * middle.latitude.to_radians().cos() / view.world_px();
        let place = map.actions.state.with_hot_untracked(|hot| hot.place(cluster.row)).unwrap_or(middle);
        let name = names.of(place, (across_km * AROUND_PX).min(MOST_AROUND_KM));
        let words = photos_near(cluster.count, &name, numbers);
        entries.push(Entry { nth, count: cluster.count, words, name });
    }
    entries
}
