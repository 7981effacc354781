//! `mediaItems.batchCreate`: upload tokens in, media items out, each with its own status.

use serde_json::{Value, json};

use super::Sandbox;
use super::albums;
use super::chance::identity;
use super::errors::Refused;
use super::items::{self, Item};
use super::library::Caller;
use super::sniff;
use super::state::Created;
use super::strict::{self, Field, Kind, Message};
use super::uploads::TOKEN_LIVES_MS;
use super::wire::Outgoing;

static SIMPLE_MEDIA_ITEM: Message = Message {
    name: "SimpleMediaItem",
    fields: &[
        Field { json: "uploadToken", proto: "upload_token", kind: Kind::Text },
        Field { json: "fileName", proto: "file_name", kind: Kind::Text },
    ],
};
static NEW_MEDIA_ITEM: Message = Message {
    name: "NewMediaItem",
    fields: &[
        Field { json: "description", proto: "description", kind: Kind::Text },
        Field { json: "simpleMediaItem", proto: "simple_media_item", kind: Kind::Message(&SIMPLE_MEDIA_ITEM) },
    ],
};
static ALBUM_POSITION: Message = Message {
    name: "AlbumPosition",
    fields: &[
        Field {
            json: "position",
            proto: "position",
            kind: Kind::OneOf(
                "PositionType",
                &[
                    "POSITION_TYPE_UNSPECIFIED",
                    "FIRST_IN_ALBUM",
                    "LAST_IN_ALBUM",
                    "AFTER_MEDIA_ITEM",
                    "AFTER_ENRICHMENT_ITEM",
                ],
            ),
        },
        Field { json: "relativeMediaItemId", proto: "relative_media_item_id", kind: Kind::Text },
        Field { json: "relativeEnrichmentItemId", proto: "relative_enrichment_item_id", kind: Kind::Text },
    ],
};
/// The body (Google: Library API, mediaItems.batchCreate, request body).
static BATCH_CREATE: Message = Message {
    name: "BatchCreateMediaItemsRequest",
    fields: &[
        Field { json: "albumId", proto: "album_id", kind: Kind::Text },
        Field { json: "newMediaItems", proto: "new_media_items", kind: Kind::List(&Kind::Message(&NEW_MEDIA_ITEM)) },
        Field { json: "albumPosition", proto: "album_position", kind: Kind::Message(&ALBUM_POSITION) },
    ],
};

/// Google: mediaItems.batchCreate: "Maximum 50 media items per call."
const MOST_ITEMS: usize = 50;
/// Google: SimpleMediaItem, fileName: "shouldn't be more than 255 characters".
const LONGEST_NAME: usize = 255;
/// Google: NewMediaItem and MediaItem, description: "Must be shorter than 1000 characters."
pub(super) const LONGEST_DESCRIPTION: usize = 999;
/// As quoted from replies (gphotos-uploader-cli issue 105; jiotty-photos-uploader issue 129).
const FAILED: &str = "Failed: There was an error while trying to create this media item.";

/// One item to be made.
struct Wanted {
    upload_token: String,
    file_name: Option<String>,
    description: String,
}

/// `mediaItems.batchCreate`: 200 when all went well, 207 when some failed (Google: mediaItems.batchCreate), an error
/// when all did.
pub(super) fn batch_create(
    sandbox: &mut Sandbox,
    caller: &Caller,
    body: &[u8],
    now_ms: i64,
) -> Result<Outgoing, Refused> {
    // Google: best practices for uploads: calls that write for one user come one after another.
    if sandbox.passing.write_in_flight {
        let refused = Refused::quota("Concurrent write request", "Concurrent write requests per user", &caller.project);
        return Err(refused.retry_after(30));
    }
    sandbox.state.usage.write(&caller.project, now_ms)?;
    let request = strict::read(body, &BATCH_CREATE)?;
    let album = match request.get("albumId").and_then(Value::as_str).filter(|id| !id.is_empty()) {
        Some(id) => Some(albums::find(sandbox, caller, id)?),
        // Google: mediaItems.batchCreate, albumPosition: the request fails if there is no albumId.
        None if request.contains_key("albumPosition") => {
            return Err(Refused::invalid("An album position can't be set without an album id."));
        }
        None => None,
    };
    let wanted = read(&request)?;
    let results: Vec<Value> = wanted.iter().map(|wanted| create(sandbox, caller, wanted, album, now_ms)).collect();
    let failed = results.iter().filter(|result| result.get("mediaItem").is_none()).count();
    match failed {
        0 => Ok(Outgoing::json(200, &json!({ "newMediaItemResults": results }))),
        _ if failed == results.len() => Err(Refused::invalid(FAILED)),
        _ => Ok(Outgoing::json(207, &json!({ "newMediaItemResults": results }))),
    }
}

fn read(request: &serde_json::Map<String, Value>) -> Result<Vec<Wanted>, Refused> {
    let items = request.get("newMediaItems").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if items.is_empty() {
        return Err(Refused::invalid("Request must contain at least one new media item."));
    }
    if items.len() > MOST_ITEMS {
        return Err(Refused::invalid("Request contains more than 50 new media items."));
    }
    items.iter().map(read_item).collect()
}

fn read_item(item: &Value) -> Result<Wanted, Refused> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let simple = item.get("simpleMediaItem");
    // The words are quoted in gphotos-uploader-cli issue 223.
    let upload_token = text(simple.and_then(|simple| simple.get("uploadToken")))
        .ok_or_else(|| Refused::invalid("Request must contain a valid upload token."))?;
    let file_name = text(simple.and_then(|simple| simple.get("fileName")));
    if file_name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(Refused::invalid("File name must not be longer than 255 characters."));
    }
    let description = text(item.get("description")).unwrap_or_default();
    if description.chars().count() > LONGEST_DESCRIPTION {
        return Err(Refused::invalid("Description must be shorter than 1000 characters."));
    }
    Ok(Wanted { upload_token, file_name, description })
}

fn create(sandbox: &mut Sandbox, caller: &Caller, wanted: &Wanted, album: Option<usize>, now_ms: i64) -> Value {
    let Some(number) = made(sandbox, caller, wanted, album, now_ms) else {
        return json!({ "uploadToken": wanted.upload_token, "status": { "code": 3, "message": FAILED } });
    };
    json!({
        "uploadToken": wanted.upload_token,
        "status": { "message": "Success" },
        "mediaItem": items::write(sandbox, caller, &Item::Created(number), now_ms),
    })
}

/// The number of the item that came of it; `None` where none did.
fn made(sandbox: &mut Sandbox, caller: &Caller, wanted: &Wanted, album: Option<usize>, now_ms: i64) -> Option<usize> {
    let state = &mut sandbox.state;
    let received = state.received.iter_mut().find(|received| {
        received.upload_token == wanted.upload_token
            && received.project == caller.project
            && !received.spent
            && now_ms < received.received_ms + TOKEN_LIVES_MS
    })?;
    received.spent = true;
    let (file, sent_name) = (received.file, received.file_name.clone());
    let bytes = &state.files[file];
    let whole = identity(bytes);
    let identity = (whole as u64, (whole >> 64) as u64);
    // Identical bytes give the item that is there already, with its first name (rclone: Google Photos, Duplicates).
    let known = |created: &Created| created.project == caller.project && created.identity == identity;
    if let Some(number) = state.created.iter().position(known) {
        if album.is_some() {
            state.created[number].album = album;
        }
        return Some(number);
    }
    let media = sniff::look(bytes)?;
    state.created.push(Created {
        project: caller.project.clone(),
        file,
        identity,
        file_name: wanted.file_name.clone().or(sent_name).unwrap_or_else(|| "untitled".into()),
        description: wanted.description.clone(),
        mime_type: media.mime_type.to_owned(),
        width_px: media.width_px,
        height_px: media.height_px,
        captured_s: media.captured_s,
        created_s: now_ms.div_euclid(1000),
        album,
    });
    Some(state.created.len() - 1)
}
