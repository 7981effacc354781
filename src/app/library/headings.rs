//! The months and days above the photos.

use std::sync::Arc;

use albumen_core::library::layout::{DayBlock, Layout};
use albumen_core::photo::Day;
use leptos::prelude::*;

use super::model::Model;
use super::selecting::Selecting;
use crate::app::actions::{Actions, use_actions};
use crate::app::services::DateStyle;
use crate::app::words::px;

/// A day's heading, from the grid's base line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heading {
    day: Option<Day>,
    /// Its first photo's place in the order.
    pub(super) first: u32,
    count: u32,
    begins_month: bool,
    /// Days of one row stand level, below the month that the first of them begins.
    is_lowered: bool,
    left_px: f64,
    top_px: f64,
}

/// `days` are those in view, this one among them.
pub(super) fn heading_of(day: &DayBlock, days: &[DayBlock], base_px: f64) -> Heading {
    Heading {
        day: day.day,
        first: day.first,
        count: day.count,
        begins_month: day.begins_month,
        is_lowered: days.iter().any(|other| other.top_px == day.top_px && other.begins_month),
        left_px: day.left_px,
        top_px: day.top_px - base_px,
    }
}

#[component]
pub(super) fn Headings(model: Model, selecting: Selecting) -> impl IntoView {
    let ids = Memo::new(move |_| model.in_view.with(|in_view| in_view.heading_ids()));
    view! {
        <For each=move || ids.get() key=|id| *id children=move |id| view! { <DayHeading id model selecting/> }/>
    }
}

/// One element that shows a day's heading, and takes another when that one leaves.
#[component]
fn DayHeading(id: u32, model: Model, selecting: Selecting) -> impl IntoView {
    let actions = use_actions();
    let heading = Memo::new(move |_| model.in_view.with(|in_view| in_view.heading_by(id)));
    let of = move |read: fn(Heading) -> Option<Day>| Memo::new(move |_| heading.get().map(read));
    let (day, month) = (of(|heading| heading.day), of(|heading| heading.day.and_then(first_of_month)));
    let rows = move || {
        let Some(Heading { first, count, .. }) = heading.get() else { return Vec::new() };
        let rows = model.laid.with(|laid| Arc::clone(&laid.rows));
        let end = (first as usize).saturating_add(count as usize).min(rows.len());
        rows.get(first as usize..end).map(<[u32]>::to_vec).unwrap_or_default()
    };
    let is_selected = Memo::new(move |_| {
        !selecting.is_empty.get() && selecting.selection.with(|selection| selection.contains_all(&rows()))
    });
    let begins_month = Memo::new(move |_| heading.get().is_some_and(|heading| heading.begins_month));
    let label = move || {
        let words = |day| actions.services.date(civil_s(day), DateStyle::Long);
        let day = day.get().flatten().map_or_else(|| "the photos without a date".to_owned(), words);
        let photos = match heading.get().map_or(0, |heading| heading.count) {
            1 => "1 photo".to_owned(),
            count => format!("{} photos", actions.services.count(count)),
        };
        format!("Select {day}, {photos}")
    };
    let day_words = move || {
        day.get().flatten().map(|day| {
            let weekday = actions.services.date(civil_s(day), DateStyle::Weekday);
            format!("{weekday} {}", actions.services.count(day.ymd().2))
        })
    };
    let place = move || {
        let (left_px, top_px) = heading.get().map(|heading| (heading.left_px, heading.top_px)).unwrap_or_default();
        format!("translate({},{})", px(left_px), px(top_px))
    };
    view! {
        <div
            class="grid-heading"
            hidden=move || heading.get().is_none()
            data-lowered=move || heading.get().is_some_and(|heading| heading.is_lowered).then_some("")
            style:transform=place
        >
            <Show when=move || begins_month.get()>
                <h2>{move || month.get().map(|month| month_words(actions, month))}</h2>
            </Show>
            <p>
                <button
                    type="button"
                    class="check"
                    aria-label=label
                    aria-pressed=move || if is_selected.get() { "true" } else { "false" }
                    on:click=move |_| selecting.change(|selection| selection.toggle_all(&untrack(rows)))
                ></button>
                {day_words}
                // The circle says of what it is the number.
                <span class="soft" aria-hidden="true">
                    {move || heading.get().map(|heading| actions.services.count(heading.count))}
                </span>
            </p>
        </div>
    }
}

/// The first day of the month that the stuck heading names, or `None` for the photos without one; no heading sticks while
/// a month's own is where it would, or would lie under it.
pub(super) fn stuck_month(layout: &Layout, top_px: f64) -> Option<Option<Day>> {
    const HEADING_PX: f64 = 50.0;
    const UNDER_PX: f64 = 12.0;
    let near = layout.days_between(top_px - HEADING_PX, top_px + UNDER_PX);
    let is_near = |day: &DayBlock| (-HEADING_PX..UNDER_PX).contains(&(day.top_px - top_px));
    if near.iter().any(|day| day.begins_month && is_near(day)) {
        return None;
    }
    layout.day_at(top_px).map(|block| block.day.and_then(first_of_month))
}

fn first_of_month(day: Day) -> Option<Day> {
    let (year, month, _) = day.ymd();
    Day::from_ymd(year, month, 1)
}

pub(super) fn month_words(actions: Actions, day: Option<Day>) -> String {
    day.map_or_else(|| "Without a date".to_owned(), |day| actions.services.date(civil_s(day), DateStyle::Month))
}

fn civil_s(day: Day) -> i64 {
    i64::from(day.0) * 86_400
}
