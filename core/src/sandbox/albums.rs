//! The app's albums: one for each trip of the seeded library.

use serde_json::{Value, json};

use super::Sandbox;
use super::calendar::Day;
use super::errors::Refused;
use super::ids::{self, Purpose};
use super::library::Caller;
use super::media;
use super::scopes::Needs;
use super::search::size_param;
use super::strict;
use super::wire::Params;

/// Google: albums.list, pageSize: default 20, maximum 50.
const DEFAULT_PAGE: i64 = 20;
const LARGEST_PAGE: i64 = 50;

/// `albums.list`.
pub(super) fn list(sandbox: &Sandbox, caller: &Caller, params: &Params, now_ms: i64) -> Result<Value, Refused> {
    strict::check_query(params.iter(), &["pageSize", "pageToken", "excludeNonAppCreatedData"])?;
    let size = match size_param(params)?.unwrap_or(0) {
        0 => DEFAULT_PAGE,
        size @ 1..=LARGEST_PAGE => size,
        _ => return Err(Refused::invalid("Page size must be between 1 and 50.")),
    };
    let project = caller.project.as_bytes();
    let first = match params.get("pageToken") {
        None => 0,
        Some(token) => ids::open(sandbox.seed(), Purpose::PageToken, token)
            .and_then(|plain| plain.strip_prefix(project).and_then(|rest| rest.first_chunk::<8>().copied()))
            .map(u64::from_le_bytes)
            .and_then(|first| usize::try_from(first).ok())
            .ok_or_else(|| Refused::invalid("Request contains an invalid page token."))?,
    };
    let numbers = numbers(sandbox, caller);
    let page: Vec<usize> = numbers.iter().copied().skip(first).take(size as usize).collect();
    let mut reply = json!({});
    if !page.is_empty() {
        let albums = page.iter().map(|number| write(sandbox, caller, *number, now_ms)).collect();
        reply["albums"] = Value::Array(albums);
    }
    let next = first.saturating_add(page.len());
    if next < numbers.len() {
        let mut plain = project.to_vec();
        plain.extend((next as u64).to_le_bytes());
        reply["nextPageToken"] = Value::from(ids::seal(sandbox.seed(), Purpose::PageToken, &plain));
    }
    Ok(reply)
}

/// `albums.get`.
pub(super) fn get(sandbox: &Sandbox, caller: &Caller, id: &str, now_ms: i64) -> Result<Value, Refused> {
    Ok(write(sandbox, caller, find(sandbox, caller, id)?, now_ms))
}

/// The number of an album that the app made.
pub(super) fn find(sandbox: &Sandbox, caller: &Caller, id: &str) -> Result<usize, Refused> {
    let number = ids::album_number(sandbox.seed(), id).ok_or_else(|| Refused::invalid("Invalid album ID."))?;
    if numbers(sandbox, caller).contains(&number) {
        Ok(number)
    } else {
        Err(Refused::not_found("Requested entity was not found."))
    }
}

/// Whether the seeded items of a day lie in an album.
pub(super) fn holds(sandbox: &Sandbox, album: usize, day: Day) -> bool {
    sandbox.shelf.life.trips.get(album).is_some_and(|trip| (trip.first..=trip.last).contains(&day))
}

/// The albums that the caller may see: trips of which there are pictures.
fn numbers(sandbox: &Sandbox, caller: &Caller) -> Vec<usize> {
    if caller.project != sandbox.settings.library_project() {
        return Vec::new();
    }
    (0..sandbox.shelf.life.trips.len()).filter(|number| !indexes(sandbox, *number).is_empty()).collect()
}

fn indexes(sandbox: &Sandbox, number: usize) -> std::ops::Range<u32> {
    let trip = &sandbox.shelf.life.trips[number];
    sandbox.shelf.of_day(trip.first).start..sandbox.shelf.of_day(trip.last).end
}

/// `Album` (Google: Library API, Album).
fn write(sandbox: &Sandbox, caller: &Caller, number: usize, now_ms: i64) -> Value {
    let seed = sandbox.seed();
    let id = ids::album_id(seed, number);
    let indexes = indexes(sandbox, number);
    let cover = u64::from(indexes.start);
    let uploaded = sandbox.state.created.iter().filter(|created| created.album == Some(number)).count();
    let mut album = json!({
        "productUrl": format!("https://photos.google.com/lr/album/{id}"),
        "id": id,
        "title": sandbox.shelf.life.trips[number].title(),
        "mediaItemsCount": (indexes.len() + uploaded).to_string(),
        "coverPhotoBaseUrl": media::base_url(seed, cover, caller.grant, now_ms),
        "coverPhotoMediaItemId": ids::item_id(seed, cover),
    });
    // Google: Album, isWriteable: by the scopes granted; false is left out, as proto3 JSON does.
    if Needs::Append.met_by(&caller.scopes) {
        album["isWriteable"] = Value::Bool(true);
    }
    album
}
