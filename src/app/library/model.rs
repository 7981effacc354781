//! The grid as signals that follow from one another: window and rows, layout, position, what is in view.

use std::sync::Arc;

use albumen_core::catalog::Changes;
use albumen_core::insights::Zone;
use albumen_core::library::layout::{self, Before, Layout, Settings};
use albumen_core::library::scroll::{Position, Scroll};
use albumen_core::library::{Pace, place_of};
use leptos::prelude::*;

use super::in_view::InView;
use super::place::{ViewedBefore, kept_place};
use super::ready::{Ready, in_view, next};
use super::row_height::RowHeight;
use super::spare::Spare;
use crate::app::actions::Actions;
use crate::app::services::{pixel_ratio, tallest_px, timed};

/// Browsers keep scroll positions as `f32`: past this many device pixels they are no longer whole.
const EXACT_DEVICE_PX: f64 = 16_777_216.0;
/// The height of the heading that sticks to the upper edge.
pub(super) const STUCK_PX: f64 = 48.0;
/// How far down the window the eye is thought to rest, as a part of its height.
const EYE: f64 = 0.3;
/// So near the top the newest photos are wanted, whichever they are.
const TOP_PX: f64 = 8.0;
/// A layout with the rows that were laid out.
#[derive(Clone)]
pub(super) struct Laid {
    pub(super) layout: Layout,
    pub(super) rows: Arc<Vec<u32>>,
    /// Counted up with every layout.
    pub(super) number: u32,
    /// What the catalog was then.
    changes: Changes,
    /// The clock by which days were told.
    zone: Arc<Zone>,
    actions: Actions,
}

impl Laid {
    /// Where a row stands in the order, or would stand.
    pub(super) fn place_of(&self, row: u32) -> Result<u32, u32> {
        self.actions.state.with_hot_untracked(|hot| place_of(hot, &self.rows, row))
    }

    /// Where a row stands in the layout; `None` if it is not shown.
    pub(super) fn find(&self, row: u32) -> Option<layout::Place> {
        self.layout.find(self.place_of(row).ok()?)
    }

    /// Where a row is, or the one that has come into its place.
    fn nearest(&self, row: u32) -> Option<layout::Place> {
        let is_known = self.actions.state.with_hot_untracked(|hot| hot.is_present(row));
        let last = (self.layout.len() as u32).checked_sub(1).filter(|_| is_known)?;
        self.layout.find(self.place_of(row).unwrap_or_else(|near| near.min(last)))
    }
}

/// The photo under the eye: it stays there when the layout changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Anchor {
    pub(super) row: u32,
    /// What of it is under the eye, from its upper edge, as a part of its height.
    pub(super) part: f64,
    /// How far above it the eye is, where only headings are.
    pub(super) above_px: f64,
    /// Where the eye is, from the window's upper edge.
    pub(super) eye_px: f64,
}

/// Where the element was last known to be.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Held {
    position: Position,
    /// Of which layout.
    number: Option<u32>,
    anchor: Option<Anchor>,
}

/// How tall an element may be, and at which pixel ratio that was tried.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tallest {
    px: f64,
    pixel_ratio: f64,
}

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Model {
    pub(super) actions: Actions,
    pub(super) row_height: RowHeight,
    pub(super) laid: Memo<Arc<Laid>>,
    pub(super) scroll: Memo<Scroll>,
    pub(super) position: Memo<Position>,
    pub(super) in_view: Memo<Arc<InView>>,
    /// The rows that come after those that are ready, the nearest first; none while nobody looks.
    pub(super) next: Memo<Vec<u32>>,
    /// Whether the window goes too fast for photos to be looked at.
    pub(super) is_fast: RwSignal<bool>,
    /// Whether the photos that are seen first are drawn; before that, no more are made.
    pub(super) is_begun: RwSignal<bool>,
    /// Width and height of the window on the layout, in CSS pixels.
    pub(super) size: ReadSignal<(f64, f64)>,
    /// The photo that the keys start from.
    pub(super) current: RwSignal<Option<u32>>,
    /// The least elements there are.
    pub(super) spare: RwSignal<Spare>,
    set_size: WriteSignal<(f64, f64)>,
    tallest: RwSignal<Tallest>,
    held: RwSignal<Held>,
    pace: StoredValue<Pace>,
}

impl Model {
    pub(super) fn new(
        actions: Actions,
        rows: Memo<Arc<Vec<u32>>>,
        row_height: RowHeight,
        viewed_before: ViewedBefore,
    ) -> Self {
        let (size, set_size) = signal((0.0, 0.0));
        let tallest = RwSignal::new(Tallest::default());
        // A photo in the address is where the grid begins, or where it was.
        let viewed = viewed_before.take();
        let named = actions.address.photo.get_untracked().or(viewed).map(|row| Anchor {
            row,
            part: 0.0,
            above_px: 0.0,
            eye_px: 2.0 * STUCK_PX,
        });
        let begin = named.or_else(|| kept_place(actions));
        let held = RwSignal::new(Held { position: Position::default(), number: None, anchor: begin });
        let current = RwSignal::new(None);
        let spare = RwSignal::new(Spare::default());
        let width = Memo::new(move |_| size.get().0);
        let height_px = Memo::new(move |_| row_height.px(width.get()));
        let laid = Memo::new_with_compare(
            move |before: Option<&Arc<Laid>>| {
                let settings = settings(width.get(), height_px.get());
                Arc::new(lay_out(actions, rows.get(), settings, before.map(|before| &**before)))
            },
            // Two layouts are hardly ever the same, and comparing them is slow.
            |_, _| true,
        );
        let scroll = Memo::new(move |_| {
            let Tallest { px, pixel_ratio } = tallest.get();
            let cap_px = px.min(EXACT_DEVICE_PX / pixel_ratio.max(1.0));
            laid.with(|laid| Scroll::new(laid.layout.height_px(), size.get().1, cap_px, pixel_ratio))
        });
        let position = Memo::new(move |_| {
            let (held, scroll) = (held.get(), scroll.get());
            laid.with(|laid| rebased(held, laid, &scroll))
        });
        let is_fast = RwSignal::new(false);
        let is_begun = RwSignal::new(false);
        let ready = Ready::new(laid, position, size, Signal::derive(move || is_fast.get() || !is_begun.get()));
        Self {
            actions,
            row_height,
            laid,
            scroll,
            position,
            in_view: in_view(laid, ready, current, spare),
            next: next(laid, ready, is_fast),
            is_fast,
            is_begun,
            size,
            current,
            spare,
            set_size,
            tallest,
            held,
            pace: StoredValue::new(Pace::default()),
        }
    }

    /// Takes the size of the element. One without any is hidden, and shows what it showed when it is seen again.
    pub(super) fn resized(self, width_px: f64, height_px: f64) {
        let ratio = pixel_ratio();
        if self.tallest.with_untracked(|tallest| tallest.pixel_ratio != ratio) {
            self.tallest.set(Tallest { px: tallest_px(), pixel_ratio: ratio });
        }
        if width_px > 0.0 && height_px > 0.0 && self.size.get_untracked() != (width_px, height_px) {
            self.set_size.set((width_px, height_px));
        }
    }

    /// Whether the layout has changed since the element was last told where to be.
    pub(super) fn is_stale(self) -> bool {
        Some(self.laid.with_untracked(|laid| laid.number)) != self.held.with_untracked(|held| held.number)
    }

    /// The photo under the eye; `None` at the top, where the newest are wanted. Runs again when there is another.
    pub(super) fn anchor(self) -> Option<Anchor> {
        self.held.get().anchor
    }

    /// The element was scrolled, by whatever it was. Whether it has to be put right at once.
    pub(super) fn scrolled(self, scroll_px: f64) -> bool {
        let (before, scroll) = (self.position.get_untracked(), self.scroll.get_untracked());
        let position = scroll.moved(before, scroll_px);
        if position != before {
            self.hold(position);
        }
        scroll.is_stuck(position)
    }

    /// Takes notice of how fast the window goes, at an instant in milliseconds.
    pub(super) fn keep_pace(self, now_ms: f64) {
        let (top_px, height_px) = (self.position.get_untracked().top_px, self.size.get_untracked().1);
        let pace = self.pace.get_value().moved(now_ms, top_px, height_px);
        self.pace.set_value(pace);
        self.be_fast(pace.is_fast());
    }

    /// Nothing moves it any more.
    pub(super) fn stand(self) {
        if self.pace.try_set_value(Pace::default()).is_none() {
            self.be_fast(false);
        }
    }

    fn be_fast(self, is_fast: bool) {
        if self.is_fast.get_untracked() != is_fast {
            self.is_fast.set(is_fast);
        }
    }

    /// The layout is at `position` from now on, and the photo that is then under the eye is kept there.
    pub(super) fn hold(self, position: Position) {
        let eye_px = self.size.get_untracked().1 * EYE;
        self.laid.with_untracked(|laid| {
            let anchor = anchor_at(laid, position.top_px, eye_px).filter(|_| position.top_px > TOP_PX);
            self.held.set(Held { position, number: Some(laid.number), anchor });
        });
    }

    /// The element is where the layout is; what is under the eye stays the same.
    pub(super) fn put_right(self, position: Position) {
        let number = self.laid.with_untracked(|laid| laid.number);
        self.held.update(|held| {
            *held = Held { position, number: Some(number), anchor: held.anchor };
        });
    }

    /// From now on the photo at `eye_px` below the upper edge is the one that stays where it is.
    pub(super) fn look_at(self, eye_px: f64) {
        let top_px = self.position.get_untracked().top_px;
        let anchor = self.laid.with_untracked(|laid| anchor_at(laid, top_px, eye_px));
        self.held.update(|held| held.anchor = anchor);
    }

    /// Where the layout has to be for the photo at `index` to be seen whole; `None` if it is already.
    pub(super) fn top_to_show(self, index: u32) -> Option<f64> {
        let place = self.laid.with_untracked(|laid| laid.layout.find(index))?;
        let (top_px, height_px) = (self.position.get_untracked().top_px, self.size.get_untracked().1);
        if place.top_px < top_px + STUCK_PX {
            Some(place.top_px - 2.0 * STUCK_PX)
        } else if place.top_px + place.height_px > top_px + height_px {
            Some((place.top_px + place.height_px - height_px + 16.0).min(place.top_px - STUCK_PX))
        } else {
            None
        }
    }

    /// The rows as they are shown.
    pub(super) fn rows(self) -> Arc<Vec<u32>> {
        self.laid.with_untracked(|laid| Arc::clone(&laid.rows))
    }

    /// The row that the keys start from: the one that has the focus or had it last, else the first that is seen whole.
    pub(super) fn current_index(self) -> Option<u32> {
        let top_px = self.position.get_untracked().top_px;
        self.laid.with_untracked(|laid| {
            let current = self.current.get_untracked().and_then(|row| laid.place_of(row).ok());
            current.or_else(|| laid.layout.places_between(top_px, f64::MAX).next().map(|place| place.index))
        })
    }
}

/// Lays out a million rows in some hundredths of a second; what has not changed since the layout before, at once.
fn lay_out(actions: Actions, rows: Arc<Vec<u32>>, settings: Settings, before: Option<&Laid>) -> Laid {
    let _timed = timed("albumen:layout");
    let zone = actions.zone();
    // A window that was not measured yet shows nothing.
    let seen = if settings.width_px > 0.0 { rows.as_slice() } else { &[] };
    let (layout, changes) = actions.state.with_hot(|hot| {
        let changes = hot.changes().clone();
        let layout = match before.filter(|before| before.zone == zone) {
            Some(Laid { layout, rows, changes: then, .. }) => {
                let before = Before { layout, rows, stale: &changes.since(then) };
                Layout::updated(before, hot, seen, zone.clock(), settings)
            }
            None => Layout::of_rows(hot, seen, zone.clock(), settings),
        };
        (layout, changes)
    });
    let number = before.map_or(0, |before| before.number.wrapping_add(1));
    Laid { layout, rows, number, changes, zone, actions }
}

fn settings(width_px: f64, row_height_px: f64) -> Settings {
    Settings {
        width_px,
        row_height_px,
        gap_px: 3.0,
        day_gap_px: 12.0,
        heading_px: 36.0,
        month_px: 52.0,
        day_width_px: 92.0,
    }
}

fn anchor_at(laid: &Laid, top_px: f64, eye_px: f64) -> Option<Anchor> {
    let under_px = top_px + eye_px;
    let place = laid.layout.places_between(under_px, f64::MAX).next()?;
    let row = *laid.rows.get(place.index as usize)?;
    let part = ((under_px - place.top_px) / place.height_px).max(0.0);
    Some(Anchor { row, part, above_px: (place.top_px - under_px).max(0.0), eye_px })
}

/// Where the layout is: where it was left, or, after it has changed, where the photo under the eye is now.
fn rebased(held: Held, laid: &Laid, scroll: &Scroll) -> Position {
    if held.number == Some(laid.number) {
        // A window that has grown may reach past the end.
        return Position { top_px: held.position.top_px.min(scroll.end_px()), ..held.position };
    }
    let place = held.anchor.and_then(|anchor| Some((anchor, laid.nearest(anchor.row)?)));
    let top_px = place
        .map_or(0.0, |(anchor, place)| place.top_px + anchor.part * place.height_px - anchor.above_px - anchor.eye_px);
    Position { top_px: scroll.at(top_px).top_px, ..held.position }
}
