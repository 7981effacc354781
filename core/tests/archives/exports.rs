//! Every file of an export is found, with its size and its bytes, in whatever form it comes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use albumen_core::takeout::archive::{Bounds, Form as Container, Loose, Take, folder, run, zip::Merging};
use albumen_takeout::truth::{Role, Truth};
use albumen_takeout::{Form, Made, Order, Style, make};

use crate::world::{Disk, list, untar};

fn made(form: Form, style: Style, zip64: bool, folder: &Path) -> (Made, Truth) {
    let made = make(&Order { photos: 200, parts: 3, style, form, seed: 11, zip64 }, folder).unwrap();
    let truth = serde_json::from_slice(&fs::read(&made.truth).unwrap()).unwrap();
    (made, truth)
}

/// Paths of a part's files, and sizes where they are told.
fn told(truth: &Truth, part: u32) -> BTreeMap<String, Option<u64>> {
    let mut told = BTreeMap::new();
    for file in truth.photos.iter().flat_map(|photo| &photo.files).filter(|file| file.parts.contains(&part)) {
        told.insert(file.path.clone(), (file.role != Role::Sidecar).then_some(file.size));
    }
    for album in truth.albums.iter().filter(|album| album.parts.contains(&part)) {
        told.insert(album.sidecar.clone(), None);
    }
    for other in truth.others.iter().filter(|other| other.parts.contains(&part)) {
        told.insert(other.path.clone(), None);
    }
    told
}

fn check(told: &BTreeMap<String, Option<u64>>, found: &[(String, Vec<u8>)]) {
    let paths: BTreeSet<&String> = found.iter().map(|(path, _)| path).collect();
    assert_eq!(paths, told.keys().collect());
    assert_eq!(paths.len(), found.len());
    for (path, bytes) in found {
        assert!(told[path].is_none_or(|size| size == bytes.len() as u64), "{path}");
        if path.ends_with(".json") && told[path].is_none() && bytes.len() > 20 {
            assert!(serde_json::from_slice::<serde_json::Value>(bytes).is_ok(), "{path}");
        }
    }
}

#[test]
fn zips_hold_what_the_truth_says() {
    for (style, zip64) in [(Style::Old, false), (Style::New, true)] {
        let dir = tempfile::tempdir().unwrap();
        let (made, truth) = made(Form::Zip, style, zip64, dir.path());
        for (number, path) in (1..).zip(&made.parts) {
            let mut disk = Disk::default();
            let part = disk.open(path);
            assert_eq!(pollster::block_on(run::form(&disk, &part)), Ok(Container::Zip));
            let (batch, ended) = list(&disk, &part);
            assert_eq!((ended, batch.problems.as_slice()), (Ok(()), [].as_slice()));
            let mut found = Vec::new();
            pollster::block_on(run::read(
                &disk,
                &part,
                &batch.entries,
                Take::Whole(1 << 20),
                Merging::default(),
                |index, bytes| found.push((batch.entries[index].name.clone(), bytes.unwrap().to_vec())),
            ))
            .unwrap();
            check(&told(&truth, number), &found);
        }
    }
}

#[test]
fn tars_hold_what_the_truth_says() {
    let dir = tempfile::tempdir().unwrap();
    let (made, truth) = made(Form::Tgz, Style::New, false, dir.path());
    for (number, path) in (1..).zip(&made.parts) {
        let mut disk = Disk::default();
        let part = disk.open(path);
        assert_eq!(pollster::block_on(run::form(&disk, &part)), Ok(Container::TarGz));
        let (kept, rest, ended) = untar(&disk, &part);
        assert_eq!((ended, rest.problems.as_slice()), (Ok(()), [].as_slice()));
        let found: Vec<_> = kept.into_iter().map(|kept| (kept.entry.name, kept.bytes.unwrap())).collect();
        check(&told(&truth, number), &found);
    }
}

#[test]
fn a_folder_holds_what_the_truth_says() {
    let dir = tempfile::tempdir().unwrap();
    let (_, truth) = made(Form::Folder, Style::New, false, dir.path());
    let told = told(&truth, 1);
    let mut disk = Disk::default();
    let loose: Vec<Loose> = told
        .keys()
        .map(|path| {
            let part = disk.open(&dir.path().join(path));
            Loose { file: part.file, path: path.clone(), size: part.size }
        })
        .collect();
    let batch = folder(loose, &Bounds::default());
    assert!(batch.problems.is_empty());
    let part = disk.open(&dir.path().join("truth.json"));
    let mut found = Vec::new();
    pollster::block_on(run::read(
        &disk,
        &part,
        &batch.entries,
        Take::Whole(1 << 20),
        Merging::default(),
        |index, bytes| found.push((batch.entries[index].name.clone(), bytes.unwrap().to_vec())),
    ))
    .unwrap();
    check(&told, &found);
}
