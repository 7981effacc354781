//! The person whose library it is: where they live, where they travel, when they take pictures.

use super::calendar::{Day, european_summer};
use super::chance::{Chance, mix};

/// What lies before the lens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Landscape {
    City,
    Sea,
    Mountains,
    Forest,
    Fields,
    Desert,
    Indoors,
}

/// Somewhere that the person goes.
pub(super) struct Place {
    pub(super) name: &'static str,
    /// Minutes east of UTC; summer time is left out abroad.
    offset_min: i32,
    /// Degrees north.
    pub(super) latitude: f32,
    pub(super) landscapes: [Landscape; 3],
}

use Landscape::{City, Desert, Fields, Forest, Indoors, Mountains, Sea};

const HOME: Place =
    Place { name: "home", offset_min: 60, latitude: 52.0, landscapes: [Landscape::Fields, Forest, City] };

const ABROAD: [Place; 16] = [
    Place { name: "Lisbon", offset_min: 0, latitude: 38.7, landscapes: [City, Sea, City] },
    Place { name: "Kyoto", offset_min: 540, latitude: 35.0, landscapes: [City, Forest, Mountains] },
    Place { name: "New York", offset_min: -300, latitude: 40.7, landscapes: [City, City, Indoors] },
    Place { name: "Reykjavík", offset_min: 0, latitude: 64.1, landscapes: [Mountains, Sea, Fields] },
    Place { name: "Namibia", offset_min: 120, latitude: -24.0, landscapes: [Desert, Desert, Mountains] },
    Place { name: "the Dolomites", offset_min: 60, latitude: 46.5, landscapes: [Mountains, Mountains, Forest] },
    Place { name: "Crete", offset_min: 120, latitude: 35.2, landscapes: [Sea, Sea, Mountains] },
    Place { name: "the Highlands", offset_min: 0, latitude: 57.1, landscapes: [Mountains, Fields, Sea] },
    Place { name: "Hanoi", offset_min: 420, latitude: 21.0, landscapes: [City, Fields, Forest] },
    Place { name: "Buenos Aires", offset_min: -180, latitude: -34.6, landscapes: [City, Indoors, City] },
    Place { name: "Lofoten", offset_min: 60, latitude: 68.2, landscapes: [Sea, Mountains, Sea] },
    Place { name: "Cape Town", offset_min: 120, latitude: -33.9, landscapes: [Sea, Mountains, City] },
    Place { name: "Kathmandu", offset_min: 345, latitude: 27.7, landscapes: [Mountains, City, Mountains] },
    Place { name: "Vancouver", offset_min: -480, latitude: 49.3, landscapes: [Forest, Sea, City] },
    Place { name: "Adelaide", offset_min: 570, latitude: -34.9, landscapes: [Desert, Sea, Fields] },
    Place { name: "Kyushu", offset_min: 540, latitude: 33.0, landscapes: [Mountains, Sea, Forest] },
];

/// Days away from home, the last one included.
pub(super) struct Trip {
    pub(super) first: Day,
    pub(super) last: Day,
    pub(super) place: &'static Place,
}

impl Trip {
    /// As the album of the trip is called.
    pub(super) fn title(&self) -> String {
        let (year, month, _) = self.first.ymd();
        let season = match month {
            3..=5 => "spring",
            6..=8 => "summer",
            9..=11 => "autumn",
            _ => "winter",
        };
        let mut name = self.place.name.to_owned();
        if let Some(rest) = name.strip_prefix("the ") {
            name = format!("The {rest}");
        }
        format!("{name}, {season} {year}")
    }
}

/// A life of fifteen years, day by day.
pub(super) struct Life {
    seed: u64,
    pub(super) first: Day,
    pub(super) last: Day,
    pub(super) trips: Vec<Trip>,
    gaps: [(Day, Day); 2],
}

/// How long the library reaches back.
const YEARS: i32 = 15;

impl Life {
    /// The fifteen years up to and including `last`.
    pub(super) fn new(seed: u64, last: Day) -> Self {
        let first = Day(last.0 - (YEARS * 1461) / 4 + 1);
        let mut chance = Chance::new(mix(seed, 0x7269_7073));
        let mut trips = Vec::new();
        let mut before: Option<usize> = None;
        for year in 0..YEARS {
            // A short one in spring, a long one in summer, in most years a short one in autumn.
            for (from, until, days, likelihood) in [(20, 100, 4..8, 0.8), (140, 220, 9..16, 1.0), (270, 335, 3..7, 0.6)]
            {
                let (start, length) = (chance.range(from..until) as i32, chance.range(days) as i32);
                let mut which = chance.range(0..ABROAD.len() as u32) as usize;
                if before == Some(which) {
                    which = (which + 1) % ABROAD.len();
                }
                let begins = Day(first.0 + year * 1461 / 4 + start);
                if chance.happens(likelihood) && begins.0 + length < last.0 {
                    trips.push(Trip { first: begins, last: Day(begins.0 + length - 1), place: &ABROAD[which] });
                    before = Some(which);
                }
            }
        }
        // Twice in fifteen years a camera lay broken, or nobody felt like it.
        let mut gap = |from: i32, days: i32| {
            let start = first.0 + from * 365 + chance.range(0..300) as i32;
            (Day(start), Day(start + days - 1))
        };
        let gaps = [gap(3, 47), gap(9, 26)];
        Self { seed, first, last, trips, gaps }
    }

    /// The trip that this day is part of.
    pub(super) fn trip(&self, day: Day) -> Option<&Trip> {
        let at = self.trips.partition_point(|trip| trip.last < day);
        self.trips.get(at).filter(|trip| trip.first <= day)
    }

    /// Where the person is.
    pub(super) fn place(&self, day: Day) -> &'static Place {
        self.trip(day).map_or(&HOME, |trip| trip.place)
    }

    /// Minutes east of UTC where the person is.
    pub(super) fn offset_min(&self, day: Day) -> i32 {
        match self.trip(day) {
            Some(trip) => trip.place.offset_min,
            None if european_summer(day) => HOME.offset_min + 60,
            None => HOME.offset_min,
        }
    }

    /// How many pictures this day is good for, against other days; 0 for a day without any.
    pub(super) fn weight(&self, day: Day) -> f64 {
        if self.gaps.iter().any(|(from, until)| (*from..=*until).contains(&day)) {
            return 0.0;
        }
        let mut chance = Chance::new(mix(self.seed ^ 0x6461_7973, day.0 as u64));
        let (mood, awake) = (f64::from(chance.part()), chance.part());
        // The further on, the more pictures: phones got better.
        let years = f64::from(day.0 - self.first.0) / f64::from(self.last.0 - self.first.0 + 1);
        let times = 1.0 + 2.0 * years;
        let (_, month, of_month) = day.ymd();
        let feast = matches!((month, of_month), (12, 24..=26 | 31) | (1, 1) | (6, 21) | (9, 14) | (4, 2));
        times
            * if self.trip(day).is_some() {
                12.0 + 24.0 * mood
            } else if feast {
                8.0 + 10.0 * mood
            } else if matches!(day.weekday(), 0 | 6) {
                if awake < 0.45 { 1.5 + 12.0 * mood * mood } else { 0.0 }
            } else if awake < 0.2 {
                0.8 + 4.0 * mood * mood
            } else {
                0.0
            }
    }

    /// The local minute of the day at which a picture is taken: never evenly spread, seldom at night.
    pub(super) fn minute_of_day(&self, day: Day, chance: &mut Chance) -> u32 {
        /// How likely each hour is, of a working day, of a free day, and of a day of travel.
        const HOURS: [[u32; 24]; 3] = [
            [1, 0, 0, 0, 0, 1, 3, 9, 10, 4, 4, 5, 14, 9, 4, 5, 8, 16, 20, 18, 14, 10, 6, 3],
            [2, 1, 0, 0, 0, 0, 1, 2, 6, 12, 17, 20, 18, 15, 18, 20, 18, 15, 13, 12, 10, 8, 6, 4],
            [1, 0, 0, 0, 0, 2, 4, 6, 10, 16, 19, 17, 13, 12, 15, 18, 20, 21, 20, 15, 10, 7, 5, 3],
        ];
        let hours = match (self.trip(day), day.weekday()) {
            (Some(_), _) => &HOURS[2],
            (None, 0 | 6) => &HOURS[1],
            (None, _) => &HOURS[0],
        };
        let mut left = chance.range(0..hours.iter().sum());
        for (hour, likely) in (0..).zip(hours) {
            if left < *likely {
                return hour * 60 + chance.range(0..60);
            }
            left -= likely;
        }
        12 * 60
    }

    /// What somebody wrote below a picture of this place, now and then.
    pub(super) fn description(&self, day: Day, chance: &mut Chance) -> Option<String> {
        const AT_HOME: [&str; 8] = [
            "The garden, finally",
            "Grandma’s birthday",
            "First snow",
            "Kitchen experiment no. 12",
            "Evening light behind the station",
            "Our team won, against all odds",
            "Everybody in one picture, for once",
            "Café with M. — “never again that cake”",
        ];
        const AWAY: [&str; 6] = [
            "Morning in {}",
            "The view from our window, {}",
            "Lost and glad of it, {}",
            "Last evening in {}",
            "Rain in {} ☔",
            "{}, first try with the tripod",
        ];
        if !chance.happens(0.035) {
            return None;
        }
        Some(match self.trip(day) {
            Some(trip) => chance.one(&AWAY).replace("{}", trip.place.name),
            None => (*chance.one(&AT_HOME)).to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life() -> Life {
        Life::new(1, Day::from_ymd(2026, 11, 1).unwrap())
    }

    #[test]
    fn a_life_spans_fifteen_years_with_trips_in_order_that_never_overlap() {
        let life = life();
        assert_eq!(life.first, Day::from_ymd(2011, 11, 3).unwrap());
        assert!(life.trips.len() > 25, "{}", life.trips.len());
        assert!(life.trips.windows(2).all(|pair| pair[0].last < pair[1].first));
        assert!(life.trips.iter().all(|trip| life.first <= trip.first && trip.last <= life.last));
    }

    #[test]
    fn the_offset_changes_with_the_season_at_home_and_with_the_place_abroad() {
        let life = life();
        let offsets: std::collections::BTreeSet<_> =
            (life.first.0..=life.last.0).map(|day| life.offset_min(Day(day))).collect();
        assert!(offsets.contains(&60) && offsets.contains(&120));
        assert!(offsets.iter().any(|offset| *offset < 0) && offsets.iter().any(|offset| *offset > 300));
    }

    #[test]
    fn free_days_and_trips_are_worth_more_than_working_days_and_gaps_nothing() {
        let life = life();
        let mean = |wanted: &dyn Fn(Day) -> bool| {
            let days: Vec<f64> =
                (life.first.0..=life.last.0).map(Day).filter(|d| wanted(*d)).map(|d| life.weight(d)).collect();
            days.iter().sum::<f64>() / days.len() as f64
        };
        let working = mean(&|d| life.trip(d).is_none() && !matches!(d.weekday(), 0 | 6));
        let free = mean(&|d| life.trip(d).is_none() && matches!(d.weekday(), 0 | 6));
        let away = mean(&|d| life.trip(d).is_some());
        assert!(working * 2.0 < free && free * 2.0 < away, "{working} {free} {away}");
        assert_eq!(life.weight(life.gaps[0].0), 0.0);
    }

    #[test]
    fn nights_are_quiet_and_afternoons_are_not() {
        let life = life();
        let mut hours = [0u32; 24];
        for seed in 0..20_000 {
            let day = Day(life.first.0 + seed % 5000);
            hours[(life.minute_of_day(day, &mut Chance::new(seed as u64)) / 60) as usize] += 1;
        }
        assert!(hours[3] < 100 && hours[17] > 1000, "{hours:?}");
    }
}
