//! `mediaItems:search`: the items of some days, page by page.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::photo::{Day, DayRange, MediaItem};
use crate::ports::{Reply, Request};

use super::item::{WireItem, label, read_item};
use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded, unreadable};
use super::scan::scan_page;
use crate::lenient::{Object, Scalar};

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
#[inline(never)] // Its caller is made for its size.
pub fn parse_search(reply: &Reply) -> Result<SearchPage, Refusal> {
    if !succeeded(reply) {
        return Err(classify(reply));
    }
    let mut read = SearchPage { items: Vec::with_capacity(PAGE_SIZE as usize), ..SearchPage::default() };
    let mut position = 0;
    let rest = scan_page(&reply.body, |item| {
        position += 1;
        read.items.extend(read_item(item, position, &mut read.problems));
    });
    match rest {
        Some(rest) => finish(reply, read, rest.next_page_token, rest.has_error),
        None => parse_as_a_whole(reply),
    }
}

/// The careful way, for pages that are not of the form that Google writes.
fn parse_as_a_whole(reply: &Reply) -> Result<SearchPage, Refusal> {
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

/// Slower still, for a page with an item that no reader can make sense of: invalid UTF-8, half a surrogate pair, a
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Body, Method};
    use proptest::prelude::*;

    fn reply(status: u16, body: impl AsRef<[u8]>) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_ref().to_vec() }
    }

    fn body(request: &Request) -> serde_json::Value {
        let Body::Bytes(bytes) = &request.body else { panic!("a search has a body") };
        serde_json::from_slice(bytes).unwrap()
    }

    fn days(first: &str, last: &str) -> Option<DayRange> {
        Some(DayRange { first: Day::parse_iso(first).unwrap(), last: Day::parse_iso(last).unwrap() })
    }

    fn ids(page: &SearchPage) -> Vec<&str> {
        page.items.iter().map(|item| item.id.as_str()).collect()
    }

    #[test]
    fn a_search_says_its_filters_and_leaves_out_what_is_not_asked() {
        let request = search_request("ya29.x", &SearchQuery::default(), None);
        assert_eq!(
            (request.method, request.url.as_str()),
            (Method::Post, "https://photoslibrary.googleapis.com/v1/mediaItems:search",)
        );
        assert!(request.headers.contains(&("authorization".into(), "Bearer ya29.x".into())));
        assert!(request.headers.contains(&("content-type".into(), "application/json".into())));
        assert_eq!(body(&request), serde_json::json!({"pageSize": 100}));

        let query = SearchQuery { days: days("2020-02-29", "2021-12-31"), media: MediaType::Videos };
        assert_eq!(
            body(&search_request("t", &query, Some("pt\"1"))),
            serde_json::json!({
            "pageSize": 100, "pageToken": "pt\"1",
            "filters": {
                "dateFilter": {"ranges": [{"startDate": {"year": 2020, "month": 2, "day": 29},
                                           "endDate": {"year": 2021, "month": 12, "day": 31}}]},
                "mediaTypeFilter": {"mediaTypes": ["VIDEO"]}}})
        );
        let photos = SearchQuery { days: None, media: MediaType::Photos };
        let filters = serde_json::json!({"mediaTypeFilter": {"mediaTypes": ["PHOTO"]}});
        assert_eq!(body(&search_request("t", &photos, None))["filters"], filters);
    }

    #[test]
    fn days_the_wrong_way_round_are_turned_and_years_stay_within_googles() {
        let ranges = |days| {
            body(&search_request("t", &SearchQuery { days, media: MediaType::All }, None))["filters"]
            ["dateFilter"]["ranges"][0]
            .clone()
        };
        assert_eq!(ranges(days("2021-01-02", "2020-01-01")), ranges(days("2020-01-01", "2021-01-02")));
        let all = ranges(Some(DayRange { first: Day(i32::MIN / 4), last: Day(i32::MAX / 4) }));
        assert_eq!(all["startDate"], serde_json::json!({"year": 1, "month": 1, "day": 1}));
        assert_eq!(all["endDate"], serde_json::json!({"year": 9999, "month": 12, "day": 31}));
    }

    #[test]
    fn short_and_empty_pages_are_pages() {
        for empty in ["{}", r#"{"mediaItems":[]}"#, r#"{"mediaItems":null,"nextPageToken":null}"#, " {\n} "] {
            assert_eq!(parse_search(&reply(200, empty)), Ok(SearchPage::default()), "{empty}");
        }
        let more = parse_search(&reply(200, r#"{"nextPageToken":"n"}"#)).unwrap();
        assert_eq!(more.next_page_token.as_deref(), Some("n"));
        let last = parse_search(&reply(200, r#"{"nextPageToken":"","mediaItems":[{"id":"a"}]}"#)).unwrap();
        assert_eq!((last.next_page_token.as_deref(), ids(&last)), (None, vec!["a"]));
    }

    #[test]
    fn a_page_as_google_writes_it_goes_the_quick_way() {
        let page = r#"{
          "mediaItems": [{"id": "a", "description": "a \"b\"", "contributorInfo": {"displayName": "x", "of": [1, null]},
            "mediaMetadata": {"width": "7", "video": {"fps": 29.97, "status": "READY"}}}, {"id": "b"}],
          "nextPageToken": "n"
        }"#;
        let mut ids = Vec::new();
        let rest =
            scan_page(page.as_bytes(), |item| ids.extend(read_item(item, 1, &mut Vec::new()).map(|item| item.id)));
        assert_eq!(rest.map(|rest| rest.has_error), Some(false));
        assert_eq!(ids, ["a", "b"]);
    }

    #[test]
    fn one_item_that_no_reader_understands_costs_only_itself() {
        let odd: [&[u8]; 4] = [
            br#"{"id":"bad","description":"half a pair \ud83d"}"#,
            br#"{"id":"bad","mediaMetadata":{"width":1e999}}"#,
            br#"{"id":"bad","filename":"a","filename":"b"}"#,
            br#"{"filename":"a","mediaMetadata":{"height":-1e999},"id":"bad"}"#,
        ];
        for odd in odd {
            let page = [br#"{"mediaItems":[{"id":"a"},"#, odd, br#",{"id":"z"}],"nextPageToken":"n"}"#].concat();
            let page = parse_search(&reply(200, page)).unwrap();
            assert_eq!(ids(&page), ["a", "z"]);
            assert_eq!(page.next_page_token.as_deref(), Some("n"));
            assert!(page.problems.contains(&"item bad: it could not be read".to_owned()), "{:?}", page.problems);
        }
        let nameless = r#"{"mediaItems":[{"description":"\ud83d"}]}"#;
        let page = parse_search(&reply(200, nameless)).unwrap();
        assert_eq!(page.problems, ["item 1 of the page: it could not be read"]);
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_shown_as_replacement_characters() {
        let page = b"{\"mediaItems\":[{\"id\":\"a\",\"description\":\"caf\xe9\",\"mediaMetadata\":{}}]}";
        let page = parse_search(&reply(200, page)).unwrap();
        assert_eq!((page.items[0].description.as_str(), page.problems.len()), ("caf\u{fffd}", 0));
    }

    #[test]
    fn an_error_is_an_error_whatever_the_status() {
        let denied = r#"{"error":{"code":401,"message":"m","status":"UNAUTHENTICATED"}}"#;
        assert_eq!(parse_search(&reply(401, denied)), Err(Refusal::TokenDead));
        assert_eq!(parse_search(&reply(200, denied)), Err(Refusal::TokenDead));
        let both = r#"{"mediaItems":[{"id":"a"}],"error":{"code":503}}"#;
        assert_eq!(parse_search(&reply(200, both)), Err(Refusal::Wait { wait_ms: None, busy: true }));
    }

    #[test]
    fn what_is_no_page_is_unreadable() {
        for body in [
            "",
            "<html></html>",
            "null",
            "[]",
            "[{}]",
            "\"x\"",
            r#"{"mediaItems":[{"id":"a"}"#,
            r#"{"mediaItems":{}}"#,
            r#"{"mediaItems":"x"}"#,
            r#"{"nextPageToken":7}"#,
            r#"{"nextPageToken":{}}"#,
            "{}{}",
        ] {
            let read = parse_search(&reply(200, body));
            assert!(matches!(read, Err(Refusal::Unreadable { .. })), "{body}: {read:?}");
        }
    }

    #[test]
    fn deep_and_large_json_is_read_or_refused_without_harm() {
        let deep = format!(r#"{{"mediaItems":[{{"id":"a","x":{}{}}}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(ids(&parse_search(&reply(200, deep)).unwrap()), ["a"]);
        let deep = format!(r#"{{"mediaItems":{}"#, r#"[{"mediaMetadata":"#.repeat(100_000));
        assert!(parse_search(&reply(200, deep)).is_err());
        let many = vec![r#"{"id":"a"}"#; 10_000].join(",");
        assert_eq!(parse_search(&reply(200, format!(r#"{{"mediaItems":[{many}]}}"#))).unwrap().items.len(), 10_000);
    }

    /// A value where a search page has one, mostly of the kind that Google writes there.
    fn any_value() -> impl Strategy<Value = String> {
        let text = prop_oneof![
            10 => "[ -!#-\\[\\]-~é写]{0,20}".prop_map(|text| format!("\"{text}\"")),
            2 => Just(r#""2020-01-01T00:00:00Z""#.to_owned()),
            2 => Just(r#""a\u00e9\n\"b\\""#.to_owned()),
            1 => Just(r#""\ud83d""#.to_owned()),
            1 => Just("\"a\tb\"".to_owned()),
        ];
        let number = prop_oneof![
            any::<i64>().prop_map(|number| number.to_string()),
            any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(|number| format!("{number:e}")),
            Just("007".to_owned()),
            Just("1e999".to_owned()),
        ];
        let odd =
            prop::sample::select(vec!["null", "true", "[]", "{}", "[1, {\"a\" : [\"x\"]}]", "nul", "{\"a\":1,}", ""]);
        prop_oneof![20 => text, 4 => number, 2 => odd.prop_map(str::to_owned)]
    }

    fn any_object(names: &'static [&'static str], odd: &'static str) -> impl Strategy<Value = String> {
        let name = prop_oneof![30 => prop::sample::select(names), 1 => Just("tomorrow"), 1 => Just(odd)];
        let space = prop::sample::select(vec!["", " ", "\n\t"]);
        prop::collection::btree_map(name, (any_value(), space), 0..8).prop_map(|fields| {
            let field = |(name, (value, space)): (&str, (String, &str))| {
                format!("{space}\"{name}\"{space}:{space}{value}{space}")
            };
            format!("{{{}}}", fields.into_iter().map(field).collect::<Vec<_>>().join(","))
        })
    }

    fn any_item() -> impl Strategy<Value = String> {
        let item = any_object(&["description", "productUrl", "baseUrl", "mimeType", "filename"], "contributor Info");
        let metadata = any_object(&["creationTime", "width", "height"], "photo");
        let capture = any_object(
            &["cameraMake", "cameraModel", "focalLength", "apertureFNumber", "isoEquivalent", "exposureTime", "fps"],
            "status",
        );
        let join = |outer: String, name: &str, inner: &str| match outer.strip_suffix("{}") {
            Some(_) => format!("{{\"{name}\":{inner}}}"),
            None => outer.replacen('{', &format!("{{\"{name}\":{inner},"), 1),
        };
        (item, metadata, capture, prop::sample::select(vec!["photo", "video", "neither"])).prop_map(
            move |(item, metadata, capture, kind)| {
                let metadata = join(metadata, kind, &capture);
                join(join(item, "mediaMetadata", &metadata), "id", "\"a\"")
            },
        )
    }

    proptest! {
        #[test]
        fn the_quick_way_says_what_the_careful_way_says(
            items in prop::collection::vec(any_item(), 0..4),
            token in any_value(),
            damage in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
        ) {
            let mut page = format!(r#"{{"mediaItems":[{}],"nextPageToken":{token}}}"#, items.join(",")).into_bytes();
            if let Some((at, byte)) = damage {
                let at = at.index(page.len());
                page[at] = byte;
            }
            let reply = reply(200, page);
            prop_assert_eq!(parse_search(&reply), parse_as_a_whole(&reply));
        }

        #[test]
        fn any_bytes_are_read_without_panic(status in 0u16..600, body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_search(&reply(status, body));
        }

        #[test]
        fn a_damaged_page_is_read_without_panic(at in 0usize..200, byte: u8, cut in 0usize..200) {
            let mut page = br#"{"mediaItems":[{"id":"a","filename":"x","mediaMetadata":{"width":"7","height":8,
                "creationTime":"2020-01-01T00:00:00Z","photo":{"isoEquivalent":1}}},{"id":"b"}],"nextPageToken":"n"}"#
                .to_vec();
            let length = page.len();
            page[at.min(length - 1)] = byte;
            page.truncate(length - cut.min(length));
            let _ = parse_search(&reply(200, page));
        }

        #[test]
        fn page_tokens_survive_the_way_out_and_back(token in "\\PC{1,40}") {
            let request = search_request("t", &SearchQuery::default(), Some(&token));
            let body = body(&request);
            prop_assert_eq!(body["pageToken"].as_str(), Some(token.as_str()));
            let page = serde_json::json!({"nextPageToken": token}).to_string();
            prop_assert_eq!(parse_search(&reply(200, page)).unwrap().next_page_token, Some(token));
        }
    }
}
