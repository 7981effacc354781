//! When a photo was taken, by the clock on the wall.

use serde::{Deserialize, Serialize};

/// How the local time of a photo is known, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TimeBasis {
    /// The camera wrote its offset from UTC.
    ExifOffset,
    /// The camera wrote its local time.
    ExifLocal,
    /// The camera wrote its local time, and the time of its GPS beside it.
    GpsTime,
    /// The zone of the place it was taken at.
    Place,
    /// The local time in the name of the file.
    FileName,
    /// The zone of the person who looks at it: a guess.
    PersonZone,
    /// Nothing tells of a zone: the hour is that of UTC.
    Utc,
}

impl TimeBasis {
    /// The surest first.
    pub const ALL: [Self; 7] =
        [Self::ExifOffset, Self::ExifLocal, Self::GpsTime, Self::Place, Self::FileName, Self::PersonZone, Self::Utc];

    /// Whether the photo itself tells of its local time. The other two are guesses.
    pub fn is_told(self) -> bool {
        !matches!(self, Self::PersonZone | Self::Utc)
    }
}

/// An instant of capture, and the local time that it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Taken {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub utc_s: i64,
    /// Minutes to add to UTC for the local time.
    pub offset_min: i16,
    pub basis: TimeBasis,
}

impl Taken {
    /// Seconds since 1970-01-01T00:00:00 on the local clock.
    pub fn local_s(&self) -> i64 {
        self.utc_s.saturating_add(i64::from(self.offset_min) * 60)
    }
}
