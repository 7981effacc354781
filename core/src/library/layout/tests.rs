//! The laws of the grid.

use proptest::prelude::*;

use super::*;
use crate::catalog::codec::{HotSegment, encode_hot};

const SETTINGS: Settings = Settings {
    width_px: 1_000.0,
    row_height_px: 200.0,
    gap_px: 3.0,
    day_gap_px: 12.0,
    heading_px: 36.0,
    month_px: 48.0,
    day_width_px: 96.0,
};

fn layout(days: &[(i32, usize)], ratio: f32, settings: Settings) -> Layout {
    let pictures = days.iter().flat_map(|(day, count)| std::iter::repeat_n((ratio, Some(Day(*day))), *count));
    Layout::new(pictures.collect::<Vec<_>>().into_iter(), settings)
}

fn all(layout: &Layout) -> Vec<Place> {
    layout.places_between(f64::NEG_INFINITY, f64::INFINITY).collect()
}

#[test]
fn nothing_has_no_height() {
    let layout = layout(&[], 1.0, SETTINGS);
    assert_eq!((layout.height_px(), layout.len(), layout.find(0), layout.day_at(0.0)), (0.0, 0, None, None));
}

#[test]
fn small_days_of_a_month_share_a_row_and_a_new_month_begins_anew() {
    let layout = layout(&[(40, 1), (39, 2), (20, 1)], 1.0, SETTINGS);
    let days: Vec<_> =
        layout.days_between(0.0, 1e9).iter().map(|day| (day.day, day.begins_month, day.top_px)).collect();
    assert_eq!(days[0], (Some(Day(40)), true, 0.0));
    assert_eq!(days[1], (Some(Day(39)), false, 0.0));
    assert!(days[2].1 && days[2].2 > 200.0, "{days:?}");
}

#[test]
fn a_large_day_fills_the_width_in_all_rows_but_its_last() {
    let layout = layout(&[(0, 23)], 1.5, SETTINGS);
    let places = all(&layout);
    let last_top = places.last().unwrap().top_px;
    for place in places.iter().filter(|place| place.top_px < last_top) {
        let right = places.iter().filter(|other| other.top_px == place.top_px).map(|o| o.left_px + o.width_px);
        assert!((right.fold(0.0, f64::max) - SETTINGS.width_px).abs() < 0.5);
    }
}

#[test]
fn a_day_of_seventy_thousand_is_seen_through_the_same_window_as_any_other() {
    let layout = layout(&[(1, 5), (0, 70_000), (-1, 5)], 1.5, SETTINGS);
    let days = layout.days_between(0.0, layout.height_px());
    let of_day = |day: i32| days.iter().find(|block| block.day == Some(Day(day))).unwrap();
    assert_eq!(of_day(0).count, 70_000);
    let middle_px = layout.height_px() / 2.0;
    let places: Vec<_> = layout.places_between(middle_px, middle_px + 900.0).collect();
    assert!((10..40).contains(&places.len()), "{} places", places.len());
    assert!(places.iter().all(|place| (5..70_005).contains(&place.index)));
    assert_eq!(layout.days_between(middle_px, middle_px + 900.0).len(), 1);
    // The last photo of the day and the first of the next are where they are looked for.
    for index in [4, 5, 35_000, 70_004, 70_005] {
        let place = layout.find(index).unwrap();
        let found = layout.places_between(place.top_px + 1.0, place.top_px + 2.0).any(|other| other.index == index);
        assert!(found, "{index}");
    }
}

#[test]
fn up_and_down_go_to_the_nearest_column() {
    let layout = layout(&[(0, 12)], 1.0, SETTINGS);
    let below = layout.beside(0, 1).unwrap();
    assert_eq!(layout.find(below).unwrap().left_px, 0.0);
    assert_eq!(layout.beside(below, -1), Some(0));
    assert_eq!((layout.beside(0, -1), layout.beside(11, 1)), (None, None));
}

#[test]
fn a_point_between_rows_or_past_the_end_is_near_a_picture() {
    let layout = layout(&[(0, 12)], 1.0, SETTINGS);
    let (first, last) = (layout.find(0).unwrap(), layout.find(11).unwrap());
    assert_eq!(layout.near(0.0, -5.0), Some(0));
    assert_eq!(layout.near(first.width_px * 1.5, first.top_px), Some(1));
    assert_eq!(layout.near(1e9, 1e9), Some(11));
    assert_eq!(layout.near(last.left_px + 1.0, last.top_px), Some(11));
}

#[test]
fn rows_and_pictures_are_told_alike() {
    let layout = layout(&[(9, 23), (3, 4)], 1.5, SETTINGS);
    let rows = layout.row_count();
    assert_eq!((layout.first_of(0), layout.first_of(rows), layout.first_of(u32::MAX)), (0, 27, 27));
    assert_eq!(layout.places_in(0..u32::MAX).collect::<Vec<_>>(), all(&layout));
    let second = layout.places_in(1..2).next().unwrap();
    assert_eq!((second.index, second.top_px), (layout.first_of(1), layout.stretch_of(1..2).0));
    assert_eq!(layout.stretch_of(rows..rows + 1), (0.0, 0.0));
}

#[test]
fn the_day_at_the_top_is_the_first_of_its_row() {
    let layout = layout(&[(3, 2), (2, 2), (1, 40)], 1.0, SETTINGS);
    assert_eq!(layout.day_at(10.0).unwrap().day, Some(Day(3)));
    assert_eq!(layout.day_at(layout.height_px()).unwrap().day, Some(Day(1)));
    assert_eq!(layout.day_at(-1.0), None);
}

prop_compose! {
    fn libraries()(
        days in proptest::collection::vec((1_usize..40, proptest::collection::vec(-1.0_f32..9.0, 1..40)), 0..30),
        undated in 0_usize..10,
    ) -> Vec<(f32, Option<Day>)> {
        let mut day = 20_000;
        let mut pictures = Vec::new();
        for (step, ratios) in days {
            day -= step as i32;
            pictures.extend(ratios.into_iter().map(|ratio| (ratio, Some(Day(day)))));
        }
        pictures.extend(std::iter::repeat_n((f32::NAN, None), undated));
        pictures
    }
}

#[test]
fn rows_of_the_catalog_are_laid_out_as_their_shapes_and_local_days_are() {
    let columns = HotSegment {
        taken_s: vec![86_399, 86_300, i64::MIN, 0],
        width_px: vec![400, 0, 300, 100],
        height_px: vec![300, 9, 400, 100],
        kind: vec![0; 4],
        ..HotSegment::absent(4)
    };
    let mut hot = Hot::new();
    hot.set_segment(0, &encode_hot(&columns)).unwrap();
    let pictures = [(4.0 / 3.0, Some(Day(1))), (1.0, Some(Day(0))), (1.0, Some(Day(0))), (0.75, None)];
    let expected = Layout::new(pictures.into_iter(), SETTINGS);
    assert_eq!(Layout::of_rows(&hot, &[0, 1, 3, 2], |utc_s| utc_s + 60, SETTINGS), expected);
}

proptest! {
    #[test]
    fn every_picture_stands_once_in_order_inside_of_the_width_and_on_no_other(
        pictures in libraries(), width in 200.0..3_000.0_f64, row_height in 80.0..400.0_f64,
    ) {
        let settings = Settings { width_px: width, row_height_px: row_height, ..SETTINGS };
        let layout = Layout::new(pictures.iter().copied(), settings);
        let places = all(&layout);
        prop_assert_eq!(places.iter().map(|p| p.index).collect::<Vec<_>>(), (0..pictures.len() as u32).collect::<Vec<_>>());
        for pair in places.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let beside = a.top_px == b.top_px && b.left_px + 0.01 >= a.left_px + a.width_px;
            let below = b.top_px + 0.01 >= a.top_px + a.height_px;
            prop_assert!(beside || below, "{:?} {:?}", a, b);
        }
        for place in &places {
            prop_assert!(place.left_px >= 0.0 && place.width_px > 0.0 && place.height_px > 0.0);
            prop_assert!(place.top_px + place.height_px <= layout.height_px() + 0.01);
            prop_assert_eq!(layout.find(place.index), Some(*place));
        }
    }

    #[test]
    fn rows_of_large_days_fill_the_width_and_no_row_leaves_it(
        pictures in libraries(), width in 200.0..3_000.0_f64, row_height in 80.0..400.0_f64,
    ) {
        let settings = Settings { width_px: width, row_height_px: row_height, ..SETTINGS };
        let layout = Layout::new(pictures.iter().copied(), settings);
        let places = all(&layout);
        let rows: Vec<&[Place]> = places.chunk_by(|a, b| a.top_px == b.top_px).collect();
        let day_of = |place: &Place| pictures[place.index as usize].1;
        for (at, row) in rows.iter().enumerate() {
            let (first, last) = (&row[0], &row[row.len() - 1]);
            let right = last.left_px + last.width_px;
            prop_assert!(right <= width + 0.5, "{:?} of {}", last, width);
            let goes_on = rows.get(at + 1).is_some_and(|next| day_of(&next[0]) == day_of(last));
            prop_assert!(!goes_on || (right - width).abs() <= 0.5, "{:?} of {}", last, width);
            prop_assert!(goes_on || first.height_px <= row_height * 1.51, "{:?}", first);
        }
    }

    #[test]
    fn what_is_in_view_is_what_touches_it(pictures in libraries(), top in -500.0..20_000.0_f64, height in 0.0..3_000.0_f64) {
        let layout = Layout::new(pictures.iter().copied(), SETTINGS);
        let touching: Vec<_> = all(&layout)
            .into_iter()
            .filter(|p| p.top_px + p.height_px > top && p.top_px < top + height)
            .collect();
        let seen: Vec<_> = layout.places_between(top, top + height).collect();
        prop_assert_eq!(seen, touching);
    }

    #[test]
    fn lengths_that_make_no_sense_do_no_harm(
        pictures in libraries(),
        width in prop_oneof![Just(f64::NAN), Just(0.0), Just(-5.0), Just(f64::INFINITY), Just(1.0)],
        row_height in prop_oneof![Just(f64::NAN), Just(0.0), Just(1e300)],
    ) {
        let layout = Layout::new(pictures.iter().copied(), Settings { width_px: width, row_height_px: row_height, ..SETTINGS });
        prop_assert!(layout.height_px().is_finite());
        prop_assert_eq!(all(&layout).len(), pictures.len());
    }
}
