//! The calendar: a cell for every day of a year, a column a week, and the years below one another.

use std::collections::HashMap;
use std::sync::Arc;

use albumen_core::insights::steps;
use albumen_core::photo::Day;
use leptos::prelude::*;

use super::card::Card;
use super::chart::Drawing;
use super::clocked::{one_head, year_of};
use super::counts::Numbers;
use super::days::about_days;
use super::table::Line;
use crate::app::actions::{Actions, use_actions};
use crate::app::services::{ChartCell, DateStyle, Series, SeriesNumbers, month_short};
use crate::app::widgets::{Button, ButtonLook};

/// So many years are shown at first, the latest ones.
const FEW: usize = 3;
/// No more than these are ever drawn: the canvas would be higher than browsers make one.
const MOST: usize = 60;
/// Seven days and a gap.
const ROWS_A_YEAR: u32 = 8;
const ROW_PX: f64 = 15.0;
const HEAD_PX: f64 = 32.0;
/// A year touches as many weeks at the most.
const WEEKS: usize = 54;

#[component]
pub(super) fn Calendar(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let shows_all = RwSignal::new(false);
    let title = numbers.title("Calendar of photos");
    let about = about_days(title, "calendar-of-photos");
    let taken = Memo::new(move |_| {
        numbers.counted.with(|counted| Some(counted.as_ref()?.days.days_with_photos().collect::<Vec<_>>()))
    });
    // The latest first.
    let all_years = Memo::new(move |_| {
        let mut years: Vec<i32> = taken.with(|taken| taken.iter().flatten().map(|(day, _)| day.ymd().0).collect());
        years.dedup();
        years.reverse();
        years.truncate(MOST);
        years
    });
    let years = Memo::new(move |_| {
        let most = if shows_all.get() { MOST } else { FEW };
        all_years.with(|years| years.iter().take(most).copied().collect::<Vec<_>>())
    });
    let days = Memo::new(move |_| Arc::new(days_of(&years.get(), taken.get().unwrap_or_default())));
    let lines = Memo::new(move |_| {
        let days = days.get();
        let some = days.iter().filter(|(_, count)| *count > 0);
        let mut lines: Vec<Line> = some.map(|(day, count)| Line::new(day.0, day.to_string(), *count)).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.key));
        Arc::new(lines)
    });
    let all_lines = Callback::new(move |()| {
        let days = days.get_untracked();
        days.iter().map(|(day, count)| Line::new(day.0, day.to_string(), *count)).collect::<Vec<_>>()
    });
    // A press on an empty day would leave nothing to be seen.
    let key_at =
        move |index: usize| days.with(|days| days.get(index).filter(|(_, count)| *count > 0).map(|(day, _)| day.0));
    let draw = Callback::new(move |()| {
        taken.with(Option::is_some).then(|| {
            let asked = actions.address.filter.with(|filter| filter.days);
            let is_chosen = |day: Day| asked.is_none_or(|days| days.first <= day && day <= days.last);
            drawing(actions, &years.get(), &days.get(), &is_chosen)
        })
    });
    let height_px =
        Signal::derive(move || HEAD_PX + ROW_PX * f64::from(ROWS_A_YEAR) * years.with(Vec::len).max(1) as f64);
    let has_more = move || all_years.with(Vec::len) > FEW;
    let more = move || match (shows_all.get(), all_years.with(Vec::len)) {
        (true, _) => format!("Show the latest {FEW} years"),
        (false, MOST) => format!("Show the latest {MOST} years"),
        (false, count) => format!("Show all {count} years"),
    };
    // Where only few are shown the button says that there are more.
    let note = MaybeProp::derive(move || {
        shows_all.get().then_some(())?;
        let earliest = all_years.with(|years| (years.len() == MOST).then(|| years.last().copied()).flatten())?;
        let days = taken.get()?;
        let earlier: u32 = days.iter().filter(|(day, _)| day.ymd().0 < earliest).map(|(_, count)| count).sum();
        (earlier > 0).then(|| {
            format!("{} are of earlier years and are left out of the calendar.", actions.services.count(earlier))
        })
    });
    view! {
        <Card about heads=one_head() lines draw key_at all_lines height_px note/>
        <Show when=has_more>
            <div class="chart-more">
                <Button small=true look=ButtonLook::Quiet on_press=move || shows_all.update(|all| *all = !*all)>{more}</Button>
            </div>
        </Show>
    }
}

/// Every day of these years, and how many were taken.
fn days_of(years: &[i32], taken: Vec<(Day, u32)>) -> Vec<(Day, u32)> {
    let taken: HashMap<Day, u32> = taken.into_iter().collect();
    let days = years.iter().filter_map(|year| year_of(*year)).flat_map(|year| year.first.0..=year.last.0);
    days.map(|day| (Day(day), taken.get(&Day(day)).copied().unwrap_or(0))).collect()
}

fn drawing(actions: Actions, years: &[i32], days: &[(Day, u32)], is_chosen: &dyn Fn(Day) -> bool) -> Drawing {
    let counts: Vec<u32> = days.iter().map(|(_, count)| *count).collect();
    let cell = |((day, count), step): (&(Day, u32), u8)| {
        let year = day.ymd().0;
        let at = years.iter().position(|other| *other == year).unwrap_or(0) as u32;
        ChartCell {
            column: week_of(*day),
            row: at * ROWS_A_YEAR + u32::from(day.weekday()),
            step,
            count: *count,
            name: actions.services.date(i64::from(day.0) * 86_400, DateStyle::Long),
            is_chosen: is_chosen(*day),
        }
    };
    let cells = days.iter().zip(steps(&counts)).map(cell).collect();
    // A month stands over the week in which it begins, in the year at the top.
    let mut names = vec![String::new(); WEEKS];
    for month in 1..=12 {
        if let Some(first) = years.first().and_then(|year| Day::from_ymd(*year, month, 1)) {
            names[week_of(first) as usize] = month_short(actions.services, month as u8);
        }
    }
    let row = |at: u32| match at % ROWS_A_YEAR {
        3 => years.get((at / ROWS_A_YEAR) as usize).map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    };
    Drawing {
        kind: "cells",
        names,
        rows: (0..years.len() as u32 * ROWS_A_YEAR - u32::from(!years.is_empty())).map(row).collect(),
        window: None,
        series: vec![Series { name: "Photos".into(), tone: "first", numbers: SeriesNumbers::Cells(cells) }],
    }
}

/// Which week of its year a day is in, from 0 on: weeks begin on Monday.
fn week_of(day: Day) -> u32 {
    let first = Day::from_ymd(day.ymd().0, 1, 1).unwrap_or(day);
    ((day.0 - first.0) as u32 + u32::from(first.weekday())) / 7
}
