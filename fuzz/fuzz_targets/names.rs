//! Any lines as the paths of an export, with sidecars of their names, all matched.

#![no_main]

use albumen_core::takeout::matching::{Found, Scan, resolve};
use albumen_core::takeout::report::Report;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut scan = Scan::default();
    for (entry, path) in text.lines().enumerate() {
        let part = scan.part(["takeout-20240516T230250Z-001.zip", "takeout-20240516T230250Z-002.zip"][entry % 2]);
        let found = Found { part, entry: entry as u32, path, size: (entry % 3) as u64 };
        let Ok(file) = scan.find(found) else { continue };
        let json = format!(r#"{{"title":{path:?},"photoTakenTime":{{"timestamp":"{}"}}}}"#, entry % 4);
        scan.read(file, json.as_bytes());
    }
    let resolved = resolve(&scan);
    let report = Report::new(&scan, &resolved);
    assert_eq!(resolved.fates.len() as u32, report.files);
});
