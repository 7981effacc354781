//! What a photo or video says of itself: Exif from the head of its bytes, the boxes of a video.
//!
//! Only what is wanted is read, and only where it is: a [`Reader`] says which bytes it needs next, so that a photo of an
//! archive of 50 GB costs one read or two. Nothing in a file is believed: an offset that leads out of it, a loop or a
//! promise of gigabytes ends in a [`ExifProblem`], and what was read until then is kept.
//!
//! The directories of Exif are walked here and not by a library: those that there are take the whole block into memory
//! and make a value of every entry, of which a block of 64 kilobytes can promise millions. They are asked for a second
//! opinion in the tests.

mod boxes;
mod facts;
mod heif;
mod picture;
mod pieces;
mod tiff;
mod video;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::photo::{Camera, Exposure, Place};

pub use pieces::{HEAD_BYTES, Reader, Step};

/// What a file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    Jpeg,
    Heif,
    Avif,
    Png,
    WebP,
    /// TIFF, and raw files that are built like one.
    Tiff,
    Gif,
    /// MP4, QuickTime and 3GP.
    Movie,
}

/// What a file says of itself. Unknown is `None`, empty or 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MediaFacts {
    pub format: Option<Format>,
    pub camera: Camera,
    /// Exif `LensModel`.
    pub lens: String,
    pub exposure: Exposure,
    /// Exif `FocalLengthIn35mmFilm`.
    pub focal_length_35mm: Option<u16>,
    /// Exif `Orientation`, 1 to 8.
    pub orientation: Option<u8>,
    /// As shown, turned as the file says.
    pub width_px: u32,
    /// As shown, turned as the file says.
    pub height_px: u32,
    /// Exif `DateTimeOriginal`, as seconds since 1970-01-01T00:00:00 on the camera's clock.
    pub local_s: Option<i64>,
    /// Exif `OffsetTimeOriginal`, in minutes to add to UTC.
    pub offset_min: Option<i16>,
    /// Exif `GPSDateStamp` and `GPSTimeStamp`.
    pub gps_utc_s: Option<i64>,
    /// The creation time of a video's header.
    pub video_utc_s: Option<i64>,
    pub place: Option<Place>,
    /// Of a video.
    pub duration_ms: Option<u64>,
    /// Where in the file a small JPEG of the photo is.
    pub thumbnail: Option<Range<u64>>,
}

/// Why some of a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Error, Serialize, Deserialize)]
pub enum ExifProblem {
    #[error("it is of a kind that says nothing of itself")]
    UnknownFormat,
    #[error("it points outside of itself")]
    Outside,
    #[error("it promises more than it can hold")]
    TooLarge,
    #[error("what it says lies in too many places")]
    TooScattered,
    #[error("its parts do not fit together")]
    Malformed,
}
