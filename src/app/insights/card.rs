//! A chart with its title, its numbers, and the ways to take both along.

use std::sync::Arc;

use albumen_core::catalog::Filter;
use albumen_core::export::csv_of;
use leptos::prelude::*;

use super::chart::{ChartBox, Drawing, Made};
use super::table::{Heads, Line, NumbersTable};
use crate::app::actions::use_actions;
use crate::app::services::{Caption, Series, SeriesNumbers, custom_property};
use crate::app::state::Screen;
use crate::app::widgets::{Button, ButtonLook};

/// What a chart is about, and what a press on it does.
#[derive(Clone, Copy)]
pub(super) struct About {
    /// With its unit and the clock it is read from.
    pub(super) title: Signal<String>,
    /// What a line stands for: "Hour", "Day".
    pub(super) unit: &'static str,
    /// The name of files that are saved, without their endings.
    pub(super) file: &'static str,
    /// The filter, narrowed to a line.
    pub(super) narrowed: Callback<i32, Filter>,
    /// The filter without what this chart sets of it.
    pub(super) widened: Callback<(), Filter>,
    /// Which lines the filter asks for, where it asks for any of these.
    pub(super) is_chosen: Callback<i32, bool>,
    /// Whether the filter asks for any.
    pub(super) is_narrowed: Signal<bool>,
}

impl About {
    /// Whether a line is drawn as it is, or faintly.
    pub(super) fn is_bold(self, key: i32) -> bool {
        !self.is_narrowed.get() || self.is_chosen.run(key)
    }
}

/// The frame of a chart. `draw` says what is drawn, `key_at` which line was pressed.
#[component]
pub(super) fn Card(
    about: About,
    heads: Heads,
    lines: Memo<Arc<Vec<Line>>>,
    draw: Callback<(), Option<Drawing>>,
    #[prop(into)] key_at: Callback<usize, Option<i32>>,
    /// What files have instead of the lines of the table.
    #[prop(optional, into)]
    all_lines: Option<Callback<(), Vec<Line>>>,
    #[prop(optional, into)] height_px: MaybeProp<f64>,
    /// What is said below the chart; nothing where it is empty.
    #[prop(optional, into)]
    note: MaybeProp<String>,
) -> impl IntoView {
    let actions = use_actions();
    let made: Made = StoredValue::new_local(None);
    let title = about.title;
    let on_choose = Callback::new(move |(key, stays): (i32, bool)| {
        // What is chosen already is widened again.
        let is_chosen = stays && about.is_narrowed.get_untracked() && untrack(|| about.is_chosen.run(key));
        let filter = untrack(|| if is_chosen { about.widened.run(()) } else { about.narrowed.run(key) });
        match stays {
            true => actions.address.narrow(&filter),
            false => actions.address.go_filtered(Screen::Photos, &filter),
        }
    });
    let clicked = move |index: usize| {
        if let Some(key) = untrack(|| key_at.run(index)) {
            on_choose.run((key, true));
        }
    };
    let cells = move || {
        let lines = match all_lines {
            Some(all) => untrack(|| all.run(())),
            None => lines.with_untracked(|lines| lines.to_vec()),
        };
        let head = std::iter::once(about.unit.to_owned()).chain(heads.get_untracked());
        let mut rows = vec![head.collect::<Vec<String>>()];
        rows.extend(lines.into_iter().map(|line| {
            let mut row = vec![line.name, line.count.to_string()];
            row.extend(line.beside.map(|count| count.to_string()));
            row
        }));
        rows
    };
    let said = move |is_done: bool, otherwise: &'static str| {
        if !is_done {
            actions.toaster.say(otherwise);
        }
    };
    let save_csv = move || {
        let rows = cells();
        let bytes = csv_of(rows.iter().map(|row| row.iter().map(String::as_str)));
        let is_saved = actions.services.save_file(&format!("{}.csv", about.file), "text/csv", &bytes);
        said(is_saved, "The browser did not allow saving the file");
    };
    let save_png = move || {
        let color = |name: &str| document().body().and_then(|body| custom_property(&body, name)).unwrap_or_default();
        let (ink, soft, paper) = (color("--ink"), color("--soft"), color("--paper"));
        let title = title.get_untracked();
        // Two periods are told apart by their heads; one alone is in the title.
        let heads = heads.get_untracked();
        let periods = (heads.len() > 1).then(|| heads.join(" · "));
        let notes: Vec<String> = periods.into_iter().chain(untrack(|| note.get())).collect();
        let caption = Caption { title: &title, notes: &notes, ink: &ink, soft: &soft, paper: &paper };
        let bytes = made.with_value(|chart| chart.as_ref().and_then(|chart| chart.png(&caption)));
        match bytes {
            None => actions.toaster.say("The chart is not drawn yet. Its numbers can be saved as CSV."),
            Some(bytes) => {
                let is_saved = actions.services.save_file(&format!("{}.png", about.file), "image/png", &bytes);
                said(is_saved, "The browser did not allow saving the file");
            }
        }
    };
    let copy = move || {
        let flat = |cell: &String| cell.replace(['\t', '\r', '\n'], " ");
        let rows = cells().iter().map(|row| row.iter().map(flat).collect::<Vec<_>>().join("\t")).collect::<Vec<_>>();
        actions.copy(rows.join("\n"));
    };
    let act = move |what: &'static str| Signal::derive(move || format!("{what}: {}", title.get()));
    view! {
        <section class="chart" aria-label=move || title.get()>
            <div class="chart-head">
                <h2>{title}</h2>
                <div class="chart-acts">
                    <Button small=true look=ButtonLook::Quiet label=act("Save as PNG") on_press=save_png>"Save as PNG"</Button>
                    <Button small=true look=ButtonLook::Quiet label=act("Save as CSV") on_press=save_csv>"Save as CSV"</Button>
                </div>
            </div>
            <ChartBox draw on_click=clicked made height_px/>
            {move || note.get().filter(|note| !note.is_empty()).map(|note| view! { <p class="soft small">{note}</p> })}
            <NumbersTable title unit=about.unit heads lines on_choose>
                <Button small=true look=ButtonLook::Quiet label=act("Copy") on_press=copy>"Copy"</Button>
            </NumbersTable>
        </section>
    }
}

/// A bar of a chart of a few.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BarLine {
    pub(super) line: Line,
    /// As short as the space below a bar.
    pub(super) label: String,
}

/// A chart of a few bars, upright or (`across`) lying, a line of the table each.
#[component]
pub(super) fn Bars(
    about: About,
    heads: Heads,
    /// `None` until they are counted.
    bars: Memo<Option<Arc<Vec<BarLine>>>>,
    #[prop(optional)] across: bool,
    /// As many are drawn; the table has all.
    #[prop(default = usize::MAX)]
    most: usize,
    #[prop(optional, into)] height_px: MaybeProp<f64>,
    #[prop(optional, into)] note: MaybeProp<String>,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        Arc::new(
            bars.with(|bars| bars.iter().flat_map(|bars| bars.iter()).map(|bar| bar.line.clone()).collect::<Vec<_>>()),
        )
    });
    let draw = Callback::new(move |()| {
        let bars = bars.get()?;
        let drawn = &bars[..bars.len().min(most)];
        let values = |count: fn(&Line) -> u32| -> Vec<(f64, bool)> {
            drawn.iter().map(|bar| (f64::from(count(&bar.line)), about.is_bold(bar.line.key))).collect()
        };
        let numbers =
            |count| if across { SeriesNumbers::Across(values(count)) } else { SeriesNumbers::Chosen(values(count)) };
        let has_second = drawn.first().is_some_and(|bar| bar.line.beside.is_some());
        let heads = heads.get();
        let name = |at: usize| heads.get(at).cloned().unwrap_or_default();
        let mut series = vec![Series { name: name(0), tone: "first", numbers: numbers(|line| line.count) }];
        if has_second {
            series.push(Series { name: name(1), tone: "second", numbers: numbers(|line| line.beside.unwrap_or(0)) });
        }
        Some(Drawing {
            kind: if across { "across" } else { "bars" },
            names: drawn.iter().map(|bar| bar.label.clone()).collect(),
            rows: Vec::new(),
            window: None,
            series,
        })
    });
    let key_at = move |index: usize| bars.get_untracked().and_then(|bars| Some(bars.get(index)?.line.key));
    view! { <Card about heads lines draw key_at height_px note/> }
}
