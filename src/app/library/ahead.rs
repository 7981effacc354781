//! Pictures of the photos that come next: fetched while the window is on its way to them, let go when it turns.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::HtmlImageElement;

use super::pictures::{Picture, Pictures, Size, Ticket};
use super::reach::Reach;
use super::tile::size_for;

/// As many pictures past those that are ready: some rows of a window. Each that is never looked at is one of the
/// 75,000 that a project may load in a day.
const MOST: usize = 16;

/// Fetches as long as the caller lives. Only who scrolls, and slowly enough to look, will come to what is next.
pub(super) fn fetch_ahead(reach: Reach, pictures: Pictures) {
    let model = reach.model;
    let coming = StoredValue::new_local(HashMap::<u32, Coming>::new());
    Effect::new(move |_| {
        if !reach.is_moving.get() {
            return;
        }
        let next = model.next.get();
        let nearest: Vec<u32> = next.iter().copied().take(MOST).collect();
        pictures.look_beyond(next);
        coming.update_value(|coming| {
            for (row, picture) in coming.extract_if(|row, _| !nearest.contains(row)) {
                let is_ready = model.in_view.with_untracked(|in_view| in_view.shown_of(row).is_some());
                picture.let_go(pictures, is_ready);
            }
            for row in nearest {
                let place = model.laid.with_untracked(|laid| laid.find(row));
                if let Some(place) = place.filter(|_| !coming.contains_key(&row)) {
                    coming.insert(row, Coming::of(row, size_for(place.width_px, place.height_px), pictures));
                }
            }
        });
    });
    on_cleanup(move || {
        coming.try_update_value(|coming| coming.drain().for_each(|(_, picture)| picture.let_go(pictures, false)));
    });
}

/// A picture on its way, or here and kept until a tile shows it.
struct Coming {
    ticket: Ticket,
    here: Rc<RefCell<Option<Here>>>,
}

struct Here {
    /// A drawn picture lives as long as somebody holds it.
    _picture: Picture,
    image: HtmlImageElement,
}

impl Coming {
    fn of(row: u32, size: Size, pictures: Pictures) -> Self {
        let here = Rc::new(RefCell::new(None));
        let waiting = Rc::downgrade(&here);
        let ticket = pictures.want_beyond(row, size, move |answer| {
            // What is missing is said by the tile, if ever one shows it.
            let (Some(here), Ok(picture), Ok(image)) = (waiting.upgrade(), answer, HtmlImageElement::new()) else {
                return;
            };
            for (name, value) in [("referrerpolicy", "no-referrer"), ("fetchpriority", "low"), ("decoding", "async")] {
                let _ = image.set_attribute(name, value);
            }
            image.set_src(picture.address());
            here.replace(Some(Here { _picture: picture, image }));
        });
        Self { ticket, here }
    }

    /// Nobody needs it any more, or, where its place `is_ready`, a tile has taken it over.
    fn let_go(self, pictures: Pictures, is_ready: bool) {
        pictures.withdraw(self.ticket);
        if let Some(here) = self.here.take().filter(|_| !is_ready) {
            // An image that is only forgotten goes on loading.
            let _ = here.image.remove_attribute("src");
        }
    }
}
