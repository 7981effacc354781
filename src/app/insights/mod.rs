//! Insights: four numbers, the hours of the day, and every day from the first to the last.

mod chart;
mod counts;
mod days;
mod figures;
mod hours;
mod table;

use albumen_core::catalog::Filter;
use leptos::prelude::*;

use self::counts::Counted;
use self::days::Days;
use self::figures::Figures;
use self::hours::Hours;
use crate::app::actions::use_actions;
use crate::app::filter::FilterBar;
use crate::app::state::Screen;

#[component]
pub fn Insights() -> impl IntoView {
    let actions = use_actions();
    let is_empty = Memo::new(move |_| actions.state.is_empty());
    let counted = Memo::new(move |_| Counted::now(actions));
    let sums = Memo::new(move |_| counted.with(|counted| counted.totals.clone()));
    let left = Signal::derive(move || sums.with(|sums| u64::from(sums.photos) + u64::from(sums.videos)));
    view! {
        <Show when=move || !is_empty.get()>
            <div class="bar"><FilterBar left/></div>
        </Show>
        <div class="sheet insights">
            <div class="sheet-head">
                <h1>"Insights"</h1>
                <ZoneSwitch/>
            </div>
            {move || match is_empty.get() {
                true => view! {
                    <p class="soft">"There is nothing to count yet. " <a href=Screen::Photos.path()>"Fetch photos first"</a></p>
                }
                .into_any(),
                false => view! {
                    <Figures sums/>
                    <Hours counted/>
                    <Days counted/>
                }
                .into_any(),
            }}
        </div>
    }
}

/// Whose clock the hours and days are read from.
#[component]
fn ZoneSwitch() -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let choose = move |is_utc: bool| {
        let filter = Filter { utc: is_utc, ..address.filter.get_untracked() };
        address.go_filtered(Screen::Insights, &filter);
    };
    let is_utc = Memo::new(move |_| address.filter.get().utc);
    let option = move |name: String, stands_for_utc: bool| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="zone"
                    prop:checked=move || is_utc.get() == stands_for_utc
                    on:change=move |_| choose(stands_for_utc)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <div class="segments" role="radiogroup" aria-label="Time zone">
            {option(format!("Your time ({})", actions.services.local_zone().name().replace('_', " ")), false)}
            {option("UTC".to_owned(), true)}
        </div>
    }
}
