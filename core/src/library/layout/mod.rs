//! The grid: rows of pictures side by side, by day, under headings.
//!
//! A day that needs a row or more begins on a row of its own, and its full rows are stretched to the width. Small
//! neighboring days of one month share a row, each under its own heading. One pass, no memory per picture but its
//! shape, positions as `f64`: a million pictures are sixty million pixels tall, where `f32` would be off by four.
//! Heights are whole parts of a pixel, so that sums of them are exact: a month that moves with what comes above it
//! stands where it would if all were laid out anew.

mod pack;
mod read;
#[cfg(test)]
mod tests;
mod update;

use std::ops::Range;

use crate::catalog::Hot;
use crate::photo::Day;
use pack::Pictures;

pub use update::Before;

/// How the grid is to look, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    pub width_px: f64,
    /// The height that rows have before they are stretched.
    pub row_height_px: f64,
    /// Between pictures, and between rows.
    pub gap_px: f64,
    /// Between two days in one row.
    pub day_gap_px: f64,
    /// The height of a day's heading.
    pub heading_px: f64,
    /// The height of a month's heading, above its first day.
    pub month_px: f64,
    /// What a day takes at least in width, so that its heading can be read.
    pub day_width_px: f64,
}

/// A row of pictures: those from `first` up to the next row's first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    first: u32,
    height_px: f32,
    top_px: f64,
}

/// The pictures of a day, and where its heading stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayBlock {
    /// The first picture's place in the order.
    pub first: u32,
    pub count: u32,
    /// `None`: the pictures without a date.
    pub day: Option<Day>,
    /// Whether a month's heading stands above it.
    pub begins_month: bool,
    pub left_px: f64,
    /// Top of the month's heading if there is one, else of the day's.
    pub top_px: f64,
}

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its place in the order.
    pub index: u32,
    pub left_px: f64,
    pub top_px: f64,
    pub width_px: f64,
    pub height_px: f64,
}

/// Where every picture stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    settings: Settings,
    ratios: Vec<f32>,
    rows: Vec<Row>,
    days: Vec<DayBlock>,
    /// Where another row would begin.
    end_px: f64,
}

impl Layout {
    /// Lays out pictures in their order. Each is given by width over height and its local day; pictures of one day lie
    /// beside one another. Shapes that make no sense count as squares, very long ones as long ones.
    pub fn new(pictures: impl Iterator<Item = (f32, Option<Day>)>, settings: Settings) -> Self {
        let mut all = Pictures::with_capacity(pictures.size_hint().0);
        for (ratio, day) in pictures {
            all.extend(std::iter::once(ratio));
            all.are_of(day, 1);
        }
        Self::nothing(sane(settings)).with(all)
    }

    /// Lays out rows of the catalog in the order given. `local_s` reads the local clock at an instant: seconds since the
    /// epoch, with the zone's offset added.
    pub fn of_rows(hot: &Hot, rows: &[u32], mut local_s: impl FnMut(i64) -> i64, settings: Settings) -> Self {
        Self::nothing(sane(settings)).with(read::pictures(hot, rows, &mut local_s))
    }

    fn nothing(settings: Settings) -> Self {
        Self { settings, ratios: Vec::new(), rows: Vec::new(), days: Vec::new(), end_px: 0.0 }
    }

    /// How many pictures there are.
    pub fn len(&self) -> usize {
        self.ratios.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ratios.is_empty()
    }

    pub fn height_px(&self) -> f64 {
        (self.end_px - self.settings.gap_px).max(0.0)
    }

    /// All days, from the top.
    pub fn days(&self) -> &[DayBlock] {
        &self.days
    }

    /// The rows that touch the stretch from `top_px` to `bottom_px`, by number.
    pub fn rows_between(&self, top_px: f64, bottom_px: f64) -> Range<u32> {
        let first = self.rows.partition_point(|row| row.top_px + f64::from(row.height_px) <= top_px);
        let end = self.rows.partition_point(|row| row.top_px < bottom_px).max(first);
        first as u32..end as u32
    }

    /// The first picture of a row; past the last row, how many pictures there are.
    pub fn first_of(&self, row: u32) -> u32 {
        self.rows.get(row as usize).map_or(self.ratios.len() as u32, |row| row.first)
    }

    /// How many rows there are.
    pub fn row_count(&self) -> u32 {
        self.rows.len() as u32
    }

    /// The pictures of some rows.
    pub fn places_in(&self, rows: Range<u32>) -> impl Iterator<Item = Place> + '_ {
        (rows.start..rows.end.min(self.row_count())).flat_map(|row| self.places_of_row(row as usize))
    }

    /// From where to where some rows reach, headings not counted; nothing for rows that are not there.
    pub fn stretch_of(&self, rows: Range<u32>) -> (f64, f64) {
        let rows = self.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
        match (rows.first(), rows.last()) {
            (Some(first), Some(last)) => (first.top_px, last.top_px + f64::from(last.height_px)),
            _ => (0.0, 0.0),
        }
    }

    /// The pictures that touch the stretch from `top_px` to `bottom_px`.
    pub fn places_between(&self, top_px: f64, bottom_px: f64) -> impl Iterator<Item = Place> + '_ {
        self.places_in(self.rows_between(top_px, bottom_px))
    }

    /// The days whose heading or pictures touch the stretch from `top_px` to `bottom_px`.
    pub fn days_between(&self, top_px: f64, bottom_px: f64) -> &[DayBlock] {
        // A day begins no lower than the next one does.
        let end = self.days.partition_point(|day| day.top_px < bottom_px);
        let first = self.days[..end].partition_point(|day| day.top_px <= top_px).saturating_sub(1);
        // Its neighbors of the same row begin at the same height.
        let first_top_px = self.days.get(first).map_or(0.0, |day| day.top_px);
        let first = self.days[..end].partition_point(|day| day.top_px < first_top_px);
        &self.days[first..end]
    }

    /// The day whose pictures are at `top_px`.
    pub fn day_at(&self, top_px: f64) -> Option<&DayBlock> {
        let end = self.days.partition_point(|day| day.top_px <= top_px);
        let last_top_px = self.days.get(end.checked_sub(1)?)?.top_px;
        self.days.get(self.days.partition_point(|day| day.top_px < last_top_px))
    }

    /// Where one picture stands; `None` if there are fewer.
    pub fn find(&self, index: u32) -> Option<Place> {
        let row = self.row_of(index)?;
        self.places_of_row(row).find(|place| place.index == index)
    }

    /// The picture nearest to a point, of the row that is there or comes next.
    pub fn near(&self, left_px: f64, top_px: f64) -> Option<u32> {
        let row = self.rows.partition_point(|row| row.top_px + f64::from(row.height_px) <= top_px);
        let row = row.min(self.rows.len().checked_sub(1)?);
        let distance = |place: &Place| (place.left_px + place.width_px / 2.0 - left_px).abs();
        self.places_of_row(row).min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|place| place.index)
    }

    /// The picture above (`-1`) or below (`1`), nearest to the same column.
    pub fn beside(&self, index: u32, rows: isize) -> Option<u32> {
        let here = self.find(index)?;
        let middle = |place: &Place| place.left_px + place.width_px / 2.0;
        let row = self.row_of(index)?.checked_add_signed(rows).filter(|row| *row < self.rows.len())?;
        let distance = |place: &Place| (middle(place) - middle(&here)).abs();
        self.places_of_row(row).min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|place| place.index)
    }

    fn row_of(&self, index: u32) -> Option<usize> {
        if index as usize >= self.ratios.len() {
            return None;
        }
        self.rows.partition_point(|row| row.first <= index).checked_sub(1)
    }

    fn places_of_row(&self, row: usize) -> impl Iterator<Item = Place> + '_ {
        let Row { first, height_px, top_px } = self.rows[row];
        let end = self.rows.get(row + 1).map_or(self.ratios.len() as u32, |next| next.first);
        let height_px = f64::from(height_px);
        let mut next_day = self.days.partition_point(|day| day.first <= first);
        // The row begins with the left edge of its day, or goes on with a day of the row above.
        let mut left_px = match next_day.checked_sub(1).map(|day| &self.days[day]) {
            Some(day) if day.first == first => day.left_px,
            _ => 0.0,
        };
        (first..end).map(move |index| {
            if let Some(day) = self.days.get(next_day).filter(|day| day.first == index) {
                left_px = day.left_px;
                next_day += 1;
            }
            let width_px = f64::from(self.ratios[index as usize]) * height_px;
            let place = Place { index, left_px, top_px, width_px, height_px };
            left_px += width_px + self.settings.gap_px;
            place
        })
    }
}

/// Lengths that make no sense become ones that do, and all of them whole parts of a pixel.
fn sane(settings: Settings) -> Settings {
    const MOST_PX: f64 = 1e6;
    let at_least = |length: f64, least: f64| {
        let sane = if length.is_finite() { length.clamp(least, MOST_PX) } else { least };
        pack::in_whole_parts(sane)
    };
    Settings {
        width_px: at_least(settings.width_px, 64.0),
        row_height_px: at_least(settings.row_height_px, 16.0),
        gap_px: at_least(settings.gap_px, 0.0),
        day_gap_px: at_least(settings.day_gap_px, 0.0),
        heading_px: at_least(settings.heading_px, 0.0),
        month_px: at_least(settings.month_px, 0.0),
        day_width_px: at_least(settings.day_width_px, 0.0),
    }
}
