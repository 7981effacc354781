//! Rows put in order by the ranks of a column.

use super::Ranks;
use crate::catalog::RowSet;

/// Below so many rows, digits cost more than comparisons.
const FEW: usize = 4096;
const DIGIT_BITS: u32 = 11;
const DIGITS: usize = 1 << DIGIT_BITS;

/// Puts rows in order by a column; rows that say the same stay in the order in which they are, and those of which nothing
/// is known come last either way. For several keys it is called once for each, the one that counts least first. A million
/// rows take some hundredths of a second.
pub fn put_in_order(rows: &mut [u32], ranks: &Ranks, descending: bool) {
    let unknown = ranks.count();
    let key = |row: u32| match ranks.key(row) {
        key if key == unknown || !descending => key,
        key => unknown - 1 - key,
    };
    if rows.len() < FEW {
        return rows.sort_by_key(|row| key(*row));
    }
    // Keys travel with their rows: to look one up for each digit would be to wait for memory each time.
    let mut pairs: Vec<(u32, u32)> = rows.iter().map(|row| (key(*row), *row)).collect();
    let mut spare = vec![(0, 0); rows.len()];
    let bits = u32::BITS - unknown.leading_zeros();
    for shift in (0..bits).step_by(DIGIT_BITS as usize) {
        let digit = |key: u32| (key >> shift) as usize % DIGITS;
        let mut places = [0_u32; DIGITS];
        pairs.iter().for_each(|(key, _)| places[digit(*key)] += 1);
        let mut before = 0;
        for place in &mut places {
            let count = *place;
            *place = before;
            before += count;
        }
        for pair in &pairs {
            let place = &mut places[digit(pair.0)];
            spare[*place as usize] = *pair;
            *place += 1;
        }
        std::mem::swap(&mut pairs, &mut spare);
    }
    rows.iter_mut().zip(pairs).for_each(|(row, pair)| *row = pair.1);
}

/// Rows as they travel: four bytes each, little-endian. `None` where a rest is no row.
pub fn read_rows(bytes: &[u8]) -> Option<Vec<u32>> {
    let (rows, rest) = bytes.as_chunks();
    rest.is_empty().then(|| rows.iter().map(|row| u32::from_le_bytes(*row)).collect())
}

/// What [`read_rows`] reads.
pub fn write_rows(rows: &[u32]) -> Vec<u8> {
    let mut bytes = vec![0; size_of_val(rows)];
    for (place, row) in bytes.as_chunks_mut().0.iter_mut().zip(rows) {
        *place = row.to_le_bytes();
    }
    bytes
}

/// The rows of `wanted` in the order in which they are in `rows`; `None` where one of them is not there.
pub fn kept_in_order(rows: &[u32], wanted: &RowSet) -> Option<Vec<u32>> {
    if rows.len() < wanted.len() {
        return None;
    }
    let kept: Vec<u32> = rows.iter().copied().filter(|row| wanted.contains(*row)).collect();
    (kept.len() == wanted.len()).then_some(kept)
}
