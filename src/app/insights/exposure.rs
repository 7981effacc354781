//! Lenses, and how photos were exposed. The engine counts: what it takes lies in the cold columns.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::photo::Facet;
use leptos::prelude::*;

use super::card::{About, BarLine, Bars};
use super::clocked::one_head;
use super::counts::Numbers;
use super::table::Line;
use super::things::{MOST_BARS, height_px, label, more_words};
use crate::app::actions::use_actions;
use crate::app::words::{class_label, facet_name, lens_name, span_words};

/// A line's key is its place in the answer, which names the lenses.
#[component]
pub(super) fn Lenses(numbers: Numbers) -> impl IntoView {
    let address = use_actions().address;
    let lens = move |key: i32| {
        numbers.exposures.with_untracked(|numbers| {
            let (name, _) = numbers.as_ref()?.lenses.get(usize::try_from(key).ok()?)?;
            Some(name.clone())
        })
    };
    let with_lens = move |lens: Option<String>| {
        let filter = address.filter.get();
        Filter { exposed: filter.exposed.clone().with_lens(lens), ..filter }
    };
    let about = About {
        title: Signal::stored("Photos per lens".to_owned()),
        unit: "Lens",
        file: "photos-per-lens",
        narrowed: Callback::new(move |key| with_lens(lens(key))),
        widened: Callback::new(move |()| with_lens(None)),
        is_chosen: Callback::new(move |key| address.filter.with(|filter| filter.exposed.lens == lens(key))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.exposed.lens.is_some())),
    };
    let bars = Memo::new(move |_| {
        numbers.exposures.with(|numbers| {
            let bar = |(key, (name, count)): (i32, &(String, u32))| {
                let name = lens_name(name);
                BarLine { label: label(&name), line: Line::new(key, name, *count) }
            };
            Some(Arc::new((0..).zip(&numbers.as_ref()?.lenses).map(bar).collect::<Vec<_>>()))
        })
    });
    view! { <Bars about heads=one_head() bars across=true most=MOST_BARS height_px=height_px(bars) note=more_words(bars)/> }
}

/// A line's key is its class.
#[component]
pub(super) fn Exposure(numbers: Numbers, facet: Facet) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let span = move |key: i32| usize::try_from(key).ok().and_then(|class| facet.span_of_class(class));
    let with_span = move |span| {
        let filter = address.filter.get();
        Filter { exposed: filter.exposed.clone().with_span(facet, span), ..filter }
    };
    let (title, file) = match facet {
        Facet::FocalLength => ("Photos per focal length, in 35 mm terms", "photos-per-focal-length"),
        Facet::FNumber => ("Photos per f-number", "photos-per-f-number"),
        Facet::ExposureTime => ("Photos per exposure time", "photos-per-exposure-time"),
        Facet::Iso => ("Photos per ISO", "photos-per-iso"),
    };
    let about = About {
        title: Signal::stored(title.to_owned()),
        unit: facet_name(facet),
        file,
        narrowed: Callback::new(move |key| with_span(span(key))),
        widened: Callback::new(move |()| with_span(None)),
        is_chosen: Callback::new(move |key| address.filter.with(|filter| filter.exposed.span(facet) == span(key))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.exposed.span(facet).is_some())),
    };
    let classes =
        Memo::new(move |_| numbers.exposures.with(|numbers| Some(numbers.as_ref()?.classes[facet as usize].clone())));
    let bars = Memo::new(move |_| {
        let format = actions.services.numbers();
        let bar = |(class, count): (usize, u32)| {
            let name = span(class as i32).map(|span| span_words(facet, span, format)).unwrap_or_default();
            BarLine { line: Line::new(class as i32, name, count), label: class_label(facet, class, format) }
        };
        Some(Arc::new(classes.get()?.into_iter().enumerate().map(bar).collect::<Vec<_>>()))
    });
    let note = MaybeProp::derive(move || {
        let known: u32 = classes.get()?.iter().sum();
        let (unknown, equivalents) = numbers
            .exposures
            .with(|numbers| numbers.as_ref().map(|numbers| (numbers.unknown[facet as usize], numbers.equivalents)))?;
        if known + unknown == 0 {
            return None;
        }
        let count = |number: u32| actions.services.count(number);
        let words = format!("{} of {} photos tell it.", count(known), count(known + unknown));
        Some(match facet {
            Facet::FocalLength if equivalents < known => {
                format!(
                    "{words} {} of them as 35 mm equivalents; of the others it is the lens’s own.",
                    count(equivalents)
                )
            }
            _ => words,
        })
    });
    view! { <Bars about heads=one_head() bars note/> }
}
