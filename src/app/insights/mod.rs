//! Insights: the library in numbers and charts, by the clock, by the calendar and by what was taken.

mod beside;
mod calendar;
mod card;
mod chart;
mod clock;
mod clocked;
mod counts;
mod days;
mod exposure;
mod figures;
mod highlights;
mod method;
mod table;
mod things;
mod week;

use albumen_core::photo::Facet;
use leptos::prelude::*;

use self::beside::OtherPeriod;
use self::calendar::Calendar;
use self::chart::Turns;
use self::clock::{OwnClocks, ZoneSwitch};
use self::clocked::{Hours, Months, Weekdays, Years};
use self::counts::{Numbers, count_while_shown};
use self::days::Days;
use self::exposure::{Exposure, Lenses};
use self::figures::Figures;
use self::highlights::Highlights;
use self::method::Method;
use self::things::{Cameras, Kinds, Places, Sizes};
use self::week::Week;
use crate::app::actions::use_actions;
use crate::app::filter::FilterBar;
use crate::app::nothing_yet::NothingYet;

#[component]
pub fn Insights() -> impl IntoView {
    let actions = use_actions();
    let is_empty = Memo::new(move |_| actions.state.is_empty());
    Turns::provide();
    let numbers = count_while_shown();
    let left = Memo::new(move |_| {
        numbers.counted.with(|counted| {
            let totals = counted.as_ref().map(|counted| counted.all.totals());
            totals.map_or(0, |totals| u64::from(totals.photos) + u64::from(totals.videos))
        })
    });
    view! {
        <Show when=move || !is_empty.get()>
            <div class="bar"><FilterBar left/></div>
        </Show>
        {move || match is_empty.get() {
            true => view! {
                <h1 class="unseen">"Insights"</h1>
                <NothingYet
                    title="Nothing to count yet"
                    words="When, with what and how the photos were taken is drawn here, as soon as some are fetched or imported."
                />
            }
            .into_any(),
            false => view! {
                <div class="sheet insights">
                    <div class="sheet-head">
                        <h1>"Insights"</h1>
                        <ZoneSwitch/>
                    </div>
                    <Charts numbers/>
                </div>
            }
            .into_any(),
        }}
    }
}

#[component]
fn Charts(numbers: Numbers) -> impl IntoView {
    view! {
        <Figures numbers/>
        <Highlights numbers/>
        <OwnClocks numbers/>
        <OtherPeriod numbers/>
        <Hours numbers/>
        <Days numbers/>
        <Calendar numbers/>
        <Week numbers/>
        <div class="chart-pairs">
            <Weekdays numbers/>
            <Months numbers/>
            <Years numbers/>
            <Sizes numbers/>
            <Cameras numbers/>
            <Lenses numbers/>
            {Facet::ALL.map(|facet| view! { <Exposure numbers facet/> }).collect_view()}
            <Kinds numbers/>
            <Places numbers/>
        </div>
        <Method/>
    }
}
