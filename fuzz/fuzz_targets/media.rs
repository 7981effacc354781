//! Any bytes as a photo or video: its Exif, its boxes.

#![no_main]

use albumen_core::takeout::exif::{Reader, Step};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::new(bytes.len() as u64);
    for _ in 0..100 {
        match reader.step() {
            Step::Need(range) => {
                assert!(range.start < range.end && range.end <= bytes.len() as u64);
                reader.add(range.start, bytes[range.start as usize..range.end as usize].to_vec());
            }
            Step::Done { facts, .. } => {
                assert!(facts.width_px <= 1_000_000 && facts.height_px <= 1_000_000);
                assert!(facts.orientation.is_none_or(|turn| (1..=8).contains(&turn)));
                return;
            }
        }
    }
    panic!("it asks for ever");
});
