//! Buttons, fields, dialogs, progress, failures: pieces of every screen that know nothing of photos.

mod button;
mod copy_value;
mod dialog;
mod drop_well;
mod failure;
mod file_button;
mod focus;
mod icon;
mod progress;
mod toast;

pub use button::{Button, ButtonLook, IconButton};
pub use copy_value::CopyValue;
pub use dialog::Dialog;
pub use drop_well::{DropPlace, DropWell};
pub use failure::{Failure, Note};
pub use file_button::FileButton;
pub use focus::hand_on_focus;
pub use icon::{Icon, Sign};
pub use progress::Progress;
pub use toast::{Toaster, Toasts};
