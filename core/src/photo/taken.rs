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
    /// The person said in which zone it was taken. No source says so.
    Correction,
}

impl TimeBasis {
    /// The surest first, and at last what no source says.
    pub const ALL: [Self; 8] = [
        Self::ExifOffset,
        Self::ExifLocal,
        Self::GpsTime,
        Self::Place,
        Self::FileName,
        Self::PersonZone,
        Self::Utc,
        Self::Correction,
    ];

    /// Whether the photo itself tells of its local time, or the person. The other two are guesses.
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

/// The offset of a zone at a local time. When clocks were put back the first of the two instants is meant; a time that was
/// skipped is read as if the clocks had not been put forward.
pub fn offset_of_local(local_s: i64, offset_min: impl Fn(i64) -> Option<i16>) -> Option<i16> {
    let before = offset_min(local_s.saturating_sub(86_400))?;
    let after = offset_min(local_s.saturating_add(86_400))?;
    let holds = |offset: i16| offset_min(local_s.saturating_sub(i64::from(offset) * 60)) == Some(offset);
    // What held before the change is the first of two.
    if holds(before) {
        Some(before)
    } else if holds(after) {
        Some(after)
    } else {
        Some(before)
    }
}
