//! The worker: the engine and nothing of the screens.

fn main() {
    // Programs are built for the host too when everything is; there they have nothing to do.
    #[cfg(target_family = "wasm")]
    albumen::worker::run();
}
