//! What a test does in the browser's place: a worker that says what it is told, a drop, a message on a channel.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(inline_js = r#"
const workers = [];
class PretendWorker {
  constructor(address, options) {
    Object.assign(this, { address, options, posted: [], ended: false });
    workers.push(this);
  }
  postMessage(message) { this.posted.push(message); }
  terminate() { this.ended = true; }
}

export function pretend_workers() {
  workers.length = 0;
  globalThis.Worker = PretendWorker;
}
export function started() { return workers.length; }
export function is_ended(index) { return workers[index].ended; }
export function address(index) { return workers[index].address; }
export function is_module(index) { return workers[index].options.type === "module"; }
export function posted(index) { return workers[index].posted.map((message) => new Uint8Array(message.words)); }
export function files_posted(index) { return workers[index].posted.flatMap((message) => message.files.map((file) => file.name)); }
export function say(index, words, buffers) {
  workers[index].onmessage?.({ data: { words: words.slice().buffer, buffers: buffers.map((bytes) => bytes.buffer) } });
}
export function say_not_started(index, why) { workers[index].onmessage?.({ data: { notStarted: why } }); }
export function say_bytes(index, bytes) { workers[index].onmessage?.({ data: bytes.slice() }); }
export function say_text(index, text) { workers[index].onmessage?.({ data: text }); }
export function count_posted(index) { return workers[index].posted.length; }
export function say_nonsense(index) { workers[index].onmessage?.({ data: 7 }); }
export function fail(index) { workers[index].onerror?.(new ErrorEvent("error", { message: "broken" })); }
export function garble(index) { workers[index].onmessageerror?.(new MessageEvent("messageerror")); }

export function picked_file(bytes, name, type) {
  return new File([bytes], name, { type, lastModified: 1700000000000 });
}
export function drop_of(names) {
  const transfer = new DataTransfer();
  for (const name of names) transfer.items.add(new File(["x"], name, { type: "image/jpeg" }));
  transfer.items.add("a text", "text/plain");
  return transfer;
}
export function drop_of_text() {
  const transfer = new DataTransfer();
  transfer.items.add("a text", "text/plain");
  return transfer;
}
export function call_back(channel, message) {
  const sender = new BroadcastChannel(channel);
  sender.postMessage(message);
}
export function set_callback(value) { globalThis.albumenCallback = value; }
export async function folder_of(name, paths) {
  const root = await navigator.storage.getDirectory();
  const top = await root.getDirectoryHandle(name, { create: true });
  for (const path of paths) {
    const names = path.split("/");
    const file = names.pop();
    let folder = top;
    for (const name of names) folder = await folder.getDirectoryHandle(name, { create: true });
    const writer = await (await folder.getFileHandle(file, { create: true })).createWritable();
    await writer.write(path);
    await writer.close();
  }
  return top;
}
let download;
export function pretend_service_worker(obeys) {
  const mine = download = { bytes: [], heard: [], taken: null };
  navigator.serviceWorker.register = async (program, { scope }) => ({ active: { state: "activated", postMessage: (file, [port]) => {
    Object.assign(mine, { ...file, port, program, scope });
    port.onmessage = ({ data }) => {
      mine.heard.push(data === null ? "end" : data instanceof Uint8Array ? "piece" : data);
      if (data instanceof Uint8Array) {
        mine.bytes.push(...data);
        if (mine.taken) port.postMessage(mine.taken, [mine.taken.buffer]);
        mine.taken = data;
      }
      if (data === null) port.postMessage("whole");
    };
    port.postMessage("ready");
    if (obeys) port.postMessage("begun");
  } } });
}
export function pretend_no_service_worker() {
  navigator.serviceWorker.register = async () => { throw new DOMException("", "SecurityError"); };
}
export function download_has() { return new Uint8Array(download.bytes); }
export function download_is(property) { return download[property]; }
export function end_download() { download.port.postMessage("cancelled"); }
export async function download_hears(words) {
  while (!download.heard.includes(words)) await new Promise((resolve) => setTimeout(resolve, 1));
}
export function frames() { return document.querySelectorAll("iframe").length; }
export async function text_at(address) { return (await fetch(address)).text(); }
"#)]
extern "C" {
    pub fn pretend_workers();
    pub fn started() -> usize;
    pub fn is_ended(index: usize) -> bool;
    pub fn address(index: usize) -> String;
    pub fn is_module(index: usize) -> bool;
    pub fn posted(index: usize) -> Vec<js_sys::Uint8Array>;
    pub fn files_posted(index: usize) -> Vec<String>;
    pub fn say(index: usize, words: &[u8], buffers: Vec<js_sys::Uint8Array>);
    pub fn say_not_started(index: usize, why: &str);
    pub fn say_bytes(index: usize, bytes: &[u8]);
    pub fn say_text(index: usize, text: &str);
    pub fn count_posted(index: usize) -> usize;
    pub fn say_nonsense(index: usize);
    pub fn fail(index: usize);
    pub fn garble(index: usize);
    pub fn picked_file(bytes: &[u8], name: &str, mime_type: &str) -> web_sys::File;
    pub fn drop_of(names: Vec<String>) -> web_sys::DataTransfer;
    pub fn drop_of_text() -> web_sys::DataTransfer;
    pub fn call_back(channel: &str, message: &JsValue);
    pub fn set_callback(value: &str);
    /// A folder of the page's own file system, with files that hold their own paths.
    pub async fn folder_of(name: &str, paths: Vec<String>) -> JsValue;
    /// There is a service worker that takes downloads, and has none asked for unless it `obeys`.
    pub fn pretend_service_worker(obeys: bool);
    /// The browser allows none.
    pub fn pretend_no_service_worker();
    /// What it got.
    pub fn download_has() -> Vec<u8>;
    /// What it was told of it: its `name`, `type`, `address`, and the `program` and `scope` of the service worker.
    pub fn download_is(property: &str) -> String;
    /// The browser wants no more of it.
    pub fn end_download();
    /// Waits until it was told this.
    pub async fn download_hears(words: &str);
    pub fn frames() -> usize;
    #[wasm_bindgen(catch)]
    pub async fn text_at(address: &str) -> Result<JsValue, JsValue>;
}
