//! Ranges of what the camera was set to: from and to, of which either may be left open.

use albumen_core::catalog::Filter;
use albumen_core::photo::{Facet, Span};
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::words::facet_name;

/// Folded away unless anything of it is asked for.
#[component]
pub(super) fn ExposureFields() -> impl IntoView {
    let address = use_actions().address;
    let is_asked = address
        .filter
        .with_untracked(|filter| Facet::ALL.into_iter().any(|facet| filter.exposed.span(facet).is_some()));
    view! {
        <details class="disclosure" prop:open=is_asked>
            <summary>"Exposure"</summary>
            {Facet::ALL.map(|facet| view! { <Range facet/> }).collect_view()}
        </details>
    }
}

/// What is typed stays in the fields, whether it makes a range yet or not.
#[component]
fn Range(facet: Facet) -> impl IntoView {
    let address = use_actions().address;
    let span = address.filter.with_untracked(|filter| filter.exposed.span(facet));
    let least = span.filter(|span| span.least > 1).map(|span| facet.write_value(span.least)).unwrap_or_default();
    let most = span.filter(|span| span.most < u32::MAX).map(|span| facet.write_value(span.most)).unwrap_or_default();
    let (from, to) = (RwSignal::new(least), RwSignal::new(most));
    let range = Memo::new(move |_| read_range(facet, &from.get(), &to.get()));
    let narrow = move || {
        if let Ok(span) = range.get_untracked() {
            let filter = address.filter.get_untracked();
            address.retype(&Filter { exposed: filter.exposed.clone().with_span(facet, span), ..filter });
        }
    };
    let (name, example) = match facet {
        Facet::FocalLength => ("Focal length, mm", ("24", "70")),
        Facet::FNumber => ("F-number", ("1.4", "2.8")),
        Facet::ExposureTime => ("Exposure time, s", ("1/1000", "1/60")),
        Facet::Iso => ("ISO", ("100", "800")),
    };
    let field = move |which: &'static str, value: RwSignal<String>, example: &'static str| {
        view! {
            <label class="field">
                <span class="field-label">{format!("{name}, {which}")}</span>
                <input
                    class="input"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    placeholder=example
                    value=value.get_untracked()
                    on:change=move |event| {
                        value.set(event_target_value(&event));
                        narrow();
                    }
                />
            </label>
        }
    };
    view! {
        <div class="filter-range">
            {field("from", from, example.0)}
            {field("to", to, example.1)}
        </div>
        <Show when=move || range.get().is_err()>
            <p class="filter-days-wrong" role="alert">{format!("{} needs numbers, the smaller one first.", facet_name(facet))}</p>
        </Show>
    }
}

/// The values between two fields, of which either may be empty; `Ok(None)` where both are.
fn read_range(facet: Facet, from: &str, to: &str) -> Result<Option<Span>, NoRange> {
    let end = |text: &str| match text.trim() {
        "" => Ok(None),
        text => read_value(facet, text).map(Some).ok_or(NoRange),
    };
    let (least, most) = (end(from)?, end(to)?);
    if least.is_none() && most.is_none() {
        return Ok(None);
    }
    let span = Span { least: least.unwrap_or(1), most: most.unwrap_or(u32::MAX) };
    if span.least <= span.most { Ok(Some(span)) } else { Err(NoRange) }
}

/// A number, or a fraction as photographers write times; a comma may stand for the point.
fn read_value(facet: Facet, text: &str) -> Option<u32> {
    let text = text.replace(',', ".");
    let value = match text.split_once('/') {
        Some((above, below)) => {
            above.trim().parse::<u32>().ok().map(f64::from)? / f64::from(below.trim().parse::<u32>().ok()?)
        }
        None => return facet.read(&text).map(|span| span.least).filter(|_| !text.contains("..")),
    };
    Some(facet.value(value)).filter(|value| *value > 0 && *value < u32::MAX)
}

/// What is typed makes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NoRange;
