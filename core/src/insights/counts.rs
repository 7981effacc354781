//! Counts by hour and by day, and the library in a few numbers.

use std::cmp::Reverse;

use super::spans::{self, Gap, Streak};
use super::zone::Zone;
use crate::catalog::{Hot, Prepared, each_hour};
use crate::photo::{Day, LocalHour};

/// In the column of kinds.
const VIDEO: u8 = 1;

/// Rows that are counted at a time. A browser takes up a faster form of what it runs only when it is called again.
const ROWS_AT_A_TIME: usize = 4096;

/// Most days that [`Counts::days`] counts one by one, two hundred years: one photo of the year 9999 must not cost the rest.
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
    /// How many of the others are counted by the clock where they were taken: none where the filter reads another.
    pub by_own_clock: u32,
    pub days_with_photos: u32,
    /// Distinct cameras, the unknown one not among them.
    pub cameras: u32,
    /// First and last local day.
    pub span: Option<(Day, Day)>,
    /// The day with the most, and how many; the earliest of equals.
    pub busiest: Option<(Day, u32)>,
}

/// Everything that is counted of some rows, from one look at them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// By day of the week (Monday first) and hour.
    week: [[u32; 24]; 7],
    /// The local days that have any, ascending, and how many.
    days: Vec<(i32, u32)>,
    photos: u32,
    videos: u32,
    undated: u32,
    /// Dated rows that are counted by the clock where they were taken.
    by_own_clock: u32,
    /// By number, the most first.
    cameras: Vec<(u16, u32)>,
}

impl Counts {
    /// Of the rows that `filter` leaves in, by the clock of `zone`; by the one where each was taken, if it tells of it
    /// and the filter reads those.
    pub fn of(hot: &Hot, filter: &Prepared<'_>, zone: &Zone) -> Self {
        let (mut week, mut days, mut undated) = ([[0; 24]; 7], Vec::<(i32, u32)>::new(), 0);
        let mut by_own_clock = 0;
        let are_clocks_read = filter.reads_local_clocks() && hot.has_local();
        let mut things = Things::default();
        let is_everything = filter.leaves_all_in() && hot.len() == hot.end() as usize;
        each_hour(hot, filter, &mut zone.hours(), &mut |hour, rows| {
            let count = rows.count();
            match (hour, days.last_mut()) {
                (None, _) => undated += count,
                (Some(LocalHour { day: Day(day), hour, .. }), last) => {
                    week[usize::from(Day(day).weekday())][usize::from(hour)] += count;
                    match last {
                        Some((last, photos)) if *last == day => *photos += count,
                        _ if count > 0 => days.push((day, count)),
                        _ => {}
                    }
                }
            }
            if are_clocks_read && hour.is_some() {
                rows.each(&mut |row| by_own_clock += u32::from(hot.told_offset_min(row).is_some()));
            }
            if !is_everything {
                rows.each(&mut |row| things.add(hot.kind_column()[row as usize], hot.camera(row)));
            }
        });
        if is_everything {
            things.add_all(hot.kind_column(), hot.camera_column());
        }
        let (photos, videos) = (things.photos, things.videos);
        Self { week, days: by_day(days), photos, videos, undated, by_own_clock, cameras: things.cameras() }
    }

    /// How many were taken in each hour of the local day. Undated rows are passed over.
    pub fn hours(&self) -> [u32; 24] {
        std::array::from_fn(|hour| self.week.iter().map(|hours| hours[hour]).sum())
    }

    /// How many were taken on each day of the week, Monday first, in each hour of it. Undated rows are passed over.
    pub fn week(&self) -> &[[u32; 24]; 7] {
        &self.week
    }

    /// How many were taken on each day of the week, Monday first.
    pub fn weekdays(&self) -> [u32; 7] {
        self.week.map(|hours| hours.iter().sum())
    }

    /// How many were taken in each month, whichever year, January first.
    pub fn months(&self) -> [u32; 12] {
        let mut months = [0; 12];
        for (day, count) in &self.days {
            months[Day(*day).ymd().1 as usize - 1] += count;
        }
        months
    }

    /// The years in which any was taken, ascending, and how many.
    pub fn years(&self) -> Vec<(i32, u32)> {
        let mut years = Vec::<(i32, u32)>::new();
        for (day, count) in &self.days {
            let year = Day(*day).ymd().0;
            match years.last_mut() {
                Some((last, photos)) if *last == year => *photos += count,
                _ => years.push((year, *count)),
            }
        }
        years
    }

    /// The local days on which any was taken, ascending, and how many.
    pub fn days_with_photos(&self) -> impl ExactSizeIterator<Item = (Day, u32)> + Clone {
        self.days.iter().map(|(day, count)| (Day(*day), *count))
    }

    /// The most days in a row without any, between two days with some.
    pub fn longest_gap(&self) -> Option<Gap> {
        spans::longest_gap(&self.days)
    }

    /// The most days in a row with some on each.
    pub fn longest_streak(&self) -> Option<Streak> {
        spans::longest_streak(&self.days)
    }

    /// How many were taken on each local day. Undated rows are passed over.
    pub fn days(&self) -> DayCounts {
        let (Some((first, _)), Some((last, _))) = (self.days.first(), self.days.last()) else {
            return DayCounts { first: Day(0), counts: Vec::new(), outside: 0 };
        };
        let (first, last) = bounded(&self.days, *first, *last);
        let mut counts = vec![0; (last - first + 1) as usize];
        let mut outside = 0;
        for (day, photos) in &self.days {
            match usize::try_from(i64::from(*day) - first).ok().and_then(|index| counts.get_mut(index)) {
                Some(count) => *count += photos,
                None => outside += photos,
            }
        }
        DayCounts { first: Day(first as i32), counts, outside }
    }

    /// How many are of each camera, by its number in the dictionary: the most first, of equals the lower number.
    pub fn cameras(&self) -> &[(u16, u32)] {
        &self.cameras
    }

    /// All in a few numbers.
    pub fn totals(&self) -> Totals {
        let mut busiest = None::<(Day, u32)>;
        for (day, count) in &self.days {
            if busiest.is_none_or(|(_, most)| *count > most) {
                busiest = Some((Day(*day), *count));
            }
        }
        Totals {
            photos: self.photos,
            videos: self.videos,
            undated: self.undated,
            by_own_clock: self.by_own_clock,
            days_with_photos: self.days.len() as u32,
            cameras: self.cameras.iter().filter(|(number, _)| *number != 0).count() as u32,
            span: self.days.first().zip(self.days.last()).map(|((first, _), (last, _))| (Day(*first), Day(*last))),
            busiest,
        }
    }
}

/// Days as they were come upon, each once and ascending. Where the clock is put back at midnight, or clocks of several
/// zones are read, a day comes more than once.
fn by_day(mut days: Vec<(i32, u32)>) -> Vec<(i32, u32)> {
    days.sort_unstable_by_key(|(day, _)| *day);
    days.dedup_by(|(later, count), (day, photos)| {
        let is_same = later == day;
        if is_same {
            *photos += *count;
        }
        is_same
    });
    days
}

/// Counts of what does not change with the clock.
struct Things {
    photos: u32,
    videos: u32,
    /// By number, in two columns taken in turns: neighbors mostly are of one camera, and to count on what was just
    /// counted waits for it.
    by_camera: [Box<[u32; NUMBERS]>; 2],
}

/// So many numbers of cameras there can be.
const NUMBERS: usize = 1 << 16;

impl Default for Things {
    fn default() -> Self {
        let zeros = || vec![0; NUMBERS].into_boxed_slice().try_into().expect("it is made of this length");
        Self { photos: 0, videos: 0, by_camera: [zeros(), zeros()] }
    }
}

impl Things {
    /// One row, which is present.
    fn add(&mut self, kind: u8, camera: u16) {
        self.videos += u32::from(kind == VIDEO);
        self.photos += u32::from(kind != VIDEO);
        self.by_camera[0][usize::from(camera)] += 1;
    }

    /// Columns of rows that all are present.
    fn add_all(&mut self, kinds: &[u8], cameras: &[u16]) {
        for (kinds, cameras) in kinds.chunks(ROWS_AT_A_TIME).zip(cameras.chunks(ROWS_AT_A_TIME)) {
            self.add_some(kinds, cameras);
        }
    }

    #[inline(never)]
    fn add_some(&mut self, kinds: &[u8], cameras: &[u16]) {
        let videos = kinds.iter().filter(|kind| **kind == VIDEO).count();
        self.videos += videos as u32;
        self.photos += (kinds.len() - videos) as u32;
        let [even, odd] = &mut self.by_camera;
        let mut pairs = cameras.chunks_exact(2);
        for pair in &mut pairs {
            even[usize::from(pair[0])] += 1;
            odd[usize::from(pair[1])] += 1;
        }
        pairs.remainder().iter().for_each(|camera| even[usize::from(*camera)] += 1);
    }

    fn cameras(&self) -> Vec<(u16, u32)> {
        let [even, odd] = &self.by_camera;
        let counts = even.iter().zip(odd.iter()).map(|(even, odd)| even + odd);
        let mut cameras: Vec<(u16, u32)> = (0..=u16::MAX).zip(counts).filter(|(_, count)| *count > 0).collect();
        cameras.sort_by_key(|(_, count)| Reverse(*count));
        cameras
    }
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
