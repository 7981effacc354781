//! Packing: days into rows, one pass over the pictures.

use super::{DayBlock, Layout, Row, Settings};
use crate::photo::Day;

/// Heights are whole parts of a pixel of this size: a power of two, so that sums of them are exact.
const PARTS_OF_PX: f64 = 256.0;

/// Panoramas are shown in part, and so are very tall screenshots: their tiles are no more extreme than this.
const WIDEST: f32 = 4.0;
const TALLEST: f32 = 0.4;

/// How much a row may be stretched to fill the width; more would make one photo of two as large as a poster.
const MOST_STRETCH: f64 = 1.5;

/// A day of the row that is being filled.
#[derive(Clone, Copy, Debug)]
struct Pending {
    day: Option<Day>,
    first: usize,
    end: usize,
    /// Width over height of its pictures side by side, without gaps.
    ratio: f64,
}

struct Packer {
    settings: Settings,
    ratios: Vec<f32>,
    /// The place in the order of the first of them.
    base: u32,
    rows: Vec<Row>,
    days: Vec<DayBlock>,
    top_px: f64,
    /// The month of the day before, if there is one.
    month: Option<Option<(i32, u32)>>,
    pending: Vec<Pending>,
}

/// The pictures of one day, or those without one.
#[derive(Clone, Copy, Debug)]
struct Run {
    day: Option<Day>,
    /// Where it ends in the order.
    end: usize,
    /// Width over height of its pictures side by side, without gaps.
    ratio: f64,
}

/// What is laid out: shapes in their order, and the days that they are of.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    ratios: Vec<f32>,
    runs: Vec<Run>,
}

impl Pictures {
    pub(super) fn with_capacity(pictures: usize) -> Self {
        Self { ratios: Vec::with_capacity(pictures), runs: Vec::new() }
    }

    /// Adds shapes; [`Pictures::are_of`] says of which days they are.
    #[inline]
    pub(super) fn extend(&mut self, ratios: impl Iterator<Item = f32>) {
        self.ratios.extend(ratios.map(sane_ratio));
    }

    /// The next so many of the shapes whose day was not said yet are of this one.
    #[inline]
    pub(super) fn are_of(&mut self, day: Option<Day>, count: usize) {
        let from = self.runs.last().map_or(0, |run| run.end);
        let end = from + count;
        let is_new = self.runs.last().is_none_or(|run| run.day != day);
        if is_new {
            self.runs.push(Run { day, end, ratio: 0.0 });
        }
        let Some(run) = self.runs.last_mut() else { return };
        run.end = end;
        run.ratio = self.ratios[from..end].iter().fold(run.ratio, |sum, ratio| sum + f64::from(*ratio));
    }

    /// About how many rows they will fill.
    fn rows_in(&self, settings: &Settings) -> usize {
        let rows = |run: &Run| (run.ratio * settings.row_height_px / settings.width_px) as usize + 1;
        self.runs.iter().map(rows).sum()
    }
}

impl Layout {
    /// Goes on with pictures that begin a month.
    pub(super) fn with(mut self, pictures: Pictures) -> Self {
        self.rows.reserve(pictures.rows_in(&self.settings));
        let Pictures { ratios, runs } = pictures;
        let mut packer = Packer {
            settings: self.settings,
            ratios,
            base: self.ratios.len() as u32,
            rows: self.rows,
            days: self.days,
            top_px: self.end_px,
            month: None,
            pending: Vec::new(),
        };
        let mut first = 0;
        for Run { day, end, ratio } in runs {
            packer.add(Pending { day, first, end, ratio });
            first = end;
        }
        packer.flush();
        let Packer { settings, ratios, rows, days, top_px, .. } = packer;
        if self.ratios.is_empty() && self.ratios.capacity() == 0 {
            self.ratios = ratios;
        } else {
            self.ratios.extend_from_slice(&ratios);
        }
        Self { settings, ratios: self.ratios, rows, days, end_px: top_px }
    }
}

/// The nearest length below that is whole parts of a pixel.
pub(super) fn in_whole_parts(length_px: f64) -> f64 {
    (length_px * PARTS_OF_PX).floor() / PARTS_OF_PX
}

fn sane_ratio(ratio: f32) -> f32 {
    if ratio.is_finite() && ratio > 0.0 { ratio.clamp(TALLEST, WIDEST) } else { 1.0 }
}

fn month_of(day: Option<Day>) -> Option<(i32, u32)> {
    day.map(|day| {
        let (year, month, _) = day.ymd();
        (year, month)
    })
}

impl Packer {
    /// Takes a whole day.
    fn add(&mut self, day: Pending) {
        let is_same_month = self.pending.last().is_some_and(|last| month_of(last.day) == month_of(day.day));
        let width_px = |packer: &Self, days: &[Pending]| packer.width_at(days, packer.settings.row_height_px);
        if !self.pending.is_empty() {
            self.pending.push(day);
            // A row may be squeezed by a tenth to take one day more.
            if is_same_month && width_px(self, &self.pending) * 0.9 <= self.settings.width_px {
                return;
            }
            self.pending.pop();
            self.flush();
        }
        if width_px(self, &[day]) > self.settings.width_px {
            self.large_day(day);
        } else {
            self.pending.push(day);
        }
    }

    /// How wide some days are beside one another at a height.
    fn width_at(&self, days: &[Pending], height_px: f64) -> f64 {
        let widths: f64 = days.iter().map(|day| self.day_width_at(day, height_px)).sum();
        widths + self.settings.day_gap_px * (days.len() as f64 - 1.0).max(0.0)
    }

    fn day_width_at(&self, day: &Pending, height_px: f64) -> f64 {
        let gaps = (day.end - day.first - 1) as f64 * self.settings.gap_px;
        (day.ratio * height_px + gaps).max(self.settings.day_width_px)
    }

    /// Ends the row of small days.
    fn flush(&mut self) {
        let days = std::mem::take(&mut self.pending);
        let Some(first) = days.first() else { return };
        let begins_month = self.begin_month(first.day);
        let height_px = self.height_to_fill(&days);
        let top_px = self.top_px;
        let pictures_px = top_px + self.heads_px(begins_month);
        let mut left_px = 0.0;
        for (at, day) in days.iter().enumerate() {
            self.days.push(DayBlock {
                first: self.base + day.first as u32,
                count: (day.end - day.first) as u32,
                day: day.day,
                begins_month: begins_month && at == 0,
                left_px,
                top_px,
            });
            left_px += self.day_width_at(day, height_px) + self.settings.day_gap_px;
        }
        self.push_row(first.first, height_px, pictures_px);
    }

    /// The height at which some days fill the width, if that is near the height that is wanted.
    fn height_to_fill(&self, days: &[Pending]) -> f64 {
        let wanted_px = self.settings.row_height_px;
        let pictures: usize = days.iter().map(|day| day.end - day.first).sum();
        let ratio: f64 = days.iter().map(|day| day.ratio).sum();
        let gaps =
            (pictures - days.len()) as f64 * self.settings.gap_px + (days.len() - 1) as f64 * self.settings.day_gap_px;
        let fill_px = (self.settings.width_px - gaps) / ratio;
        let fits = |height_px: f64| self.width_at(days, height_px) <= self.settings.width_px + 0.5;
        if (wanted_px * 0.5..=wanted_px * MOST_STRETCH).contains(&fill_px) && fits(fill_px) {
            return fill_px;
        }
        if fits(wanted_px) {
            return wanted_px;
        }
        // Headings take more width than their pictures: the row gets lower until all of it fits.
        let mut height_px = wanted_px;
        while height_px > wanted_px * 0.5 && !fits(height_px) {
            height_px *= 0.95;
        }
        height_px
    }

    /// A day that needs more than one row.
    fn large_day(&mut self, day: Pending) {
        let begins_month = self.begin_month(day.day);
        self.days.push(DayBlock {
            first: self.base + day.first as u32,
            count: (day.end - day.first) as u32,
            day: day.day,
            begins_month,
            left_px: 0.0,
            top_px: self.top_px,
        });
        self.top_px += self.heads_px(begins_month);
        let Settings { width_px, row_height_px, gap_px, .. } = self.settings;
        let (mut first, mut ratio) = (day.first, 0.0);
        // The width that is left for pictures beside the gaps, those before the next picture included: what is a division for a row is none for a picture.
        let mut room_px = width_px;
        for index in day.first..day.end {
            let own = f64::from(self.ratios[index]);
            if (ratio + own) * row_height_px < room_px {
                ratio += own;
                room_px -= gap_px;
                continue;
            }
            // The row is full: with this picture it gets lower than wanted, without it higher. The nearer one wins.
            let with = room_px / (ratio + own);
            let without = if index > first { (room_px + gap_px) / ratio } else { f64::INFINITY };
            if without - row_height_px < row_height_px - with {
                self.push_row(first, without, self.top_px);
                (first, ratio, room_px) = (index, own, width_px - gap_px);
            } else {
                self.push_row(first, with, self.top_px);
                (first, ratio, room_px) = (index + 1, 0.0, width_px);
            }
        }
        if first < day.end {
            let fill_px = (room_px + gap_px) / ratio;
            self.push_row(first, fill_px.min(row_height_px), self.top_px);
        }
    }

    fn begin_month(&mut self, day: Option<Day>) -> bool {
        let month = month_of(day);
        self.month.replace(month) != Some(month)
    }

    fn heads_px(&self, begins_month: bool) -> f64 {
        self.settings.heading_px + if begins_month { self.settings.month_px } else { 0.0 }
    }

    fn push_row(&mut self, first: usize, height_px: f64, top_px: f64) {
        // Rounded once, and down: what is computed from it later is exactly this, and no wider.
        let height_px = in_whole_parts(height_px.max(1.0)) as f32;
        self.rows.push(Row { first: self.base + first as u32, height_px, top_px });
        self.top_px = top_px + f64::from(height_px) + self.settings.gap_px;
    }
}
