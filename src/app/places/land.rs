//! The land behind the photos: its files are loaded when they are first wanted, and what is in the window is kept as
//! paths until the window has left it.

use albumen_core::places::land::{Land, Sketch};
use albumen_core::places::outline::{Area, Outline, UNITS};
use albumen_core::places::view::View;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::paint::Palette;
use crate::app::actions::Actions;
use crate::app::services::{Canvas, Path};

/// From this zoom on the finer land is drawn.
const FINE_FROM: f64 = 5.0;
/// Paths are good for zooms that are not farther from theirs.
const REACH: f64 = 0.75;
/// New ones are begun while the old ones still reach this part of the window beyond its edges.
const AHEAD: f64 = 0.2;

/// The two finenesses of the land. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Lands {
    actions: Actions,
    coarse: StoredValue<Option<Land>, LocalStorage>,
    fine: StoredValue<Option<Land>, LocalStorage>,
    is_fine_asked: StoredValue<bool>,
    /// Counted up when one has come, and when more of it can be painted.
    pub(super) grown: RwSignal<u32>,
    /// The land could not be loaded.
    pub(super) is_missing: RwSignal<bool>,
}

impl Lands {
    /// Begins to load the coarse one.
    pub(super) fn new(actions: Actions) -> Self {
        let lands = Self {
            actions,
            coarse: StoredValue::new_local(None),
            fine: StoredValue::new_local(None),
            is_fine_asked: StoredValue::new(false),
            grown: RwSignal::new(0),
            is_missing: RwSignal::new(false),
        };
        lands.load();
        lands
    }

    /// Loads the coarse one, again if need be.
    pub(super) fn load(self) {
        self.is_missing.set(false);
        spawn_local(async move {
            if !self.bring("land.bin", self.coarse).await {
                self.is_missing.try_set(true);
            }
        });
    }

    pub(super) fn has_grown(self) {
        self.grown.try_update(|grown| *grown += 1);
    }

    /// Loads the fine one when it is first wanted. Without it the coarse one is drawn.
    fn want_fine(self) {
        if !self.is_fine_asked.try_update_value(|asked| std::mem::replace(asked, true)).unwrap_or(true) {
            spawn_local(async move {
                self.bring("land-fine.bin", self.fine).await;
            });
        }
    }

    async fn bring(self, name: &str, to: StoredValue<Option<Land>, LocalStorage>) -> bool {
        let bytes = self.actions.services.asset(name).await;
        let land = bytes.and_then(|bytes| Land::read(&bytes));
        let has_come = land.is_some();
        if has_come && to.try_set_value(land).is_none() {
            self.has_grown();
        }
        has_come
    }
}

/// What is drawn of the land. Paths are made a little in each frame; until those that fit are whole, others are drawn.
#[derive(Default)]
pub(super) struct Drawn {
    /// All of the map, seen from afar.
    whole: Option<Paths>,
    /// Around the window.
    near: Option<Paths>,
    making: Option<Making>,
}

struct Paths {
    area: Area,
    zoom: f64,
    world_px: f64,
    is_fine: bool,
    land: Path,
    coast: Path,
    borders: Path,
}

struct Making {
    paths: Paths,
    sketch: Sketch,
}

impl Drawn {
    /// Draws the land, and goes on with the paths that are to be drawn. `false` as long as these are not whole: it is to
    /// be painted again then.
    pub(super) fn paint(&mut self, canvas: &Canvas, lands: Lands, view: &View, palette: &Palette) -> bool {
        let wants_fine = view.zoom() >= FINE_FROM;
        if wants_fine {
            lands.want_fine();
        }
        let is_fine = wants_fine && lands.fine.with_value(Option::is_some);
        let is_ready = self.make_some(lands, view, is_fine);
        let holding = |paths: &&Paths| paths.area.holds(view).is_some();
        if let Some(paths) = self.near.as_ref().filter(holding).or(self.whole.as_ref()) {
            paths.paint(canvas, view, palette);
        }
        is_ready
    }

    /// Makes some more of the paths that fit the window; `true` if there is nothing to be made.
    fn make_some(&mut self, lands: Lands, view: &View, is_fine: bool) -> bool {
        let fits = |paths: &Paths, around: f64| {
            paths.is_fine == is_fine
                && (paths.zoom - view.zoom()).abs() <= REACH
                && paths.area.holds_around(view, around).is_some()
        };
        if self.whole.is_some() && [&self.near, &self.whole].into_iter().flatten().any(|paths| fits(paths, AHEAD)) {
            self.making = None;
            return true;
        }
        let is_to_go_on = |making: &Making| self.whole.is_none() || fits(&making.paths, 0.0);
        let begun = self.making.take().filter(is_to_go_on);
        let new = || match &self.whole {
            Some(_) => Making::of(Area::around(view), view, is_fine),
            None => {
                let (width_px, height_px) = view.size_px();
                Making::of(Area::whole(), &View::whole(width_px, height_px), false)
            }
        };
        let Some(mut making) = begun.or_else(new) else { return true };
        let source = if making.paths.is_fine { lands.fine } else { lands.coarse };
        let made = source.with_value(|land| land.as_ref().map(|land| making.go_on(land)));
        match made {
            // It has not come yet, and says so when it has.
            None => return true,
            Some(false) => self.making = Some(making),
            Some(true) if self.whole.is_none() => self.whole = Some(making.paths),
            Some(true) => self.near = Some(making.paths),
        }
        false
    }
}

impl Making {
    /// `None` where the browser has no paths.
    fn of(area: Area, view: &View, is_fine: bool) -> Option<Self> {
        let (zoom, world_px) = (view.zoom(), view.world_px());
        let (land, coast, borders) = (Path::new()?, Path::new()?, Path::new()?);
        let sketch = Sketch::of(area, world_px);
        Some(Self { paths: Paths { area, zoom, world_px, is_fine, land, coast, borders }, sketch })
    }

    /// Whether that was the last of it.
    fn go_on(&mut self, land: &Land) -> bool {
        let mut outline = Outline::default();
        let is_last = land.draw_some(&mut self.sketch, &mut outline);
        self.paths.land.add(&outline.land);
        self.paths.coast.add(&outline.coast);
        self.paths.borders.add(&outline.borders);
        is_last
    }
}

impl Paths {
    fn paint(&self, canvas: &Canvas, view: &View, palette: &Palette) {
        let Some(round) = self.area.holds(view) else { return };
        let (corner, middle, world_px) = (view.corner(), self.area.middle(), view.world_px());
        let scale = world_px / self.world_px / UNITS;
        canvas.move_to(((middle.x - corner.x - round) * world_px, (middle.y - corner.y) * world_px), scale);
        canvas.fill(&self.land, &palette.land);
        canvas.stroke(&self.borders, &palette.line, 1.0 / scale);
        canvas.stroke(&self.coast, &palette.edge, 0.75 / scale);
        canvas.settle();
    }
}
