//! The steps of a scale of color.

/// A step of 1 to 4 for every count that is more than 0, and 0 for those that are: as many in each step as may be, so that
/// one day of a thousand photos does not make all others look alike. Equal counts are in the same step.
pub fn steps(counts: &[u32]) -> Vec<u8> {
    let mut some: Vec<u32> = counts.iter().copied().filter(|count| *count > 0).collect();
    some.sort_unstable();
    let last = some.len().saturating_sub(1);
    let ends: Vec<u32> = (1..4).filter_map(|quarter| some.get(last * quarter / 4).copied()).collect();
    counts
        .iter()
        .map(|count| match count {
            0 => 0,
            count => 1 + ends.iter().filter(|end| *count > **end).count() as u8,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quarters_of_what_is_there_are_a_step_each() {
        assert_eq!(steps(&[0, 1, 2, 3, 4, 5, 6, 7, 800]), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!(steps(&[5, 5, 0, 5]), [1, 1, 0, 1]);
        assert_eq!(steps(&[]), [] as [u8; 0]);
    }

    proptest! {
        #[test]
        fn more_is_never_a_lower_step(counts in proptest::collection::vec(0_u32..50, 0..40)) {
            let steps = steps(&counts);
            for (count, step) in counts.iter().zip(&steps) {
                prop_assert!(*step <= 4 && (*step == 0) == (*count == 0));
                for (other, its) in counts.iter().zip(&steps) {
                    prop_assert!(count > other || step <= its);
                }
            }
        }
    }
}
