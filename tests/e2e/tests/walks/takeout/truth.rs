//! What the browser keeps after an import against what is true: every photo with all that is known of it, every album
//! with all that is in it, nothing missing and nothing twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use albumen_core::photo::{Kind, MediaItem, Origin, TimeBasis};
use albumen_e2e::failure::{Told, said};
use albumen_e2e::library::{Library, library};
use albumen_e2e::walk::Walk;
use albumen_takeout::truth::{Basis, ExifTruth, Known, PhotoTruth, Role, Truth};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// How much is said of what differs.
const MOST_SAID: usize = 40;
/// What Exif divides into seconds is not to the last digit what it was: a hand's breadth, in degrees.
const NEAR_DEG: f64 = 1e-6;

/// Fields of a photo by name, as words that can be compared and read.
type Fields = BTreeMap<&'static str, String>;

/// Whether what is kept is the truth, photo by photo and album by album.
///
/// # Errors
/// What differs, as far as a person reads it.
pub(crate) async fn is_the_truth(walk: &Walk, truth: &Truth) -> Told {
    let Differences { missing, more } = differences(truth, &library(&walk.browser).await?);
    told_of("differences from the truth", [missing, more].concat())
}

/// Whether everything that is true is kept, whatever else is.
///
/// # Errors
/// What is missing or wrong.
pub(crate) async fn holds_the_truth(walk: &Walk, truth: &Truth) -> Told {
    told_of("of the truth missing or wrong", differences(truth, &library(&walk.browser).await?).missing)
}

fn told_of(what: &str, found: Vec<String>) -> Told {
    if found.is_empty() {
        return Ok(());
    }
    let first: String = found.iter().take(MOST_SAID).map(|one| format!("\n  {one}")).collect();
    Err(said(format!("{} {what}:{first}", found.len())))
}

/// In which the two differ, in words.
#[derive(Default)]
struct Differences {
    /// What is true and not kept so.
    missing: Vec<String>,
    /// What is kept and not true.
    more: Vec<String>,
}

fn differences(truth: &Truth, kept: &Library) -> Differences {
    let Differences { missing: mut found, mut more } = Differences::default();
    let mut by_address: HashMap<&str, (u32, &MediaItem)> = HashMap::new();
    let mut nameless = Vec::new();
    for (row, item) in &kept.items {
        match item.product_url.as_str() {
            "" => nameless.push((*row, item)),
            address => {
                if let Some((first, _)) = by_address.insert(address, (*row, item)) {
                    more.push(format!("{address} is row {first} and row {row}"));
                }
            }
        }
    }
    for photo in &truth.photos {
        let told = told(truth, photo);
        let named = format!("{} {:?} {}", photo.id, photo.case, photo.title);
        let Some(address) = photo.url.as_deref() else {
            // What no sidecar tells an address of is told from others by all that is known of it.
            let is_it = |(row, item): &(u32, &MediaItem)| {
                item.file_name == told["name"] && kept_fields(kept, *row, item, photo.geo()) == told
            };
            match nameless.iter().position(is_it) {
                Some(at) => drop(nameless.swap_remove(at)),
                None => found.push(format!("{named}, which has no address, is no row: {told:?}")),
            }
            continue;
        };
        let Some((row, item)) = by_address.remove(address) else {
            found.push(format!("{named} is no row"));
            continue;
        };
        let is = kept_fields(kept, row, item, photo.geo());
        for (field, told) in &told {
            if is[field] != *told {
                found.push(format!("{named}: {field}: {told:?}, not {:?}", is[field]));
            }
        }
    }
    more.extend(by_address.keys().map(|address| format!("{address} is no photo of the truth")));
    let nameless = nameless.into_iter().map(|(row, item)| kept_fields(kept, row, item, None));
    more.extend(nameless.map(|fields| format!("a row without an address is no photo of the truth: {fields:?}")));
    let told = truth.albums.iter().map(|album| (album.title.clone(), album.members.len()));
    let mut is: Vec<(String, usize)> =
        kept.albums.iter().map(|album| (album.album.title.clone(), album.rows.len())).collect();
    for album in told {
        match is.iter().position(|one| *one == album) {
            Some(at) => drop(is.swap_remove(at)),
            None => found.push(format!("there is no album {album:?}")),
        }
    }
    more.extend(is.into_iter().map(|album| format!("album {album:?} is none")));
    Differences { missing: found, more }
}

/// The best of the places that a photo has.
pub(super) trait Geo {
    fn geo(&self) -> Option<(f64, f64)>;
}

impl Geo for PhotoTruth {
    fn geo(&self) -> Option<(f64, f64)> {
        self.geo_data.or(self.file_place).or(self.geo_data_exif)
    }
}

fn told(truth: &Truth, photo: &PhotoTruth) -> Fields {
    let has = |role: Role| photo.files.iter().any(|file| file.role == role);
    let albums: BTreeSet<String> =
        photo.albums.iter().map(|album| &truth.albums[*album as usize]).map(|album| album.title.clone()).collect();
    // HEIF has a turn of its own, which the maker never writes; what Exif says of it counts for nothing (ISO/IEC
    // 23008-12).
    let is_heif = ["image/heic", "image/avif"].contains(&photo.mime_type.as_str());
    let is_turned = !is_heif && photo.exif.as_ref().is_some_and(|exif| exif.orientation >= 5);
    let (across, down) = if is_turned { (photo.height_px, photo.width_px) } else { (photo.width_px, photo.height_px) };
    let marks = [
        (photo.favorited, "favorite"),
        (photo.archived, "archived"),
        (photo.trashed, "trashed"),
        (photo.locked, "locked"),
        (photo.partner, "partner"),
        (photo.shared, "shared"),
        (has(Role::Pair), "motion"),
        (has(Role::Edited), "edited"),
    ];
    let mut fields = Fields::from([
        ("name", name_of(photo)),
        ("type", photo.mime_type.clone()),
        ("kind", if photo.mime_type.starts_with("video/") { "video".to_owned() } else { "photo".to_owned() }),
        ("description", photo.description.clone()),
        ("people", format!("{:?}", photo.people)),
        ("marks", set(marks)),
        ("place", format!("{:?}", photo.geo())),
        ("size", format!("{across}×{down}")),
        ("time", time_told(&photo.time.deep)),
        ("albums", format!("{albums:?}")),
    ]);
    fields.extend(camera_told(photo.exif.as_ref()));
    fields
}

/// Its title; of a photo that no sidecar tells one of, the name of its file, that in its home before those in albums.
fn name_of(photo: &PhotoTruth) -> String {
    if photo.url.is_some() {
        return photo.title.clone();
    }
    let media = photo.files.iter().filter(|file| file.role == Role::Media);
    let file = media.min_by_key(|file| file.album.is_some());
    file.and_then(|file| file.path.rsplit('/').next()).unwrap_or_default().to_owned()
}

fn time_told(known: &Known) -> String {
    let basis = match known.basis {
        Basis::ExifOffset => TimeBasis::ExifOffset,
        Basis::ExifAndUtc | Basis::ExifLocal => TimeBasis::ExifLocal,
        Basis::GpsTime => TimeBasis::GpsTime,
        Basis::Place => TimeBasis::Place,
        Basis::FileName => TimeBasis::FileName,
        Basis::PersonsZone => TimeBasis::PersonZone,
        Basis::Nothing => return "unknown".to_owned(),
    };
    let offset_min = known.offset_s.map(|offset_s| offset_s / 60);
    format!("{} {offset_min:?} {:?} by {basis:?}", known.local.as_deref().unwrap_or_default(), known.instant_s)
}

fn camera_told(exif: Option<&ExifTruth>) -> Fields {
    let (make, model) = exif.map_or(("", ""), |exif| (&exif.make, &exif.model));
    let hundredths = |value: Option<u32>| format!("{value:?}");
    let exposure = exif.map(|exif| f64::from(exif.exposure_time.0) / f64::from(exif.exposure_time.1));
    Fields::from([
        ("camera", format!("{make} / {model}")),
        ("lens", exif.and_then(|exif| exif.lens.clone()).unwrap_or_default()),
        ("35 mm", format!("{:?}", exif.map(|exif| exif.focal_length_35mm))),
        ("f-number", hundredths(exif.map(|exif| exif.f_number_hundredths))),
        ("focal length", hundredths(exif.map(|exif| exif.focal_length_hundredths_mm))),
        ("exposure time", format!("{:?}", exposure.map(nanoseconds))),
        ("ISO", format!("{:?}", exif.map(|exif| u32::from(exif.iso)))),
    ])
}

/// What is kept of a row. A place that is as near to `place` as makes no difference is it.
fn kept_fields(kept: &Library, row: u32, item: &MediaItem, place: Option<(f64, f64)>) -> Fields {
    let export = item.export.as_deref().cloned().unwrap_or_default();
    let found = export.place.map(|found| (found.latitude, found.longitude));
    let is_near = |(a, b): ((f64, f64), (f64, f64))| (a.0 - b.0).abs() < NEAR_DEG && (a.1 - b.1).abs() < NEAR_DEG;
    let found = if found.zip(place).is_some_and(is_near) { place } else { found };
    let albums: BTreeSet<&str> =
        kept.albums.iter().filter(|album| album.rows.contains(row)).map(|album| album.album.title.as_str()).collect();
    let marks = [
        (export.marks.favorited, "favorite"),
        (export.marks.archived, "archived"),
        (export.marks.trashed, "trashed"),
        (export.marks.locked, "locked"),
        (export.origin == Origin::Partner, "partner"),
        (export.origin == Origin::SharedAlbum, "shared"),
        (export.has_motion, "motion"),
        (export.has_edited, "edited"),
    ];
    let exposure = &item.exposure;
    let hundredths = |value: Option<f32>| format!("{:?}", value.map(|value| (f64::from(value) * 100.0).round() as u32));
    Fields::from([
        ("name", item.file_name.clone()),
        ("type", item.mime_type.clone()),
        ("kind", if item.kind == Kind::Video { "video".to_owned() } else { "photo".to_owned() }),
        ("description", item.description.clone()),
        ("people", format!("{:?}", export.people)),
        ("marks", set(marks)),
        ("place", format!("{found:?}")),
        ("size", format!("{}×{}", item.width_px, item.height_px)),
        ("time", time_kept(item)),
        ("albums", format!("{albums:?}")),
        ("camera", format!("{} / {}", item.camera.make, item.camera.model)),
        ("lens", export.lens.clone()),
        ("35 mm", format!("{:?}", export.focal_length_35mm)),
        ("f-number", hundredths(exposure.f_number)),
        ("focal length", hundredths(exposure.focal_length_mm)),
        ("exposure time", format!("{:?}", exposure.exposure_s.map(nanoseconds))),
        ("ISO", format!("{:?}", exposure.iso)),
    ])
}

fn time_kept(item: &MediaItem) -> String {
    let Some(taken) = item.taken() else {
        return item.taken_s.map_or_else(|| "unknown".to_owned(), |taken_s| format!("{taken_s} and no local time"));
    };
    let local = Timestamp::from_second(taken.local_s()).unwrap_or_default().to_zoned(TimeZone::UTC).datetime();
    let (local, offset_min) = (local.strftime("%Y-%m-%dT%H:%M:%S"), Some(i32::from(taken.offset_min)));
    format!("{local} {offset_min:?} {:?} by {:?}", Some(taken.utc_s), taken.basis)
}

fn nanoseconds(seconds: f64) -> u64 {
    (seconds * 1e9).round() as u64
}

fn set<const N: usize>(marks: [(bool, &str); N]) -> String {
    marks.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect::<Vec<_>>().join(" ")
}
