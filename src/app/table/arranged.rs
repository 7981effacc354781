//! Which columns are shown, and by what rows are in order. The device keeps both; the order is in the address too.

use albumen_core::table::{Arrangement, Column, SortKey, read_sort, write_sort};
use leptos::prelude::*;

use crate::app::actions::Actions;

/// Rows as they are in order before anybody says otherwise.
pub(super) const NEWEST_FIRST: SortKey = SortKey { column: Column::Taken, descending: true };

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Arranged {
    actions: Actions,
    pub(super) arrangement: RwSignal<Arrangement>,
    /// At least one, the first counting most.
    pub(super) keys: Memo<Vec<SortKey>>,
}

impl Arranged {
    pub(super) fn new(actions: Actions) -> Self {
        let services = actions.services;
        let kept = services.table_columns().unwrap_or_default();
        let keys = Memo::new(move |_| {
            let words = actions.address.sort.get().or_else(|| services.table_sort()).unwrap_or_default();
            let keys = read_sort(&words);
            if keys.is_empty() { vec![NEWEST_FIRST] } else { keys }
        });
        Self { actions, arrangement: RwSignal::new(Arrangement::read(&kept)), keys }
    }

    /// Changes what is shown, and has the device keep it.
    pub(super) fn change(self, change: impl FnOnce(&mut Arrangement)) {
        self.arrangement.update(change);
        self.keep();
    }

    /// The same while a hand still moves: [`Arranged::keep`] comes when it lets go.
    pub(super) fn change_for_now(self, change: impl FnOnce(&mut Arrangement)) {
        self.arrangement.update(change);
    }

    pub(super) fn keep(self) {
        let words = self.arrangement.with_untracked(Arrangement::to_words);
        self.actions.services.remember_table_columns(&words);
    }

    /// The columns that are shown, from left to right.
    pub(super) fn columns(self) -> Vec<Column> {
        self.arrangement.with_untracked(Arrangement::columns)
    }

    /// Where a column is among the keys, and its direction.
    pub(super) fn key_of(self, column: Column) -> Option<(usize, SortKey)> {
        self.keys.with(|keys| keys.iter().copied().enumerate().find(|(_, key)| key.column == column))
    }

    /// Rows are in order by this column alone; once more, the other way.
    pub(super) fn sort_by(self, column: Column) {
        let key = self.keys.with_untracked(|keys| match keys[..] {
            [key] if key.column == column => SortKey { descending: !key.descending, ..key },
            _ => SortKey { column, descending: false },
        });
        self.sort(&[key]);
    }

    /// Where the keys so far make no difference, rows are in order by this column; once more, the other way.
    pub(super) fn sort_also_by(self, column: Column) {
        let mut keys = self.keys.get_untracked();
        match keys.iter_mut().find(|key| key.column == column) {
            Some(key) => key.descending = !key.descending,
            None => keys.push(SortKey { column, descending: false }),
        }
        self.sort(&keys);
    }

    /// Rows are in order by these keys.
    pub(super) fn sort(self, keys: &[SortKey]) {
        let words = write_sort(keys);
        self.actions.services.remember_table_sort(&words);
        self.actions.address.sort_by(&words);
    }
}
