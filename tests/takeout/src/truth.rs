//! What an import must find. Written beside an export as `truth.json`.

use serde::{Deserialize, Serialize};

use crate::export::{Export, PERSONS_ZONE};
use crate::layout::What;
pub use crate::library::case;
use crate::library::{Home, Kind, Named, Origin, Photo, Sidecar};
use crate::media;
use crate::places::{CAMERAS, TOWNS};
use crate::sidecar::{self, degrees};
pub use crate::time::{Basis, Known};
use crate::time::{Evidence, iso, judge};

/// The file's name.
pub const TRUTH: &str = "truth.json";

/// Everything about an export.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Truth {
    pub seed: u64,
    /// `old` or `new`: how sidecars are named.
    pub style: String,
    /// Names of the parts in their order; of a folder its own name.
    pub parts: Vec<String>,
    /// The zone that times are judged by where nothing else is said.
    pub persons_zone: String,
    /// The product's folder.
    pub product: String,
    pub albums: Vec<AlbumTruth>,
    pub photos: Vec<PhotoTruth>,
    pub others: Vec<OtherTruth>,
}

/// An album.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumTruth {
    /// As its sidecar says; empty where it has none.
    pub title: String,
    pub folder: String,
    /// Path of its sidecar.
    pub sidecar: String,
    /// Parts that have the sidecar, from 1.
    pub parts: Vec<u32>,
    /// Ids of its photos, in ascending order.
    pub members: Vec<u32>,
}

/// A photo or video, however many files it has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PhotoTruth {
    pub id: u32,
    pub case: case::Case,
    /// Its name as Google knows it.
    pub title: String,
    /// `image/jpeg` and the like.
    pub mime_type: String,
    pub files: Vec<FileTruth>,
    pub time: TimeTruth,
    /// The sidecar's `geoData`, its `geoDataExif`, and the file's own place: latitude, longitude in degrees.
    pub geo_data: Option<(f64, f64)>,
    pub geo_data_exif: Option<(f64, f64)>,
    pub file_place: Option<(f64, f64)>,
    /// What the file itself says; `None` where it says nothing.
    pub exif: Option<ExifTruth>,
    /// Of the still, as it is stored; of a video as its track says.
    pub width_px: u32,
    pub height_px: u32,
    pub favorited: bool,
    pub archived: bool,
    pub trashed: bool,
    pub locked: bool,
    pub partner: bool,
    pub shared: bool,
    /// Places in [`Truth::albums`], in ascending order.
    pub albums: Vec<u32>,
    pub description: String,
    pub people: Vec<String>,
    /// `https://photos.google.com/photo/…`; `None` where no sidecar can be read.
    pub url: Option<String>,
}

/// A file of a photo.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileTruth {
    pub path: String,
    /// Parts that have it, from 1.
    pub parts: Vec<u32>,
    pub role: Role,
    /// The album whose folder it is in, as a place in [`Truth::albums`].
    pub album: Option<u32>,
    /// Bytes.
    pub size: u64,
}

/// What a file is to its photo. A copy in an album has the role that the original has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Media,
    /// The moving half of a live or motion photo.
    Pair,
    Edited,
    Sidecar,
}

/// When a photo was taken, and what can be known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeTruth {
    /// As it was, whether or not anything says so.
    pub local: String,
    pub offset_s: i32,
    pub instant_s: i64,
    pub zone: String,
    /// What the sidecar says, if it is a time that can be.
    pub sidecar_s: Option<i64>,
    /// From names and sidecars alone.
    pub quick: Known,
    /// With what the file itself says.
    pub deep: Known,
}

/// What a file says of its camera.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExifTruth {
    pub make: String,
    pub model: String,
    pub lens: Option<String>,
    /// Numerator and denominator, in seconds.
    pub exposure_time: (u32, u32),
    pub f_number_hundredths: u32,
    pub iso: u16,
    pub focal_length_hundredths_mm: u32,
    pub focal_length_35mm: u16,
    pub orientation: u16,
    /// `2023-07-01T12:34:56`
    pub local: Option<String>,
    pub offset_s: Option<i32>,
    pub gps_time_s: Option<i64>,
}

/// A file that belongs to no photo and no album.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherTruth {
    pub path: String,
    pub parts: Vec<u32>,
    pub is: Other,
}

/// What such a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Other {
    /// The sidecar of a photo that is not in the export.
    OrphanSidecar,
    /// A file that Google adds, or another product's.
    Ignored,
}

/// The truth about an export. `sizes` are those of its files.
pub(crate) fn of(export: &Export, parts: Vec<String>, sizes: &[u64]) -> Truth {
    let mut photos: Vec<PhotoTruth> = export.photos.iter().map(|photo| photo_truth(export, photo)).collect();
    let mut albums: Vec<AlbumTruth> = export
        .albums
        .iter()
        .zip(&export.layout.album_folders)
        .map(|(album, folder)| AlbumTruth {
            title: album.title.clone(),
            folder: folder.clone(),
            sidecar: String::new(),
            parts: Vec::new(),
            members: sorted(album.members.iter().map(|member| member.photo).collect()),
        })
        .collect();
    for (nth, album) in (0..).zip(&albums) {
        for photo in &album.members {
            photos[*photo as usize].albums.push(nth);
        }
    }
    let mut others = Vec::new();
    for (file, size) in export.layout.files.iter().zip(sizes) {
        let parts = sorted([Some(file.part), file.again].into_iter().flatten().map(|part| part + 1).collect());
        let path = file.path.clone();
        match file.what {
            What::Photo { photo, role } => {
                photos[photo as usize].files.push(FileTruth { path, parts, role, album: file.album, size: *size });
            }
            What::AlbumSidecar(album) => {
                let album = &mut albums[album as usize];
                (album.sidecar, album.parts) = (path, parts);
            }
            What::Orphan(_) => others.push(OtherTruth { path, parts, is: Other::OrphanSidecar }),
            What::Other(_) => others.push(OtherTruth { path, parts, is: Other::Ignored }),
        }
    }
    for photo in &mut photos {
        photo.files.sort();
    }
    Truth {
        seed: export.order.seed,
        style: export.order.style.name().to_owned(),
        parts,
        persons_zone: PERSONS_ZONE.to_owned(),
        product: export.layout.product.to_owned(),
        albums,
        photos,
        others,
    }
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn photo_truth(export: &Export, photo: &Photo) -> PhotoTruth {
    let says = photo.says;
    let readable = !matches!(says.sidecar, Sidecar::Missing | Sidecar::Broken);
    let place = (degrees(photo.latitude), degrees(photo.longitude));
    let (width_px, height_px) = media::size(&export.pictures, photo);
    let own = if photo.kind.is_video() { (four_decimals(place.0), four_decimals(place.1)) } else { place };
    PhotoTruth {
        id: photo.id,
        case: photo.case,
        title: photo.title.clone(),
        mime_type: mime_type(photo.kind).to_owned(),
        files: Vec::new(),
        time: time_truth(photo, readable),
        geo_data: (readable && says.geo_data).then_some(place),
        geo_data_exif: (readable && says.geo_data_exif).then_some(place),
        file_place: says.gps.then_some(own),
        exif: exif_truth(photo),
        width_px,
        height_px,
        favorited: readable && photo.favorited,
        archived: readable && photo.archived,
        trashed: readable && photo.home == Home::Trash,
        locked: photo.home == Home::Locked,
        partner: readable && photo.origin == Origin::Partner,
        shared: readable && photo.origin == Origin::SharedAlbum,
        albums: Vec::new(),
        description: if readable { photo.description.to_owned() } else { String::new() },
        people: photo.people.iter().filter(|_| readable).map(|name| (*name).to_owned()).collect(),
        url: readable.then(|| sidecar::url(export.order.seed, photo.id)),
    }
}

/// Degrees as videos say them. To multiply and round is not the same: 69.19345 is a little less than it looks.
fn four_decimals(degrees: f64) -> f64 {
    format!("{degrees:.4}").parse().expect("what was a number is one")
}

fn mime_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Jpeg => "image/jpeg",
        Kind::Png => "image/png",
        Kind::Heic => "image/heic",
        Kind::Avif => "image/avif",
        Kind::Gif => "image/gif",
        Kind::Mp4 => "video/mp4",
        Kind::Mov => "video/quicktime",
    }
}

fn exif_truth(photo: &Photo) -> Option<ExifTruth> {
    let shot = photo.shot?;
    let camera = &CAMERAS[shot.camera];
    let says = photo.says;
    Some(ExifTruth {
        make: camera.make.to_owned(),
        model: camera.model.to_owned(),
        lens: camera.lens.map(ToOwned::to_owned),
        exposure_time: shot.exposure,
        f_number_hundredths: shot.f_number,
        iso: shot.iso,
        focal_length_hundredths_mm: shot.focal.0,
        focal_length_35mm: shot.focal.1,
        orientation: shot.orientation,
        local: says.exif_local.then(|| iso(photo.local_s())),
        offset_s: says.exif_offset.then_some(photo.offset_s),
        gps_time_s: says.gps_time.then_some(photo.instant_s),
    })
}

fn time_truth(photo: &Photo, readable: bool) -> TimeTruth {
    let says = photo.says;
    let zone = TOWNS[photo.town].zone;
    let sidecar_s = if readable { sidecar::said_s(photo) } else { None };
    let said_place = readable && (says.geo_data || says.geo_data_exif);
    let quick = Evidence {
        utc_s: sidecar_s,
        zone: said_place.then_some(zone),
        name_local_s: (says.name == Named::Local).then(|| photo.local_s()),
        ..Evidence::default()
    };
    let deep = Evidence {
        exif_local_s: says.exif_local.then(|| photo.local_s()),
        exif_offset_s: says.exif_offset.then_some(photo.offset_s),
        utc_s: sidecar_s.or(photo.kind.is_video().then_some(photo.instant_s)),
        gps_utc_s: says.gps_time.then_some(photo.instant_s),
        zone: (said_place || says.gps).then_some(zone),
        ..quick
    };
    TimeTruth {
        local: iso(photo.local_s()),
        offset_s: photo.offset_s,
        instant_s: photo.instant_s,
        zone: zone.to_owned(),
        sidecar_s,
        quick: judge(&quick, PERSONS_ZONE),
        deep: judge(&deep, PERSONS_ZONE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the same decimals are the same number")]
    fn a_place_is_told_as_it_is_written() {
        assert_eq!(four_decimals(69.193_45), 69.1934);
        assert_eq!(four_decimals(-33.868_86), -33.8689);
    }
}
