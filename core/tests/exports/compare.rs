//! What was found against what is true, file by file, album by album; photos are compared in `photos`.

use std::collections::{BTreeMap, BTreeSet};

use albumen_core::takeout::matching::{Fate, FileId, Ignored, PhotoId, Reason, Resolved, Scan};
use albumen_core::takeout::sidecar::JsonError;
use albumen_takeout::truth::case::Case;
use albumen_takeout::truth::{Other, Role, Truth};

use crate::photos::compare_photo;
use crate::reading::{Facts, ReadPart};

/// A file of the export: its path, and its part from 1.
pub(crate) type Spot<'a> = (&'a str, u32);

/// All that was found.
pub(crate) struct Outcome<'a> {
    pub(crate) truth: &'a Truth,
    pub(crate) scan: &'a Scan,
    pub(crate) resolved: &'a Resolved,
    pub(crate) facts: &'a Facts,
    pub(crate) spots: BTreeMap<FileId, Spot<'a>>,
    pub(crate) files: BTreeMap<Spot<'a>, FileId>,
    /// Files by photo.
    pub(crate) of_photo: BTreeMap<PhotoId, Vec<FileId>>,
}

/// Everything in which the two differ, in words.
pub(crate) fn differences(
    truth: &Truth,
    parts: &[ReadPart],
    scan: &Scan,
    resolved: &Resolved,
    facts: &Facts,
) -> Vec<String> {
    let mut outcome = Outcome {
        truth,
        scan,
        resolved,
        facts,
        spots: BTreeMap::new(),
        files: BTreeMap::new(),
        of_photo: BTreeMap::new(),
    };
    for id in scan.ids() {
        let file = scan.file(id);
        let part = parts.iter().find(|part| part.name == scan.parts()[file.part.0 as usize]).unwrap();
        let spot = (part.entries[&file.entry].name.as_str(), part.number);
        outcome.spots.insert(id, spot);
        outcome.files.insert(spot, id);
        if let Some(Fate::Photo(photo, _) | Fate::Lone(photo, ..)) = resolved.fate(id) {
            outcome.of_photo.entry(photo).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    compare_files(&outcome, &mut found);
    compare_albums(&outcome, &mut found);
    let mut seen: BTreeSet<PhotoId> = BTreeSet::new();
    for photo in &truth.photos {
        if let Some(id) = compare_photo(&outcome, photo, &mut found)
            && !seen.insert(id)
        {
            found.push(format!("{} {:?} is one with another", photo.id, photo.case));
        }
    }
    for (id, photo) in resolved.photos.iter().enumerate().filter(|(id, _)| !seen.contains(&PhotoId(*id as u32))) {
        found.push(format!("photo {id} {:?} is none", outcome.spots[&photo.main]));
    }
    found
}

/// Every file that is told is there and no other, and those of no photo are what they are told to be.
fn compare_files(outcome: &Outcome<'_>, found: &mut Vec<String>) {
    let truth = outcome.truth;
    let mut told: BTreeMap<Spot<'_>, Option<Fate>> = BTreeMap::new();
    for photo in &truth.photos {
        for file in &photo.files {
            let is_broken = photo.case == Case::BrokenSidecar && file.role == Role::Sidecar;
            let fate = is_broken.then_some(Fate::Unmatched(Reason::BadJson(JsonError::NotJson)));
            told.extend(file.parts.iter().map(|part| ((file.path.as_str(), *part), fate)));
        }
    }
    for other in &truth.others {
        let fate = match other.is {
            Other::OrphanSidecar => Fate::Unmatched(Reason::NoPhoto),
            Other::Ignored => Fate::Ignored(match other.path.as_str() {
                path if path.ends_with(".html") => Ignored::Page,
                path if path.ends_with("desktop.ini") => Ignored::Litter,
                path if path.contains("/Drive/") => Ignored::OtherProduct,
                _ => Ignored::KnownJson,
            }),
        };
        told.extend(other.parts.iter().map(|part| ((other.path.as_str(), *part), Some(fate))));
    }
    for album in &truth.albums {
        told.extend(album.parts.iter().map(|part| ((album.sidecar.as_str(), *part), None)));
    }
    let missing = told.keys().filter(|spot| !outcome.files.contains_key(*spot));
    found.extend(missing.map(|spot| format!("{spot:?} was not found")));
    for (spot, file) in &outcome.files {
        let fate = outcome.resolved.fate(*file).unwrap();
        match told.get(spot) {
            None => found.push(format!("{spot:?} is told nowhere")),
            Some(Some(expected)) if *expected != fate => found.push(format!("{spot:?}: {expected:?}, not {fate:?}")),
            Some(None) if !matches!(fate, Fate::Photo(..) | Fate::Lone(..) | Fate::Album(_)) => {
                found.push(format!("{spot:?} is {fate:?}"));
            }
            _ => {}
        }
    }
}

fn compare_albums(outcome: &Outcome<'_>, found: &mut Vec<String>) {
    let Outcome { truth, resolved, spots, files, .. } = outcome;
    if truth.albums.len() != resolved.albums.len() {
        found.push(format!("{} albums, not {}", resolved.albums.len(), truth.albums.len()));
    }
    for told in &truth.albums {
        let facts: Vec<Option<Fate>> = told
            .parts
            .iter()
            .map(|part| files.get(&(told.sidecar.as_str(), *part)).and_then(|file| resolved.fate(*file)))
            .collect();
        let Some(Some(Fate::Album(id))) = facts.first() else {
            found.push(format!("{} is no album: {facts:?}", told.folder));
            continue;
        };
        let album = &resolved.albums[id.0 as usize];
        let is_one = facts.iter().all(|fate| *fate == Some(Fate::Album(*id)));
        let own = album.facts.map(|file| spots[&file].0);
        let told_as = (&told.title, told.members.len() as u32, Some(told.sidecar.as_str()), true);
        let found_as = (&album.title, album.photos, own, is_one);
        if told_as != found_as {
            found.push(format!("album {}: {told_as:?}, not {found_as:?}", told.folder));
        }
    }
}
