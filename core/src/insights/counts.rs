//! Counts by hour and by day, and the library in a few numbers.

use std::cmp::Reverse;

use super::zone::Zone;
use crate::catalog::Hot;
use crate::photo::{Day, DayReader, Kind};

/// Most days that [`days`] counts one by one, two hundred years: one photo of the year 9999 must not cost the rest.
pub const MOST_DAYS: usize = 73_200;

/// How many were taken on every day from the first to the last, the empty ones too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCounts {
    pub first: Day,
    /// One count a day, from `first` on.
    pub counts: Vec<u32>,
    /// How many lie so far from the others that their days are not counted.
    pub outside: u32,
}

/// The rows in a few numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub photos: u32,
    pub videos: u32,
    /// Without an instant of capture.
    pub undated: u32,
    pub days_with_photos: u32,
    /// Distinct cameras, the unknown one not among them.
    pub cameras: u32,
    /// First and last local day.
    pub span: Option<(Day, Day)>,
    /// The day with the most, and how many; the earliest of equals.
    pub busiest: Option<(Day, u32)>,
}

/// How many of `rows` were taken in each hour of the local day. Undated rows are passed over.
pub fn hours(hot: &Hot, rows: &[u32], zone: &Zone) -> [u32; 24] {
    let mut counts = [0; 24];
    let (mut clock, mut reader) = (zone.clock(), DayReader::default());
    for taken_s in rows.iter().filter_map(|row| hot.taken_s(*row)) {
        counts[usize::from(reader.hour(clock(taken_s)))] += 1;
    }
    counts
}

/// How many of `rows` were taken on each local day. Undated rows are passed over.
pub fn days(hot: &Hot, rows: &[u32], zone: &Zone) -> DayCounts {
    let taken = local_days(hot, rows, zone);
    let (Some((first, _)), Some((last, _))) = (taken.first(), taken.last()) else {
        return DayCounts { first: Day(0), counts: Vec::new(), outside: 0 };
    };
    let (first, last) = bounded(&taken, *first, *last);
    let mut counts = vec![0; (last - first + 1) as usize];
    let mut outside = 0;
    for (day, photos) in taken {
        match usize::try_from(i64::from(day) - first).ok().and_then(|index| counts.get_mut(index)) {
            Some(count) => *count += photos,
            None => outside += photos,
        }
    }
    DayCounts { first: Day(first as i32), counts, outside }
}

/// How many of `rows` are of each camera, by its number in the dictionary: the most first, of equals the lower number.
pub fn cameras(hot: &Hot, rows: &[u32]) -> Vec<(u16, u32)> {
    let mut counts = vec![0; usize::from(u16::MAX) + 1];
    for row in rows.iter().filter(|row| hot.is_present(**row)) {
        counts[usize::from(hot.camera(*row))] += 1;
    }
    let mut cameras: Vec<(u16, u32)> = (0..=u16::MAX).zip(counts).filter(|(_, count)| *count > 0).collect();
    cameras.sort_by_key(|(_, count)| Reverse(*count));
    cameras
}

/// The rows in a few numbers.
pub fn totals(hot: &Hot, rows: &[u32], zone: &Zone) -> Totals {
    let mut totals = Totals::default();
    for row in rows {
        match hot.kind(*row) {
            Kind::Photo => totals.photos += 1,
            Kind::Video => totals.videos += 1,
        }
        totals.undated += u32::from(hot.taken_s(*row).is_none());
    }
    totals.cameras = cameras(hot, rows).iter().filter(|(number, _)| *number != 0).count() as u32;
    let taken = local_days(hot, rows, zone);
    totals.span = taken.first().zip(taken.last()).map(|((first, _), (last, _))| (Day(*first), Day(*last)));
    totals.days_with_photos = taken.len() as u32;
    for (day, count) in taken {
        if totals.busiest.is_none_or(|(_, most)| count > most) {
            totals.busiest = Some((Day(day), count));
        }
    }
    totals
}

/// The local days on which any of `rows` was taken, ascending, and how many on each.
fn local_days(hot: &Hot, rows: &[u32], zone: &Zone) -> Vec<(i32, u32)> {
    let (mut clock, mut reader) = (zone.clock(), DayReader::default());
    // Neighbors mostly are of one day: they are counted together, whatever the order of the rest.
    let mut runs: Vec<(i32, u32)> = Vec::new();
    for taken_s in rows.iter().filter_map(|row| hot.taken_s(*row)) {
        let Day(day) = reader.day(clock(taken_s));
        match runs.last_mut() {
            Some((last, count)) if *last == day => *count += 1,
            _ => runs.push((day, 1)),
        }
    }
    let first = runs.iter().map(|(day, _)| *day).min().unwrap_or(0);
    let last = runs.iter().map(|(day, _)| *day).max().unwrap_or(0);
    let span = i64::from(last) - i64::from(first);
    if span < MOST_DAYS as i64 {
        let mut counts = vec![0; span as usize + 1];
        for (day, count) in runs {
            counts[(day - first) as usize] += count;
        }
        return (first..).zip(counts).filter(|(_, count)| *count > 0).collect();
    }
    runs.sort_unstable();
    runs.chunk_by(|a, b| a.0 == b.0).map(|day| (day[0].0, day.iter().map(|(_, count)| count).sum())).collect()
}

/// The first and last day to count: all of them, or, if they are too many, those around the middle photo.
fn bounded(taken: &[(i32, u32)], first: i32, last: i32) -> (i64, i64) {
    let (first, last) = (i64::from(first), i64::from(last));
    let most = MOST_DAYS as i64;
    if last - first < most {
        return (first, last);
    }
    let photos: u32 = taken.iter().map(|(_, count)| count).sum();
    let mut before = 0;
    let holds_middle = |(_, count): &&(i32, u32)| {
        before += count;
        before > photos / 2
    };
    let middle = taken.iter().find(holds_middle).map_or(first, |(day, _)| i64::from(*day));
    let from = (middle - most / 2).max(first);
    // Of the days that may be counted, those from the first to the last photo: the others would be centuries of nothing.
    let counted = taken.iter().map(|(day, _)| i64::from(*day)).filter(|day| (from..from + most).contains(day));
    counted.fold((middle, middle), |(first, last), day| (first.min(day), last.max(day)))
}
