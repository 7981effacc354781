//! What the clock and the calendar say, whichever year: hours, days of the week, months. Another period can be laid over.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::insights::Counts;
use albumen_core::photo::{Day, DayRange};
use leptos::prelude::*;

use super::card::{About, BarLine, Bars};
use super::counts::{Beside, Counted, Numbers};
use super::table::{Heads, Line};
use crate::app::actions::{Actions, use_actions};
use crate::app::services::{DateStyle, month_name, month_short, weekday_name, weekday_short};

/// Photos per hour of the day: 24 bars, the empty ones too.
#[component]
pub(super) fn Hours(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let about = About {
        title: numbers.title("Photos per hour"),
        unit: "Hour",
        file: "photos-per-hour",
        narrowed: Callback::new(move |hour| Filter { hour: u8::try_from(hour).ok(), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { hour: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |hour| address.filter.with(|filter| filter.hour.map(i32::from) == Some(hour))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.hour.is_some())),
    };
    let bars = periods(numbers, |counted| &counted.hours, |beside| &beside.hours, |counts| counts.hours().to_vec());
    let bars = named(bars, move |hour| (hour, format!("{hour:02}:00"), hour.to_string()));
    view! { <Bars about heads=heads(numbers) bars/> }
}

/// Photos per day of the week.
#[component]
pub(super) fn Weekdays(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let about = About {
        title: numbers.title("Photos per day of the week"),
        unit: "Day of the week",
        file: "photos-per-weekday",
        narrowed: Callback::new(move |weekday| Filter { weekday: u8::try_from(weekday).ok(), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { weekday: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |weekday| {
            address.filter.with(|filter| filter.weekday.map(i32::from) == Some(weekday))
        }),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.weekday.is_some())),
    };
    let counts = |counts: &Counts| counts.weekdays().to_vec();
    let bars = periods(numbers, |counted| &counted.weekdays, |beside| &beside.weekdays, counts);
    let bars = named(bars, move |at| {
        (at, weekday_name(actions.services, at as u8), weekday_short(actions.services, at as u8))
    });
    view! { <Bars about heads=heads(numbers) bars/> }
}

/// Photos per month, whichever year.
#[component]
pub(super) fn Months(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let about = About {
        title: numbers.title("Photos per month"),
        unit: "Month",
        file: "photos-per-month",
        narrowed: Callback::new(move |month| Filter { month: u8::try_from(month).ok(), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { month: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |month| address.filter.with(|filter| filter.month.map(i32::from) == Some(month))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.month.is_some())),
    };
    let counts = |counts: &Counts| counts.months().to_vec();
    let bars = periods(numbers, |counted| &counted.months, |beside| &beside.months, counts);
    let bars = named(bars, move |at| {
        let month = at as u8 + 1;
        (at + 1, month_name(actions.services, month), month_short(actions.services, month))
    });
    view! { <Bars about heads=heads(numbers) bars/> }
}

/// Photos per year, from the first to the last, the empty ones too.
#[component]
pub(super) fn Years(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let about = About {
        title: numbers.title("Photos per year"),
        unit: "Year",
        file: "photos-per-year",
        narrowed: Callback::new(move |year| Filter { days: year_of(year), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { days: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |year| {
            let days = address.filter.with(|filter| filter.days);
            days.is_some_and(|days| (days.first.ymd().0..=days.last.ymd().0).contains(&year))
        }),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.days.is_some())),
    };
    let bars = Memo::new(move |_| {
        numbers.counted.with(|counted| {
            let years = counted.as_ref()?.days.years();
            let bar = |(year, count): (i32, u32)| BarLine {
                line: Line::new(year, year.to_string(), count),
                label: year.to_string(),
            };
            Some(Arc::new(with_empty(&years).into_iter().map(bar).collect::<Vec<_>>()))
        })
    });
    view! { <Bars about heads=one_head() bars/> }
}

/// Of years that are further from their neighbors than this the empty ones between are left out.
const MOST_EMPTY_YEARS: i32 = 60;

/// The years with the empty ones between them.
fn with_empty(years: &[(i32, u32)]) -> Vec<(i32, u32)> {
    let mut all = Vec::<(i32, u32)>::new();
    for (year, count) in years {
        let from = all.last().map_or(*year, |(last, _)| last + 1);
        if year - from < MOST_EMPTY_YEARS {
            all.extend((from..*year).map(|empty| (empty, 0)));
        }
        all.push((*year, *count));
    }
    all
}

/// The days of a year.
pub(super) fn year_of(year: i32) -> Option<DayRange> {
    Some(DayRange { first: Day::from_ymd(year, 1, 1)?, last: Day::from_ymd(year, 12, 31)? })
}

/// "Photos".
pub(super) fn one_head() -> Heads {
    Memo::new(|_| vec!["Photos".to_owned()])
}

/// The same, or the names of the two periods.
fn heads(numbers: Numbers) -> Heads {
    let actions = use_actions();
    Memo::new(move |_| {
        numbers.counted.with(|counted| {
            match counted.as_ref().and_then(|counted| Some((counted, counted.beside.as_ref()?))) {
                None => vec!["Photos".to_owned()],
                Some((counted, beside)) => {
                    let own =
                        counted.filter.days.map_or_else(|| "All days".to_owned(), |days| period_words(actions, days));
                    vec![own, period_words(actions, beside.days)]
                }
            }
        })
    })
}

/// "2019", or from when to when.
pub(super) fn period_words(actions: Actions, days: DayRange) -> String {
    let year = days.first.ymd().0;
    if year_of(year) == Some(days) {
        return year.to_string();
    }
    let date = |day: Day| actions.services.date(i64::from(day.0) * 86_400, DateStyle::Short);
    if days.first == days.last { date(days.first) } else { format!("{} – {}", date(days.first), date(days.last)) }
}

/// Counts, and those of the other period.
type Periods = Memo<Option<Vec<(u32, Option<u32>)>>>;

fn periods(
    numbers: Numbers,
    own: fn(&Counted) -> &Arc<Counts>,
    other: fn(&Beside) -> &Arc<Counts>,
    counts: fn(&Counts) -> Vec<u32>,
) -> Periods {
    Memo::new(move |_| {
        numbers.counted.with(|counted| {
            let counted = counted.as_ref()?;
            let own = counts(own(counted));
            let other = counted.beside.as_ref().map(|beside| counts(other(beside)));
            let beside = |at: usize| other.as_ref().map(|other| other[at]);
            Some(own.into_iter().enumerate().map(|(at, count)| (count, beside(at))).collect())
        })
    })
}

/// With the key, the name and the short name of each.
fn named(
    counts: Periods,
    name: impl Fn(i32) -> (i32, String, String) + Send + Sync + 'static,
) -> Memo<Option<Arc<Vec<BarLine>>>> {
    Memo::new(move |_| {
        let bar = |(at, (count, beside)): (i32, (u32, Option<u32>))| {
            let (key, name, label) = name(at);
            BarLine { line: Line { key, name, count, beside }, label }
        };
        Some(Arc::new((0..).zip(counts.get()?).map(bar).collect()))
    })
}
