//! Cold segments: what only the rows that are looked at need.
//!
//! Addresses of Google's pages end in the media item's id, and types are few: both are kept as a list of their
//! different beginnings and a number per row, which halves the record.

use std::collections::HashMap;

use crate::catalog::ROWS_PER_SEGMENT;
use crate::photo::Exposure;

use super::bytes::{Reader, write_column, write_strings};
use super::error::SegmentError;
use super::frame::{self, Sort};

/// One row's cold columns. A row with an empty id is one of which nothing is known (any more).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColdRow {
    pub id: String,
    pub mime_type: String,
    pub product_url: String,
    pub exposure: Exposure,
}

/// The same, where it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColdFacts<'a> {
    pub(crate) id: &'a str,
    pub(crate) mime_type: &'a str,
    pub(crate) product_url: &'a str,
    pub(crate) exposure: &'a Exposure,
}

impl ColdRow {
    fn facts(&self) -> ColdFacts<'_> {
        ColdFacts { id: &self.id, mime_type: &self.mime_type, product_url: &self.product_url, exposure: &self.exposure }
    }
}

/// The record of a cold segment of at most [`ROWS_PER_SEGMENT`] rows.
pub fn encode_cold(rows: &[ColdRow]) -> Vec<u8> {
    encode_cold_facts(&rows.iter().map(ColdRow::facts).collect::<Vec<_>>())
}

/// As [`encode_cold`].
pub(crate) fn encode_cold_facts(rows: &[ColdFacts<'_>]) -> Vec<u8> {
    let mut heads = Heads::default();
    let types: Vec<u16> = rows.iter().map(|row| heads.number(row.mime_type)).collect();
    let (urls, tails): (Vec<u16>, Vec<u8>) = rows
        .iter()
        .map(|row| match row.product_url.strip_suffix(row.id) {
            Some(head) => (heads.number(head), 1),
            None => (heads.number(row.product_url), 0),
        })
        .unzip();
    frame::seal(Sort::Cold, rows.len(), |out| {
        out.extend((heads.list.len() as u16).to_le_bytes());
        write_strings(out, heads.list.iter().copied());
        write_column(out, &types, u16::to_le_bytes);
        write_column(out, &urls, u16::to_le_bytes);
        out.extend(&tails);
        write_strings(out, rows.iter().map(|row| row.id));
        write_exposures(out, rows);
    })
}

/// Reads what [`encode_cold`] wrote.
///
/// # Errors
/// When the record is not whole, not a cold segment, or not one that this program writes.
pub fn decode_cold(record: &[u8]) -> Result<Vec<ColdRow>, SegmentError> {
    let (rows, columns) = frame::open(Sort::Cold, record, ROWS_PER_SEGMENT)?;
    let mut reader = Reader::new(columns);
    let head_count = reader.column(1, u16::from_le_bytes)?[0];
    let heads = reader.strings(usize::from(head_count))?;
    let types = reader.column(rows, u16::from_le_bytes)?;
    let urls = reader.column(rows, u16::from_le_bytes)?;
    let tails = reader.column(rows, |[tail]: [u8; 1]| tail != 0)?;
    let ids = reader.strings(rows)?;
    let exposures = read_exposures(&mut reader, rows)?;
    reader.end()?;

    let head = |number: u16| -> Result<&str, SegmentError> {
        let found = heads.get(usize::from(number)).map(String::as_str);
        found.ok_or(SegmentError::Malformed { what: "a row names a text that is not there" })
    };
    let mut decoded = Vec::with_capacity(rows);
    for (row, (id, exposure)) in ids.into_iter().zip(exposures).enumerate() {
        let mut product_url = head(urls[row])?.to_string();
        if tails[row] {
            product_url.push_str(&id);
        }
        let mime_type = head(types[row])?.to_string();
        decoded.push(ColdRow { id, mime_type, product_url, exposure });
    }
    Ok(decoded)
}

/// The different beginnings, numbered as they come. Two per row at most, so that a `u16` can tell them apart.
#[derive(Default)]
struct Heads<'a> {
    list: Vec<&'a str>,
    numbers: HashMap<&'a str, u16>,
    /// Most rows say what one of the two before them said.
    latest: [Option<(&'a str, u16)>; 2],
}

impl<'a> Heads<'a> {
    fn number(&mut self, head: &'a str) -> u16 {
        if let Some((_, number)) = self.latest.iter().flatten().find(|(latest, _)| *latest == head) {
            return *number;
        }
        let number = *self.numbers.entry(head).or_insert_with(|| {
            self.list.push(head);
            (self.list.len() - 1) as u16
        });
        self.latest = [Some((head, number)), self.latest[0]];
        number
    }
}

fn write_exposures(out: &mut Vec<u8>, rows: &[ColdFacts<'_>]) {
    for row in rows {
        let Exposure { f_number, exposure_s, iso, focal_length_mm, frames_per_s } = row.exposure;
        let known = [
            f_number.is_some(),
            exposure_s.is_some(),
            iso.is_some(),
            focal_length_mm.is_some(),
            frames_per_s.is_some(),
        ];
        out.push(known.iter().enumerate().map(|(bit, known)| u8::from(*known) << bit).sum());
    }
    for row in rows {
        out.extend(row.exposure.f_number.unwrap_or_default().to_le_bytes());
    }
    for row in rows {
        out.extend(row.exposure.exposure_s.unwrap_or_default().to_le_bytes());
    }
    for row in rows {
        out.extend(row.exposure.iso.unwrap_or_default().to_le_bytes());
    }
    for row in rows {
        out.extend(row.exposure.focal_length_mm.unwrap_or_default().to_le_bytes());
    }
    for row in rows {
        out.extend(row.exposure.frames_per_s.unwrap_or_default().to_le_bytes());
    }
}

fn read_exposures(reader: &mut Reader<'_>, rows: usize) -> Result<Vec<Exposure>, SegmentError> {
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
