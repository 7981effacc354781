//! The numbers of a column, as they are put in order.

use std::cmp::Ordering;

use super::sorter::Keys;

/// Numbers by row.
#[derive(Debug, Default)]
pub(super) struct NumberKeys {
    /// NaN: it has none.
    numbers: Vec<f64>,
}

impl NumberKeys {
    /// None yet, and room for so many rows.
    pub(super) fn with_room(rows: usize) -> Self {
        Self { numbers: Vec::with_capacity(rows) }
    }

    /// Puts in the number of a row. Rows may come in any order.
    pub(super) fn put(&mut self, row: u32, number: f64) {
        let at = row as usize;
        if self.numbers.len() <= at {
            self.numbers.resize(at + 1, f64::NAN);
        }
        // There is one zero, not one below the other.
        self.numbers[at] = number + 0.0;
    }

    /// The rows that have a number.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.numbers.iter().zip(0..).filter(|(number, _)| !number.is_nan()).map(|(_, row)| row)
    }

    pub(super) fn number(&self, row: u32) -> f64 {
        self.numbers.get(row as usize).copied().unwrap_or(f64::NAN)
    }
}

impl Keys for NumberKeys {
    fn key(&self, row: u32, depth: u32) -> u64 {
        // As IEEE 754 orders them: of those below zero all bits are turned, of the others the sign.
        let bits = self.number(row).to_bits();
        let turned = if bits >> 63 == 1 { u64::MAX } else { 1 << 63 };
        if depth == 0 { bits ^ turned } else { 0 }
    }

    fn compare_from(&self, a: u32, b: u32, _: u32) -> Ordering {
        self.key(a, 0).cmp(&self.key(b, 0))
    }

    fn end(&self, _: u32) -> u32 {
        1
    }
}
