//! The library on its way to the screen: the fetch from Google, the layout of rows, scroll space, the zoom of a picture.

pub mod gesture;
pub mod layout;
pub mod scroll;
mod sync;
pub mod zoom;

pub use sync::{Command as SyncCommand, Event as SyncEvent, MOST_UNCOMMITTED_PAGES, Sync};
