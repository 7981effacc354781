//! Usual places, and runs of days away from them.
//!
//! * A place is *usual* in a year, and in those beside it, where the photos of thirty days and of a quarter of that year's
//!   days are within 30 km. So who moves is at home in both places for a while, and a long holiday is none. In a year
//!   without any such place, the usual one is where the photos of the most days of all are within 30 km.
//! * A stay is *away* if it is more than 60 km from all places that are usual in its year.
//! * A *trip* is a run of days with photos that were taken away, of two days at the least. It ends before a day all of whose
//!   photos were taken at usual places, and where there are none for more than three days.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::distance::distance_km;
use super::stays::{Stay, Survey};
use crate::catalog::Hot;
use crate::photo::{Bounds, Day, DayRange, Place};

/// Photos so near are of one place.
const NEAR_KM: f64 = 30.0;
/// What is farther from all usual places is away.
const AWAY_KM: f64 = 60.0;
/// So many days of a year, and this part of them, make a place usual.
const LEAST_DAYS: usize = 30;
const LEAST_PART: usize = 4;
/// No more are usual in one year.
const MOST_USUAL: usize = 4;
/// So many squares, those with the most days, may be the middle of a usual place.
const CANDIDATES: usize = 12;
/// Days without photos that a trip goes on over.
const MOST_EMPTY_DAYS: i32 = 3;
/// A place of a trip has this part of its photos at the least, and is so far from the others.
const LEAST_SHARE: u32 = 5;
const APART_KM: f64 = 40.0;
const MOST_PLACES: usize = 3;
/// Degrees of latitude in 30 km, and a little more.
const NEAR_DEGREES: f64 = 0.3;

/// Where somebody usually is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usual {
    /// Of all years; it counts in those that have none of their own.
    home: Option<Place>,
    by_year: BTreeMap<i32, Vec<Place>>,
}

/// Some days away.
#[derive(Clone, Debug, PartialEq)]
pub struct Trip {
    pub days: DayRange,
    /// Where its photos are.
    pub within: Bounds,
    /// How many photos of these days are within.
    pub photos: u32,
    /// Where most of its photos are: up to three places, the greatest first.
    pub places: Vec<Place>,
}

impl Usual {
    /// Of all stays that are known, by day.
    pub fn of(stays: &[Stay]) -> Self {
        let home = usual_place(stays.iter()).map(|found| found.place);
        let mut by_year = BTreeMap::<i32, Vec<Place>>::new();
        for of_year in stays.chunk_by(|a, b| year(a.day) == year(b.day)) {
            let Some(first) = of_year.first() else { continue };
            for place in usual_in_year(of_year) {
                for year in [-1, 0, 1].map(|beside| year(first.day) + beside) {
                    by_year.entry(year).or_default().push(place);
                }
            }
        }
        Self { home, by_year }
    }

    /// All of them, the most usual first, those that are near another but once.
    pub fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for place in self.home.iter().chain(self.by_year.values().flatten()) {
            if places.iter().all(|known| distance_km(*known, *place) > NEAR_KM) {
                places.push(*place);
            }
        }
        places
    }

    /// Whether a place is away from all that are usual in a year. Where nothing is usual, nothing is away.
    pub fn is_away(&self, place: Place, year: i32) -> bool {
        let of_year = self.by_year.get(&year).map_or(self.home.as_slice(), Vec::as_slice);
        !of_year.is_empty() && of_year.iter().all(|usual| distance_km(*usual, place) > AWAY_KM)
    }
}

/// All trips in a survey, the latest first, each with how many photos it has there.
pub fn trips(survey: &Survey, usual: &Usual, hot: &Hot) -> Vec<Trip> {
    let mut trips: Vec<Trip> = runs(survey.stays(), usual).iter().filter_map(|run| trip(run)).collect();
    let of_day = |trips: &[Trip], day: Day| {
        let nth = trips.partition_point(|trip| trip.days.last < day);
        (nth < trips.len() && trips[nth].days.first <= day).then_some(nth)
    };
    let mut photos = vec![0; trips.len()];
    survey.each_photo(|day| of_day(&trips, day).is_some(), &mut |day, row| {
        if let Some(nth) = of_day(&trips, day)
            && hot.place(row).is_some_and(|place| trips[nth].within.contains(place))
        {
            photos[nth] += 1;
        }
    });
    for (trip, photos) in trips.iter_mut().zip(photos) {
        trip.photos = photos;
    }
    trips.reverse();
    trips
}

/// The stays away of each trip, by day.
fn runs(stays: &[Stay], usual: &Usual) -> Vec<Vec<Stay>> {
    let mut runs: Vec<Vec<Stay>> = Vec::new();
    let mut is_going = false;
    for of_day in stays.chunk_by(|a, b| a.day == b.day) {
        let away: Vec<Stay> =
            of_day.iter().filter(|stay| usual.is_away(stay.middle(), year(stay.day))).copied().collect();
        let Some(first) = away.first() else {
            is_going = false;
            continue;
        };
        let is_soon = |run: &Vec<Stay>| run.last().is_some_and(|last| first.day.0 - last.day.0 - 1 <= MOST_EMPTY_DAYS);
        match runs.last_mut().filter(|run| is_going && is_soon(run)) {
            Some(run) => run.extend(away),
            None => runs.push(away),
        }
        is_going = true;
    }
    runs.retain(|run| run.first().zip(run.last()).is_some_and(|(first, last)| first.day < last.day));
    runs
}

fn trip(run: &[Stay]) -> Option<Trip> {
    let days = DayRange { first: run.first()?.day, last: run.last()?.day };
    let within = Bounds::around(run.iter().flat_map(Stay::corners))?;
    Some(Trip { days, within, photos: 0, places: places_of(run) })
}

/// Where most of the photos are.
fn places_of(run: &[Stay]) -> Vec<Place> {
    let all: u32 = run.iter().map(|stay| stay.photos).sum();
    let mut squares = BTreeMap::<u32, (u32, Place)>::new();
    for stay in run {
        let square = squares.entry(stay.square).or_insert((0, stay.middle()));
        square.0 += stay.photos;
    }
    let mut squares: Vec<(u32, Place)> = squares.into_values().collect();
    squares.sort_by_key(|(photos, _)| std::cmp::Reverse(*photos));
    // What is near a greater one counts for it.
    let mut places: Vec<(u32, Place)> = Vec::new();
    for (photos, place) in squares {
        match places.iter_mut().find(|(_, known)| distance_km(*known, place) <= APART_KM) {
            Some((sum, _)) => *sum += photos,
            None => places.push((photos, place)),
        }
    }
    places.sort_by_key(|(photos, _)| std::cmp::Reverse(*photos));
    let greatest = places.iter().enumerate().filter(|(nth, (photos, _))| *nth == 0 || photos * LEAST_SHARE >= all);
    greatest.take(MOST_PLACES).map(|(_, (_, place))| *place).collect()
}

/// Places that are usual in a year, of its stays.
fn usual_in_year(stays: &[Stay]) -> Vec<Place> {
    let days = stays.iter().map(|stay| stay.day).collect::<HashSet<_>>().len();
    let mut known: Vec<Place> = Vec::new();
    while known.len() < MOST_USUAL {
        let is_elsewhere = |stay: &&Stay| known.iter().all(|place| distance_km(*place, stay.middle()) > AWAY_KM);
        let Some(found) = usual_place(stays.iter().filter(is_elsewhere)) else { break };
        if found.days < LEAST_DAYS || found.days * LEAST_PART < days {
            break;
        }
        known.push(found.place);
    }
    known
}

/// Where the photos of the most days are.
struct Found {
    place: Place,
    days: usize,
}

/// The place with the most days around it; `None` where there are no stays.
fn usual_place<'a>(stays: impl Iterator<Item = &'a Stay>) -> Option<Found> {
    let mut squares = HashMap::<u32, (Place, Vec<Day>)>::new();
    for stay in stays {
        squares.entry(stay.square).or_insert((stay.middle(), Vec::new())).1.push(stay.day);
    }
    // Whatever the order of a map is, it decides nothing.
    let mut squares: Vec<(u32, Place, Vec<Day>)> =
        squares.into_iter().map(|(square, (place, days))| (square, place, days)).collect();
    squares.sort_by_key(|(square, ..)| *square);
    let mut candidates: Vec<usize> = (0..squares.len()).collect();
    candidates.sort_by_key(|nth| std::cmp::Reverse(squares[*nth].2.len()));
    candidates.truncate(CANDIDATES);
    let around = |nth: usize| {
        let place = squares[nth].1;
        let is_near = |(_, other, _): &&(u32, Place, Vec<Day>)| {
            (other.latitude - place.latitude).abs() < NEAR_DEGREES && distance_km(place, *other) <= NEAR_KM
        };
        let days: HashSet<Day> = squares.iter().filter(is_near).flat_map(|(.., days)| days).copied().collect();
        Found { place, days: days.len() }
    };
    candidates.into_iter().map(around).reduce(|best, next| if next.days > best.days { next } else { best })
}

fn year(day: Day) -> i32 {
    day.ymd().0
}

#[cfg(test)]
mod tests {
    use super::super::points::tests::timed_catalog;
    use super::*;
    use crate::catalog::{Filter, shown};
    use crate::photo::LocalHour;
    use proptest::prelude::*;

    const VIENNA: (f64, f64) = (48.2, 16.37);
    const LISBON: (f64, f64) = (38.72, -9.14);
    const PORTO: (f64, f64) = (41.15, -8.61);
    const FIJI: (f64, f64) = (-17.8, 179.95);

    /// Photos at places on days of a year.
    fn photos(year: i32, stays: &[(std::ops::Range<i32>, (f64, f64))]) -> Vec<(i64, Option<(f64, f64)>)> {
        let first = Day::from_ymd(year, 1, 1).unwrap().0;
        let at = |day: i32, place: (f64, f64)| {
            // Two photos a day, some way from each other.
            let noon = i64::from(first + day) * 86_400 + 43_200;
            [(noon, Some(place)), (noon + 600, Some((place.0 + 0.01, place.1 + 0.015)))]
        };
        stays.iter().flat_map(|(days, place)| days.clone().flat_map(move |day| at(day, *place))).collect()
    }

    fn utc(utc_s: i64) -> LocalHour {
        LocalHour::at(utc_s, 0, i64::MIN)
    }

    fn surveyed(hot: &Hot, filter: &Filter) -> Survey {
        let mut survey = Survey::begin(hot, &filter.prepare(&[], None), &mut utc);
        while !survey.step(hot) {}
        survey
    }

    /// Trips as "first..last photos", and the catalog.
    fn told(rows: &[(i64, Option<(f64, f64)>)]) -> (Vec<String>, Vec<Trip>, Hot) {
        let hot = timed_catalog(rows);
        let survey = surveyed(&hot, &Filter::default());
        let trips = trips(&survey, &Usual::of(survey.stays()), &hot);
        let words = trips.iter().map(|trip| format!("{}..{} {}", trip.days.first, trip.days.last, trip.photos));
        (words.collect(), trips, hot)
    }

    #[test]
    fn days_away_from_home_are_a_trip() {
        let rows = photos(2023, &[(0..40, VIENNA), (40..45, LISBON), (45..47, PORTO), (47..90, VIENNA)]);
        let (words, trips, _) = told(&rows);
        assert_eq!(words, ["2023-02-10..2023-02-16 14"]);
        assert_eq!(trips[0].places.len(), 2, "{:?}", trips[0].places);
        assert!((trips[0].places[0].latitude - 38.725).abs() < 0.01, "most of it was in Lisbon");
        assert_eq!(trips[0].within.to_string(), "38.72,-9.14,41.16,-8.595");
    }

    #[test]
    fn a_day_at_home_ends_a_trip_and_so_do_more_than_three_days_of_nothing() {
        let home = (0..40, VIENNA);
        let days_home = photos(2023, &[home.clone(), (50..52, LISBON), (52..53, VIENNA), (53..55, LISBON)]);
        assert_eq!(told(&days_home).0, ["2023-02-23..2023-02-24 4", "2023-02-20..2023-02-21 4"]);
        let three = photos(2023, &[home.clone(), (50..52, LISBON), (55..57, LISBON)]);
        assert_eq!(told(&three).0, ["2023-02-20..2023-02-26 8"]);
        let four = photos(2023, &[home, (50..52, LISBON), (56..58, LISBON)]);
        assert_eq!(told(&four).0.len(), 2);
    }

    #[test]
    fn the_day_of_leaving_belongs_to_the_trip_without_what_was_taken_at_home() {
        let mut rows = photos(2023, &[(0..41, VIENNA), (40..43, LISBON)]);
        rows.sort_by_key(|(taken_s, _)| *taken_s);
        assert_eq!(told(&rows).0, ["2023-02-10..2023-02-12 6"]);
    }

    #[test]
    fn one_day_away_is_no_trip_and_neither_is_the_next_village() {
        let village = (VIENNA.0 + 0.4, VIENNA.1);
        assert_eq!(told(&photos(2023, &[(0..40, VIENNA), (40..41, LISBON), (41..50, village)])).0, [] as [&str; 0]);
    }

    #[test]
    fn who_moves_is_at_home_in_both_places_and_a_summer_abroad_is_a_trip() {
        let mut rows = photos(2021, &[(0..200, VIENNA)]);
        rows.extend(photos(2022, &[(0..150, VIENNA), (150..360, LISBON)]));
        rows.extend(photos(2023, &[(0..200, LISBON), (200..240, PORTO), (240..300, LISBON)]));
        let (words, _, hot) = told(&rows);
        assert_eq!(words, ["2023-07-20..2023-08-28 80"]);
        let survey = surveyed(&hot, &Filter::default());
        let usual = Usual::of(survey.stays());
        assert_eq!(usual.places().len(), 2);
        let place = |(latitude, longitude): (f64, f64)| Place { latitude, longitude, altitude_m: None };
        assert!(usual.is_away(place(LISBON), 2020) && !usual.is_away(place(LISBON), 2021), "the year before, too");
        assert!(!usual.is_away(place(VIENNA), 2023));
    }

    #[test]
    fn a_trip_over_the_date_line_is_seen_whole() {
        let (words, trips, _) = told(&photos(2023, &[(0..40, VIENNA), (40..44, FIJI), (44..46, (-17.9, -179.9))]));
        assert_eq!(words, ["2023-02-10..2023-02-15 12"]);
        assert!(trips[0].within.crosses_date_line());
    }

    #[test]
    fn nothing_known_is_no_home_and_no_trip() {
        let (words, _, hot) = told(&[(0, None), (86_400, None)]);
        assert_eq!(words, [] as [&str; 0]);
        assert_eq!(Usual::of(surveyed(&hot, &Filter::default()).stays()).places(), []);
    }

    proptest! {
        #[test]
        fn a_trip_is_what_its_filter_leaves_in(
            runs in prop::collection::vec((1..9_i32, 0..4_usize), 1..40), scatter in prop::collection::vec((0..400_i32, -60.0..60.0_f64, -179.0..179.0_f64), 0..20),
        ) {
            let mut day = 0;
            let mut stays = Vec::new();
            for (length, nth) in runs {
                stays.push((day..day + length, [VIENNA, VIENNA, LISBON, FIJI][nth]));
                day += length;
            }
            let mut rows = photos(2020, &stays);
            rows.extend(scatter.iter().flat_map(|(day, latitude, longitude)| photos(2020, &[(*day..day + 1, (*latitude, *longitude))])));
            let (_, trips, hot) = told(&rows);
            prop_assert!(trips.windows(2).all(|pair| pair[1].days.last < pair[0].days.first), "the latest first, none in two");
            for trip in &trips {
                let filter = Filter { days: Some(trip.days), within: Some(trip.within), ..Filter::default() };
                prop_assert_eq!(shown(&hot, &filter.prepare(&[], None), utc).len(), trip.photos as usize);
                prop_assert!(trip.days.first < trip.days.last && trip.photos > 0 && !trip.places.is_empty());
            }
        }
    }
}
