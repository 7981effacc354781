//! Counts by hour and by day, and the library in a few numbers.

use super::zone::{Zone, hour_of};
use crate::catalog::Hot;
use crate::photo::{Day, Kind};

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
    let mut clock = zone.clock();
    for taken_s in rows.iter().filter_map(|row| hot.taken_s(*row)) {
        counts[usize::from(hour_of(clock(taken_s)))] += 1;
    }
    counts
}

/// How many of `rows` were taken on each local day. Undated rows are passed over.
pub fn days(hot: &Hot, rows: &[u32], zone: &Zone) -> DayCounts {
    let mut taken = local_days(hot, rows, zone);
    let (Some(first), Some(last)) = (taken.iter().min().copied(), taken.iter().max().copied()) else {
        return DayCounts { first: Day(0), counts: Vec::new(), outside: 0 };
    };
    let (first, last) = bounded(&mut taken, first, last);
    let mut counts = vec![0; (last - first + 1) as usize];
    let mut outside = 0;
    for day in taken {
        match usize::try_from(i64::from(day) - first).ok().and_then(|index| counts.get_mut(index)) {
            Some(count) => *count += 1,
            None => outside += 1,
        }
    }
    DayCounts { first: Day(first as i32), counts, outside }
}

/// The rows in a few numbers.
pub fn totals(hot: &Hot, rows: &[u32], zone: &Zone) -> Totals {
    let mut totals = Totals::default();
    let mut seen = vec![false; usize::from(u16::MAX) + 1];
    for row in rows {
        match hot.kind(*row) {
            Kind::Photo => totals.photos += 1,
            Kind::Video => totals.videos += 1,
        }
        totals.undated += u32::from(hot.taken_s(*row).is_none());
        seen[usize::from(hot.camera(*row))] = true;
    }
    totals.cameras = seen[1..].iter().filter(|seen| **seen).count() as u32;
    let mut taken = local_days(hot, rows, zone);
    taken.sort_unstable();
    totals.span = taken.first().zip(taken.last()).map(|(first, last)| (Day(*first), Day(*last)));
    for day in taken.chunk_by(|a, b| a == b) {
        totals.days_with_photos += 1;
        let count = day.len() as u32;
        if totals.busiest.is_none_or(|(_, most)| count > most) {
            totals.busiest = Some((Day(day[0]), count));
        }
    }
    totals
}

fn local_days(hot: &Hot, rows: &[u32], zone: &Zone) -> Vec<i32> {
    let mut clock = zone.clock();
    rows.iter().filter_map(|row| hot.taken_s(*row)).map(|taken_s| Day::of_utc_s(clock(taken_s)).0).collect()
}

/// The first and last day to count: all of them, or, if they are too many, those around the middle photo.
fn bounded(taken: &mut [i32], first: i32, last: i32) -> (i64, i64) {
    let (first, last) = (i64::from(first), i64::from(last));
    let most = MOST_DAYS as i64;
    if last - first < most {
        return (first, last);
    }
    let middle = taken.len() / 2;
    let middle = i64::from(*taken.select_nth_unstable(middle).1);
    let from = (middle - most / 2).max(first);
    // Of the days that may be counted, those from the first to the last photo: the others would be centuries of nothing.
    let counted = taken.iter().map(|day| i64::from(*day)).filter(|day| (from..from + most).contains(day));
    counted.fold((middle, middle), |(first, last), day| (first.min(day), last.max(day)))
}
