//! Zips: their end, their list, and all entries.
#![no_main]

#[path = "../exercises/zip_directory.rs"]
mod zip_directory;

libfuzzer_sys::fuzz_target!(|data: &[u8]| zip_directory::exercise(data));
