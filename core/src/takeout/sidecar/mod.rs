//! The JSON files of an export: what Google knows of a photo, and of an album.
//!
//! Which of them a file is, is told by what is in it, since its name is in the person's language.

mod wire;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::photo::{Marks, Origin, Place};

pub use wire::read_json;

/// A larger file is no sidecar, and is not read: those of photos have one or two kilobytes.
pub const MOST_JSON_BYTES: u64 = 4 * 1024 * 1024;

/// What a JSON file of an export holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Photo(Box<Sidecar>),
    Album(AlbumFacts),
    /// JSON of neither kind.
    Other,
}

/// What Google knows of a photo or video. Unknown is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sidecar {
    /// The name that the file was uploaded with: whole, without a number, perhaps without an ending.
    pub title: String,
    /// Its page on photos.google.com.
    pub url: String,
    /// The instant of capture, in seconds since 1970-01-01T00:00:00Z.
    pub taken_s: Option<i64>,
    pub description: String,
    /// When it was added to Google Photos.
    pub added_s: Option<i64>,
    /// Where Google Photos shows it: corrected by the person, or guessed by Google, or from the file.
    pub shown_place: Option<Place>,
    /// Where the file says that it was taken.
    pub exif_place: Option<Place>,
    /// Names of the people that were recognized.
    pub people: Vec<String>,
    pub marks: Marks,
    pub origin: Origin,
    /// As Google writes it: `ANDROID_PHONE`, `IOS_PHONE` …
    pub device_type: String,
    /// The folder of the phone that it came from: `WhatsApp Images` …
    pub device_folder: String,
}

/// What Google knows of an album.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AlbumFacts {
    /// May be empty.
    pub title: String,
    pub description: String,
    /// In seconds since 1970-01-01T00:00:00Z.
    pub created_s: Option<i64>,
    /// As Google writes it: `protected`, `shared` …
    pub access: String,
}

/// A JSON file that cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Error, Serialize, Deserialize)]
pub enum JsonError {
    #[error("it is no JSON")]
    NotJson,
    #[error("it has more than {MOST_JSON_BYTES} bytes")]
    TooLarge,
}

/// Something in a JSON file that cannot be, and was left unknown.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum SidecarProblem {
    #[error("it does not say when it was taken")]
    NoTime,
    /// "0": Google did not know.
    #[error("it says that it was taken at the very beginning of 1970")]
    ZeroTime,
    #[error("{field} “{value}” is no time of a photo")]
    BadTime { field: Field, value: String },
    #[error("{field} “{value}” is no place")]
    BadPlace { field: Field, value: String },
    #[error("{field} is of another kind than it should be")]
    BadKind { field: Field },
    #[error("{field} is too long and was cut")]
    TooLong { field: Field },
    #[error("{field} does not lead to Google Photos")]
    ForeignUrl { field: Field },
}

/// A field of a JSON file, called as Google calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    Title,
    Description,
    PhotoTakenTime,
    CreationTime,
    GeoData,
    GeoDataExif,
    People,
    Origin,
    Url,
    Date,
    Access,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "title",
            Self::Description => "description",
            Self::PhotoTakenTime => "photoTakenTime",
            Self::CreationTime => "creationTime",
            Self::GeoData => "geoData",
            Self::GeoDataExif => "geoDataExif",
            Self::People => "people",
            Self::Origin => "googlePhotosOrigin",
            Self::Url => "url",
            Self::Date => "date",
            Self::Access => "access",
        })
    }
}

impl Sidecar {
    /// Where it was taken. What the person corrected in Google Photos counts more than what the file says.
    pub fn place(&self) -> Option<Place> {
        self.shown_place.or(self.exif_place)
    }

    /// Google's own mark of the photo, from the address of its page: the same in every export.
    pub fn photo_mark(&self) -> Option<&str> {
        photo_mark(&self.url)
    }
}

pub(super) fn photo_mark(url: &str) -> Option<&str> {
    // An album that is shared has addresses of its own for what is in it.
    if ["/share/", "/album/"].iter().any(|album| url.contains(album)) {
        return None;
    }
    let (_, mark) = url.rsplit_once("/photo/")?;
    let mark = mark.split(['?', '#', '/']).next().unwrap_or_default();
    (!mark.is_empty()).then_some(mark)
}
