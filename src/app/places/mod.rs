//! Places: a map of what the filter leaves in, what lies together on it, and trips.

mod absent;
mod gather;
mod glide;
mod hands;
mod in_view;
mod keys;
mod land;
mod map;
mod names;
mod paint;
mod side;
mod trips;

use leptos::prelude::*;

use self::absent::Absent;
use self::map::Map;
use self::names::Names;
use self::paint::Sheet;
use self::side::Side;
use crate::app::actions::use_actions;
use crate::app::filter::FilterBar;
use crate::app::nothing_yet::NothingYet;

#[component]
pub fn Places() -> impl IntoView {
    let actions = use_actions();
    let is_empty = Memo::new(move |_| actions.state.is_empty());
    view! {
        <h1 class="unseen">"Places"</h1>
        {move || match is_empty.get() {
            true => view! {
                <NothingYet
                    title="Nothing on the map yet"
                    words="The photos of a Google Takeout export know where they were taken. Of those that are fetched, Google tells apps no place."
                />
            }
            .into_any(),
            false => view! { <Filled/> }.into_any(),
        }}
    }
}

/// The screen of a library that has photos.
#[component]
fn Filled() -> impl IntoView {
    let map = Map::new(use_actions());
    let names = Names::new(map.actions);
    map.gather_while_shown();
    let has_points = Memo::new(move |_| map.all.with(|all| all.as_ref().map(|all| !all.is_empty())));
    view! {
        <div class="bar"><FilterBar left=map.left/></div>
        {move || match has_points.get() {
            Some(false) => view! { <Absent/> }.into_any(),
            _ => view! {
                <div class="places">
                    <Sheet map/>
                    <Side map names/>
                </div>
            }
            .into_any(),
        }}
    }
}
