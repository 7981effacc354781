//! Photos per hour of the day: 24 bars, the empty ones too.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use leptos::prelude::*;

use super::chart::{ChartBox, Drawing};
use super::counts::Counted;
use super::table::{Line, NumbersTable};
use crate::app::actions::use_actions;
use crate::app::state::Screen;

#[component]
pub(super) fn Hours(counted: Memo<Counted>) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let counts = Memo::new(move |_| counted.with(|counted| counted.hours));
    let title = Signal::derive(move || format!("Photos per hour, {}", actions.zone_name()));
    let lines = Memo::new(move |_| {
        let line =
            |(hour, count): (usize, &u32)| Line { key: hour as i32, name: format!("{hour:02}:00"), count: *count };
        Arc::new(counts.with(|counts| counts.iter().enumerate().map(line).collect::<Vec<_>>()))
    });
    let show = move |hour: i32| {
        let hour = u8::try_from(hour).ok().filter(|hour| *hour < 24);
        address.go_filtered(Screen::Photos, &Filter { hour, ..address.filter.get_untracked() });
    };
    let draw = Callback::new(move |()| {
        let pair = |(hour, count): (usize, &u32)| [hour as f64, f64::from(*count)];
        Drawing {
            kind: "hours",
            names: (0..24).map(|hour| hour.to_string()).collect(),
            pairs: counts.with(|counts| counts.iter().enumerate().flat_map(pair).collect()),
        }
    });
    view! {
        <section class="chart">
            <div class="chart-head"><h2>{title}</h2></div>
            <ChartBox draw on_click=move |index: usize| show(index as i32)/>
            <NumbersTable title unit="Hour" lines on_show=show/>
        </section>
    }
}
