//! `mediaItems:search`: the items of some days, page by page.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::photo::{Day, DayRange, MediaItem};
use crate::ports::{Reply, Request};

use super::item::{WireItem, label, read_item};
use super::lenient::{Object, Scalar};
use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded, unreadable};

/// Items a page (Google: Library API, mediaItems.search: pageSize max 100).
pub const PAGE_SIZE: u32 = 100;

/// Which media items to search for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Days of capture, in the person's own time as Google knows it; `None` is all of them. With days, items without a
    /// capture date are not found (Google: Library API, dateFilter).
    pub days: Option<DayRange>,
    pub media: MediaType,
}

/// Google's `mediaTypeFilter`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MediaType {
    #[default]
    All,
    Photos,
    Videos,
}

/// One page of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchPage {
    /// May be fewer than a page holds, even none, before the last page.
    pub items: Vec<MediaItem>,
    /// The only sign that there is more (Google: Library API, mediaItems.search).
    pub next_page_token: Option<String>,
    /// What could not be read, a fragment of a sentence each: `item AB…: creationTime “x” is no date`.
    pub problems: Vec<String>,
}

/// Asks for the page after `page_token`, or the first; all pages of a search must be asked with the same `query`.
pub fn search_request(access_token: &str, query: &SearchQuery, page_token: Option<&str>) -> Request {
    let filters = Filters {
        date_filter: query.days.map(|days| DateFilter { ranges: [WireRange::of(days)] }),
        media_type_filter: match query.media {
            MediaType::All => None,
            MediaType::Photos => Some(MediaTypeFilter { media_types: ["PHOTO"] }),
            MediaType::Videos => Some(MediaTypeFilter { media_types: ["VIDEO"] }),
        },
    };
    let unfiltered = filters.date_filter.is_none() && filters.media_type_filter.is_none();
    let body = SearchBody { page_size: PAGE_SIZE, page_token, filters: (!unfiltered).then_some(filters) };
    let body = serde_json::to_vec(&body).expect("numbers and texts always serialise");
    let url = format!("{}/v1/mediaItems:search", super::LIBRARY);
    Request::post(url, "application/json", body).bearer(access_token)
}

/// Reads a page.
///
/// # Errors
/// Any reply that is not a page, as a [`Refusal`]. One item that cannot be read is a problem, not an error.
pub fn parse_search(reply: &Reply) -> Result<SearchPage, Refusal> {
    if !succeeded(reply) {
        return Err(classify(reply));
    }
    match serde_json::from_slice::<Object<WirePage<'_>>>(&reply.body) {
        Ok(Object::Read(page)) => {
            let items = page.media_items.unwrap_or_default();
            let mut read = SearchPage { items: Vec::with_capacity(items.len()), ..SearchPage::default() };
            for (index, item) in items.into_iter().enumerate() {
                read.items.extend(read_item(item, index + 1, &mut read.problems));
            }
            finish(reply, read, page.next_page_token, page.error.is_some())
        }
        Ok(Object::Missing | Object::Odd) => Err(unreadable(reply)),
        Err(_) => parse_item_by_item(reply),
    }
}

/// The slow way, for a page with an item that no reader can make sense of: invalid UTF-8, half a surrogate pair, a
/// number beyond all numbers, a field said twice.
fn parse_item_by_item(reply: &Reply) -> Result<SearchPage, Refusal> {
    let text = String::from_utf8_lossy(&reply.body);
    let page: RawPage<'_> = read_object(reply, text.as_bytes())?;
    let mut read = SearchPage::default();
    for (index, raw) in page.media_items.unwrap_or_default().into_iter().enumerate() {
        match serde_json::from_str::<Object<WireItem<'_>>>(raw.get()) {
            Ok(item) => read.items.extend(read_item(item, index + 1, &mut read.problems)),
            Err(_) => {
                let name = match serde_json::from_str(raw.get()) {
                    Ok(OnlyId { id: Scalar::Text(id) }) => label(&id),
                    _ => format!("item {} of the page", index + 1),
                };
                read.problems.push(format!("{name}: it could not be read"));
            }
        }
    }
    finish(reply, read, page.next_page_token, page.error.is_some())
}

fn finish(reply: &Reply, mut read: SearchPage, token: Scalar<'_>, has_error: bool) -> Result<SearchPage, Refusal> {
    if has_error {
        return Err(classify(reply));
    }
    read.next_page_token = match token {
        Scalar::Missing => None,
        Scalar::Text(token) => Some(token.into_owned()).filter(|token| !token.is_empty()),
        // Going on without it would silently end the search.
        _ => return Err(Refusal::Unreadable { what: "nextPageToken is no text".into() }),
    };
    Ok(read)
}

/// SearchMediaItemsRequest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SearchBody<'a> {
    page_size: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filters: Option<Filters>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Filters {
    #[serde(skip_serializing_if = "Option::is_none")]
    date_filter: Option<DateFilter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type_filter: Option<MediaTypeFilter>,
}

#[derive(Serialize)]
struct DateFilter {
    ranges: [WireRange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MediaTypeFilter {
    media_types: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireRange {
    start_date: WireDate,
    end_date: WireDate,
}

#[derive(Serialize)]
struct WireDate {
    year: i32,
    month: u32,
    day: u32,
}

impl WireRange {
    /// Both days included, the earlier first.
    fn of(days: DayRange) -> Self {
        let (first, last) = (days.first.min(days.last), days.first.max(days.last));
        Self { start_date: WireDate::of(first), end_date: WireDate::of(last) }
    }
}

impl WireDate {
    /// Years 1 to 9999 (Google: google.type.Date); days beyond are drawn to the nearest of them.
    fn of(day: Day) -> Self {
        match day.ymd() {
            (..1, _, _) => Self { year: 1, month: 1, day: 1 },
            (10_000.., _, _) => Self { year: 9999, month: 12, day: 31 },
            (year, month, day) => Self { year, month, day },
        }
    }
}

/// SearchMediaItemsResponse.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WirePage<'a> {
    #[serde(borrow)]
    media_items: Option<Vec<Object<WireItem<'a>>>>,
    #[serde(borrow)]
    next_page_token: Scalar<'a>,
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct RawPage<'a> {
    #[serde(borrow)]
    media_items: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    next_page_token: Scalar<'a>,
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct OnlyId<'a> {
    #[serde(borrow)]
    id: Scalar<'a>,
}
