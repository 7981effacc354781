//! Exports in a few lines, and what they come to.

mod laws;
mod pairs;
mod photos;
mod scan;

use super::*;

/// A file of a scan: its part, path and size, and for JSON what is in it.
#[derive(Clone, Debug)]
pub(super) struct Put {
    pub(super) part: &'static str,
    pub(super) path: String,
    pub(super) size: u64,
    pub(super) json: Option<String>,
}

/// A file that is no JSON.
pub(super) fn media(path: &str, size: u64) -> Put {
    Put { part: "takeout-1-001.zip", path: path.into(), size, json: None }
}

/// A sidecar of a title and an instant.
pub(super) fn card(path: &str, title: &str, taken_s: i64) -> Put {
    json(path, &format!(r#"{{"title":{},"photoTakenTime":{{"timestamp":"{taken_s}"}}}}"#, quoted(title)))
}

pub(super) fn json(path: &str, text: &str) -> Put {
    Put { part: "takeout-1-001.zip", path: path.into(), size: text.len() as u64, json: Some(text.into()) }
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

pub(super) fn scan_of(puts: &[Put]) -> Scan {
    let mut scan = Scan::default();
    for (entry, put) in puts.iter().enumerate() {
        let part = scan.part(put.part);
        let found = Found { part, entry: entry as u32, path: &put.path, size: put.size };
        let Ok(file) = scan.find(found) else { continue };
        match &put.json {
            Some(text) if scan.wants(file) => scan.read(file, text.as_bytes()),
            _ => {}
        }
    }
    scan
}

/// What became of every file, in words: "role of the photo's main file", in the order of paths.
pub(super) fn told(scan: &Scan, resolved: &Resolved) -> Vec<String> {
    let path = |file: FileId| {
        let view = scan.file(file);
        format!("{}/{}", view.folder, view.name)
    };
    let mut lines: Vec<String> = scan
        .ids()
        .map(|file| {
            let of = |photo: PhotoId| path(resolved.photos[photo.0 as usize].main);
            let fate = match resolved.fates[file.0 as usize] {
                Fate::Photo(photo, role) => format!("{role:?} of {}", of(photo)),
                Fate::Lone(photo, role, reason) => format!("{role:?} of {}, {reason:?}", of(photo)),
                Fate::Album(album) => format!("album {:?}", resolved.albums[album.0 as usize].title),
                Fate::Ignored(why) => format!("ignored: {why:?}"),
                Fate::Unmatched(why) => format!("unmatched: {why:?}"),
            };
            format!("{}: {fate}", path(file))
        })
        .collect();
    lines.sort();
    lines
}

/// The same of all photos: their albums and kinds.
pub(super) fn photos_told(scan: &Scan, resolved: &Resolved) -> Vec<String> {
    let photos = resolved.photos.iter().map(|photo| {
        let albums: Vec<&str> =
            resolved.albums_of(photo).iter().map(|album| resolved.albums[album.0 as usize].title.as_str()).collect();
        let view = scan.file(photo.main);
        format!(
            "{}/{} {:?} {:?} {:?} {}",
            view.folder, view.name, photo.kind, albums, photo.folder_marks, photo.is_failed
        )
    });
    photos.collect()
}

pub(super) fn check(puts: &[Put], expected: &[&str]) {
    let scan = scan_of(puts);
    assert_eq!(told(&scan, &resolve(&scan)), expected);
}
