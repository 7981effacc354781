//! The client's side of Google's wire: requests built, replies parsed, refusals classified.
//!
//! Pure functions: a request goes out as [`crate::ports::Request`], a reply comes in as [`crate::ports::Reply`], and
//! nothing here sends, waits or remembers. Everything that comes in is taken as hostile: it may be refused or noted as a
//! problem, it never panics and nothing is dropped in silence.

pub mod albums;
pub mod batch_create;
pub mod batch_get;
pub mod edit;
pub mod pictures;
pub mod refusals;
pub mod search;
pub mod uploads;
pub mod video;

mod envelope;
mod item;
mod pacific;
mod percent;
mod refusal;
mod reply;
mod scan;

pub use pictures::{is_google_image_host, original_url, picture_url, poster_url, video_url};
pub use refusal::Refusal;

/// Where the Library API lives. A constant: no file and no reply may point us elsewhere.
pub const LIBRARY: &str = "https://photoslibrary.googleapis.com";
