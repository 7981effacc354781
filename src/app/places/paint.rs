//! The canvas that the map is painted on, a frame at a time.

use std::sync::Arc;
use std::time::Duration;

use albumen_core::photo::Bounds;
use albumen_core::places::clusters::{Cluster, clusters};
use albumen_core::places::mercator::Spot;
use albumen_core::places::view::View;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::{html, prelude::*};

use super::hands::{Hands, Tools};
use super::keys::use_keys;
use super::land::{Drawn, Lands};
use super::map::{Map, Seen};
use crate::app::actions::use_actions;
use crate::app::services::{Canvas, MediaWatch, SizeWatch, custom_property, pixel_ratio, timed};
use crate::app::widgets::Button;
use crate::app::words::places::NO_LAND;

/// When nothing has moved for so long, the list beside the map follows.
const REST: Duration = Duration::from_millis(220);
/// A ring of paper around circles, in CSS pixels.
const RING_PX: f64 = 2.0;
/// Meridians and parallels are drawn this far from one another, in degrees, from these zooms on.
const GRATICULE: [(f64, f64); 4] = [(0.0, 30.0), (3.0, 10.0), (5.0, 5.0), (7.0, 1.0)];

/// The colors that the map is painted in, as they hold for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    pub(super) paper: String,
    pub(super) land: String,
    pub(super) line: String,
    pub(super) edge: String,
    pub(super) mark: String,
    pub(super) on_mark: String,
    pub(super) accent: String,
}

impl Palette {
    fn of(element: &web_sys::Element) -> Self {
        let color = |token| custom_property(element, token).unwrap_or_default();
        Self {
            paper: color("--paper"),
            land: color("--land"),
            line: color("--line"),
            edge: color("--edge"),
            mark: color("--series-1"),
            on_mark: color("--on-accent"),
            accent: color("--accent"),
        }
    }
}

/// What paints.
struct Painter {
    canvas: Canvas,
    palette: Palette,
    drawn: Drawn,
}

/// The map itself: canvas and tools on it.
#[component]
pub(super) fn Sheet(map: Map) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let frame = NodeRef::<html::Div>::new();
    let lands = Lands::new(use_actions());
    let painter = StoredValue::new_local(None::<Painter>);
    let size_watch = StoredValue::new_local(None::<SizeWatch>);
    let look = RwSignal::new(0_u32);
    let look_watch = StoredValue::new_local(MediaWatch::new("(prefers-color-scheme: dark)", move |_| {
        look.try_update(|look| *look += 1);
    }));
    on_cleanup(move || look_watch.dispose());
    Effect::new(move |_| {
        let Some(element) = frame.get() else { return };
        size_watch.set_value(SizeWatch::new(&element, move |width, height| {
            if map.view.try_get_untracked().is_some() {
                map.resize(width, height);
            }
        }));
    });
    Effect::new(move |_| {
        look.track();
        let Some(element) = node.get() else { return };
        let palette = Palette::of(&element);
        painter.update_value(|painter| {
            let drawn = painter.take().map(|painter| painter.drawn).unwrap_or_default();
            *painter = Canvas::of(&element).map(|canvas| Painter { canvas, palette, drawn });
        });
    });
    paint_when_changed(map, lands, painter, look);
    rest_when_still(map);
    use_keys(map, frame);
    let is_reading = move || map.all.with(Option::is_none);
    view! {
        <div class="map" node_ref=frame>
            <Hands map node/>
            <Tools map/>
            <Show when=is_reading><p class="map-note" role="status">"Looking for places…"</p></Show>
            <Show when=move || lands.is_missing.get()>
                <p class="map-note" role="alert">
                    {NO_LAND}
                    <Button small=true on_press=move || lands.load()>"Try again"</Button>
                </p>
            </Show>
        </div>
    }
}

/// Paints once a frame, if anything of what is seen has changed.
fn paint_when_changed(
    map: Map,
    lands: Lands,
    painter: StoredValue<Option<Painter>, LocalStorage>,
    look: RwSignal<u32>,
) {
    let is_due = StoredValue::new(false);
    Effect::new(move |_| {
        map.view.track();
        map.points.track();
        map.drawn_box.track();
        map.actions.address.filter.track();
        lands.grown.track();
        look.track();
        if is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        request_animation_frame(move || {
            // The screen may have been left.
            if is_due.try_set_value(false).is_none() {
                let is_whole = painter
                    .try_update_value(|painter| painter.as_mut().is_none_or(|painter| painter.paint(map, lands)));
                if is_whole == Some(false) {
                    lands.has_grown();
                }
            }
        });
    });
}

/// Tells the list beside the map, and keeps the view, once nothing moves.
fn rest_when_still(map: Map) {
    let waits = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        map.points.track();
        if map.view.with(Option::is_none) {
            return;
        }
        if let Some(before) = waits.try_update_value(Option::take).flatten() {
            before.clear();
        }
        let rest = move || {
            if let Some(seen) = map.seen.try_get_value() {
                map.keep();
                map.at_rest.try_set(Arc::new(seen));
            }
        };
        waits.set_value(set_timeout_with_handle(rest, REST).ok());
    });
    on_cleanup(move || {
        if let Some(waits) = waits.try_update_value(Option::take).flatten() {
            waits.clear();
        }
    });
}

impl Painter {
    /// `false` if not all is painted that is to be.
    fn paint(&mut self, map: Map, lands: Lands) -> bool {
        let Some(view) = map.view.get_untracked() else { return true };
        let _timed = timed("albumen:map");
        let points = map.points.get_untracked();
        let found = clusters(&points, &view);
        let Self { canvas, palette, drawn } = self;
        canvas.begin(view.size_px(), pixel_ratio(), &palette.paper);
        draw_graticule(canvas, &view, palette);
        let is_whole = drawn.paint(canvas, lands, &view, palette);
        draw_clusters(canvas, &view, &found, palette, map);
        if let Some(within) = map.actions.address.filter.with_untracked(|filter| filter.within) {
            let [one, other] = corners_px(&view, &within);
            canvas.rectangle(one, other, &palette.accent, 0.0, &palette.accent);
        }
        if let Some([one, other]) = map.drawn_box.get_untracked() {
            canvas.rectangle(one, other, &palette.accent, 0.12, &palette.accent);
        }
        map.seen.set_value(Seen { points, view: Some(view), clusters: found });
        is_whole
    }
}

fn draw_clusters(canvas: &Canvas, view: &View, found: &[Cluster], palette: &Palette, map: Map) {
    let (corner, world_px) = (view.corner(), view.world_px());
    let at = |cluster: &Cluster| ((cluster.at.x - corner.x) * world_px, (cluster.at.y - corner.y) * world_px);
    // The greatest come first, and lie under the others.
    canvas.circles(found.iter().map(|one| (at(one), one.radius_px())), &palette.mark, &palette.paper, 2.0 * RING_PX);
    let many = || found.iter().filter(|cluster| cluster.count > 1);
    let labels: Vec<String> = many().map(|cluster| short(cluster.count, map)).collect();
    let words = labels.iter().map(String::as_str).zip(many().map(at));
    canvas.words(words, "600 12px system-ui, sans-serif", &palette.on_mark);
}

/// A count that fits into a circle: "845", "12k", "1.2M".
fn short(count: u32, map: Map) -> String {
    let numbers = map.actions.services.numbers();
    match count {
        0..1000 => count.to_string(),
        1000..9_950 => format!("{}k", numbers(f64::from(count) / 1e3, 1)),
        9_950..999_500 => format!("{}k", numbers(f64::from(count) / 1e3, 0)),
        _ => format!("{}M", numbers(f64::from(count) / 1e6, 1)),
    }
}

/// Meridians and parallels, on the water alone: the land lies over them.
fn draw_graticule(canvas: &Canvas, view: &View, palette: &Palette) {
    let wanted = GRATICULE.iter().rev().find(|(zoom, _)| view.zoom() >= *zoom);
    let Some((_, degrees)) = wanted else { return };
    let (corner, (width_px, height_px), world_px) = (view.corner(), view.size_px(), view.world_px());
    let top_px = (-corner.y * world_px).max(0.0);
    let bottom_px = ((1.0 - corner.y) * world_px).min(height_px);
    let first = (corner.x * 360.0 / degrees).ceil() as i64;
    let last = ((corner.x + width_px / world_px) * 360.0 / degrees).floor() as i64;
    let meridians = (first..=last).map(|nth| {
        let x = (nth as f64 * degrees / 360.0 - corner.x) * world_px;
        ((x, top_px), (x, bottom_px))
    });
    let parallels = (1..(180.0 / degrees) as i64).filter_map(|nth| {
        let y = (Spot::of(90.0 - nth as f64 * degrees, 0.0).y - corner.y) * world_px;
        (top_px..=bottom_px).contains(&y).then_some(((0.0, y), (width_px, y)))
    });
    canvas.lines(meridians.chain(parallels), &palette.line, 0.5);
}

/// Two corners of bounds in the window.
fn corners_px(view: &View, bounds: &Bounds) -> [(f64, f64); 2] {
    let [south, west, north, east] = bounds.degrees();
    let (first, last) = (Spot::of(north, west), Spot::of(south, east));
    let wide = last.x - first.x + if bounds.crosses_date_line() { 1.0 } else { 0.0 };
    let (x, top) = view.px_of(Spot { x: first.x + wide / 2.0, y: first.y });
    let bottom = view.px_of(last).1;
    let half_px = wide / 2.0 * view.world_px();
    [(x - half_px, top), (x + half_px, bottom)]
}
