//! What the fuzz targets have found, once more: `fuzz/corpus` on the stable compiler.

use std::fs;
use std::path::Path;

use albumen_core::takeout::exif::{Reader, Step};
use albumen_core::takeout::matching::{Found, Scan, resolve};
use albumen_core::takeout::sidecar::read_json;

/// Calls `check` with every file of a target's corpus.
fn replay(target: &str, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut count = 0;
    for file in files {
        let bytes = file.and_then(|file| fs::read(file.path()));
        check(&bytes.expect("a corpus is part of the sources"));
        count += 1;
    }
    assert!(count > 0, "{} is empty", folder.display());
}

#[test]
fn sidecars() {
    replay("sidecar", |bytes| {
        let _ = read_json(bytes);
    });
}

#[test]
fn media() {
    replay("media", |bytes| {
        let mut reader = Reader::new(bytes.len() as u64);
        let done = (0..100).any(|_| match reader.step() {
            Step::Need(range) => {
                reader.add(range.start, bytes[range.start as usize..range.end as usize].to_vec());
                false
            }
            Step::Done { .. } => true,
        });
        assert!(done, "it asks for ever");
    });
}

#[test]
fn names() {
    replay("names", |bytes| {
        let mut scan = Scan::default();
        for (entry, path) in String::from_utf8_lossy(bytes).lines().enumerate() {
            let part = scan.part(["takeout-20240516T230250Z-001.zip", "takeout-20240516T230250Z-002.zip"][entry % 2]);
            let Ok(file) = scan.find(Found { part, entry: entry as u32, path, size: (entry % 3) as u64 }) else {
                continue;
            };
            let json = format!(r#"{{"title":{path:?},"photoTakenTime":{{"timestamp":"{}"}}}}"#, entry % 4);
            scan.read(file, json.as_bytes());
        }
        assert_eq!(resolve(&scan).fates.len(), scan.len());
    });
}
