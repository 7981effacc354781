//! A chart in a box that keeps its size while the library loads and when the look changes.

use charming::component::Axis;
use charming::element::{AxisLabel, AxisLine, AxisTick, LineStyle, SplitLine};
use leptos::task::spawn_local;
use leptos::{html, prelude::*};
use serde_json::{Value, json};

use crate::app::actions::use_actions;
use crate::app::services::{Chart, LongSeries, MediaWatch, SizeWatch, custom_property};

/// The colors of the page, as they hold for an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Palette {
    pub ink: String,
    pub soft: String,
    pub line: String,
    pub raised: String,
    pub sunk: String,
    pub first: String,
    pub second: String,
}

impl Palette {
    fn of(element: &web_sys::Element) -> Self {
        let color = |name| custom_property(element, name).unwrap_or_else(|| "currentColor".to_owned());
        Self {
            ink: color("--ink"),
            soft: color("--soft"),
            line: color("--line"),
            raised: color("--raised"),
            sunk: color("--sunk"),
            first: color("--series-1"),
            second: color("--series-2"),
        }
    }
}

/// What is drawn: the options, and the numbers of a long series beside them.
pub(super) struct Drawing {
    pub options: charming::Chart,
    /// Pairs of x and y of series 0; empty where the options hold the data.
    pub pairs: Vec<f64>,
}

/// `draw` runs again when what it reads changes, and when the look does.
#[component]
pub(super) fn ChartBox(
    draw: Callback<Palette, Option<std::sync::Arc<Drawing>>>,
    #[prop(into)] on_click: Callback<usize>,
) -> impl IntoView {
    let actions = use_actions();
    let node = NodeRef::<html::Div>::new();
    let chart = StoredValue::new_local(None::<Chart>);
    let size_watch = StoredValue::new_local(None::<SizeWatch>);
    let is_ready = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let look = RwSignal::new(0_u32);
    let look_watch = StoredValue::new_local(MediaWatch::new("(prefers-color-scheme: dark)", move |_| {
        look.try_update(|look| *look += 1);
    }));
    on_cleanup(move || look_watch.dispose());

    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        spawn_local(async move {
            let made = actions.services.charts().await.and_then(|charts| charts.chart(&element, None));
            match made {
                Ok(mut made) => {
                    made.on_click(move |clicked| {
                        on_click.try_run(clicked.index);
                    });
                    let watch = SizeWatch::new(&element, move |_, _| {
                        chart.try_with_value(|chart| {
                            if let Some(chart) = chart {
                                chart.resize();
                            }
                        });
                    });
                    // The screen may have been left while the library was loading: then both are dropped here.
                    if chart.try_update_value(|chart| *chart = Some(made)).is_some() {
                        size_watch.try_update_value(|kept| *kept = watch);
                        is_ready.try_set(true);
                    }
                }
                Err(error) => {
                    failed.try_set(Some(error.to_string()));
                }
            }
        });
    });
    Effect::new(move |_| {
        look.track();
        let Some(element) = node.get().filter(|_| is_ready.get()) else { return };
        let palette = Palette::of(&element);
        let Some(drawing) = draw.run(palette.clone()) else { return };
        let options = finished(&drawing.options, &palette);
        let long = [LongSeries { series: 0, pairs: &drawing.pairs }];
        let long = if drawing.pairs.is_empty() { &[][..] } else { &long[..] };
        chart.with_value(|chart| {
            if let Some(Err(error)) = chart.as_ref().map(|chart| chart.show(&options, long)) {
                failed.set(Some(error.to_string()));
            }
        });
    });
    view! {
        <div class="chart-canvas" node_ref=node aria-hidden="true"></div>
        {move || failed.get().map(|why| view! {
            <p class="soft small" role="alert">{format!("The chart cannot be shown ({why}). Its numbers are below.")}</p>
        })}
    }
}

/// Adds what the typed options cannot say: a tooltip that is painted, since the page's policy forbids styled markup.
fn finished(options: &charming::Chart, palette: &Palette) -> Value {
    // Options are plain data with string keys, which JSON can always hold.
    let mut options = serde_json::to_value(options).unwrap_or_default();
    options["tooltip"] = json!({
        "renderMode": "richText",
        "trigger": "axis",
        "axisPointer": { "type": "shadow", "shadowStyle": { "color": palette.ink, "opacity": 0.06 } },
        "backgroundColor": palette.raised,
        "borderColor": palette.line,
        "borderWidth": 1,
        "padding": [6, 10],
        "confine": true,
        "textStyle": { "color": palette.ink, "fontSize": 13 },
    });
    options["textStyle"] = json!({ "fontFamily": "system-ui, sans-serif" });
    options
}

/// An axis without a line of its own; values get faint lines across.
pub(super) fn axis(palette: &Palette) -> Axis {
    Axis::new()
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().color(palette.soft.as_str()).font_size(12.0))
        .split_line(SplitLine::new().line_style(LineStyle::new().color(palette.line.as_str()).width(1.0)))
}
