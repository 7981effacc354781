//! Narrowing everything to what was selected. Rows that are too many for an address are kept by the tab: a reload finds
//! them again, another tab or device does not.

use albumen_core::catalog::{RowSet, Selected};

use super::*;
use crate::app::services::{drop_in_tab, keep_in_tab, recall_in_tab};

/// What this tab keeps: the keys of the last few selections, and each under its own key.
const KEYS: &str = "selected";
/// So many are kept. A million rows take a quarter of a megabyte, and browsers keep five for a tab.
const MOST_KEPT: usize = 8;

/// The selection that was looked up last, by world and key; `None` where nobody keeps it.
pub(super) type LookedUp = Option<((World, String), Option<Arc<RowSet>>)>;

impl Actions {
    /// Shows these rows and no others, whatever was asked for before. The address goes back.
    pub fn show_only(self, rows: &RowSet) {
        let selected = Selected::of_few(rows).unwrap_or_else(|| Selected::Kept(self.keep(rows)));
        let clock = self.address.filter.with_untracked(|filter| filter.clock);
        self.address.narrow(&Filter { clock, selected: Some(selected), ..Filter::default() });
    }

    /// The rows that a filter names; `None` where they are not known any more.
    pub fn selected_rows(self, selected: &Selected) -> Option<Arc<RowSet>> {
        match selected {
            Selected::Rows(rows) => Some(Arc::new(rows.clone())),
            Selected::Kept(key) => self.kept_rows(key),
        }
    }

    /// The rows that the tab keeps under a key.
    pub(super) fn kept_rows(self, key: &str) -> Option<Arc<RowSet>> {
        let named = (self.state.world.get(), key.to_owned());
        let known =
            self.kept.with_value(|kept| kept.as_ref().filter(|(of, _)| *of == named).map(|(_, rows)| rows.clone()));
        known.unwrap_or_else(|| {
            let letters = recall_in_tab(&self.services.base_url(), named.0, &of_key(key));
            let rows = letters.and_then(|letters| RowSet::from_letters(&letters)).map(Arc::new);
            self.kept.set_value(Some((named, rows.clone())));
            rows
        })
    }

    /// No row is what it was: nothing is narrowed to rows any more.
    pub(super) fn forget_selected(self) {
        self.kept.set_value(None);
        let filter = self.address.filter.get_untracked();
        if filter.selected.is_some() {
            self.address.retype(&Filter { selected: None, ..filter });
        }
    }

    /// Keeps rows for as long as the tab is open, and says so if that cannot be; then it is until the next reload.
    fn keep(self, rows: &RowSet) -> String {
        let (world, base) = (self.state.world.get_untracked(), self.services.base_url());
        let key = format!("{:x}", self.services.now_ms().unsigned_abs());
        let kept = recall_in_tab(&base, world, KEYS).unwrap_or_default();
        let mut keys: Vec<&str> = kept.split(' ').filter(|key| Selected::is_key(key)).collect();
        keys.push(&key);
        let dropped: Vec<&str> = keys.drain(..keys.len().saturating_sub(MOST_KEPT)).collect();
        dropped.into_iter().for_each(|key| drop_in_tab(&base, world, &of_key(key)));
        let is_kept = keep_in_tab(&base, world, KEYS, &keys.join(" "))
            && keep_in_tab(&base, world, &of_key(&key), &rows.to_letters());
        if !is_kept {
            self.toaster.say("This browser keeps no selection: when the page is reloaded, it is forgotten.");
        }
        self.kept.set_value(Some(((world, key.clone()), Some(Arc::new(rows.clone())))));
        key
    }
}

fn of_key(key: &str) -> String {
    format!("{KEYS}:{key}")
}
