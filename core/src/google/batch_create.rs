//! `mediaItems:batchCreate`: media items of upload tokens, each with a result of its own.

use std::collections::{HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::photo::MediaItem;
use crate::ports::{Reply, Request};
use crate::upload::FileError;

use super::item::{WireItem, read_item};
use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded};
use crate::lenient::{Object, Scalar, shortened};

/// Items a call (Google: Library API, mediaItems.batchCreate: at most 50, one call at a time for a person).
pub const MAX_ITEMS: usize = 50;

/// `google.rpc.Code.ALREADY_EXISTS`: with a media item it says that the library had these bytes before.
const ALREADY_EXISTS: i32 = 6;

/// A media item to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    /// From [`super::uploads::parse_upload_token`]; used once, within a day.
    pub upload_token: String,
    /// At most 255 characters (Google: Library API, SimpleMediaItem).
    pub file_name: String,
    /// Fewer than 1000 characters (Google: Library API, NewMediaItem); empty for none.
    pub description: String,
}

/// Asks for 1 to [`MAX_ITEMS`] media items, in the library and in no album.
pub fn batch_create_request(access_token: &str, items: &[NewItem]) -> Request {
    debug_assert!(!items.is_empty() && items.len() <= MAX_ITEMS, "1 to {MAX_ITEMS} items, not {}", items.len());
    let wire = |item: &NewItem| WireNewItem {
        description: item.description.clone(),
        simple_media_item: WireSimpleItem {
            upload_token: item.upload_token.clone(),
            file_name: item.file_name.clone(),
        },
    };
    let body = WireBody { new_media_items: items.iter().map(wire).collect() };
    let body = serde_json::to_vec(&body).expect("texts always serialise");
    let url = format!("{}/v1/mediaItems:batchCreate", super::LIBRARY);
    Request::post(url, "application/json", body).bearer(access_token)
}

/// What became of each item, in the order of `items`. Results are matched by upload token: Google promises no order.
///
/// # Errors
/// A reply without results for single items, as a [`Refusal`] of the call as a whole.
pub fn parse_batch_create(reply: &Reply, items: &[NewItem]) -> Result<Vec<Result<MediaItem, FileError>>, Refusal> {
    let wire: WireResults<'_> = match read_object(reply, &reply.body) {
        Ok(wire) => wire,
        Err(refusal) => return Err(if succeeded(reply) { refusal } else { classify(reply) }),
    };
    let results = wire.new_media_item_results.unwrap_or_default();
    // When all have failed the status is an error too; where single results came with it, they say more.
    if results.is_empty() && (!succeeded(reply) || wire.error.is_some()) {
        return Err(classify(reply));
    }
    Ok(matched(results, items))
}

fn matched(results: Vec<Object<WireResult<'_>>>, items: &[NewItem]) -> Vec<Result<MediaItem, FileError>> {
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (place, item) in items.iter().enumerate() {
        places.entry(&item.upload_token).or_default().push_back(place);
    }
    let mut outcomes: Vec<Option<Result<MediaItem, FileError>>> = vec![None; items.len()];
    let mut nameless = Vec::new();
    for result in results {
        let Object::Read(result) = result else { continue };
        let place = match &result.upload_token {
            Scalar::Text(token) => places.get_mut(token.as_ref()).and_then(VecDeque::pop_front),
            _ => {
                nameless.push(result);
                continue;
            }
        };
        if let Some(place) = place {
            outcomes[place] = Some(outcome(result));
        }
    }
    // Without a token only one left for one is certain.
    let mut open = outcomes.iter_mut().filter(|outcome| outcome.is_none());
    if let (Some(slot), None, 1) = (open.next(), open.next(), nameless.len()) {
        *slot = nameless.pop().map(outcome);
    }
    outcomes.into_iter().map(|outcome| outcome.unwrap_or(Err(FileError::NotMentioned))).collect()
}

fn outcome(result: WireResult<'_>) -> Result<MediaItem, FileError> {
    let status = match result.status {
        Object::Read(status) => status,
        Object::Missing | Object::Odd => WireStatus::default(),
    };
    // 0 is left out of JSON. A code that is no number is an error we do not know: `google.rpc.Code.UNKNOWN`.
    let code = match &status.code {
        Scalar::Missing => 0,
        other => other.number().filter(|n| n.fract() == 0.0).map_or(2, |n| n as i32),
    };
    let message = match &status.message {
        Scalar::Text(text) => shortened(text, 300),
        _ => String::new(),
    };
    if code != 0 && code != ALREADY_EXISTS {
        return Err(FileError::Rejected { code, message });
    }
    // Of a fresh item Google often knows no metadata yet; that is no problem to tell of.
    match read_item(result.media_item, 1, &mut Vec::new()) {
        Some(item) => Ok(item),
        None if code == 0 => Err(FileError::NotMentioned),
        None => Err(FileError::Rejected { code, message }),
    }
}

/// BatchCreateMediaItemsRequest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireBody {
    new_media_items: Vec<WireNewItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireNewItem {
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    simple_media_item: WireSimpleItem,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireSimpleItem {
    upload_token: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    file_name: String,
}

/// BatchCreateMediaItemsResponse.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireResults<'a> {
    #[serde(borrow)]
    new_media_item_results: Option<Vec<Object<WireResult<'a>>>>,
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireResult<'a> {
    #[serde(borrow)]
    upload_token: Scalar<'a>,
    #[serde(borrow)]
    status: Object<WireStatus<'a>>,
    #[serde(borrow)]
    media_item: Object<WireItem<'a>>,
}

/// `google.rpc.Status`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireStatus<'a> {
    #[serde(borrow)]
    code: Scalar<'a>,
    #[serde(borrow)]
    message: Scalar<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Body;
    use proptest::prelude::*;
    use serde_json::json;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    fn new_item(token: &str) -> NewItem {
        NewItem { upload_token: token.into(), file_name: format!("{token}.jpg"), description: String::new() }
    }

    /// The ids of what was made, or what was said instead.
    fn outcomes(status: u16, results: serde_json::Value, tokens: &[&str]) -> Vec<Result<String, FileError>> {
        let items: Vec<_> = tokens.iter().map(|token| new_item(token)).collect();
        let body = json!({"newMediaItemResults": results}).to_string();
        let read = parse_batch_create(&reply(status, &body), &items).unwrap();
        read.into_iter().map(|outcome| outcome.map(|item| item.id)).collect()
    }

    #[test]
    fn the_body_names_tokens_files_and_descriptions() {
        let described = NewItem { description: "At the \"lake\"".into(), ..new_item("t1") };
        let request = batch_create_request("a", &[described, new_item("t2")]);
        assert_eq!(request.url, "https://photoslibrary.googleapis.com/v1/mediaItems:batchCreate");
        let Body::Bytes(body) = request.body else { panic!("it has a body") };
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&body).unwrap(),
            json!({"newMediaItems": [
            {"description": "At the \"lake\"", "simpleMediaItem": {"uploadToken": "t1", "fileName": "t1.jpg"}},
            {"simpleMediaItem": {"uploadToken": "t2", "fileName": "t2.jpg"}}]})
        );
    }

    #[test]
    fn results_are_matched_by_token_and_each_says_its_own() {
        let results = json!([
            {"uploadToken": "c", "status": {"message": "Success"}, "mediaItem": {"id": "C"}},
            {"uploadToken": "a", "status": {"code": 3, "message": "Failed: There was an error."}},
            {"uploadToken": "stranger", "status": {"message": "Success"}, "mediaItem": {"id": "S"}},
            {"uploadToken": "d", "status": {"code": 6, "message": "Exists"}, "mediaItem": {"id": "D"}},
            {"uploadToken": "e", "mediaItem": {"id": "E"}},
            {"uploadToken": "f", "status": {"code": 13, "message": "x"}, "mediaItem": {"id": "F"}},
        ]);
        let rejected = |code, message: &str| Err(FileError::Rejected { code, message: message.into() });
        assert_eq!(
            outcomes(207, results, &["a", "b", "c", "d", "e", "f"]),
            [
                rejected(3, "Failed: There was an error."),
                Err(FileError::NotMentioned),
                Ok("C".into()),
                Ok("D".into()),
                Ok("E".into()),
                rejected(13, "x"),
            ]
        );
    }

    #[test]
    fn the_same_token_twice_gets_two_results_in_turn() {
        let results = json!([
            {"uploadToken": "a", "mediaItem": {"id": "A1"}},
            {"uploadToken": "a", "status": {"code": 3, "message": "used"}},
            {"uploadToken": "a", "mediaItem": {"id": "A3"}},
        ]);
        let rejected = Err(FileError::Rejected { code: 3, message: "used".into() });
        assert_eq!(outcomes(200, results, &["a", "a"]), [Ok("A1".into()), rejected]);
    }

    #[test]
    fn a_result_without_a_token_is_believed_only_where_one_is_left_for_one() {
        let nameless = json!({"mediaItem": {"id": "X"}});
        assert_eq!(outcomes(200, json!([nameless]), &["a"]), [Ok("X".into())]);
        let none = || Err(FileError::NotMentioned);
        assert_eq!(outcomes(200, json!([nameless]), &["a", "b"]), [none(), none()]);
        assert_eq!(outcomes(200, json!([nameless, nameless]), &["a"]), [none()]);
        let one_left = json!([nameless, {"uploadToken": "b", "mediaItem": {"id": "B"}}]);
        assert_eq!(outcomes(200, one_left, &["a", "b"]), [Ok("X".into()), Ok("B".into())]);
    }

    #[test]
    fn a_success_without_an_item_and_an_odd_status_are_no_success() {
        let results = json!([
            {"uploadToken": "a", "status": {"message": "Success"}},
            {"uploadToken": "b", "status": {"code": "three", "message": 3}, "mediaItem": {"id": "B"}},
            {"uploadToken": "c", "status": {"code": 6, "message": "Exists"}},
            17,
        ]);
        assert_eq!(
            outcomes(200, results, &["a", "b", "c"]),
            [
                Err(FileError::NotMentioned),
                Err(FileError::Rejected { code: 2, message: String::new() }),
                Err(FileError::Rejected { code: 6, message: "Exists".into() }),
            ]
        );
    }

    #[test]
    fn when_all_fail_single_results_say_more_than_the_status() {
        let results = json!([{"uploadToken": "a", "status": {"code": 3, "message": "m"}}]);
        assert_eq!(outcomes(400, results, &["a"]), [Err(FileError::Rejected { code: 3, message: "m".into() })]);
    }

    #[test]
    fn a_reply_without_results_is_a_refusal_of_the_whole() {
        let of = |status, body| parse_batch_create(&reply(status, body), &[new_item("a")]);
        assert_eq!(of(401, "<html>"), Err(Refusal::TokenDead));
        assert_eq!(of(200, r#"{"error":{"code":503}}"#), Err(Refusal::Wait { wait_ms: None, busy: true }));
        let invalid = Refusal::Invalid { status: 400, message: "m".into() };
        assert_eq!(of(400, r#"{"error":{"code":400,"message":"m"}}"#), Err(invalid));
        for body in ["", "<html>", "[]", r#"{"newMediaItemResults":7}"#] {
            assert!(matches!(of(200, body), Err(Refusal::Unreadable { .. })), "{body}");
        }
        assert_eq!(of(200, "{}"), Ok(vec![Err(FileError::NotMentioned)]));
    }

    proptest! {
        #[test]
        fn every_item_gets_one_outcome_in_any_order_of_results(order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle()) {
            let results: Vec<_> = order.iter()
                .map(|n| json!({"uploadToken": format!("t{n}"), "mediaItem": {"id": format!("id{n}")}}))
                .collect();
            let tokens: Vec<_> = (0..8).map(|n| format!("t{n}")).collect();
            let tokens: Vec<_> = tokens.iter().map(String::as_str).collect();
            let expected: Vec<_> = (0..8).map(|n| Ok(format!("id{n}"))).collect();
            prop_assert_eq!(outcomes(200, json!(results), &tokens), expected);
        }

        #[test]
        fn any_bytes_are_read_without_panic(status: u16, body in "\\PC{0,200}") {
            let _ = parse_batch_create(&reply(status, &body), &[new_item("a")]);
        }
    }
}
