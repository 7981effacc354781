//! The hot columns of all rows, as the page holds them.

use crate::photo::{Camera, Kind};

use super::codec::{ABSENT, FAVORITE, HAS_PLACE, SegmentError, UNKNOWN_TAKEN, decode_hot, kind_from};
use super::{MOST_SEGMENTS, ROWS_PER_SEGMENT};

/// The hot columns of all rows that are known, filled segment by segment in any order.
///
/// A row is its number of arrival and never changes. Rows of segments that are missing or could not be read are
/// *absent*: they have a number and no facts, and are neither shown nor counted. Every accessor takes any number and
/// answers for an absent row as for one of which nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hot {
    taken_s: Vec<i64>,
    width_px: Vec<u32>,
    height_px: Vec<u32>,
    kind: Vec<u8>,
    camera: Vec<u16>,
    flags: Vec<u8>,
    cameras: Vec<Camera>,
    present: usize,
}

impl Hot {
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts one segment in its place, over what was there.
    ///
    /// # Errors
    /// When the record cannot be used; the columns stay as they were.
    pub fn set_segment(&mut self, number: u32, record: &[u8]) -> Result<(), SegmentError> {
        if number >= MOST_SEGMENTS {
            return Err(SegmentError::OutOfRange { number });
        }
        let segment = decode_hot(record)?;
        let from = number as usize * ROWS_PER_SEGMENT;
        let to = from + segment.len();
        if self.kind.len() < to {
            self.taken_s.resize(to, UNKNOWN_TAKEN);
            self.width_px.resize(to, 0);
            self.height_px.resize(to, 0);
            self.kind.resize(to, ABSENT);
            self.camera.resize(to, 0);
            self.flags.resize(to, 0);
        }
        let before = count_present(&self.kind[from..to.max(self.end_of_segment(number))]);
        self.taken_s[from..to].copy_from_slice(&segment.taken_s);
        self.width_px[from..to].copy_from_slice(&segment.width_px);
        self.height_px[from..to].copy_from_slice(&segment.height_px);
        self.kind[from..to].copy_from_slice(&segment.kind);
        self.camera[from..to].copy_from_slice(&segment.camera);
        self.flags[from..to].copy_from_slice(&segment.flags);
        let end = self.end_of_segment(number);
        self.kind[to..end].fill(ABSENT);
        self.present = self.present - before + count_present(&segment.kind);
        Ok(())
    }

    /// Puts the camera dictionary in place of the one before.
    pub fn set_cameras(&mut self, cameras: Vec<Camera>) {
        self.cameras = cameras;
    }

    /// The camera dictionary, by number. It may be shorter than rows say: what is past its end is unknown.
    pub fn cameras(&self) -> &[Camera] {
        &self.cameras
    }

    /// Forgets all rows and cameras.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// How many rows there are to show and count, absent ones not among them.
    pub fn len(&self) -> usize {
        self.present
    }

    pub fn is_empty(&self) -> bool {
        self.present == 0
    }

    /// One past the highest row number, absent rows among them.
    pub fn end(&self) -> u32 {
        self.kind.len() as u32
    }

    /// All rows but the absent ones, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.kind.iter().enumerate().filter(|(_, kind)| **kind != ABSENT).map(|(row, _)| row as u32)
    }

    pub fn is_present(&self, row: u32) -> bool {
        self.kind.get(row as usize).is_some_and(|kind| *kind != ABSENT)
    }

    /// The instant of capture in seconds since the epoch; `None` where unknown.
    pub fn taken_s(&self, row: u32) -> Option<i64> {
        if !self.is_present(row) {
            return None;
        }
        self.taken_s.get(row as usize).copied().filter(|taken_s| *taken_s != UNKNOWN_TAKEN)
    }

    /// 0 where unknown.
    pub fn width_px(&self, row: u32) -> u32 {
        self.width_px.get(row as usize).copied().unwrap_or(0)
    }

    /// 0 where unknown.
    pub fn height_px(&self, row: u32) -> u32 {
        self.height_px.get(row as usize).copied().unwrap_or(0)
    }

    /// Width over height; 1 where either is unknown.
    pub fn aspect_ratio(&self, row: u32) -> f32 {
        let (width, height) = (self.width_px(row), self.height_px(row));
        if width == 0 || height == 0 { 1.0 } else { width as f32 / height as f32 }
    }

    pub fn kind(&self, row: u32) -> Kind {
        self.kind.get(row as usize).and_then(|number| kind_from(*number)).unwrap_or_default()
    }

    /// Place in the camera dictionary; 0 is the unknown camera.
    pub fn camera(&self, row: u32) -> u16 {
        self.camera.get(row as usize).copied().unwrap_or(0)
    }

    /// Whether the person marked it as a favorite, as far as is known: the Library API does not tell.
    pub fn is_favorite(&self, row: u32) -> bool {
        self.flags.get(row as usize).is_some_and(|flags| flags & FAVORITE != 0)
    }

    /// Whether it is known where it was taken: the Library API does not tell.
    pub fn has_place(&self, row: u32) -> bool {
        self.flags.get(row as usize).is_some_and(|flags| flags & HAS_PLACE != 0)
    }

    /// The column of instants, by row: `i64::MIN` where unknown.
    pub fn taken_s_column(&self) -> &[i64] {
        &self.taken_s
    }

    /// The column of kinds, by row: 0 photo, 1 video, 255 absent.
    pub fn kind_column(&self) -> &[u8] {
        &self.kind
    }

    /// The column of cameras, by row.
    pub fn camera_column(&self) -> &[u16] {
        &self.camera
    }

    fn end_of_segment(&self, number: u32) -> usize {
        ((number as usize + 1) * ROWS_PER_SEGMENT).min(self.kind.len())
    }
}

fn count_present(kinds: &[u8]) -> usize {
    kinds.iter().filter(|kind| **kind != ABSENT).count()
}
