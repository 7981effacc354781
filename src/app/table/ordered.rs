//! The rows of the filter in the order that is asked for. Newest first the page has them; any other order the engine makes.

use std::sync::Arc;

use albumen_core::catalog::{Filter, RowSet, shown};
use albumen_core::protocol::{Answer, Wish};
use albumen_core::table::{Column, SortKey, kept_in_order, read_rows, write_rows};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::arranged::{Arranged, NEWEST_FIRST};
use crate::app::actions::Actions;
use crate::app::services::timed;

/// While photos come, the order is made anew no more often than this, and takes no more than a quarter of the time.
const LEAST_PAUSE_MS: u64 = 400;
const PAUSES: u64 = 3;

/// What is asked for; rows that come and go make no other question.
type Question = (Vec<SortKey>, Filter);

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Ordered {
    actions: Actions,
    arranged: Arranged,
    /// Those that the filter leaves in, newest first.
    pub(super) shown: Memo<Arc<Vec<u32>>>,
    /// The same in order, as far as the engine has answered.
    pub(super) rows: RwSignal<Arc<Vec<u32>>>,
    /// Whether the engine has still to answer for what is asked for.
    pub(super) is_sorting: RwSignal<bool>,
    /// Raised when rows are in the order of another question.
    pub(super) answered: RwSignal<u32>,
    pub(super) failed: RwSignal<Option<Trouble>>,
    asked: StoredValue<Asked>,
}

#[derive(Clone, Default)]
struct Asked {
    question: Option<Question>,
    /// Raised with every other question: an answer for one before is dropped.
    number: u32,
    /// Whether it will be asked again anyway.
    is_due: bool,
    took_ms: u64,
}

impl Ordered {
    pub(super) fn new(actions: Actions, arranged: Arranged) -> Self {
        let shown = Memo::new_with_compare(
            move |_| {
                let _timed = timed("albumen:order");
                let zone = actions.zone();
                Arc::new(actions.with_filtered(|filter| filter, |hot, filter| shown(hot, filter, zone.hours())))
            },
            // Comparing a million rows costs more than drawing those in view again.
            |_, _| true,
        );
        let ordered = Self {
            actions,
            arranged,
            shown,
            rows: RwSignal::new(Arc::default()),
            is_sorting: RwSignal::new(false),
            answered: RwSignal::new(0),
            failed: RwSignal::new(None),
            asked: StoredValue::new(Asked::default()),
        };
        Effect::new(move |_| ordered.follow());
        ordered
    }

    /// Asks once more, after a failure.
    pub(super) fn ask_again(self) {
        self.asked.update_value(|asked| asked.question = None);
        self.follow();
    }

    /// Rows, keys or filter are others.
    fn follow(self) {
        let (shown, keys) = (self.shown.get(), self.arranged.keys.get());
        if keys.iter().any(|key| key.column == Column::Albums) {
            self.actions.state.albums.track();
        }
        let question = (keys, self.actions.shown_filter());
        let before = self.asked.with_value(|asked| asked.question.clone());
        // While all is still being read, what comes first is put in order at once.
        let is_first = !shown.is_empty() && self.rows.with_untracked(|rows| rows.is_empty());
        let is_same = before.as_ref() == Some(&question) && !is_first;
        let is_narrowed_alike = before.is_some_and(|before| before.1 == question.1);
        let is_newest_first = question.0 == [NEWEST_FIRST];
        if !is_same {
            self.asked.update_value(|asked| {
                asked.question = Some(question);
                asked.number += 1;
            });
            self.failed.set(None);
        }
        if is_newest_first || shown.is_empty() {
            self.is_sorting.set(false);
            return self.take(shown, !is_same);
        }
        if !is_same {
            // Until the engine has answered: the order that there is, as far as its rows are shown; else newest first.
            let rows = self.rows.get_untracked();
            if !is_narrowed_alike || rows.len() != shown.len() {
                let mut set = RowSet::new();
                set.insert_all(&shown);
                self.rows.set(kept_in_order(&rows, &set).map_or_else(|| shown.clone(), Arc::new));
            }
            self.is_sorting.set(true);
            return self.ask(&shown);
        }
        let is_due = self.asked.try_update_value(|asked| std::mem::replace(&mut asked.is_due, true)).unwrap_or(true);
        if !is_due {
            let pause_ms = self.asked.with_value(|asked| (asked.took_ms * PAUSES).max(LEAST_PAUSE_MS));
            spawn_local(async move {
                self.actions.services.sleep(pause_ms).await;
                if self.asked.try_update_value(|asked| asked.is_due = false).is_some() {
                    self.shown.with_untracked(|rows| self.ask(rows));
                }
            });
        }
    }

    /// Asks for an order of rows that are newest first, as what says the same stays.
    fn ask(self, rows: &[u32]) {
        let Some((keys, number)) = self.asked.with_value(|asked| {
            let (keys, _) = asked.question.clone()?;
            Some((keys, asked.number))
        }) else {
            return;
        };
        let rows = write_rows(rows);
        spawn_local(async move {
            let services = self.actions.services;
            let began_ms = services.now_ms();
            let answered = services.ask_with(Wish::Sort { rows, keys }, Vec::new()).await;
            let is_wanted = self.asked.try_with_value(|asked| asked.number == number) == Some(true);
            if !is_wanted {
                return;
            }
            let took_ms = services.now_ms().abs_diff(began_ms);
            self.asked.update_value(|asked| asked.took_ms = took_ms);
            match answered {
                Ok((Answer::Sorted, buffers)) => {
                    let _timed = timed("albumen:sorted");
                    let rows = buffers.first().and_then(|bytes| read_rows(bytes)).unwrap_or_default();
                    let is_first = self.is_sorting.get_untracked();
                    self.is_sorting.set(false);
                    self.take(Arc::new(rows), is_first);
                }
                Ok(_) => {}
                Err(trouble) => {
                    self.is_sorting.set(false);
                    self.failed.set(Some(trouble));
                }
            }
        });
    }

    fn take(self, rows: Arc<Vec<u32>>, is_other: bool) {
        self.rows.set(rows);
        if is_other {
            self.answered.update(|answered| *answered += 1);
        }
    }
}
