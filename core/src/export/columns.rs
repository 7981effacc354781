//! Rows as columns of bytes, which is how they go to whoever makes a Parquet file of them.
//!
//! First comes a word for each row, whose bits say which of its values are known; then the columns, of which each has only
//! its known values. All numbers are little-endian, and where a text ends is said by how many bytes lie before that.

use std::ops::Range;

use thiserror::Error;

use super::values::{ValueSink, each_value};
use super::{COLUMNS, Sort, Value};
use crate::photo::ItemFacts;

/// A row's bits: the lowest is that of the first column. Were they kept by column, each cell would cost one more write.
type Known = u64;
const _: () = assert!(COLUMNS.len() < Known::BITS as usize);

/// Rows that are being gathered.
#[derive(Default)]
pub struct Gathering {
    known: Vec<Known>,
    bytes: usize,
    columns: Vec<Gathered>,
    narrow: Narrow,
}

/// One column's parts so far, see [`Columns`].
#[derive(Default)]
struct Gathered {
    counts: Vec<u8>,
    ends: Vec<u8>,
    values: Vec<u8>,
}

impl Gathering {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn rows(&self) -> u32 {
        self.known.len() as u32
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    pub fn push(&mut self, item: &ItemFacts<'_>) {
        self.columns.resize_with(COLUMNS.len(), Gathered::default);
        let mut pushing = Pushing {
            columns: self.columns.iter_mut(),
            narrow: &mut self.narrow,
            bytes: &mut self.bytes,
            known: 0,
            bit: 1,
        };
        each_value(item, &mut pushing);
        self.known.push(pushing.known);
    }

    /// All that was gathered; nothing is then.
    pub fn take(&mut self) -> Vec<u8> {
        let parts = || self.columns.iter().flat_map(Gathered::parts);
        let length = 4 + size_of_val(&self.known[..]) + parts().map(|part| 4 + part.len()).sum::<usize>();
        let mut bytes = Vec::with_capacity(length);
        bytes.extend_from_slice(&(self.known.len() as u32).to_le_bytes());
        self.known.iter().for_each(|known| bytes.extend_from_slice(&known.to_le_bytes()));
        for part in parts() {
            bytes.extend_from_slice(&(part.len() as u32).to_le_bytes());
            bytes.extend_from_slice(part);
        }
        for gathered in &mut self.columns {
            gathered.parts_mut().into_iter().for_each(Vec::clear);
        }
        self.known.clear();
        self.bytes = 0;
        bytes
    }
}

/// A row that is being gathered.
struct Pushing<'a> {
    columns: std::slice::IterMut<'a, Gathered>,
    narrow: &'a mut Narrow,
    bytes: &'a mut usize,
    known: Known,
    /// Of the next column.
    bit: Known,
}

impl ValueSink for Pushing<'_> {
    #[inline(always)]
    fn put(&mut self, value: Value<'_>) {
        let gathered = self.columns.next().expect("there is one for each column");
        if !matches!(value, Value::Unknown) {
            self.known |= self.bit;
        }
        self.bit <<= 1;
        let before = gathered.values.len();
        match value {
            Value::Unknown => {}
            Value::Text(text) => gathered.text(text),
            Value::Integer(number) | Value::Instant(number) | Value::Local(number) => {
                gathered.values.extend_from_slice(&number.to_le_bytes());
            }
            Value::Narrow(number) => gathered.values.extend_from_slice(&self.narrow.wide(number).to_le_bytes()),
            Value::Float(number) => gathered.values.extend_from_slice(&number.to_le_bytes()),
            Value::Truth(truth) => gathered.values.push(u8::from(truth)),
            Value::Texts(texts) => {
                gathered.counts.extend_from_slice(&(texts.len() as u32).to_le_bytes());
                texts.iter().for_each(|text| gathered.text(text));
            }
        }
        *self.bytes += gathered.values.len() - before;
    }
}

impl Gathered {
    fn text(&mut self, text: &str) {
        self.values.extend_from_slice(text.as_bytes());
        self.ends.extend_from_slice(&(self.values.len() as u32).to_le_bytes());
    }

    fn parts(&self) -> [&Vec<u8>; 3] {
        [&self.counts, &self.ends, &self.values]
    }

    fn parts_mut(&mut self) -> [&mut Vec<u8>; 3] {
        [&mut self.counts, &mut self.ends, &mut self.values]
    }
}

/// Numbers of 32 bits as the number of 64 that has the same shortest decimals, which is what was told: 1.8 rather than
/// 1.7999999523162842.
struct Narrow(Vec<(u32, f64)>);

/// So many different ones are remembered.
const REMEMBERED: usize = 256;

impl Default for Narrow {
    fn default() -> Self {
        Self(vec![(0, 0.0); REMEMBERED])
    }
}

impl Narrow {
    fn wide(&mut self, number: f32) -> f64 {
        let bits = number.to_bits();
        let known = &mut self.0[(bits.wrapping_mul(0x9e37_79b9) >> 16) as usize % REMEMBERED];
        if known.0 != bits {
            *known = (bits, number.to_string().parse().unwrap_or(f64::from(number)));
        }
        known.1
    }
}

/// Bytes that are no columns of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("these are no columns of this build")]
pub struct ColumnsError;

/// Where the parts of columns lie in the bytes that [`Gathering::take`] gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    known: Vec<Known>,
    /// In the order of [`COLUMNS`].
    pub columns: Vec<Parts>,
}

/// One column's parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// How many rows' values are known.
    pub known: usize,
    /// Of lists: how many texts each known one has, as `u32`.
    pub counts: Range<usize>,
    /// Of texts and lists: where each text ends, as `u32`.
    pub ends: Range<usize>,
    /// All known values: `i64`, `f64`, a byte for a truth, or texts in UTF-8.
    pub values: Range<usize>,
}

impl Columns {
    /// Finds them.
    ///
    /// # Errors
    /// When the bytes are not those of [`Gathering::take`].
    pub fn read(bytes: &[u8]) -> Result<Self, ColumnsError> {
        let mut at = 0;
        let number = |at: &mut usize| {
            let four = bytes.get(*at..*at + 4).and_then(|four| four.try_into().ok()).ok_or(ColumnsError)?;
            *at += 4;
            Ok(u32::from_le_bytes(four) as usize)
        };
        let rows = number(&mut at)?;
        let words = rows.checked_mul(size_of::<Known>()).and_then(|length| bytes[at..].get(..length));
        let words = words.ok_or(ColumnsError)?;
        at += words.len();
        let known: Vec<Known> = words.as_chunks().0.iter().map(|word| Known::from_le_bytes(*word)).collect();
        // Most columns are known of all rows or of none: only the others are gone through, a column at a time.
        let (of_any, of_all) = known.iter().fold((0, Known::MAX), |(any, all), known| (any | known, all & known));
        if of_any >> COLUMNS.len() != 0 {
            return Err(ColumnsError);
        }
        let count = |place: usize| match (of_any >> place & 1, of_all >> place & 1) {
            (0, _) => 0,
            (_, 1) => rows,
            _ => known.iter().map(|known| (known >> place & 1) as usize).sum(),
        };
        let mut columns = Vec::with_capacity(COLUMNS.len());
        for (place, column) in COLUMNS.iter().enumerate() {
            let mut part = || {
                let length = number(&mut at)?;
                let from = at;
                at = at.checked_add(length).filter(|to| *to <= bytes.len()).ok_or(ColumnsError)?;
                Ok(from..at)
            };
            let parts = Parts { known: count(place), counts: part()?, ends: part()?, values: part()? };
            if !parts.are_of(bytes, column.sort) {
                return Err(ColumnsError);
            }
            columns.push(parts);
        }
        if at == bytes.len() { Ok(Self { known, columns }) } else { Err(ColumnsError) }
    }

    pub fn rows(&self) -> usize {
        self.known.len()
    }

    /// Of each row, whether its value is known in the column at this place.
    pub fn known(&self, place: usize) -> impl Iterator<Item = bool> + '_ {
        self.known.iter().map(move |known| known >> place & 1 == 1)
    }
}

impl Parts {
    /// Whether they are as long as they say of each other.
    fn are_of(&self, bytes: &[u8], sort: Sort) -> bool {
        let count = self.known;
        let numbers = |range: &Range<usize>| {
            bytes[range.clone()].as_chunks().0.iter().map(|four| u32::from_le_bytes(*four) as usize)
        };
        let (counts, ends) = (numbers(&self.counts), numbers(&self.ends));
        let texts = match sort {
            Sort::Text => count,
            Sort::Texts => match counts.clone().try_fold(0_usize, usize::checked_add) {
                Some(texts) => texts,
                None => return false,
            },
            _ => 0,
        };
        let values = match sort {
            Sort::Text | Sort::Texts => ends.clone().next_back().unwrap_or(0),
            Sort::Integer | Sort::Float | Sort::Instant | Sort::Local => count * 8,
            Sort::Truth => count,
        };
        counts.len() == if sort == Sort::Texts { count } else { 0 }
            && ends.len() == texts
            && ends.is_sorted()
            && self.values.len() == values
    }
}
