//! Sets of rows are what the standard library's sets are.

use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use crate::catalog::{MOST_SEGMENTS, ROWS_PER_SEGMENT, RowSet};

const MOST_ROWS: u32 = MOST_SEGMENTS * ROWS_PER_SEGMENT as u32;

fn rows(set: &RowSet) -> Vec<u32> {
    set.iter().collect()
}

#[derive(Clone, Debug)]
enum Change {
    Insert(u32),
    Remove(u32),
    InsertRange(u32, u32),
    RemoveRange(u32, u32),
    InsertAll(Vec<u32>),
    Intersect(BTreeSet<u32>),
    Retain(BTreeSet<u32>),
    Clear,
}

fn change() -> impl Strategy<Value = Change> {
    let row = || 0..400_u32;
    prop_oneof![
        row().prop_map(Change::Insert),
        row().prop_map(Change::Remove),
        (row(), row()).prop_map(|(from, to)| Change::InsertRange(from, to)),
        (row(), row()).prop_map(|(from, to)| Change::RemoveRange(from, to)),
        vec(row(), 0..60).prop_map(Change::InsertAll),
        btree_set(row(), 0..60).prop_map(Change::Intersect),
        btree_set(row(), 0..60).prop_map(Change::Retain),
        Just(Change::Clear),
    ]
}

#[test]
fn a_row_that_no_catalog_has_is_never_in_it() {
    let mut set = RowSet::new();
    assert!(set.insert(MOST_ROWS - 1) && !set.insert(MOST_ROWS) && !set.insert(u32::MAX));
    assert!(!set.contains(MOST_ROWS) && !set.contains(u32::MAX) && !set.remove(u32::MAX));
    assert_eq!((set.len(), rows(&set)), (1, vec![MOST_ROWS - 1]));
    set.insert_range(MOST_ROWS - 3..u32::MAX);
    assert_eq!((set.len(), set.to_bytes().len()), (3, MOST_ROWS as usize / 8));
    set.insert_range(0..u32::MAX);
    assert_eq!(set.len(), MOST_ROWS as usize);
    set.remove_range(0..u32::MAX);
    assert_eq!(set, RowSet::new());
    set.insert_all(&[MOST_ROWS, u32::MAX]);
    assert_eq!(set, RowSet::new());
    set.insert_all(&[u32::MAX, 5, MOST_ROWS]);
    assert_eq!(rows(&set), [5]);
}

#[test]
fn ranges_that_end_before_they_begin_hold_nothing() {
    let mut set = RowSet::from_iter([3, 70]);
    let (from, to) = (80, 2);
    set.insert_range(from..to);
    set.remove_range(from..to);
    assert_eq!(rows(&set), [3, 70]);
}

#[test]
fn bytes_that_are_no_set_are_refused() {
    assert!(RowSet::from_bytes(&[0; 7]).is_err());
    assert!(RowSet::from_bytes(&vec![1; MOST_ROWS as usize / 8 + 8]).is_err());
    assert_eq!(RowSet::from_bytes(&[0; 16]), Ok(RowSet::new()), "words of nothing are the set of nothing");
}

proptest! {
    #[test]
    fn every_change_is_that_of_a_plain_set(changes in vec(change(), 0..30)) {
        let (mut set, mut plain) = (RowSet::new(), BTreeSet::new());
        for change in changes {
            match change {
                Change::Insert(row) => prop_assert_eq!(set.insert(row), plain.insert(row)),
                Change::Remove(row) => prop_assert_eq!(set.remove(row), plain.remove(&row)),
                Change::InsertRange(from, to) => {
                    set.insert_range(from..to);
                    plain.extend(from..to);
                }
                Change::RemoveRange(from, to) => {
                    set.remove_range(from..to);
                    plain.retain(|row| !(from..to).contains(row));
                }
                Change::InsertAll(rows) => {
                    set.insert_all(&rows);
                    plain.extend(rows);
                }
                Change::Intersect(other) => {
                    set.intersect(&other.iter().copied().collect());
                    plain.retain(|row| other.contains(row));
                }
                Change::Retain(other) => {
                    set.retain(|row| other.contains(&row));
                    plain.retain(|row| other.contains(row));
                }
                Change::Clear => {
                    set.clear();
                    plain.clear();
                }
            }
            prop_assert_eq!((set.len(), set.is_empty()), (plain.len(), plain.is_empty()));
            prop_assert_eq!(rows(&set), plain.iter().copied().collect::<Vec<_>>());
            prop_assert!((0..420).all(|row| set.contains(row) == plain.contains(&row)));
            prop_assert_eq!(&set, &plain.iter().copied().collect::<RowSet>(), "equal sets are equal");
            prop_assert_eq!(RowSet::from_bytes(&set.to_bytes()), Ok(set.clone()));
        }
    }

    #[test]
    fn a_range_of_it_is_that_of_a_plain_set(plain in btree_set(0..400_u32, 0..60), from in 0..500_u32, to in 0..500_u32) {
        let set: RowSet = plain.iter().copied().collect();
        let expected: Vec<u32> = plain.into_iter().filter(|row| (from..to).contains(row)).collect();
        prop_assert_eq!(set.iter_in(from..to).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn any_bytes_can_be_read(bytes in vec(any::<u8>(), 0..200)) {
        match RowSet::from_bytes(&bytes) {
            Ok(set) => prop_assert_eq!(set.len(), set.iter().count()),
            Err(_) => prop_assert!(bytes.len() % 8 != 0),
        }
    }
}
