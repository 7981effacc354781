//! The page's columns, filled in any order.

use proptest::prelude::*;

use crate::catalog::codec::{HotSegment, SegmentError, encode_hot};
use crate::catalog::{Hot, MOST_SEGMENTS, ROWS_PER_SEGMENT};
use crate::photo::Kind;

fn segment(rows: usize, taken_s: i64) -> HotSegment {
    HotSegment {
        taken_s: vec![taken_s; rows],
        width_px: vec![400; rows],
        height_px: vec![300; rows],
        kind: vec![1; rows],
        camera: vec![5; rows],
        flags: vec![2; rows],
        local: Vec::new(),
    }
}

#[test]
fn rows_are_where_their_segment_says() {
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&segment(ROWS_PER_SEGMENT, 10))).unwrap();
    hot.set_segment(1, &encode_hot(&segment(2, 20))).unwrap();
    assert_eq!((hot.len(), hot.end()), (ROWS_PER_SEGMENT + 2, ROWS_PER_SEGMENT as u32 + 2));
    let row = ROWS_PER_SEGMENT as u32;
    assert_eq!((hot.taken_s(row - 1), hot.taken_s(row), hot.taken_s(row + 2)), (Some(10), Some(20), None));
    assert_eq!((hot.width_px(row), hot.height_px(row), hot.kind(row), hot.camera(row)), (400, 300, Kind::Video, 5));
    assert_eq!((hot.is_favorite(row), hot.has_place(row), hot.has_place(row + 2)), (false, true, false));
}

#[test]
fn a_segment_that_grew_takes_the_place_of_the_old_one() {
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&segment(2, 10))).unwrap();
    hot.set_segment(0, &encode_hot(&segment(3, 11))).unwrap();
    assert_eq!((hot.len(), hot.taken_s(0), hot.taken_s(2)), (3, Some(11), Some(11)));
}

#[test]
fn a_missing_segment_leaves_absent_rows_that_are_not_counted() {
    let mut hot = Hot::new();
    hot.set_segment(1, &encode_hot(&segment(2, 10))).unwrap();
    assert_eq!((hot.len(), hot.end()), (2, ROWS_PER_SEGMENT as u32 + 2));
    assert_eq!(hot.rows().collect::<Vec<_>>(), [ROWS_PER_SEGMENT as u32, ROWS_PER_SEGMENT as u32 + 1]);
    assert!(!hot.is_present(0) && hot.taken_s(0).is_none());
    assert_eq!([0, 1, 2, u32::MAX].map(|number| hot.holds(number)), [false, true, false, false]);
}

#[test]
fn rows_that_do_not_exist_can_be_asked_for() {
    let hot = Hot::new();
    for row in [0, 1, u32::MAX] {
        assert_eq!((hot.taken_s(row), hot.width_px(row), hot.camera(row), hot.is_present(row)), (None, 0, 0, false));
        assert!((hot.aspect_ratio(row) - 1.0).abs() < f32::EPSILON);
    }
}

#[test]
fn a_hostile_number_reserves_nothing() {
    let mut hot = Hot::new();
    let record = encode_hot(&segment(1, 1));
    for number in [MOST_SEGMENTS, u32::MAX] {
        assert_eq!(hot.set_segment(number, &record), Err(SegmentError::OutOfRange { number }));
    }
    assert_eq!(hot.end(), 0);
}

#[test]
fn a_record_that_cannot_be_read_changes_nothing() {
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&segment(2, 10))).unwrap();
    let before = hot.clone();
    let mut torn = encode_hot(&segment(9, 11));
    torn[40] ^= 1;
    assert_eq!(hot.set_segment(0, &torn), Err(SegmentError::Torn));
    assert_eq!(hot, before);
    hot.clear();
    assert!(hot.is_empty());
}

proptest! {
    #[test]
    fn the_count_is_that_of_the_rows(changes in proptest::collection::vec((0..4_u32, 0..50_usize, any::<bool>()), 1..12)) {
        let mut hot = Hot::new();
        for (number, rows, absent) in changes {
            let segment = if absent { HotSegment::absent(rows) } else { segment(rows, 1) };
            hot.set_segment(number, &encode_hot(&segment)).unwrap();
            prop_assert_eq!(hot.len(), hot.rows().count());
            let in_segment = hot.rows().filter(|row| row / ROWS_PER_SEGMENT as u32 == number).count();
            prop_assert_eq!(in_segment, if absent { 0 } else { rows });
        }
    }
}
