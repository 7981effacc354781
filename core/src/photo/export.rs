//! What an export tells of a photo beyond what every source tells.

use serde::{Deserialize, Serialize};

use super::{Place, TimeBasis};

/// What was done with a photo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marks {
    pub favorited: bool,
    pub archived: bool,
    pub trashed: bool,
    pub locked: bool,
}

/// How a photo came to Google Photos.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    #[default]
    Unknown,
    Phone,
    Web,
    /// Google Drive, or its program for computers.
    Drive,
    /// It is a partner's, who shares all or some photos.
    Partner,
    /// Somebody else put it into a shared album.
    SharedAlbum,
    /// Google made it out of others: a collage, an animation.
    Creation,
    /// A way that is not known yet.
    Other,
}

/// The clock on the wall where a photo was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LocalClock {
    /// Minutes to add to UTC for the local time.
    pub offset_min: i16,
    pub basis: TimeBasis,
}

/// What a Takeout export tells of a photo, and the Library API does not. Unknown is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// What makes the instant of the media item a local time; `None` where the instant is unknown too.
    pub clock: Option<LocalClock>,
    pub place: Option<Place>,
    /// Exif `LensModel` (0xA434).
    pub lens: String,
    /// Exif `FocalLengthIn35mmFilm` (0xA405), in millimetres.
    pub focal_length_35mm: Option<u16>,
    pub marks: Marks,
    pub origin: Origin,
    /// Names of the people that Google Photos recognized and the person named.
    pub people: Vec<String>,
    /// The photo has a moving half (a live or motion photo).
    pub has_motion: bool,
    /// There is a copy of it that was edited in Google Photos.
    pub has_edited: bool,
    /// The account tells of the same photo: two sources, one row.
    pub is_in_account: bool,
}
