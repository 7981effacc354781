//! The library on its way to the screen: the fetch from Google, first of media items and then of albums, the layout of
//! rows, scroll space, what is selected, the zoom of a picture.

mod albums;
mod asking;
mod find;
pub mod gesture;
pub mod layout;
mod pace;
mod ready;
mod retry;
pub mod scroll;
pub mod scrubber;
mod searches;
mod selection;
pub mod slots;
mod sync;
pub mod zoom;

pub use albums::{AlbumSync, Command as AlbumCommand, Event as AlbumEvent};
pub use asking::{Urgency, filled, next_wishes};
pub use find::{beside, place_of};
pub use pace::Pace;
pub use ready::{Way, beyond, ready_rows};
pub use searches::{Answered, Searches};
pub use selection::Selection;
pub use sync::{Command as SyncCommand, Event as SyncEvent, MOST_UNCOMMITTED_PAGES, Sync};
