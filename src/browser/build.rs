//! Which build this is, so that page and worker of different builds part at once.

/// The build's id, set by the build; the same for page and worker.
pub const BUILD: &str = match option_env!("ALBUMEN_BUILD") {
    Some(build) => build,
    None => "development",
};
