//! Cold segments: what only the rows that are looked at need.
//!
//! Addresses of Google's pages end in the media item's id; types and exposures are few: they are kept as a list of
//! their different ones and a number per row. Ids are of the letters of base64url, six bits each.

use std::collections::HashMap;
use std::hash::Hash;

use crate::catalog::ROWS_PER_SEGMENT;
use crate::catalog::quick::Quick;
use crate::photo::Exposure;

use super::bytes::{Reader, write_numbers, write_strings};
use super::cold_export::{ColdExport, read_exports, write_exports};
use super::corrections::{ColdCorrection, read_corrections, write_corrections};
use super::error::SegmentError;
use super::frame::{self, Sort};
use super::ids::{read_ids, write_ids};

/// The version without facts of exports: what there was before exports were read, and is in libraries without.
const WITHOUT_EXPORTS: u32 = 3;
const WITH_EXPORTS: u32 = 4;
/// The version with times that the person put right; it has the facts of exports too, whether there are any or not.
const WITH_CORRECTIONS: u32 = 5;

/// Bytes of an exposure: which of its facts are known, and all of them.
const EXPOSURE_BYTES: usize = 29;

/// One row's cold columns. A row with an empty id is one of which nothing is known (any more).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColdRow {
    pub id: String,
    pub mime_type: String,
    pub product_url: String,
    pub exposure: Exposure,
    /// What only exports tell; `None` where it would say nothing.
    pub export: Option<Box<ColdExport>>,
    /// Where the person put the time right; the hot columns hold it as it counts.
    pub correction: Option<Box<ColdCorrection>>,
}

/// The same, where it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColdFacts<'a> {
    pub(crate) id: &'a str,
    pub(crate) mime_type: &'a str,
    pub(crate) product_url: &'a str,
    pub(crate) exposure: &'a Exposure,
    pub(crate) export: Option<&'a ColdExport>,
    pub(crate) correction: Option<&'a ColdCorrection>,
}

impl ColdRow {
    fn facts(&self) -> ColdFacts<'_> {
        ColdFacts {
            id: &self.id,
            mime_type: &self.mime_type,
            product_url: &self.product_url,
            exposure: &self.exposure,
            export: self.export.as_deref(),
            correction: self.correction.as_deref(),
        }
    }
}

/// The record of a cold segment of at most [`ROWS_PER_SEGMENT`] rows.
pub fn encode_cold(rows: &[ColdRow]) -> Vec<u8> {
    encode_cold_facts(&rows.iter().map(ColdRow::facts).collect::<Vec<_>>())
}

/// As [`encode_cold`].
pub(crate) fn encode_cold_facts(rows: &[ColdFacts<'_>]) -> Vec<u8> {
    let mut heads = Different::default();
    let types: Vec<u16> = rows.iter().map(|row| heads.number(row.mime_type)).collect();
    let (urls, tails): (Vec<u16>, Vec<u8>) = rows
        .iter()
        .map(|row| match row.product_url.strip_suffix(row.id) {
            Some(head) => (heads.number(head), 1),
            None => (heads.number(row.product_url), 0),
        })
        .unzip();
    let mut exposures = Different::default();
    let exposed: Vec<u16> = rows.iter().map(|row| exposures.number(exposure_bytes(row.exposure))).collect();
    let version = if rows.iter().any(|row| row.correction.is_some()) {
        WITH_CORRECTIONS
    } else if rows.iter().any(|row| row.export.is_some()) {
        WITH_EXPORTS
    } else {
        WITHOUT_EXPORTS
    };
    frame::seal_as(Sort::Cold, version, rows.len(), |out| {
        out.extend((heads.list.len() as u16).to_le_bytes());
        write_strings(out, heads.list.iter().copied());
        write_numbers(out, &types, heads.list.len());
        write_numbers(out, &urls, heads.list.len());
        out.extend(&tails);
        out.extend((exposures.list.len() as u16).to_le_bytes());
        out.extend(exposures.list.as_flattened());
        write_numbers(out, &exposed, exposures.list.len());
        write_ids(out, rows.iter().map(|row| row.id));
        if version >= WITH_EXPORTS {
            write_exports(out, rows.iter().map(|row| row.export));
        }
        if version >= WITH_CORRECTIONS {
            write_corrections(out, rows.iter().map(|row| row.correction));
        }
    })
}

/// Reads what [`encode_cold`] wrote, today or before.
///
/// # Errors
/// When the record is not whole, not a cold segment, or not one that this program writes.
pub fn decode_cold(record: &[u8]) -> Result<Vec<ColdRow>, SegmentError> {
    let (version, rows, columns) = frame::open_any(Sort::Cold, record, ROWS_PER_SEGMENT)?;
    let mut reader = Reader::new(columns);
    let head_count = usize::from(reader.column(1, u16::from_le_bytes)?[0]);
    let heads = reader.strings(head_count)?;
    // Until version 2 numbers were wide, and every row had an exposure of its own.
    let is_old = version < WITHOUT_EXPORTS;
    let of = if is_old { usize::MAX } else { head_count };
    let types = reader.numbers(rows, of)?;
    let urls = reader.numbers(rows, of)?;
    let tails = reader.column(rows, |[tail]: [u8; 1]| tail != 0)?;
    let (ids, exposures) = if is_old {
        (reader.strings(rows)?, old::read_exposures(&mut reader, rows)?)
    } else {
        let exposures = read_exposures(&mut reader, rows)?;
        (read_ids(&mut reader, rows)?, exposures)
    };
    let mut exports = if version < WITH_EXPORTS { Vec::new() } else { read_exports(&mut reader, rows)? };
    exports.resize_with(rows, || None);
    let mut corrections = if version < WITH_CORRECTIONS { Vec::new() } else { read_corrections(&mut reader, rows)? };
    corrections.resize_with(rows, || None);
    reader.end()?;

    let head = |number: u16| -> Result<&str, SegmentError> {
        let found = heads.get(usize::from(number)).map(String::as_str);
        found.ok_or(NOT_THERE)
    };
    let mut decoded = Vec::with_capacity(rows);
    let parts = ids.into_iter().zip(exposures).zip(exports.into_iter().zip(corrections));
    for (row, ((id, exposure), (export, correction))) in parts.enumerate() {
        let mut product_url = head(urls[row])?.to_string();
        if tails[row] {
            product_url.push_str(&id);
        }
        let mime_type = head(types[row])?.to_string();
        decoded.push(ColdRow { id, mime_type, product_url, exposure, export, correction });
    }
    Ok(decoded)
}

const NOT_THERE: SegmentError = SegmentError::Malformed { what: "a row names a text that is not there" };

/// Different values, numbered as they come. Two per row at most, so that a `u16` can tell them apart.
struct Different<T> {
    list: Vec<T>,
    numbers: HashMap<T, u16, Quick>,
    /// Most rows say what one of the two before them said.
    latest: [Option<(T, u16)>; 2],
}

impl<T> Default for Different<T> {
    fn default() -> Self {
        Self { list: Vec::new(), numbers: HashMap::default(), latest: [None, None] }
    }
}

impl<T: Copy + Eq + Hash> Different<T> {
    fn number(&mut self, value: T) -> u16 {
        if let Some((_, number)) = self.latest.iter().flatten().find(|(latest, _)| *latest == value) {
            return *number;
        }
        let number = *self.numbers.entry(value).or_insert_with(|| {
            self.list.push(value);
            (self.list.len() - 1) as u16
        });
        self.latest = [Some((value, number)), self.latest[0]];
        number
    }
}

fn exposure_bytes(exposure: &Exposure) -> [u8; EXPOSURE_BYTES] {
    let Exposure { f_number, exposure_s, iso, focal_length_mm, frames_per_s } = exposure;
    let known =
        [f_number.is_some(), exposure_s.is_some(), iso.is_some(), focal_length_mm.is_some(), frames_per_s.is_some()];
    let mut bytes = [0; EXPOSURE_BYTES];
    bytes[0] = known.iter().enumerate().map(|(bit, known)| u8::from(*known) << bit).sum();
    bytes[1..5].copy_from_slice(&f_number.unwrap_or_default().to_le_bytes());
    bytes[5..13].copy_from_slice(&exposure_s.unwrap_or_default().to_le_bytes());
    bytes[13..17].copy_from_slice(&iso.unwrap_or_default().to_le_bytes());
    bytes[17..21].copy_from_slice(&focal_length_mm.unwrap_or_default().to_le_bytes());
    bytes[21..29].copy_from_slice(&frames_per_s.unwrap_or_default().to_le_bytes());
    bytes
}

fn read_exposures(reader: &mut Reader<'_>, rows: usize) -> Result<Vec<Exposure>, SegmentError> {
    let count = usize::from(reader.column(1, u16::from_le_bytes)?[0]);
    let list = reader.column(count, exposure_of)?;
    let numbers = reader.numbers(rows, count)?;
    numbers.iter().map(|number| list.get(usize::from(*number)).cloned().ok_or(NOT_THERE)).collect()
}

fn exposure_of(bytes: [u8; EXPOSURE_BYTES]) -> Exposure {
    fn at<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
        bytes[at..].first_chunk().copied().unwrap_or([0; N])
    }
    let is_known = |bit: u8| bytes[0] & (1 << bit) != 0;
    Exposure {
        f_number: is_known(0).then(|| f32::from_le_bytes(at(&bytes, 1))),
        exposure_s: is_known(1).then(|| f64::from_le_bytes(at(&bytes, 5))),
        iso: is_known(2).then(|| u32::from_le_bytes(at(&bytes, 13))),
        focal_length_mm: is_known(3).then(|| f32::from_le_bytes(at(&bytes, 17))),
        frames_per_s: is_known(4).then(|| f64::from_le_bytes(at(&bytes, 21))),
    }
}

/// What version 2 did otherwise.
mod old {
    use super::{Exposure, Reader, SegmentError};

    pub(super) fn read_exposures(reader: &mut Reader<'_>, rows: usize) -> Result<Vec<Exposure>, SegmentError> {
        let known = reader.column(rows, |[bits]: [u8; 1]| bits)?;
        let f_numbers = reader.column(rows, f32::from_le_bytes)?;
        let exposures_s = reader.column(rows, f64::from_le_bytes)?;
        let isos = reader.column(rows, u32::from_le_bytes)?;
        let focal_lengths_mm = reader.column(rows, f32::from_le_bytes)?;
        let frames_per_s = reader.column(rows, f64::from_le_bytes)?;
        let is_known = |row: usize, bit: u8| known[row] & (1 << bit) != 0;
        let exposure = |row: usize| Exposure {
            f_number: is_known(row, 0).then(|| f_numbers[row]),
            exposure_s: is_known(row, 1).then(|| exposures_s[row]),
            iso: is_known(row, 2).then(|| isos[row]),
            focal_length_mm: is_known(row, 3).then(|| focal_lengths_mm[row]),
            frames_per_s: is_known(row, 4).then(|| frames_per_s[row]),
        };
        Ok((0..rows).map(exposure).collect())
    }
}
