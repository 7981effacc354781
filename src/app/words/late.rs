//! Sentences for what takes unusually long.

use super::{Explained, Next};

/// What an opening waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// What is kept on this device.
    Storage,
    Engine,
    /// The file that the screens are in.
    Screens,
}

/// Says what is waited for, for somebody who has waited long already.
pub fn late(wait: Wait) -> Explained {
    let sentence = match wait {
        Wait::Storage => {
            "This device's storage has not answered yet. Another tab of Albumen may be busy with it. Wait a little, close other tabs, or reload."
        }
        Wait::Engine => {
            "The part of Albumen that works in the background has not answered yet. Wait a little, or reload."
        }
        Wait::Screens => {
            "This part of Albumen is still being loaded: the connection may be slow. Wait a little, or reload."
        }
    };
    Explained::new(sentence, Next::Reload)
}
