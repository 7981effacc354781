//! How every file begins, and how long it may be.

use std::path::Path;

use crate::sources::{Source, files, text};

/// Lines a file may have before its tests.
const LINES: usize = 400;

#[test]
fn every_rust_file_begins_by_saying_what_it_is_for() {
    let silent: Vec<String> = rust()
        .into_iter()
        .filter(|source| !source.text.lines().next().is_some_and(|line| line.starts_with("//! ") && line.len() > 8))
        .map(|source| source.path)
        .collect();
    assert_eq!(silent, Vec::<String>::new(), "the first line of these is no \"//!\" with a sentence");
}

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let long: Vec<String> = rust()
        .iter()
        .map(|source| (&source.path, source.text.lines().take_while(|line| *line != "#[cfg(test)]").count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(path, lines)| format!("{path}: {lines}"))
        .collect();
    assert_eq!(long, Vec::<String>::new(), "these have more than {LINES} lines before their tests: split them");
}

#[test]
fn nothing_unfinished_is_left_lying() {
    // Spelled in two halves, so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let mut found = Vec::new();
    for source in rust() {
        for (number, line) in source.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                found.push(format!("{}:{}", source.path, number + 1));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_link_between_the_documents_leads_to_a_file() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for document in ["README.md", "ARCHITECTURE.md", "SECURITY.md"] {
        let text = text(document);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for target in targets.filter(|target| !target.is_empty() && !target.starts_with("http")) {
            seen += 1;
            if !Path::new(env!("CARGO_MANIFEST_DIR")).join(target).exists() {
                broken.push(format!("{document}: {target}"));
            }
        }
    }
    assert!(seen > 3, "only {seen} links were found");
    assert_eq!(broken, Vec::<String>::new());
}

/// Every Rust file of the project.
fn rust() -> Vec<Source> {
    let folders = ["benches", "charts/src", "core/src", "page", "parquet", "src", "tests", "worker/src", "xtask/src"];
    let mut sources: Vec<Source> = folders.iter().flat_map(|folder| files(folder, ".rs")).collect();
    sources.push(Source { path: "build.rs".into(), text: text("build.rs") });
    sources
}
