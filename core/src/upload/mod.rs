//! Uploads: which files Google takes, and the queue that decides what happens to each.

mod accept;
mod error;
mod queue;

pub use accept::{MOST_PHOTO_BYTES, MOST_VIDEO_BYTES, accept};
pub use error::FileError;
pub use queue::{Entry, MOST_IN_BATCH, MOST_SENDING, Next, Queue, Stage, Token};
