//! JSON files as Google writes them, turned into ours.
//!
//! Nothing in a file can lose the rest of it: a field that cannot be read is left unknown and noted.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use crate::lenient::{Flag, List, Object, Scalar, shortened};
use crate::photo::{Marks, Origin, Place};

use super::{AlbumFacts, Field, Json, JsonError, MOST_JSON_BYTES, Sidecar, SidecarProblem};

/// 1800-01-01 and 2200-01-01: no photo is older, and none that is younger was taken yet.
const FIRST_S: i64 = -5_364_662_400;
const END_S: i64 = 7_258_118_400;

const MOST_NAME_CHARS: usize = 4096;
const MOST_TEXT_CHARS: usize = 65_536;
const MOST_PEOPLE: usize = 500;

/// Every key of every kind of file. `photoTakenTime` is there for photos alone.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireJson<'a> {
    #[serde(borrow)]
    title: Scalar<'a>,
    #[serde(borrow)]
    description: Scalar<'a>,
    #[serde(borrow)]
    photo_taken_time: Object<WireTime<'a>>,
    #[serde(borrow)]
    creation_time: Object<WireTime<'a>>,
    #[serde(borrow)]
    geo_data: Object<WirePlace<'a>>,
    #[serde(borrow)]
    geo_data_exif: Object<WirePlace<'a>>,
    #[serde(borrow)]
    people: List<Object<WirePerson<'a>>, MOST_PEOPLE>,
    favorited: Flag,
    archived: Flag,
    trashed: Flag,
    locked: Flag,
    #[serde(borrow)]
    image_views: Scalar<'a>,
    #[serde(borrow)]
    google_photos_origin: Object<WireOrigin<'a>>,
    #[serde(borrow)]
    url: Scalar<'a>,
    #[serde(borrow)]
    access: Scalar<'a>,
    #[serde(borrow)]
    date: Object<WireTime<'a>>,
    enrichments: Flag,
    #[serde(borrow)]
    album_data: Object<WireAlbum<'a>>,
}

/// The inside of an older album file.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireAlbum<'a> {
    #[serde(borrow)]
    title: Scalar<'a>,
    #[serde(borrow)]
    description: Scalar<'a>,
    #[serde(borrow)]
    access: Scalar<'a>,
    #[serde(borrow)]
    date: Object<WireTime<'a>>,
}

/// `formatted` is in the person's language and is not read.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct WireTime<'a> {
    #[serde(borrow)]
    timestamp: Scalar<'a>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct WirePlace<'a> {
    #[serde(borrow)]
    latitude: Scalar<'a>,
    #[serde(borrow)]
    longitude: Scalar<'a>,
    #[serde(borrow)]
    altitude: Scalar<'a>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct WirePerson<'a> {
    #[serde(borrow)]
    name: Scalar<'a>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireOrigin<'a> {
    #[serde(borrow)]
    mobile_upload: Object<WirePhone<'a>>,
    web_upload: Flag,
    drive_sync: Flag,
    drive_desktop_uploader: Flag,
    from_partner_sharing: Flag,
    from_shared_album: Flag,
    composition: Flag,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WirePhone<'a> {
    #[serde(borrow)]
    device_folder: Object<WireFolder<'a>>,
    #[serde(borrow)]
    device_type: Scalar<'a>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WireFolder<'a> {
    #[serde(borrow)]
    local_folder_name: Scalar<'a>,
}

/// Reads one JSON file of an export, and says what in it could not be.
///
/// # Errors
/// When nothing of it can be read.
pub fn read_json(bytes: &[u8]) -> Result<(Json, Vec<SidecarProblem>), JsonError> {
    if bytes.len() as u64 > MOST_JSON_BYTES {
        return Err(JsonError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice::<Object<WireJson<'_>>>(bytes) {
        Ok(json) => Ok(read_any(json)),
        Err(_) => read_mended(bytes),
    }
}

/// What a second, slower look can still make of it: names that are not UTF-8, a key that is there twice, numbers that
/// are none and that some programs write all the same.
fn read_mended(bytes: &[u8]) -> Result<(Json, Vec<SidecarProblem>), JsonError> {
    let text = String::from_utf8_lossy(bytes);
    let value: Value = serde_json::from_str(&text)
        .or_else(|_| serde_json::from_str(&quote_numbers_that_are_none(&text)))
        .map_err(|_| JsonError::NotJson)?;
    Object::<WireJson<'_>>::deserialize(&value).map(read_any).map_err(|_| JsonError::NotJson)
}

/// `NaN` and `Infinity`, which JSON does not know, as texts.
fn quote_numbers_that_are_none(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 16);
    let (mut rest, mut is_inside) = (text, false);
    while let Some(c) = rest.chars().next() {
        let none = ["NaN", "Infinity", "-Infinity"].into_iter().find(|none| !is_inside && rest.starts_with(none));
        let taken = match (none, c) {
            (Some(none), _) => {
                quoted.extend(["\"", none, "\""]);
                none.len()
            }
            (None, '\\') if is_inside => {
                let escaped = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                quoted.push_str(&rest[..escaped]);
                escaped
            }
            (None, _) => {
                is_inside ^= c == '"';
                quoted.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    quoted
}

fn read_any(json: Object<WireJson<'_>>) -> (Json, Vec<SidecarProblem>) {
    let mut problems = Vec::new();
    let Object::Read(wire) = json else { return (Json::Other, problems) };
    // An album has neither views nor a way it came; a photo without its time is a photo all the same.
    let is_photo = wire.photo_taken_time != Object::Missing
        || wire.image_views != Scalar::Missing
        || wire.creation_time != Object::Missing
        || wire.google_photos_origin != Object::Missing;
    let json = if is_photo {
        Json::Photo(Box::new(read_photo(wire, &mut problems)))
    } else {
        read_album(wire, &mut problems).map_or(Json::Other, Json::Album)
    };
    (json, problems)
}

fn read_photo(wire: WireJson<'_>, problems: &mut Vec<SidecarProblem>) -> Sidecar {
    let taken = match wire.photo_taken_time {
        Object::Read(WireTime { timestamp: Scalar::Missing }) | Object::Missing => {
            problems.push(SidecarProblem::NoTime);
            None
        }
        time => read_time(Field::PhotoTakenTime, time, problems),
    };
    let taken_s = taken.filter(|taken_s| *taken_s != 0);
    if taken == Some(0) {
        problems.push(SidecarProblem::ZeroTime);
    }
    let (origin, device_type, device_folder) = read_origin(wire.google_photos_origin, problems);
    Sidecar {
        title: read_text(Field::Title, wire.title, MOST_NAME_CHARS, problems),
        description: read_text(Field::Description, wire.description, MOST_TEXT_CHARS, problems),
        taken_s,
        added_s: read_time(Field::CreationTime, wire.creation_time, problems),
        shown_place: read_place(Field::GeoData, &wire.geo_data, problems),
        exif_place: read_place(Field::GeoDataExif, &wire.geo_data_exif, problems),
        people: read_people(wire.people, problems),
        marks: Marks {
            favorited: wire.favorited.0,
            archived: wire.archived.0,
            trashed: wire.trashed.0,
            locked: wire.locked.0,
        },
        origin,
        device_type,
        device_folder,
        url: read_url(wire.url, problems),
    }
}

/// `None` if it is no album either. An album without a title has one that is empty.
fn read_album(wire: WireJson<'_>, problems: &mut Vec<SidecarProblem>) -> Option<AlbumFacts> {
    let is_old = wire.album_data != Object::Missing;
    let album = match wire.album_data {
        Object::Read(album) => album,
        Object::Missing | Object::Odd => {
            WireAlbum { title: wire.title, description: wire.description, access: wire.access, date: wire.date }
        }
    };
    let has_marks = album.access != Scalar::Missing || album.date != Object::Missing || wire.enrichments.0;
    let has_title = matches!(&album.title, Scalar::Text(title) if !title.is_empty());
    (is_old || has_marks || has_title).then(|| AlbumFacts {
        title: read_text(Field::Title, album.title, MOST_NAME_CHARS, problems),
        description: read_text(Field::Description, album.description, MOST_TEXT_CHARS, problems),
        created_s: read_time(Field::Date, album.date, problems).filter(|created_s| *created_s != 0),
        access: read_text(Field::Access, album.access, MOST_NAME_CHARS, problems),
    })
}

fn read_text(field: Field, value: Scalar<'_>, most_chars: usize, problems: &mut Vec<SidecarProblem>) -> String {
    match value {
        Scalar::Text(text) => match text.char_indices().nth(most_chars) {
            Some((end, _)) => {
                problems.push(SidecarProblem::TooLong { field });
                text[..end].to_owned()
            }
            None => text.into_owned(),
        },
        Scalar::Missing => String::new(),
        Scalar::Whole(_) | Scalar::Real(_) | Scalar::Odd => {
            problems.push(SidecarProblem::BadKind { field });
            String::new()
        }
    }
}

fn read_time(field: Field, time: Object<WireTime<'_>>, problems: &mut Vec<SidecarProblem>) -> Option<i64> {
    let timestamp = match time {
        Object::Read(WireTime { timestamp }) => timestamp,
        Object::Missing => return None,
        Object::Odd => {
            problems.push(SidecarProblem::BadKind { field });
            return None;
        }
    };
    let seconds = match &timestamp {
        Scalar::Missing => return None,
        Scalar::Text(text) => text.trim().parse().ok(),
        Scalar::Whole(seconds) => Some(*seconds),
        Scalar::Real(_) | Scalar::Odd => None,
    };
    let seconds = seconds.filter(|seconds| (FIRST_S..END_S).contains(seconds));
    if seconds.is_none() {
        problems.push(SidecarProblem::BadTime { field, value: timestamp.shown() });
    }
    seconds
}

fn read_place(field: Field, place: &Object<WirePlace<'_>>, problems: &mut Vec<SidecarProblem>) -> Option<Place> {
    let place = match place {
        Object::Read(place) => place,
        Object::Missing => return None,
        Object::Odd => {
            problems.push(SidecarProblem::BadKind { field });
            return None;
        }
    };
    if place.latitude == Scalar::Missing && place.longitude == Scalar::Missing {
        return None;
    }
    let (latitude, longitude) = (place.latitude.number(), place.longitude.number());
    if latitude == Some(0.0) && longitude == Some(0.0) {
        return None;
    }
    // Google writes an altitude of 0 where it knows none.
    let altitude_m = place.altitude.number().filter(|altitude_m| *altitude_m != 0.0);
    let read = latitude.zip(longitude).and_then(|(latitude, longitude)| Place::new(latitude, longitude, altitude_m));
    if read.is_none() {
        let value = format!("{}, {}", place.latitude.shown(), place.longitude.shown());
        problems.push(SidecarProblem::BadPlace { field, value });
    }
    read
}

fn read_people(people: List<Object<WirePerson<'_>>, MOST_PEOPLE>, problems: &mut Vec<SidecarProblem>) -> Vec<String> {
    let field = Field::People;
    let (people, is_whole) = match people {
        List::Read { items, is_whole } => (items, is_whole),
        List::Missing => return Vec::new(),
        List::Odd => {
            problems.push(SidecarProblem::BadKind { field });
            return Vec::new();
        }
    };
    if !is_whole {
        problems.push(SidecarProblem::TooLong { field });
    }
    let mut names: Vec<String> = Vec::with_capacity(people.len());
    for person in people {
        let name = match person {
            Object::Read(WirePerson { name: Scalar::Text(name) }) => shortened(&name, 200),
            // Somebody who was not named.
            Object::Read(WirePerson { name: Scalar::Missing }) => continue,
            _ => {
                problems.push(SidecarProblem::BadKind { field });
                continue;
            }
        };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    problems.dedup();
    names
}

fn read_origin(origin: Object<WireOrigin<'_>>, problems: &mut Vec<SidecarProblem>) -> (Origin, String, String) {
    let field = Field::Origin;
    let origin = match origin {
        Object::Read(origin) => origin,
        Object::Missing => return (Origin::Unknown, String::new(), String::new()),
        Object::Odd => {
            problems.push(SidecarProblem::BadKind { field });
            return (Origin::Unknown, String::new(), String::new());
        }
    };
    let is_phone = origin.mobile_upload != Object::Missing;
    // Whose it is says more than the way it came.
    let kind = match () {
        () if origin.from_partner_sharing.0 => Origin::Partner,
        () if origin.from_shared_album.0 => Origin::SharedAlbum,
        () if origin.composition.0 => Origin::Creation,
        () if is_phone => Origin::Phone,
        () if origin.web_upload.0 => Origin::Web,
        () if origin.drive_sync.0 || origin.drive_desktop_uploader.0 => Origin::Drive,
        () => Origin::Other,
    };
    let Object::Read(phone) = origin.mobile_upload else { return (kind, String::new(), String::new()) };
    let folder = match phone.device_folder {
        Object::Read(folder) => read_text(field, folder.local_folder_name, MOST_NAME_CHARS, problems),
        Object::Missing | Object::Odd => String::new(),
    };
    (kind, read_text(field, phone.device_type, 100, problems), folder)
}

fn read_url(url: Scalar<'_>, problems: &mut Vec<SidecarProblem>) -> String {
    let url = match url {
        Scalar::Text(url) => url,
        Scalar::Missing => Cow::Borrowed(""),
        _ => {
            problems.push(SidecarProblem::BadKind { field: Field::Url });
            return String::new();
        }
    };
    let is_google = url.starts_with("https://photos.google.com/") && url.len() <= MOST_NAME_CHARS;
    if !url.is_empty() && !is_google {
        problems.push(SidecarProblem::ForeignUrl { field: Field::Url });
    }
    if is_google { url.into_owned() } else { String::new() }
}
