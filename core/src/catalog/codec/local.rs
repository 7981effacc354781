//! The clock on the wall and the place of a row: hot columns that only an export fills.

use crate::photo::{Export, LocalClock, Place, TimeBasis};

use super::bytes::{Reader, write_column};
use super::error::SegmentError;

/// In the column of latitudes: it is not known where it was taken.
const NO_PLACE: i32 = i32::MIN;
/// In the column of bases: its local time is not known.
const NO_BASIS: u8 = 0;
/// How many there are of a degree: each is 11 millimetres, and exports write no finer ones.
const PER_DEGREE: f64 = 1e7;

/// What one row's hot columns hold of its local time and its place: 11 bytes in a record, 12 in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalFacts {
    offset_min: i16,
    basis: u8,
    latitude_e7: i32,
    longitude_e7: i32,
}

impl Default for LocalFacts {
    fn default() -> Self {
        Self::NONE
    }
}

impl LocalFacts {
    /// Neither is known.
    pub const NONE: Self = Self { offset_min: 0, basis: NO_BASIS, latitude_e7: NO_PLACE, longitude_e7: 0 };

    /// Those that an export tells. Places are kept to the ten millionth of a degree, and without their altitude.
    pub fn of(export: &Export) -> Self {
        let mut facts = Self::NONE.with_clock(export.clock);
        if let Some(Place { latitude, longitude, .. }) = export.place {
            let rounded = [latitude, longitude].map(|degrees| (degrees * PER_DEGREE).round() as i32);
            let as_kept = Self { latitude_e7: rounded[0], longitude_e7: rounded[1], ..facts };
            // What is no place after all is none.
            facts = if as_kept.place().is_some() { as_kept } else { facts };
        }
        facts
    }

    /// The same with another clock.
    pub(crate) fn with_clock(self, clock: Option<LocalClock>) -> Self {
        let (offset_min, basis) = clock_numbers(clock);
        Self { offset_min, basis, ..self }
    }

    /// Whether its clock is one that the person said.
    pub(super) fn is_corrected(self) -> bool {
        self.basis == basis_number(TimeBasis::Correction)
    }

    pub fn clock(self) -> Option<LocalClock> {
        Some(LocalClock { offset_min: self.offset_min, basis: basis_of(self.basis)? })
    }

    /// Without its altitude.
    pub fn place(self) -> Option<Place> {
        if self.latitude_e7 == NO_PLACE {
            return None;
        }
        Place::new(f64::from(self.latitude_e7) / PER_DEGREE, f64::from(self.longitude_e7) / PER_DEGREE, None)
    }
}

/// A basis as the column holds it.
fn basis_number(basis: TimeBasis) -> u8 {
    match basis {
        TimeBasis::ExifOffset => 1,
        TimeBasis::ExifLocal => 2,
        TimeBasis::GpsTime => 3,
        TimeBasis::Place => 4,
        TimeBasis::FileName => 5,
        TimeBasis::PersonZone => 6,
        TimeBasis::Utc => 7,
        TimeBasis::Correction => 8,
    }
}

/// A clock as columns hold it: minutes to add to UTC, and the basis.
pub(super) fn clock_numbers(clock: Option<LocalClock>) -> (i16, u8) {
    clock.map_or((0, NO_BASIS), |clock| (clock.offset_min, basis_number(clock.basis)))
}

/// The clock that two such numbers are.
pub(super) fn clock_of(offset_min: i16, basis: u8) -> Result<Option<LocalClock>, SegmentError> {
    match basis_of(basis) {
        Some(basis) => Ok(Some(LocalClock { offset_min, basis })),
        None if basis == NO_BASIS => Ok(None),
        None => Err(NO_SUCH_BASIS),
    }
}

const NO_SUCH_BASIS: SegmentError = SegmentError::Malformed { what: "a local time has no known basis" };

fn basis_of(number: u8) -> Option<TimeBasis> {
    TimeBasis::ALL.into_iter().find(|basis| basis_number(*basis) == number)
}

/// The columns where they are in their record.
#[derive(Clone, Copy)]
pub(crate) struct LocalColumns<'a> {
    offset_min: &'a [[u8; 2]],
    basis: &'a [u8],
    latitude_e7: &'a [[u8; 4]],
    longitude_e7: &'a [[u8; 4]],
}

impl<'a> LocalColumns<'a> {
    pub(super) fn read(reader: &mut Reader<'a>, rows: usize) -> Result<Self, SegmentError> {
        let columns = Self {
            offset_min: reader.chunks(rows)?,
            basis: reader.bytes(rows)?,
            latitude_e7: reader.chunks(rows)?,
            longitude_e7: reader.chunks(rows)?,
        };
        if columns.basis.iter().any(|number| *number != NO_BASIS && basis_of(*number).is_none()) {
            return Err(NO_SUCH_BASIS);
        }
        Ok(columns)
    }

    pub(crate) fn rows(self) -> impl Iterator<Item = LocalFacts> + 'a {
        let numbers = self.offset_min.iter().zip(self.basis);
        let places = self.latitude_e7.iter().zip(self.longitude_e7);
        numbers.zip(places).map(|((offset_min, basis), (latitude, longitude))| LocalFacts {
            offset_min: i16::from_le_bytes(*offset_min),
            basis: *basis,
            latitude_e7: i32::from_le_bytes(*latitude),
            longitude_e7: i32::from_le_bytes(*longitude),
        })
    }
}

/// Appends the columns.
pub(super) fn write_local(out: &mut Vec<u8>, rows: &[LocalFacts]) {
    write_column(out, rows, |row| row.offset_min.to_le_bytes());
    out.extend(rows.iter().map(|row| row.basis));
    write_column(out, rows, |row| row.latitude_e7.to_le_bytes());
    write_column(out, rows, |row| row.longitude_e7.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::option;
    use proptest::prelude::*;

    #[test]
    fn every_basis_comes_back() {
        for basis in TimeBasis::ALL {
            let clock = Some(LocalClock { offset_min: -570, basis });
            assert_eq!(LocalFacts::of(&Export { clock, ..Export::default() }).clock(), clock);
        }
        assert_eq!(LocalFacts::of(&Export::default()), LocalFacts::NONE);
        assert_eq!((LocalFacts::NONE.clock(), LocalFacts::NONE.place()), (None, None));
    }

    #[test]
    fn a_place_that_is_none_when_it_is_rounded_is_none() {
        let place = Place::new(1e-9, -1e-9, None);
        assert!(place.is_some());
        assert_eq!(LocalFacts::of(&Export { place, ..Export::default() }), LocalFacts::NONE);
    }

    proptest! {
        #[test]
        fn what_exports_write_comes_back_to_the_bit(latitude in -900_000_000..=900_000_000_i32, longitude in -1_800_000_000..=1_800_000_000_i32) {
            let degrees = |e7: i32| format!("{}{}.{:07}", if e7 < 0 { "-" } else { "" }, e7.unsigned_abs() / 10_000_000, e7.unsigned_abs() % 10_000_000);
            let place = Place::new(degrees(latitude).parse().unwrap(), degrees(longitude).parse().unwrap(), None);
            prop_assert_eq!(LocalFacts::of(&Export { place, ..Export::default() }).place(), place);
        }

        #[test]
        fn any_place_comes_back_within_a_centimetre(latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64, altitude_m in option::of(0.0..9e3_f64)) {
            let place = Place::new(latitude, longitude, altitude_m).unwrap();
            let back = LocalFacts::of(&Export { place: Some(place), ..Export::default() }).place().unwrap();
            prop_assert!((back.latitude - latitude).abs() <= 0.6e-7 && (back.longitude - longitude).abs() <= 0.6e-7);
        }
    }
}
