//! What only exports tell of rows, and only the rows that are looked at need: the last part of a cold segment that has
//! any such row.
//!
//! Lenses and people are few: they are kept as a list of their different names and numbers per row. Facts that few rows
//! have take no room in the others.

use std::collections::HashMap;

use crate::catalog::quick::Quick;
use crate::photo::{Export, Origin};

use super::bytes::{Reader, write_column, write_strings};
use super::error::SegmentError;

/// The rest of what an [`Export`] tells: its clock, its place and its marks are in the hot columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColdExport {
    pub lens: String,
    pub focal_length_35mm: Option<u16>,
    pub altitude_m: Option<f64>,
    pub origin: Origin,
    pub people: Vec<String>,
    pub has_motion: bool,
    pub has_edited: bool,
}

impl ColdExport {
    /// That part of an export; `None` where it says nothing.
    pub fn of(export: &Export) -> Option<Box<Self>> {
        let Export { lens, focal_length_35mm, place, origin, people, has_motion, has_edited, .. } = export;
        let part = Self {
            lens: lens.clone(),
            focal_length_35mm: *focal_length_35mm,
            altitude_m: place.and_then(|place| place.altitude_m),
            origin: *origin,
            people: people.clone(),
            has_motion: *has_motion,
            has_edited: *has_edited,
        };
        (part != Self::default()).then(|| Box::new(part))
    }
}

const HAS_MOTION: u8 = 1;
const HAS_EDITED: u8 = 2;
const HAS_FOCAL_LENGTH: u8 = 4;
const HAS_ALTITUDE: u8 = 8;
/// The origin is above the other bits.
const ORIGIN_SHIFT: u32 = 4;

/// Appends what [`read_exports`] reads.
pub(super) fn write_exports<'a>(out: &mut Vec<u8>, rows: impl Iterator<Item = Option<&'a ColdExport>> + Clone) {
    let mut names = Names::default();
    let nothing = ColdExport::default();
    let rows: Vec<&ColdExport> = rows.map(|row| row.unwrap_or(&nothing)).collect();
    let lenses: Vec<u32> = rows.iter().map(|row| names.number(&row.lens)).collect();
    let counts: Vec<u32> = rows.iter().map(|row| row.people.len() as u32).collect();
    let people: Vec<u32> = rows.iter().flat_map(|row| &row.people).map(|name| names.number(name)).collect();
    out.extend(rows.iter().map(|row| bits_of(row)));
    write_column(out, &rows.iter().filter_map(|row| row.focal_length_35mm).collect::<Vec<_>>(), u16::to_le_bytes);
    write_column(out, &rows.iter().filter_map(|row| row.altitude_m).collect::<Vec<_>>(), f64::to_le_bytes);
    out.extend((names.list.len() as u32).to_le_bytes());
    write_strings(out, names.list.iter().copied());
    write_narrow(out, &lenses);
    write_narrow(out, &counts);
    write_narrow(out, &people);
}

/// Reads what [`write_exports`] wrote; `None` for rows of which it says nothing.
pub(super) fn read_exports(reader: &mut Reader<'_>, rows: usize) -> Result<Vec<Option<Box<ColdExport>>>, SegmentError> {
    let bits = reader.bytes(rows)?;
    let count = |bit: u8| bits.iter().filter(|bits| *bits & bit != 0).count();
    let mut focal_lengths = reader.column(count(HAS_FOCAL_LENGTH), u16::from_le_bytes)?.into_iter();
    let mut altitudes = reader.column(count(HAS_ALTITUDE), f64::from_le_bytes)?.into_iter();
    let name_count = reader.column(1, u32::from_le_bytes)?[0];
    let names = reader.texts(name_count as usize)?;
    let lenses = read_narrow(reader, rows)?;
    let counts = read_narrow(reader, rows)?;
    let all: usize = counts.iter().fold(0, |all: usize, count| all.saturating_add(*count as usize));
    let people = read_narrow(reader, all)?;
    let name = |number: u32| names.get(number as usize).map(|name| (*name).to_owned()).ok_or(NOT_THERE);
    let mut people = people.into_iter().map(name);
    let mut exports = Vec::with_capacity(rows);
    for ((&bits, lens), count) in bits.iter().zip(lenses).zip(counts) {
        let part = ColdExport {
            lens: name(lens)?,
            focal_length_35mm: if bits & HAS_FOCAL_LENGTH == 0 { None } else { focal_lengths.next() },
            altitude_m: if bits & HAS_ALTITUDE == 0 { None } else { altitudes.next() },
            origin: origin_of(bits >> ORIGIN_SHIFT).ok_or(NO_ORIGIN)?,
            people: people.by_ref().take(count as usize).collect::<Result<_, _>>()?,
            has_motion: bits & HAS_MOTION != 0,
            has_edited: bits & HAS_EDITED != 0,
        };
        exports.push((part != ColdExport::default()).then(|| Box::new(part)));
    }
    Ok(exports)
}

const NOT_THERE: SegmentError = SegmentError::Malformed { what: "a row names a lens or a person that is not there" };
const NO_ORIGIN: SegmentError = SegmentError::Malformed { what: "a row came in no known way" };

fn bits_of(row: &ColdExport) -> u8 {
    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
    bit(row.has_motion, HAS_MOTION)
        | bit(row.has_edited, HAS_EDITED)
        | bit(row.focal_length_35mm.is_some(), HAS_FOCAL_LENGTH)
        | bit(row.altitude_m.is_some(), HAS_ALTITUDE)
        | origin_number(row.origin) << ORIGIN_SHIFT
}

const ORIGINS: [Origin; 8] = [
    Origin::Unknown,
    Origin::Phone,
    Origin::Web,
    Origin::Drive,
    Origin::Partner,
    Origin::SharedAlbum,
    Origin::Creation,
    Origin::Other,
];

/// An origin as the column holds it: at most 15.
fn origin_number(origin: Origin) -> u8 {
    match origin {
        Origin::Unknown => 0,
        Origin::Phone => 1,
        Origin::Web => 2,
        Origin::Drive => 3,
        Origin::Partner => 4,
        Origin::SharedAlbum => 5,
        Origin::Creation => 6,
        Origin::Other => 7,
    }
}

fn origin_of(number: u8) -> Option<Origin> {
    ORIGINS.into_iter().find(|origin| origin_number(*origin) == number)
}

/// Different names, numbered as they come.
#[derive(Default)]
struct Names<'a> {
    list: Vec<&'a str>,
    numbers: HashMap<&'a str, u32, Quick>,
}

impl<'a> Names<'a> {
    fn number(&mut self, name: &'a str) -> u32 {
        *self.numbers.entry(name).or_insert_with(|| {
            self.list.push(name);
            (self.list.len() - 1) as u32
        })
    }
}

/// Appends numbers as narrow as the greatest of them allows, after how many bytes each takes.
fn write_narrow(out: &mut Vec<u8>, numbers: &[u32]) {
    match numbers.iter().max().copied().unwrap_or(0) {
        0..0x100 => {
            out.push(1);
            out.extend(numbers.iter().map(|number| *number as u8));
        }
        0x100..0x1_0000 => {
            out.push(2);
            write_column(out, numbers, |number| (number as u16).to_le_bytes());
        }
        _ => {
            out.push(4);
            write_column(out, numbers, u32::to_le_bytes);
        }
    }
}

fn read_narrow(reader: &mut Reader<'_>, count: usize) -> Result<Vec<u32>, SegmentError> {
    match reader.bytes(1)? {
        [1] => reader.column(count, |[number]: [u8; 1]| u32::from(number)),
        [2] => reader.column(count, |bytes| u32::from(u16::from_le_bytes(bytes))),
        [4] => reader.column(count, u32::from_le_bytes),
        _ => Err(SegmentError::Malformed { what: "numbers are of no known width" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_origin_has_a_number_of_its_own() {
        let numbers = ORIGINS.map(origin_number);
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(origin_of(8), None);
    }

    #[test]
    fn more_people_than_a_byte_or_two_can_tell_apart_come_back() {
        for count in [0, 255, 256, 70_000] {
            let people: Vec<String> = (0..count).map(|number| format!("P{number}")).collect();
            let row = ColdExport { people, has_motion: true, ..ColdExport::default() };
            let mut out = Vec::new();
            write_exports(&mut out, [None, Some(&row)].into_iter());
            let mut reader = Reader::new(&out);
            assert_eq!(read_exports(&mut reader, 2), Ok(vec![None, Some(Box::new(row))]));
            reader.end().unwrap();
        }
    }
}
