//! `mediaItems.patch`: the one thing that an app may change about a media item, its description.

use serde::{Deserialize, Serialize};

use crate::photo::MediaItem;
use crate::ports::{Method, Reply, Request};

use super::item::{WireItem, read_item};
use super::percent::percent_encoded;
use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded, unreadable};
use crate::lenient::Object;

/// The most characters of a description (Google: Library API, MediaItem: "Must be shorter than 1000 characters").
pub const LONGEST_DESCRIPTION: usize = 999;

/// Asks for another description of a media item that this app has made: at most [`LONGEST_DESCRIPTION`] characters,
/// empty for none (Google: Library API, mediaItems.patch: `description` is the only valid value of the mask).
pub fn edit_description_request(access_token: &str, id: &str, description: &str) -> Request {
    let body = serde_json::to_vec(&WireBody { description }).expect("texts always serialise");
    let url = format!("{}/v1/mediaItems/{}?updateMask=description", super::LIBRARY, percent_encoded(id));
    Request { method: Method::Patch, ..Request::post(url, "application/json", body) }.bearer(access_token)
}

/// The media item as it is now.
///
/// # Errors
/// Any reply that is not the item of this `id`, as a [`Refusal`].
pub fn parse_edited(reply: &Reply, id: &str) -> Result<MediaItem, Refusal> {
    if !succeeded(reply) {
        return Err(classify(reply));
    }
    let probe: Probe = read_object(reply, &reply.body)?;
    let wire: WireItem<'_> = match probe.error {
        Some(_) => return Err(classify(reply)),
        None => read_object(reply, &reply.body)?,
    };
    // What else cannot be read of it was told when it was fetched.
    let item = read_item(Object::Read(wire), 1, &mut Vec::new());
    item.filter(|item| item.id == id).ok_or_else(|| unreadable(reply))
}

/// MediaItem, of which Google reads `id` and `description` alone; the address has the id.
#[derive(Serialize)]
struct WireBody<'a> {
    description: &'a str,
}

/// Whether a success is an error all the same.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Probe {
    error: Option<serde::de::IgnoredAny>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Body;
    use proptest::prelude::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    #[test]
    fn only_the_description_is_sent_and_the_mask_says_so() {
        let request = edit_description_request("t", "A-b_1", "Zwei\nZeilen");
        assert_eq!(request.method, Method::Patch);
        let expected = "https://photoslibrary.googleapis.com/v1/mediaItems/A-b_1?updateMask=description";
        assert_eq!(request.url, expected);
        assert_eq!(request.body, Body::Bytes(br#"{"description":"Zwei\nZeilen"}"#.to_vec()));
        assert!(request.headers.contains(&("authorization".into(), "Bearer t".into())));
        let hostile = edit_description_request("t", "a/../b?x#y", "").url;
        assert!(hostile.ends_with("/v1/mediaItems/a%2F..%2Fb%3Fx%23y?updateMask=description"), "{hostile}");
    }

    #[test]
    fn the_item_comes_back_as_it_is_now() {
        let body = r#"{"id":"a","description":"At the lake","filename":"IMG_1.JPG","mimeType":"image/jpeg"}"#;
        let item = parse_edited(&reply(200, body), "a").unwrap();
        assert_eq!((item.description.as_str(), item.file_name.as_str()), ("At the lake", "IMG_1.JPG"));
        assert_eq!(parse_edited(&reply(200, r#"{"id":"a"}"#), "a").unwrap().description, "");
    }

    #[test]
    fn another_item_or_none_is_not_taken_for_it() {
        for body in ["{}", r#"{"id":"b","description":"x"}"#, "[]", "null", "<html>", r#"{"id":7}"#, ""] {
            let read = parse_edited(&reply(200, body), "a");
            assert!(matches!(read, Err(Refusal::Unreadable { .. })), "{body}: {read:?}");
        }
        assert_eq!(
            parse_edited(&reply(200, r#"{"error":{"code":404,"status":"NOT_FOUND"}}"#), "a"),
            Err(Refusal::NotFound)
        );
        assert_eq!(parse_edited(&reply(401, ""), "a"), Err(Refusal::TokenDead));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(status: u16, body in "\\PC{0,200}") {
            let _ = parse_edited(&reply(status, &body), "a");
        }
    }
}
