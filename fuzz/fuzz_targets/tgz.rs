//! Tars, plain and in gzip.
#![no_main]

#[path = "../exercises/tgz.rs"]
mod tgz;

libfuzzer_sys::fuzz_target!(|data: &[u8]| tgz::exercise(data));
