//! The library in four numbers.

use albumen_core::insights::Totals;
use leptos::prelude::*;

use super::counts::Numbers;
use crate::app::actions::use_actions;

#[component]
pub(super) fn Figures(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let sums = Memo::new(move |_| numbers.counted.with(|counted| counted.as_ref().map(|counted| counted.all.totals())));
    // Until they are counted there is a dash, so that nothing moves when they come.
    let said = move |say: &dyn Fn(&Totals) -> String| sums.with(|sums| sums.as_ref().map_or("–".to_owned(), say));
    let count = move |pick: fn(&Totals) -> u32| move || said(&|sums| actions.services.count(pick(sums)));
    view! {
        <dl class="figures">
            <Figure name="Photos and videos" value=Signal::derive(count(|sums| sums.photos + sums.videos))/>
            <Figure name="Days with photos" value=Signal::derive(count(|sums| sums.days_with_photos))/>
            <Figure name="Cameras" value=Signal::derive(count(|sums| sums.cameras))/>
            <Figure name="From first to last" value=Signal::derive(move || said(&span_words))/>
        </dl>
    }
}

#[component]
fn Figure(name: &'static str, value: Signal<String>) -> impl IntoView {
    view! {
        <div class="figure">
            <dt class="figure-name">{name}</dt>
            <dd class="figure-value">{move || value.get()}</dd>
        </div>
    }
}

/// "2011–2026", or the one year.
fn span_words(sums: &Totals) -> String {
    match sums.span {
        Some((first, last)) => {
            let (first, last) = (first.ymd().0, last.ymd().0);
            if first == last { first.to_string() } else { format!("{first}–{last}") }
        }
        None => "–".to_owned(),
    }
}
