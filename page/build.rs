//! Tells the program whether it will be divided.

use std::env;

/// Set by `cargo xtask dist`, which divides the page's program (see xtask/src/split.rs). A program that was made for
/// that cannot run undivided.
const SPLIT: &str = "ALBUMEN_SPLIT";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={SPLIT}");
    if env::var_os(SPLIT).is_some() {
        println!("cargo::rustc-cfg=split");
        // What refers to what, for the tool that divides the page's program.
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
}
