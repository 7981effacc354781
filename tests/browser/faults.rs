//! Faults put into the browser itself, below the adapters, and taken out again.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(inline_js = r#"
const undone = [];

function replace(object, name, property) {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, ...property });
  undone.push(() => (before ? Object.defineProperty(object, name, before) : delete object[name]));
}

export function mend() {
  while (undone.length) undone.pop()();
}

// As Chromium does it when the disk is full: no request fails, the transaction aborts, and only its `error` says why.
export function abort_puts_with(name) {
  mend();
  const put = IDBObjectStore.prototype.put;
  replace(IDBTransaction.prototype, "error", { get: () => new DOMException("injected", name) });
  replace(IDBObjectStore.prototype, "put", {
    value(...given) {
      const request = put.apply(this, given);
      this.transaction.abort();
      return request;
    },
  });
}

// The nth put from now on throws instead of making a request.
export function throw_at_put(nth) {
  const put = IDBObjectStore.prototype.put;
  let count = 0;
  replace(IDBObjectStore.prototype, "put", {
    value(...given) {
      if (++count === nth) throw new DOMException("injected", "DataCloneError");
      return put.apply(this, given);
    },
  });
}

export function hide_global(name) {
  replace(globalThis, name, { value: undefined });
}

export function forbid_global(name) {
  replace(globalThis, name, { get() { throw new DOMException("injected", "SecurityError"); } });
}

export function hide_locks() {
  replace(Object.getPrototypeOf(navigator), "locks", { value: undefined });
}

// A fetch that never ends; the request it got is kept for `last_request`.
let last = null;
export function hang_fetch() {
  replace(globalThis, "fetch", { value: (...given) => ((last = new Request(...given)), new Promise(() => {})) });
}
export function last_request() {
  return last;
}

// A file as the dialog gives it.
export function picked_file(bytes, name, type) {
  return new File([bytes], name, { type, lastModified: 1700000000000 });
}

// A connection that ignores `versionchange`, as an old tab might.
export function stubborn_connection(name, version, shape) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => shape && request.result.createObjectStore(shape);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Puts any value past the store's own types, or reads one.
export function plant(name, store, key, value) {
  return within(name, store, "readwrite", (objects) => objects.put(value, key));
}
export function look(name, store, key) {
  return within(name, store, "readonly", (objects) => objects.get(key));
}
async function within(name, store, mode, work) {
  const database = await stubborn_connection(name);
  const transaction = database.transaction(store, mode);
  const request = work(transaction.objectStore(store));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
  return request.result;
}
"#)]
extern "C" {
    fn mend();
    pub fn abort_puts_with(name: &str);
    pub fn throw_at_put(nth: u32);
    pub fn hide_global(name: &str);
    pub fn forbid_global(name: &str);
    pub fn hide_locks();
    pub fn hang_fetch();
    pub fn picked_file(bytes: &[u8], name: &str, mime_type: &str) -> web_sys::File;
    pub fn last_request() -> web_sys::Request;
    #[wasm_bindgen(catch)]
    pub async fn stubborn_connection(name: &str, version: u32, shape: Option<&str>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn plant(name: &str, store: &str, key: &str, value: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn look(name: &str, store: &str, key: &str) -> Result<JsValue, JsValue>;
}

/// Takes all faults out of the browser when the test ends. (One that panics ends the whole run's trust anyway: wasm does
/// not unwind.)
pub(crate) struct Mended;

impl Drop for Mended {
    fn drop(&mut self) {
        mend();
    }
}
