//! Days and where they were spent: the photos of a day by squares of a tenth of a degree.

use crate::catalog::{Hot, Prepared, each_hour};
use crate::photo::{Day, LocalHour, Place};

/// Photos that are looked at in one step: a few milliseconds.
const PHOTOS_A_STEP: usize = 65_536;
/// Squares of a degree.
const SQUARES: f64 = 10.0;
const SQUARES_AROUND: u32 = 3600;

/// The photos of one day in one square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stay {
    pub day: Day,
    /// The number of the square: those of a parallel follow one another.
    pub square: u32,
    pub photos: u32,
    /// Sums and extremes in degrees.
    latitudes: f64,
    longitudes: f64,
    least: (f64, f64),
    most: (f64, f64),
}

impl Stay {
    fn new(day: Day, square: u32, Place { latitude, longitude, .. }: Place) -> Self {
        let at = (latitude, longitude);
        Self { day, square, photos: 1, latitudes: latitude, longitudes: longitude, least: at, most: at }
    }

    fn join(&mut self, other: &Self) {
        self.photos += other.photos;
        self.latitudes += other.latitudes;
        self.longitudes += other.longitudes;
        self.least = (self.least.0.min(other.least.0), self.least.1.min(other.least.1));
        self.most = (self.most.0.max(other.most.0), self.most.1.max(other.most.1));
    }

    /// Where its photos are on average.
    pub fn middle(&self) -> Place {
        let photos = f64::from(self.photos.max(1));
        Place { latitude: self.latitudes / photos, longitude: self.longitudes / photos, altitude_m: None }
    }

    /// Two corners of what its photos lie in.
    pub fn corners(&self) -> [Place; 2] {
        [self.least, self.most].map(|(latitude, longitude)| Place { latitude, longitude, altitude_m: None })
    }
}

/// Gathers the stays of all photos that a filter leaves in, a step at a time.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Photos with a place, by day.
    rows: Vec<u32>,
    /// Days as they come, and where their rows end. A day may come more than once.
    days: Vec<(Day, usize)>,
    /// What was looked at: rows, and days.
    next: (usize, usize),
    stays: Vec<Stay>,
}

impl Survey {
    /// Lists the photos. `hour_at` reads the clock of those that tell of no own, as for [`each_hour`].
    pub fn begin(hot: &Hot, filter: &Prepared<'_>, hour_at: &mut dyn FnMut(i64) -> LocalHour) -> Self {
        let (mut rows, mut days) = (Vec::new(), Vec::<(Day, usize)>::new());
        if hot.has_local() {
            each_hour(hot, filter, hour_at, &mut |hour, of_hour| {
                let Some(LocalHour { day, .. }) = hour else { return };
                of_hour.each(&mut |row| {
                    if hot.place(row).is_some() {
                        rows.push(row);
                    }
                });
                let before = days.last().map_or(0, |(_, end)| *end);
                match days.last_mut() {
                    Some((last, end)) if *last == day => *end = rows.len(),
                    _ if before < rows.len() => days.push((day, rows.len())),
                    _ => {}
                }
            });
        }
        Self { rows, days, next: (0, 0), stays: Vec::new() }
    }

    /// Does a few milliseconds of it; `true` once all is done.
    pub fn step(&mut self, hot: &Hot) -> bool {
        let end = self.rows.len().min(self.next.0 + PHOTOS_A_STEP);
        while self.next.0 < end {
            let (day, of_day) = self.days[self.next.1];
            let from = self.stays.len();
            let to = of_day.min(end);
            for row in &self.rows[self.next.0..to] {
                let Some(place) = hot.place(*row) else { continue };
                let stay = Stay::new(day, square(place), place);
                // Photos of a day are mostly of one place, or of the one before.
                match self.stays[from..].iter_mut().rev().find(|known| known.square == stay.square) {
                    Some(known) => known.join(&stay),
                    None => self.stays.push(stay),
                }
            }
            self.next.0 = to;
            if to == of_day {
                self.next.1 += 1;
            }
        }
        if end < self.rows.len() {
            return false;
        }
        self.stays.sort_by_key(|stay| (stay.day, stay.square));
        self.stays.dedup_by(|later, known| {
            let is_same = (later.day, later.square) == (known.day, known.square);
            if is_same {
                known.join(later);
            }
            is_same
        });
        true
    }

    /// What was gathered: by day, and by square.
    pub fn stays(&self) -> &[Stay] {
        &self.stays
    }

    /// Calls `visit` with each photo and its day.
    pub(super) fn each_photo(&self, is_wanted: impl Fn(Day) -> bool, visit: &mut dyn FnMut(Day, u32)) {
        let mut from = 0;
        for (day, end) in &self.days {
            if is_wanted(*day) {
                self.rows[from..*end].iter().for_each(|row| visit(*day, *row));
            }
            from = *end;
        }
    }
}

fn square(place: Place) -> u32 {
    let north = ((place.latitude + 90.0) * SQUARES) as u32;
    // 180° east is where 180° west is.
    let east = ((place.longitude + 180.0) * SQUARES) as u32 % SQUARES_AROUND;
    north * SQUARES_AROUND + east
}

#[cfg(test)]
mod tests {
    use super::super::points::tests::timed_catalog;
    use super::*;
    use crate::catalog::Filter;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stays_are_the_photos_of_each_day_in_each_square(
            rows in prop::collection::vec((0..30_i64, prop::option::weighted(0.9, (0..4_i32, 0..4_i32))), 0..200),
        ) {
            let at = |(latitude, longitude): (i32, i32)| (48.05 + f64::from(latitude) / 10.0, 179.75 + f64::from(longitude) / 10.0);
            let wrapped = |(latitude, longitude): (f64, f64)| (latitude, if longitude >= 180.0 { longitude - 360.0 } else { longitude });
            let placed: Vec<_> = rows.iter().map(|(day, place)| (day * 86_400 + 7, place.map(at).map(wrapped))).collect();
            let hot = timed_catalog(&placed);
            let filter = Filter::default();
            let mut survey = Survey::begin(&hot, &filter.prepare(&[], None), &mut |utc_s| LocalHour::at(utc_s, 0, i64::MIN));
            while !survey.step(&hot) {}
            let mut expected: Vec<(i32, (i32, i32))> = rows.iter().filter_map(|(day, place)| Some((*day as i32, (*place)?))).collect();
            expected.sort_unstable();
            let counted: Vec<usize> = expected.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
            let mut stays: Vec<usize> = survey.stays().iter().map(|stay| stay.photos as usize).collect();
            prop_assert_eq!(stays.iter().sum::<usize>(), expected.len());
            let (mut sorted, ()) = (counted, stays.sort_unstable());
            sorted.sort_unstable();
            prop_assert_eq!(stays, sorted);
            prop_assert!(survey.stays().is_sorted_by_key(|stay| (stay.day, stay.square)));
        }
    }
}
