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
use crate::app::state::{Phase, Screen};

#[component]
pub fn Places() -> impl IntoView {
    let actions = use_actions();
    let is_empty = Memo::new(move |_| actions.state.is_empty());
    // Whoever opens this address sees nothing said of a library that is still being read.
    let is_known = Memo::new(move |_| !actions.state.phase.with(|phase| *phase == Phase::Reading));
    view! {
        <h1 class="unseen">"Places"</h1>
        {move || match (is_empty.get(), is_known.get()) {
            (true, false) => view! { <p class="unseen" role="status">"Opening…"</p> }.into_any(),
            (true, true) => view! {
                <div class="sheet">
                    <p class="soft">
                        "There are no photos to show on a map yet. "
                        <a href=Screen::Import.path()>"Import an export of Google Takeout"</a>
                        ", whose photos know where they were taken."
                    </p>
                </div>
            }
            .into_any(),
            (false, _) => view! { <Filled/> }.into_any(),
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
