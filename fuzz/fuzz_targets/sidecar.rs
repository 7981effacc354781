//! Any bytes as a JSON file of an export.

#![no_main]

use albumen_core::takeout::sidecar::{Json, read_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((Json::Photo(sidecar), _)) = read_json(bytes) {
        assert!(sidecar.taken_s != Some(0));
        assert!(sidecar.url.is_empty() || sidecar.url.starts_with("https://photos.google.com/"));
        assert!(sidecar.place().is_none_or(|place| place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0));
    }
});
