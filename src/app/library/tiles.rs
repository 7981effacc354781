//! All elements of the grid, written to together: what each shows, what it is called, whether it is selected.

use std::collections::HashMap;
use std::time::Duration;

use leptos::prelude::*;

use super::model::Model;
use super::names::photo_words;
use super::pictures::Pictures;
use super::reach::Reach;
use super::selecting::Selecting;
use super::tile::{Content, Element};
use crate::app::services::once_drawn;

/// The elements by their names; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Tiles {
    pub(super) pictures: Pictures,
    reach: Reach,
    selecting: Selecting,
    elements: StoredValue<HashMap<u32, Element>, LocalStorage>,
    /// Whether new elements wait to be written.
    is_due: StoredValue<bool>,
}

impl Tiles {
    pub(super) fn new(reach: Reach, pictures: Pictures, selecting: Selecting) -> Self {
        let elements = StoredValue::new_local(HashMap::new());
        let tiles = Self { pictures, reach, selecting, elements, is_due: StoredValue::new(false) };
        Effect::new(move |before: Option<u32>| {
            let model = tiles.reach.model;
            let number = model.in_view.with(|in_view| in_view.number);
            model.actions.state.track_catalog();
            model.is_fast.track();
            tiles.selecting.selection.track();
            tiles.reach.is_moving.track();
            if before.is_some_and(|before| before != number) {
                // Of another layout nearly all is new. What is only ready can wait until the rest is drawn.
                tiles.write_all(|id| tiles.is_seen(id));
                once_drawn(move || tiles.write_all(|_| true));
            } else {
                tiles.write_all(|_| true);
            }
            number
        });
        tiles
    }

    /// Writes what the elements are to show, as many of them as are picked. The grid may be gone by then.
    fn write_all(self, is_picked: impl Fn(u32) -> bool) {
        self.elements.try_update_value(|elements| {
            elements.iter_mut().filter(|(id, _)| is_picked(**id)).for_each(|(id, element)| self.write(*id, element));
        });
    }

    /// Whether an element is to show something in the window itself.
    fn is_seen(self, id: u32) -> bool {
        let Model { in_view, position, size, .. } = self.reach.model;
        let (top_px, height_px) = (position.get_untracked().top_px, size.get_untracked().1);
        in_view.with_untracked(|in_view| {
            in_view.shown_by(id).is_some_and(|shown| in_view.is_seen(shown.row, top_px, height_px))
        })
    }

    /// Takes an element over.
    pub(super) fn take(self, id: u32, mut element: Element) {
        // The first ones are made in a task that is long enough without being written too.
        let is_later = !self.reach.model.is_begun.get_untracked();
        if !is_later {
            self.write(id, &mut element);
        }
        self.elements.update_value(|elements| drop(elements.insert(id, element)));
        if is_later && !self.is_due.get_value() {
            self.is_due.set_value(true);
            let write = move || {
                // The grid may be gone by then.
                if self.is_due.try_set_value(false).is_none() {
                    self.write_all(|_| true);
                }
            };
            set_timeout(write, Duration::ZERO);
        }
    }

    pub(super) fn lose(self, id: u32) {
        // The grid may be gone before its last tile.
        self.elements.try_update_value(|elements| elements.remove(&id));
    }

    fn write(self, id: u32, element: &mut Element) {
        let Model { actions, in_view, is_fast, current, .. } = self.reach.model;
        let current = current.get_untracked();
        in_view.with_untracked(|in_view| {
            let shown = in_view.shown_by(id);
            let kind = |row| actions.state.with_hot_untracked(|hot| hot.kind(row));
            element.show(shown.map(|shown| Content {
                row: shown.row,
                index: shown.index,
                place: shown.place,
                kind: kind(shown.row),
            }));
            let row = shown.map(|shown| shown.row);
            let is_current = row.is_some() && current == row;
            let is_first = row.is_some() && in_view.order.first() == row.as_ref();
            let is_elsewhere = current.is_none_or(|row| in_view.shown_of(row).is_none());
            element.stop_tabs(is_current || is_elsewhere && is_first);
            element.count(in_view.of);
            // What passes by is not named; who comes by keys hears where they are at once.
            if is_current || !self.reach.is_moving.get_untracked() {
                element.name(in_view.number, |row| untrack(|| photo_words(actions, row)));
            }
        });
        let row = element.row();
        element.select(row.is_some_and(|row| self.selecting.selection.with_untracked(|chosen| chosen.contains(row))));
        element.picture(!is_fast.get_untracked());
    }
}
