//! The page: what the browser can do for us, the worker's shell, and the screens.
//!
//! | room | what it holds |
//! |---|---|
//! | `browser` | one file per ability of the browser; the only room where a `JsValue` may be seen |
//! | `app` | the screens: read signals, call actions |
//! | `worker` | the engine's shell: reads the protocol, builds the ports of a world, calls the core |
//!
//! All of it exists on the wasm target only: what can be decided without a browser is decided, and tested, in
//! `albumen-core`.

#[cfg(target_family = "wasm")]
pub mod app;
#[cfg(target_family = "wasm")]
pub mod browser;
#[cfg(target_family = "wasm")]
pub mod worker;

// The screens' words are pure, so the host can test them without building the screens.
#[cfg(all(test, not(target_family = "wasm")))]
#[path = "app/words/mod.rs"]
pub mod words;
