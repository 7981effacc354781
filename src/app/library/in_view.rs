//! What of the layout exists as elements: the photos and headings in view, and a little more.

use std::collections::HashMap;
use std::ops::Range;

use albumen_core::library::layout;
use albumen_core::library::slots::{Slot, Slots};

use super::headings::{Heading, heading_of};
use super::model::Laid;
use super::spare::Spare;

/// Positions are said from a line that moves in steps of this, since a style's length is exact to 2²⁴ only.
pub(super) const BASE_STEP_PX: f64 = 100_000.0;

/// Where a tile stands, from the base line, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// What a tile shows, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    pub row: u32,
    /// Its place in the order.
    pub index: u32,
    pub place: Place,
}

/// What is wanted besides the lines that are in view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// The base line's place, in [`BASE_STEP_PX`].
    pub(super) step: i64,
    /// The row that has the focus, and so goes on to exist wherever it is.
    pub(super) pinned: Option<u32>,
    /// The least elements there are of either kind.
    pub(super) spare: Spare,
}

/// The elements, and what they show.
#[derive(Clone, Debug, Default)]
pub(super) struct InView {
    slots: Slots,
    shown: HashMap<u32, Shown>,
    /// Rows in the order in which they are shown.
    pub(super) order: Vec<u32>,
    headings: Vec<Heading>,
    /// Headings are used again as photos are: each is named by its day's first photo.
    heading_slots: Slots,
    pub(super) base_px: f64,
    /// How many rows there are in all.
    pub(super) of: usize,
    /// The layout's number.
    pub(super) number: u32,
}

impl InView {
    /// What exists once `lines` of the layout are in view or ready.
    pub(super) fn next(before: Option<&Self>, laid: &Laid, lines: &Range<u32>, wanted: Wanted) -> Self {
        let Wanted { step, pinned, spare } = wanted;
        let base_px = step as f64 * BASE_STEP_PX;
        let mut order = Vec::new();
        let mut shown = HashMap::new();
        let mut add = |place: layout::Place| {
            let Some(&row) = laid.rows.get(place.index as usize) else { return };
            let tile = Place {
                left: place.left_px,
                top: place.top_px - base_px,
                width: place.width_px,
                height: place.height_px,
            };
            if shown.insert(row, Shown { row, index: place.index, place: tile }).is_none() {
                order.push(row);
            }
        };
        laid.layout.places_in(lines.clone()).for_each(&mut add);
        pinned.and_then(|row| laid.find(row)).into_iter().for_each(&mut add);
        let (from_px, to_px) = laid.layout.stretch_of(lines.clone());
        // The headings of the first line are above it.
        let days = if from_px < to_px { laid.layout.days_between(from_px - 100.0, to_px) } else { &[] };
        let headings: Vec<Heading> = days.iter().map(|day| heading_of(day, days, base_px)).collect();
        let names: Vec<u32> = headings.iter().map(|heading| heading.first).collect();
        let none = Slots::default();
        let (slots, heading_slots) = before.map_or((&none, &none), |before| (&before.slots, &before.heading_slots));
        Self {
            slots: slots.showing(&order, spare.tiles),
            shown,
            order,
            heading_slots: heading_slots.showing(&names, spare.headings),
            headings,
            base_px,
            of: laid.rows.len(),
            number: laid.number,
        }
    }

    /// How many elements there are of either kind.
    pub(super) fn made(&self) -> Spare {
        Spare { tiles: self.slots.len(), headings: self.heading_slots.len() }
    }

    /// The names of all elements, in the order in which they were made.
    pub(super) fn ids(&self) -> Vec<u32> {
        self.slots.iter().map(|slot| slot.id).collect()
    }

    /// What an element shows.
    pub(super) fn shown_by(&self, id: u32) -> Option<Shown> {
        self.slots.iter().find(|slot| slot.id == id)?.row.and_then(|row| self.shown_of(row))
    }

    /// The names of the elements of headings, as [`InView::ids`] has them.
    pub(super) fn heading_ids(&self) -> Vec<u32> {
        self.heading_slots.iter().map(|slot| slot.id).collect()
    }

    /// The heading that an element shows.
    pub(super) fn heading_by(&self, id: u32) -> Option<Heading> {
        let first = self.heading_slots.iter().find(|slot| slot.id == id)?.row?;
        self.headings.iter().find(|heading| heading.first == first).copied()
    }

    /// Where a row is shown.
    pub(super) fn shown_of(&self, row: u32) -> Option<Shown> {
        self.shown.get(&row).copied()
    }

    /// Whether a row is in the window itself, and not only ready. What is no element may be wanted by the viewer.
    pub(super) fn is_seen(&self, row: u32, top_px: f64, height_px: f64) -> bool {
        self.shown_of(row).is_none_or(|Shown { place, .. }| {
            let from_px = self.base_px + place.top - top_px;
            from_px < height_px && from_px + place.height > 0.0
        })
    }

    /// The elements that show something, in the order of the photos.
    pub(super) fn ids_in_order(&self) -> Vec<u32> {
        let by_row: HashMap<u32, u32> =
            self.slots.iter().filter_map(|Slot { id, row }| row.map(|row| (row, id))).collect();
        self.order.iter().filter_map(|row| by_row.get(row).copied()).collect()
    }
}
