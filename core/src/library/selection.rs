//! What is selected, and what a click, a range or a day does to it.

use crate::catalog::RowSet;

/// The selected rows. They stay selected while a filter hides them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    rows: RowSet,
    /// The row that was chosen last, where a range begins.
    anchor: Option<u32>,
}

impl Selection {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn contains(&self, row: u32) -> bool {
        self.rows.contains(row)
    }

    /// The selected rows, ascending.
    pub fn rows(&self) -> &RowSet {
        &self.rows
    }

    /// The row where a range begins.
    pub fn anchor(&self) -> Option<u32> {
        self.anchor
    }

    /// The selected row, if it is a single one.
    pub fn single(&self) -> Option<u32> {
        self.rows.iter().next().filter(|_| self.rows.len() == 1)
    }

    /// Selects a row, or lets it go.
    pub fn toggle(&mut self, row: u32) {
        if !self.rows.insert(row) {
            self.rows.remove(row);
        }
        self.anchor = Some(row);
    }

    /// Selects `shown[from]` to `shown[to]`, both included and in either order; the range may be gone on with from
    /// `to`. Places that are not there are left out.
    pub fn extend(&mut self, shown: &[u32], from: u32, to: u32) {
        let (first, last) = (from.min(to) as usize, from.max(to) as usize);
        self.rows.extend(shown.iter().copied().skip(first).take(last - first + 1));
        self.anchor = shown.get(to as usize).copied().or(self.anchor);
    }

    /// Selects all of `rows`; if all of them are, lets all of them go. A day's circle does that.
    pub fn toggle_all(&mut self, rows: &[u32]) {
        if self.contains_all(rows) {
            for row in rows {
                self.rows.remove(*row);
            }
        } else {
            self.add_all(rows);
        }
        self.anchor = rows.first().copied().or(self.anchor);
    }

    /// Whether there are any `rows` and all of them are selected.
    pub fn contains_all(&self, rows: &[u32]) -> bool {
        !rows.is_empty() && rows.len() <= self.len() && rows.iter().all(|row| self.contains(*row))
    }

    /// Selects all of `rows`. What was selected before stays so.
    pub fn add_all(&mut self, rows: &[u32]) {
        self.rows.insert_all(rows);
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_range_is_as_it_is_shown_and_goes_on_from_its_end() {
        let shown = [7, 3, 9, 1, 5];
        let mut selection = Selection::default();
        selection.toggle(9);
        selection.extend(&shown, 2, 0);
        assert_eq!((selection.rows().iter().collect::<Vec<_>>(), selection.anchor()), (vec![3, 7, 9], Some(7)));
        selection.extend(&shown, 4, 400);
        assert!(selection.contains(5) && !selection.contains(1));
        assert_eq!(selection.anchor(), Some(7));
    }

    #[test]
    fn a_day_is_selected_whole_and_then_let_go_whole() {
        let (day, mut selection) = ([4, 2, 8], Selection::default());
        selection.toggle(2);
        selection.toggle_all(&day);
        assert!(selection.contains_all(&day));
        selection.toggle_all(&day);
        assert!(selection.is_empty() && !selection.contains_all(&[]));
    }

    #[test]
    fn one_selected_row_can_be_told() {
        let mut selection = Selection::default();
        assert_eq!(selection.single(), None);
        selection.toggle(70_000);
        assert_eq!(selection.single(), Some(70_000));
        selection.toggle(1);
        assert_eq!(selection.single(), None);
    }

    proptest! {
        #[test]
        fn it_is_a_set(
            shown in proptest::sample::subsequence((0..60_u32).collect::<Vec<_>>(), 1..60).prop_shuffle(),
            hands in proptest::collection::vec((0_u8..4, 0_u32..70, 0_u32..70), 0..20),
        ) {
            let (mut selection, mut plain) = (Selection::default(), BTreeSet::new());
            for (what, a, b) in hands {
                let (low, high) = (a.min(b) as usize, a.max(b) as usize);
                let part = &shown[low.min(shown.len())..(high + 1).min(shown.len())];
                match what {
                    0 => {
                        selection.toggle(a);
                        if !plain.remove(&a) { plain.insert(a); }
                    }
                    1 => {
                        selection.extend(&shown, a, b);
                        plain.extend(part);
                    }
                    2 => {
                        let all = !part.is_empty() && part.iter().all(|row| plain.contains(row));
                        selection.toggle_all(part);
                        for row in part {
                            if all { plain.remove(row); } else { plain.insert(*row); }
                        }
                    }
                    _ => {
                        selection.add_all(&shown);
                        plain.extend(&shown);
                    }
                }
                prop_assert_eq!(selection.rows().iter().collect::<Vec<_>>(), plain.iter().copied().collect::<Vec<_>>());
                prop_assert_eq!(selection.len(), plain.len());
            }
        }
    }
}
