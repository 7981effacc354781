//! Pictures of rows that came by an export: small ones made of its parts, and whole ones as they lie in them.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use albumen_core::catalog::Source;
use albumen_core::library::{Urgency, filled, next_wishes};
use albumen_core::photo::Kind;
use albumen_core::protocol::{Answer, Original, Thumbnail, Which, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Age, Missing, Picture, Shelf, Wanted, once_more};
use crate::app::services::ObjectUrl;

/// Rows of one question: each may have to be decoded, and those that are looked at next should not wait for many.
const BATCH: usize = 6;
/// Questions that are open at the same time.
const AT_ONCE: u32 = 2;
/// Small pictures that are kept for scrolling back; one is about 20 kB.
const SMALL_KEPT: usize = 400;
/// Whole ones that are kept for turning back; their bytes stay on the disk.
const WHOLE_KEPT: usize = 5;

/// What is wished for of exports, and what was had.
#[derive(Default)]
pub(super) struct Exported {
    /// The newest at the back.
    pub(super) waiting: RefCell<Vec<Wanted>>,
    open: Cell<u32>,
    is_gathering: Cell<bool>,
    /// By row, the oldest in front.
    small: RefCell<VecDeque<(u32, Rc<ObjectUrl>)>>,
    whole: RefCell<VecDeque<(u32, Rc<ObjectUrl>)>>,
}

impl Exported {
    /// Rows may be other photos from now on.
    pub(super) fn forget(&self) {
        self.small.borrow_mut().clear();
        self.whole.borrow_mut().clear();
    }

    fn known(&self, wanted: &Wanted) -> Option<Picture> {
        let known = if wanted.is_whole { &self.whole } else { &self.small };
        let known = known.borrow();
        known.iter().find(|(row, _)| *row == wanted.row).map(|(_, url)| Picture::Drawn(Rc::clone(url)))
    }

    fn remember(&self, row: u32, url: ObjectUrl, is_whole: bool) -> Picture {
        let (known, most) = if is_whole { (&self.whole, WHOLE_KEPT) } else { (&self.small, SMALL_KEPT) };
        let mut known = known.borrow_mut();
        let url = Rc::new(url);
        known.retain(|(of, _)| *of != row);
        known.push_back((row, Rc::clone(&url)));
        if known.len() > most {
            known.pop_front();
        }
        Picture::Drawn(url)
    }
}

impl Shelf {
    pub(super) fn is_exported(&self, row: u32) -> bool {
        self.actions.state.with_hot_untracked(|hot| hot.is_from(row, Source::Takeout))
    }

    pub(super) fn want_exported(self: &Rc<Self>, mut wanted: Wanted) {
        let is_video = self.actions.state.with_hot_untracked(|hot| hot.kind(wanted.row)) == Kind::Video;
        // What the browser could not show whole it may show small.
        wanted.is_whole &= !is_video && wanted.age == Age::Any;
        match self.exported.known(&wanted) {
            Some(picture) => (wanted.tell)(Ok(picture)),
            None => {
                self.exported.waiting.borrow_mut().push(wanted);
                self.gather_exported();
            }
        }
    }

    fn gather_exported(self: &Rc<Self>) {
        if self.exported.is_gathering.replace(true) {
            return;
        }
        let shelf = Rc::clone(self);
        spawn_local(async move {
            // All elements of the grid wish in one go.
            shelf.actions.services.sleep(0).await;
            shelf.exported.is_gathering.set(false);
            shelf.ask_exported();
        });
    }

    fn ask_exported(self: &Rc<Self>) {
        while self.exported.open.get() < AT_ONCE {
            let batch = self.take_exported();
            if batch.is_empty() {
                return;
            }
            self.exported.open.set(self.exported.open.get() + 1);
            let shelf = Rc::clone(self);
            spawn_local(async move {
                match <[Wanted; 1]>::try_from(batch) {
                    Ok([wanted]) if wanted.is_whole => shelf.ask_whole(wanted).await,
                    Ok([wanted]) => shelf.ask_small(vec![wanted]).await,
                    Err(batch) => shelf.ask_small(batch).await,
                }
                shelf.exported.open.set(shelf.exported.open.get() - 1);
                shelf.ask_exported();
            });
        }
    }

    /// The most urgent wishes: a whole picture alone, or as many small ones as one question has room for.
    fn take_exported(&self) -> Vec<Wanted> {
        let mut waiting = self.exported.waiting.borrow_mut();
        let urgencies: Vec<Urgency> = waiting.iter().map(|wanted| self.urgency(wanted)).collect();
        let mut next = next_wishes(&urgencies, BATCH);
        let Some(first) = next.first().copied() else { return Vec::new() };
        if waiting[first].is_whole {
            next.truncate(1);
        } else {
            next.retain(|at| !waiting[*at].is_whole);
        }
        next.sort_unstable_by(|a, b| b.cmp(a));
        next.into_iter().map(|at| waiting.remove(at)).collect()
    }

    async fn ask_small(self: &Rc<Self>, batch: Vec<Wanted>) {
        let rows = filled(batch.iter().map(|wanted| wanted.row), [], BATCH);
        let answered = self.actions.services.ask_with(Wish::Thumbnails { rows }, Vec::new()).await;
        let (told, buffers) = match answered {
            Ok((Answer::Thumbnails(told), buffers)) => (told, buffers),
            Ok(_) => return batch.iter().for_each(|wanted| (wanted.tell)(Err(Missing::Gone))),
            Err(trouble) => {
                self.say(&trouble);
                for wanted in batch {
                    match once_more(wanted, &trouble) {
                        Ok(wanted) => self.exported.waiting.borrow_mut().push(wanted),
                        Err(wanted) => (wanted.tell)(Err(Missing::Trouble(trouble.clone()))),
                    }
                }
                return;
            }
        };
        let mut buffers = buffers.into_iter();
        let mut found: HashMap<u32, Result<Picture, Missing>> = HashMap::new();
        for of in told {
            let picture = match of.thumbnail {
                Thumbnail::Here { mime_type } => {
                    let url = buffers.next().and_then(|bytes| ObjectUrl::of_bytes(&bytes, &mime_type).ok());
                    url.map(|url| self.exported.remember(of.row, url, false)).ok_or(Missing::Gone)
                }
                why => Err(Missing::Exported { why, file_name: of.file_name }),
            };
            found.insert(of.row, picture);
        }
        for wanted in batch {
            match found.get(&wanted.row).cloned() {
                Some(Ok(picture)) => (wanted.tell)(Ok(picture)),
                Some(Err(why)) => self.without_export(wanted, why),
                None => self.without_export(wanted, Missing::Gone),
            }
        }
    }

    async fn ask_whole(self: &Rc<Self>, wanted: Wanted) {
        let wish = Wish::Original { row: wanted.row, which: Which::InExport };
        let services = self.actions.services;
        let url = match services.ask_with(wish, Vec::new()).await {
            Ok((Answer::Original(Original::InPart { part, start, length, mime_type, .. }), _)) => {
                services.slice_of_part(&part, start, length, &mime_type)
            }
            Ok((Answer::Original(Original::Here { mime_type, .. }), mut buffers)) => {
                buffers.pop().and_then(|bytes| ObjectUrl::of_bytes(&bytes, &mime_type).ok())
            }
            _ => None,
        };
        match url {
            Some(url) => (wanted.tell)(Ok(self.exported.remember(wanted.row, url, true))),
            // A small one may have been kept; else that one's reason is the reason.
            None => self.want_exported(Wanted { is_whole: false, ..wanted }),
        }
    }

    /// The account may have what the export has not at hand.
    fn without_export(self: &Rc<Self>, wanted: Wanted, why: Missing) {
        let state = self.actions.state;
        let is_in_account = state.with_hot_untracked(|hot| hot.is_from(wanted.row, Source::Account));
        if is_in_account && state.account.with_untracked(Option::is_some) {
            self.want_of_account(wanted);
        } else {
            (wanted.tell)(Err(why));
        }
    }
}
