//! `ports::Zones`: a map beside the page that says which zone is where, loaded when it is first wanted, and the zones'
//! histories as the browser knows them (`Intl`).

use std::cell::RefCell;
use std::collections::HashMap;

use albumen_core::photo::Place;
use albumen_core::ports::{Http, HttpError, Request, Zones};
use albumen_core::takeout::zones::{WorldZones, ZoneMap};
use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Date, Function, Intl, Reflect};
use wasm_bindgen::prelude::*;

use super::build::BUILD;
use super::http::{BrowserHttp, host};
use super::{js, zone};

/// Offsets all over the world.
pub struct BrowserZones {
    /// Of the map.
    address: String,
    http: BrowserHttp,
    world: WorldZones<fn(&str, i64) -> Option<i32>>,
}

impl BrowserZones {
    /// Those whose map, `zones.bin`, lies beside the page at `base`.
    pub fn new(base: &str) -> Self {
        Self {
            address: format!("{base}zones.bin?v={BUILD}"),
            http: BrowserHttp::default(),
            world: WorldZones::new(offset_min),
        }
    }
}

impl Zones for BrowserZones {
    fn load(&self) -> LocalBoxFuture<'_, Result<(), HttpError>> {
        Box::pin(async move {
            if self.world.has_map() {
                return Ok(());
            }
            let reply = self.http.send(Request::get(&self.address), &|_| ()).await?;
            let map = ZoneMap::read(&reply.body).filter(|_| reply.status == 200);
            self.world.set_map(map.ok_or_else(|| HttpError::Unreachable { host: host(&self.address) })?);
            Ok(())
        })
    }

    fn at_place(&self, place: Place, utc_s: i64) -> Option<i32> {
        self.world.at_place(place, utc_s)
    }

    fn of_person(&self, utc_s: i64) -> Option<i32> {
        Some(zone::offset_min(utc_s))
    }

    fn named(&self, name: &str, utc_s: i64) -> Option<i32> {
        self.world.named(name, utc_s)
    }
}

thread_local! {
    /// Writers of dates by zone; `None` for a zone that this browser does not know.
    static WRITERS: RefCell<HashMap<String, Option<Function>>> = RefCell::default();
}

/// Minutes to add to UTC in a zone (its IANA name) at an instant, as the browser writes dates there. `None` for a zone
/// that the browser does not know, and for what no date can hold.
pub fn offset_min(name: &str, utc_s: i64) -> Option<i32> {
    let write = WRITERS.with(|known| {
        let mut known = known.borrow_mut();
        if !known.contains_key(name) {
            known.insert(name.to_owned(), writer(name));
        }
        known.get(name).cloned().flatten()
    })?;
    let utc_ms = utc_s as f64 * 1000.0;
    let text = write.call1(&JsValue::UNDEFINED, &JsValue::from_f64(utc_ms)).ok()?.as_string()?;
    // "03/14/2020, 15:09:26"
    let mut numbers = text.split(|sign: char| !sign.is_ascii_digit()).filter_map(|digits| digits.parse::<f64>().ok());
    let [month, day, year, hour, minute, second] = std::array::from_fn(|_| numbers.next().unwrap_or(f64::NAN));
    // A year before 100 would be taken for one of the 20th century.
    if !(100.0..10_000.0).contains(&year) {
        return None;
    }
    let local_ms =
        Date::utc(year, month - 1.0) + ((day - 1.0) * 86_400.0 + hour * 3600.0 + minute * 60.0 + second) * 1000.0;
    // Before standard time an offset had seconds: they are rounded.
    let apart_min = ((local_ms - utc_ms) / 60_000.0).round();
    apart_min.is_finite().then_some(apart_min as i32)
}

fn writer(name: &str) -> Option<Function> {
    let words = [("timeZone", name), ("calendar", "gregory"), ("numberingSystem", "latn"), ("hourCycle", "h23")];
    let numbers = ["month", "day", "hour", "minute", "second"].map(|field| (field, "2-digit"));
    let options: Vec<(&str, JsValue)> = words
        .into_iter()
        .chain(numbers)
        .chain([("year", "numeric")])
        .map(|(option, value)| (option, JsValue::from_str(value)))
        .collect();
    let intl = js::property(&js::global("Intl")?, "DateTimeFormat")?;
    // The constructor throws for a zone that it does not know.
    let format = Reflect::construct(intl.dyn_ref::<Function>()?, &Array::of2(&"en-US".into(), &js::object(&options)));
    Some(format.ok()?.unchecked_into::<Intl::DateTimeFormat>().format())
}
