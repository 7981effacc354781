//! `mediaItems:batchCreate`: media items of upload tokens, each with a result of its own.

use std::collections::{HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::photo::MediaItem;
use crate::ports::{Reply, Request};
use crate::upload::FileError;

use super::item::{WireItem, read_item};
use super::lenient::{Object, Scalar, shortened};
use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded};

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
