//! Photos per day: every day from the first to the last, to be zoomed into.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::photo::{Day, DayRange};
use leptos::prelude::*;

use super::chart::{ChartBox, Drawing};
use super::counts::Counted;
use super::table::{Line, NumbersTable};
use crate::app::actions::use_actions;
use crate::app::services::DateStyle;
use crate::app::state::Screen;

#[component]
pub(super) fn Days(counted: Memo<Counted>) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let counts = Memo::new(move |_| counted.with(|counted| counted.days.clone()));
    let title = Signal::derive(move || format!("Photos per day, {}", actions.zone_name()));
    let name = move |day: i32| actions.services.date(i64::from(day) * 86_400, DateStyle::Short);
    // The chart shows the empty days; a list of them would bury the others.
    let lines = Memo::new(move |_| {
        Arc::new(counts.with(|counts| {
            let taken = counts.counts.iter().enumerate().rev().filter(|(_, count)| **count > 0);
            taken
                .map(|(index, count)| {
                    let key = counts.first.0 + index as i32;
                    Line { key, name: Day(key).to_string(), count: *count }
                })
                .collect::<Vec<_>>()
        }))
    });
    let show = move |day: i32| {
        let days = Some(DayRange { first: Day(day), last: Day(day) });
        address.go_filtered(Screen::Photos, &Filter { days, ..address.filter.get_untracked() });
    };
    let clicked = move |index: usize| {
        counts.with_untracked(|counts| {
            if index < counts.counts.len() {
                show(counts.first.0 + index as i32);
            }
        });
    };
    let outside = move || {
        let outside = counts.with(|counts| counts.outside);
        (outside > 0).then(|| {
            format!("{} lie far outside of these days and are left out of the chart.", actions.services.count(outside))
        })
    };
    let draw = Callback::new(move |()| {
        counts.with(|counts| Drawing {
            kind: "days",
            names: (0..counts.counts.len()).map(|index| name(counts.first.0 + index as i32)).collect(),
            pairs: counts.counts.iter().enumerate().flat_map(|(x, y)| [x as f64, f64::from(*y)]).collect(),
        })
    });
    view! {
        <section class="chart">
            <div class="chart-head"><h2>{title}</h2></div>
            <ChartBox draw on_click=clicked/>
            {move || outside().map(|words| view! { <p class="soft small">{words}</p> })}
            <NumbersTable title unit="Day" lines on_show=show/>
        </section>
    }
}
