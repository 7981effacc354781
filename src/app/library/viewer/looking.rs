//! What the parts of the viewer share: which photo is looked at, and how.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use albumen_core::library::zoom::{Frame, Pair, Zoom};
use albumen_core::library::{self, place_of};
use albumen_core::photo::Kind;
use leptos::prelude::*;

use super::notice::Notice;
use super::unpacking::Unpacked;
use crate::app::actions::Actions;
use crate::app::library::names::photo_words;
use crate::app::services::pixel_ratio;

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    pub(super) actions: Actions,
    /// The row that is looked at; `None` while the viewer is closed.
    pub(super) row: Memo<Option<u32>>,
    /// The rows beside it, in the order of the grid, or of the table if it was opened there.
    pub(super) before: Memo<Option<u32>>,
    pub(super) after: Memo<Option<u32>>,
    /// The sides of the stage in CSS pixels.
    stage: RwSignal<Pair>,
    /// How a row is zoomed; every other is as it fits.
    zoom: RwSignal<(u32, Zoom)>,
    /// How far a finger has pulled the photo aside, in CSS pixels.
    pub(super) pull: RwSignal<f64>,
    /// Whether what moves aside does so before the eye: after a finger, not after a key.
    pub(super) glides: RwSignal<bool>,
    /// What could not be done with a row.
    notice: RwSignal<Option<(u32, Notice)>>,
    /// The rows that are being saved as files.
    pub(super) saving: StoredValue<HashSet<u32>>,
    /// The rows whose files are being unpacked.
    pub(super) unpacking: RwSignal<HashMap<u32, Unpacked>>,
    /// Descriptions that were begun and not saved, by row.
    pub(super) drafts: StoredValue<HashMap<u32, String>>,
}

impl Looking {
    pub(super) fn new(actions: Actions, rows: Memo<Arc<Vec<u32>>>) -> Self {
        let row = actions.address.photo;
        let of_grid = move |row, step| rows.with(|rows| neighbor(actions, rows, row, step));
        let beside = move |step| {
            Memo::new(move |_| {
                let row = row.get()?;
                actions.address.order.with(|order| match order {
                    Some(order) => actions
                        .state
                        .with_hot(|hot| library::beside(order, row, step > 0, |other| hot.is_present(other))),
                    None => of_grid(row, step),
                })
            })
        };
        Self {
            actions,
            row,
            before: beside(-1),
            after: beside(1),
            stage: RwSignal::new((1.0, 1.0)),
            zoom: RwSignal::new((0, Zoom::FIT)),
            pull: RwSignal::new(0.0),
            glides: RwSignal::new(false),
            notice: RwSignal::new(None),
            saving: StoredValue::new(HashSet::new()),
            unpacking: RwSignal::new(HashMap::new()),
            drafts: StoredValue::new(HashMap::new()),
        }
    }

    /// The stage has this size now.
    pub(super) fn resize(self, stage: Pair) {
        self.stage.try_set(stage);
    }

    pub(super) fn stage_width(self) -> f64 {
        self.stage.get_untracked().0
    }

    pub(super) fn frame(self, row: u32) -> Frame {
        let picture = self.actions.state.with_hot_untracked(|hot| (hot.width_px(row), hot.height_px(row)));
        Frame { stage: self.stage.get(), picture, pixel_ratio: pixel_ratio() }
    }

    /// How a row is shown; rows that are not looked at fit.
    pub(super) fn zoom_of(self, row: u32) -> Zoom {
        match self.zoom.get() {
            (zoomed, zoom) if zoomed == row && self.row.get() == Some(row) => zoom.bounded(self.frame(row)),
            _ => Zoom::FIT,
        }
    }

    /// Whether the photo that is looked at is zoomed in.
    pub(super) fn is_in(self) -> bool {
        self.row.get().is_some_and(|row| self.zoom_of(row).is_in())
    }

    /// Shows the photo that is looked at in another way.
    pub(super) fn change_zoom(self, change: impl FnOnce(Zoom, Frame) -> Zoom) {
        let Some(row) = self.row.get_untracked() else { return };
        let next = untrack(|| change(self.zoom_of(row), self.frame(row)));
        self.zoom.set((row, next));
    }

    /// To the photo before (-1) or after (1), if there is one.
    pub(super) fn turn(self, step: isize) {
        let to = if step < 0 { self.before } else { self.after };
        if let Some(row) = to.get_untracked() {
            self.zoom.set((row, Zoom::FIT));
            self.actions.address.show_photo(row);
        }
    }

    /// The photo before (-1) or after (1), as a press asks for it: at once.
    pub(super) fn jump(self, step: isize) {
        self.glides.set(false);
        self.turn(step);
    }

    /// What could not be done with the photo that is looked at.
    pub(super) fn notice(self) -> Option<Notice> {
        let row = self.row.get()?;
        self.notice.get().filter(|(of, _)| *of == row).map(|(_, notice)| notice)
    }

    /// Says what could not be done with `row`; it is seen as long as that row is.
    pub(super) fn say(self, row: u32, notice: Option<Notice>) {
        self.notice.try_set(notice.map(|notice| (row, notice)));
    }

    pub(super) fn kind(self, row: u32) -> Kind {
        self.actions.state.with_hot_untracked(|hot| hot.kind(row))
    }

    /// What a row is, in a few words, for those who do not see it.
    pub(super) fn words(self, row: u32) -> String {
        photo_words(self.actions, row)
    }
}

/// The row `step` places on from `row`, as the grid shows them.
fn neighbor(actions: Actions, rows: &[u32], row: u32, step: isize) -> Option<u32> {
    let at = actions.state.with_hot_untracked(|hot| place_of(hot, rows, row)).ok()? as usize;
    rows.get(at.checked_add_signed(step)?).copied()
}
