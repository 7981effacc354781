//! The library as a data frame: orders, cells, columns in short. All of it is read part by part, with turns in between for
//! whatever else is wished.

mod cells;
mod ranks;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{Answered, Engine};
use crate::catalog::RowSet;
use crate::ports::{Clock, World};
use crate::protocol::Answer;
use crate::table::{Column, Ranks, SortKey, Tally, put_in_order, read_rows, write_rows};
use crate::trouble::Trouble;

/// Columns whose ranks are kept: each takes four megabytes for a million rows.
const MOST_KEPT: usize = 4;

/// What is kept from one question to the next.
#[derive(Default)]
pub(super) struct Tables {
    kept: RefCell<Kept>,
    /// Raised by every question of its kind: one that was asked before is given up.
    sorts: Turns,
    summaries: Turns,
}

/// Ranks of the catalog with this mark, the latest used at the end.
#[derive(Default)]
struct Kept {
    mark: u64,
    ranks: Vec<(Column, Rc<Ranks>)>,
}

/// Who asked last.
#[derive(Default)]
struct Turns(Cell<u32>);

impl Turns {
    fn begin(&self) -> u32 {
        self.0.set(self.0.get().wrapping_add(1));
        self.0.get()
    }
}

impl Tables {
    fn ranks(&self, mark: u64, column: Column) -> Option<Rc<Ranks>> {
        let mut kept = self.kept.borrow_mut();
        if kept.mark != mark {
            *kept = Kept { mark, ranks: Vec::new() };
        }
        let at = kept.ranks.iter().position(|(of, _)| *of == column)?;
        let found = kept.ranks.remove(at);
        kept.ranks.push(found.clone());
        Some(found.1)
    }

    fn keep(&self, mark: u64, column: Column, ranks: &Rc<Ranks>) {
        let mut kept = self.kept.borrow_mut();
        // The catalog may have changed while they were made.
        if kept.mark == mark {
            // Somebody else may have asked for the same at the same time.
            kept.ranks.retain(|(of, _)| *of != column);
            let extra = (kept.ranks.len() + 1).saturating_sub(MOST_KEPT);
            kept.ranks.drain(..extra);
            kept.ranks.push((column, Rc::clone(ranks)));
        }
    }
}

impl<W: World + 'static> Engine<W> {
    pub(super) async fn sort(&self, rows: &[u8], keys: Vec<SortKey>) -> Answered {
        let turn = self.tables.sorts.begin();
        let is_wanted = || self.tables.sorts.0.get() == turn;
        let mut ordered =
            read_rows(rows).ok_or_else(|| Trouble::OutOfPlace(format!("{} bytes are no rows", rows.len())))?;
        for key in keys.into_iter().rev() {
            let Some(ranks) = self.ranks(key.column, &is_wanted).await? else { return given_up() };
            put_in_order(&mut ordered, &ranks, key.descending);
            self.world.clock().turn().await;
            if !is_wanted() {
                return given_up();
            }
        }
        Ok((Answer::Sorted, vec![write_rows(&ordered)]))
    }

    pub(super) async fn summarize(&self, rows: &[u8], column: Column) -> Result<Answer, Trouble> {
        let turn = self.tables.summaries.begin();
        let is_wanted = || self.tables.summaries.0.get() == turn;
        let set = set_of(rows)?;
        let Some(ranks) = self.ranks(column, &is_wanted).await? else { return Ok(Answer::Done) };
        let tally = Tally::of(&ranks, set.iter());
        if let Some(numbers) = ranks.numbers() {
            return Ok(Answer::Summary(tally.of_numbers(column, numbers)));
        }
        let wanted: Vec<u32> = ranks.rows_with(&tally.wanted()).into_iter().flatten().collect();
        let texts = self.read_cells(&wanted, &[column]).await?.into_iter().flatten().collect::<Vec<_>>();
        Ok(Answer::Summary(tally.of_texts(&texts)))
    }
}

fn given_up() -> Answered {
    Ok((Answer::Done, Vec::new()))
}

fn set_of(rows: &[u8]) -> Result<RowSet, Trouble> {
    RowSet::from_bytes(rows).map_err(|why| Trouble::OutOfPlace(why.to_string()))
}
