//! The stage on which the release bundle is played: Chromium, a page server that knows nothing of the page, and the
//! sandbox behind TLS under Google's own host names. The plays themselves are in `tests/walks`.
//!
//! | part | what it is |
//! |---|---|
//! | [`walk`] | one play: the stage set, the story told, the house swept and looked over |
//! | [`google`] | the sandbox over TLS, with a clock that can be advanced and faults that can be scripted |
//! | [`page`] | the bundle as any static host serves it |
//! | [`recorder`] | where every other host name leads; it must stay empty |
//! | [`browser`] | Chromium by WebDriver: what a person does |
//! | [`watcher`] | Chromium by its debugging socket: consoles, workers, time zone, file dialog |
//! | [`people`] | whose account it is, and the OAuth clients they made |
//! | [`library`] | what the browser keeps of the person's photos |
//! | [`pictures`] | real files to upload |

pub mod browser;
pub mod clock;
pub mod failure;
pub mod google;
pub mod library;
pub mod page;
pub mod people;
pub mod pictures;
pub mod recorder;
pub mod walk;
pub mod watcher;

mod names;
mod script;
mod server;
mod wait;
