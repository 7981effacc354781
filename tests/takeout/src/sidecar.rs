//! The JSON beside a photo, and the JSON of an album.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::library::{Album, Home, Origin, Photo, Sidecar};

/// The address that a photo has at Google.
pub(crate) fn url(seed: u64, id: u32) -> String {
    format!("https://photos.google.com/photo/AF1Qip{seed:08X}{id:08x}")
}

/// The second that the sidecar says, if it is one that can be.
pub(crate) fn said_s(photo: &Photo) -> Option<i64> {
    match photo.says.sidecar {
        Sidecar::Right => Some(photo.instant_s),
        Sidecar::Off(by) => Some(photo.instant_s + by),
        _ => None,
    }
}

/// The sidecar of a photo.
pub(crate) fn photo(seed: u64, photo: &Photo) -> Vec<u8> {
    let taken = match photo.says.sidecar {
        Sidecar::Broken => return b"{\"title\": \"".to_vec(),
        Sidecar::Zero => time(0),
        Sidecar::Silent => json!({ "formatted": "" }),
        Sidecar::Far => time(253_402_300_799),
        _ => time(said_s(photo).unwrap_or(0)),
    };
    let mut sidecar = json!({
        "title": photo.title,
        "description": photo.description,
        "imageViews": (photo.id % 90).to_string(),
        "creationTime": time(photo.instant_s.max(1_433_000_000) + 86_400),
        "photoTakenTime": taken,
        "geoData": place(photo, photo.says.geo_data),
        "geoDataExif": place(photo, photo.says.geo_data_exif),
        "url": url(seed, photo.id),
    });
    if !photo.people.is_empty() {
        sidecar["people"] = photo.people.iter().map(|name| json!({ "name": name })).collect();
    }
    for (key, is) in [
        ("favorited", photo.favorited),
        ("archived", photo.archived),
        ("trashed", photo.home == Home::Trash),
        // Not in every export: the folder tells it too.
        ("inLockedFolder", photo.home == Home::Locked && photo.id.is_multiple_of(2)),
    ] {
        if is {
            sidecar[key] = true.into();
        }
    }
    if let Some(origin) = origin(photo.origin) {
        sidecar["googlePhotosOrigin"] = origin;
    }
    if photo.id.is_multiple_of(3) {
        sidecar["photoLastModifiedTime"] = time(photo.instant_s.max(1_433_000_000) + 90_000);
    }
    text(&sidecar)
}

/// The sidecar of a photo that is not there.
pub(crate) fn orphan(seed: u64, nth: u32) -> Vec<u8> {
    let nowhere =
        json!({ "latitude": 0.0, "longitude": 0.0, "altitude": 0.0, "latitudeSpan": 0.0, "longitudeSpan": 0.0 });
    text(&json!({
        "title": format!("GONE_{nth:04}.jpg"),
        "description": "",
        "imageViews": "0",
        "creationTime": time(1_460_000_000),
        "photoTakenTime": time(1_460_000_000 + i64::from(nth)),
        "geoData": nowhere,
        "url": url(seed, u32::MAX - nth),
    }))
}

/// The sidecar of an album.
pub(crate) fn album(album: &Album) -> Vec<u8> {
    let inner = json!({
        "title": album.title,
        "description": "",
        "access": "protected",
        "date": time(1_433_000_000),
        "location": "",
        "geoData": { "latitude": 0.0, "longitude": 0.0, "altitude": 0.0, "latitudeSpan": 0.0, "longitudeSpan": 0.0 },
        "sharedAlbumComments": [{ "text": "❤️", "creationTime": time(1_500_000_000), "contentOwnerName": "Ada", "liked": true }],
    });
    text(&if album.wrapped { json!({ "albumData": inner }) } else { inner })
}

fn text(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).expect("what is made here can be written")
}

/// `formatted` is in the person's language, and never to be read.
fn time(seconds: i64) -> Value {
    let formatted = Timestamp::from_second(seconds)
        .map(|instant| instant.to_zoned(TimeZone::UTC).strftime("%-d %b %Y, %H:%M:%S\u{202F}UTC").to_string())
        .unwrap_or_default();
    json!({ "timestamp": seconds.to_string(), "formatted": formatted })
}

fn place(photo: &Photo, said: bool) -> Value {
    let (latitude, longitude, altitude) = if said {
        (degrees(photo.latitude), degrees(photo.longitude), photo.altitude_m.round())
    } else {
        (0.0, 0.0, 0.0)
    };
    json!({
        "latitude": latitude,
        "longitude": longitude,
        "altitude": altitude,
        "latitudeSpan": 0.0,
        "longitudeSpan": 0.0
    })
}

/// As many decimals as sidecars have.
pub(crate) fn degrees(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

fn origin(origin: Origin) -> Option<Value> {
    Some(match origin {
        Origin::Android => {
            json!({ "mobileUpload": { "deviceFolder": { "localFolderName": "" }, "deviceType": "ANDROID_PHONE" } })
        }
        Origin::Iphone => json!({ "mobileUpload": { "deviceType": "IOS_PHONE" } }),
        Origin::Web => json!({ "webUpload": { "computerUpload": {} } }),
        Origin::Drive => json!({ "driveDesktopUploader": {} }),
        Origin::Composition => json!({ "composition": { "type": "AUTO" } }),
        Origin::Partner => json!({ "fromPartnerSharing": {} }),
        Origin::SharedAlbum => json!({ "fromSharedAlbum": {} }),
        Origin::Unsaid => return None,
    })
}
