//! One media item as Google writes it, turned into ours.
//!
//! Nothing in it can lose the item save a missing id: a field that cannot be read is left unknown and noted.

use serde::Deserialize;

use crate::photo::{Camera, Exposure, Kind, MediaItem, parse_rfc3339};

use super::pictures::is_google_image_host;
use crate::lenient::{Object, Scalar, shortened};

/// No picture is believed to be wider or higher; larger sizes are noted and left unknown.
const MAX_SIDE_PX: u32 = 1_000_000;

/// MediaItem (Google: Library API, resource mediaItems).
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct WireItem<'a> {
    #[serde(borrow)]
    pub(super) id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) description: Scalar<'a>,
    #[serde(borrow)]
    pub(super) product_url: Scalar<'a>,
    #[serde(borrow)]
    pub(super) base_url: Scalar<'a>,
    #[serde(borrow)]
    pub(super) mime_type: Scalar<'a>,
    #[serde(borrow)]
    pub(super) filename: Scalar<'a>,
    #[serde(borrow)]
    pub(super) media_metadata: Object<WireMetadata<'a>>,
}

/// MediaMetadata: sizes are int64 and so written as texts.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct WireMetadata<'a> {
    #[serde(borrow)]
    pub(super) creation_time: Scalar<'a>,
    #[serde(borrow)]
    pub(super) width: Scalar<'a>,
    #[serde(borrow)]
    pub(super) height: Scalar<'a>,
    #[serde(borrow)]
    pub(super) photo: Object<WireCapture<'a>>,
    #[serde(borrow)]
    pub(super) video: Object<WireCapture<'a>>,
}

/// What Google's Photo and Video say of the capture, in one: their fields do not clash.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct WireCapture<'a> {
    #[serde(borrow)]
    pub(super) camera_make: Scalar<'a>,
    #[serde(borrow)]
    pub(super) camera_model: Scalar<'a>,
    #[serde(borrow)]
    pub(super) focal_length: Scalar<'a>,
    #[serde(borrow)]
    pub(super) aperture_f_number: Scalar<'a>,
    #[serde(borrow)]
    pub(super) iso_equivalent: Scalar<'a>,
    #[serde(borrow)]
    pub(super) exposure_time: Scalar<'a>,
    #[serde(borrow)]
    pub(super) fps: Scalar<'a>,
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
    problems.extend(notes.into_iter().map(|note| format!("{}: {note}", label(&item.id))));
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(json: &str) -> (Option<MediaItem>, Vec<String>) {
        let mut problems = Vec::new();
        let item = read_item(serde_json::from_str(json).unwrap(), 3, &mut problems);
        (item, problems)
    }

    /// A media item as Google's reference shows it.
    const WHOLE: &str = r#"{
        "id": "AB-1_x", "description": "At the lake", "productUrl": "https://photos.google.com/lr/photo/AB-1_x",
        "baseUrl": "https://lh3.googleusercontent.com/lr/abc", "mimeType": "image/jpeg", "filename": "IMG_1.JPG",
        "mediaMetadata": {"creationTime": "2014-10-02T15:01:23.045Z", "width": "4032", "height": "3024",
            "photo": {"cameraMake": "Canon", "cameraModel": "EOS 5D", "focalLength": 35, "apertureFNumber": 2.8,
                "isoEquivalent": 200, "exposureTime": "0.033s"}},
        "contributorInfo": {"displayName": "x"}, "tomorrow": [{"new": true}]}"#;

    #[test]
    fn every_field_of_a_photo_is_read() {
        let (item, problems) = read(WHOLE);
        let expected = MediaItem {
            id: "AB-1_x".into(),
            file_name: "IMG_1.JPG".into(),
            description: "At the lake".into(),
            mime_type: "image/jpeg".into(),
            kind: Kind::Photo,
            product_url: "https://photos.google.com/lr/photo/AB-1_x".into(),
            base_url: Some("https://lh3.googleusercontent.com/lr/abc".into()),
            taken_s: Some(1_412_262_083),
            width_px: 4032,
            height_px: 3024,
            camera: Camera { make: "Canon".into(), model: "EOS 5D".into() },
            exposure: Exposure {
                f_number: Some(2.8),
                exposure_s: Some(0.033),
                iso: Some(200),
                focal_length_mm: Some(35.0),
                frames_per_s: None,
            },
            export: None,
            corrected: None,
        };
        assert_eq!(item, Some(expected));
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn a_video_is_told_by_its_type_or_else_by_its_metadata() {
        let video = r#"{"id":"v","mediaMetadata":{"video":{"cameraMake":"GoPro","fps":29.97,"status":"NEW_STATE"}}}"#;
        let (item, problems) = read(video);
        let item = item.unwrap();
        assert_eq!((item.kind, item.exposure.frames_per_s), (Kind::Video, Some(29.97)));
        assert_eq!((item.camera.make.as_str(), problems.len()), ("GoPro", 0));
        let motion = read(r#"{"id":"m","mimeType":"image/heic","mediaMetadata":{"video":{}}}"#);
        assert_eq!(motion.0.unwrap().kind, Kind::Photo);
        let bare = read(r#"{"id":"m","mimeType":"video/mp4","mediaMetadata":{"photo":{}}}"#);
        assert_eq!(bare.0.unwrap().kind, Kind::Video);
    }

    #[test]
    fn an_item_without_an_id_is_skipped_and_told_of() {
        for (json, problem) in [
            ("{}", "item 3 of the page: it has no id"),
            (r#"{"id":""}"#, "item 3 of the page: it has no id"),
            (r#"{"id":null}"#, "item 3 of the page: it has no id"),
            (r#"{"id":17}"#, "item 3 of the page: its id “17” is no text"),
            (r#"{"id":["a"]}"#, "item 3 of the page: its id “something else” is no text"),
            ("null", "item 3 of the page: it is no object"),
            (r#"["AB", "x"]"#, "item 3 of the page: it is no object"),
            ("7", "item 3 of the page: it is no object"),
        ] {
            assert_eq!(read(json), (None, vec![problem.to_owned()]), "{json}");
        }
    }

    #[test]
    fn a_field_that_cannot_be_read_is_left_unknown_and_told_of() {
        let cases = [
            (r#""creationTime":"yesterday""#, "creationTime “yesterday” is no date"),
            (r#""creationTime":1412262083"#, "creationTime “1412262083” is no date"),
            (r#""width":"-4032""#, "width “-4032” is no size in pixels"),
            (r#""width":-1"#, "width “-1” is no size in pixels"),
            (r#""height":"99999999999999999999""#, "height “99999999999999999999” is no size in pixels"),
            (r#""height":4000000000"#, "height “4000000000” is no size in pixels"),
            (r#""width":2.5"#, "width “2.5e0” is no size in pixels"),
            (r#""width":1e300"#, "width “1e300” is no size in pixels"),
            (r#""width":{}"#, "width “something else” is no size in pixels"),
            (r#""photo":[]"#, "photo is no object"),
            (r#""photo":{"isoEquivalent":-200}"#, "isoEquivalent “-200” is no number above 0"),
            (r#""photo":{"apertureFNumber":"NaN"}"#, "apertureFNumber “NaN” is no number above 0"),
            (r#""photo":{"focalLength":"wide"}"#, "focalLength “wide” is no number above 0"),
            (r#""photo":{"exposureTime":"1/30"}"#, "exposureTime “1/30” is no time in seconds"),
            (r#""photo":{"exposureTime":"infs"}"#, "exposureTime “infs” is no time in seconds"),
            (r#""photo":{"cameraMake":false}"#, "cameraMake “something else” is no text"),
        ];
        for (field, problem) in cases {
            let (item, problems) = read(&format!(r#"{{"id":"a","mediaMetadata":{{{field}}}}}"#));
            assert_eq!(item, Some(MediaItem { id: "a".into(), ..MediaItem::default() }), "{field}");
            assert_eq!(problems, [format!("item a: {problem}")], "{field}");
        }
    }

    #[test]
    fn sizes_are_read_as_texts_and_as_numbers_and_zero_is_unknown() {
        for width in [r#""640""#, "640", "640.0"] {
            let json = format!(
                r#"{{"id":"a","mediaMetadata":{{"width":{width},"height":"0","photo":{{"isoEquivalent":0}}}}}}"#
            );
            let (item, problems) = read(&json);
            let item = item.unwrap();
            assert_eq!((item.width_px, item.height_px, item.exposure.iso, problems.len()), (640, 0, None, 0));
        }
    }

    #[test]
    fn an_item_without_metadata_is_kept() {
        let (item, problems) = read(r#"{"id":"a","filename":"x.jpg"}"#);
        assert_eq!(item.map(|item| item.file_name), Some("x.jpg".into()));
        assert_eq!(problems, ["item a: it has no mediaMetadata"]);
        let (_, problems) = read(r#"{"id":"a","mediaMetadata":"none"}"#);
        assert_eq!(problems, ["item a: mediaMetadata is no object"]);
    }

    #[test]
    fn addresses_that_do_not_lead_to_google_are_not_kept() {
        let json =
            r#"{"id":"a","productUrl":"javascript:alert(1)","baseUrl":"https://evil.example/x","mediaMetadata":{}}"#;
        let (item, problems) = read(json);
        let item = item.unwrap();
        assert_eq!((item.product_url.as_str(), item.base_url), ("", None));
        assert_eq!(
            problems,
            [
                "item a: productUrl “javascript:alert(1)” does not lead to Google Photos",
                "item a: baseUrl “https://evil.example/x” is not on Google's image host",
            ]
        );
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            "\\PC{0,20}".prop_map(Into::into),
            Just("2020-01-01T00:00:00Z".into()),
        ];
        let key = prop_oneof![
            "[a-z]{1,3}",
            prop::sample::select(vec![
                "id",
                "description",
                "productUrl",
                "baseUrl",
                "mimeType",
                "filename",
                "mediaMetadata",
                "creationTime",
                "width",
                "height",
                "photo",
                "video",
                "cameraMake",
                "focalLength",
                "isoEquivalent",
                "exposureTime",
                "fps",
            ])
            .prop_map(str::to_owned),
        ];
        leaf.prop_recursive(4, 40, 8, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
                prop::collection::btree_map(key.clone(), inner, 0..8)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_an_item_or_a_problem(json in any_json()) {
            let (item, problems) = read(&json.to_string());
            prop_assert!(item.is_some() || problems.len() == 1);
            if let Some(item) = item {
                prop_assert!(!item.id.is_empty());
                prop_assert!(item.width_px <= MAX_SIDE_PX && item.height_px <= MAX_SIDE_PX);
                prop_assert!(item.base_url.is_none_or(|url| is_google_image_host(&url)));
            }
        }
    }
}
