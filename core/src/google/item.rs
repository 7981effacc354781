//! One media item as Google writes it, turned into ours.
//!
//! Nothing in it can lose the item save a missing id: a field that cannot be read is left unknown and noted.

use serde::Deserialize;

use crate::photo::{Camera, Exposure, Kind, MediaItem, parse_rfc3339};

use super::lenient::{Object, Scalar, shortened};
use super::pictures::is_google_image_host;

/// No picture is believed to be wider or higher; larger sizes are noted and left unknown.
const MAX_SIDE_PX: u32 = 1_000_000;

/// MediaItem (Google: Library API, resource mediaItems).
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct WireItem<'a> {
    #[serde(borrow)]
    pub(super) id: Scalar<'a>,
    #[serde(borrow)]
    description: Scalar<'a>,
    #[serde(borrow)]
    product_url: Scalar<'a>,
    #[serde(borrow)]
    base_url: Scalar<'a>,
    #[serde(borrow)]
    mime_type: Scalar<'a>,
    #[serde(borrow)]
    filename: Scalar<'a>,
    #[serde(borrow)]
    media_metadata: Object<WireMetadata<'a>>,
}

/// MediaMetadata: sizes are int64 and so written as texts.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireMetadata<'a> {
    #[serde(borrow)]
    creation_time: Scalar<'a>,
    #[serde(borrow)]
    width: Scalar<'a>,
    #[serde(borrow)]
    height: Scalar<'a>,
    #[serde(borrow)]
    photo: Object<WireCapture<'a>>,
    #[serde(borrow)]
    video: Object<WireCapture<'a>>,
}

/// What Google's Photo and Video say of the capture, in one: their fields do not clash.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireCapture<'a> {
    #[serde(borrow)]
    camera_make: Scalar<'a>,
    #[serde(borrow)]
    camera_model: Scalar<'a>,
    #[serde(borrow)]
    focal_length: Scalar<'a>,
    #[serde(borrow)]
    aperture_f_number: Scalar<'a>,
    #[serde(borrow)]
    iso_equivalent: Scalar<'a>,
    #[serde(borrow)]
    exposure_time: Scalar<'a>,
    #[serde(borrow)]
    fps: Scalar<'a>,
}

/// Turns a wire item into ours; `position` counts from 1 and names an item without an id in `problems`.
pub(super) fn read_item(wire: Object<WireItem<'_>>, position: usize, problems: &mut Vec<String>) -> Option<MediaItem> {
    let Object::Read(wire) = wire else {
        problems.push(format!("item {position} of the page: it is no object"));
        return None;
    };
    let id = match wire.id {
        Scalar::Text(id) if !id.is_empty() => id.into_owned(),
        Scalar::Text(_) | Scalar::Missing => {
            problems.push(format!("item {position} of the page: it has no id"));
            return None;
        }
        other => {
            problems.push(format!("item {position} of the page: its id “{}” is no text", other.shown()));
            return None;
        }
    };
    let mut item = MediaItem { id, ..MediaItem::default() };
    let mut notes = Vec::new();
    item.file_name = text("filename", wire.filename, &mut notes);
    item.description = text("description", wire.description, &mut notes);
    item.mime_type = text("mimeType", wire.mime_type, &mut notes);
    item.product_url = text("productUrl", wire.product_url, &mut notes);
    if !item.product_url.is_empty() && !item.product_url.starts_with("https://photos.google.com/") {
        notes.push(format!("productUrl “{}” does not lead to Google Photos", shortened(&item.product_url, 40)));
        item.product_url.clear();
    }
    item.base_url = Some(text("baseUrl", wire.base_url, &mut notes)).filter(|url| !url.is_empty());
    if let Some(url) = item.base_url.take_if(|url| !is_google_image_host(url)) {
        notes.push(format!("baseUrl “{}” is not on Google's image host", shortened(&url, 40)));
    }
    match wire.media_metadata {
        Object::Read(metadata) => read_metadata(metadata, &mut item, &mut notes),
        Object::Missing => notes.push("it has no mediaMetadata".into()),
        Object::Odd => notes.push("mediaMetadata is no object".into()),
    }
    if item.mime_type.starts_with("video/") {
        item.kind = Kind::Video;
    } else if item.mime_type.starts_with("image/") {
        item.kind = Kind::Photo;
    }
    let label = label(&item.id);
    problems.extend(notes.into_iter().map(|note| format!("{label}: {note}")));
    Some(item)
}

/// How an item is named in a problem: by the start of its id, which tells it apart well enough.
pub(super) fn label(id: &str) -> String {
    format!("item {}", shortened(id, 16))
}

fn read_metadata(wire: WireMetadata<'_>, item: &mut MediaItem, notes: &mut Vec<String>) {
    item.taken_s = match &wire.creation_time {
        Scalar::Missing => None,
        Scalar::Text(text) => parse_rfc3339(text),
        _ => None,
    };
    if item.taken_s.is_none() && wire.creation_time != Scalar::Missing {
        notes.push(format!("creationTime “{}” is no date", wire.creation_time.shown()));
    }
    item.width_px = side("width", &wire.width, notes);
    item.height_px = side("height", &wire.height, notes);
    item.kind = if matches!(wire.video, Object::Missing) { Kind::Photo } else { Kind::Video };
    for (field, capture) in [("photo", wire.photo), ("video", wire.video)] {
        match capture {
            Object::Read(capture) => read_capture(capture, item, notes),
            Object::Missing => {}
            Object::Odd => notes.push(format!("{field} is no object")),
        }
    }
}

fn read_capture(wire: WireCapture<'_>, item: &mut MediaItem, notes: &mut Vec<String>) {
    let (make, model) = (text("cameraMake", wire.camera_make, notes), text("cameraModel", wire.camera_model, notes));
    if !make.is_empty() || !model.is_empty() {
        item.camera = Camera { make, model };
    }
    let Exposure { f_number, exposure_s, iso, focal_length_mm, frames_per_s } = &mut item.exposure;
    let single = |value: f64| Some(value as f32).filter(|v| v.is_finite());
    if let Some(value) = positive("apertureFNumber", &wire.aperture_f_number, notes) {
        *f_number = single(value);
    }
    if let Some(value) = positive("focalLength", &wire.focal_length, notes) {
        *focal_length_mm = single(value);
    }
    if let Some(value) = positive("isoEquivalent", &wire.iso_equivalent, notes) {
        // 2^31 is past every camera; `as` stops at the ends of u32.
        *iso = Some(value as u32).filter(|iso| (1..1 << 31).contains(iso));
    }
    if let Some(value) = positive("fps", &wire.fps, notes) {
        *frames_per_s = Some(value);
    }
    if let Some(value) = seconds(&wire.exposure_time, notes) {
        *exposure_s = Some(value);
    }
}

fn text(field: &str, value: Scalar<'_>, notes: &mut Vec<String>) -> String {
    match value {
        Scalar::Text(text) => text.into_owned(),
        Scalar::Missing => String::new(),
        other => {
            notes.push(format!("{field} “{}” is no text", other.shown()));
            String::new()
        }
    }
}

/// A width or height in pixels; 0 where it is absent or cannot be.
fn side(field: &str, value: &Scalar<'_>, notes: &mut Vec<String>) -> u32 {
    let number = match value {
        Scalar::Missing => return 0,
        Scalar::Text(text) => text.parse().ok(),
        Scalar::Whole(number) => Some(*number),
        Scalar::Real(number) => (number.fract() == 0.0).then_some(*number as i64),
        Scalar::Odd => None,
    };
    let side = number.and_then(|n| u32::try_from(n).ok()).filter(|&px| px <= MAX_SIDE_PX);
    if side.is_none() {
        notes.push(format!("{field} “{}” is no size in pixels", value.shown()));
    }
    side.unwrap_or(0)
}

/// A number above 0; Google leaves unknown numbers out or writes 0.
fn positive(field: &str, value: &Scalar<'_>, notes: &mut Vec<String>) -> Option<f64> {
    let number = value.number();
    if *value == Scalar::Missing || number == Some(0.0) {
        return None;
    }
    let number = number.filter(|n| n.is_finite() && *n > 0.0);
    if number.is_none() {
        notes.push(format!("{field} “{}” is no number above 0", value.shown()));
    }
    number
}

/// An exposure time as Google writes it, `"0.033s"`.
fn seconds(value: &Scalar<'_>, notes: &mut Vec<String>) -> Option<f64> {
    let seconds = match value {
        Scalar::Missing => return None,
        Scalar::Text(text) => text.strip_suffix('s').and_then(|number| number.parse::<f64>().ok()),
        _ => None,
    };
    if seconds == Some(0.0) {
        return None;
    }
    let seconds = seconds.filter(|s| s.is_finite() && *s > 0.0);
    if seconds.is_none() {
        notes.push(format!("exposureTime “{}” is no time in seconds", value.shown()));
    }
    seconds
}
