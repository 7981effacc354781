//! A chart in a box that keeps its size while the library loads and when the look changes. It is made when it comes in
//! sight, and drawn anew only while it is.

use std::rc::Rc;

use futures_util::lock::Mutex;
use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::actions::use_actions;
use crate::app::services::{
    Chart, Clicked, Look, MediaWatch, Series, SeriesNumbers, Services, SightWatch, SizeWatch, custom_property,
};

/// The colors that a chart is painted in, and the tokens that hold them.
const PALETTE: [(&str, &str); 8] = [
    ("ink", "--ink"),
    ("soft", "--soft"),
    ("line", "--line"),
    ("paper", "--paper"),
    ("raised", "--raised"),
    ("sunk", "--sunk"),
    ("first", "--series-1"),
    ("second", "--series-2"),
];

/// So near to the screen a chart is drawn already.
const NEAR_PX: u32 = 200;
/// From one chart to the next, so that the browser paints each in a frame of its own.
const APART_MS: u64 = 16;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawing {
    /// A kind of chart that `albumen_charts` knows.
    pub kind: &'static str,
    /// The names of the categories, in their order; of cells, those of the columns.
    pub names: Vec<String>,
    /// The names of the rows of cells.
    pub rows: Vec<String>,
    /// The first and the last category that are zoomed to.
    pub window: Option<[u32; 2]>,
    pub series: Vec<Series>,
}

impl Drawing {
    /// Which item of the series lies at these places of the axes.
    fn place(&self, x: f64, y: f64) -> Option<usize> {
        let index = |place: f64| (place >= 0.0).then_some(place.round() as usize);
        match &self.series.first()?.numbers {
            SeriesNumbers::Bars(_) | SeriesNumbers::Chosen(_) => index(x).filter(|at| *at < self.names.len()),
            SeriesNumbers::Across(_) => index(y).filter(|at| *at < self.names.len()),
            SeriesNumbers::Cells(cells) => {
                let (column, row) = (index(x)? as u32, index(y)? as u32);
                cells.iter().position(|cell| cell.column == column && cell.row == row)
            }
        }
    }
}

/// Where a chart is, once there is one.
pub(super) type Made = StoredValue<Option<Chart>, LocalStorage>;

/// One chart is drawn at a time. It is provided by the screen.
#[derive(Clone)]
pub(super) struct Turns(StoredValue<Rc<Mutex<()>>, LocalStorage>);

impl Turns {
    pub(super) fn provide() {
        provide_context(Self(StoredValue::new_local(Rc::default())));
    }
}

/// A box, and the chart in it.
#[derive(Clone, Copy)]
struct Boxed {
    made: Made,
    size_watch: StoredValue<Option<SizeWatch>, LocalStorage>,
    is_ready: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
    /// What was drawn last, or is about to be, and in which look.
    drawn: StoredValue<Option<(u32, Drawing)>>,
}

impl Boxed {
    fn new(made: Made) -> Self {
        Self {
            made,
            size_watch: StoredValue::new_local(None),
            is_ready: RwSignal::new(false),
            failed: RwSignal::new(None),
            drawn: StoredValue::new(None),
        }
    }

    /// Puts a chart into an element, which may have gone meanwhile.
    async fn make(self, services: Services, element: web_sys::HtmlDivElement, on_click: Callback<usize>) {
        let mut chart = match services.charts().await.and_then(|charts| charts.chart(&element, None)) {
            Ok(chart) => chart,
            Err(error) => {
                self.failed.try_set(Some(error.to_string()));
                return;
            }
        };
        chart.on_click(move |Clicked { x, y }| {
            let place = |drawn: &Option<(u32, Drawing)>| drawn.as_ref().and_then(|(_, drawn)| drawn.place(x, y));
            if let Some(place) = self.drawn.try_with_value(place).flatten() {
                on_click.try_run(place);
            }
        });
        let watch = SizeWatch::new(&element, move |_, _| {
            self.made.try_with_value(|chart| {
                if let Some(chart) = chart {
                    chart.resize();
                }
            });
        });
        // The screen may have been left while the library was loading: then both are dropped here.
        if self.made.try_update_value(|kept| *kept = Some(chart)).is_some() {
            self.size_watch.try_update_value(|kept| *kept = watch);
            self.is_ready.try_set(true);
        }
    }

    fn paint(self, element: &web_sys::Element, drawing: &Drawing) {
        let color = |token| custom_property(element, token).unwrap_or_else(|| "currentColor".to_owned());
        let palette = PALETTE.iter().map(|(name, token)| (*name, color(token))).collect();
        let Drawing { kind, names, rows, window, series } = drawing;
        let look = Look { kind, palette, names: names.clone(), rows: rows.clone(), window: *window };
        self.made.try_with_value(|chart| {
            if let Some(Err(error)) = chart.as_ref().map(|chart| chart.show(&look, series)) {
                self.failed.try_set(Some(error.to_string()));
            }
        });
    }
}

/// `draw` runs again when what it reads changes, and when the look does; `None` while there is nothing to draw yet.
#[component]
pub(super) fn ChartBox(
    draw: Callback<(), Option<Drawing>>,
    #[prop(into)] on_click: Callback<usize>,
    made: Made,
    /// Without one it is as high as usual.
    #[prop(optional, into)]
    height_px: MaybeProp<f64>,
) -> impl IntoView {
    let actions = use_actions();
    let Turns(turns) = expect_context();
    let node = NodeRef::<html::Div>::new();
    let boxed = Boxed::new(made);
    let Boxed { is_ready, failed, drawn, .. } = boxed;
    let sight_watch = StoredValue::new_local(None::<SightWatch>);
    let is_near = RwSignal::new(false);
    let was_near = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or_default() || is_near.get());
    let look = RwSignal::new(0_u32);
    let look_watch = StoredValue::new_local(MediaWatch::new("(prefers-color-scheme: dark)", move |_| {
        look.try_update(|look| *look += 1);
    }));
    on_cleanup(move || look_watch.dispose());
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let watch = SightWatch::new(&element, NEAR_PX, move |is| {
            is_near.try_set(is);
        });
        // Where the browser cannot tell, all charts are drawn.
        is_near.set(watch.is_none());
        sight_watch.set_value(watch);
    });
    Effect::new(move |_| {
        if let Some(element) = node.get().filter(|_| was_near.get()) {
            spawn_local(boxed.make(actions.services, element, on_click));
        }
    });
    Effect::new(move |_| {
        if !is_ready.get() || !is_near.get() {
            return;
        }
        let Some(drawing) = draw.run(()) else { return };
        let wanted = (look.get(), drawing);
        if drawn.with_value(|drawn| drawn.as_ref() == Some(&wanted)) {
            return;
        }
        drawn.set_value(Some(wanted.clone()));
        let turns = turns.get_value();
        spawn_local(async move {
            let _turn = turns.lock().await;
            // Something newer may be waiting behind this one.
            let is_newest = drawn.try_with_value(|drawn| drawn.as_ref() == Some(&wanted)) == Some(true);
            if let Some(element) = node.try_get_untracked().flatten().filter(|_| is_newest) {
                boxed.paint(&element, &wanted.1);
                actions.services.sleep(APART_MS).await;
            }
        });
    });
    let height = move || height_px.get().map(|height| format!("{height}px"));
    view! {
        <div class="chart-canvas" node_ref=node aria-hidden="true" style:height=height></div>
        {move || failed.get().map(|why| view! {
            <p class="soft small" role="alert">{format!("The chart cannot be shown ({why}). Its numbers are below.")}</p>
        })}
    }
}
