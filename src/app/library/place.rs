//! Where the grid is, kept with the page's entry in the browser's history: a reload and the back button find it again.

use albumen_core::protocol::World;
use leptos::prelude::*;

use super::model::Anchor;
use super::reach::Reach;
use crate::app::actions::Actions;
use crate::app::services::{keep_here, kept_here};
use crate::app::state::{Phase, Screen};

/// A part of a photo is kept in whole thousandths: to read fractions would weigh ten kilobytes.
const PARTS: f64 = 1000.0;

/// Keeps the place whenever the grid rests, as long as the caller lives. While the viewer is open the address names a
/// photo, and that is the place.
pub(super) fn keep_place(reach: Reach) {
    let actions = reach.model.actions;
    Effect::new(move |_| {
        // Another filter is another entry.
        actions.address.filter.track();
        let is_viewed = actions.address.photo.get().is_some();
        // Whoever has gone back to another screen is at its entry already while the grid is still there.
        let is_here = actions.address.screen.get() == Some(Screen::Photos);
        if is_here && !is_viewed && !reach.is_moving.get() {
            let anchor = reach.model.anchor();
            keep_here(anchor.map(|anchor| words(actions, anchor)).as_deref());
        }
    });
}

/// The place that was kept.
pub(super) fn kept_place(actions: Actions) -> Option<Anchor> {
    anchor(actions, &kept_here()?)
}

/// The photo that was looked at while there was no grid, which begins there: the viewer that an address opens may be closed
/// before photos have come.
#[derive(Clone, Copy)]
pub(super) struct ViewedBefore(StoredValue<Option<u32>>);

impl ViewedBefore {
    pub(super) fn new(actions: Actions) -> Self {
        let viewed = StoredValue::new(None);
        Effect::new(move |_| {
            if let Some(row) = actions.address.photo.get() {
                viewed.set_value(Some(row));
            }
        });
        Self(viewed)
    }

    /// For the grid that is there now, and none after it.
    pub(super) fn take(self) -> Option<u32> {
        self.0.try_update_value(Option::take).flatten()
    }
}

/// Rows get other photos once all are gone, and their places mean nothing then.
pub(super) fn forget_place_of_nothing(actions: Actions, is_empty: Memo<bool>) {
    Effect::new(move |_| {
        let is_here = actions.address.screen.get() == Some(Screen::Photos);
        if is_here && is_empty.get() && actions.state.phase.get() == Phase::Open {
            keep_here(None);
        }
    });
}

fn world(actions: Actions) -> u32 {
    match actions.state.world.get_untracked() {
        World::Google => 0,
        World::Sandbox => 1,
    }
}

fn words(actions: Actions, Anchor { row, part, above_px, eye_px }: Anchor) -> String {
    let whole = |value: f64| value.round() as u32;
    format!("{} {row} {} {} {}", world(actions), whole(part * PARTS), whole(above_px), whole(eye_px))
}

/// What is kept may have been written by another version of the page.
fn anchor(actions: Actions, words: &str) -> Option<Anchor> {
    let numbers: Vec<u32> = words.split(' ').map_while(|word| word.parse().ok()).collect();
    match numbers[..] {
        [of, row, part, above_px, eye_px] if of == world(actions) => Some(Anchor {
            row,
            part: f64::from(part) / PARTS,
            above_px: f64::from(above_px),
            eye_px: f64::from(eye_px),
        }),
        _ => None,
    }
}
