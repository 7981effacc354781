//! Beside the map: how many photos have a place, what is in view, and trips.

use leptos::prelude::*;

use super::in_view::InView;
use super::map::{List, Map};
use super::names::Names;
use super::trips::Trips;
use crate::app::state::Screen;
use crate::app::words::places::{HANDS, SOME_WITHOUT, SOURCES, have_a_place};

#[component]
pub(super) fn Side(map: Map, names: Names) -> impl IntoView {
    let list = map.list;
    let placed = Memo::new(move |_| map.points.with(|points| points.len()) as u64);
    let is_some_without = move || placed.get() < map.left.get() && map.all.with(Option::is_some);
    let count = move || have_a_place(placed.get(), map.left.get(), map.actions.services.numbers());
    let choice = move |name: &'static str, of: List| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="places-list"
                    prop:checked=move || list.get() == of
                    on:change=move |_| {
                        list.set(of);
                        map.keep();
                    }
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <section class="places-side" aria-label="What is on the map">
            <Show when=move || map.all.with(Option::is_some)>
                <p class="places-have" role="status">{count}</p>
            </Show>
            <Show when=is_some_without>
                <details class="disclosure small">
                    <summary>"Why not all?"</summary>
                    <p class="soft">{SOME_WITHOUT} " " <a href=Screen::Import.path()>"Import an export"</a></p>
                </details>
            </Show>
            <div class="segments" role="radiogroup" aria-label="List">
                {choice("In view", List::InView)}
                {choice("Trips", List::Trips)}
            </div>
            {move || match list.get() {
                List::InView => view! { <InView map names/> }.into_any(),
                List::Trips => view! { <Trips map names/> }.into_any(),
            }}
            <p class="places-sources soft small">{HANDS}</p>
            <p class="soft small">{SOURCES}</p>
        </section>
    }
}
