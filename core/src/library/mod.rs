//! The library on its way to the screen: the fetch from Google, the layout of rows, scroll space, what is selected, the
//! zoom of a picture.

mod find;
pub mod gesture;
pub mod layout;
mod ready;
pub mod scroll;
pub mod scrubber;
mod searches;
mod selection;
pub mod slots;
mod sync;
pub mod zoom;

pub use find::place_of;
pub use ready::{Way, ready_rows};
pub use searches::{Answered, Searches};
pub use selection::Selection;
pub use sync::{Command as SyncCommand, Event as SyncEvent, MOST_UNCOMMITTED_PAGES, Sync};
