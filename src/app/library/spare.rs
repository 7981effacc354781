//! Elements that wait for photos. They are made while the browser has nothing to do: made with the first move of a hand,
//! they would be what the hand waits for.

use std::time::Duration;

use leptos::prelude::*;

use super::model::Model;

/// So many tiles are made in one go, and one heading.
const STEP: usize = 8;
/// More tiles are not made beforehand, however wide the window is.
const MOST_TILES: usize = 96;
const MOST_HEADINGS: usize = 12;
/// For browsers that do not tell when they have nothing to do.
const PAUSE: Duration = Duration::from_millis(200);

/// Numbers of elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spare {
    pub(super) tiles: usize,
    pub(super) headings: usize,
}

impl Spare {
    /// As many as a window may come to show that shows `tiles` now: lines ahead of it, and lines of smaller photos.
    fn for_showing(tiles: usize) -> Self {
        let most = 2 * tiles + STEP;
        Self { tiles: most.min(MOST_TILES), headings: most.div_ceil(STEP).min(MOST_HEADINGS) }
    }

    fn step_towards(self, wanted: Self) -> Option<Self> {
        let next = Self {
            tiles: self.tiles.max(wanted.tiles.min(self.tiles + STEP)),
            headings: self.headings.max(wanted.headings.min(self.headings + 1)),
        };
        (next != self).then_some(next)
    }
}

/// Makes them a few at a time, once photos are shown.
pub(super) fn make_beforehand(model: Model) {
    let is_asked = StoredValue::new(false);
    Effect::new(move |_| {
        let next = model.in_view.with(|in_view| {
            let shown = in_view.order.len();
            in_view.made().step_towards(Spare::for_showing(shown)).filter(|_| shown > 0)
        });
        let Some(next) = next.filter(|_| !is_asked.get_value()) else { return };
        is_asked.set_value(true);
        let make = move || {
            // The grid may be gone by then.
            if is_asked.try_set_value(false).is_none() {
                model.spare.try_set(next);
            }
        };
        if request_idle_callback_with_handle(make).is_err() {
            set_timeout(make, PAUSE);
        }
    });
}
