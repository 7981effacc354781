//! `albums.list` and `albums.get`: the albums that the app made, and no others (Google: Library API updates).

use serde_json::{Value, json};

use super::Sandbox;
use super::chance::{Chance, mix};
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
    // It leaves nothing out: there are no albums but the app's.
    if let Some(flag) = params.get("excludeNonAppCreatedData").filter(|flag| !matches!(*flag, "true" | "false")) {
        let words = format!("Invalid value at 'exclude_non_app_created_data' (TYPE_BOOL), \"{flag}\"");
        return Err(Refused::invalid(words));
    }
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
    let size = cut_short(sandbox, first, size as usize);
    let page: Vec<usize> = numbers.iter().copied().skip(first).take(size).collect();
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

/// How many albums this page really holds (Google: albums.list, pageSize: "Fewer albums might be returned than the
/// specified number").
fn cut_short(sandbox: &Sandbox, first: usize, size: usize) -> usize {
    let mut chance = Chance::new(mix(sandbox.seed() ^ 0x616c_6275, first as u64));
    if first > 0 && chance.happens(0.3) { 1 + chance.range(0..size as u32 - 1) as usize } else { size }
}

/// The albums that the caller may see.
fn numbers(sandbox: &Sandbox, caller: &Caller) -> Vec<usize> {
    if caller.project != sandbox.settings.library_project() {
        return Vec::new();
    }
    all(sandbox).collect()
}

/// The numbers of all albums that there are.
pub(super) fn all(sandbox: &Sandbox) -> impl Iterator<Item = usize> {
    let made = (0..sandbox.albums.len()).filter(|number| sandbox.albums[*number].is_made);
    made.filter(|number| !sandbox.state.removed_albums.contains(number))
}

/// Takes an album away, as the person may in Google Photos; its items stay. Nothing happens where there is none.
pub(super) fn remove(sandbox: &mut Sandbox, id: &str) {
    let number = ids::album_number(sandbox.seed(), id).filter(|number| *number < sandbox.albums.len());
    sandbox.state.removed_albums.extend(number);
}

/// `Album` (Google: Library API, Album; int64 as text; what is empty or 0 is left out, as proto3 JSON does).
fn write(sandbox: &Sandbox, caller: &Caller, number: usize, now_ms: i64) -> Value {
    let seed = sandbox.seed();
    let id = ids::album_id(seed, number);
    let seeded = &sandbox.albums[number];
    let uploaded = || {
        let created = sandbox.state.created.iter().zip(ids::FIRST_CREATED..);
        created.filter(|(created, _)| created.album == Some(number)).map(|(_, rank)| rank)
    };
    let mut album = json!({
        "productUrl": format!("https://photos.google.com/lr/album/{id}"),
        "id": id,
        "title": seeded.title,
    });
    let count = seeded.len() + uploaded().count();
    if count > 0 {
        album["mediaItemsCount"] = Value::from(count.to_string());
    }
    let cover = seeded.indexes.first().map(|range| u64::from(range.start)).or_else(|| uploaded().next());
    if let Some(cover) = cover {
        album["coverPhotoBaseUrl"] = Value::from(media::base_url(seed, cover, caller.grant, now_ms));
        album["coverPhotoMediaItemId"] = Value::from(ids::item_id(seed, cover));
    }
    // Google: Album, isWriteable: by the scopes granted; false is left out, as proto3 JSON does.
    if Needs::Append.met_by(&caller.scopes) {
        album["isWriteable"] = Value::Bool(true);
    }
    album
}
