//! One photo: its files, its albums, its marks, its place, and what its file says of itself.

use std::collections::BTreeSet;
use std::fmt::Debug;

use albumen_core::photo::{MediaItem, Origin, Place};
use albumen_core::takeout::exif::MediaFacts;
use albumen_core::takeout::item::item_of;
use albumen_core::takeout::matching::{Fate, Photo, PhotoId, Reason, Role as Found};
use albumen_takeout::truth::case::Case;
use albumen_takeout::truth::{PhotoTruth, Role};

use crate::compare::Outcome;
use crate::times::{TruthsZones, as_known, as_told, iso};

struct Differences<'a> {
    told: &'a PhotoTruth,
    list: &'a mut Vec<String>,
}

impl Differences<'_> {
    fn check<T: PartialEq + Debug>(&mut self, what: &str, told: T, found: T) {
        if told != found {
            let PhotoTruth { id, case, title, .. } = self.told;
            self.list.push(format!("{id} {case:?} {title}: {what}: {told:?}, not {found:?}"));
        }
    }
}

/// Compares one photo with what it was found to be; which that is.
pub(crate) fn compare_photo(outcome: &Outcome<'_>, told: &PhotoTruth, list: &mut Vec<String>) -> Option<PhotoId> {
    let mut differences = Differences { told, list };
    let media = told.files.iter().find(|file| file.role == Role::Media)?;
    let file = outcome.files.get(&(media.path.as_str(), media.parts[0]))?;
    let Some(Fate::Photo(id, _) | Fate::Lone(id, ..)) = outcome.resolved.fate(*file) else { return None };
    let photo = &outcome.resolved.photos[id.0 as usize];
    compare_files(outcome, &mut differences, id, photo);
    let albums: BTreeSet<&str> =
        told.albums.iter().map(|album| outcome.truth.albums[*album as usize].sidecar.as_str()).collect();
    let found = outcome.resolved.albums_of(photo).iter();
    let found = found.filter_map(|album| outcome.resolved.albums[album.0 as usize].facts);
    differences.check("albums", albums, found.map(|file| outcome.spots[&file].0).collect());
    let main = outcome.scan.file(photo.main);
    let part = outcome.scan.parts()[main.part.0 as usize].clone();
    let facts = &outcome.facts[&(part, main.entry)];
    let zones = TruthsZones::new(&told.time.zone, &outcome.truth.persons_zone);
    let quick = item_of(outcome.scan, photo, None, &zones);
    let deep = item_of(outcome.scan, photo, Some(facts), &zones);
    compare_item(&mut differences, &quick);
    compare_item(&mut differences, &deep);
    compare_exif(&mut differences, facts);
    let plain = |place: Option<Place>| place.map(|place| (place.latitude, place.longitude));
    differences.check("quick place", told.geo_data.or(told.geo_data_exif), plain(place_of(&quick)));
    let best = told.geo_data.or(told.file_place).or(told.geo_data_exif);
    differences.check("deep place", best, plain(place_of(&deep)).map(|found| near(found, best)));
    differences.check("quick time", as_told(&told.time.quick), as_known(quick.taken()));
    differences.check("deep time", as_told(&told.time.deep), as_known(deep.taken()));
    Some(id)
}

/// What Exif divides into seconds is not to the last digit what it was: where both are the same to a millionth of a
/// degree, a hand's breadth, it is that.
fn near(found: (f64, f64), told: Option<(f64, f64)>) -> (f64, f64) {
    let is_near = |told: &(f64, f64)| (told.0 - found.0).abs() < 1e-6 && (told.1 - found.1).abs() < 1e-6;
    told.filter(is_near).unwrap_or(found)
}

fn compare_files(outcome: &Outcome<'_>, differences: &mut Differences<'_>, id: PhotoId, photo: &Photo) {
    let told = differences.told;
    let is_broken = told.case == Case::BrokenSidecar;
    let files = || told.files.iter().filter(|file| !(is_broken && file.role == Role::Sidecar));
    let all: BTreeSet<_> = files()
        .flat_map(|file| file.parts.iter().map(|part| (file.path.as_str(), *part, file.role == Role::Sidecar)))
        .collect();
    let mut found = BTreeSet::new();
    let mut ones: Vec<(Found, Role)> = Vec::new();
    for file in &outcome.of_photo[&id] {
        let spot = outcome.spots[file];
        let Some((role, reason)) = (match outcome.resolved.fate(*file) {
            Some(Fate::Photo(_, role)) => Some((role, None)),
            Some(Fate::Lone(_, role, reason)) => Some((role, Some(reason))),
            _ => None,
        }) else {
            continue;
        };
        found.insert((spot.0, spot.1, matches!(role, Found::Sidecar | Found::SidecarCopy)));
        let without = told.url.is_none().then_some(if is_broken { Reason::BrokenSidecar } else { Reason::NoSidecar });
        differences.check("reason", without, reason);
        if let Some(known) = files().find(|known| known.path == spot.0) {
            if !matches!(role, Found::Copy | Found::SidecarCopy) {
                ones.push((role, known.role));
                let has_home = told.files.iter().any(|file| file.role == known.role && file.album.is_none());
                differences.check("is from its home", has_home, known.album.is_none());
            }
            if known.role != Role::Sidecar {
                differences.check("size", known.size, outcome.scan.file(*file).size);
            }
        }
    }
    differences.check("files", all, found);
    ones.sort_unstable();
    let has = |role: Role| files().any(|file| file.role == role);
    let roles = [
        (Found::Main, Role::Media),
        (Found::Motion, Role::Pair),
        (Found::Edited, Role::Edited),
        (Found::Sidecar, Role::Sidecar),
    ];
    differences.check("roles", roles.into_iter().filter(|(_, role)| has(*role)).collect(), ones);
    differences.check("edited copies", usize::from(has(Role::Edited)), outcome.resolved.edited(photo).len());
    differences.check("is failed", told.case == Case::FailedVideo, photo.is_failed);
}

fn place_of(item: &MediaItem) -> Option<Place> {
    item.export.as_ref()?.place
}

fn compare_item(differences: &mut Differences<'_>, item: &MediaItem) {
    let told = differences.told;
    let found = item.export.as_deref().unwrap();
    if told.url.is_some() {
        differences.check("title", &told.title, &item.file_name);
    }
    differences.check("type", &told.mime_type, &item.mime_type);
    differences.check("description", &told.description, &item.description);
    differences.check("people", &told.people, &found.people);
    differences.check("url", told.url.as_deref().unwrap_or_default(), &item.product_url);
    differences.check("favorite", told.favorited, found.marks.favorited);
    differences.check("archived", told.archived, found.marks.archived);
    differences.check("trashed", told.trashed, found.marks.trashed);
    differences.check("locked", told.locked, found.marks.locked);
    differences.check("partner", told.partner, found.origin == Origin::Partner);
    differences.check("shared", told.shared, found.origin == Origin::SharedAlbum);
}

fn compare_exif(differences: &mut Differences<'_>, found: &MediaFacts) {
    let told = differences.told;
    // HEIF has a turn of its own, which the maker never writes; what Exif says of it counts for nothing (ISO/IEC 23008-12).
    let is_heif = ["image/heic", "image/avif"].contains(&told.mime_type.as_str());
    let is_turned = !is_heif && found.orientation.is_some_and(|orientation| orientation >= 5);
    let shown = if is_turned { (told.height_px, told.width_px) } else { (told.width_px, told.height_px) };
    differences.check("size in pixels", shown, (found.width_px, found.height_px));
    let Some(exif) = &told.exif else { return };
    differences.check("make", &exif.make, &found.camera.make);
    differences.check("model", &exif.model, &found.camera.model);
    differences.check("lens", exif.lens.as_deref().unwrap_or_default(), &found.lens);
    differences.check("orientation", Some(exif.orientation), found.orientation.map(u16::from));
    differences.check("35 mm", Some(exif.focal_length_35mm), found.focal_length_35mm);
    let hundredths = |value: Option<f64>| value.map(|value| (value * 100.0).round() as u32);
    let exposure = &found.exposure;
    differences.check("f-number", Some(exif.f_number_hundredths), hundredths(exposure.f_number.map(f64::from)));
    let focal = hundredths(exposure.focal_length_mm.map(f64::from));
    differences.check("focal length", Some(exif.focal_length_hundredths_mm), focal);
    let nanoseconds = |seconds: f64| (seconds * 1e9).round() as u64;
    let time = f64::from(exif.exposure_time.0) / f64::from(exif.exposure_time.1);
    differences.check("exposure time", Some(nanoseconds(time)), exposure.exposure_s.map(nanoseconds));
    differences.check("ISO", Some(u32::from(exif.iso)), exposure.iso);
    differences.check("local", exif.local.clone(), found.local_s.map(iso));
    differences.check("offset", exif.offset_s, found.offset_min.map(|minutes| i32::from(minutes) * 60));
    differences.check("GPS time", exif.gps_time_s, found.gps_utc_s);
}
