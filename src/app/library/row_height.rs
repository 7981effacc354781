//! How high the rows of the grid are: the person's choice, remembered.

use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::services::viewport_px;
use crate::app::widgets::{IconButton, Sign};

const LEAST_PX: f64 = 80.0;
const MOST_PX: f64 = 400.0;
const USUAL_PX: f64 = 200.0;
const NARROW_USUAL_PX: f64 = 120.0;
/// Windows narrower than this show lower rows unless the person has chosen.
const NARROW_PX: f64 = 600.0;
/// One press makes rows so much higher.
const STEP: f64 = 1.25;

/// The height that was chosen, in CSS pixels; copied freely.
#[derive(Clone, Copy)]
pub(super) struct RowHeight {
    actions: Actions,
    chosen_px: RwSignal<Option<f64>>,
}

impl RowHeight {
    pub(super) fn new(actions: Actions) -> Self {
        // What is kept may have been written by anyone.
        let kept_px = actions.services.row_height_px().filter(|height_px| height_px.is_finite());
        Self { actions, chosen_px: RwSignal::new(kept_px) }
    }

    /// The height in a window of this width.
    pub(super) fn px(self, width_px: f64) -> f64 {
        or_usual(self.chosen_px.get(), width_px)
    }

    pub(super) fn step(self, steps: f64) {
        self.scale(STEP.powf(steps));
    }

    /// Makes rows higher by a factor. Whole steps of eight pixels, since every change lays out the whole library.
    pub(super) fn scale(self, factor: f64) {
        let now_px = or_usual(self.chosen_px.get_untracked(), viewport_px().0);
        let wanted_px = ((now_px * factor) / 8.0).round() * 8.0;
        let wanted_px = wanted_px.clamp(LEAST_PX, MOST_PX);
        if wanted_px != now_px {
            self.chosen_px.set(Some(wanted_px));
            self.actions.services.remember_row_height(wanted_px);
        }
    }
}

fn or_usual(chosen_px: Option<f64>, width_px: f64) -> f64 {
    let usual_px = if width_px < NARROW_PX { NARROW_USUAL_PX } else { USUAL_PX };
    chosen_px.unwrap_or(usual_px).clamp(LEAST_PX, MOST_PX)
}

/// Two buttons in the bar over the grid.
#[component]
pub(super) fn RowHeightButtons(row_height: RowHeight) -> impl IntoView {
    let services = use_actions().services;
    let said = move || format!("Rows are {} pixels high", services.count(row_height.px(viewport_px().0) as u64));
    view! {
        <div class="row-height" role="group" aria-label="Size of the photos">
            <IconButton sign=Sign::Smaller label="Smaller photos" on_press=move || row_height.step(-1.0)/>
            <IconButton sign=Sign::Larger label="Larger photos" on_press=move || row_height.step(1.0)/>
            <span class="unseen" role="status">{said}</span>
        </div>
    }
}
