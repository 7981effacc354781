//! The person's time zone against the browser's other way of saying it.

use albumen::browser::zone;
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// The offset that `Intl` writes for an instant, such as `GMT+05:30`.
fn written_offset_min(utc_s: i64) -> i32 {
    let options = Object::new();
    Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).unwrap();
    let format = Intl::DateTimeFormat::new(&Array::of1(&"en".into()), &options);
    let date = Date::new(&(utc_s as f64 * 1000.0).into());
    let text = format.format().call1(&JsValue::NULL, &date).unwrap().as_string().unwrap();
    let Some(offset) = text.split("GMT").nth(1).filter(|offset| !offset.is_empty()) else { return 0 };
    let (sign, digits) = offset.split_at(1);
    let mut parts = digits.split(':').map(|part| part.parse::<i32>().unwrap());
    let minutes = parts.next().unwrap() * 60 + parts.next().unwrap_or(0);
    if sign == "-" || sign == "−" { -minutes } else { minutes }
}

#[wasm_bindgen_test]
fn offsets_agree_with_what_intl_writes() {
    // Both halves of several years, the hours around European and American changes of 2024, and 1970.
    let instants = [
        0,
        1_262_304_000,
        1_278_000_000,
        1_711_846_799,
        1_711_846_800,
        1_730_077_199,
        1_730_077_200,
        1_710_054_000,
        1_730_611_800,
        1_767_225_600,
        4_102_444_800,
    ];
    for utc_s in instants {
        assert_eq!(zone::offset_min(utc_s), written_offset_min(utc_s), "{utc_s}");
    }
}

#[wasm_bindgen_test]
fn an_instant_that_no_date_can_hold_has_no_offset() {
    assert_eq!((zone::offset_min(i64::MAX), zone::offset_min(i64::MIN)), (0, 0));
}

#[wasm_bindgen_test]
fn the_zone_has_a_name() {
    assert!(zone::name().is_some());
}
