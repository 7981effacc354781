//! The seeded library without the API: pages as `mediaItems.search` writes them, made without a request.
//!
//! A library of a million takes more requests than Google allows in a day, and the sandbox allows no more than Google.
//! Who wants to see such a library all the same has its pages made here. They have no base URLs: those are made out to
//! whoever asks, and are had by the API alone.

use serde_json::{Value, json};

use super::errors::Refused;
use super::ids::{self, Purpose};
use super::items::{self, Item};
use super::wire::Outgoing;
use super::{MOST_ITEMS, Sandbox};

/// Items of a page: a fraction of a second's work, so that whoever makes them hears others in between.
const PAGE: u32 = 2048;

/// The page that begins where `page_token` says, or with the newest item.
pub(super) fn page(sandbox: &Sandbox, page_token: Option<&str>) -> Outgoing {
    let end = match page_token {
        None => Some(MOST_ITEMS),
        Some(token) => opened(sandbox, token),
    };
    match end {
        Some(end) => Outgoing::json(200, &before(sandbox, end)),
        None => Refused::invalid("Request contains an invalid page token.").reply(),
    }
}

fn before(sandbox: &Sandbox, end: u32) -> Value {
    let made = sandbox.shelf.newest_before(end, PAGE);
    let oldest = made.last().map_or(0, |item| item.index);
    let mut page = json!({});
    if !made.is_empty() {
        let written = made.into_iter().map(|item| items::write_unaddressed(sandbox, &Item::Shelf(item))).collect();
        page["mediaItems"] = Value::Array(written);
    }
    if oldest > 0 {
        page["nextPageToken"] = Value::from(ids::seal(sandbox.seed(), Purpose::MadePage, &oldest.to_le_bytes()));
    }
    page
}

fn opened(sandbox: &Sandbox, token: &str) -> Option<u32> {
    let plain = ids::open(sandbox.seed(), Purpose::MadePage, token)?;
    Some(u32::from_le_bytes(plain.try_into().ok()?))
}
