//! Which build this is, so that page and worker of different builds part at once.

/// The build's id, set by the build; the same for page and worker.
pub const BUILD: &str = env!("ALBUMEN_BUILD");
