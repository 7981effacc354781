//! Where a row stands among those that are shown, without looking through them.

use std::cmp::Reverse;

use crate::catalog::Hot;

/// The place of `row` in `shown`, the rows as [`catalog::shown`](crate::catalog::shown) orders them. Twenty looks
/// find it among a million.
///
/// # Errors
/// When the row is not among them: the place where it would stand.
pub fn place_of(hot: &Hot, shown: &[u32], row: u32) -> Result<u32, u32> {
    // Newest first, the undated last, rows of one instant by number.
    let age = |row: u32| {
        let taken_s = hot.taken_s(row);
        (taken_s.is_none(), Reverse(taken_s), row)
    };
    let own = age(row);
    let place = shown.partition_point(|other| age(*other) < own);
    if shown.get(place) == Some(&row) { Ok(place as u32) } else { Err(place as u32) }
}

/// The row that stands nearest before `row`, or after it if `is_after`, in an order of any kind, of those that are there.
pub fn beside(order: &[u32], row: u32, is_after: bool, is_there: impl Fn(u32) -> bool) -> Option<u32> {
    let at = order.iter().position(|other| *other == row)?;
    let is_there = |other: &&u32| is_there(**other);
    match is_after {
        true => order[at + 1..].iter().find(is_there),
        false => order[..at].iter().rev().find(is_there),
    }
    .copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::codec::{HotSegment, encode_hot};
    use crate::catalog::{Filter, shown};
    use crate::photo::LocalHour;

    #[test]
    fn beside_a_row_stands_the_nearest_that_is_there() {
        let order = [7, 3, 9, 1];
        let all = |_: u32| true;
        assert_eq!([false, true].map(|after| beside(&order, 3, after, all)), [Some(7), Some(9)]);
        assert_eq!([false, true].map(|after| beside(&order, 3, after, |row| row == 1)), [None, Some(1)]);
        assert_eq!(
            [beside(&order, 7, false, all), beside(&order, 1, true, all), beside(&order, 2, true, all)],
            [None; 3]
        );
    }

    proptest! {
        #[test]
        fn a_row_is_found_where_it_is_shown_and_a_hidden_one_between_its_neighbors(
            taken_s in proptest::collection::vec(prop_oneof![-200_000..200_000_i64, 0..5_i64, Just(i64::MIN)], 1..90),
            hour in proptest::option::of(0_u8..24),
        ) {
            let absent = HotSegment::absent(taken_s.len());
            let columns = HotSegment { kind: vec![0; taken_s.len()], taken_s, ..absent };
            let mut hot = Hot::new();
            hot.set_segment(0, &encode_hot(&columns)).unwrap();
            let all = shown(&hot, &Filter::default().prepare(&[], None), |utc_s| LocalHour::at(utc_s, 0, i64::MIN));
            let left = shown(&hot, &Filter { hour, ..Filter::default() }.prepare(&[], None), |utc_s| LocalHour::at(utc_s, 0, i64::MIN));
            for (place, row) in all.iter().enumerate() {
                prop_assert_eq!(place_of(&hot, &all, *row), Ok(place as u32));
                let before = all[..place].iter().filter(|other| left.contains(other)).count() as u32;
                let expected = if left.contains(row) { Ok(before) } else { Err(before) };
                prop_assert_eq!(place_of(&hot, &left, *row), expected);
            }
        }
    }
}
