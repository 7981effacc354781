//! Cold segments: what only the rows that are looked at need.
//!
//! Addresses of Google's pages end in the media item's id; types and exposures are few: they are kept as a list of
//! their different ones and a number per row. Ids are of the letters of base64url, six bits each.

use std::collections::HashMap;
use std::hash::Hash;

use crate::catalog::quick::Quick;
use crate::photo::Exposure;

use super::bytes::{write_numbers, write_strings};
use super::cold_export::{ColdExport, write_exports};
use super::corrections::{ColdCorrection, write_corrections};
use super::frame::{self, Sort};
use super::ids::write_ids;

/// The version without facts of exports: what there was before exports were read, and is in libraries without.
pub(super) const WITHOUT_EXPORTS: u32 = 3;
pub(super) const WITH_EXPORTS: u32 = 4;
/// The version with times that the person put right; it has the facts of exports too, whether there are any or not.
pub(super) const WITH_CORRECTIONS: u32 = 5;

/// Bytes of an exposure: which of its facts are known, and all of them.
pub(super) const EXPOSURE_BYTES: usize = 29;

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
    /// The same where it lies.
    pub(crate) fn facts(&self) -> ColdFacts<'_> {
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

/// The record of a cold segment of at most [`ROWS_PER_SEGMENT`](crate::catalog::ROWS_PER_SEGMENT) rows.
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
