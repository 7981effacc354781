//! What the browser can do for us, one file per ability. The only room where a `JsValue` may be seen.
//!
//! The first group implements `albumen_core::ports` and works in page and worker alike; the second belongs to the page.
//!
//! | file | ability |
//! |---|---|
//! | [`idb`] | one IndexedDB database: opening, upgrading, transactions that tell why they failed |
//! | [`store`] | `ports::Store` over IndexedDB |
//! | [`vault`] | `ports::Vault`: AES-GCM under a key that never leaves the browser |
//! | [`http`] | `ports::Http` by `fetch`, and by `XMLHttpRequest` for files |
//! | [`clock`] | `ports::Clock` |
//! | [`entropy`] | `ports::Entropy` |
//! | [`locks`] | `ports::Locks`: one tab at a time |
//! | [`shrink`] | `ports::Shrink`: pictures decoded and made small |
//! | [`files`] | files from the dialog or a drop |
//! | [`zones`] | `ports::Zones`: which zone is where, and its history |
//! | [`build`] | which build this is |
//! | [`timing`] | spans in the browser's own timeline |
//! | [`names`] | the names of what we keep on a shared origin |
//! | [`panic`] | what happens after a panic |
//! | [`worker_link`] | the page's end of the worker |
//! | [`parquet`] | Parquet files, made in a worker of their own |
//! | [`worker_port`] | the worker's end |
//! | [`channel`] | callbacks from a sign-in in another window |
//! | [`page`] | address, title, theme, full screen, storage estimate |
//! | [`history`] | the address bar: screens without loading |
//! | [`pop_up`] | a window opened by a click |
//! | [`download`] | bytes handed to the person |
//! | [`saving`] | files written piece by piece, into the downloads |
//! | [`chosen`] | files and whole folders for an import |
//! | [`handles`] | files that can be had again after a reload |
//! | [`parts`] | large texts for the clipboard |
//! | [`remembered`] | small settings that outlive the page |
//! | [`locale`] | numbers and dates as the reader's country writes them |
//! | [`zone`] | the person's time zone |
//! | [`object_url`] | addresses of bytes in memory |
//! | [`echarts`] | charts |
//! | [`canvas`] | drawing on a canvas |
//! | [`asset`] | files beside the page, loaded when they are wanted |
//! | [`observe`] | sizes and media queries that change |

mod js;
mod long;
mod module_worker;
mod xhr;

pub mod build;
pub mod clock;
pub mod entropy;
pub mod files;
pub mod http;
pub mod idb;
pub mod locks;
pub mod message;
pub mod names;
pub mod panic;
pub mod shrink;
pub mod store;
pub mod timing;
pub mod vault;
pub mod zones;

pub mod asset;
pub mod canvas;
pub mod captioned;
pub mod channel;
pub mod chosen;
pub mod download;
pub mod echarts;
pub mod handles;
pub mod history;
pub mod locale;
pub mod object_url;
pub mod observe;
pub mod page;
pub mod parquet;
pub mod parts;
pub mod pop_up;
pub mod remembered;
pub mod saving;
mod streamed;
pub mod worker_link;
pub mod worker_port;
pub mod zone;
