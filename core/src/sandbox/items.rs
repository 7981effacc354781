//! Media items as Google writes them, one by one and by the fifty.

use serde_json::{Map, Value, json};

use super::Sandbox;
use super::calendar::rfc3339;
use super::errors::Refused;
use super::ids;
use super::library::Caller;
use super::media;
use super::shelf::{ShelfItem, What};
use super::sniff;
use super::state::Created;
use super::strict;
use super::wire::Params;

/// A media item of either kind.
pub(super) enum Item {
    Shelf(ShelfItem),
    /// Number among the created ones.
    Created(usize),
}

impl Item {
    pub(super) fn rank(&self) -> u64 {
        match self {
            Self::Shelf(item) => u64::from(item.index),
            Self::Created(number) => ids::FIRST_CREATED + *number as u64,
        }
    }
}

/// The item of this rank, if the project made it (Google: Library API updates: app-created items only).
pub(super) fn find(sandbox: &Sandbox, project: &str, rank: u64) -> Option<Item> {
    match rank.checked_sub(ids::FIRST_CREATED) {
        None if project == sandbox.settings.library_project() => {
            sandbox.shelf.item(u32::try_from(rank).ok()?).map(Item::Shelf)
        }
        None => None,
        Some(number) => {
            let number = usize::try_from(number).ok()?;
            let created = sandbox.state.created.get(number)?;
            (created.project == project).then_some(Item::Created(number))
        }
    }
}

/// The item of this id.
pub(super) fn of_id(sandbox: &Sandbox, caller: &Caller, id: &str) -> Result<Item, Refused> {
    let id: String = form_urlencoded::parse(format!("id={}", id.replace('+', "%2B")).as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned());
    // The words of batchGet's status (Google: batchGet, as code that calls it quotes).
    let rank = ids::item_rank(sandbox.seed(), &id).ok_or_else(|| Refused::invalid("Invalid media item ID."))?;
    let item = find(sandbox, &caller.project, rank);
    item.ok_or_else(|| Refused::not_found("Requested entity was not found."))
}

/// What the person has written about an item; empty if nothing.
pub(super) fn description<'a>(sandbox: &'a Sandbox, item: &'a Item) -> &'a str {
    match item {
        Item::Shelf(item) => match sandbox.state.edited.get(&item.index) {
            Some(edited) => edited,
            None => item.description.as_deref().unwrap_or_default(),
        },
        Item::Created(number) => &sandbox.state.created[*number].description,
    }
}

/// `MediaItem` (Google: Library API, MediaItem; int64 as text; empty fields are left out, as proto3 JSON does).
pub(super) fn write(sandbox: &Sandbox, caller: &Caller, item: &Item, now_ms: i64) -> Value {
    let mut written = write_unaddressed(sandbox, item);
    written["baseUrl"] = Value::from(media::base_url(sandbox.seed(), item.rank(), caller.grant, now_ms));
    written
}

/// A `MediaItem` without its base URL, which is made out to a caller.
pub(super) fn write_unaddressed(sandbox: &Sandbox, item: &Item) -> Value {
    let id = ids::item_id(sandbox.seed(), item.rank());
    let mut written = json!({ "productUrl": format!("https://photos.google.com/lr/photo/{id}"), "id": id });
    let (file_name, mime_type, metadata) = match item {
        Item::Shelf(item) => (item.file_name.as_str(), item.mime_type, shelf_metadata(item)),
        Item::Created(number) => {
            let created = &sandbox.state.created[*number];
            (created.file_name.as_str(), created.mime_type.as_str(), created_metadata(created))
        }
    };
    written["filename"] = Value::from(file_name);
    written["mimeType"] = Value::from(mime_type);
    written["mediaMetadata"] = Value::Object(metadata);
    match description(sandbox, item) {
        "" => {}
        description => written["description"] = Value::from(description),
    }
    written
}

fn metadata(taken_s: i64, width_px: u32, height_px: u32) -> Map<String, Value> {
    let mut metadata = Map::new();
    metadata.insert("creationTime".into(), Value::from(rfc3339(taken_s)));
    metadata.insert("width".into(), Value::from(width_px.to_string()));
    metadata.insert("height".into(), Value::from(height_px.to_string()));
    metadata
}

fn shelf_metadata(item: &ShelfItem) -> Map<String, Value> {
    let mut metadata = metadata(item.taken_s, item.width_px, item.height_px);
    let hundredths = |number: u32| f64::from(number) / 100.0;
    match &item.what {
        What::Bare => {}
        What::Screenshot => {
            metadata.insert("photo".into(), json!({}));
        }
        What::Photo { make, model, exposure } => {
            let photo = json!({
                "cameraMake": make,
                "cameraModel": model,
                "focalLength": hundredths(exposure.focal_hundredths_mm),
                "apertureFNumber": hundredths(exposure.f_number_hundredths),
                "isoEquivalent": exposure.iso,
                "exposureTime": duration(exposure.nanoseconds),
            });
            metadata.insert("photo".into(), photo);
        }
        What::Video { make, model, frames_per_s } => {
            let video = json!({ "cameraMake": make, "cameraModel": model, "fps": frames_per_s, "status": "READY" });
            metadata.insert("video".into(), video);
        }
    }
    metadata
}

fn created_metadata(created: &Created) -> Map<String, Value> {
    let mut metadata = metadata(created.taken_s(), created.width_px, created.height_px);
    if sniff::is_video(&created.mime_type) {
        metadata.insert("video".into(), json!({ "status": "READY" }));
    } else {
        metadata.insert("photo".into(), json!({}));
    }
    metadata
}

/// Seconds with 3, 6 or 9 digits after the point (protobuf: JSON mapping, Duration).
fn duration(nanoseconds: u32) -> String {
    let (seconds, rest) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
    if rest == 0 {
        format!("{seconds}s")
    } else if rest.is_multiple_of(1_000_000) {
        format!("{seconds}.{:03}s", rest / 1_000_000)
    } else if rest.is_multiple_of(1000) {
        format!("{seconds}.{:06}s", rest / 1000)
    } else {
        format!("{seconds}.{rest:09}s")
    }
}

/// `mediaItems.get`.
pub(super) fn get(sandbox: &Sandbox, caller: &Caller, id: &str, now_ms: i64) -> Result<Value, Refused> {
    Ok(write(sandbox, caller, &of_id(sandbox, caller, id)?, now_ms))
}

/// `mediaItems.batchGet`: "up to 50", none twice, none empty; answers in the order of the request (Google: Library API,
/// mediaItems.batchGet).
pub(super) fn batch_get(sandbox: &Sandbox, caller: &Caller, params: &Params, now_ms: i64) -> Result<Value, Refused> {
    strict::check_query(params.iter(), &["mediaItemIds"])?;
    let ids: Vec<&str> = params.all("mediaItemIds").collect();
    if ids.is_empty() || ids.iter().any(|id| id.is_empty()) {
        return Err(Refused::invalid("Request must contain at least one media item id, and no empty ones."));
    }
    if ids.len() > 50 {
        return Err(Refused::invalid("Request contains more than 50 media item ids."));
    }
    if ids.iter().enumerate().any(|(nth, id)| ids[..nth].contains(id)) {
        return Err(Refused::invalid("Request must not contain the same media item id more than once."));
    }
    let results: Vec<Value> = ids
        .iter()
        .map(|id| match ids::item_rank(sandbox.seed(), id) {
            None => json!({ "status": { "code": 3, "message": "Invalid media item ID." } }),
            Some(rank) => match find(sandbox, &caller.project, rank) {
                None => json!({ "status": { "code": 5, "message": "Requested entity was not found." } }),
                Some(item) => json!({ "mediaItem": write(sandbox, caller, &item, now_ms) }),
            },
        })
        .collect();
    Ok(json!({ "mediaItemResults": results }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_no_more_digits_than_they_need() {
        assert_eq!(duration(33_333_333), "0.033333333s");
        assert_eq!(duration(8_000_000), "0.008s");
        assert_eq!(duration(1_562_500), "0.001562500s");
        assert_eq!(duration(625_000), "0.000625s");
        assert_eq!(duration(2_000_000_000), "2s");
    }
}
