//! A record as the values that it is stored as: one, or several where it is long.
//!
//! Chromium writes a value of more than 64 KiB into a file of its own (Blink: `kIDBWrapThreshold`), which takes several
//! times as long as to write the same bytes as two values. To read it back takes longer too.
//!
//! A long record is a list of its length and its first bytes, under its own key; the rest follows below that key. What
//! is left there of a longer one of before is passed over, and goes when the record is deleted.
//!
//! Each value is read by a request of its own: Chromium gathers what one request finds in one message, and takes twice as
//! long for a few values together.

use albumen_core::ports::StoreError;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::IdbKeyRange;

use super::idb::store_error;

/// The most bytes of a value: what the browser writes around them has room too.
const MOST_BYTES: usize = 64_000;
/// Values of a record that are asked for before it is known how many there are.
const READ_FIRST: usize = 2;
/// More parts than any record has: what somebody else has written may say anything.
const MOST_PARTS: usize = 1 << 14;
/// Between the name of a record and the number of a part. It is in no name.
const BELOW: char = '\0';
/// The one after [`BELOW`].
const AFTER: char = '\u{1}';

#[wasm_bindgen]
extern "C" {
    /// An `ArrayBuffer` as ECMAScript has it since 2024.
    type Buffer;

    #[wasm_bindgen(method, catch)]
    fn transfer(this: &Buffer, length: u32) -> Result<JsValue, JsValue>;
}

/// Gives the memory of bytes that were read back at once, where the browser can, and not when it next collects garbage:
/// what is read next takes its place.
fn give_back(bytes: &Uint8Array) {
    // An older browser has no such method, and does it later.
    let _ = bytes.buffer().unchecked_ref::<Buffer>().transfer(0);
}

/// Whether this key is the name of a record, and not that of a part.
pub(super) fn is_name(key: &str) -> bool {
    !key.contains(BELOW)
}

/// The keys under which a record is.
pub(super) fn range(name: &str) -> Result<JsValue, StoreError> {
    let (first, after) = (JsValue::from_str(name), JsValue::from_str(&format!("{name}{AFTER}")));
    let range = IdbKeyRange::bound_with_lower_open_and_upper_open(&first, &after, false, true);
    range.map(JsValue::from).map_err(|error| store_error(&error))
}

/// The keys of the values that are asked for before it is known how many there are: most records have no others.
pub(super) fn first_keys(name: &str) -> impl Iterator<Item = JsValue> {
    std::iter::once(JsValue::from_str(name)).chain((1..READ_FIRST).map(|number| part_key(name, number)))
}

/// Hands `put` the values of a record, each with its key.
pub(super) fn divide<E>(
    name: &str,
    record: &[u8],
    mut put: impl FnMut(&JsValue, &JsValue) -> Result<(), E>,
) -> Result<(), E> {
    let (first, rest) = record.split_at(record.len().min(MOST_BYTES));
    let mut head = JsValue::from(Uint8Array::from(first));
    if !rest.is_empty() {
        head = Array::of2(&JsValue::from_f64(record.len() as f64), &head).into();
    }
    put(&head, &JsValue::from_str(name))?;
    for (part, number) in rest.chunks(MOST_BYTES).zip(1..) {
        put(&Uint8Array::from(part), &part_key(name, number))?;
    }
    Ok(())
}

/// The keys of the values that a record of this first value has beside those under its [`first_keys`].
pub(super) fn further_keys(name: &str, head: &JsValue) -> impl Iterator<Item = JsValue> {
    let parts = || {
        let head: &Array = head.dyn_ref()?;
        // All parts but the last are as long as the first is.
        let part = head.get(1).dyn_into::<Uint8Array>().ok()?.length() as usize;
        (head.get(0).as_f64()? as usize).checked_div(part)
    };
    // The last of them may be one that is not there, which costs nothing.
    let last = parts().unwrap_or_default().min(MOST_PARTS);
    (READ_FIRST..=last).map(|number| part_key(name, number))
}

/// The key of a part of a record; the first after the head is part 1.
fn part_key(name: &str, number: usize) -> JsValue {
    JsValue::from_str(&format!("{name}{BELOW}{number:06}"))
}

/// The record of the values under its [`first_keys`] and [`further_keys`]; `Some(None)` where there is none, and `None`
/// where they are no bytes. Where a part is lost the record is too short, as whoever wrote it will find.
pub(super) fn join(values: impl IntoIterator<Item = JsValue>) -> Option<Option<Vec<u8>>> {
    let mut values = values.into_iter().take_while(|value| !value.is_undefined());
    let Some(head) = values.next() else { return Some(None) };
    let Some(long) = head.dyn_ref::<Array>() else {
        let whole = head.dyn_ref::<Uint8Array>()?;
        let record = whole.to_vec();
        give_back(whole);
        return Some(Some(record));
    };
    let length = long.get(0).as_f64()? as usize;
    let parts = std::iter::once(long.get(1)).chain(values).map(|part| part.dyn_into().ok());
    let parts: Vec<Uint8Array> = parts.collect::<Option<_>>()?;
    let there_are: usize = parts.iter().map(|part| part.length() as usize).sum();
    let mut record = vec![0; length.min(there_are)];
    let mut rest = record.as_mut_slice();
    for part in parts {
        let here = rest.len().min(part.length() as usize);
        let (place, after) = rest.split_at_mut(here);
        part.subarray(0, here as u32).copy_to(place);
        give_back(&part);
        rest = after;
    }
    Some(Some(record))
}
