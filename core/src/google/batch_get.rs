//! `mediaItems:batchGet`: up to fifty known items, with base URLs that live for an hour.

use std::collections::HashMap;

use serde::Deserialize;

use crate::photo::MediaItem;
use crate::ports::{Reply, Request};

use super::item::{WireItem, read_item};
use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded};
use crate::lenient::Object;

/// Ids a call (Google: Library API, mediaItems.batchGet: at most 50, none twice).
pub const MAX_IDS: usize = 50;

/// Asks for these items: 1 to [`MAX_IDS`] ids, none twice. With others Google refuses the call as a whole, so callers
/// cut longer lists with `chunks(MAX_IDS)`.
pub fn batch_get_request(access_token: &str, ids: &[&str]) -> Request {
    debug_assert!(!ids.is_empty() && ids.len() <= MAX_IDS, "callers ask for 1 to {MAX_IDS} items, not {}", ids.len());
    let mut query = form_urlencoded::Serializer::new(String::new());
    for id in ids {
        query.append_pair("mediaItemIds", id);
    }
    Request::get(format!("{}/v1/mediaItems:batchGet?{}", super::LIBRARY, query.finish())).bearer(access_token)
}

/// Each of `ids` in their order, with the item that Google gave for it; `None` where it gave none (gone, or no longer
/// to be seen by this app).
///
/// # Errors
/// Any reply that is not a list of results, as a [`Refusal`].
pub fn parse_batch_get(reply: &Reply, ids: &[&str]) -> Result<Vec<(String, Option<MediaItem>)>, Refusal> {
    if !succeeded(reply) {
        return Err(classify(reply));
    }
    let wire: WireResults<'_> = read_object(reply, &reply.body)?;
    if wire.error.is_some() {
        return Err(classify(reply));
    }
    // An unreadable field costs the picture on screen nothing, so its problem is not kept.
    let mut problems = Vec::new();
    let results = wire.media_item_results.unwrap_or_default().into_iter().enumerate();
    let mut items: HashMap<String, MediaItem> = results
        .filter_map(|(index, result)| match result {
            Object::Read(result) => read_item(result.media_item, index + 1, &mut problems),
            Object::Missing | Object::Odd => None,
        })
        .map(|item| (item.id.clone(), item))
        .collect();
    Ok(ids.iter().map(|id| ((*id).to_owned(), items.remove(*id))).collect())
}

/// BatchGetMediaItemsResponse.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireResults<'a> {
    #[serde(borrow)]
    media_item_results: Option<Vec<Object<WireResult<'a>>>>,
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireResult<'a> {
    #[serde(borrow)]
    media_item: Object<WireItem<'a>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Method;
    use proptest::prelude::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    fn given(reply: &Reply, ids: &[&str]) -> Vec<(String, bool)> {
        let items = parse_batch_get(reply, ids).unwrap();
        items.into_iter().map(|(id, item)| (id, item.is_some())).collect()
    }

    #[test]
    fn ids_go_into_the_query_one_by_one() {
        let request = batch_get_request("t", &["A-b_1", "a&b=c d"]);
        assert_eq!(request.method, Method::Get);
        let expected = "/v1/mediaItems:batchGet?mediaItemIds=A-b_1&mediaItemIds=a%26b%3Dc+d";
        assert_eq!(request.url, format!("https://photoslibrary.googleapis.com{expected}"));
    }

    #[test]
    fn every_id_gets_an_answer_in_the_order_asked() {
        let body = r#"{"mediaItemResults":[
            {"mediaItem":{"id":"c","baseUrl":"https://lh3.googleusercontent.com/c"}},
            {"status":{"code":5,"message":"NOT_FOUND"}},
            null, [], {"mediaItem":{"id":"stranger"}},
            {"mediaItem":{"id":"a"}}]}"#;
        let pairs = |list: [(&str, bool); 3]| list.map(|(id, found)| (id.to_owned(), found)).to_vec();
        let expected = pairs([("a", true), ("b", false), ("c", true)]);
        assert_eq!(given(&reply(200, body), &["a", "b", "c"]), expected);
        assert_eq!(given(&reply(200, "{}"), &["a", "b", "c"]), pairs([("a", false), ("b", false), ("c", false)]));
    }

    #[test]
    fn a_reply_that_is_no_list_of_results_is_a_refusal() {
        assert!(matches!(parse_batch_get(&reply(200, "<html>"), &["a"]), Err(Refusal::Unreadable { .. })));
        let busy = r#"{"error":{"code":503}}"#;
        assert_eq!(parse_batch_get(&reply(200, busy), &["a"]), Err(Refusal::Wait { wait_ms: None, busy: true }));
        assert_eq!(parse_batch_get(&reply(401, ""), &["a"]), Err(Refusal::TokenDead));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(body in "\\PC{0,200}") {
            let _ = parse_batch_get(&reply(200, &body), &["a"]);
        }
    }
}
