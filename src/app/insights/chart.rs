//! A chart in a box that keeps its size while the library loads and when the look changes.

use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::actions::use_actions;
use crate::app::services::{Chart, Look, MediaWatch, SizeWatch, custom_property};

/// The colors that a chart is painted in, and the tokens that hold them.
const PALETTE: [(&str, &str); 6] = [
    ("ink", "--ink"),
    ("soft", "--soft"),
    ("line", "--line"),
    ("raised", "--raised"),
    ("sunk", "--sunk"),
    ("first", "--series-1"),
];

/// What is drawn.
pub(super) struct Drawing {
    /// A kind of chart that `albumen_charts` knows.
    pub kind: &'static str,
    /// The names of the categories, in their order.
    pub names: Vec<String>,
    /// Pairs of x and y.
    pub pairs: Vec<f64>,
}

/// `draw` runs again when what it reads changes, and when the look does.
#[component]
pub(super) fn ChartBox(draw: Callback<(), Drawing>, #[prop(into)] on_click: Callback<usize>) -> impl IntoView {
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
        let color = |token| custom_property(&element, token).unwrap_or_else(|| "currentColor".to_owned());
        let palette = PALETTE.iter().map(|(name, token)| (*name, color(token))).collect();
        let Drawing { kind, names, pairs } = draw.run(());
        let look = Look { kind, palette, names };
        chart.with_value(|chart| {
            if let Some(Err(error)) = chart.as_ref().map(|chart| chart.show(&look, &pairs)) {
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
