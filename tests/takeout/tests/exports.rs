//! An export is what its truth says, the same whenever it is made, and has every oddity in it.

#![expect(clippy::unwrap_used, reason = "the helpers are tests too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use albumen_takeout::truth::{Basis, Role, Truth, case::Case};
use albumen_takeout::{Form, Made, Order, Style, make};

fn order(form: Form, style: Style) -> Order {
    Order { photos: 300, parts: 3, style, form, seed: 7, zip64: false }
}

fn truth(made: &Made) -> Truth {
    serde_json::from_reader(File::open(&made.truth).unwrap()).unwrap()
}

/// Paths and sizes of all files in each part, as other programs read them.
fn found(form: Form, part: &Path) -> Vec<(String, u64)> {
    let file = File::open(part).unwrap();
    match form {
        Form::Zip => {
            let mut archive = zip::ZipArchive::new(file).unwrap();
            (0..archive.len())
                .map(|nth| {
                    let mut entry = archive.by_index(nth).unwrap();
                    let mut content = Vec::new();
                    entry.read_to_end(&mut content).unwrap();
                    (entry.name().unwrap().into_owned(), content.len() as u64)
                })
                .collect()
        }
        Form::Tgz => {
            let mut archive = tar::Archive::new(flate2::read::MultiGzDecoder::new(file));
            let entries = archive.entries().unwrap();
            entries
                .map(|entry| {
                    let entry = entry.unwrap();
                    (String::from_utf8(entry.path_bytes().into_owned()).unwrap(), entry.size())
                })
                .collect()
        }
        Form::Folder => unreachable!("a folder is looked through by its own test"),
    }
}

/// Path, part and size (where it is told) of every file that the truth names.
fn told(truth: &Truth) -> BTreeSet<(u32, String)> {
    let mut told = BTreeSet::new();
    let mut tell = |path: &str, parts: &[u32]| {
        for part in parts {
            assert!(told.insert((*part, path.to_owned())), "{path} is told twice");
        }
    };
    for file in truth.photos.iter().flat_map(|photo| &photo.files) {
        tell(&file.path, &file.parts);
    }
    truth.albums.iter().for_each(|album| tell(&album.sidecar, &album.parts));
    truth.others.iter().for_each(|other| tell(&other.path, &other.parts));
    told
}

#[test]
fn every_file_is_told_and_every_told_file_is_there() {
    for (form, style) in [(Form::Zip, Style::Old), (Form::Zip, Style::New), (Form::Tgz, Style::New)] {
        let folder = tempfile::tempdir().unwrap();
        let made = make(&order(form, style), folder.path()).unwrap();
        let truth = truth(&made);
        let sizes: BTreeMap<&str, u64> = truth
            .photos
            .iter()
            .flat_map(|photo| &photo.files)
            .filter(|file| file.role != Role::Sidecar)
            .map(|file| (file.path.as_str(), file.size))
            .collect();
        let mut all = BTreeSet::new();
        for (nth, part) in (1..).zip(&made.parts) {
            for (path, size) in found(form, part) {
                assert_eq!(sizes.get(path.as_str()).copied().unwrap_or(size), size, "{path}");
                assert!(all.insert((nth, path.clone())), "{path} is twice in a part");
            }
        }
        assert_eq!(all, told(&truth));
        assert_eq!(all.len() as u64, made.files);
    }
}

#[test]
fn a_folder_is_an_unpacked_export() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&order(Form::Folder, Style::New), folder.path()).unwrap();
    let truth = truth(&made);
    for (_, path) in told(&truth) {
        assert!(fs::metadata(folder.path().join(&path)).is_ok(), "{path}");
    }
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    for form in [Form::Zip, Form::Tgz] {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let order = Order { photos: 100, ..order(form, Style::New) };
        let made = make(&order, one.path()).unwrap();
        let again = make(&order, two.path()).unwrap();
        for (one, two) in made.parts.iter().chain([&made.truth]).zip(again.parts.iter().chain([&again.truth])) {
            assert!(fs::read(one).unwrap() == fs::read(two).unwrap(), "{} differs", one.display());
        }
    }
}

#[test]
fn every_oddity_and_every_basis_is_in_an_export_of_any_seed() {
    for (seed, style) in [(1, Style::Old), (2, Style::New), (3, Style::Old), (4, Style::New)] {
        let folder = tempfile::tempdir().unwrap();
        let made = make(&Order { seed, photos: 250, ..order(Form::Zip, style) }, folder.path()).unwrap();
        let truth = truth(&made);
        let cases: BTreeSet<Case> = truth.photos.iter().map(|photo| photo.case).collect();
        let other_style = if style == Style::Old { Case::NumberInside } else { Case::BareSidecar };
        // The kinds of oddity that there are, save the one of the other style.
        assert_eq!(cases.len(), 51, "{cases:?}");
        assert!(!cases.contains(&other_style));
        let bases: BTreeSet<Basis> = truth.photos.iter().map(|photo| photo.time.deep.basis).collect();
        assert_eq!(bases.len(), 8, "{bases:?}");
    }
}

#[test]
fn a_third_of_the_sidecars_are_in_another_part() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&order(Form::Zip, Style::New), folder.path()).unwrap();
    let (mut apart, mut all) = (0, 0);
    for photo in &truth(&made).photos {
        let part_of = |role| photo.files.iter().find(|file| file.role == role && file.album.is_none());
        if let (Some(media), Some(sidecar)) = (part_of(Role::Media), part_of(Role::Sidecar)) {
            all += 1;
            apart += usize::from(media.parts[0] != sidecar.parts[0]);
        }
    }
    assert!((25..42).contains(&(apart * 100 / all)), "{apart} of {all}");
}

#[test]
fn whoever_is_told_to_be_in_an_album_can_be_found_there() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&Order { photos: 2000, ..order(Form::Zip, Style::New) }, folder.path()).unwrap();
    for photo in &truth(&made).photos {
        for album in &photo.albums {
            let tells = |role: Role| role != Role::Sidecar || photo.url.is_some();
            let told = photo.files.iter().any(|file| file.album == Some(*album) && tells(file.role));
            assert!(told, "{} is in {album} and nothing says so", photo.title);
        }
    }
}

#[test]
fn what_is_told_of_a_time_never_contradicts_itself() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&order(Form::Zip, Style::New), folder.path()).unwrap();
    for photo in &truth(&made).photos {
        let time = &photo.time;
        // The best witnesses tell the truth.
        if time.deep.basis <= Basis::GpsTime {
            assert_eq!((time.deep.local.as_ref(), time.deep.instant_s), (Some(&time.local), Some(time.instant_s)));
        }
        if time.quick.basis == Basis::FileName {
            assert_eq!(time.quick.local.as_ref(), Some(&time.local), "{photo:?}");
        }
        assert!(time.deep.basis <= time.quick.basis || time.quick.basis == Basis::FileName, "{photo:?}");
    }
}

#[test]
fn names_keep_to_their_lengths() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&order(Form::Zip, Style::New), folder.path()).unwrap();
    for file in truth(&made).photos.iter().flat_map(|photo| &photo.files) {
        let name = file.path.rsplit('/').next().unwrap();
        let composed =
            unicode_normalization::UnicodeNormalization::nfc(name).collect::<String>().encode_utf16().count();
        let most = if file.role == Role::Sidecar { 46 + 5 } else { 47 + 6 };
        // A number counts for nothing.
        assert!(composed <= most || name.contains('('), "{name}: {composed}");
    }
}
