//! Stories: the engine over a scripted world, with the pretend Google behind its HTTP port.

#![expect(clippy::unwrap_used, reason = "the stories' helpers are tests too")]

mod albums;
mod correcting;
mod edit;
mod exporting;
mod import;
mod making;
mod merging;
mod original;
mod search;
mod sign_in;
mod sync;
mod table;
mod thumbnails;
mod uploads;
mod world;
mod zones;
