//! The hot columns of all rows, as the page holds them.

use std::cell::{Ref, RefCell};
use std::ops::Range;

use crate::photo::{Bounds, Camera, Kind, LocalClock, Marks, Place};

use super::changes::Changes;
use super::codec::{
    ABSENT, FAVORITE, HAS_PLACE, LocalColumns, LocalFacts, SegmentError, UNKNOWN_TAKEN, kind_from, read_hot,
};
use super::merging::marks_of;
use super::order::{FARTHEST_S, Order};
use super::source::Source;
use super::{MOST_SEGMENTS, ROWS_PER_SEGMENT, RowSet};

/// The hot columns of all rows that are known, filled segment by segment in any order.
///
/// A row is its number of arrival and never changes. Rows of segments that are missing or could not be read are
/// *absent*: they have a number and no facts, and are neither shown nor counted. Every accessor takes any number and
/// answers for an absent row as for one of which nothing is known. An instant that no calendar holds, seventeen thousand
/// years away, is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hot {
    taken_s: Vec<i64>,
    width_px: Vec<u32>,
    height_px: Vec<u32>,
    kind: Vec<u8>,
    camera: Vec<u16>,
    flags: Vec<u8>,
    /// Empty until a record has any: a library without exports pays nothing for it. Then as long as the others.
    local: Vec<LocalFacts>,
    cameras: Vec<Camera>,
    present: usize,
    changes: Changes,
    /// Brought up to date when it is asked for.
    order: RefCell<Order>,
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
        self.put(number, 0, record, true)
    }

    /// Puts the rows of one record in their place, from `first_row` on, over what is known of them: those of a whole
    /// segment, or of a piece of one. All others stay as they are.
    ///
    /// # Errors
    /// When the record cannot be used; the columns stay as they were.
    pub fn set_rows(&mut self, first_row: u32, record: &[u8]) -> Result<(), SegmentError> {
        self.put(first_row / ROWS_PER_SEGMENT as u32, first_row as usize % ROWS_PER_SEGMENT, record, false)
    }

    fn put(&mut self, number: u32, place: usize, record: &[u8], is_all: bool) -> Result<(), SegmentError> {
        let columns = read_hot(record)?;
        if number >= MOST_SEGMENTS || place + columns.kind.len() > ROWS_PER_SEGMENT {
            return Err(SegmentError::OutOfRange { number });
        }
        let from = number as usize * ROWS_PER_SEGMENT + place;
        let to = from + columns.kind.len();
        self.changes.note(number);
        self.grow(to);
        let end = if is_all { self.end_of_segment(number) } else { to };
        let before = count_present(&self.kind[from..end]);
        let taken_s = columns.taken_s.iter().zip(columns.kind).map(|(bytes, kind)| known_taken(*bytes, *kind));
        let is_order_same = taken_s.clone().eq(self.taken_s[from..to].iter().copied())
            && columns.kind.iter().zip(&self.kind[from..to]).all(|(new, old)| (*new == ABSENT) == (*old == ABSENT))
            && count_present(&self.kind[to..end]) == 0;
        if !is_order_same {
            self.order.get_mut().touch(number);
        }
        fill(&mut self.taken_s[from..to], taken_s);
        fill(&mut self.width_px[from..to], columns.width_px.iter().map(|bytes| u32::from_le_bytes(*bytes)));
        fill(&mut self.height_px[from..to], columns.height_px.iter().map(|bytes| u32::from_le_bytes(*bytes)));
        fill(&mut self.camera[from..to], columns.camera.iter().map(|bytes| u16::from_le_bytes(*bytes)));
        self.kind[from..to].copy_from_slice(columns.kind);
        self.flags[from..to].copy_from_slice(columns.flags);
        self.put_local(from..to, columns.local);
        self.taken_s[to..end].fill(UNKNOWN_TAKEN);
        self.kind[to..end].fill(ABSENT);
        self.flags[to..end].fill(0);
        self.put_local(to..end, None);
        self.present = self.present - before + count_present(columns.kind);
        Ok(())
    }

    fn put_local(&mut self, rows: Range<usize>, columns: Option<LocalColumns<'_>>) {
        match columns {
            Some(columns) => {
                if self.local.is_empty() {
                    self.local.reserve_exact(self.kind.capacity());
                    self.local.resize(self.kind.len(), LocalFacts::NONE);
                }
                fill(&mut self.local[rows], columns.rows());
            }
            None if !self.local.is_empty() => self.local[rows].fill(LocalFacts::NONE),
            None => {}
        }
    }

    /// Whether any row of a segment is present.
    pub fn holds(&self, number: u32) -> bool {
        let from = (number as usize).saturating_mul(ROWS_PER_SEGMENT);
        self.kind.iter().skip(from).take(ROWS_PER_SEGMENT).any(|kind| *kind != ABSENT)
    }

    /// Makes room for this many segments at once, so that filling them does not move what is there again and again.
    pub fn reserve(&mut self, segments: usize) {
        self.reserve_rows(segments.min(MOST_SEGMENTS as usize) * ROWS_PER_SEGMENT);
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
        let mut changes = std::mem::take(&mut self.changes);
        changes.forget_all();
        *self = Self { changes, ..Self::default() };
    }

    /// How many rows there are to show and count, absent ones not among them.
    pub fn len(&self) -> usize {
        self.present
    }

    pub fn is_empty(&self) -> bool {
        self.present == 0
    }

    /// Which segments were put in their places, and when.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// One past the highest row number, absent rows among them.
    pub fn end(&self) -> u32 {
        self.kind.len() as u32
    }

    /// All rows but the absent ones, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.kind.iter().enumerate().filter(|(_, kind)| **kind != ABSENT).map(|(row, _)| row as u32)
    }

    /// The same as a set.
    pub(super) fn present_rows(&self) -> RowSet {
        let mut rows = RowSet::new();
        rows.insert_range(0..self.end());
        if self.present < self.kind.len() {
            rows.retain(|row| self.kind[row as usize] != ABSENT);
        }
        rows
    }

    pub fn is_present(&self, row: u32) -> bool {
        self.kind.get(row as usize).is_some_and(|kind| *kind != ABSENT)
    }

    /// The instant of capture in seconds since the epoch; `None` where unknown.
    pub fn taken_s(&self, row: u32) -> Option<i64> {
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
        self.flags(row) & FAVORITE != 0
    }

    /// Whether it is known where it was taken: the Library API does not tell.
    pub fn has_place(&self, row: u32) -> bool {
        self.flags(row) & HAS_PLACE != 0
    }

    /// What was done with it, as far as is known: the Library API does not tell.
    pub fn marks(&self, row: u32) -> Marks {
        marks_of(self.flags(row))
    }

    /// Whether this source is among those who told of it.
    pub fn is_from(&self, row: u32, source: Source) -> bool {
        self.is_present(row) && source.is_of(self.flags(row))
    }

    /// The clock on the wall where it was taken; `None` where that is unknown, as it is for whatever only the account
    /// told of.
    pub fn clock(&self, row: u32) -> Option<LocalClock> {
        self.local.get(row as usize)?.clock()
    }

    /// Minutes to add to UTC for the local time, where the photo itself tells of it; `None` where it is unknown or guessed.
    pub fn told_offset_min(&self, row: u32) -> Option<i16> {
        self.clock(row).filter(|clock| clock.basis.is_told()).map(|clock| clock.offset_min)
    }

    /// When it was taken by that clock, in seconds since 1970-01-01T00:00:00 there; `None` where the clock or the instant
    /// is unknown.
    pub fn local_s(&self, row: u32) -> Option<i64> {
        Some(self.taken_s(row)? + i64::from(self.clock(row)?.offset_min) * 60)
    }

    /// Where it was taken, to a centimetre, without its altitude; `None` where that is unknown.
    pub fn place(&self, row: u32) -> Option<Place> {
        self.local.get(row as usize)?.place()
    }

    /// Whether it was taken in this part of the Earth; what has no known place was not.
    pub(super) fn is_within(&self, row: u32, bounds: &Bounds) -> bool {
        self.place(row).is_some_and(|place| bounds.contains(place))
    }

    /// Whether any row has a local time or a place of its own: without, there is no need to ask each.
    pub fn has_local(&self) -> bool {
        !self.local.is_empty()
    }

    /// The flags of a row: see [`HotSegment::flags`](super::codec::HotSegment::flags).
    pub(super) fn flags(&self, row: u32) -> u8 {
        self.flags.get(row as usize).copied().unwrap_or(0)
    }

    /// The column of kinds, by row: 0 photo, 1 video, 255 absent.
    pub fn kind_column(&self) -> &[u8] {
        &self.kind
    }

    /// The column of cameras, by row.
    pub fn camera_column(&self) -> &[u16] {
        &self.camera
    }

    /// All rows but the absent ones as sort keys, newest first (see [`Order`]).
    pub(super) fn order(&self) -> Ref<'_, [u64]> {
        if !self.is_in_order() {
            self.order.borrow_mut().update(&self.taken_s, &self.kind);
        }
        Ref::map(self.order.borrow(), Order::keys)
    }

    /// Whether the order is as the columns are.
    pub(super) fn is_in_order(&self) -> bool {
        self.order.borrow().is_fresh()
    }

    fn grow(&mut self, rows: usize) {
        if self.kind.len() >= rows {
            return;
        }
        if self.kind.capacity() < rows {
            // An eighth more: doubling would waste as much as there is, and wasm memory is never given back.
            self.reserve_rows(rows + rows / 8);
        }
        self.taken_s.resize(rows, UNKNOWN_TAKEN);
        self.width_px.resize(rows, 0);
        self.height_px.resize(rows, 0);
        self.kind.resize(rows, ABSENT);
        self.camera.resize(rows, 0);
        self.flags.resize(rows, 0);
        if !self.local.is_empty() {
            self.local.resize(rows, LocalFacts::NONE);
        }
    }

    fn reserve_rows(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.kind.len());
        self.taken_s.reserve_exact(more);
        self.width_px.reserve_exact(more);
        self.height_px.reserve_exact(more);
        self.kind.reserve_exact(more);
        self.camera.reserve_exact(more);
        self.flags.reserve_exact(more);
        if !self.local.is_empty() {
            self.local.reserve_exact(more);
        }
    }

    fn end_of_segment(&self, number: u32) -> usize {
        ((number as usize + 1) * ROWS_PER_SEGMENT).min(self.kind.len())
    }
}

fn count_present(kinds: &[u8]) -> usize {
    kinds.iter().filter(|kind| **kind != ABSENT).count()
}

/// An instant as it is held.
fn known_taken(bytes: [u8; 8], kind: u8) -> i64 {
    let taken_s = i64::from_le_bytes(bytes);
    if kind != ABSENT && (-FARTHEST_S..=FARTHEST_S).contains(&taken_s) { taken_s } else { UNKNOWN_TAKEN }
}

fn fill<T>(column: &mut [T], values: impl Iterator<Item = T>) {
    for (place, value) in column.iter_mut().zip(values) {
        *place = value;
    }
}
