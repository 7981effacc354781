//! The names of towns, read from a file of our own: which is near a place.

use super::distance::distance_km;
use super::reader::Reader;
use crate::photo::Place;

/// What the file begins with. Then come the number of countries and the two letters of each (ISO 3166); the number of
/// towns; and the towns, by the square of one degree that they are in: how many squares after the one before, from
/// the South Pole at 180° west on to the east and then to the north; how far north and east in it, in 65536ths of a degree
/// (16 bits each); eight times the logarithm to 2 of its people (8 bits); its country's number (8 bits); and its name in
/// UTF-8, after its length.
pub const MAGIC: &[u8] = b"albumen towns 1\n";

/// Eight steps are twice as many people.
pub const STEPS_A_DOUBLING: f64 = 8.0;
/// Parts of a degree that positions are kept in.
pub const PARTS: f64 = 65_536.0;

const AROUND: i32 = 360;
const SQUARES: usize = 360 * 180;
const KM_A_DEGREE: f64 = 111.2;
/// Nothing on Earth is farther away.
const HALF_ROUND_KM: f64 = 20_016.0;
/// A town that is farther away names no place.
const FARTHEST_KM: f64 = 60.0;
/// How far a town reaches, by the root of its people: 10 km of a million.
const REACH_KM: f64 = 0.01;

/// All towns, by the square of one degree that they are in.
#[derive(Clone, Debug, PartialEq)]
pub struct Towns {
    countries: Vec<[u8; 2]>,
    towns: Vec<Kept>,
    names: String,
    /// The first town of each square, and the end.
    squares: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Kept {
    latitude: f32,
    longitude: f32,
    people: u8,
    country: u8,
    /// Where its name begins; it ends where the next one's begins.
    name: u32,
}

/// A town that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Town<'a> {
    pub name: &'a str,
    /// Two letters (ISO 3166).
    pub country: &'a str,
    pub place: Place,
    pub distance_km: f64,
}

impl Towns {
    /// Reads the file; `None` if it is another one, or damaged.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::after(MAGIC, bytes)?;
        let mut countries = Vec::new();
        for _ in 0..reader.count(2)? {
            countries.push(<[u8; 2]>::try_from(reader.bytes(2)?).ok().filter(|letters| letters.is_ascii())?);
        }
        let count = reader.count(8)?;
        let (mut towns, mut names, mut squares) = (Vec::with_capacity(count), String::new(), Vec::new());
        let mut square = 0;
        for nth in 0..count {
            square += reader.number()? as usize;
            if square >= SQUARES {
                return None;
            }
            squares.resize(square + 1, nth as u32);
            let part = |part: u16| f64::from(part) / PARTS;
            let (north, east) = (part(reader.u16()?), part(reader.u16()?));
            let (people, country) = (reader.byte()?, reader.byte()?);
            let length = reader.number()? as usize;
            let name = std::str::from_utf8(reader.bytes(length)?).ok()?;
            if usize::from(country) >= countries.len() {
                return None;
            }
            towns.push(Kept {
                latitude: ((square / AROUND as usize) as f64 - 90.0 + north) as f32,
                longitude: ((square % AROUND as usize) as f64 - 180.0 + east) as f32,
                people,
                country,
                name: names.len() as u32,
            });
            names.push_str(name);
        }
        squares.resize(SQUARES + 1, count as u32);
        reader.is_at_end().then_some(Self { countries, towns, names, squares })
    }

    /// The town that a place is in or near: the nearer the better, and the greater, the farther it reaches.
    pub fn near(&self, place: Place) -> Option<Town<'_>> {
        let far = |(nth, distance_km): &(usize, f64)| distance_km / self.reach_km(*nth);
        let nearest = self.within(place, FARTHEST_KM).min_by(|a, b| far(a).total_cmp(&far(b)));
        nearest.map(|(nth, distance_km)| self.town(nth, distance_km))
    }

    /// The greatest town within so many kilometers; where there is none, as [`Towns::near`].
    pub fn greatest(&self, place: Place, within_km: f64) -> Option<Town<'_>> {
        let by_people = |(nth, distance_km): &(usize, f64)| (self.towns[*nth].people, -distance_km);
        let greatest = self
            .within(place, within_km)
            .max_by(|a, b| by_people(a).partial_cmp(&by_people(b)).unwrap_or(std::cmp::Ordering::Equal));
        greatest.map(|(nth, distance_km)| self.town(nth, distance_km)).or_else(|| self.near(place))
    }

    /// Numbers and distances of all within so many kilometers.
    fn within(&self, place: Place, most_km: f64) -> impl Iterator<Item = (usize, f64)> + '_ {
        let most_km = if most_km > 0.0 { most_km.min(HALF_ROUND_KM) } else { 0.0 };
        let high = most_km / KM_A_DEGREE;
        let (south, north) = (place.latitude - high, place.latitude + high);
        // A degree of longitude is shortest at the parallel nearest to a pole.
        let shortest = south.abs().max(north.abs()).min(90.0).to_radians().cos();
        let wide = if shortest * 180.0 > high { high / shortest } else { 180.0 };
        let rows = (south.floor().max(-90.0) as i32 + 90)..=(north.floor().min(89.0) as i32 + 90);
        let west = (place.longitude - wide).floor();
        let columns = (place.longitude + wide).floor() - west;
        let columns = 0..=(columns as i32).min(AROUND - 1);
        let squares = rows.flat_map(move |row| {
            columns.clone().map(move |column| (row, (west as i32 + 180 + column).rem_euclid(AROUND)))
        });
        let towns = squares.flat_map(|(row, column)| {
            let square = (row * AROUND + column) as usize;
            let at = |square: usize| self.squares.get(square).map_or(0, |first| *first as usize);
            at(square)..at(square + 1)
        });
        let apart = move |nth: usize| (nth, distance_km(place, self.place(nth)));
        towns.map(apart).filter(move |(_, distance_km)| *distance_km <= most_km)
    }

    fn reach_km(&self, nth: usize) -> f64 {
        let people = (f64::from(self.towns[nth].people) / STEPS_A_DOUBLING).exp2();
        (people.sqrt() * REACH_KM).max(0.5)
    }

    fn place(&self, nth: usize) -> Place {
        let Kept { latitude, longitude, .. } = self.towns[nth];
        Place { latitude: latitude.into(), longitude: longitude.into(), altitude_m: None }
    }

    fn town(&self, nth: usize, distance_km: f64) -> Town<'_> {
        let kept = self.towns[nth];
        let end = self.towns.get(nth + 1).map_or(self.names.len(), |next| next.name as usize);
        Town {
            // Names begin and end where they were put together.
            name: self.names.get(kept.name as usize..end).unwrap_or_default(),
            country: self
                .countries
                .get(usize::from(kept.country))
                .map_or("", |letters| std::str::from_utf8(letters).unwrap_or_default()),
            place: self.place(nth),
            distance_km,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A file of these towns: name, country, people, latitude and longitude.
    fn file(towns: &[(&str, u8, f64, f64, f64)]) -> Vec<u8> {
        let mut out = [MAGIC, &[2], b"AT", b"FJ"].concat();
        let mut towns: Vec<_> = towns
            .iter()
            .map(|town| {
                let (row, column) = ((town.3 + 90.0).floor(), (town.4 + 180.0).floor());
                (
                    row as u32 * 360 + column as u32,
                    ((town.3 + 90.0 - row) * PARTS) as u16,
                    ((town.4 + 180.0 - column) * PARTS) as u16,
                    town,
                )
            })
            .collect();
        towns.sort_by_key(|(square, ..)| *square);
        out.push(towns.len() as u8);
        let mut before = 0;
        for (square, north, east, town) in towns {
            let mut rest = square - before;
            before = square;
            while rest >= 0x80 {
                out.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            out.push(rest as u8);
            out.extend([north.to_le_bytes(), east.to_le_bytes()].concat());
            out.extend([(town.2.log2() * STEPS_A_DOUBLING) as u8, town.1, town.0.len() as u8]);
            out.extend(town.0.as_bytes());
        }
        out
    }

    fn some() -> Towns {
        Towns::read(&file(&[
            ("Vienna", 0, 1.7e6, 48.208, 16.372),
            ("Klosterneuburg", 0, 27e3, 48.305, 16.325),
            ("Sankt Pölten", 0, 50e3, 48.2, 15.633),
            ("Labasa", 1, 24e3, -16.43, 179.99),
        ]))
        .unwrap()
    }

    fn place(latitude: f64, longitude: f64) -> Place {
        Place { latitude, longitude, altitude_m: None }
    }

    #[test]
    fn a_great_town_reaches_farther_than_a_small_one() {
        let towns = some();
        let name = |latitude, longitude| towns.near(place(latitude, longitude)).map(|town| (town.name, town.country));
        assert_eq!(name(48.2, 16.4), Some(("Vienna", "AT")));
        assert_eq!(name(48.303, 16.33), Some(("Klosterneuburg", "AT")), "though Vienna is near");
        assert_eq!(name(48.25, 16.2), Some(("Vienna", "AT")), "a wood between them");
        assert_eq!(name(48.2, 15.65), Some(("Sankt Pölten", "AT")));
        assert_eq!(name(47.0, 12.0), None, "nothing is within 60 km");
        assert_eq!(name(-16.4, -179.99), Some(("Labasa", "FJ")), "over the date line");
    }

    #[test]
    fn the_greatest_around_is_found() {
        let towns = some();
        assert_eq!(towns.greatest(place(48.2, 15.7), 80.0).map(|town| town.name), Some("Vienna"));
        assert_eq!(
            towns.greatest(place(48.2, 15.7), 1.0).map(|town| town.name),
            Some("Sankt Pölten"),
            "else the nearest"
        );
        let pole = towns.greatest(place(90.0, 0.0), 20_000.0).map(|town| town.name);
        assert_eq!(pole, Some("Vienna"), "all meridians are near a pole");
    }

    #[test]
    fn what_is_no_list_of_towns_is_refused() {
        let whole = file(&[("Vienna", 0, 1.7e6, 48.208, 16.372), ("Labasa", 1, 24e3, -16.43, 179.99)]);
        for end in 0..whole.len() {
            assert_eq!(Towns::read(&whole[..end]), None, "{end}");
        }
        assert_eq!(Towns::read(&file(&[("Nowhere", 2, 1e3, 0.0, 0.0)])), None, "there is no such country");
        assert_eq!(Towns::read(&[&whole[..], b"x"].concat()), None);
    }

    proptest! {
        #[test]
        fn no_bytes_and_no_place_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..200), latitude: f64, longitude: f64, km: f64) {
            if let Some(towns) = Towns::read(&[MAGIC, &bytes].concat()) {
                let _ = towns.near(place(1.0, 1.0));
            }
            let towns = some();
            let somewhere = place(latitude % 90.0, longitude % 180.0);
            let _ = (towns.near(somewhere), towns.greatest(somewhere, km));
        }
    }
}
