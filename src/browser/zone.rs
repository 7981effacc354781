//! The person's time zone, as the browser knows it.

use js_sys::{Array, Date, Function, Intl, Object};
use wasm_bindgen::prelude::*;

use super::js;

/// Minutes to add to UTC for the local time at an instant, with the zone's daylight saving and history; 0 for an instant
/// that no date can hold.
pub fn offset_min(utc_s: i64) -> i32 {
    let date = Date::new(&JsValue::from_f64(utc_s as f64 * 1000.0));
    // `getTimezoneOffset` counts the other way round. Before standard time an offset had seconds: they are rounded.
    let behind_min = date.get_timezone_offset();
    if behind_min.is_nan() { 0 } else { -behind_min.round() as i32 }
}

/// The zone's IANA name, such as `Europe/Berlin`, where the browser tells.
pub fn name() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    js::property(&format.resolved_options(), "timeZone")?.as_string().filter(|name| !name.is_empty())
}

/// The IANA names of all zones that the browser knows; none where it does not tell.
pub fn names() -> Vec<String> {
    let names = js::global("Intl").and_then(|intl| {
        let tell: Function = js::property(&intl, "supportedValuesOf")?.dyn_into().ok()?;
        tell.call1(&intl, &"timeZone".into()).ok()?.dyn_into::<Array>().ok()
    });
    names.map(|names| names.iter().filter_map(|name| name.as_string()).collect()).unwrap_or_default()
}
