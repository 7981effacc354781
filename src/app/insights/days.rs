//! Photos per day: every day from the first to the last, to be zoomed into.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::insights::DayCounts;
use albumen_core::photo::{Day, DayRange};
use leptos::prelude::*;

use super::card::{About, Card};
use super::chart::Drawing;
use super::clocked::one_head;
use super::counts::Numbers;
use super::table::Line;
use crate::app::actions::use_actions;
use crate::app::services::{DateStyle, Series, SeriesNumbers};

/// What a press on a day does, here and in the calendar.
pub(super) fn about_days(title: Signal<String>, file: &'static str) -> About {
    let address = use_actions().address;
    About {
        title,
        unit: "Day",
        file,
        narrowed: Callback::new(move |day| Filter {
            days: Some(DayRange { first: Day(day), last: Day(day) }),
            ..address.filter.get()
        }),
        widened: Callback::new(move |()| Filter { days: None, ..address.filter.get() }),
        // Days beside the one that was pressed are asked for too, where a longer range is.
        is_chosen: Callback::new(move |day| {
            let days = address.filter.with(|filter| filter.days);
            days.is_some_and(|days| days.first == Day(day) && days.last == Day(day))
        }),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.days.is_some())),
    }
}

#[component]
pub(super) fn Days(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let counts =
        Memo::new(move |_| numbers.counted.with(|counted| counted.as_ref().map(|counted| counted.days.days())));
    let title = numbers.title("Photos per day");
    let about = about_days(title, "photos-per-day");
    // The chart shows the empty days; a list of them would bury the others.
    let lines = Memo::new(move |_| {
        Arc::new(counts.with(|counts| match counts {
            None => Vec::new(),
            Some(counts) => day_lines(counts).rev().filter(|line| line.count > 0).collect::<Vec<_>>(),
        }))
    });
    let all_lines =
        Callback::new(move |()| counts.with_untracked(|counts| counts.iter().flat_map(day_lines).collect::<Vec<_>>()));
    let key_at = move |index: usize| {
        counts.with(|counts| {
            counts.as_ref().filter(|counts| index < counts.counts.len()).map(|counts| counts.first.0 + index as i32)
        })
    };
    let note = MaybeProp::derive(move || {
        let outside = counts.with(|counts| counts.as_ref().map_or(0, |counts| counts.outside));
        (outside > 0).then(|| {
            format!("{} lie far outside of these days and are left out of the chart.", actions.services.count(outside))
        })
    });
    // To write thousands of dates takes longer than to count: they are written once.
    let range = Memo::new(move |_| {
        counts.with(|counts| counts.as_ref().map_or((0, 0), |counts| (counts.first.0, counts.counts.len() as i32)))
    });
    let names = Memo::new(move |_| {
        let (first, length) = range.get();
        let name = |day: i32| actions.services.date(i64::from(day) * 86_400, DateStyle::Short);
        Arc::new((first..first + length).map(name).collect::<Vec<_>>())
    });
    let draw = Callback::new(move |()| {
        let asked = actions.address.filter.with(|filter| filter.days);
        counts.with(|counts| {
            let counts = counts.as_ref()?;
            let values = counts.counts.iter().map(|count| f64::from(*count)).collect();
            Some(Drawing {
                kind: "days",
                names: names.get().to_vec(),
                rows: Vec::new(),
                window: asked.and_then(|days| window(counts, days)),
                series: vec![Series { name: "Photos".into(), tone: "first", numbers: SeriesNumbers::Bars(values) }],
            })
        })
    });
    view! { <Card about heads=one_head() lines draw key_at all_lines note/> }
}

/// Every day, the empty ones too.
fn day_lines(counts: &DayCounts) -> impl DoubleEndedIterator<Item = Line> + '_ {
    counts.counts.iter().enumerate().map(|(index, count)| {
        let key = counts.first.0 + index as i32;
        Line::new(key, Day(key).to_string(), *count)
    })
}

/// Where the days that are asked for lie in the chart: it is zoomed to them, with a few days around.
fn window(counts: &DayCounts, days: DayRange) -> Option<[u32; 2]> {
    const AROUND: i64 = 3;
    let last = counts.counts.len().checked_sub(1)? as i64;
    let place = |day: Day, around: i64| (i64::from(day.0) - i64::from(counts.first.0) + around).clamp(0, last) as u32;
    Some([place(days.first, -AROUND), place(days.last, AROUND)])
}
