//! A short list: the busiest day, the longest streak, the longest gap. Each leads to its photos.

use albumen_core::catalog::Filter;
use albumen_core::photo::{Day, DayRange};
use leptos::prelude::*;

use super::clocked::period_words;
use super::counts::Numbers;
use crate::app::actions::{Actions, use_actions};
use crate::app::state::Screen;

/// One of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Highlight {
    name: &'static str,
    value: String,
    /// The words of each link, and the days that it shows.
    links: Vec<(String, DayRange)>,
}

#[component]
pub(super) fn Highlights(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let list = Memo::new(move |_| highlights(actions, numbers));
    let link = move |(words, days): (String, DayRange)| {
        let filter = move || Filter { days: Some(days), ..actions.address.filter.get() };
        view! { <a href=move || actions.address.link_to(Screen::Photos, &filter())>{words}</a> }
    };
    let item = move |highlight: Highlight| {
        view! {
            <div class="highlight">
                <dt class="figure-name">{highlight.name}</dt>
                <dd class="highlight-value">{highlight.value}</dd>
                <dd class="highlight-days">{highlight.links.into_iter().map(link).collect_view()}</dd>
            </div>
        }
    };
    view! {
        <Show when=move || list.with(|list| !list.is_empty())>
            <dl class="highlights">{move || list.get().into_iter().map(item).collect_view()}</dl>
        </Show>
    }
}

fn highlights(actions: Actions, numbers: Numbers) -> Vec<Highlight> {
    let counts = numbers.counted.with(|counted| counted.as_ref().map(|counted| counted.all.clone()));
    let Some(counts) = counts else { return Vec::new() };
    let count = |number: u32| actions.services.count(number);
    let some =
        |number: u32, one: &str, many: &str| format!("{} {}", count(number), if number == 1 { one } else { many });
    let one_day = |day: Day| DayRange { first: day, last: day };
    let linked = |days: DayRange| (period_words(actions, days), days);
    let busiest = counts.totals().busiest.map(|(day, photos)| Highlight {
        name: "Busiest day",
        value: some(photos, "photo", "photos"),
        links: vec![linked(one_day(day))],
    });
    let streak = counts.longest_streak().map(|streak| Highlight {
        name: "Longest streak",
        value: format!("{}, {}", some(streak.length(), "day", "days"), some(streak.photos, "photo", "photos")),
        links: vec![linked(streak.days)],
    });
    let gap = counts.longest_gap().map(|gap| Highlight {
        name: "Longest gap",
        value: format!("{} without a photo", some(gap.days, "day", "days")),
        links: vec![linked(one_day(gap.before)), linked(one_day(gap.after))],
    });
    [busiest, streak, gap].into_iter().flatten().collect()
}
