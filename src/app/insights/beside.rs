//! Another period, laid over the days that are asked for: hours, days of the week and months then have two series.

use albumen_core::catalog::Filter;
use albumen_core::photo::{Day, DayRange};
use leptos::html::Input;
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
    // What is typed stays in the fields, whether it makes a period yet or not.
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (from_field, to_field) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let typed = Memo::new(move |_| Some((typed_day(&from.get())?, typed_day(&to.get())?)));
    let is_reversed = move || typed.get().is_some_and(|(first, last)| first > last);
    Effect::new(move |_| {
        let beside = beside.get();
        if beside != typed.get_untracked().map(|(first, last)| DayRange { first, last }) {
            write(from, from_field, beside.map(|days| days.first));
            write(to, to_field, beside.map(|days| days.last));
        }
    });
    let narrow = move || {
        if let Some((first, last)) = typed.get_untracked().filter(|(first, last)| first <= last) {
            // A date that is being typed is many dates on the way.
            let beside = Some(DayRange { first, last });
            address.retype(&Filter { beside, ..address.filter.get_untracked() });
        }
    };
    let field = move |label: &'static str, value: RwSignal<String>, node_ref: NodeRef<Input>| {
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input"
                    type="date"
                    node_ref=node_ref
                    on:change=move |event| {
                        value.set(event_target_value(&event));
                        narrow();
                    }
                />
            </label>
        }
    };
    view! {
        <details class="disclosure other-period" prop:open=move || beside.get().is_some()>
            <summary>"Lay another period over it"</summary>
            <div class="other-period-fields">
                {field("Other period from", from, from_field)}
                {field("Other period to", to, to_field)}
                <Show when=move || beside.get().is_none() && offered.get().is_some()>
                    <Button on_press=take_offered>{offer_words}</Button>
                </Show>
                <Show when=move || beside.get().is_some()>
                    <Button look=ButtonLook::Quiet on_press=move || set(None)>"Only one period"</Button>
                </Show>
            </div>
            <Show when=is_reversed>
                <p class="filter-days-wrong" role="alert">"From is after To: no day lies between them."</p>
            </Show>
            <p class="soft small">
                "The days of the filter are one period, these the other. Hours, days of the week and months show both."
            </p>
        </details>
    }
}

/// Writes a day into a field. What is typed there is not written back: a browser would lose the digits of the year so far.
fn write(value: RwSignal<String>, field: NodeRef<Input>, day: Option<Day>) {
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    if let Some(field) = field.get_untracked() {
        field.set_value(&day);
    }
    value.set(day);
}

/// The day that a field says, once its year is whole: while one is typed, a browser takes it for one of the first thousand.
fn typed_day(text: &str) -> Option<Day> {
    Day::parse_iso(text).filter(|day| day.ymd().0 >= 1000)
}

/// The same days a year earlier; a leap day's is the day before it.
fn a_year_before(days: DayRange) -> Option<DayRange> {
    let before = |day: Day| {
        let (year, month, of_month) = day.ymd();
        Day::from_ymd(year - 1, month, of_month).or_else(|| Day::from_ymd(year - 1, month, of_month - 1))
    };
    Some(DayRange { first: before(days.first)?, last: before(days.last)? })
}
