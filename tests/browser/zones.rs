//! Offsets of any zone, as the browser's `Intl` tells them, against well-known ones.

use albumen::browser::zone;
use albumen::browser::zones::{BrowserZones, offset_min};
use albumen_core::photo::Place;
use albumen_core::ports::Zones;
use wasm_bindgen_test::wasm_bindgen_test;

/// 2024-01-15 and 2024-07-15, at noon.
const WINTER_S: i64 = 1_705_320_000;
const SUMMER_S: i64 = 1_721_044_800;

#[wasm_bindgen_test]
fn offsets_of_half_hours_and_quarters_are_told() {
    for (name, winter_min, summer_min) in [
        ("Asia/Kathmandu", 345, 345),
        ("Australia/Adelaide", 630, 570),
        ("Pacific/Chatham", 825, 765),
        ("America/St_Johns", -210, -150),
        ("Australia/Lord_Howe", 660, 630),
        ("Europe/Lisbon", 0, 60),
        ("Pacific/Kiritimati", 840, 840),
        ("Pacific/Marquesas", -570, -570),
        ("Etc/GMT+12", -720, -720),
        ("UTC", 0, 0),
    ] {
        assert_eq!(
            (offset_min(name, WINTER_S), offset_min(name, SUMMER_S)),
            (Some(winter_min), Some(summer_min)),
            "{name}"
        );
    }
    // The last second of summer time in Berlin, and the first after it; midnight; the day of a leap year; before 1970.
    assert_eq!([1_729_990_799, 1_729_990_800].map(|utc_s| offset_min("Europe/Berlin", utc_s)), [Some(120), Some(60)]);
    assert_eq!(offset_min("Europe/Berlin", 1_709_161_200), Some(60));
    assert_eq!(offset_min("Asia/Kolkata", -1), Some(330));
}

#[wasm_bindgen_test]
fn what_is_no_zone_and_what_is_no_date_has_no_offset() {
    assert_eq!((offset_min("Nowhere/At_All", 0), offset_min("", 0)), (None, None));
    assert_eq!((offset_min("UTC", i64::MAX), offset_min("UTC", i64::MIN)), (None, None));
}

#[wasm_bindgen_test]
fn the_persons_own_zone_is_the_same_by_its_name() {
    let name = zone::name().unwrap();
    let zones = BrowserZones::new("https://albumen.invalid/");
    for utc_s in [0, WINTER_S, SUMMER_S] {
        assert_eq!(zones.of_person(utc_s), zones.named(&name, utc_s), "{name} at {utc_s}");
    }
}

#[wasm_bindgen_test]
async fn a_map_that_does_not_come_is_said_and_places_have_no_offset() {
    let zones = BrowserZones::new("https://albumen.invalid/");
    assert!(zones.load().await.is_err());
    assert_eq!(zones.at_place(Place { latitude: 48.86, longitude: 2.35, altitude_m: None }, SUMMER_S), None);
    assert_eq!(zones.named("Europe/Paris", SUMMER_S), Some(120));
}
