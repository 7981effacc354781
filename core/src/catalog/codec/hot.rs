//! Hot segments: what every view needs of every row, 20 bytes each; 31 where an export told of local times or places.

use crate::catalog::ROWS_PER_SEGMENT;
use crate::photo::Kind;

use super::bytes::{Reader, write_column};
use super::error::SegmentError;
use super::frame::{self, Sort};
use super::local::{LocalColumns, LocalFacts, write_local};

/// The version without local times and places: what there was before exports were read, and is in libraries without.
const WITHOUT_LOCAL: u32 = 2;
const WITH_LOCAL: u32 = 3;
/// The version with local times that the person said: programs that know none of those refuse it.
const WITH_CORRECTED: u32 = 4;

/// In the column of kinds: nothing is known of this row, it is not to be shown or counted.
pub(crate) const ABSENT: u8 = 255;
/// In the column of instants: the instant of capture is unknown.
pub(crate) const UNKNOWN_TAKEN: i64 = i64::MIN;
/// In the column of flags: the person marked it as a favorite.
pub(crate) const FAVORITE: u8 = 1;
/// In the column of flags: it is known where it was taken.
pub(crate) const HAS_PLACE: u8 = 2;
/// In the column of flags: the person moved it to the archive.
pub(crate) const ARCHIVED: u8 = 4;
/// In the column of flags: it is in the trash.
pub(crate) const TRASHED: u8 = 8;
/// In the column of flags: it is in the locked folder.
pub(crate) const LOCKED: u8 = 16;
/// In the column of flags: an export told of it.
pub(crate) const TAKEOUT: u8 = 32;
/// In the column of flags, beside [`TAKEOUT`]: the account told of it too. What no export told of, the account did, and
/// has no flag: so it was before there were exports.
pub(crate) const ACCOUNT: u8 = 64;

/// The hot columns of one segment. All have the same length, at most [`ROWS_PER_SEGMENT`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HotSegment {
    /// Seconds since the epoch; `i64::MIN` where unknown.
    pub taken_s: Vec<i64>,
    /// 0 where unknown.
    pub width_px: Vec<u32>,
    /// 0 where unknown.
    pub height_px: Vec<u32>,
    /// 0 photo, 1 video, 255 a row of which nothing is known (any more).
    pub kind: Vec<u8>,
    /// Index into the camera dictionary; 0 is the unknown camera.
    pub camera: Vec<u16>,
    /// Bit 0: favorite; 1: has a place; 2: archived; 3: trashed; 4: locked; 5: an export told of it; 6: and the account
    /// too. The Library API tells nothing of bits 0 to 4, so that a fetch leaves them as they are.
    pub flags: Vec<u8>,
    /// Empty where no row has any.
    pub local: Vec<LocalFacts>,
}

impl HotSegment {
    /// `rows` rows of which nothing is known.
    pub fn absent(rows: usize) -> Self {
        Self {
            taken_s: vec![UNKNOWN_TAKEN; rows],
            width_px: vec![0; rows],
            height_px: vec![0; rows],
            kind: vec![ABSENT; rows],
            camera: vec![0; rows],
            flags: vec![0; rows],
            local: Vec::new(),
        }
    }

    /// The local time and the place of a row.
    pub(crate) fn local(&self, place: usize) -> LocalFacts {
        self.local.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn set_local(&mut self, place: usize, facts: LocalFacts) {
        if facts != self.local(place) {
            self.local.resize(self.kind.len(), LocalFacts::NONE);
            self.local[place] = facts;
        }
    }

    /// Number of rows, absent ones too.
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// Adds at most `most` rows of another.
    pub(crate) fn extend(&mut self, other: Self, most: usize) {
        let rows = self.len() + other.len().min(most);
        if !self.local.is_empty() || !other.local.is_empty() {
            self.local.resize(self.len(), LocalFacts::NONE);
            self.local.extend(other.local.into_iter().take(most));
            self.local.resize(rows, LocalFacts::NONE);
        }
        self.taken_s.extend(other.taken_s.into_iter().take(most));
        self.width_px.extend(other.width_px.into_iter().take(most));
        self.height_px.extend(other.height_px.into_iter().take(most));
        self.kind.extend(other.kind.into_iter().take(most));
        self.camera.extend(other.camera.into_iter().take(most));
        self.flags.extend(other.flags.into_iter().take(most));
    }
}

/// The record of a hot segment.
pub fn encode_hot(segment: &HotSegment) -> Vec<u8> {
    let has_local = segment.local.iter().any(|row| *row != LocalFacts::NONE);
    let version = match has_local {
        true if segment.local.iter().any(|row| row.is_corrected()) => WITH_CORRECTED,
        true => WITH_LOCAL,
        false => WITHOUT_LOCAL,
    };
    frame::seal_as(Sort::Hot, version, segment.len(), |out| {
        write_column(out, &segment.taken_s, i64::to_le_bytes);
        write_column(out, &segment.width_px, u32::to_le_bytes);
        write_column(out, &segment.height_px, u32::to_le_bytes);
        write_column(out, &segment.camera, u16::to_le_bytes);
        out.extend(&segment.kind);
        out.extend(&segment.flags);
        if has_local {
            write_local(out, &segment.local);
        }
    })
}

/// The columns of a hot segment where they are in its record: numbers as their bytes, little-endian.
pub(crate) struct HotColumns<'a> {
    pub(crate) taken_s: &'a [[u8; 8]],
    pub(crate) width_px: &'a [[u8; 4]],
    pub(crate) height_px: &'a [[u8; 4]],
    pub(crate) camera: &'a [[u8; 2]],
    pub(crate) kind: &'a [u8],
    pub(crate) flags: &'a [u8],
    /// `None` where no row has any.
    pub(crate) local: Option<LocalColumns<'a>>,
}

/// Reads what [`encode_hot`] wrote.
///
/// # Errors
/// When the record is not whole, not a hot segment, or not one that this program writes.
pub fn decode_hot(record: &[u8]) -> Result<HotSegment, SegmentError> {
    let columns = read_hot(record)?;
    Ok(HotSegment {
        taken_s: columns.taken_s.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect(),
        width_px: columns.width_px.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect(),
        height_px: columns.height_px.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect(),
        camera: columns.camera.iter().map(|bytes| u16::from_le_bytes(*bytes)).collect(),
        kind: columns.kind.to_vec(),
        flags: columns.flags.to_vec(),
        local: columns.local.map(|local| local.rows().collect()).unwrap_or_default(),
    })
}

/// The same without a copy. Refuses what [`decode_hot`] refuses.
pub(crate) fn read_hot(record: &[u8]) -> Result<HotColumns<'_>, SegmentError> {
    let (version, rows, columns) = frame::open_any(Sort::Hot, record, ROWS_PER_SEGMENT)?;
    let mut reader = Reader::new(columns);
    let columns = HotColumns {
        taken_s: reader.chunks(rows)?,
        width_px: reader.chunks(rows)?,
        height_px: reader.chunks(rows)?,
        camera: reader.chunks(rows)?,
        kind: reader.bytes(rows)?,
        flags: reader.bytes(rows)?,
        local: (version >= WITH_LOCAL).then(|| LocalColumns::read(&mut reader, rows)).transpose()?,
    };
    reader.end()?;
    if columns.kind.iter().any(|&number| number != ABSENT && kind_from(number).is_none()) {
        return Err(SegmentError::Malformed { what: "a row is neither photo nor video" });
    }
    Ok(columns)
}

/// A kind as the column holds it.
pub(crate) fn kind_number(kind: Kind) -> u8 {
    match kind {
        Kind::Photo => 0,
        Kind::Video => 1,
    }
}

/// `None` for an absent row.
pub(crate) fn kind_from(number: u8) -> Option<Kind> {
    match number {
        0 => Some(Kind::Photo),
        1 => Some(Kind::Video),
        _ => None,
    }
}
