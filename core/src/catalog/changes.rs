//! Which segments have been put in their places since somebody looked.

/// When each segment was last put in its place, as a count of all such changes: never the same number twice, even after
/// the catalog was emptied.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    by_segment: Vec<u32>,
    count: u32,
}

impl Changes {
    pub(super) fn note(&mut self, number: u32) {
        let number = number as usize;
        if self.by_segment.len() <= number {
            self.by_segment.resize(number + 1, 0);
        }
        self.count = self.count.wrapping_add(1);
        self.by_segment[number] = self.count;
    }

    pub(super) fn forget_all(&mut self) {
        self.by_segment.clear();
    }

    /// For each segment, by number, whether it is not as it was at the time of `before`.
    pub fn since(&self, before: &Self) -> Vec<bool> {
        let segments = self.by_segment.len().max(before.by_segment.len());
        (0..segments).map(|number| self.by_segment.get(number) != before.by_segment.get(number)).collect()
    }
}

/// How a catalog came about makes it no other.
impl PartialEq for Changes {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Changes {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_its_place_since_then_is_told_and_nothing_else() {
        let mut changes = Changes::default();
        changes.note(2);
        let before = changes.clone();
        changes.note(0);
        changes.note(3);
        assert_eq!(changes.since(&before), [true, false, false, true]);
        assert_eq!(changes.since(&changes.clone()), [false; 4]);
    }

    #[test]
    fn another_catalog_in_the_place_of_the_one_before_is_another_one() {
        let mut changes = Changes::default();
        changes.note(0);
        let before = changes.clone();
        changes.forget_all();
        assert_eq!(changes.since(&before), [true]);
        changes.note(0);
        assert_eq!(changes.since(&before), [true]);
    }
}
