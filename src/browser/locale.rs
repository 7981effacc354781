//! Numbers and dates as the reader's country writes them (`Intl`). Formatters are made once: making one is slow.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Date, Function, Intl, Number, Object};
use wasm_bindgen::prelude::*;

use super::js;

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// "June 2021"
    Month,
    /// "Sat"
    Weekday,
    /// "June"
    MonthName,
    /// "Jun"
    MonthShort,
    /// "Saturday"
    WeekdayName,
    /// "12 Jun 2021"
    Short,
    /// "Saturday, 12 June 2021"
    Long,
    /// "12 June 2021 at 14:03:22"
    DateAndTime,
    /// "14:03"
    Time,
}

thread_local! {
    static NUMBERS: RefCell<HashMap<u8, Function>> = RefCell::default();
    static DATES: RefCell<HashMap<DateStyle, Function>> = RefCell::default();
}

/// A number with at most `digits` digits after the decimal sign.
pub fn number(value: f64, digits: u8) -> String {
    let format = NUMBERS.with(|known| {
        known
            .borrow_mut()
            .entry(digits)
            .or_insert_with(|| {
                let options = js::object(&[("maximumFractionDigits", f64::from(digits.min(20)).into())]);
                Intl::NumberFormat::new(&Array::new(), &options).format()
            })
            .clone()
    });
    // Rust's own words for fractions would weigh five kilobytes.
    text(&format, value)
        .or_else(|| Number::from(value).to_string_with_radix(10).ok().map(String::from))
        .unwrap_or_default()
}

/// A civil date and time, given as the seconds since 1970-01-01T00:00:00 on the same wall clock. Empty where no date can
/// hold it.
pub fn date(civil_s: i64, style: DateStyle) -> String {
    let format = DATES.with(|known| known.borrow_mut().entry(style).or_insert_with(|| formatter(style)).clone());
    // Formatting a date that is none throws.
    let date = Date::new(&JsValue::from_f64(civil_s as f64 * 1000.0)).get_time();
    if date.is_nan() { String::new() } else { text(&format, date).unwrap_or_default() }
}

/// The name of a country or region, from its two letters (ISO 3166). `None` where the browser knows none.
pub fn region(letters: &str) -> Option<String> {
    thread_local! {
        /// `None` where the browser has none.
        static REGIONS: Option<JsValue> = regions();
    }
    REGIONS.with(|regions| {
        let regions = regions.as_ref()?;
        let of: Function = js::property(regions, "of")?.dyn_into().ok()?;
        // What is no region's code is refused.
        of.call1(regions, &letters.into()).ok()?.as_string()
    })
}

fn regions() -> Option<JsValue> {
    let names: Function = js::property(&js::global("Intl")?, "DisplayNames")?.dyn_into().ok()?;
    let options = js::object(&[("type", "region".into())]);
    js_sys::Reflect::construct(&names, &Array::of2(&JsValue::UNDEFINED, &options)).ok()
}

fn formatter(style: DateStyle) -> Function {
    // The wall clock was set before: here it only must not be moved again.
    let mut options = vec![("timeZone", JsValue::from("UTC"))];
    let mut want = |name: &'static str, value: &str| options.push((name, value.into()));
    match style {
        DateStyle::Month => {
            want("year", "numeric");
            want("month", "long");
        }
        DateStyle::Weekday => want("weekday", "short"),
        DateStyle::MonthName => want("month", "long"),
        DateStyle::MonthShort => want("month", "short"),
        DateStyle::WeekdayName => want("weekday", "long"),
        DateStyle::Short => want("dateStyle", "medium"),
        DateStyle::Long => want("dateStyle", "full"),
        DateStyle::DateAndTime => {
            want("dateStyle", "long");
            want("timeStyle", "medium");
        }
        DateStyle::Time => {
            want("hour", "2-digit");
            want("minute", "2-digit");
        }
    }
    let options: Object = js::object(&options);
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}

fn text(format: &Function, value: f64) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(value)).ok()?.as_string()
}
