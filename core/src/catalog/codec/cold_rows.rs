//! The rows of a cold record, each made when it is asked for: a table in order by name looks at one in four thousand.

use crate::catalog::ROWS_PER_SEGMENT;
use crate::photo::Exposure;

use super::bytes::Reader;
use super::cold::{ColdFacts, ColdRow, EXPOSURE_BYTES, WITH_CORRECTIONS, WITH_EXPORTS, WITHOUT_EXPORTS};
use super::cold_export::{ColdExport, read_exports};
use super::corrections::{ColdCorrection, read_corrections};
use super::error::SegmentError;
use super::frame::{self, Sort};
use super::ids::Ids;

/// A record that was checked as a whole.
#[derive(Debug)]
pub struct ColdRows<'a> {
    /// Types, and addresses or what they begin with.
    heads: Vec<&'a str>,
    types: Vec<u16>,
    urls: Vec<u16>,
    /// Whether an address ends in the id.
    tails: &'a [[u8; 1]],
    exposures: Vec<Exposure>,
    exposed: Vec<u16>,
    ids: Ids<'a>,
    /// Empty where no row has any, as are the corrections.
    exports: Vec<Option<Box<ColdExport>>>,
    corrections: Vec<Option<Box<ColdCorrection>>>,
}

impl<'a> ColdRows<'a> {
    /// Reads what [`encode_cold`](super::encode_cold) wrote, today or before.
    ///
    /// # Errors
    /// When the record is not whole, not a cold segment, or not one that this program writes.
    pub fn read(record: &'a [u8]) -> Result<Self, SegmentError> {
        let (version, rows, columns) = frame::open_any(Sort::Cold, record, ROWS_PER_SEGMENT)?;
        let mut reader = Reader::new(columns);
        let head_count = usize::from(reader.column(1, u16::from_le_bytes)?[0]);
        let heads = reader.texts(head_count)?;
        // Until version 2 numbers were wide, and every row had an exposure of its own.
        let is_old = version < WITHOUT_EXPORTS;
        let of = if is_old { usize::MAX } else { head_count };
        let types = reader.numbers(rows, of)?;
        let urls = reader.numbers(rows, of)?;
        let tails = reader.chunks(rows)?;
        let (ids, exposures, exposed);
        if is_old {
            ids = Ids::read_plain(&mut reader, rows)?;
            exposures = old::read_exposures(&mut reader, rows)?;
            exposed = (0..rows as u16).collect();
        } else {
            let count = usize::from(reader.column(1, u16::from_le_bytes)?[0]);
            exposures = reader.column(count, exposure_of)?;
            exposed = reader.numbers(rows, count)?;
            ids = Ids::read(&mut reader, rows)?;
        }
        let exports = if version < WITH_EXPORTS { Vec::new() } else { read_exports(&mut reader, rows)? };
        let corrections = if version < WITH_CORRECTIONS { Vec::new() } else { read_corrections(&mut reader, rows)? };
        reader.end()?;
        let are_there = |numbers: &[u16], count: usize| numbers.iter().all(|number| usize::from(*number) < count);
        if !are_there(&types, head_count) || !are_there(&urls, head_count) || !are_there(&exposed, exposures.len()) {
            return Err(SegmentError::Malformed { what: "a row names a text that is not there" });
        }
        Ok(Self { heads, types, urls, tails, exposures, exposed, ids, exports, corrections })
    }

    pub fn len(&self) -> usize {
        self.types.len()
    }

    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// The row at `place`; `None` past the last.
    pub fn get(&self, place: usize) -> Option<ColdRow> {
        let row = self.bare(place)?;
        let export = self.exports.get(place).cloned().flatten();
        Some(ColdRow { export, correction: self.corrections.get(place).cloned().flatten(), ..row })
    }

    /// All rows.
    pub fn into_rows(mut self) -> Vec<ColdRow> {
        let (exports, corrections) = (std::mem::take(&mut self.exports), std::mem::take(&mut self.corrections));
        let (mut exports, mut corrections) = (exports.into_iter(), corrections.into_iter());
        let rows = (0..self.len()).map_while(|place| self.bare(place));
        let whole = rows.map(|row| {
            let export = exports.next().flatten();
            ColdRow { export, correction: corrections.next().flatten(), ..row }
        });
        whole.collect()
    }

    /// What is known of a row; its id and its address are written into `scratch`. `None` past the last.
    pub(crate) fn facts<'b>(&'b self, place: usize, scratch: &'b mut Vec<u8>) -> Option<ColdFacts<'b>> {
        let head = |numbers: &[u16]| Some(self.heads[usize::from(*numbers.get(place)?)]);
        let url = head(&self.urls)?;
        scratch.clear();
        scratch.extend_from_slice(url.as_bytes());
        self.ids.append(place, scratch)?;
        let whole = std::str::from_utf8(scratch).expect("a text, and an id as it was read or of letters of base64url");
        Some(ColdFacts {
            id: &whole[url.len()..],
            mime_type: head(&self.types)?,
            product_url: if self.tails[place] == [0] { url } else { whole },
            exposure: &self.exposures[usize::from(self.exposed[place])],
            export: self.exports.get(place).and_then(Option::as_deref),
            correction: self.corrections.get(place).and_then(Option::as_deref),
        })
    }

    /// A row without what exports and corrections tell.
    fn bare(&self, place: usize) -> Option<ColdRow> {
        let head = |numbers: &[u16]| Some(self.heads[usize::from(*numbers.get(place)?)]);
        let (id, url) = (self.ids.get(place)?, head(&self.urls)?);
        let product_url = if self.tails[place] == [0] { url.to_owned() } else { [url, &id].concat() };
        let exposure = self.exposures[usize::from(self.exposed[place])].clone();
        Some(ColdRow {
            id,
            mime_type: head(&self.types)?.to_owned(),
            product_url,
            exposure,
            export: None,
            correction: None,
        })
    }
}

/// Reads what [`encode_cold`](super::encode_cold) wrote, today or before.
///
/// # Errors
/// As [`ColdRows::read`].
pub fn decode_cold(record: &[u8]) -> Result<Vec<ColdRow>, SegmentError> {
    ColdRows::read(record).map(ColdRows::into_rows)
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
