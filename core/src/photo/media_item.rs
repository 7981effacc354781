//! A photo or video as we know it, whatever told us of it.

use serde::{Deserialize, Serialize};

use super::{Corrected, Correction, Export, Moment, Taken};

/// Photo or video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Kind {
    #[default]
    Photo,
    Video,
}

/// Exif `Make` (0x010F) and `Model` (0x0110). Either may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Camera {
    pub make: String,
    pub model: String,
}

/// How the picture was exposed.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Exposure {
    /// Exif `FNumber` (0x829D).
    pub f_number: Option<f32>,
    /// Exif `ExposureTime` (0x829A), in seconds.
    pub exposure_s: Option<f64>,
    /// Exif `PhotographicSensitivity` (0x8827).
    pub iso: Option<u32>,
    /// Exif `FocalLength` (0x920A), in millimetres, not the 35 mm equivalent.
    pub focal_length_mm: Option<f32>,
    /// Frames a second, for videos.
    pub frames_per_s: Option<f64>,
}

/// One photo or video. Unknown is `None` or empty, never a made-up value.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct MediaItem {
    /// Google's id of the media item.
    pub id: String,
    pub file_name: String,
    pub description: String,
    /// As Google says it: `image/jpeg`, `video/mp4` …
    pub mime_type: String,
    pub kind: Kind,
    /// Its page on photos.google.com.
    pub product_url: String,
    /// Where its bytes can be had for an hour. Never stored.
    pub base_url: Option<String>,
    /// The instant of capture, in seconds since 1970-01-01T00:00:00Z.
    pub taken_s: Option<i64>,
    /// Width in pixels as shown; 0 where unknown.
    pub width_px: u32,
    /// Height in pixels as shown; 0 where unknown.
    pub height_px: u32,
    pub camera: Camera,
    pub exposure: Exposure,
    /// What an export tells of it, if it came by one.
    pub export: Option<Box<Export>>,
    /// Where the person put its time right: the other fields hold it as it counts.
    pub corrected: Option<Box<Corrected>>,
}

impl MediaItem {
    /// When it was taken by the clock on the wall; `None` where only the instant is known, or not even that.
    pub fn taken(&self) -> Option<Taken> {
        let clock = self.shown().clock?;
        Some(Taken { utc_s: self.taken_s?, offset_min: clock.offset_min, basis: clock.basis })
    }

    /// When it was taken, as it counts.
    pub fn shown(&self) -> Moment {
        self.corrected.as_deref().map_or_else(|| self.plain(), |corrected| corrected.shown)
    }

    /// When it was taken, as its sources say it.
    pub fn told(&self) -> Moment {
        self.corrected.as_deref().map_or_else(|| self.plain(), |corrected| corrected.told)
    }

    /// Puts its time right, in place of how it was put right before. Where that cannot be said (see
    /// [`Correction::of`]), it stays as it is.
    pub fn correct(&mut self, correction: &Correction, offset_min: &dyn Fn(&str, i64) -> Option<i32>) {
        let told = self.told();
        let Some(shown) = correction.of(told, offset_min) else { return };
        self.taken_s = shown.taken_s;
        if let Some(export) = &mut self.export {
            export.clock = shown.clock;
        }
        self.corrected = Some(Box::new(Corrected { correction: correction.clone(), told, shown }));
    }

    fn plain(&self) -> Moment {
        Moment { taken_s: self.taken_s, clock: self.export.as_ref().and_then(|export| export.clock) }
    }
}
