//! What fuzzing has found, tried again on the stable toolchain: every file of `fuzz/corpus/`.

use std::fs;
use std::path::Path;

#[path = "../../../fuzz/exercises/tgz.rs"]
mod tgz;
#[path = "../../../fuzz/exercises/zip_directory.rs"]
mod zip_directory;

fn replay(target: &str, exercise: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut tried = 0;
    for file in fs::read_dir(folder).unwrap() {
        exercise(&fs::read(file.unwrap().path()).unwrap());
        tried += 1;
    }
    assert!(tried > 3, "only {tried} files for {target}");
}

#[test]
fn zip_directories() {
    replay("zip_directory", zip_directory::exercise);
}

#[test]
fn tgzs() {
    replay("tgz", tgz::exercise);
}
