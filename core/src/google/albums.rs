//! `albums` and what is in them: since 31 March 2025 those that the app itself made, and no others.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::photo::{Album, AlbumSource};
use crate::ports::{Reply, Request};

use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded, unreadable};
use super::search::PAGE_SIZE;
use crate::lenient::{Object, Scalar, shortened};

/// Albums a page (Google: Library API, albums.list: pageSize max 50).
pub const ALBUMS_PAGE_SIZE: u32 = 50;

/// Longest title, in characters (Google: Library API, Album: title "shouldn't be more than 500 characters").
const LONGEST_TITLE: usize = 500;

/// One page of the list of albums.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlbumPage {
    /// May be fewer than a page holds, even none, before the last page.
    pub albums: Vec<Album>,
    /// The only sign that there is more.
    pub next_page_token: Option<String>,
    /// What could not be read, a fragment of a sentence each: `album AB…: mediaItemsCount “x” is no number`.
    pub problems: Vec<String>,
}

/// Asks for the page of the list of albums after `page_token`, or the first.
pub fn albums_request(access_token: &str, page_token: Option<&str>) -> Request {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("pageSize", &ALBUMS_PAGE_SIZE.to_string());
    if let Some(token) = page_token {
        query.append_pair("pageToken", token);
    }
    Request::get(format!("{}/v1/albums?{}", super::LIBRARY, query.finish())).bearer(access_token)
}

/// Asks for the page of an album's media items after `page_token`, or the first. The reply is that of any search:
/// [`parse_search`](super::search::parse_search) reads it.
pub fn members_request(access_token: &str, album_id: &str, page_token: Option<&str>) -> Request {
    // Google: mediaItems.search, albumId: "Can't set in conjunction with any filters."
    let body = MembersBody { album_id, page_size: PAGE_SIZE, page_token };
    let body = serde_json::to_vec(&body).expect("numbers and texts always serialise");
    let url = format!("{}/v1/mediaItems:search", super::LIBRARY);
    Request::post(url, "application/json", body).bearer(access_token)
}

/// Reads a page of the list.
///
/// # Errors
/// Any reply that is not such a page, as a [`Refusal`]. One album that cannot be read is a problem, not an error.
pub fn parse_albums(reply: &Reply) -> Result<AlbumPage, Refusal> {
    if !succeeded(reply) {
        return Err(classify(reply));
    }
    // Albums are few: each is read by itself, so that one that no reader can make sense of costs only itself.
    let text = String::from_utf8_lossy(&reply.body);
    let wire: WirePage<'_> = read_object(reply, text.as_bytes())?;
    if wire.error.is_some() {
        return Err(classify(reply));
    }
    let mut page = AlbumPage::default();
    for (index, raw) in wire.albums.unwrap_or_default().into_iter().enumerate() {
        match serde_json::from_str::<Object<WireAlbum<'_>>>(raw.get()) {
            Ok(Object::Read(album)) => page.albums.extend(read_album(album, index + 1, &mut page.problems)),
            Ok(Object::Missing | Object::Odd) => {
                page.problems.push(format!("album {} of the page: it is no object", index + 1));
            }
            Err(_) => page.problems.push(format!("album {} of the page: it could not be read", index + 1)),
        }
    }
    page.next_page_token = match wire.next_page_token {
        Scalar::Missing => None,
        Scalar::Text(token) => Some(token.into_owned()).filter(|token| !token.is_empty()),
        // Going on without it would silently end the list, and what is not listed is taken away.
        _ => return Err(unreadable(reply)),
    };
    Ok(page)
}

fn read_album(wire: WireAlbum<'_>, position: usize, problems: &mut Vec<String>) -> Option<Album> {
    let id = match wire.id {
        Scalar::Text(id) if !id.is_empty() => id.into_owned(),
        Scalar::Text(_) | Scalar::Missing => {
            problems.push(format!("album {position} of the page: it has no id"));
            return None;
        }
        other => {
            problems.push(format!("album {position} of the page: its id “{}” is no text", other.shown()));
            return None;
        }
    };
    let label = format!("album {}", shortened(&id, 16));
    let mut note = |words: String| problems.push(format!("{label}: {words}"));
    let title = text("title", wire.title, &mut note);
    let title = if title.chars().count() > LONGEST_TITLE {
        note(format!("its title is longer than {LONGEST_TITLE} characters, and was cut"));
        shortened(&title, LONGEST_TITLE)
    } else {
        title
    };
    let mut product_url = text("productUrl", wire.product_url, &mut note);
    if !product_url.is_empty() && !product_url.starts_with("https://photos.google.com/") {
        note(format!("productUrl “{}” does not lead to Google Photos", shortened(&product_url, 40)));
        product_url.clear();
    }
    let cover_id = text("coverPhotoMediaItemId", wire.cover_photo_media_item_id, &mut note);
    let count = match &wire.media_items_count {
        // An album of which no number is told is empty (protobuf: JSON mapping, default values).
        Scalar::Missing => 0,
        other => {
            let number = match other {
                Scalar::Text(text) => text.parse().ok(),
                Scalar::Whole(number) => u32::try_from(*number).ok(),
                _ => None,
            };
            number.unwrap_or_else(|| {
                note(format!("mediaItemsCount “{}” is no number of items", other.shown()));
                0
            })
        }
    };
    Some(Album { source: AlbumSource::Library, id, title, product_url, cover_id, count })
}

fn text(field: &str, value: Scalar<'_>, note: &mut impl FnMut(String)) -> String {
    match value {
        Scalar::Text(text) => text.into_owned(),
        Scalar::Missing => String::new(),
        other => {
            note(format!("{field} “{}” is no text", other.shown()));
            String::new()
        }
    }
}

/// SearchMediaItemsRequest for an album.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MembersBody<'a> {
    album_id: &'a str,
    page_size: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_token: Option<&'a str>,
}

/// ListAlbumsResponse.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WirePage<'a> {
    #[serde(borrow)]
    albums: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    next_page_token: Scalar<'a>,
    error: Option<serde::de::IgnoredAny>,
}

/// Album (Google: Library API, resource albums). A number of items is int64 and so written as a text.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireAlbum<'a> {
    #[serde(borrow)]
    id: Scalar<'a>,
    #[serde(borrow)]
    title: Scalar<'a>,
    #[serde(borrow)]
    product_url: Scalar<'a>,
    #[serde(borrow)]
    media_items_count: Scalar<'a>,
    #[serde(borrow)]
    cover_photo_media_item_id: Scalar<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Body, Method};
    use proptest::prelude::*;

    fn reply(status: u16, body: impl AsRef<[u8]>) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_ref().to_vec() }
    }

    fn titles(page: &AlbumPage) -> Vec<&str> {
        page.albums.iter().map(|album| album.title.as_str()).collect()
    }

    #[test]
    fn a_list_and_an_albums_items_are_asked_for_as_google_wants() {
        let request = albums_request("t", None);
        assert_eq!(
            (request.method, request.url.as_str()),
            (Method::Get, "https://photoslibrary.googleapis.com/v1/albums?pageSize=50")
        );
        assert!(request.headers.contains(&("authorization".into(), "Bearer t".into())));
        assert!(albums_request("t", Some("a&b=ü")).url.ends_with("&pageToken=a%26b%3D%C3%BC"));
        let request = members_request("t", "AB", Some("n"));
        let Body::Bytes(body) = &request.body else { panic!("a search has a body") };
        let body: serde_json::Value = serde_json::from_slice(body).unwrap();
        assert_eq!(body, serde_json::json!({ "albumId": "AB", "pageSize": 100, "pageToken": "n" }));
        assert!(request.url.ends_with("/v1/mediaItems:search"));
    }

    #[test]
    fn titles_of_any_script_are_read_and_what_is_not_told_is_empty() {
        let page = r#"{"albums":[
            {"id":"a","title":"البحر 🌊","productUrl":"https://photos.google.com/lr/album/a","mediaItemsCount":"12",
             "coverPhotoMediaItemId":"m","coverPhotoBaseUrl":"https://lh3.googleusercontent.com/x","isWriteable":true},
            {"id":"b"}],"nextPageToken":"n"}"#;
        let page = parse_albums(&reply(200, page)).unwrap();
        assert_eq!((titles(&page), page.next_page_token.as_deref()), (vec!["البحر 🌊", ""], Some("n")));
        assert_eq!((page.albums[0].count, page.albums[0].cover_id.as_str()), (12, "m"));
        assert_eq!(page.albums[1], Album { id: "b".into(), ..Album::default() });
        assert_eq!(page.problems, Vec::<String>::new());
        for empty in ["{}", r#"{"albums":[]}"#, r#"{"albums":null,"nextPageToken":""}"#] {
            assert_eq!(parse_albums(&reply(200, empty)), Ok(AlbumPage::default()), "{empty}");
        }
    }

    #[test]
    fn one_album_that_cannot_be_read_costs_only_itself_and_is_named() {
        let page = br#"{"albums":[{"id":"a","title":"A"},7,null,{"title":"x"},{"id":["x"]},{"id":"\ud83d"},{"id":""},
            {"id":"c","title":"\ud83d"},{"id":"d","title":"d","title":"e"},{"id":"z","title":"caf\xe9"}]}"#;
        // A byte that is no UTF-8.
        let at = page.windows(4).position(|bytes| bytes == br"\xe9").unwrap();
        let page = [&page[..at], b"\xe9", &page[at + 4..]].concat();
        let page = parse_albums(&reply(200, page)).unwrap();
        assert_eq!(titles(&page), ["A", "caf\u{fffd}"]);
        assert_eq!(page.problems.len(), 8, "{:?}", page.problems);
        let odd = format!(
            r#"{{"albums":[{{"id":"a","title":[1],"productUrl":"https://evil.example/","mediaItemsCount":"-1",
                "coverPhotoMediaItemId":{{}}}},{{"id":"b","title":"{}","mediaItemsCount":3}}]}}"#,
            "x".repeat(501)
        );
        let page = parse_albums(&reply(200, odd)).unwrap();
        assert_eq!(page.albums[0], Album { id: "a".into(), ..Album::default() });
        assert_eq!((page.albums[1].title.chars().count(), page.albums[1].count), (501, 3));
        assert_eq!(page.problems.len(), 5, "{:?}", page.problems);
    }

    #[test]
    fn what_is_no_list_is_a_refusal() {
        for body in ["", "<html>", "null", "[]", r#"{"albums":{}}"#, r#"{"nextPageToken":7}"#, r#"{"albums":[{]}"#] {
            assert!(matches!(parse_albums(&reply(200, body)), Err(Refusal::Unreadable { .. })), "{body}");
        }
        let denied = r#"{"error":{"code":401,"message":"m","status":"UNAUTHENTICATED"}}"#;
        assert_eq!(parse_albums(&reply(401, denied)), Err(Refusal::TokenDead));
        assert_eq!(parse_albums(&reply(200, denied)), Err(Refusal::TokenDead));
        let deep = format!(r#"{{"albums":[{{"id":"a","x":{}{}}}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let _ = parse_albums(&reply(200, deep));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(status in 0u16..600, body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_albums(&reply(status, body));
        }

        #[test]
        fn a_damaged_page_is_read_without_panic(at in 0usize..120, byte: u8, cut in 0usize..120) {
            let mut page = br#"{"albums":[{"id":"a","title":"x","mediaItemsCount":"7","productUrl":"https://photos.google.com/"},{"id":"b"}],"nextPageToken":"n"}"#.to_vec();
            let length = page.len();
            page[at.min(length - 1)] = byte;
            page.truncate(length - cut.min(length));
            let _ = parse_albums(&reply(200, page));
        }
    }
}
