//! The map as signals: all photos with a place, those that the filter leaves in, and the part of the world in the window.

use std::cell::Cell;
use std::sync::Arc;

use albumen_core::catalog::{Filter, RowSet, shown};
use albumen_core::photo::Bounds;
use albumen_core::places::clusters::Cluster;
use albumen_core::places::points::Points;
use albumen_core::places::view::View;
use leptos::prelude::*;

use crate::app::actions::Actions;
use crate::app::services::{keep_here, kept_here, timed};
use crate::app::state::Screen;

/// What is fitted has so much map around it, in CSS pixels.
const AROUND_PX: f64 = 56.0;
/// What can be fitted no closer than this, in steps of the zoom, is opened instead.
const HARDLY: f64 = 0.25;
/// What a view that is kept with an entry of the browser's history begins with.
const KEPT: &str = "map ";
/// The same, while trips are listed.
const KEPT_TRIPS: &str = "trips ";

/// What is listed beside the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    InView,
    Trips,
}

/// What was painted last.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) points: Arc<Points>,
    /// `None` before anything was.
    pub(super) view: Option<View>,
    pub(super) clusters: Vec<Cluster>,
}

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Map {
    pub(super) actions: Actions,
    /// All photos with a place; `None` until they were gathered once.
    pub(super) all: RwSignal<Option<Arc<Points>>>,
    /// Those that the filter leaves in.
    pub(super) points: Memo<Arc<Points>>,
    /// How many photos the filter leaves in, with or without a place.
    pub(super) left: Memo<u64>,
    pub(super) list: RwSignal<List>,
    /// `None` until the window's size is known.
    pub(super) view: RwSignal<Option<View>>,
    pub(super) seen: StoredValue<Seen>,
    /// What the last painting showed, once nothing has moved for a while.
    pub(super) at_rest: RwSignal<Arc<Seen>>,
    /// Two corners of a box that is being drawn, in CSS pixels.
    pub(super) drawn_box: RwSignal<Option<[(f64, f64); 2]>>,
    /// Whether the next drag draws a box.
    pub(super) is_boxing: RwSignal<bool>,
    /// Whether somebody has moved the map, or it was fitted to what is on it: it stays where it is then.
    is_settled: StoredValue<bool>,
    /// Counted up by whatever moves the map: a glide that is not the latest ends.
    pub(super) glides: StoredValue<u32>,
}

impl Map {
    pub(super) fn new(actions: Actions) -> Self {
        let rows = Memo::new(move |_| filtered_rows(actions));
        let all = RwSignal::new(None::<Arc<Points>>);
        // Two lists of a million points are hardly ever the same, and comparing them is slow.
        let points = Memo::new_with_compare(
            move |_| {
                let all = all.get().unwrap_or_default();
                let _timed = timed("albumen:map-filter");
                rows.with(|rows| rows.as_ref().map_or_else(|| all.clone(), |rows| Arc::new(all.filtered(rows))))
            },
            |_, _| true,
        );
        let left = Memo::new(move |_| {
            let all = actions.state.with_hot(|hot| hot.len());
            rows.with(|rows| rows.as_ref().map_or(all, |rows| rows.len())) as u64
        });
        Self {
            actions,
            all,
            points,
            left,
            list: RwSignal::new(kept().map_or(List::InView, |(list, _)| list)),
            view: RwSignal::new(None),
            seen: StoredValue::new(Seen::default()),
            at_rest: RwSignal::new(Arc::default()),
            drawn_box: RwSignal::new(None),
            is_boxing: RwSignal::new(false),
            is_settled: StoredValue::new(false),
            glides: StoredValue::new(0),
        }
    }

    /// The window has this size.
    pub(super) fn resize(self, width_px: f64, height_px: f64) {
        if width_px < 1.0 || height_px < 1.0 {
            return;
        }
        let kept = || View::of_words(&kept()?.1, width_px, height_px);
        let before = self.view.get_untracked();
        let view = before.map(|view| view.resized(width_px, height_px)).or_else(|| {
            let kept = kept();
            self.is_settled.set_value(kept.is_some());
            kept
        });
        self.view.set(Some(view.unwrap_or_else(|| View::whole(width_px, height_px))));
        self.show_what_is_there();
    }

    /// Fits the map to what is on it, unless it was moved already. The window must have a size by then, and the photos be
    /// gathered; whichever comes last calls this.
    pub(super) fn show_what_is_there(self) {
        let is_gathered = self.all.with_untracked(Option::is_some);
        if is_gathered && !self.is_settled.get_value() && self.view.with_untracked(Option::is_some) {
            self.is_settled.set_value(true);
            if let Some(fitted) = self.fitted_to_all() {
                self.view.set(Some(fitted));
            }
        }
    }

    /// All of what is on the map.
    pub(super) fn fitted_to_all(self) -> Option<View> {
        let view = self.view.get_untracked()?;
        let bounds = self.points.with_untracked(|points| points.bounds());
        Some(
            bounds.map_or_else(
                || View::whole(view.size_px().0, view.size_px().1),
                |bounds| view.fitted(&bounds, AROUND_PX),
            ),
        )
    }

    /// Changes the view at once.
    pub(super) fn change(self, change: impl FnOnce(View) -> View) {
        self.is_settled.set_value(true);
        self.glides.update_value(|glides| *glides += 1);
        self.view.update(|view| *view = view.take().map(change));
    }

    /// Goes to bounds.
    pub(super) fn go_to(self, bounds: &Bounds) {
        if let Some(view) = self.view.get_untracked() {
            self.glide_to(view.fitted(bounds, AROUND_PX));
        }
    }

    /// Looks more closely at what lies together; where that tells nothing apart any more, shows it in Photos.
    pub(super) fn open(self, points: &Points, cluster: &Cluster) {
        let Some(view) = self.view.get_untracked() else { return };
        let fitted = cluster.bounds(points).map(|bounds| view.fitted(&bounds, AROUND_PX));
        match fitted.filter(|fitted| cluster.count > 1 && fitted.zoom() > view.zoom() + HARDLY) {
            Some(fitted) => self.glide_to(fitted),
            None => self.show(points, cluster),
        }
    }

    /// Shows what lies together in Photos: the one photo, or the filter narrowed to where they are.
    pub(super) fn show(self, points: &Points, cluster: &Cluster) {
        let address = self.actions.address;
        if cluster.count == 1 {
            return address.show_photo(cluster.row);
        }
        let places =
            |hot: &albumen_core::catalog::Hot| Bounds::around(cluster.rows(points).filter_map(|row| hot.place(row)));
        let within = self.actions.state.with_hot_untracked(places);
        if within.is_some() {
            address.go_filtered(Screen::Photos, &Filter { within, ..address.filter.get_untracked() });
        }
    }

    /// Leaves in only what is within.
    pub(super) fn narrow(self, within: Option<Bounds>) {
        let address = self.actions.address;
        if within.is_some() {
            address.narrow(&Filter { within, ..address.filter.get_untracked() });
        }
    }

    /// Keeps the view and what is listed with the page's entry in the browser's history.
    pub(super) fn keep(self) {
        let kept = if self.list.get_untracked() == List::Trips { KEPT_TRIPS } else { KEPT };
        let view = self.view.with_untracked(|view| view.as_ref().map(View::words));
        keep_here(view.map(|view| format!("{kept}{view}")).as_deref());
    }
}

/// What was listed, and the words of the view, when the person was at this entry of the history before.
fn kept() -> Option<(List, String)> {
    let words = kept_here()?;
    let of = |kept, list| words.strip_prefix(kept).map(|view: &str| (list, view.to_owned()));
    of(KEPT, List::InView).or_else(|| of(KEPT_TRIPS, List::Trips))
}

/// The rows that the filter leaves in; `None` where those are all.
fn filtered_rows(actions: Actions) -> Option<Arc<RowSet>> {
    let is_narrowing = Cell::new(false);
    let zone = actions.zone();
    let look = |filter: Filter| {
        is_narrowing.set(filter.is_narrowing());
        filter
    };
    actions.with_filtered(look, |hot, filter| {
        is_narrowing.get().then(|| {
            let mut rows = RowSet::new();
            rows.insert_all(&shown(hot, filter, zone.hours()));
            Arc::new(rows)
        })
    })
}
