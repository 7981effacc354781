//! Insights: four numbers, the hours of the day, and every day from the first to the last.

mod chart;
mod counts;
mod days;
mod figures;
mod hours;
mod table;

use albumen_core::catalog::{Clock, Filter};
use albumen_core::insights::Totals;
use leptos::prelude::*;

use self::counts::Counted;
use self::days::Days;
use self::figures::Figures;
use self::hours::Hours;
use crate::app::actions::{Actions, use_actions};
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
                    <OwnClocks sums/>
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
    let choose = move |clock: Clock| {
        address.go_filtered(Screen::Insights, &Filter { clock, ..address.filter.get_untracked() });
    };
    let chosen = Memo::new(move |_| address.filter.get().clock);
    // It is offered where a photo may know it: exports tell of it.
    let has_local = Memo::new(move |_| chosen.get() == Clock::Local || actions.state.with_hot(|hot| hot.has_local()));
    let option = move |name: String, clock: Clock| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="zone"
                    prop:checked=move || chosen.get() == clock
                    on:change=move |_| choose(clock)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <div class="segments" role="radiogroup" aria-label="Time zone">
            {option(format!("Your time ({})", person_zone(actions)), Clock::Own)}
            {option("UTC".to_owned(), Clock::Utc)}
            {move || has_local.get().then(|| option("Where each was taken".to_owned(), Clock::Local))}
        </div>
    }
}

/// The name of the person's own zone.
fn person_zone(actions: Actions) -> String {
    actions.services.local_zone().name().replace('_', " ")
}

/// How many are counted by the clock where they were taken, and by which the others.
#[component]
fn OwnClocks(sums: Memo<Totals>) -> impl IntoView {
    let actions = use_actions();
    let words = move || {
        (actions.address.filter.with(|filter| filter.clock) == Clock::Local).then(|| {
            let (own, dated) =
                sums.with(|sums| (sums.by_own_clock, (sums.photos + sums.videos).saturating_sub(sums.undated)));
            let count = |number: u32| actions.services.count(number);
            let all = format!("{} of {} know the local time where they were taken.", count(own), count(dated));
            if own < dated {
                format!("{all} The others are counted by your time ({}).", person_zone(actions))
            } else {
                all
            }
        })
    };
    view! { {move || words().map(|words| view! { <p class="soft" role="status">{words}</p> })} }
}
