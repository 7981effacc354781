//! Exports that were made without the reader, read from end to end: containers, names, sidecars, matching, Exif, times.
//! What comes out is what the maker says of them, photo by photo and file by file, whatever the order of the parts.

#![expect(clippy::unwrap_used, reason = "the helpers are tests too")]

mod compare;
mod photos;
mod reading;
mod times;
#[path = "../archives/world.rs"]
mod world;

use std::fs;

use albumen_core::takeout::matching::resolve;
use albumen_takeout::truth::Truth;
use albumen_takeout::{Form, Made, Order, Style, make};

use compare::differences;
use reading::{ReadPart, facts, read_archive, read_parts, read_unpacked, together};

/// Makes an export, reads it, and compares in several orders of its parts.
fn check(order: Order) {
    let dir = tempfile::tempdir().unwrap();
    let made = make(&order, dir.path()).unwrap();
    compare(&order, &made, &read_parts(&made, order.form));
}

fn compare(order: &Order, made: &Made, parts: &[ReadPart]) {
    let truth: Truth = serde_json::from_slice(&fs::read(&made.truth).unwrap()).unwrap();
    let count = parts.len();
    let forward: Vec<usize> = (0..count).collect();
    let backward: Vec<usize> = forward.iter().rev().copied().collect();
    let tail_first: Vec<usize> = (0..count).map(|nth| (nth + count - 1) % count).collect();
    let scan = together(parts, &forward);
    let facts = facts(parts, &scan, &resolve(&scan));
    for of_parts in [forward, backward, tail_first] {
        let scan = together(parts, &of_parts);
        let resolved = resolve(&scan);
        let found = differences(&truth, parts, &scan, &resolved, &facts);
        let first: Vec<&String> = found.iter().take(40).collect();
        assert!(found.is_empty(), "{order:?} {of_parts:?}: {} differences: {first:#?}", found.len());
    }
}

fn small(form: Form, style: Style, seed: u64) {
    check(Order { photos: 600, parts: 3, style, form, seed, zip64: seed.is_multiple_of(2) });
}

#[test]
fn zips_of_the_old_style_come_to_the_truth() {
    small(Form::Zip, Style::Old, 1);
    small(Form::Zip, Style::Old, 2);
}

#[test]
fn zips_of_the_new_style_come_to_the_truth() {
    small(Form::Zip, Style::New, 1);
    small(Form::Zip, Style::New, 2);
}

#[test]
fn tgzs_come_to_the_truth() {
    small(Form::Tgz, Style::Old, 1);
    small(Form::Tgz, Style::New, 2);
}

#[test]
fn folders_come_to_the_truth() {
    small(Form::Folder, Style::Old, 2);
    small(Form::Folder, Style::New, 1);
}

#[test]
fn a_mixture_of_forms_comes_to_the_truth() {
    let (dir, other, unpacked) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let zips = Order { photos: 300, parts: 3, style: Style::New, form: Form::Zip, seed: 4, zip64: false };
    let made = make(&zips, dir.path()).unwrap();
    let tgzs = make(&Order { form: Form::Tgz, ..zips }, other.path()).unwrap();
    let parts = [
        read_archive(1, &made.parts[0]),
        read_archive(2, &tgzs.parts[1]),
        read_unpacked(3, &made.parts[2], unpacked.path()),
    ];
    compare(&zips, &made, &parts);
}

#[test]
#[ignore = "takes two minutes without optimization"]
fn twenty_thousand_photos_come_to_the_truth() {
    for (form, style) in [(Form::Zip, Style::New), (Form::Tgz, Style::Old)] {
        check(Order { photos: 20_000, parts: 5, style, form, seed: 3, zip64: true });
    }
}
