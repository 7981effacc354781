//! Times that the person put right, and what the sources said: the last part of a cold segment that has any such row.
//!
//! Corrections are said of many rows at once, so that a segment has few different ones: they are kept as a list, and the
//! rows that have one name it. Other rows take no room.

use std::collections::HashMap;

use crate::catalog::quick::Quick;
use crate::photo::{Correction, Moment};

use super::bytes::{Reader, write_column, write_strings};
use super::error::SegmentError;
use super::local::{clock_numbers, clock_of};

/// A correction, and when its row was taken as the sources say it. The hot columns hold what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ColdCorrection {
    pub correction: Correction,
    pub told: Moment,
}

const SHIFT: u8 = 0;
const ZONE: u8 = 1;
const CLOCK: u8 = 2;

/// Appends what [`read_corrections`] reads.
pub(super) fn write_corrections<'a>(out: &mut Vec<u8>, rows: impl Iterator<Item = Option<&'a ColdCorrection>>) {
    let mut list: Vec<&Correction> = Vec::new();
    let mut known = HashMap::<&Correction, u16, Quick>::default();
    let mut corrected: Vec<(u16, u16, Moment)> = Vec::new();
    for (place, row) in rows.enumerate() {
        let Some(row) = row else { continue };
        // A row has one at most, so that they can be told apart by a `u16` as places can.
        let number = *known.entry(&row.correction).or_insert_with(|| {
            list.push(&row.correction);
            (list.len() - 1) as u16
        });
        corrected.push((place as u16, number, row.told));
    }
    out.extend((list.len() as u16).to_le_bytes());
    out.extend(list.iter().map(|correction| match correction {
        Correction::Shift { .. } => SHIFT,
        Correction::Zone { .. } => ZONE,
        Correction::Clock { .. } => CLOCK,
    }));
    write_column(out, &list, |correction| match correction {
        Correction::Shift { seconds } => seconds.to_le_bytes(),
        Correction::Zone { .. } | Correction::Clock { .. } => [0; 8],
    });
    let names = list.iter().flat_map(|correction| match correction {
        Correction::Shift { .. } => ["", ""],
        Correction::Zone { zone } => [zone.as_str(), ""],
        Correction::Clock { zone, here } => [zone.as_str(), here.as_str()],
    });
    write_strings(out, names);
    out.extend((corrected.len() as u16).to_le_bytes());
    write_column(out, &corrected, |(place, ..)| place.to_le_bytes());
    write_column(out, &corrected, |(_, number, _)| number.to_le_bytes());
    write_column(out, &corrected, |(.., told)| told.taken_s.unwrap_or_default().to_le_bytes());
    write_column(out, &corrected, |(.., told)| clock_numbers(told.clock).0.to_le_bytes());
    write_column(out, &corrected, |(.., told)| [clock_numbers(told.clock).1]);
    write_column(out, &corrected, |(.., told)| [u8::from(told.taken_s.is_some())]);
}

/// Reads what [`write_corrections`] wrote; `None` for rows whose time nobody put right.
pub(super) fn read_corrections(
    reader: &mut Reader<'_>,
    rows: usize,
) -> Result<Vec<Option<Box<ColdCorrection>>>, SegmentError> {
    let count = usize::from(reader.column(1, u16::from_le_bytes)?[0]);
    let sorts = reader.bytes(count)?;
    let shifts_s = reader.column(count, i64::from_le_bytes)?;
    let names = reader.strings(2 * count)?;
    let (pairs, _) = names.as_chunks::<2>();
    let mut list = Vec::with_capacity(count);
    for ((sort, seconds), [zone, here]) in sorts.iter().zip(shifts_s).zip(pairs) {
        list.push(match *sort {
            SHIFT => Correction::Shift { seconds },
            ZONE => Correction::Zone { zone: zone.clone() },
            CLOCK => Correction::Clock { zone: zone.clone(), here: here.clone() },
            _ => return Err(SegmentError::Malformed { what: "a time was corrected in an unknown way" }),
        });
    }
    let count = usize::from(reader.column(1, u16::from_le_bytes)?[0]);
    let places = reader.column(count, u16::from_le_bytes)?;
    let numbers = reader.column(count, u16::from_le_bytes)?;
    let taken_s = reader.column(count, i64::from_le_bytes)?;
    let offsets_min = reader.column(count, i16::from_le_bytes)?;
    let bases = reader.bytes(count)?;
    let are_known = reader.bytes(count)?;
    let mut corrections = Vec::new();
    corrections.resize_with(rows, || None);
    for at in 0..count {
        let told = Moment {
            taken_s: (are_known[at] != 0).then_some(taken_s[at]),
            clock: clock_of(offsets_min[at], bases[at])?,
        };
        let place = corrections.get_mut(usize::from(places[at])).ok_or(NOT_THERE)?;
        let correction = list.get(usize::from(numbers[at])).ok_or(NOT_THERE)?.clone();
        *place = Some(Box::new(ColdCorrection { correction, told }));
    }
    Ok(corrections)
}

const NOT_THERE: SegmentError = SegmentError::Malformed { what: "a correction names what is not there" };
