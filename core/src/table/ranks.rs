//! A number for each different value of a column, ascending.

use super::number_keys::NumberKeys;
use super::sorter::Sorter;
use super::text_keys::TextKeys;
use super::{Column, Type, Value};

/// In the place of a rank: nothing is known of the row.
const UNRANKED: u32 = u32::MAX;

/// The different values of a column, numbered from 0 in their order, and which of them each row has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranks {
    by_row: Vec<u32>,
    count: u32,
    /// The numbers that they stand for, where they are no texts.
    numbers: Option<Vec<f64>>,
}

impl Ranks {
    /// How many different values there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The rank of what a row says; `None` where it says nothing.
    pub fn of(&self, row: u32) -> Option<u32> {
        self.by_row.get(row as usize).copied().filter(|rank| *rank != UNRANKED)
    }

    /// The numbers that the ranks stand for, ascending; `None` for texts.
    pub fn numbers(&self) -> Option<&[f64]> {
        self.numbers.as_deref()
    }

    /// A row that has the rank, for each of these; `None` for one that no row has.
    pub fn rows_with(&self, ranks: &[u32]) -> Vec<Option<u32>> {
        let mut found = vec![None; ranks.len()];
        let mut left = ranks.iter().filter(|rank| **rank < self.count).count();
        for (of_row, row) in self.by_row.iter().zip(0..) {
            if left == 0 {
                break;
            }
            for (rank, found) in ranks.iter().zip(&mut found) {
                if rank == of_row && found.is_none() {
                    *found = Some(row);
                    left -= 1;
                }
            }
        }
        found
    }

    /// For a pass over all rows: `count` stands for what is not known.
    pub(super) fn key(&self, row: u32) -> u32 {
        self.by_row.get(row as usize).copied().unwrap_or(UNRANKED).min(self.count)
    }
}

/// Ranks in the making: first every row's value is put in, then they are put in order, a slice at a time.
#[derive(Debug)]
pub struct RankMaker {
    values: Values,
    rows: usize,
    sorter: Option<Sorter>,
}

#[derive(Debug)]
enum Values {
    Texts(TextKeys),
    Numbers(NumberKeys),
}

impl RankMaker {
    /// For a column of about so many rows.
    pub fn new(column: Column, rows: usize) -> Self {
        let values = match column.holds() {
            Type::Text => Values::Texts(TextKeys::with_room(rows)),
            Type::Number | Type::Instant | Type::Flag => Values::Numbers(NumberKeys::with_room(rows)),
        };
        Self { values, rows, sorter: None }
    }

    /// Puts in what a row says. Rows may come in any order, each once. A row that does not come is not known.
    pub fn put(&mut self, row: u32, value: &Value<'_>) {
        match &mut self.values {
            Values::Texts(texts) => {
                if let Value::Text(text) = value {
                    texts.put(row, text);
                }
            }
            Values::Numbers(numbers) => {
                if let Some(number) = value.number() {
                    numbers.put(row, number);
                }
            }
        }
    }

    /// Goes on for some milliseconds. `true` once all is in order.
    pub fn step(&mut self) -> bool {
        match &self.values {
            Values::Texts(texts) => self.sorter.get_or_insert_with(|| Sorter::new(texts.rows(), self.rows)).step(texts),
            Values::Numbers(numbers) => {
                self.sorter.get_or_insert_with(|| Sorter::new(numbers.rows(), self.rows)).step(numbers)
            }
        }
    }

    /// What came of it.
    pub fn finish(mut self) -> Ranks {
        while !self.step() {}
        let mut ranks = Ranks { by_row: Vec::with_capacity(self.rows), ..Ranks::default() };
        let mut numbers = Vec::new();
        for (row, is_other) in self.sorter.iter().flat_map(Sorter::in_order) {
            if is_other {
                ranks.count += 1;
                if let Values::Numbers(keys) = &self.values {
                    numbers.push(keys.number(row));
                }
            }
            let at = row as usize;
            if ranks.by_row.len() <= at {
                ranks.by_row.resize(at + 1, UNRANKED);
            }
            ranks.by_row[at] = ranks.count - 1;
        }
        ranks.numbers = matches!(self.values, Values::Numbers(_)).then_some(numbers);
        ranks
    }
}
