//! A photo of an export as the catalog takes it: what its sidecar, its file and its folders say, in one.

use xxhash_rust::xxh3::xxh3_128;

use super::exif::MediaFacts;
use super::matching::{FileId, Photo, Scan};
use super::names::split_ending;
use super::sidecar::Sidecar;
use super::times::{Clues, Zones, taken};
use crate::photo::{Camera, Export, Kind, LocalClock, Marks, MediaItem};

/// What all that is known of a photo comes to. `facts` is what its file says, once that was read.
///
/// Its id begins with "takeout:". It is Google's mark of the photo where the sidecar has it, and so the same in a newer
/// export; else it is made of the main file's folder, name and size.
pub fn item_of(scan: &Scan, photo: &Photo, facts: Option<&MediaFacts>, zones: &(impl Zones + ?Sized)) -> MediaItem {
    let sidecar = photo.sidecar.and_then(|sidecar| scan.sidecar(sidecar)).unwrap_or_default();
    let name = scan.file(photo.main).name;
    let file_name = if sidecar.title.is_empty() { name } else { sidecar.title.as_str() };
    // Where the person put it; then where the file says, which the sidecar says once more.
    let place = sidecar.shown_place.or_else(|| facts.and_then(|facts| facts.place)).or(sidecar.exif_place);
    let clues = Clues {
        sidecar_utc_s: sidecar.taken_s,
        exif_local_s: facts.and_then(|facts| facts.local_s),
        exif_offset_min: facts.and_then(|facts| facts.offset_min),
        gps_utc_s: facts.and_then(|facts| facts.gps_utc_s),
        video_utc_s: facts.and_then(|facts| facts.video_utc_s),
        place,
        file_name,
    };
    let taken = taken(&clues, zones);
    let exposure = facts.map(|facts| facts.exposure.clone()).unwrap_or_default();
    let folder = photo.folder_marks;
    let export = Export {
        clock: taken.map(|taken| LocalClock { offset_min: taken.offset_min, basis: taken.basis }),
        place,
        lens: facts.map_or_else(String::new, |facts| facts.lens.clone()),
        focal_length_35mm: facts.and_then(|facts| facts.focal_length_35mm),
        marks: Marks {
            favorited: sidecar.marks.favorited,
            archived: sidecar.marks.archived || folder.archived,
            trashed: sidecar.marks.trashed || folder.trashed,
            locked: sidecar.marks.locked || folder.locked,
        },
        origin: sidecar.origin,
        people: sidecar.people.clone(),
        has_motion: photo.motion.is_some(),
        has_edited: photo.has_edited(),
        is_in_account: false,
    };
    MediaItem {
        id: id_by(scan, photo.main, &sidecar),
        file_name: file_name.to_owned(),
        description: sidecar.description.clone(),
        mime_type: mime_type(name, photo.kind).to_owned(),
        kind: photo.kind,
        product_url: sidecar.url.clone(),
        base_url: None,
        taken_s: taken.map(|taken| taken.utc_s),
        width_px: facts.map_or(0, |facts| facts.width_px),
        height_px: facts.map_or(0, |facts| facts.height_px),
        camera: facts.map_or_else(Camera::default, |facts| facts.camera.clone()),
        exposure,
        export: Some(Box::new(export)),
        corrected: None,
    }
}

/// The id that [`item_of`] gives.
pub fn id_of(scan: &Scan, photo: &Photo) -> String {
    let sidecar = photo.sidecar.and_then(|sidecar| scan.sidecar(sidecar)).unwrap_or_default();
    id_by(scan, photo.main, &sidecar)
}

fn id_by(scan: &Scan, main: FileId, sidecar: &Sidecar) -> String {
    sidecar.photo_mark().map_or_else(|| path_id(scan, main), |mark| format!("takeout:{mark}"))
}

/// An id made of a photo's folder, name and size.
pub fn path_id(scan: &Scan, main: FileId) -> String {
    let file = scan.file(main);
    let path = format!("{}/{}/{}", file.folder, file.name, file.size);
    format!("takeout:{:032x}", xxh3_128(path.as_bytes()))
}

/// The type of a file by the ending of its path, as Google names the types; one whose ending is not known counts as a
/// photo.
pub fn mime_type_of(path: &str) -> &'static str {
    mime_type(path.rsplit('/').next().unwrap_or_default(), Kind::Photo)
}

/// By the ending, as Google names the types; of a file without one only its kind is known.
fn mime_type(name: &str, kind: Kind) -> &'static str {
    let (_, ending) = split_ending(name);
    match &*ending.to_ascii_lowercase() {
        ".jpg" | ".jpeg" | ".jpe" | ".jfif" => "image/jpeg",
        ".heic" => "image/heic",
        ".heif" => "image/heif",
        ".png" => "image/png",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        ".bmp" => "image/bmp",
        ".tif" | ".tiff" => "image/tiff",
        ".dng" => "image/x-adobe-dng",
        ".mp4" | ".mp" | ".mv" => "video/mp4",
        ".mov" => "video/quicktime",
        ".m4v" => "video/x-m4v",
        ".3gp" => "video/3gpp",
        ".avi" => "video/x-msvideo",
        ".mpg" | ".mpeg" => "video/mpeg",
        ".mkv" => "video/x-matroska",
        ".webm" => "video/webm",
        ".wmv" => "video/x-ms-wmv",
        _ if kind == Kind::Video => "video/*",
        _ => "image/*",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::{Origin, Place, Taken, TimeBasis};
    use crate::takeout::matching::{Found, resolve};
    use crate::takeout::times::NoZones;

    fn scan() -> Scan {
        let mut scan = Scan::default();
        let part = scan.part("takeout-1-001.zip");
        let folder = "Takeout/Google Photos/Photos from 2020";
        let json = r#"{"title":"a/b.jpg","description":"d","url":"https://photos.google.com/photo/AF1","favorited":true,
            "photoTakenTime":{"timestamp":"1600000000"},"people":[{"name":"Ann"}],"geoData":{"latitude":0,"longitude":0},
            "geoDataExif":{"latitude":1,"longitude":2},"googlePhotosOrigin":{"fromPartnerSharing":{}}}"#;
        for (entry, name) in ["a_b.jpg", "a_b.jpg.json", "c.MP4"].into_iter().enumerate() {
            let path = format!("{folder}/{name}");
            let file = scan.find(Found { part, entry: entry as u32, path: &path, size: 5 }).unwrap();
            scan.read(file, json.as_bytes());
        }
        scan
    }

    #[test]
    fn sidecar_and_file_are_one_item() {
        let scan = scan();
        let resolved = resolve(&scan);
        let facts = MediaFacts {
            camera: Camera { make: "x".into(), model: "y".into() },
            width_px: 640,
            height_px: 480,
            local_s: Some(1_600_007_200),
            place: Place::new(3.0, 4.0, None),
            ..MediaFacts::default()
        };
        let item = item_of(&scan, &resolved.photos[0], Some(&facts), &NoZones);
        assert_eq!((item.id.as_str(), item.file_name.as_str()), ("takeout:AF1", "a/b.jpg"));
        assert_eq!((item.mime_type.as_str(), item.width_px), ("image/jpeg", 640));
        let expected = Taken { utc_s: 1_600_000_000, offset_min: 120, basis: TimeBasis::ExifLocal };
        assert_eq!((item.taken(), item.taken_s), (Some(expected), Some(1_600_000_000)));
        let export = item.export.unwrap();
        assert_eq!(
            (export.place, export.origin, export.marks.favorited),
            (Place::new(3.0, 4.0, None), Origin::Partner, true)
        );
        let quick = item_of(&scan, &resolved.photos[0], None, &NoZones);
        assert_eq!((quick.taken().map(|taken| taken.basis), quick.id.as_str()), (Some(TimeBasis::Utc), "takeout:AF1"));
        assert_eq!((quick.width_px, quick.export.unwrap().place), (0, Place::new(1.0, 2.0, None)));
    }

    #[test]
    fn a_photo_without_a_sidecar_has_an_id_that_stays() {
        let scan = scan();
        let resolved = resolve(&scan);
        let item = item_of(&scan, &resolved.photos[1], None, &NoZones);
        assert_eq!((item.kind, item.mime_type.as_str(), item.taken()), (Kind::Video, "video/mp4", None));
        assert_eq!(item.id, "takeout:".to_owned() + &format!("{:032x}", xxh3_128(b"Photos from 2020/c.MP4/5")));
    }
}
