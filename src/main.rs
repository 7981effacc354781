//! The page's entry.

#[cfg(target_family = "wasm")]
fn main() {
    albumen::app::start();
}

/// The page exists in browsers only; the host builds this program to keep one workspace.
#[cfg(not(target_family = "wasm"))]
fn main() {}
