//! Where the pictures of rows can be had: asked for in batches, what is in view first, and of that the newest wish. What
//! room a batch has left is for the rows that come next: a request costs the same however many it names.

mod drawn;
mod exported;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use albumen_core::google::{is_google_image_host, picture_url, poster_url};
use albumen_core::library::{Urgency, filled, next_wishes};
use albumen_core::photo::Kind;
use albumen_core::protocol::{Answer, Thumbnail, Wish, World};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::exported::Exported;
use crate::app::actions::Actions;
use crate::app::services::ObjectUrl;

/// Rows in one question (see `Wish::Pictures`).
const BATCH: usize = 50;
/// How long wishes are gathered before they are sent.
const GATHER_MS: u64 = 40;
/// Base URLs live for an hour, and some were seen to die sooner: after half of it they are asked for anew.
const BASE_URL_LIVES_MS: i64 = 30 * 60 * 1000;
/// Base URLs that are kept; each is some two hundred bytes, and who scrolls for an hour comes past many.
const MOST_KNOWN: usize = 20_000;

/// Something an `<img>` can show.
#[derive(Clone, Debug)]
pub(super) enum Picture {
    Address(String),
    /// Bytes in memory, given back when nobody shows them any more.
    Drawn(Rc<ObjectUrl>),
}

impl Picture {
    pub(super) fn address(&self) -> &str {
        match self {
            Self::Address(address) => address,
            Self::Drawn(url) => url.as_str(),
        }
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Missing {
    /// Google no longer has it, or no longer shows it to this app.
    Gone,
    /// The export does not give it, and why; what the photo is called.
    Exported {
        why: Thumbnail,
        file_name: String,
    },
    Trouble(Trouble),
}

/// What is wished for: a row at a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Size {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
}

/// Whether the address that is known may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Age {
    Any,
    /// The known one was refused by the image host.
    Fresh,
}

/// The pictures of the open world; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Pictures {
    shelf: StoredValue<Rc<Shelf>, LocalStorage>,
    /// Which parts of exports are at hand: with another one a picture that was missing may be there.
    pub(super) parts_here: Memo<Vec<bool>>,
}

/// A wish that can be withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket(u64);

type Tell = Rc<dyn Fn(Result<Picture, Missing>)>;
/// Whether a row is looked at, and not only about to be.
type IsSeen = Box<dyn Fn(u32) -> bool>;

#[derive(Clone)]
struct Wanted {
    ticket: Ticket,
    row: u32,
    size: Size,
    age: Age,
    /// As its file has it, if that can be had, and not only as large as it is shown.
    is_whole: bool,
    /// Past what is ready to come into view.
    is_beyond: bool,
    tell: Tell,
    /// Whether the engine has stopped on the way once already.
    is_again: bool,
}

struct Shelf {
    actions: Actions,
    next_ticket: Cell<u64>,
    exported: Exported,
    is_seen: RefCell<IsSeen>,
    /// The rows that come next, the nearest first.
    next: RefCell<Vec<u32>>,
    /// Wishes without an address yet; the newest at the back.
    unaddressed: RefCell<Vec<Wanted>>,
    is_gathering: Cell<bool>,
    /// Base URLs and when they were given.
    known: RefCell<HashMap<u32, (String, i64)>>,
    /// Wishes with an address whose picture must be drawn; the newest at the back.
    undrawn: RefCell<Vec<(Wanted, String)>>,
    drawing: Cell<u32>,
    /// Drawn pictures by address, the oldest in front.
    drawn: RefCell<VecDeque<(String, Rc<ObjectUrl>)>>,
    /// Why pictures are missing, as far as it was said.
    said: RefCell<Option<Trouble>>,
}

impl Pictures {
    pub(super) fn new(actions: Actions) -> Self {
        let parts_here = Memo::new(move |_| {
            let here = |parts: &albumen_core::protocol::ImportState| {
                parts.parts.iter().map(|part| part.is_here).collect::<Vec<_>>()
            };
            actions.state.import.with(|import| import.as_ref().map(here).unwrap_or_default())
        });
        let shelf = StoredValue::new_local(Rc::new(Shelf {
            actions,
            exported: Exported::default(),
            next_ticket: Cell::new(0),
            is_seen: RefCell::new(Box::new(|_| true)),
            next: RefCell::default(),
            unaddressed: RefCell::default(),
            is_gathering: Cell::new(false),
            known: RefCell::default(),
            undrawn: RefCell::default(),
            drawing: Cell::new(0),
            drawn: RefCell::default(),
            said: RefCell::default(),
        }));
        Effect::new(move |_| {
            if parts_here.with(Vec::is_empty) {
                shelf.try_with_value(|shelf: &Rc<Shelf>| shelf.exported.forget());
            }
        });
        Self { shelf, parts_here }
    }

    /// Sets how to tell rows that are looked at now: their pictures come first.
    pub(super) fn look_at(self, is_seen: impl Fn(u32) -> bool + 'static) {
        self.shelf.with_value(|shelf| *shelf.is_seen.borrow_mut() = Box::new(is_seen));
    }

    /// Sets which rows come next, the nearest first: their addresses are asked for where a question has room.
    pub(super) fn look_beyond(self, next: Vec<u32>) {
        self.shelf.try_with_value(|shelf| shelf.next.replace(next));
    }

    /// As [`Pictures::want`], for a picture that nobody waits for yet.
    pub(super) fn want_beyond(self, row: u32, size: Size, tell: impl Fn(Result<Picture, Missing>) + 'static) -> Ticket {
        self.shelf.with_value(|shelf| shelf.want(row, size, Age::Any, false, true, Rc::new(tell)))
    }

    /// Tells once, now or later, where the picture of `row` is; `is_whole`: as its file has it, where an export does.
    pub(super) fn want(
        self,
        row: u32,
        size: Size,
        age: Age,
        is_whole: bool,
        tell: impl Fn(Result<Picture, Missing>) + 'static,
    ) -> Ticket {
        self.shelf.with_value(|shelf| shelf.want(row, size, age, is_whole, false, Rc::new(tell)))
    }

    /// Nobody looks there any more.
    pub(super) fn withdraw(self, ticket: Ticket) {
        // The shelf may be gone before the last tile.
        self.shelf.try_with_value(|shelf| {
            shelf.unaddressed.borrow_mut().retain(|wanted| wanted.ticket != ticket);
            shelf.undrawn.borrow_mut().retain(|(wanted, _)| wanted.ticket != ticket);
            shelf.exported.waiting.borrow_mut().retain(|wanted| wanted.ticket != ticket);
        });
    }
}

impl Shelf {
    fn want(self: &Rc<Self>, row: u32, size: Size, age: Age, is_whole: bool, is_beyond: bool, tell: Tell) -> Ticket {
        let ticket = Ticket(self.next_ticket.get());
        self.next_ticket.set(ticket.0 + 1);
        let wanted = Wanted { ticket, row, size, age, is_whole, is_beyond, tell, is_again: false };
        if self.is_exported(row) {
            self.want_exported(wanted);
        } else {
            self.want_of_account(wanted);
        }
        ticket
    }

    fn want_of_account(self: &Rc<Self>, wanted: Wanted) {
        let known = match wanted.age {
            Age::Any => self.known_address(wanted.row),
            Age::Fresh => None,
        };
        match known {
            Some(base_url) => self.addressed(wanted, &base_url),
            None => {
                self.unaddressed.borrow_mut().push(wanted);
                self.gather();
            }
        }
    }

    /// A base URL that is young enough to be used.
    fn known_address(&self, row: u32) -> Option<String> {
        let now_ms = self.actions.services.now_ms();
        let known = self.known.borrow();
        known.get(&row).filter(|(_, given_ms)| now_ms - given_ms < BASE_URL_LIVES_MS).map(|(url, _)| url.clone())
    }

    fn urgency(&self, wanted: &Wanted) -> Urgency {
        match wanted.is_beyond {
            true => Urgency::Beyond,
            false if (self.is_seen.borrow())(wanted.row) => Urgency::Seen,
            false => Urgency::Ready,
        }
    }

    /// Sends what was gathered, a moment later.
    fn gather(self: &Rc<Self>) {
        if self.is_gathering.replace(true) {
            return;
        }
        let shelf = Rc::clone(self);
        spawn_local(async move {
            shelf.actions.services.sleep(GATHER_MS).await;
            shelf.is_gathering.set(false);
            for age in [Age::Any, Age::Fresh] {
                while let Some(batch) = shelf.take_batch(age) {
                    shelf.ask(batch, age).await;
                }
            }
        });
    }

    /// The wishes to send next.
    fn take_batch(&self, age: Age) -> Option<Vec<Wanted>> {
        let mut waiting = self.unaddressed.borrow_mut();
        let (asked, rest): (Vec<_>, Vec<_>) = waiting.drain(..).partition(|wanted| wanted.age == age);
        *waiting = rest;
        let urgencies: Vec<Urgency> = asked.iter().map(|wanted| self.urgency(wanted)).collect();
        let next: HashSet<usize> = next_wishes(&urgencies, BATCH).into_iter().collect();
        let mut batch = Vec::new();
        for (at, wanted) in asked.into_iter().enumerate() {
            if next.contains(&at) { batch.push(wanted) } else { waiting.push(wanted) }
        }
        (!batch.is_empty()).then_some(batch)
    }

    async fn ask(self: &Rc<Self>, batch: Vec<Wanted>, age: Age) {
        // The viewer and its tile may want the same row.
        let own = batch.iter().map(|wanted| wanted.row);
        let rows = match age {
            Age::Any => {
                let next = self.next.borrow();
                let is_unknown = |row: &u32| self.known_address(*row).is_none() && !self.is_exported(*row);
                let unknown = next.iter().copied().filter(is_unknown);
                filled(own, unknown, BATCH)
            }
            Age::Fresh => filled(own, [], BATCH),
        };
        let answer = self.actions.ask(Wish::Pictures { rows, fresh: age == Age::Fresh }).await;
        match answer {
            Ok(Answer::Pictures(found)) => {
                *self.said.borrow_mut() = None;
                let now_ms = self.actions.services.now_ms();
                for (row, base_url) in &found {
                    if let Some(base_url) = base_url {
                        self.remember(*row, base_url, now_ms);
                    }
                }
                let found: HashMap<u32, Option<String>> = found.into_iter().collect();
                for wanted in batch {
                    match found.get(&wanted.row).cloned().flatten() {
                        Some(base_url) => self.addressed(wanted, &base_url),
                        None => (wanted.tell)(Err(Missing::Gone)),
                    }
                }
            }
            Ok(_) => batch.iter().for_each(|wanted| (wanted.tell)(Err(Missing::Gone))),
            Err(trouble) => {
                self.say(&trouble);
                for wanted in batch {
                    match once_more(wanted, &trouble) {
                        Ok(wanted) => self.unaddressed.borrow_mut().push(wanted),
                        Err(wanted) => (wanted.tell)(Err(Missing::Trouble(trouble.clone()))),
                    }
                }
            }
        }
    }

    /// Says once why pictures are missing: a tile has no room for it. An engine that stopped has said so itself.
    fn say(&self, trouble: &Trouble) {
        let is_said = self.said.replace(Some(trouble.clone())).as_ref() == Some(trouble);
        if !is_said && !matches!(trouble, Trouble::EngineStopped { .. }) {
            self.actions.toaster.say(self.actions.explain(trouble).sentence);
        }
    }

    fn remember(&self, row: u32, base_url: &str, now_ms: i64) {
        let mut known = self.known.borrow_mut();
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(row, (base_url.to_owned(), now_ms));
    }

    fn addressed(self: &Rc<Self>, wanted: Wanted, base_url: &str) {
        let kind = self.actions.state.with_hot_untracked(|hot| hot.kind(wanted.row));
        // A video has a sign and a button of the page's own.
        let address_of = if kind == Kind::Video { poster_url } else { picture_url };
        let address = address_of(base_url, wanted.size.width_px, wanted.size.height_px);
        if self.actions.state.world.get_untracked() == World::Google {
            // The address comes from outside: nothing but Google's image host is ever put into the page.
            let picture =
                if is_google_image_host(&address) { Ok(Picture::Address(address)) } else { Err(Missing::Gone) };
            return (wanted.tell)(picture);
        }
        let drawn = self.drawn.borrow().iter().find(|(known, _)| *known == address).map(|(_, url)| Rc::clone(url));
        match drawn {
            Some(url) => (wanted.tell)(Ok(Picture::Drawn(url))),
            None => {
                self.undrawn.borrow_mut().push((wanted, address));
                self.draw();
            }
        }
    }
}

/// The wish to be made again, where it failed for the first time and because the engine has stopped: it starts again when
/// it is asked.
fn once_more(wanted: Wanted, trouble: &Trouble) -> Result<Wanted, Wanted> {
    match trouble {
        Trouble::EngineStopped { .. } if !wanted.is_again => Ok(Wanted { is_again: true, ..wanted }),
        _ => Err(wanted),
    }
}
