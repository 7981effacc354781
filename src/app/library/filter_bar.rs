//! What narrows the view, as chips that read like a sentence, and how many photos are left.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::photo::{Day, DayRange};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::services::DateStyle;
use crate::app::state::Screen;
use crate::app::widgets::{IconButton, Sign};

#[component]
pub(super) fn FilterBar(rows: Memo<Arc<Vec<u32>>>) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let all = move || actions.state.with_hot(|hot| hot.len()) as u64;
    let count = move || {
        let (left, all) = (rows.with(|rows| rows.len()) as u64, all());
        let services = actions.services;
        match (address.filter.get().is_narrowing(), all) {
            (_, 0) => String::new(),
            (true, _) => format!("{} of {}", services.count(left), services.count(all)),
            (false, 1) => "1 photo".to_owned(),
            (false, _) => format!("{} photos", services.count(all)),
        }
    };
    let without_days = move || {
        let filter = Filter { days: None, ..address.filter.get_untracked() };
        address.go_filtered(Screen::Photos, &filter);
    };
    let without_hour = move || {
        let filter = Filter { hour: None, ..address.filter.get_untracked() };
        address.go_filtered(Screen::Photos, &filter);
    };
    view! {
        <div class="filter">
            {move || address.filter.get().days.map(|days| view! {
                <Chip words=days_words(actions, days) on_remove=without_days/>
            })}
            {move || address.filter.get().hour.map(|hour| view! {
                <Chip words=format!("{hour:02}:00–{hour:02}:59, {}", actions.zone_name()) on_remove=without_hour/>
            })}
            <span class="filter-count" role="status">{count}</span>
        </div>
    }
}

#[component]
fn Chip(words: String, #[prop(into)] on_remove: Callback<()>) -> impl IntoView {
    let label = format!("Remove {words}");
    view! {
        <span class="chip">
            {words}
            <IconButton sign=Sign::Close label on_press=on_remove/>
        </span>
    }
}

fn days_words(actions: Actions, days: DayRange) -> String {
    let date = |day: Day| actions.services.date(i64::from(day.0) * 86_400, DateStyle::Short);
    if days.first == days.last { date(days.first) } else { format!("{} – {}", date(days.first), date(days.last)) }
}
