//! What is selected, as one signal: a million selected photos are a bit each.

use std::sync::Arc;

use albumen_core::library::Selection;
use leptos::prelude::*;

use crate::app::actions::Actions;

/// The selection; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Selecting {
    /// What is selected, and in which catalog.
    chosen: RwSignal<(u32, Arc<Selection>)>,
    /// Counted up whenever the catalog is emptied: its rows get other photos.
    catalog: Memo<u32>,
    /// What is selected now.
    pub(super) selection: Memo<Arc<Selection>>,
    pub(super) is_empty: Memo<bool>,
}

impl Selecting {
    pub(super) fn new(actions: Actions) -> Self {
        let was_emptied = Memo::new(move |_| actions.state.is_empty());
        let catalog = Memo::new(move |before: Option<&u32>| {
            let is_empty = was_emptied.get();
            before.copied().unwrap_or_default().wrapping_add(u32::from(is_empty))
        });
        let chosen = RwSignal::new((0, Arc::<Selection>::default()));
        let selection = Memo::new(move |_| {
            let now = catalog.get();
            chosen.with(|(of, selection)| if *of == now { Arc::clone(selection) } else { Arc::default() })
        });
        let is_empty = Memo::new(move |_| selection.with(|selection| selection.is_empty()));
        Self { chosen, catalog, selection, is_empty }
    }

    pub(super) fn change(self, change: impl FnOnce(&mut Selection)) {
        let mut selection = self.selection.get_untracked();
        change(Arc::make_mut(&mut selection));
        self.chosen.set((self.catalog.get_untracked(), selection));
    }

    /// Selects everything from the last chosen row to the one at `index`; the row alone if there is no such range.
    pub(super) fn extend_to(self, rows: &[u32], from: Option<u32>, index: u32) {
        self.change(|selection| match from {
            Some(from) => selection.extend(rows, from, index),
            None => rows.get(index as usize).into_iter().for_each(|row| selection.toggle(*row)),
        });
    }
}
