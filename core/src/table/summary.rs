//! What a column holds in short: how much is known, how many different values, the least and the greatest, and how often
//! what.

use serde::{Deserialize, Serialize};

use super::{Column, Ranks, Type, Value};

/// Bars of a histogram, at the most.
const MOST_BARS: usize = 24;
/// Texts that are told, the most frequent ones.
const MOST_TEXTS: usize = 8;
/// From this ratio of the greatest to the least number on, bars are of equal ratio instead of equal width.
const WIDE: f64 = 200.0;

/// What a column holds in short. Its texts are cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Rows that were looked at.
    pub rows: u32,
    /// Those of which anything is known; the others are empty.
    pub known: u32,
    pub distinct: u32,
    /// Empty where nothing is known.
    pub least: String,
    pub greatest: String,
    pub bars: Bars,
}

/// How often what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Bars {
    /// Nothing is known.
    #[default]
    None,
    /// Every value, ascending.
    Each(Vec<Bar>),
    /// From the least to the greatest, each as wide as the others; or, where they are `of_equal_ratio`, each as many times
    /// its beginning.
    Ranges { bars: Vec<Bar>, of_equal_ratio: bool },
    /// The most frequent values, the first the most.
    Frequent(Vec<Bar>),
}

/// A value, or those from `from` on and below `to` (the last bar: `to` too).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    pub from: String,
    /// Empty where it is one value.
    pub to: String,
    pub count: u32,
}

/// A summary as far as ranks tell: what they stand for is still to be looked up where they are texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    rows: u32,
    known: u32,
    counts: Vec<u32>,
    distinct: u32,
}

impl Tally {
    /// Counts the values of some rows.
    pub fn of(ranks: &Ranks, rows: impl Iterator<Item = u32>) -> Self {
        let mut tally = Self { rows: 0, known: 0, counts: vec![0; ranks.count() as usize], distinct: 0 };
        for row in rows {
            tally.rows += 1;
            if let Some(rank) = ranks.of(row) {
                tally.known += 1;
                tally.counts[rank as usize] += 1;
            }
        }
        tally.distinct = tally.counts.iter().filter(|count| **count > 0).count() as u32;
        tally
    }

    /// The ranks whose texts a summary needs: the least, the greatest, and the most frequent ones or all if they are few.
    pub fn wanted(&self) -> Vec<u32> {
        let mut wanted: Vec<u32> = self.ends().map_or(Vec::new(), |(least, greatest)| vec![least, greatest]);
        wanted.extend(self.frequent());
        wanted
    }

    /// Of a column of texts; `texts` are those of [`Tally::wanted`], in that order.
    pub fn of_texts(&self, texts: &[String]) -> Summary {
        let text = |at: usize| texts.get(at).cloned().unwrap_or_default();
        let bar = |(at, rank): (usize, u32)| Bar { from: text(at + 2), to: String::new(), count: self.count(rank) };
        let bars: Vec<Bar> = self.frequent().into_iter().enumerate().map(bar).collect();
        let bars = if bars.is_empty() { Bars::None } else { Bars::Frequent(bars) };
        Summary { least: text(0), greatest: text(1), bars, ..self.counted() }
    }

    /// Of a column of numbers, instants or flags, whose numbers these are by rank.
    pub fn of_numbers(&self, column: Column, numbers: &[f64]) -> Summary {
        let Some((least, greatest)) = self.ends() else { return self.counted() };
        let number = |rank: u32| numbers.get(rank as usize).copied().unwrap_or(f64::NAN);
        let text = |number: f64| value_of(column, number).text().into_owned();
        let bars = if self.distinct as usize <= MOST_BARS {
            let is_there = |rank: &u32| self.count(*rank) > 0;
            let bar = |rank: u32| Bar { from: text(number(rank)), to: String::new(), count: self.count(rank) };
            Bars::Each((least..=greatest).filter(is_there).map(bar).collect())
        } else {
            self.ranges(column, numbers, (number(least), number(greatest)))
        };
        Summary { least: text(number(least)), greatest: text(number(greatest)), bars, ..self.counted() }
    }

    fn ranges(&self, column: Column, numbers: &[f64], (least, greatest): (f64, f64)) -> Bars {
        let of_equal_ratio = column.holds() == Type::Number && least > 0.0 && greatest / least >= WIDE;
        let edges = edges(column, (least, greatest), of_equal_ratio);
        let mut counts = [0; MOST_BARS];
        for (number, count) in numbers.iter().zip(&self.counts).filter(|(_, count)| **count > 0) {
            counts[edges.partition_point(|edge| edge <= number)] += *count;
        }
        let ends = |at: usize| match at {
            0 => value_of(column, least),
            MOST_BARS => value_of(column, greatest),
            _ => between(column, edges[at - 1]),
        };
        let text = |at| ends(at).text().into_owned();
        let bar = |(at, count): (usize, u32)| Bar { from: text(at), to: text(at + 1), count };
        Bars::Ranges { bars: counts.into_iter().enumerate().map(bar).collect(), of_equal_ratio }
    }

    fn counted(&self) -> Summary {
        Summary { rows: self.rows, known: self.known, distinct: self.distinct, ..Summary::default() }
    }

    fn count(&self, rank: u32) -> u32 {
        self.counts.get(rank as usize).copied().unwrap_or(0)
    }

    fn ends(&self) -> Option<(u32, u32)> {
        let is_there = |count: &u32| *count > 0;
        let least = self.counts.iter().position(is_there)?;
        let greatest = self.counts.iter().rposition(is_there)?;
        Some((least as u32, greatest as u32))
    }

    /// The most frequent ones, none where every value is there once.
    fn frequent(&self) -> Vec<u32> {
        if self.distinct == self.known && self.distinct as usize > MOST_TEXTS {
            return Vec::new();
        }
        let mut best: Vec<(u32, u32)> = Vec::new();
        for (count, rank) in self.counts.iter().zip(0..).filter(|(count, _)| **count > 0) {
            let at = best.partition_point(|(other, _)| *other >= *count);
            if at < MOST_TEXTS {
                best.insert(at, (*count, rank));
                best.truncate(MOST_TEXTS);
            }
        }
        best.into_iter().map(|(_, rank)| rank).collect()
    }
}

/// The cell that a number of a column is.
fn value_of(column: Column, number: f64) -> Value<'static> {
    match column.holds() {
        Type::Flag => Value::Flag(number != 0.0),
        Type::Instant if column == Column::Local => Value::Local(number as i64),
        Type::Instant => Value::Instant(number as i64),
        _ => match column {
            Column::Offset => Value::Offset(number as i16),
            Column::FNumber | Column::FocalLength => Value::Single(number as f32),
            _ => Value::Number(number),
        },
    }
}

/// Where one bar ends and the next begins, ascending: as they are told, so that what is counted is what is said.
fn edges(column: Column, (least, greatest): (f64, f64), of_equal_ratio: bool) -> [f64; MOST_BARS - 1] {
    let edge = |at: usize| {
        let share = at as f64 / MOST_BARS as f64;
        let between = |from: f64, to: f64| from * (1.0 - share) + to * share;
        match of_equal_ratio {
            true => between(least.ln(), greatest.ln()).exp(),
            false => between(least, greatest),
        }
    };
    std::array::from_fn(|before| {
        let at = before + 1;
        match column.holds() {
            Type::Number if column != Column::Offset => rounded(edge(at), edge(at) - edge(at - 1)),
            _ => edge(at).round(),
        }
    })
}

/// With no more digits than tell it from one that is a step away.
fn rounded(number: f64, step: f64) -> f64 {
    let digits = 1_i32.saturating_sub(step.log10().floor() as i32).clamp(-9, 9);
    let scale = 10_f64.powi(digits);
    (number * scale).round() / scale
}

/// The cell that a number between the values of a column is.
fn between(column: Column, number: f64) -> Value<'static> {
    match column.holds() {
        Type::Number if column != Column::Offset => Value::Number(number),
        _ => value_of(column, number),
    }
}
