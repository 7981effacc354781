//! A large packed file of an export, unpacked piece by piece and handed to the browser.

use std::cell::Cell;

use albumen_core::protocol::{Answer, Which, Wish};
use leptos::prelude::*;

use super::looking::Looking;
use super::notice::Notice;
use crate::app::services::{ObjectUrl, Pieces};
use crate::app::widgets::Progress;
use crate::app::words::{Purpose, bytes, not_in_export};

const NO_ROOM: &str = "The browser has no room for this file. Free some space on the disk, and try again.";

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unpacked {
    pub(super) given: u64,
    pub(super) size: u64,
}

/// An address of the whole file. One that is to be played is given up when nobody looks at it any more; one that is to be
/// saved is not.
pub(super) async fn unpack(
    looking: Looking,
    row: u32,
    which: Which,
    purpose: Purpose,
    mime_type: &str,
) -> Result<ObjectUrl, Notice> {
    let _seen = Seen { looking, row };
    let (reader, pieces) = (next_reader(), Pieces::default());
    let mut from = 0;
    loop {
        let wish = Wish::NextOfOriginal { reader, row, which, from };
        let (size, is_last, more) = match looking.actions.services.ask_for_pieces(wish, Vec::new()).await {
            Ok((Answer::Piece { size, is_last }, more)) => (size, is_last, more),
            Ok((Answer::Original(original), _)) => {
                return Err(Notice::new(not_in_export(&original, looking.actions.services.numbers())));
            }
            Ok(_) => return Err(Notice::new("There is nothing to unpack.")),
            Err(trouble) => return Err(Notice::new(looking.actions.explain(&trouble).sentence)),
        };
        for piece in &more {
            pieces.add(piece).map_err(|_| Notice::new(NO_ROOM))?;
            from += piece.size();
        }
        if is_last {
            return pieces.address(mime_type).map_err(|_| Notice::new(NO_ROOM));
        }
        looking.unpacking.try_update(|all| all.insert(row, Unpacked { given: from, size }));
        if purpose == Purpose::Play && looking.row.try_get_untracked().flatten() != Some(row) {
            return Err(Notice::new("Unpacking was given up when you went on. Press Play to begin again."));
        }
    }
}

fn next_reader() -> u32 {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    NEXT.replace(NEXT.get().wrapping_add(1))
}

/// Says that it is unpacked, as long as it is.
struct Seen {
    looking: Looking,
    row: u32,
}

impl Drop for Seen {
    fn drop(&mut self) {
        // The viewer may be gone by now.
        self.looking.unpacking.try_update(|all| all.remove(&self.row));
    }
}

/// Whether the photo that is looked at is being unpacked, and how far that is.
#[component]
pub(super) fn UnpackingBar(looking: Looking) -> impl IntoView {
    let of = Memo::new(move |_| {
        let row = looking.row.get()?;
        looking.unpacking.with(|all| all.get(&row).copied())
    });
    move || {
        of.get().map(|Unpacked { given, size }| {
            let numbers = looking.actions.services.numbers();
            view! {
                <div class="viewer-loading">
                    <p>{format!("Unpacking… {} of {}", bytes(given, numbers), bytes(size, numbers))}</p>
                    <Progress done=Some(given as f64 / size.max(1) as f64) label="Unpacking"/>
                </div>
            }
        })
    }
}
