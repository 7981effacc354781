//! All that is known of a media item, where it lies.

use serde::{Deserialize, Serialize};

use super::{Exposure, Kind, Marks, MediaItem, Moment, Origin, Place};

/// One photo or video, borrowed from whoever holds it: nothing is copied to look at a million of them. Unknown is `None`
/// or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemFacts<'a> {
    /// Google's id of the media item.
    pub id: &'a str,
    pub file_name: &'a str,
    pub description: &'a str,
    /// As Google says it: `image/jpeg`, `video/mp4` …
    pub mime_type: &'a str,
    pub kind: Kind,
    /// Its page on photos.google.com.
    pub product_url: &'a str,
    /// When it was taken, as it counts.
    pub moment: Moment,
    /// Whether the person put that right.
    pub is_corrected: bool,
    /// Width in pixels as shown; 0 where unknown.
    pub width_px: u32,
    /// Height in pixels as shown; 0 where unknown.
    pub height_px: u32,
    /// Exif `Make`.
    pub camera_make: &'a str,
    /// Exif `Model`.
    pub camera_model: &'a str,
    pub exposure: Exposure,
    pub is_in_account: bool,
    /// What an export of Takeout tells of it; `None` where none does.
    #[serde(borrow)]
    pub export: Option<ExportFacts<'a>>,
    /// The titles of the albums that it is in.
    pub albums: Vec<&'a str>,
}

/// The same for what an export tells: see [`Export`](super::Export).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExportFacts<'a> {
    pub place: Option<Place>,
    /// Exif `LensModel`.
    pub lens: &'a str,
    /// Exif `FocalLengthIn35mmFilm`, in millimetres.
    pub focal_length_35mm: Option<u16>,
    pub marks: Marks,
    pub origin: Origin,
    pub people: Vec<&'a str>,
    pub has_motion: bool,
    pub has_edited: bool,
}

impl ItemFacts<'_> {
    /// Where it was taken.
    pub fn place(&self) -> Option<Place> {
        self.export.as_ref()?.place
    }
}

impl<'a> From<&'a MediaItem> for ItemFacts<'a> {
    /// Albums are not known to an item.
    fn from(item: &'a MediaItem) -> Self {
        let export = item.export.as_deref();
        Self {
            id: &item.id,
            file_name: &item.file_name,
            description: &item.description,
            mime_type: &item.mime_type,
            kind: item.kind,
            product_url: &item.product_url,
            moment: item.shown(),
            is_corrected: item.corrected.is_some(),
            width_px: item.width_px,
            height_px: item.height_px,
            camera_make: &item.camera.make,
            camera_model: &item.camera.model,
            exposure: item.exposure.clone(),
            is_in_account: export.is_none_or(|export| export.is_in_account),
            export: export.map(|export| ExportFacts {
                place: export.place,
                lens: &export.lens,
                focal_length_35mm: export.focal_length_35mm,
                marks: export.marks,
                origin: export.origin,
                people: export.people.iter().map(String::as_str).collect(),
                has_motion: export.has_motion,
                has_edited: export.has_edited,
            }),
            albums: Vec::new(),
        }
    }
}
