//! The page's entry, and where its program is divided: `cargo xtask dist` puts everything that only `frame` leads to into
//! a file of its own (see xtask/src/split.rs).

#[cfg(target_family = "wasm")]
use albumen::app::{
    self,
    later::{self, Make, NotLoaded},
};

#[cfg(target_family = "wasm")]
fn main() {
    app::start(|| Box::pin(load()));
}

#[cfg(all(target_family = "wasm", split))]
async fn load() -> Result<Make, NotLoaded> {
    frame().await
}

#[cfg(all(target_family = "wasm", not(split)))]
async fn load() -> Result<Make, NotLoaded> {
    frame()
}

#[cfg(target_family = "wasm")]
#[cfg_attr(split, leptos::wasm_split::wasm_split(screens, wasm_split_path = ::leptos::wasm_split, fallible))]
fn frame() -> Result<Make, NotLoaded> {
    Ok(later::frame)
}

/// The page exists in browsers only; the host builds this program to keep one workspace.
#[cfg(not(target_family = "wasm"))]
fn main() {}
