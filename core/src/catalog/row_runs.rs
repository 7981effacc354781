//! Rows that hardly change and mostly lie beside one another, such as an album's: as runs.

use std::ops::Range;

use super::RowSet;

/// Rows as runs of rows that lie beside one another: eight bytes a run, whatever its length. Many small sets cost little
/// so, where a [`RowSet`] takes a bit for every row below its highest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowRuns {
    /// Ascending; none is empty and no two touch.
    runs: Vec<Range<u32>>,
    len: usize,
}

impl RowRuns {
    /// Of runs that ascend, none of them empty and no two touching; `None` for others.
    pub(super) fn new(runs: Vec<Range<u32>>) -> Option<Self> {
        let is_sound =
            runs.iter().all(|run| run.start < run.end) && runs.windows(2).all(|two| two[0].end < two[1].start);
        let len = runs.iter().map(ExactSizeIterator::len).sum();
        is_sound.then_some(Self { runs, len })
    }

    /// How many rows are in it.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn contains(&self, row: u32) -> bool {
        let at = self.runs.partition_point(|run| run.end <= row);
        self.runs.get(at).is_some_and(|run| run.start <= row)
    }

    /// Ascending.
    pub fn runs(&self) -> &[Range<u32>] {
        &self.runs
    }
}

impl FromIterator<u32> for RowRuns {
    /// Of rows in any order, each as often as it likes. One that no catalog can have is left out.
    fn from_iter<Rows: IntoIterator<Item = u32>>(rows: Rows) -> Self {
        let set = RowSet::from_iter(rows);
        let mut runs: Vec<Range<u32>> = Vec::new();
        for row in set.iter() {
            match runs.last_mut() {
                Some(last) if last.end == row => last.end += 1,
                _ => runs.push(row..row + 1),
            }
        }
        runs.shrink_to_fit();
        Self { runs, len: set.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn runs_that_touch_overlap_or_are_empty_are_no_runs() {
        for runs in [&[(3, 3)][..], &[(1, 2), (2, 3)], &[(1, 4), (3, 5)], &[(5, 6), (1, 2)]] {
            assert_eq!(RowRuns::new(runs.iter().map(|(start, end)| *start..*end).collect()), None, "{runs:?}");
        }
        assert_eq!(RowRuns::new(vec![0..2, 3..4]), Some([3, 0, 1].into_iter().collect()));
    }

    proptest! {
        #[test]
        fn they_are_the_set_that_they_were_made_of(rows: Vec<u8>) {
            let rows: Vec<u32> = rows.into_iter().map(u32::from).collect();
            let (runs, set): (RowRuns, BTreeSet<u32>) = (rows.iter().copied().collect(), rows.into_iter().collect());
            prop_assert_eq!((runs.len(), runs.is_empty()), (set.len(), set.is_empty()));
            prop_assert!(runs.runs().iter().cloned().flatten().eq(set.iter().copied()));
            prop_assert!((0..300).all(|row| runs.contains(row) == set.contains(&row)));
            prop_assert_eq!(RowRuns::new(runs.runs().to_vec()), Some(runs));
        }
    }
}
