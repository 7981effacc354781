//! The months and days above the photos.

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
    first: u32,
    count: u32,
    begins_month: bool,
    /// Days of one row stand level, below the month that the first of them begins.
    is_lowered: bool,
    left_px: f64,
    top_px: f64,
    /// From which layout, and from which line it is said.
    epoch: (u32, i64),
}

impl Heading {
    /// A heading with another name is another one.
    fn name(&self) -> (u32, (u32, i64)) {
        (self.first, self.epoch)
    }
}

/// `days` are those in view, this one among them.
pub(super) fn heading_of(day: &DayBlock, days: &[DayBlock], base_px: f64, number: u32) -> Heading {
    Heading {
        day: day.day,
        first: day.first,
        count: day.count,
        begins_month: day.begins_month,
        is_lowered: days.iter().any(|other| other.top_px == day.top_px && other.begins_month),
        left_px: day.left_px,
        top_px: day.top_px - base_px,
        epoch: (number, base_px as i64),
    }
}

#[component]
pub(super) fn Headings(model: Model, selecting: Selecting) -> impl IntoView {
    view! {
        <For
            each=move || model.in_view.with(|in_view| in_view.headings.clone())
            key=Heading::name
            children=move |heading| view! { <DayHeading heading model selecting/> }
        />
    }
}

#[component]
fn DayHeading(heading: Heading, model: Model, selecting: Selecting) -> impl IntoView {
    let actions = use_actions();
    let Heading { day, first, count, begins_month, is_lowered, left_px, top_px, .. } = heading;
    let day_words = day.map_or_else(
        || "the photos without a date".to_owned(),
        |day| actions.services.date(civil_s(day), DateStyle::Long),
    );
    let photos = match count {
        1 => "1 photo".to_owned(),
        _ => format!("{} photos", actions.services.count(count)),
    };
    let rows = move || {
        let rows = model.rows();
        let end = (first as usize).saturating_add(count as usize).min(rows.len());
        rows.get(first as usize..end).map(<[u32]>::to_vec).unwrap_or_default()
    };
    let is_selected = Memo::new(move |_| selecting.selection.with(|selection| selection.contains_all(&rows())));
    view! {
        <div
            class="grid-heading"
            data-lowered=is_lowered.then_some("")
            style:--left=px(left_px)
            style:--top=px(top_px)
        >
            {begins_month.then(|| view! { <h2>{month_words(actions, day)}</h2> })}
            <p>
                <button
                    type="button"
                    class="check"
                    aria-label=format!("Select {day_words}, {photos}")
                    aria-pressed=move || if is_selected.get() { "true" } else { "false" }
                    on:click=move |_| selecting.change(|selection| selection.toggle_all(&rows()))
                ></button>
                {day.map(|day| format!(
                    "{} {}",
                    actions.services.date(civil_s(day), DateStyle::Weekday),
                    actions.services.count(day.ymd().2),
                ))}
                // The circle says of what it is the number.
                <span class="soft" aria-hidden="true">{actions.services.count(count)}</span>
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
    let first = |day: Day| {
        let (year, month, _) = day.ymd();
        Day::from_ymd(year, month, 1)
    };
    layout.day_at(top_px).map(|block| block.day.and_then(first))
}

pub(super) fn month_words(actions: Actions, day: Option<Day>) -> String {
    day.map_or_else(|| "Without a date".to_owned(), |day| actions.services.date(civil_s(day), DateStyle::Month))
}

fn civil_s(day: Day) -> i64 {
    i64::from(day.0) * 86_400
}
