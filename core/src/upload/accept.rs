//! Which files Google Photos takes (Google: Library API, upload media: accepted file types and sizes).

use super::FileError;
use crate::photo::Kind;

/// Google: photos up to 200 MB.
pub const MOST_PHOTO_BYTES: u64 = 200_000_000;
/// Google: videos up to 20 GB.
pub const MOST_VIDEO_BYTES: u64 = 20_000_000_000;
/// Google: `simpleMediaItem.fileName`, at most 255 characters.
const MOST_NAME_CHARS: usize = 255;

/// Endings with the media type that goes with them. The browser's own guess is used where it has one.
const PHOTOS: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("heif", "image/heif"),
    ("ico", "image/x-icon"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("webp", "image/webp"),
    // “Some raw files”, as Google puts it.
    ("dng", "image/x-adobe-dng"),
    ("cr2", "image/x-canon-cr2"),
    ("cr3", "image/x-canon-cr3"),
    ("nef", "image/x-nikon-nef"),
    ("arw", "image/x-sony-arw"),
    ("orf", "image/x-olympus-orf"),
    ("raf", "image/x-fuji-raf"),
    ("rw2", "image/x-panasonic-rw2"),
    ("pef", "image/x-pentax-pef"),
];

const VIDEOS: &[(&str, &str)] = &[
    ("3gp", "video/3gpp"),
    ("3g2", "video/3gpp2"),
    ("asf", "video/x-ms-asf"),
    ("avi", "video/x-msvideo"),
    ("divx", "video/divx"),
    ("m2t", "video/mp2t"),
    ("m2ts", "video/mp2t"),
    ("m4v", "video/x-m4v"),
    ("mkv", "video/x-matroska"),
    ("mmv", "video/mpeg"),
    ("mod", "video/mpeg"),
    ("mov", "video/quicktime"),
    ("mp4", "video/mp4"),
    ("mpg", "video/mpeg"),
    ("mpeg", "video/mpeg"),
    ("mts", "video/mp2t"),
    ("tod", "video/mpeg"),
    ("wmv", "video/x-ms-wmv"),
];

/// Whether Google will take the file, as its media type. `mime_type` is the browser's guess and may be empty.
pub fn accept(name: &str, size: u64, mime_type: &str) -> Result<String, FileError> {
    let (kind, usual) = kind_of(name, mime_type)
        .ok_or_else(|| FileError::Kind { given: if mime_type.is_empty() { ending(name) } else { mime_type.into() } })?;
    if name.chars().count() > MOST_NAME_CHARS {
        return Err(FileError::NameTooLong);
    }
    if size == 0 {
        return Err(FileError::Empty);
    }
    let limit = match kind {
        Kind::Photo => MOST_PHOTO_BYTES,
        Kind::Video => MOST_VIDEO_BYTES,
    };
    if size > limit {
        return Err(FileError::TooLarge { limit });
    }
    let told = if mime_type.starts_with("image/") || mime_type.starts_with("video/") { mime_type } else { usual };
    Ok(told.to_owned())
}

fn kind_of(name: &str, mime_type: &str) -> Option<(Kind, &'static str)> {
    let ending = ending(name);
    let by_ending = |list: &'static [(&str, &'static str)]| list.iter().find(|(e, _)| *e == ending).map(|(_, m)| *m);
    let by_type = |list: &'static [(&str, &'static str)]| list.iter().find(|(_, m)| *m == mime_type).map(|(_, m)| *m);
    // A name that says what it is wins over the browser's guess: `.txt` served as image/jpeg is still text.
    if let Some(mime) = by_ending(PHOTOS) {
        return Some((Kind::Photo, mime));
    }
    if let Some(mime) = by_ending(VIDEOS) {
        return Some((Kind::Video, mime));
    }
    if !ending.is_empty() {
        return None;
    }
    by_type(PHOTOS).map(|m| (Kind::Photo, m)).or_else(|| by_type(VIDEOS).map(|m| (Kind::Video, m)))
}

/// The ending in lower case without its dot; empty where there is none.
fn ending(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => ending.to_ascii_lowercase(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_what_google_takes() {
        assert_eq!(accept("a.JPG", 1, ""), Ok("image/jpeg".into()));
        assert_eq!(accept("a.heic", 1, "image/heic"), Ok("image/heic".into()));
        assert_eq!(accept("clip.MOV", MOST_PHOTO_BYTES + 1, "video/quicktime"), Ok("video/quicktime".into()));
        assert_eq!(accept("no ending", 1, "image/png"), Ok("image/png".into()));
    }

    #[test]
    fn refuses_what_google_refuses() {
        assert_eq!(accept("notes.txt", 5, "text/plain"), Err(FileError::Kind { given: "text/plain".into() }));
        assert_eq!(accept("notes.txt", 5, "image/jpeg"), Err(FileError::Kind { given: "image/jpeg".into() }));
        assert_eq!(accept("a.jpg", 0, "image/jpeg"), Err(FileError::Empty));
        let limit = MOST_PHOTO_BYTES;
        assert_eq!(accept("a.jpg", 201_000_000, ""), Err(FileError::TooLarge { limit }));
        assert_eq!(accept(&format!("{}.jpg", "x".repeat(300)), 1, ""), Err(FileError::NameTooLong));
        assert_eq!(accept(".jpg", 1, ""), Err(FileError::Kind { given: String::new() }));
    }

    proptest! {
        #[test]
        fn is_total(name in "\\PC*", size in any::<u64>(), mime in "\\PC*") {
            let _ = accept(&name, size, &mime);
        }
    }
}
