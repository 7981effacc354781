//! Which of the pictures that are wished for are asked for next, when one question has room for some.

/// How soon a picture is wanted; more is sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It lies past what is ready, and may come into view.
    Beyond,
    /// It is ready to come into view.
    Ready,
    /// It is looked at.
    Seen,
}

/// The places of the next wishes in `waiting`, the newest of which is last: the most urgent first, and of those the
/// newest, at most so many.
pub fn next_wishes(waiting: &[Urgency], most: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..waiting.len()).rev().collect();
    // A stable sort: the newest stay in front.
    places.sort_by_key(|place| std::cmp::Reverse(waiting[*place]));
    places.truncate(most);
    places
}

/// The rows of a question, each once, and in what room is left those of `more` that come first: a question for one row
/// costs as much as one for as many as it holds.
pub fn filled(rows: impl IntoIterator<Item = u32>, more: impl IntoIterator<Item = u32>, most: usize) -> Vec<u32> {
    let mut filled: Vec<u32> = rows.into_iter().collect();
    filled.sort_unstable();
    filled.dedup();
    for row in more {
        if filled.len() >= most {
            break;
        }
        if !filled.contains(&row) {
            filled.push(row);
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Urgency::{Beyond, Ready, Seen};
    use super::*;

    #[test]
    fn what_is_looked_at_comes_first_and_of_that_the_newest() {
        let waiting = [Ready, Seen, Beyond, Seen, Ready];
        assert_eq!(next_wishes(&waiting, 9), [3, 1, 4, 0, 2]);
        assert_eq!(next_wishes(&waiting, 2), [3, 1]);
    }

    #[test]
    fn a_question_is_filled_with_what_comes_next_and_names_no_row_twice() {
        assert_eq!(filled([7, 3, 7], [3, 9, 8, 1], 4), [3, 7, 9, 8]);
        assert_eq!(filled([1, 2, 3], [4], 2), [1, 2, 3]);
    }

    proptest! {
        #[test]
        fn nothing_less_urgent_goes_before_what_waits(
            waiting in proptest::collection::vec(prop_oneof![Just(Beyond), Just(Ready), Just(Seen)], 0..80),
            most in 0_usize..60,
        ) {
            let next = next_wishes(&waiting, most);
            prop_assert_eq!(next.len(), waiting.len().min(most));
            let least = next.iter().map(|place| waiting[*place]).min();
            let left = (0..waiting.len()).filter(|place| !next.contains(place)).map(|place| waiting[place]).max();
            prop_assert!(left.is_none() || least.is_none() || left <= least);
        }
    }
}
