//! The names of what we keep in the browser. Pages under other paths of one origin share its storage, its locks and its
//! channels, so every name carries our base path.

use albumen_core::protocol::World;
use web_sys::Url;

/// The path of the page's base address, with a slash at its end: what sets us apart on a shared origin.
pub fn base_path(base: &str) -> String {
    Url::new(base).map_or_else(|_| base.to_owned(), |url| url.pathname())
}

/// The origin of an address: scheme, host and port, no slash.
pub fn origin(address: &str) -> String {
    Url::new(address).map(|url| url.origin()).unwrap_or_default()
}

/// The IndexedDB database of a world.
pub fn database(base: &str, world: World) -> String {
    format!("albumen:{}:{}", base_path(base), word(world))
}

/// The IndexedDB database of files that were chosen in a world and may be asked for again.
pub fn handles(base: &str, world: World) -> String {
    format!("albumen:{}:{}:handles", base_path(base), word(world))
}

/// The IndexedDB database of a world's small pictures.
pub fn small_pictures(base: &str, world: World) -> String {
    format!("{}:small", database(base, world))
}

/// The BroadcastChannel on which a sign-in in another window hands its callback over.
pub fn callback_channel(base: &str) -> String {
    format!("albumen:{}:callback", base_path(base))
}

/// A small setting in `localStorage`.
pub fn setting(base: &str, name: &str) -> String {
    format!("albumen:{}:{name}", base_path(base))
}

/// What a tab keeps of a world in `sessionStorage`.
pub fn in_tab(base: &str, world: World, name: &str) -> String {
    format!("albumen:{}:{}:{name}", base_path(base), word(world))
}

/// A Web Lock of a world.
pub fn lock(base: &str, world: World, name: &str) -> String {
    format!("albumen:{}:{}:{name}", base_path(base), word(world))
}

/// The Web Lock under which the database of this name is opened.
pub fn opening_lock(database: &str) -> String {
    format!("{database}:opening")
}

fn word(world: World) -> &'static str {
    match world {
        World::Google => "google",
        World::Sandbox => "sandbox",
    }
}
