//! Pages of media items: `mediaItems.search` and `mediaItems.list`.

use serde_json::{Map, Value, json};

use super::Sandbox;
use super::albums;
use super::calendar::Day;
use super::chance::{Chance, fingerprint, mix};
use super::errors::Refused;
use super::filters::{Filter, Video};
use super::ids::{self, Purpose};
use super::items::{self, Item};
use super::library::Caller;
use super::search_request::SEARCH;
use super::sniff;
use super::strict;
use super::wire::Params;

/// Google: mediaItems.search, pageSize: default 25, maximum 100.
const DEFAULT_PAGE: i64 = 25;
const LARGEST_PAGE: i64 = 100;

/// Which items, in which order.
struct Query {
    filter: Filter,
    oldest_first: bool,
    album: Option<usize>,
    /// Stands for all of this; a page token of one query is none of another.
    fingerprint: u64,
}

/// An item's place in the order of time.
type Key = (i64, u64);

/// Where the next page begins: after this item, or at the very start; and how many pages have come before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    after: Option<Key>,
    turn: u32,
}

/// `mediaItems.search`.
pub(super) fn search(sandbox: &Sandbox, caller: &Caller, body: &[u8], now_ms: i64) -> Result<Value, Refused> {
    let request = strict::read(body, &SEARCH)?;
    let text = |name: &str| request.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let filters = request.get("filters").and_then(Value::as_object);
    let album = match text("albumId") {
        // Google: mediaItems.search, albumId: "Can't set in conjunction with any filters."
        Some(_) if filters.is_some() => {
            return Err(Refused::invalid("Filters can't be set in conjunction with an album id."));
        }
        Some(id) => Some(albums::find(sandbox, caller, id)?),
        None => None,
    };
    let filter = filters.map_or_else(|| Ok(Filter::default()), Filter::read)?;
    let oldest_first = order(text("orderBy"), filters)?;
    let size = page_size(request.get("pageSize").and_then(Value::as_i64))?;
    let mut of_query = request.clone();
    of_query.remove("pageSize");
    of_query.remove("pageToken");
    let fingerprint = query_fingerprint(sandbox, caller, "search", &Value::Object(of_query).to_string());
    let query = Query { filter, oldest_first, album, fingerprint };
    page(sandbox, caller, &query, size, text("pageToken"), now_ms)
}

/// `mediaItems.list`: all of the app's items, newest first.
pub(super) fn list(sandbox: &Sandbox, caller: &Caller, params: &Params, now_ms: i64) -> Result<Value, Refused> {
    strict::check_query(params.iter(), &["pageSize", "pageToken"])?;
    let size = page_size(size_param(params)?)?;
    let fingerprint = query_fingerprint(sandbox, caller, "list", "");
    let query = Query { filter: Filter::default(), oldest_first: false, album: None, fingerprint };
    page(sandbox, caller, &query, size, params.get("pageToken"), now_ms)
}

/// A `pageSize` in the query.
pub(super) fn size_param(params: &Params) -> Result<Option<i64>, Refused> {
    let Some(text) = params.get("pageSize") else { return Ok(None) };
    let size = text.parse::<i32>();
    size.map(|size| Some(i64::from(size)))
        .map_err(|_| Refused::invalid(format!("Invalid value at 'page_size' (TYPE_INT32), \"{text}\"")))
}

fn page_size(asked: Option<i64>) -> Result<usize, Refused> {
    match asked.unwrap_or(0) {
        0 => Ok(DEFAULT_PAGE as usize),
        size @ 1..=LARGEST_PAGE => Ok(size as usize),
        _ => Err(Refused::invalid("Page size must be between 1 and 100.")),
    }
}

/// Google: mediaItems.search, orderBy: "only works when a dateFilter is used", beside no other filters than
/// includeArchivedMedia and excludeNonAppCreatedData.
fn order(order_by: Option<&str>, filters: Option<&Map<String, Value>>) -> Result<bool, Refused> {
    let Some(order_by) = order_by else { return Ok(false) };
    let oldest_first = match order_by {
        "MediaMetadata.creation_time" => true,
        "MediaMetadata.creation_time desc" => false,
        _ => return Err(Refused::invalid("Invalid order by field.")),
    };
    let allowed = ["dateFilter", "includeArchivedMedia", "excludeNonAppCreatedData"];
    let fits = filters.is_some_and(|filters| {
        filters.contains_key("dateFilter") && filters.keys().all(|name| allowed.contains(&name.as_str()))
    });
    if fits { Ok(oldest_first) } else { Err(Refused::invalid("Order by can only be used with a date filter.")) }
}

fn query_fingerprint(sandbox: &Sandbox, caller: &Caller, method: &str, request: &str) -> u64 {
    fingerprint(
        mix(sandbox.seed(), fingerprint(0, caller.project.as_bytes())),
        format!("{method} {request}").as_bytes(),
    )
}

fn page(
    sandbox: &Sandbox,
    caller: &Caller,
    query: &Query,
    size: usize,
    token: Option<&str>,
    now_ms: i64,
) -> Result<Value, Refused> {
    let cursor = match token {
        None => Cursor { after: None, turn: 0 },
        Some(token) => Cursor::open(sandbox, query, token)
            .ok_or_else(|| Refused::invalid("Request contains an invalid page token."))?,
    };
    let size = cut_short(sandbox, query, cursor, size);
    let mut found = collect(sandbox, caller, query, cursor.after, size + 1, now_ms);
    let more = found.len() > size;
    found.truncate(size);
    let mut reply = json!({});
    if !found.is_empty() {
        let items = found.iter().map(|(_, item)| items::write(sandbox, caller, item, now_ms)).collect();
        reply["mediaItems"] = Value::Array(items);
    }
    // Google: mediaItems.search, nextPageToken: "Its presence is the only reliable indicator of more media items".
    if more {
        let next = Cursor { after: found.last().map(|(key, _)| *key).or(cursor.after), turn: cursor.turn + 1 };
        reply["nextPageToken"] = Value::from(next.seal(sandbox, query));
    }
    Ok(reply)
}

/// How many items this page really holds: now and then fewer than asked for, rarely none at all (Google:
/// mediaItems.search, pageSize: "Fewer media items might be returned than the specified number").
fn cut_short(sandbox: &Sandbox, query: &Query, cursor: Cursor, size: usize) -> usize {
    let mut chance = Chance::new(mix(mix(sandbox.seed(), query.fingerprint), u64::from(cursor.turn)));
    let odd = cursor.turn % 2 == 1;
    match chance.part() {
        // Never twice in a row, so that every second page brings something.
        part if part < 0.06 && odd => 0,
        part if part < 0.18 && cursor.turn > 0 => 1 + chance.range(0..size as u32) as usize,
        _ => size,
    }
    .min(size)
}

impl Cursor {
    fn seal(self, sandbox: &Sandbox, query: &Query) -> String {
        let mut plain = query.fingerprint.to_le_bytes().to_vec();
        plain.extend(self.turn.to_le_bytes());
        if let Some((taken_s, rank)) = self.after {
            plain.extend(taken_s.to_le_bytes());
            plain.extend(rank.to_le_bytes());
        }
        ids::seal(sandbox.seed(), Purpose::PageToken, &plain)
    }

    fn open(sandbox: &Sandbox, query: &Query, token: &str) -> Option<Self> {
        let plain = ids::open(sandbox.seed(), Purpose::PageToken, token)?;
        let (of_query, rest) = plain.split_first_chunk::<8>()?;
        let (turn, rest) = rest.split_first_chunk::<4>()?;
        if u64::from_le_bytes(*of_query) != query.fingerprint {
            return None;
        }
        let after = match rest.split_first_chunk::<8>() {
            None => None,
            Some((taken_s, rank)) => {
                Some((i64::from_le_bytes(*taken_s), u64::from_le_bytes(rank.first_chunk::<8>().copied()?)))
            }
        };
        Some(Self { after, turn: u32::from_le_bytes(*turn) })
    }
}

/// Up to `most` items after `after`, in the query's order.
fn collect(
    sandbox: &Sandbox,
    caller: &Caller,
    query: &Query,
    after: Option<Key>,
    most: usize,
    now_ms: i64,
) -> Vec<(Key, Item)> {
    let mut found = Vec::new();
    for day in days(sandbox, caller, query, after) {
        let mut of_day = items_of_day(sandbox, caller, query, day, now_ms);
        of_day.retain(|(key, _)| match after {
            None => true,
            Some(after) if query.oldest_first => *key > after,
            Some(after) => *key < after,
        });
        of_day.sort_by_key(|(key, _)| *key);
        if !query.oldest_first {
            of_day.reverse();
        }
        found.extend(of_day);
        if found.len() >= most {
            found.truncate(most);
            break;
        }
    }
    found
}

/// The days on which there may be something, in the query's order.
fn days(sandbox: &Sandbox, caller: &Caller, query: &Query, after: Option<Key>) -> Vec<Day> {
    let shelf = &sandbox.shelf;
    let mut days: Vec<i32> = (shelf.life.first.0..=shelf.life.last.0)
        .filter(|day| caller.project == sandbox.settings.library_project() && !shelf.of_day(Day(*day)).is_empty())
        .collect();
    days.extend(sandbox.state.created.iter().map(|created| Day::of_utc_s(created.taken_s()).0));
    days.retain(|day| {
        let beyond = match after {
            None => true,
            Some((taken_s, _)) if query.oldest_first => *day >= Day::of_utc_s(taken_s).0,
            Some((taken_s, _)) => *day <= Day::of_utc_s(taken_s).0,
        };
        beyond && query.filter.holds_day(Day(*day))
    });
    days.sort_unstable();
    days.dedup();
    if !query.oldest_first {
        days.reverse();
    }
    days.into_iter().map(Day).collect()
}

fn items_of_day(sandbox: &Sandbox, caller: &Caller, query: &Query, day: Day, now_ms: i64) -> Vec<(Key, Item)> {
    let mut found = Vec::new();
    // Google: apply filters: media items with a date in the future do not appear in filtered searches.
    let too_late = |taken_s: i64| query.filter.any && taken_s.saturating_mul(1000) > now_ms;
    let of_library = caller.project == sandbox.settings.library_project();
    let album = query.album.map(|album| &sandbox.albums[album]);
    if of_library && album.is_none_or(|album| album.holds_any(&sandbox.shelf.of_day(day))) {
        for item in sandbox.shelf.items_of_day(day) {
            if album.is_none_or(|album| album.holds(item.index)) && query.filter.holds(&item) && !too_late(item.taken_s)
            {
                found.push(((item.taken_s, u64::from(item.index)), Item::Shelf(item)));
            }
        }
    }
    for (number, created) in sandbox.state.created.iter().enumerate() {
        let video = if sniff::is_video(&created.mime_type) { Video::Yes } else { Video::No };
        // Google: mediaItems.search, DateFilter: what was uploaded without a date of capture is never returned.
        let dated = query.filter.days.is_none() || created.captured_s.is_some();
        let wanted = created.project == caller.project
            && Day::of_utc_s(created.taken_s()) == day
            && dated
            && query.album.is_none_or(|album| created.album == Some(album))
            && query.filter.holds_upload(video)
            && !too_late(created.taken_s());
        if wanted {
            let item = Item::Created(number);
            found.push(((created.taken_s(), item.rank()), item));
        }
    }
    found
}
