//! A part of the Earth between two parallels and two meridians.

use std::fmt;

use super::Place;

/// How many there are of a degree.
const PER_DEGREE: i32 = 10_000_000;
const POLE_E7: i32 = 90 * PER_DEGREE;
const HALF_ROUND_E7: i32 = 180 * PER_DEGREE;
const ROUND_E7: i64 = 2 * HALF_ROUND_E7 as i64;

/// What lies between two parallels and two meridians (WGS 84), both among it, in ten millionths of a degree: as finely as
/// places are kept. Where the west is east of the east, it goes over the meridian of 180°.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    south_e7: i32,
    west_e7: i32,
    north_e7: i32,
    east_e7: i32,
}

impl Bounds {
    /// Of degrees. `None` where a number is no latitude or longitude, or the south is north of the north.
    pub fn new(south: f64, west: f64, north: f64, east: f64) -> Option<Self> {
        let parallels = [south, north].iter().all(|latitude| (-90.0..=90.0).contains(latitude));
        let meridians = [west, east].iter().all(|longitude| (-180.0..=180.0).contains(longitude));
        (parallels && meridians && south <= north).then(|| Self {
            south_e7: e7(south),
            west_e7: e7(west),
            north_e7: e7(north),
            east_e7: e7(east),
        })
    }

    /// The least that has all these places in it, over the meridian of 180° where that way is shorter. `None` for none.
    pub fn around(places: impl IntoIterator<Item = Place>) -> Option<Self> {
        let (mut south_e7, mut north_e7, mut meridians) = (i32::MAX, i32::MIN, Vec::new());
        for Place { latitude, longitude, .. } in places {
            let latitude_e7 = e7(latitude);
            (south_e7, north_e7) = (south_e7.min(latitude_e7), north_e7.max(latitude_e7));
            meridians.push(e7(longitude));
        }
        meridians.sort_unstable();
        meridians.dedup();
        let (first, last) = (*meridians.first()?, *meridians.last()?);
        // What is left out is the widest gap; that from the last over 180° to the first is the one of no crossing.
        let around = i64::from(first) + ROUND_E7 - i64::from(last);
        let gaps = meridians.windows(2).map(|pair| (i64::from(pair[1]) - i64::from(pair[0]), pair[0], pair[1]));
        let widest = gaps.max_by_key(|(gap, ..)| *gap).filter(|(gap, ..)| *gap > around);
        let (west_e7, east_e7) = widest.map_or((first, last), |(_, east, west)| (west, east));
        Some(Self { south_e7, west_e7, north_e7, east_e7 })
    }

    /// Whether a place is in it. 180° east and 180° west are the same meridian.
    pub fn contains(&self, place: Place) -> bool {
        self.contains_e7(e7(place.latitude), e7(place.longitude))
    }

    /// The same of a place in ten millionths of a degree.
    pub fn contains_e7(&self, latitude_e7: i32, longitude_e7: i32) -> bool {
        let is_between = |longitude_e7: i32| {
            if self.crosses_date_line() {
                longitude_e7 >= self.west_e7 || longitude_e7 <= self.east_e7
            } else {
                (self.west_e7..=self.east_e7).contains(&longitude_e7)
            }
        };
        let is_last = longitude_e7.abs() == HALF_ROUND_E7;
        (self.south_e7..=self.north_e7).contains(&latitude_e7)
            && (is_between(longitude_e7) || is_last && is_between(-longitude_e7))
    }

    /// Whether it goes over the meridian of 180°.
    pub fn crosses_date_line(&self) -> bool {
        self.west_e7 > self.east_e7
    }

    /// South, west, north and east in degrees.
    pub fn degrees(&self) -> [f64; 4] {
        [self.south_e7, self.west_e7, self.north_e7, self.east_e7].map(|e7| f64::from(e7) / f64::from(PER_DEGREE))
    }

    /// Reads `south,west,north,east` in degrees, as [`Display`](fmt::Display) writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(',').map(|number| read_e7(number.trim()));
        let bounds = Self {
            south_e7: numbers.next()??,
            west_e7: numbers.next()??,
            north_e7: numbers.next()??,
            east_e7: numbers.next()??,
        };
        let parallels = -POLE_E7 <= bounds.south_e7 && bounds.south_e7 <= bounds.north_e7 && bounds.north_e7 <= POLE_E7;
        let meridians = [bounds.west_e7, bounds.east_e7].iter().all(|e7| (-HALF_ROUND_E7..=HALF_ROUND_E7).contains(e7));
        (numbers.next().is_none() && parallels && meridians).then_some(bounds)
    }
}

impl fmt::Display for Bounds {
    /// `48.1,16.2,48.35,16.6`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = [self.south_e7, self.west_e7, self.north_e7, self.east_e7];
        for (nth, number) in numbers.into_iter().enumerate() {
            let comma = if nth == 0 { "" } else { "," };
            let sign = if number < 0 { "-" } else { "" };
            let (whole, part) = (number.unsigned_abs() / PER_DEGREE as u32, number.unsigned_abs() % PER_DEGREE as u32);
            write!(out, "{comma}{sign}{whole}")?;
            if part > 0 {
                let digits = format!("{part:07}");
                write!(out, ".{}", digits.trim_end_matches('0'))?;
            }
        }
        Ok(())
    }
}

fn e7(degrees: f64) -> i32 {
    (degrees * f64::from(PER_DEGREE)).round() as i32
}

/// A number of degrees with at most seven digits after the point; further ones are cut off.
fn read_e7(text: &str) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !is_number(whole) || !is_number(part) {
        return None;
    }
    let part: String = part.chars().chain("0000000".chars()).take(7).collect();
    let e7 = whole.parse::<i64>().ok()? * i64::from(PER_DEGREE) + part.parse::<i64>().ok()?;
    i32::try_from(sign * e7).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        Place { latitude, longitude, altitude_m: None }
    }

    #[test]
    fn what_is_written_in_an_address_is_read_and_nonsense_is_not() {
        let bounds = Bounds::parse("48.1, 16.2,48.35,16.6000").unwrap();
        assert_eq!(bounds.to_string(), "48.1,16.2,48.35,16.6");
        assert_eq!(Bounds::parse("-0.5,-180,0,180").unwrap().to_string(), "-0.5,-180,0,180");
        for nonsense in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "3,2,1,4",
            "91,0,92,1",
            "0,181,1,0",
            "0,0,1,x",
            "1e3,0,1,1",
            "0,0,--1,1",
            ".,0,1,1",
        ] {
            assert_eq!(Bounds::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn edges_are_in_it_and_the_meridian_of_180_degrees_has_two_names() {
        let fiji = Bounds::new(-20.0, 177.0, -15.0, -178.0).unwrap();
        assert!(fiji.crosses_date_line());
        for (longitude, is_in) in [
            (177.0, true),
            (180.0, true),
            (-180.0, true),
            (-178.0, true),
            (176.9, false),
            (-177.9, false),
            (0.0, false),
        ] {
            assert_eq!(fiji.contains(place(-17.0, longitude)), is_in, "{longitude}");
        }
        assert!(!fiji.contains(place(-20.1, 179.0)) && fiji.contains(place(-20.0, 179.0)));
        let to_the_line = Bounds::new(0.0, 170.0, 1.0, 180.0).unwrap();
        assert!(to_the_line.contains(place(0.5, -180.0)) && !to_the_line.contains(place(0.5, -179.0)));
        let none = [(2.0, 0.0, 1.0, 0.0), (f64::NAN, 0.0, 1.0, 1.0), (0.0, -181.0, 1.0, 1.0), (0.0, 0.0, 90.1, 1.0)];
        assert!(none.iter().all(|(south, west, north, east)| Bounds::new(*south, *west, *north, *east).is_none()));
    }

    #[test]
    fn the_shorter_way_around_is_taken() {
        let around = |longitudes: &[f64]| Bounds::around(longitudes.iter().map(|longitude| place(1.0, *longitude)));
        assert_eq!(around(&[]), None);
        assert_eq!(around(&[16.3]).unwrap().to_string(), "1,16.3,1,16.3");
        assert_eq!(around(&[-10.0, 20.0, 5.0]).unwrap().to_string(), "1,-10,1,20");
        assert_eq!(around(&[170.0, -175.0, 179.0]).unwrap().to_string(), "1,170,1,-175");
    }

    fn any_bounds() -> impl Strategy<Value = Bounds> {
        let parallel = -POLE_E7..=POLE_E7;
        let meridian = -HALF_ROUND_E7..=HALF_ROUND_E7;
        (parallel.clone(), meridian.clone(), parallel, meridian).prop_map(|(a, west_e7, b, east_e7)| Bounds {
            south_e7: a.min(b),
            west_e7,
            north_e7: a.max(b),
            east_e7,
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(bounds in any_bounds()) {
            prop_assert_eq!(Bounds::parse(&bounds.to_string()), Some(bounds));
            let [south, west, north, east] = bounds.degrees();
            prop_assert_eq!(Bounds::new(south, west, north, east), Some(bounds));
        }

        #[test]
        fn any_text_can_be_read(text in "\\PC*") {
            let _ = Bounds::parse(&text);
        }

        #[test]
        fn all_places_are_in_what_is_around_them_and_nothing_less_has_them(
            places in prop::collection::vec((-900..=900_i32, -1800..=1800_i32), 1..12),
        ) {
            let places: Vec<Place> =
                places.iter().map(|(latitude, longitude)| place(f64::from(*latitude) / 10.0, f64::from(*longitude) / 10.0)).collect();
            let bounds = Bounds::around(places.iter().copied()).unwrap();
            prop_assert!(places.iter().all(|place| bounds.contains(*place)));
            let [south, west, north, east] = bounds.degrees();
            for edge in [place(south, west), place(north, east)] {
                prop_assert!(places.iter().any(|place| place.latitude == edge.latitude));
                prop_assert!(places.iter().any(|place| place.longitude == edge.longitude));
            }
        }
    }
}
