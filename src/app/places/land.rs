//! The land behind the photos: its files are loaded when they are first wanted, and what is in the window is kept as
//! paths until the window has left it.

use albumen_core::places::land::Land;
use albumen_core::places::outline::{Area, UNITS};
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

/// The two finenesses of the land. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Lands {
    actions: Actions,
    coarse: StoredValue<Option<Land>, LocalStorage>,
    fine: StoredValue<Option<Land>, LocalStorage>,
    is_fine_asked: StoredValue<bool>,
    /// Counted up when one has come.
    pub(super) come: RwSignal<u32>,
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
            come: RwSignal::new(0),
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
            self.come.try_update(|come| *come += 1);
        }
        has_come
    }
}

/// What is drawn of the land, and for which part of the map.
#[derive(Default)]
pub(super) struct Drawn(Option<Paths>);

struct Paths {
    area: Area,
    zoom: f64,
    world_px: f64,
    is_fine: bool,
    land: Option<Path>,
    coast: Option<Path>,
    borders: Option<Path>,
}

impl Drawn {
    /// Draws the land; paths are made anew where they do not fit the view any more.
    pub(super) fn paint(&mut self, canvas: &Canvas, lands: Lands, view: &View, palette: &Palette) {
        let wants_fine = view.zoom() >= FINE_FROM;
        if wants_fine {
            lands.want_fine();
        }
        let is_fine = wants_fine && lands.fine.with_value(Option::is_some);
        let fits = |paths: &Paths| {
            paths.is_fine == is_fine && (paths.zoom - view.zoom()).abs() <= REACH && paths.area.holds(view).is_some()
        };
        if !self.0.as_ref().is_some_and(fits) {
            let source = if is_fine { lands.fine } else { lands.coarse };
            self.0 = source.with_value(|land| land.as_ref().map(|land| paths(land, view, is_fine)));
        }
        let Some(paths) = &self.0 else { return };
        let Some(round) = paths.area.holds(view) else { return };
        let (corner, middle, world_px) = (view.corner(), paths.area.middle(), view.world_px());
        let scale = world_px / paths.world_px / UNITS;
        canvas.move_to(((middle.x - corner.x - round) * world_px, (middle.y - corner.y) * world_px), scale);
        let stroke = |path: &Option<Path>, color: &str, width_px: f64| {
            if let Some(path) = path {
                canvas.stroke(path, color, width_px / scale);
            }
        };
        if let Some(land) = &paths.land {
            canvas.fill(land, &palette.land);
        }
        stroke(&paths.borders, &palette.line, 1.0);
        stroke(&paths.coast, &palette.edge, 0.75);
        canvas.settle();
    }
}

fn paths(land: &Land, view: &View, is_fine: bool) -> Paths {
    let area = Area::around(view);
    let outline = land.outline(&area, view.world_px());
    Paths {
        area,
        zoom: view.zoom(),
        world_px: view.world_px(),
        is_fine,
        land: Path::new(&outline.land),
        coast: Path::new(&outline.coast),
        borders: Path::new(&outline.borders),
    }
}
