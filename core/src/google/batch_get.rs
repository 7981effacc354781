//! `mediaItems:batchGet`: up to fifty known items, with base URLs that live for an hour.

use std::collections::HashMap;

use serde::Deserialize;

use crate::photo::MediaItem;
use crate::ports::{Reply, Request};

use super::item::{WireItem, read_item};
use super::lenient::Object;
use super::refusal::Refusal;
use super::refusals::classify;
use super::reply::{read_object, succeeded};

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
