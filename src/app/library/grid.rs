//! The grid: only what is in view exists, placed by the layout, in scroll space that no browser cuts off.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use albumen_core::library::layout::{Layout, Settings};
use albumen_core::library::scroll::Scroll;
use albumen_core::photo::Day;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::headings::{Heading, Headings, heading_of, stuck_words};
use super::pictures::Pictures;
use super::tile::Tile;
use crate::app::actions::{Actions, use_actions};
use crate::app::services::{SizeWatch, focus};

/// Taller elements are cut off by some browser: Chromium at a pixel ratio of 2 stops at 2²⁴ device pixels.
const SPACE_CAP_PX: f64 = 8_000_000.0;
/// What is kept ready above and below the window, as a part of its height.
const READY: f64 = 0.5;
/// Positions are said from a line that moves in steps of this, since a style's length is exact to 2²⁴ only.
const BASE_STEP_PX: f64 = 100_000.0;
/// The height of the heading that sticks to the upper edge.
const STUCK_PX: f64 = 48.0;
const ROW_HEIGHT_PX: f64 = 200.0;
const NARROW_ROW_HEIGHT_PX: f64 = 120.0;

/// Where a tile stands, from the base line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// What is in view, and a little more.
#[derive(Clone, Debug, PartialEq)]
struct InView {
    rows: Vec<u32>,
    places: HashMap<u32, Place>,
    headings: Vec<Heading>,
    base_px: f64,
    /// Which layout this was read from, and from which line its places are said.
    epoch: Epoch,
}

/// The layout's number, counted up with every new one, and the base line's.
type Epoch = (u32, i64);

/// The window on the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Window {
    width_px: f64,
    height_px: f64,
    scroll_px: f64,
}

/// Tells tiles where they stand. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Placing {
    in_view: Memo<Arc<InView>>,
    epoch: Memo<Epoch>,
    current: RwSignal<Option<u32>>,
}

impl Placing {
    /// Runs again when the layout changes, not when it is scrolled.
    pub(super) fn place_of(self, row: u32) -> Option<Place> {
        // Read, not only tracked: a memo that nobody reads never runs, and so never tells.
        let _ = self.epoch.get();
        self.place_of_untracked(row)
    }

    pub(super) fn place_of_untracked(self, row: u32) -> Option<Place> {
        self.in_view.with_untracked(|in_view| in_view.places.get(&row).copied())
    }

    /// Whether Tab goes to this tile.
    pub(super) fn is_current(self, row: u32) -> bool {
        match self.current.get() {
            Some(current) => current == row,
            None => self.in_view.with(|in_view| in_view.rows.first() == Some(&row)),
        }
    }

    pub(super) fn set_current(self, row: u32) {
        self.current.set(Some(row));
    }
}

/// The grid as signals that follow from one another: window and rows, layout, what is in view.
#[derive(Clone, Copy)]
struct Model {
    rows: Memo<Arc<Vec<u32>>>,
    window: RwSignal<Window>,
    size: Memo<(f64, f64)>,
    layout: Memo<Arc<Layout>>,
    scroll: Memo<Scroll>,
    /// What of the layout is at the upper edge.
    top_px: Memo<f64>,
    placing: Placing,
    /// The row at the upper edge, and how much of it is above.
    anchor: StoredValue<Option<(u32, f64)>>,
}

impl Model {
    fn new(actions: Actions, rows: Memo<Arc<Vec<u32>>>) -> Self {
        let window = RwSignal::new(Window::default());
        let size = Memo::new(move |_| window.with(|window| (window.width_px, window.height_px)));
        let chosen_height_px = actions.services.row_height_px();
        let number = StoredValue::new(0_u32);
        // Two layouts are hardly ever the same, and comparing them is slow.
        let layout = Memo::new_with_compare(
            move |_| {
                let (width_px, _) = size.get();
                let zone = actions.zone();
                let mut clock = zone.clock();
                let rows = rows.get();
                number.update_value(|number| *number = number.wrapping_add(1));
                // A window without a width (hidden, not measured yet) shows nothing.
                let rows = if width_px > 0.0 { rows.as_slice() } else { &[] };
                Arc::new(actions.state.with_hot(|hot| {
                    let mut day = |taken_s| Day::of_utc_s(clock(taken_s));
                    let shapes = rows.iter().map(|row| (hot.aspect_ratio(*row), hot.taken_s(*row).map(&mut day)));
                    Layout::new(shapes, settings(width_px, chosen_height_px))
                }))
            },
            |_, _| true,
        );
        let scroll =
            Memo::new(move |_| layout.with(|layout| Scroll::new(layout.height_px(), size.get().1, SPACE_CAP_PX)));
        let top_px = Memo::new(move |_| scroll.get().to_layout(window.get().scroll_px));
        let in_view = Memo::new(move |_| {
            let rows = rows.get();
            let (top_px, height_px) = (top_px.get(), size.get().1);
            Arc::new(layout.with(|layout| read_view(layout, number.get_value(), &rows, top_px, height_px)))
        });
        let epoch = Memo::new(move |_| in_view.with(|in_view| in_view.epoch));
        let placing = Placing { in_view, epoch, current: RwSignal::new(None) };
        Self { rows, window, size, layout, scroll, top_px, placing, anchor: StoredValue::new(None) }
    }

    fn scrolled(self, element: &web_sys::Element) {
        self.window.update(|window| window.scroll_px = f64::from(element.scroll_top()));
        let top_px = self.top_px.get_untracked();
        let first = self.layout.with_untracked(|layout| layout.places_between(top_px, top_px + 1_000.0).next());
        let row_at = |index: u32| self.rows.with_untracked(|rows| rows.get(index as usize).copied());
        let anchor = first.and_then(|place| Some((row_at(place.index)?, top_px - place.top_px)));
        // At the very top the newest photos are wanted, whichever they are.
        self.anchor.set_value(anchor.filter(|_| top_px > 8.0));
    }

    /// When rows come or the width changes, the photo at the upper edge stays where it is.
    fn hold_anchor(self, element: web_sys::Element) {
        let Some((row, offset_px)) = self.anchor.get_value() else { return };
        let index = self.rows.with_untracked(|rows| rows.iter().position(|other| *other == row));
        let place = index.and_then(|index| self.layout.with_untracked(|layout| layout.find(index as u32)));
        if let Some(place) = place {
            // After the space has got its new height.
            request_animation_frame(move || {
                if let Some(scroll) = self.scroll.try_get_untracked() {
                    element.set_scroll_top(scroll.to_scroll(place.top_px + offset_px).round() as i32);
                }
            });
        }
    }

    /// Goes to the photo at a place in the order, and shows it whole.
    fn go_to(self, index: u32, element: web_sys::Element) {
        let Some(row) = self.rows.with_untracked(|rows| rows.get(index as usize).copied()) else { return };
        self.placing.set_current(row);
        if let Some(place) = self.layout.with_untracked(|layout| layout.find(index)) {
            let (top_px, height_px) = (self.top_px.get_untracked(), self.size.get_untracked().1);
            let wanted_px = if place.top_px < top_px + STUCK_PX {
                Some(place.top_px - 2.0 * STUCK_PX)
            } else if place.top_px + place.height_px > top_px + height_px {
                Some(place.top_px + place.height_px - height_px + 16.0)
            } else {
                None
            };
            if let Some(wanted_px) = wanted_px {
                element.set_scroll_top(self.scroll.get_untracked().to_scroll(wanted_px).round() as i32);
            }
        }
        // The tile may have to be made first.
        set_timeout(move || focus_tile(&element, row), Duration::from_millis(50));
    }
}

#[component]
pub(super) fn Grid(rows: Memo<Arc<Vec<u32>>>, pictures: Pictures) -> impl IntoView {
    let actions = use_actions();
    let node = NodeRef::<html::Div>::new();
    let element = move || node.get_untracked().map(web_sys::Element::from);
    let model = Model::new(actions, rows);
    let Model { window, scroll, layout, top_px, placing, .. } = model;
    let in_view = placing.in_view;
    let size_watch = StoredValue::new_local(None::<SizeWatch>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        size_watch.set_value(SizeWatch::new(&element, move |width_px, height_px| {
            window.try_update(|window| (window.width_px, window.height_px) = (width_px, height_px));
        }));
    });
    Effect::new(move |_| {
        layout.track();
        if let Some(element) = element() {
            model.hold_anchor(element);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let to = key_target(&event.key(), &layout.get_untracked(), &rows.get_untracked(), placing);
        if let (Some(to), Some(element)) = (to, element()) {
            event.prevent_default();
            model.go_to(to, element);
        }
    };
    let shift = move || {
        let shift_px = in_view.with(|in_view| in_view.base_px) - top_px.get() + window.get().scroll_px;
        format!("{shift_px:.2}px")
    };
    view! {
        <div
            class="grid"
            node_ref=node
            role="group"
            aria-label="Photos"
            tabindex="-1"
            on:scroll=move |_| {
                if let Some(element) = element() {
                    model.scrolled(&element);
                }
            }
            on:keydown=on_key
        >
            <div class="grid-stuck" aria-hidden="true">
                {move || layout.with(|layout| stuck_words(actions, layout, top_px.get())).map(|words| view! { <p>{words}</p> })}
            </div>
            <div class="grid-space" style:--height=move || format!("{:.1}px", scroll.get().space_px())>
                <div class="grid-layer" style:--shift=shift>
                    <Headings headings=Signal::derive(move || in_view.with(|in_view| in_view.headings.clone()))/>
                    <For
                        each=move || in_view.with(|in_view| in_view.rows.clone())
                        key=|row| *row
                        children=move |row| view! { <Tile row placing pictures/> }
                    />
                </div>
            </div>
        </div>
    }
}

fn settings(width_px: f64, chosen_height_px: Option<f64>) -> Settings {
    let usual = if width_px < 600.0 { NARROW_ROW_HEIGHT_PX } else { ROW_HEIGHT_PX };
    Settings {
        width_px,
        row_height_px: chosen_height_px.unwrap_or(usual).clamp(80.0, 400.0),
        gap_px: 3.0,
        day_gap_px: 12.0,
        heading_px: 36.0,
        month_px: 52.0,
        day_width_px: 92.0,
    }
}

fn read_view(layout: &Layout, number: u32, rows: &[u32], top_px: f64, height_px: f64) -> InView {
    let (from, to) = (top_px - height_px * READY, top_px + height_px * (1.0 + READY));
    let step = (top_px / BASE_STEP_PX).floor();
    let base_px = step * BASE_STEP_PX;
    let places: Vec<_> = layout
        .places_between(from, to)
        .filter_map(|place| {
            let row = *rows.get(place.index as usize)?;
            let top = place.top_px - base_px;
            Some((row, Place { left: place.left_px, top, width: place.width_px, height: place.height_px }))
        })
        .collect();
    InView {
        rows: places.iter().map(|(row, _)| *row).collect(),
        places: places.into_iter().collect(),
        headings: layout.days_between(from, to).iter().map(|day| heading_of(day, base_px)).collect(),
        base_px,
        epoch: (number, step as i64),
    }
}

/// Where a key goes from the current photo, as a place in the order.
fn key_target(key: &str, layout: &Layout, rows: &[u32], placing: Placing) -> Option<u32> {
    let last = layout.len().checked_sub(1)? as u32;
    let current = placing.current.get_untracked();
    let at = current.and_then(|row| rows.iter().position(|other| *other == row)).unwrap_or_default() as u32;
    match key {
        "ArrowRight" => (at < last).then(|| at + 1),
        "ArrowLeft" => at.checked_sub(1),
        "ArrowDown" => layout.beside(at, 1),
        "ArrowUp" => layout.beside(at, -1),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

fn focus_tile(grid: &web_sys::Element, row: u32) {
    let tile = grid.query_selector(&format!("[data-row=\"{row}\"]")).ok().flatten();
    if let Some(tile) = tile.and_then(|tile| tile.dyn_into::<web_sys::HtmlElement>().ok()) {
        focus(&tile);
    }
}
