//! The client's side of the wire against the types generated from Google's discovery document.
//!
//! Those types take any subset of their fields and ignore what they do not know, so that reading alone proves nothing:
//! what we write must come out of them as it went in, and what they hold must be what we read.

use albumen_core::google::albums::{albums_request, members_request, parse_albums};
use albumen_core::google::batch_create::{NewItem, batch_create_request, parse_batch_create};
use albumen_core::google::batch_get::{batch_get_request, parse_batch_get};
use albumen_core::google::edit::{edit_description_request, parse_edited};
use albumen_core::google::search::{MediaType, SearchQuery, parse_search, search_request};
use albumen_core::photo::{Day, DayRange, Kind, MediaItem};
use albumen_core::ports::{Body, Method, Reply, Request};
use google_photoslibrary1::{FieldMask, api};
use serde_json::{Value, json};

fn body(request: &Request) -> Value {
    let Body::Bytes(bytes) = &request.body else { panic!("{} has a body", request.url) };
    serde_json::from_slice(bytes).expect("we send JSON")
}

fn reply(body: &Value) -> Reply {
    Reply { status: 200, headers: Vec::new(), body: body.to_string().into_bytes() }
}

/// The generated types write `null` for what is absent, and durations with nine digits.
fn as_google_writes(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            map.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, as_google_writes(v))).collect()
        }
        Value::Array(list) => list.into_iter().map(as_google_writes).collect(),
        Value::String(text) => match text.strip_suffix('s').map(str::parse::<f64>) {
            Some(Ok(seconds)) => json!(format!("{seconds}s")),
            _ => json!(text),
        },
        other => other,
    }
}

/// Reads a body into a generated type: from text, since its durations borrow from it.
macro_rules! generated {
    ($generated:ty, $body:expr) => {{
        let read: $generated = serde_json::from_str(&$body.to_string()).unwrap();
        read
    }};
}

/// What a generated type writes of a body that was read into it.
macro_rules! through {
    ($generated:ty, $body:expr) => {
        as_google_writes(serde_json::to_value(generated!($generated, $body)).unwrap())
    };
}

fn day(iso: &str) -> Day {
    Day::parse_iso(iso).expect("the tests name days that exist")
}

#[test]
fn every_search_we_ask_is_one_that_google_knows() {
    let ranges = [
        None,
        Some(DayRange { first: day("2015-06-01"), last: day("2015-06-01") }),
        Some(DayRange { first: day("0001-01-01"), last: day("9999-12-31") }),
        Some(DayRange { first: day("2024-02-29"), last: day("2020-02-29") }),
    ];
    for days in ranges {
        for media in [MediaType::All, MediaType::Photos, MediaType::Videos] {
            for page_token in [None, Some("CkgKQnR5cGUuZ29vZ2xlYXBpcy5jb20_é\"\\")] {
                let request = search_request("token", &SearchQuery { days, media }, page_token);
                let body = body(&request);
                assert_eq!(through!(api::SearchMediaItemsRequest, body), body);
                assert!(body["pageSize"].as_i64().is_some_and(|size| (1..=100).contains(&size)));
                assert_eq!(body["pageToken"].as_str(), page_token);
            }
        }
    }
}

#[test]
fn an_albums_items_are_asked_for_as_google_knows_it() {
    for page_token in [None, Some("CkgK_é\"\\")] {
        let body = body(&members_request("token", "AB-album", page_token));
        assert_eq!(through!(api::SearchMediaItemsRequest, body), body);
        assert_eq!((body["albumId"].as_str(), body.get("filters")), (Some("AB-album"), None));
        assert!(body["pageSize"].as_i64().is_some_and(|size| (1..=100).contains(&size)));
    }
    assert_eq!(
        albums_request("token", Some("a b")).url,
        "https://photoslibrary.googleapis.com/v1/albums?pageSize=50&pageToken=a+b"
    );
}

#[test]
fn a_list_of_albums_is_read_as_the_generated_types_read_it() {
    let body = json!({"albums": [
        {"id": "AB-1", "title": "البحر 🌊", "productUrl": "https://photos.google.com/lr/album/AB-1", "isWriteable": true,
         "mediaItemsCount": "20000", "coverPhotoBaseUrl": "https://lh3.googleusercontent.com/lr/c",
         "coverPhotoMediaItemId": "AB-photo"},
        {"id": "AB-2", "productUrl": "https://photos.google.com/lr/album/AB-2"}], "nextPageToken": "next"});
    assert_eq!(through!(api::ListAlbumsResponse, body), body, "the fixture names no field that Google does not");
    let theirs = generated!(api::ListAlbumsResponse, body);
    let ours = parse_albums(&reply(&body)).unwrap();
    assert_eq!((&ours.next_page_token, ours.problems.len()), (&theirs.next_page_token, 0));
    let theirs = theirs.albums.unwrap();
    assert_eq!(ours.albums.len(), theirs.len());
    for (ours, theirs) in ours.albums.iter().zip(&theirs) {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        assert_eq!((&ours.id, &ours.title), (&text(&theirs.id), &text(&theirs.title)));
        assert_eq!(ours.product_url, text(&theirs.product_url));
        assert_eq!(ours.cover_id, text(&theirs.cover_photo_media_item_id));
        assert_eq!(i64::from(ours.count), theirs.media_items_count.unwrap_or_default());
    }
}

#[test]
fn every_batch_we_create_is_one_that_google_knows() {
    let item = |description: &str| NewItem {
        upload_token: "CAIS+QEC/x=".into(),
        file_name: "Käse \"1\".jpg".into(),
        description: description.into(),
    };
    let body = body(&batch_create_request("token", &[item("Zwei\nZeilen"), item("")]));
    assert_eq!(through!(api::BatchCreateMediaItemsRequest, body), body);
    assert_eq!(body["newMediaItems"].as_array().map(Vec::len), Some(2));
}

#[test]
fn every_edit_we_ask_is_one_that_google_knows() {
    for description in ["Zwei\nZeilen", ""] {
        let request = edit_description_request("token", "AB-photo", description);
        let body = body(&request);
        assert_eq!(through!(api::MediaItem, body), body);
        assert_eq!(body, json!({ "description": description }));
        assert_eq!(request.method, Method::Patch);
        let (address, query) = request.url.split_once('?').expect("the mask is in the query");
        assert!(address.ends_with("/v1/mediaItems/AB-photo"), "{address}");
        // The generated crate writes its mask so, too.
        assert_eq!(query, format!("updateMask={}", "description".parse::<FieldMask>().unwrap()));
    }
}

#[test]
fn an_edited_item_is_read_as_the_generated_type_reads_it() {
    for body in items().as_array().unwrap() {
        assert_eq!(through!(api::MediaItem, body), *body);
        let theirs = generated!(api::MediaItem, body);
        let id = theirs.id.clone().unwrap();
        assert_same(&parse_edited(&reply(body), &id).unwrap(), &theirs);
    }
}

#[test]
fn ids_are_asked_for_by_the_parameter_that_google_repeats() {
    let url = batch_get_request("token", &["a", "b"]).url;
    assert!(url.ends_with("/v1/mediaItems:batchGet?mediaItemIds=a&mediaItemIds=b"), "{url}");
}

/// One photo and one video with every field that Google's reference names.
fn items() -> Value {
    json!([
        {"id": "AB-photo", "description": "At the lake", "productUrl": "https://photos.google.com/lr/photo/AB-photo",
         "baseUrl": "https://lh3.googleusercontent.com/lr/p", "mimeType": "image/jpeg", "filename": "IMG_1.JPG",
         "contributorInfo": {"profilePictureBaseUrl": "https://lh3.googleusercontent.com/a", "displayName": "Ada"},
         "mediaMetadata": {"creationTime": "2014-10-02T15:01:23.045Z", "width": "4032", "height": "3024",
            "photo": {"cameraMake": "Canon", "cameraModel": "EOS 5D", "focalLength": 35.5, "apertureFNumber": 2.5,
                      "isoEquivalent": 200, "exposureTime": "0.033s"}}},
        {"id": "AB-video", "productUrl": "https://photos.google.com/lr/photo/AB-video",
         "baseUrl": "https://lh3.googleusercontent.com/lr/v", "mimeType": "video/mp4", "filename": "VID_1.MP4",
         "mediaMetadata": {"creationTime": "1969-07-20T20:17:40Z", "width": "1920", "height": "1080",
            "video": {"cameraMake": "GoPro", "cameraModel": "HERO7", "fps": 29.97, "status": "READY"}}}
    ])
}

/// Holds an item as we read it against the same item in the generated type.
fn assert_same(ours: &MediaItem, theirs: &api::MediaItem) {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    assert_eq!(ours.id, text(&theirs.id));
    assert_eq!(ours.file_name, text(&theirs.filename));
    assert_eq!(ours.description, text(&theirs.description));
    assert_eq!(ours.mime_type, text(&theirs.mime_type));
    assert_eq!(ours.product_url, text(&theirs.product_url));
    assert_eq!(ours.base_url, theirs.base_url);
    let metadata = theirs.media_metadata.as_ref().expect("the fixtures have metadata");
    assert_eq!(ours.taken_s, metadata.creation_time.map(|time| time.timestamp()));
    assert_eq!(Some(i64::from(ours.width_px)), metadata.width);
    assert_eq!(Some(i64::from(ours.height_px)), metadata.height);
    let (photo, video) = (metadata.photo.as_ref(), metadata.video.as_ref());
    assert_eq!(ours.kind, if video.is_some() { Kind::Video } else { Kind::Photo });
    let make = photo.and_then(|p| p.camera_make.clone()).or(video.and_then(|v| v.camera_make.clone()));
    let model = photo.and_then(|p| p.camera_model.clone()).or(video.and_then(|v| v.camera_model.clone()));
    assert_eq!((Some(&ours.camera.make), Some(&ours.camera.model)), (make.as_ref(), model.as_ref()));
    assert_eq!(ours.exposure.f_number, photo.and_then(|p| p.aperture_f_number));
    assert_eq!(ours.exposure.focal_length_mm, photo.and_then(|p| p.focal_length));
    assert_eq!(ours.exposure.iso, photo.and_then(|p| p.iso_equivalent).map(i32::cast_unsigned));
    assert_eq!(ours.exposure.frames_per_s, video.and_then(|v| v.fps));
    let exposure_ms = photo.and_then(|p| p.exposure_time).map(|time| time.num_milliseconds());
    assert_eq!(ours.exposure.exposure_s.map(|seconds| (seconds * 1000.0).round() as i64), exposure_ms);
}

#[test]
fn a_page_is_read_as_the_generated_types_read_it() {
    let body = json!({"mediaItems": items(), "nextPageToken": "next"});
    assert_eq!(through!(api::SearchMediaItemsResponse, body), body, "the fixture names no field that Google does not");
    let theirs = generated!(api::SearchMediaItemsResponse, body);
    let ours = parse_search(&reply(&body)).unwrap();
    assert_eq!(ours.next_page_token, theirs.next_page_token);
    assert_eq!(ours.problems, Vec::<String>::new());
    let theirs = theirs.media_items.unwrap();
    assert_eq!(ours.items.len(), theirs.len());
    for (ours, theirs) in ours.items.iter().zip(&theirs) {
        assert_same(ours, theirs);
    }
    // The generated types write nulls; a page with nulls is the same page.
    let with_nulls = serde_json::to_value(api::SearchMediaItemsResponse {
        media_items: Some(theirs),
        next_page_token: ours.next_page_token.clone(),
    });
    assert_eq!(parse_search(&reply(&with_nulls.unwrap())), Ok(ours));
}

#[test]
fn results_of_a_batch_are_read_as_the_generated_types_read_them() {
    let items = items();
    let body = json!({"mediaItemResults": [
        {"status": {"code": 5, "message": "NOT_FOUND", "details": []}}, {"mediaItem": items[1]}]});
    assert_eq!(through!(api::BatchGetMediaItemsResponse, body), body);
    let theirs = generated!(api::BatchGetMediaItemsResponse, body);
    let theirs = theirs.media_item_results.unwrap();
    let ours = parse_batch_get(&reply(&body), &["gone", "AB-video"]).unwrap();
    assert_eq!(ours[0], ("gone".into(), None));
    assert_same(ours[1].1.as_ref().unwrap(), theirs[1].media_item.as_ref().unwrap());

    let body = json!({"newMediaItemResults": [
        {"uploadToken": "t2", "status": {"code": 3, "message": "Failed"}},
        {"uploadToken": "t1", "status": {"message": "Success"}, "mediaItem": items[0]}]});
    assert_eq!(through!(api::BatchCreateMediaItemsResponse, body), body);
    let theirs = generated!(api::BatchCreateMediaItemsResponse, body);
    let theirs = theirs.new_media_item_results.unwrap();
    let asked = ["t1", "t2"].map(|token| NewItem {
        upload_token: token.into(),
        file_name: String::new(),
        description: String::new(),
    });
    let ours = parse_batch_create(&reply(&body), &asked).unwrap();
    assert_same(ours[0].as_ref().unwrap(), theirs[1].media_item.as_ref().unwrap());
    assert!(ours[1].is_err());
}
