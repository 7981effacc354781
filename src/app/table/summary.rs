//! What a column holds in short, over the rows that the filter leaves in.

use albumen_core::catalog::RowSet;
use albumen_core::protocol::{Answer, Wish};
use albumen_core::table::{Bar, Bars, Column, Summary, Type};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::Model;
use crate::app::actions::Actions;
use crate::app::words::decimal;

/// Asks when it is made, and again when rows come or go while it is open.
#[component]
pub(super) fn Summarized(column: Column, model: Model) -> impl IntoView {
    let actions = model.actions;
    let summary = RwSignal::new(None::<Result<Summary, Trouble>>);
    let asked = StoredValue::new(0_u32);
    let ask = move |rows: Vec<u8>| {
        let number = asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        spawn_local(async move {
            let answer = actions.ask(Wish::Summarize { rows, column }).await;
            if asked.try_get_value() != number {
                return;
            }
            match answer {
                Ok(Answer::Summary(told)) => drop(summary.try_set(Some(Ok(told)))),
                Ok(_) => {}
                Err(trouble) => drop(summary.try_set(Some(Err(trouble)))),
            }
        });
    };
    Effect::new(move |_| {
        let mut set = RowSet::new();
        model.ordered.shown.with(|rows| set.insert_all(rows));
        ask(set.to_bytes());
    });
    view! {
        <section class="summary" aria-label="In short">
            {move || match summary.get() {
                None => view! { <p class="soft" role="status">"Counting…"</p> }.into_any(),
                Some(Err(trouble)) => view! { <p role="alert">{actions.explain(&trouble).sentence}</p> }.into_any(),
                Some(Ok(summary)) => view! { <Told summary column actions/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Told(summary: Summary, column: Column, actions: Actions) -> impl IntoView {
    let count = move |number: u32| actions.services.count(number);
    let Summary { rows, known, distinct, least, greatest, bars } = summary;
    // An instant says itself that it is UTC.
    let unit = if column.holds() == Type::Instant { "" } else { column.unit() };
    let with_unit = move |text: String| if unit.is_empty() { text } else { format!("{text} {unit}") };
    let ends = (known > 0).then(|| {
        view! {
            <dt>"First"</dt>
            <dd><bdi>{with_unit(least)}</bdi></dd>
            <dt>"Last"</dt>
            <dd><bdi>{with_unit(greatest)}</bdi></dd>
        }
    });
    view! {
        <dl class="facts">
            <dt>"Known"</dt>
            <dd>{format!("{} of {}", count(known), count(rows))}</dd>
            <dt>"Empty"</dt>
            <dd>{count(rows - known)}</dd>
            <dt>"Different"</dt>
            <dd>{count(distinct)}</dd>
            {ends}
        </dl>
        {match bars {
            Bars::None if known > 0 => view! { <p class="soft small">"Every value is there once."</p> }.into_any(),
            Bars::None => ().into_any(),
            Bars::Each(bars) => view! { <BarTable title="Every value" bars actions/> }.into_any(),
            Bars::Frequent(bars) => view! { <BarTable title="Most frequent" bars actions/> }.into_any(),
            Bars::Ranges { bars, of_equal_ratio } => {
                let title = if of_equal_ratio { "From first to last in steps of equal ratio, each from here on" } else { "From first to last in equal steps, each from here on" };
                view! { <BarTable title bars actions/> }.into_any()
            }
        }}
    }
}

/// A histogram that is a table: each line has its bar.
#[component]
fn BarTable(title: &'static str, bars: Vec<Bar>, actions: Actions) -> impl IntoView {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
    let line = move |bar: Bar| {
        let whole = (!bar.to.is_empty()).then(|| format!("{} – {}", bar.from, bar.to));
        view! {
            <tr>
                <th scope="row" title=whole><bdi>{bar.from}</bdi></th>
                <td class="number">{actions.services.count(bar.count)}</td>
                <td class="summary-bar" aria-hidden="true" style:--part=decimal(f64::from(bar.count) / f64::from(most), 4)></td>
            </tr>
        }
    };
    view! {
        <table class="summary-bars">
            <caption>{title}</caption>
            <thead class="unseen"><tr><th scope="col">"Value"</th><th scope="col">"Photos"</th><th scope="col">"Share"</th></tr></thead>
            <tbody>{bars.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
}
