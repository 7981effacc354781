//! The map of the world's zones: a tree of squares, as the npm package tz-lookup 6.0.2 packs it.

use crate::photo::Place;

/// What the file begins with that `build/zones.mjs` makes; then come the names, one a line, a byte of zero, and the tree.
const MAGIC: &[u8] = b"albumen zones 1\n";

/// Squares of the root, from the west to the east.
const COLUMNS: f64 = 48.0;
/// Squares of the root, from the north to the south.
const ROWS: f64 = 24.0;
/// A little more than the circle, so that 180° east and 90° south are in the last squares.
const AROUND: f64 = 360.000_000_000_000_06;
const FROM_POLE_TO_POLE: f64 = 180.000_000_000_000_03;
const ROOT_LEN: usize = 48 * 24;

/// Which zone a place is in, a kilometer or two around borders aside. At sea it is the zone of the ships there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneMap {
    names: Vec<String>,
    /// Squares in 16 bits. The last `names.len()` numbers are zones; others lead on to four smaller squares.
    squares: Vec<u16>,
}

impl ZoneMap {
    /// Reads the file; `None` if it is another one, or cut off.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        let names: Vec<String> = std::str::from_utf8(&rest[..end]).ok()?.lines().map(str::to_owned).collect();
        let (pairs, odd) = rest[end + 1..].as_chunks::<2>();
        let squares: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
        let is_whole =
            odd.is_empty() && squares.len() >= ROOT_LEN && (1..=usize::from(u16::MAX)).contains(&names.len());
        is_whole.then_some(Self { names, squares })
    }

    /// The IANA name of the zone of a place, as of the year 2015; `None` where there is no such place.
    pub fn name_at(&self, place: Place) -> Option<&str> {
        let first_zone = 0x1_0000 - self.names.len();
        let (mut x, mut y) =
            ((180.0 + place.longitude) * COLUMNS / AROUND, (90.0 - place.latitude) * ROWS / FROM_POLE_TO_POLE);
        if !(0.0..COLUMNS).contains(&x) || !(0.0..ROWS).contains(&y) {
            return None;
        }
        let mut square = usize::from(*self.squares.get(y as usize * COLUMNS as usize + x as usize)?);
        // Four squares of this number are counted from the root's end.
        let mut four = None;
        while square < first_zone {
            (x, y) = (x.fract() * 2.0, y.fract() * 2.0);
            let next = four.map_or(square, |four: usize| four + square + 1);
            four = Some(next);
            square = usize::from(*self.squares.get(ROOT_LEN + next * 4 + y as usize * 2 + x as usize)?);
        }
        self.names.get(square - first_zone).map(String::as_str)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A map whose west is one zone, and whose east another, but for a square in the south-east of its first square.
    pub(crate) fn small_map() -> Vec<u8> {
        let mut bytes = [MAGIC, b"West/Zone\nEast/Zone\nOdd/Zone\0"].concat();
        let (west, east, odd) = (0xfffd_u16, 0xfffe_u16, 0xffff_u16);
        let mut squares: Vec<u16> = (0..ROOT_LEN).map(|at| if at % 48 < 24 { west } else { east }).collect();
        // At 0° to 7.5° north and east.
        squares[11 * 48 + 24] = 0;
        squares.extend([east, east, east, 0]);
        squares.extend([east, east, east, odd]);
        bytes.extend(squares.iter().flat_map(|square| square.to_be_bytes()));
        bytes
    }

    fn place(latitude: f64, longitude: f64) -> Place {
        Place { latitude, longitude, altitude_m: None }
    }

    #[test]
    fn squares_lead_to_smaller_squares() {
        let map = ZoneMap::read(&small_map()).unwrap();
        for (latitude, longitude, name) in [
            (51.5, -0.1, "West/Zone"),
            (48.8, 2.3, "East/Zone"),
            (7.0, 0.5, "East/Zone"),
            (3.0, 4.0, "East/Zone"),
            (1.8, 5.7, "Odd/Zone"),
            (0.1, 7.4, "Odd/Zone"),
            (2.0, 5.7, "East/Zone"),
            (90.0, 180.0, "East/Zone"),
            (-90.0, -180.0, "West/Zone"),
        ] {
            assert_eq!(map.name_at(place(latitude, longitude)), Some(name), "{latitude} {longitude}");
        }
    }

    #[test]
    fn what_is_no_map_is_refused() {
        let whole = small_map();
        for bytes in [&b"<!doctype html>"[..], b"", MAGIC, &whole[..100], &whole[..2000], &whole[..whole.len() - 1]] {
            assert_eq!(ZoneMap::read(bytes), None);
        }
    }

    #[test]
    fn a_tree_that_leads_nowhere_names_no_zone() {
        let mut bytes = small_map();
        let end = bytes.len();
        bytes.truncate(end - 8);
        let map = ZoneMap::read(&bytes).unwrap();
        assert_eq!(map.name_at(place(1.8, 5.7)), None);
    }

    #[test]
    fn places_that_are_none_are_in_no_zone() {
        let map = ZoneMap::read(&small_map()).unwrap();
        for (latitude, longitude) in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (91.0, 0.0), (0.0, -181.0), (0.0, 1e300)] {
            assert_eq!(map.name_at(place(latitude, longitude)), None);
        }
    }

    proptest! {
        #[test]
        fn no_tree_and_no_place_do_harm(
            squares in prop::collection::vec(any::<u16>(), ROOT_LEN..2 * ROOT_LEN), latitude: f64, longitude: f64,
        ) {
            let mut bytes = [MAGIC, b"A\nB\0"].concat();
            bytes.extend(squares.iter().flat_map(|square| square.to_be_bytes()));
            let map = ZoneMap::read(&bytes).unwrap();
            let _ = map.name_at(place(latitude, longitude));
            for place in (-90..=90).step_by(30).flat_map(|lat| [place(lat.into(), -180.0), place(lat.into(), 180.0)]) {
                let _ = map.name_at(place);
            }
        }
    }
}
