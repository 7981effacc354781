//! Photos by day of the week and hour: a cell for each.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::insights::steps;
use leptos::prelude::*;

use super::card::{About, Card};
use super::chart::Drawing;
use super::clocked::one_head;
use super::counts::Numbers;
use super::table::Line;
use crate::app::actions::use_actions;
use crate::app::services::{ChartCell, Series, SeriesNumbers, weekday_name, weekday_short};

const HOURS: i32 = 24;

/// A cell's key is its hour of the week.
#[component]
pub(super) fn Week(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let about = About {
        title: numbers.title("Photos by day of the week and hour"),
        unit: "Hour of the week",
        file: "photos-per-hour-of-the-week",
        narrowed: Callback::new(move |key: i32| Filter {
            weekday: u8::try_from(key / HOURS).ok(),
            hour: u8::try_from(key % HOURS).ok(),
            ..address.filter.get()
        }),
        widened: Callback::new(move |()| Filter { weekday: None, hour: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |key: i32| {
            address.filter.with(|filter| {
                filter.weekday.is_none_or(|weekday| i32::from(weekday) == key / HOURS)
                    && filter.hour.is_none_or(|hour| i32::from(hour) == key % HOURS)
            })
        }),
        is_narrowed: Signal::derive(move || {
            address.filter.with(|filter| filter.weekday.is_some() || filter.hour.is_some())
        }),
    };
    let counts =
        Memo::new(move |_| numbers.counted.with(|counted| Some(counted.as_ref()?.week.week().as_flattened().to_vec())));
    let name = move |key: i32| format!("{} {:02}:00", weekday_name(actions.services, (key / HOURS) as u8), key % HOURS);
    let lines = Memo::new(move |_| {
        let counts = counts.get().unwrap_or_default();
        Arc::new((0..).zip(counts).map(|(key, count)| Line::new(key, name(key), count)).collect::<Vec<_>>())
    });
    let draw = Callback::new(move |()| {
        let counts = counts.get()?;
        let cell = |(key, (count, step)): (i32, (&u32, u8))| ChartCell {
            column: (key % HOURS) as u32,
            row: (key / HOURS) as u32,
            step,
            count: *count,
            name: name(key),
            is_chosen: about.is_bold(key),
        };
        let cells = (0..).zip(counts.iter().zip(steps(&counts))).map(cell).collect();
        Some(Drawing {
            kind: "cells",
            names: (0..HOURS).map(|hour| hour.to_string()).collect(),
            rows: (0..7).map(|weekday| weekday_short(actions.services, weekday)).collect(),
            window: None,
            series: vec![Series { name: "Photos".into(), tone: "first", numbers: SeriesNumbers::Cells(cells) }],
        })
    });
    let key_at = |index: usize| i32::try_from(index).ok();
    view! { <Card about heads=one_head() lines draw key_at height_px=220.0/> }
}
