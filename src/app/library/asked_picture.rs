//! A picture that somebody shows: asked for, waited for, asked for once more when its address has died, given back.

use leptos::prelude::*;

use super::pictures::{Age, Missing, Picture, Pictures, Size, Ticket};

/// What there is to show of a picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    Waiting,
    Here {
        /// For an `<img>`.
        address: String,
        /// It was known already, so that it need not appear softly.
        at_once: bool,
    },
    Missing(Missing),
}

/// The picture of one row at a time. It belongs to whoever made it, and withdraws its wish when that one is gone; copied
/// freely.
#[derive(Clone, Copy)]
pub(super) struct AskedPicture {
    pictures: Pictures,
    /// Whether it is wanted as its file has it, where an export does.
    is_whole: bool,
    /// What came last, and for which row.
    answer: RwSignal<Option<(u32, Asked)>>,
    wish: StoredValue<Option<AskedFor>>,
    /// A drawn picture lives as long as somebody holds it.
    held: StoredValue<Option<Picture>, LocalStorage>,
}

/// The wish that is open, or was answered.
#[derive(Clone, Copy)]
struct AskedFor {
    row: u32,
    size: Size,
    /// `None` while it is being made.
    ticket: Option<Ticket>,
    age: Age,
}

impl AskedPicture {
    pub(super) fn new(pictures: Pictures) -> Self {
        Self::of(pictures, false)
    }

    /// As [`AskedPicture::new`], of pictures as their files have them.
    pub(super) fn whole(pictures: Pictures) -> Self {
        Self::of(pictures, true)
    }

    fn of(pictures: Pictures, is_whole: bool) -> Self {
        let asked = Self {
            pictures,
            is_whole,
            answer: RwSignal::new(None),
            wish: StoredValue::new(None),
            held: StoredValue::new_local(None),
        };
        on_cleanup(move || asked.withdraw());
        Effect::new(move |before: Option<Vec<bool>>| {
            let now = pictures.parts_here.get();
            if before.is_some_and(|before| before != now) {
                asked.ask_what_was_missing();
            }
            now
        });
        asked
    }

    /// Asks for the picture of `row`, in place of what was asked for before. A picture of the same row is shown until
    /// the new one is there.
    pub(super) fn ask(self, row: u32, size: Size) {
        self.ask_aged(row, size, Age::Any);
    }

    /// The row whose picture came last, or does not come.
    pub(super) fn row(self) -> Option<u32> {
        self.answer.with(|answer| answer.as_ref().map(|(row, _)| *row))
    }

    fn ask_what_was_missing(self) {
        let is_missing =
            self.answer.with_untracked(|answer| matches!(answer, Some((_, Asked::Missing(Missing::Exported { .. })))));
        if let Some(AskedFor { row, size, .. }) = self.wish.get_value().filter(|_| is_missing) {
            self.ask(row, size);
        }
    }

    /// Wants nothing any more.
    pub(super) fn forget(self) {
        self.withdraw();
        if self.answer.with_untracked(Option::is_some) {
            self.answer.set(None);
        }
        self.held.set_value(None);
    }

    /// What there is of the picture that was asked for last, or, until there is something, of the one before.
    pub(super) fn latest(self) -> Asked {
        self.answer.with(|answer| answer.as_ref().map_or(Asked::Waiting, |(_, asked)| asked.clone()))
    }

    /// The browser could not show it: its address may have died. It is asked for once more, then given up.
    pub(super) fn refused(self) {
        let Some(AskedFor { row, size, age, .. }) = self.wish.get_value() else { return };
        match age {
            Age::Any => {
                self.answer.set(None);
                self.ask_aged(row, size, Age::Fresh);
            }
            Age::Fresh => self.answer.set(Some((row, Asked::Missing(Missing::Gone)))),
        }
    }

    fn ask_aged(self, row: u32, size: Size, age: Age) {
        self.withdraw();
        self.wish.set_value(Some(AskedFor { row, size, ticket: None, age }));
        let ticket = self.pictures.want(row, size, age, self.is_whole, move |answer| self.answered(row, answer));
        self.wish.update_value(|wish| {
            if let Some(wish) = wish {
                wish.ticket = Some(ticket);
            }
        });
    }

    fn answered(self, row: u32, answer: Result<Picture, Missing>) {
        // Whoever asked may be gone, or may have asked for another one since.
        let Some(wish) = self.wish.try_get_value().flatten().filter(|wish| wish.row == row) else { return };
        let asked = match answer {
            Ok(picture) => {
                let address = picture.address().to_owned();
                self.held.set_value(Some(picture));
                Asked::Here { address, at_once: wish.ticket.is_none() }
            }
            Err(why) => Asked::Missing(why),
        };
        self.answer.set(Some((row, asked)));
    }

    fn withdraw(self) {
        let wish = self.wish.try_update_value(Option::take).flatten();
        if let Some(ticket) = wish.and_then(|wish| wish.ticket) {
            self.pictures.withdraw(ticket);
        }
    }
}
