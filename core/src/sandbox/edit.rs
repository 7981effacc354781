//! `mediaItems.patch`: another description for an item that the app made.

use serde_json::Value;

use super::Sandbox;
use super::create::LONGEST_DESCRIPTION;
use super::errors::Refused;
use super::items::{self, Item};
use super::library::Caller;
use super::strict::{self, Field, Kind, Message};
use super::wire::Params;

/// The body (Google: Library API, mediaItems.patch: "Only the `id` and `description` fields of the media item are
/// read", and the id of the address is the one that counts).
static MEDIA_ITEM: Message = Message {
    name: "MediaItem",
    fields: &[
        Field { json: "id", proto: "id", kind: Kind::Text },
        Field { json: "description", proto: "description", kind: Kind::Text },
        Field { json: "productUrl", proto: "product_url", kind: Kind::Unread },
        Field { json: "baseUrl", proto: "base_url", kind: Kind::Unread },
        Field { json: "mimeType", proto: "mime_type", kind: Kind::Unread },
        Field { json: "filename", proto: "filename", kind: Kind::Unread },
        Field { json: "mediaMetadata", proto: "media_metadata", kind: Kind::Unread },
        Field { json: "contributorInfo", proto: "contributor_info", kind: Kind::Unread },
    ],
};

/// `mediaItems.patch`.
pub(super) fn patch(
    sandbox: &mut Sandbox,
    caller: &Caller,
    id: &str,
    params: &Params,
    body: &[u8],
    now_ms: i64,
) -> Result<Value, Refused> {
    strict::check_query(params.iter(), &["updateMask"])?;
    // Google: best practices for uploads: calls that write for one user come one after another.
    if sandbox.passing.write_in_flight {
        let refused = Refused::quota("Concurrent write request", "Concurrent write requests per user", &caller.project);
        return Err(refused.retry_after(30));
    }
    sandbox.state.usage.write(&caller.project, now_ms)?;
    check_mask(params.get("updateMask"))?;
    let request = strict::read(body, &MEDIA_ITEM)?;
    // A field that the mask names and the body leaves out is emptied (Google: API design guide, field masks).
    let description = request.get("description").and_then(Value::as_str).unwrap_or_default();
    if description.chars().count() > LONGEST_DESCRIPTION {
        return Err(Refused::invalid("Description must be shorter than 1000 characters."));
    }
    // Google: mediaItems.patch: "The media item must have been created by the developer via the API".
    let item = items::of_id(sandbox, caller, id)?;
    match &item {
        Item::Shelf(item) => drop(sandbox.state.edited.insert(item.index, description.to_owned())),
        Item::Created(number) => sandbox.state.created[*number].description = description.to_owned(),
    }
    Ok(items::write(sandbox, caller, &item, now_ms))
}

/// Google: mediaItems.patch, updateMask: "Required. […] The only valid value is `description`."
fn check_mask(mask: Option<&str>) -> Result<(), Refused> {
    match mask {
        None => Err(Refused::invalid("Update mask must not be empty.")),
        Some("description") => Ok(()),
        Some(other) => Err(Refused::invalid(format!("Invalid update mask: {other}. Only description can be updated."))),
    }
}
