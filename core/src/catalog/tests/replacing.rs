//! A row of which another source speaks alone: what was known of it is gone, what the person put right stays.

use proptest::option;
use proptest::prelude::*;

use super::item;
use crate::catalog::cameras::Cameras;
use crate::catalog::segment::Segment;
use crate::photo::{Correction, Export, LocalClock, Marks, MediaItem, Place, TimeBasis};

/// Zones of three quarters of an hour, and one that nobody knows.
fn offset_min(zone: &str, utc_s: i64) -> Option<i32> {
    match zone {
        "Asia/Kathmandu" => Some(345),
        "Europe/Berlin" => Some(if utc_s.rem_euclid(31_557_600) < 15_000_000 { 60 } else { 120 }),
        _ => None,
    }
}

fn corrections() -> impl Strategy<Value = Option<Correction>> {
    let zone = || prop::sample::select(vec!["Asia/Kathmandu", "Europe/Berlin", "Nowhere/Here"]).prop_map(str::to_owned);
    option::of(prop_oneof![
        (-90_000..90_000_i64).prop_map(|seconds| Correction::Shift { seconds }),
        zone().prop_map(|zone| Correction::Zone { zone }),
        (zone(), zone()).prop_map(|(zone, here)| Correction::Clock { zone, here }),
    ])
}

prop_compose! {
    fn exports()(
        offset_min in option::of(-840..840_i16), place in option::of((-90.0..=90.0_f64, -180.0..=180.0_f64)),
        lens in prop::sample::select(vec!["", "50 mm"]), favorited: bool, has_motion: bool, is_in_account: bool,
    ) -> Export {
        Export {
            clock: offset_min.map(|offset_min| LocalClock { offset_min, basis: TimeBasis::ExifLocal }),
            place: place.and_then(|(latitude, longitude)| Place::new(latitude, longitude, None)),
            lens: lens.into(),
            marks: Marks { favorited, ..Marks::default() },
            has_motion,
            is_in_account,
            ..Export::default()
        }
    }
}

prop_compose! {
    /// Of the same photo or another, with and without what an item may lack.
    fn some_items()(
        number in 0..4_u32, taken_s in option::of(-5_000_000_000..5_000_000_000_i64), is_described: bool, has_size: bool,
        has_camera: bool, export in option::of(exports()),
    ) -> MediaItem {
        let mut item = MediaItem { taken_s, ..item(number) };
        // Of an instant that nobody knows no clock says anything.
        item.export = export.map(|export| Box::new(Export { clock: export.clock.filter(|_| taken_s.is_some()), ..export }));
        if !is_described {
            item.description.clear();
        }
        if !has_size {
            (item.width_px, item.height_px) = (0, 0);
        }
        if !has_camera {
            item.camera = Default::default();
        }
        item
    }
}

proptest! {
    #[test]
    fn a_row_that_is_replaced_is_as_if_nobody_had_told_of_it_before(
        before in prop::collection::vec((some_items(), corrections()), 3),
        more in some_items(), place in 0..3_usize, new in some_items(),
    ) {
        let (mut segment, mut cameras) = (Segment::default(), Cameras::default());
        for (row, (item, correction)) in before.iter().enumerate() {
            segment.put(row, item, &mut cameras, &offset_min);
            segment.correct(row, correction.as_ref(), &offset_min);
        }
        segment.put(place, &more, &mut cameras, &offset_min);
        let (known, untouched) = (segment.cold[place].correction.clone(), segment.clone());

        let changed = segment.replace(place, &new, &mut cameras, &offset_min);
        let (mut fresh, again) = (Segment::default(), segment.clone());
        fresh.put(0, &new, &mut cameras, &offset_min);
        fresh.correct(0, known.as_deref().map(|cold| &cold.correction), &offset_min);
        prop_assert_eq!(segment.item(place, &cameras), fresh.item(0, &cameras));
        for row in (0..3).filter(|row| *row != place) {
            prop_assert_eq!(segment.item(row, &cameras), untouched.item(row, &cameras));
        }

        // What is not said to have changed is not written again, so it must not have.
        prop_assert!(changed.hot || segment.hot == untouched.hot);
        prop_assert!(changed.cold || segment.cold == untouched.cold);
        prop_assert!(changed.text || segment.text == untouched.text);
        segment.replace(place, &new, &mut cameras, &offset_min);
        prop_assert_eq!(segment.item(place, &cameras), again.item(place, &cameras), "said twice it is said once");
    }
}
