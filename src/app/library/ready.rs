//! What of the layout is in view or ready, and what follows from that.

use std::ops::Range;
use std::sync::Arc;

use albumen_core::library::scroll::Position;
use albumen_core::library::{Way, beyond, ready_rows};
use leptos::prelude::*;

use super::in_view::{BASE_STEP_PX, InView, Wanted};
use super::model::Laid;
use super::spare::Spare;

/// As many rows past those that are ready are thought of: a question for addresses holds as many.
const MOST_NEXT: u32 = 50;

/// What of the layout is in view or ready, in values that change seldom while scrolling.
#[derive(Clone, Copy)]
pub(super) struct Ready {
    lines: Memo<Range<u32>>,
    way: Memo<Way>,
    step: Memo<i64>,
}

impl Ready {
    /// `are_few` is when fewer than usual are to be ready.
    pub(super) fn new(
        laid: Memo<Arc<Laid>>,
        position: Memo<Position>,
        size: ReadSignal<(f64, f64)>,
        are_few: Signal<bool>,
    ) -> Self {
        let top_px = Memo::new(move |_| position.get().top_px);
        let travel = Memo::new(move |before: Option<&(f64, Way)>| {
            let top_px = top_px.get();
            match before {
                Some((before_px, _)) if top_px < *before_px => (top_px, Way::Up),
                Some((before_px, way)) if top_px == *before_px => (top_px, *way),
                _ => (top_px, Way::Down),
            }
        });
        let lines = Memo::new(move |_| {
            let ((top_px, way), (_, height_px), are_few) = (travel.get(), size.get(), are_few.get());
            laid.with(|laid| ready_rows(&laid.layout, top_px, height_px, way, are_few))
        });
        Self {
            lines,
            way: Memo::new(move |_| travel.get().1),
            step: Memo::new(move |_| (top_px.get() / BASE_STEP_PX).floor() as i64),
        }
    }
}

/// The elements there are.
pub(super) fn in_view(
    laid: Memo<Arc<Laid>>,
    ready: Ready,
    current: RwSignal<Option<u32>>,
    spare: RwSignal<Spare>,
) -> Memo<Arc<InView>> {
    Memo::new_with_compare(
        move |before: Option<&Arc<InView>>| {
            let wanted = Wanted { step: ready.step.get(), pinned: current.get(), spare: spare.get() };
            let before = before.map(|before| &**before);
            ready.lines.with(|lines| laid.with(|laid| Arc::new(InView::next(before, laid, lines, wanted))))
        },
        |_, _| true,
    )
}

/// The rows that come after those that are ready, the nearest first.
pub(super) fn next(laid: Memo<Arc<Laid>>, ready: Ready, is_fast: RwSignal<bool>) -> Memo<Vec<u32>> {
    Memo::new(move |_| {
        if is_fast.get() {
            return Vec::new();
        }
        let (lines, way) = (ready.lines.get(), ready.way.get());
        laid.with(|laid| {
            let places = beyond(&laid.layout, lines, way, MOST_NEXT);
            places.into_iter().filter_map(|place| laid.rows.get(place as usize).copied()).collect()
        })
    })
}
