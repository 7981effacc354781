//! Pictures that the pretend Google draws: no address of them leads anywhere, so their bytes are asked for.

use std::rc::Rc;

use albumen_core::library::{Urgency, next_wishes};
use albumen_core::protocol::{Answer, Wish};
use leptos::task::spawn_local;

use super::{Age, Missing, Picture, Shelf, Wanted, once_more};
use crate::app::services::ObjectUrl;

/// Pictures drawn by the pretend Google that are asked for at the same time.
const DRAWN_AT_ONCE: u32 = 3;
/// Drawn pictures that are kept for scrolling back; one is about 30 kB.
const DRAWN_KEPT: usize = 300;

impl Shelf {
    /// The wish to draw next.
    fn take_undrawn(&self) -> Option<(Wanted, String)> {
        let mut undrawn = self.undrawn.borrow_mut();
        let urgencies: Vec<Urgency> = undrawn.iter().map(|(wanted, _)| self.urgency(wanted)).collect();
        next_wishes(&urgencies, 1).first().map(|at| undrawn.remove(*at))
    }

    /// Has pictures drawn, a few at a time, so that those scrolled past never are.
    pub(super) fn draw(self: &Rc<Self>) {
        while self.drawing.get() < DRAWN_AT_ONCE {
            let Some((wanted, address)) = self.take_undrawn() else { return };
            self.drawing.set(self.drawing.get() + 1);
            let shelf = Rc::clone(self);
            spawn_local(async move {
                let picture = shelf.drawn(&address).await;
                shelf.drawing.set(shelf.drawing.get() - 1);
                match picture {
                    Err(Missing::Trouble(trouble)) => match once_more(wanted, &trouble) {
                        Ok(wanted) => shelf.undrawn.borrow_mut().push((wanted, address)),
                        // As with an `<img>` that fails: the address may have died.
                        Err(wanted) if wanted.age == Age::Any => {
                            shelf.unaddressed.borrow_mut().push(Wanted { age: Age::Fresh, ..wanted });
                            shelf.gather();
                        }
                        Err(wanted) => {
                            shelf.say(&trouble);
                            (wanted.tell)(Err(Missing::Trouble(trouble)));
                        }
                    },
                    picture => (wanted.tell)(picture),
                }
                shelf.draw();
            });
        }
    }

    async fn drawn(&self, address: &str) -> Result<Picture, Missing> {
        let wish = Wish::PictureBytes { url: address.to_owned() };
        let (answer, mut buffers) = self.actions.services.ask_with(wish, Vec::new()).await.map_err(Missing::Trouble)?;
        let (Answer::PictureBytes { mime_type }, Some(bytes)) = (answer, buffers.pop()) else {
            return Err(Missing::Gone);
        };
        let url = ObjectUrl::of_bytes(&bytes, &mime_type).map_err(|_| Missing::Gone)?;
        let url = Rc::new(url);
        let mut drawn = self.drawn.borrow_mut();
        drawn.push_back((address.to_owned(), Rc::clone(&url)));
        if drawn.len() > DRAWN_KEPT {
            drawn.pop_front();
        }
        Ok(Picture::Drawn(url))
    }
}
