//! The months and days above the photos.

use albumen_core::library::layout::{DayBlock, Layout};
use albumen_core::photo::Day;
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::services::DateStyle;

/// A day's heading, from the grid's base line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heading {
    day: Option<Day>,
    count: u32,
    begins_month: bool,
    left_px: f64,
    top_px: f64,
}

pub(super) fn heading_of(day: &DayBlock, base_px: f64) -> Heading {
    Heading {
        day: day.day,
        count: day.count,
        begins_month: day.begins_month,
        left_px: day.left_px,
        top_px: day.top_px - base_px,
    }
}

/// Headings are few and cheap: they are made anew.
#[component]
pub(super) fn Headings(headings: Signal<Vec<Heading>>) -> impl IntoView {
    let actions = use_actions();
    move || {
        let headings = headings.get();
        // Days of one row stand level, below the month that the first of them begins.
        let begins = |top_px: f64| headings.iter().any(|other| other.top_px == top_px && other.begins_month);
        headings
            .iter()
            .map(|heading| {
                let is_lowered = begins(heading.top_px);
                let (left, top) = (format!("{:.1}px", heading.left_px), format!("{:.1}px", heading.top_px));
                view! {
                    <div class="grid-heading" data-lowered=is_lowered.then_some("") style:--left=left style:--top=top>
                        {heading.begins_month.then(|| view! { <h2>{month_words(actions, heading.day)}</h2> })}
                        {heading.day.map(|day| view! {
                            <p>
                                {actions.services.date(civil_s(day), DateStyle::Weekday)}
                                " "
                                {actions.services.count(day.ymd().2)}
                                <span class="soft">{actions.services.count(heading.count)}</span>
                            </p>
                        })}
                    </div>
                }
            })
            .collect_view()
    }
}

/// What the stuck heading says; nothing while the first heading itself can be seen.
pub(super) fn stuck_words(actions: Actions, layout: &Layout, top_px: f64) -> Option<String> {
    if top_px < 40.0 {
        return None;
    }
    layout.day_at(top_px).map(|block| month_words(actions, block.day))
}

fn month_words(actions: Actions, day: Option<Day>) -> String {
    day.map_or_else(|| "Without a date".to_owned(), |day| actions.services.date(civil_s(day), DateStyle::Month))
}

fn civil_s(day: Day) -> i64 {
    i64::from(day.0) * 86_400
}
