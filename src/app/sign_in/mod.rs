//! Setting up the OAuth client, the pretend consent screen, and waiting for a window of Google's.

mod client;
mod consent;
mod guide;

pub use client::ClientDialog;
pub use consent::{ConsentDialog, ElsewhereDialog};
