//! Another period, laid over the days that are asked for: hours, days of the week and months then have two series.

use albumen_core::catalog::Filter;
use albumen_core::photo::{Day, DayRange};
use leptos::prelude::*;

use super::clocked::year_of;
use super::counts::Numbers;
use crate::app::actions::use_actions;
use crate::app::widgets::{Button, ButtonLook};

#[component]
pub(super) fn OtherPeriod(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let beside = Memo::new(move |_| address.filter.with(|filter| filter.beside));
    let days = Memo::new(move |_| address.filter.with(|filter| filter.days));
    let set = move |beside: Option<DayRange>| {
        let filter = Filter { beside, ..address.filter.get_untracked() };
        address.narrow(&filter);
    };
    // The year before the one that is asked for, or the last two years that have photos.
    let offered = Memo::new(move |_| match days.get() {
        Some(days) => a_year_before(days).map(|before| (Some(days), before)),
        None => numbers.counted.with(|counted| {
            let years = counted.as_ref()?.all.years();
            let [.., (before, _), (last, _)] = years.as_slice() else { return None };
            Some((year_of(*last), year_of(*before)?))
        }),
    });
    let take_offered = move || {
        if let Some((days, beside)) = offered.get_untracked() {
            address.narrow(&Filter { days, beside: Some(beside), ..address.filter.get_untracked() });
        }
    };
    let offer_words = move || match days.get() {
        Some(_) => "Compare with the year before",
        None => "Compare the last two years",
    };
    let field = move |label: &'static str, pick: fn(DayRange) -> Day, put: fn(DayRange, Day) -> DayRange| {
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input"
                    type="date"
                    prop:value=move || beside.get().map(|days| pick(days).to_string()).unwrap_or_default()
                    on:change=move |event| {
                        if let Some(day) = Day::parse_iso(&event_target_value(&event)) {
                            let days = beside.get_untracked().unwrap_or(DayRange { first: day, last: day });
                            let DayRange { first, last } = put(days, day);
                            set(Some(DayRange { first: first.min(last), last: last.max(first) }));
                        }
                    }
                />
            </label>
        }
    };
    view! {
        <details class="disclosure other-period" prop:open=move || beside.get().is_some()>
            <summary>"Lay another period over it"</summary>
            <div class="other-period-fields">
                {field("Other period from", |days| days.first, |days, first| DayRange { first, ..days })}
                {field("Other period to", |days| days.last, |days, last| DayRange { last, ..days })}
                <Show when=move || beside.get().is_none() && offered.get().is_some()>
                    <Button on_press=take_offered>{offer_words}</Button>
                </Show>
                <Show when=move || beside.get().is_some()>
                    <Button look=ButtonLook::Quiet on_press=move || set(None)>"Only one period"</Button>
                </Show>
            </div>
            <p class="soft small">
                "The days of the filter are one period, these the other. Hours, days of the week and months show both."
            </p>
        </details>
    }
}

/// The same days a year earlier; a leap day's is the day before it.
fn a_year_before(days: DayRange) -> Option<DayRange> {
    let before = |day: Day| {
        let (year, month, of_month) = day.ymd();
        Day::from_ymd(year - 1, month, of_month).or_else(|| Day::from_ymd(year - 1, month, of_month - 1))
    };
    Some(DayRange { first: before(days.first)?, last: before(days.last)? })
}
