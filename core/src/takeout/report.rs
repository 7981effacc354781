//! What an import came to, in numbers, and the list of what could not be matched.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::matching::{Fate, FileId, Ignored, Reason, Resolved, Role, Scan};
use super::names::PathProblem;
use crate::photo::{Kind, MediaItem, Origin, TimeBasis};

/// Missing parts that are named; of a part number in the millions nobody wants the list.
const MOST_MISSING: u32 = 1000;

/// The numbers of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Names of the parts, as they came.
    pub parts: Vec<String>,
    pub missing: Vec<MissingParts>,
    pub files: u32,
    /// All of them together, unpacked.
    pub bytes: u64,
    /// Photos, those without a sidecar among them.
    pub photos: u32,
    pub videos: u32,
    /// Photos with a moving half.
    pub motion: u32,
    pub edited: u32,
    /// Files and sidecars that are there once more, in albums or other parts.
    pub copies: u32,
    pub sidecars: u32,
    pub albums: u32,
    /// Files that belong to a photo whose sidecar is known, copies and sidecars among them.
    pub matched: u32,
    pub unmatched: BTreeMap<Reason, u32>,
    pub ignored: BTreeMap<Ignored, u32>,
    pub refused: BTreeMap<PathProblem, u32>,
    /// Things in sidecars that cannot be.
    pub problems: u32,
    pub favorites: u32,
    pub archived: u32,
    pub trashed: u32,
    pub locked: u32,
    pub of_partners: u32,
    pub of_shared_albums: u32,
    pub with_place: u32,
    pub without_place: u32,
    pub without_time: u32,
    /// How the local times are known.
    pub bases: BTreeMap<TimeBasis, u32>,
    /// The first and the last instant, in seconds since 1970-01-01T00:00:00Z.
    pub span_s: Option<(i64, i64)>,
}

/// Parts of an export that must be there, since a later one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingParts {
    /// What the names of the export's parts begin with: `takeout-20240516T230250Z`.
    pub export: String,
    /// Ascending.
    pub numbers: Vec<u32>,
    /// The last part that is there. Whether it is the last of all, nobody can know.
    pub last_seen: u32,
}

impl Report {
    /// The numbers of files. Those of photos come with [`Report::count`].
    pub fn new(scan: &Scan, resolved: &Resolved) -> Self {
        let mut report = Self {
            parts: scan.parts().to_vec(),
            missing: missing_parts(scan.parts()),
            files: scan.len() as u32,
            bytes: scan.ids().map(|file| scan.file(file).size).fold(0, u64::saturating_add),
            albums: resolved.albums.len() as u32,
            problems: scan.problems().1,
            ..Self::default()
        };
        for fate in &resolved.fates {
            match fate {
                Fate::Photo(_, role) => {
                    report.matched += 1;
                    report.count_role(*role);
                }
                Fate::Lone(_, role, reason) => {
                    *report.unmatched.entry(*reason).or_default() += 1;
                    report.count_role(*role);
                }
                Fate::Album(_) => {}
                Fate::Ignored(why) => *report.ignored.entry(*why).or_default() += 1,
                Fate::Unmatched(why) => *report.unmatched.entry(*why).or_default() += 1,
            }
        }
        for refused in scan.refused().0 {
            *report.refused.entry(refused.why).or_default() += 1;
        }
        for photo in &resolved.photos {
            match photo.kind {
                Kind::Photo => report.photos += 1,
                Kind::Video => report.videos += 1,
            }
        }
        report
    }

    /// Counts one photo, once for each of [`Resolved::photos`].
    pub fn count(&mut self, item: &MediaItem) {
        let Some(export) = &item.export else { return };
        let marks = export.marks;
        self.favorites += u32::from(marks.favorited);
        self.archived += u32::from(marks.archived);
        self.trashed += u32::from(marks.trashed);
        self.locked += u32::from(marks.locked);
        self.of_partners += u32::from(export.origin == Origin::Partner);
        self.of_shared_albums += u32::from(export.origin == Origin::SharedAlbum);
        self.with_place += u32::from(export.place.is_some());
        self.without_place += u32::from(export.place.is_none());
        let Some(taken) = item.taken() else {
            self.without_time += 1;
            return;
        };
        *self.bases.entry(taken.basis).or_default() += 1;
        let (first_s, last_s) = self.span_s.unwrap_or((taken.utc_s, taken.utc_s));
        self.span_s = Some((first_s.min(taken.utc_s), last_s.max(taken.utc_s)));
    }

    fn count_role(&mut self, role: Role) {
        match role {
            Role::Main => {}
            Role::Motion => self.motion += 1,
            Role::Edited => self.edited += 1,
            Role::Sidecar => self.sidecars += 1,
            Role::Copy | Role::SidecarCopy => self.copies += 1,
        }
    }
}

/// Files that belong to nothing, or to a photo without a sidecar, and why; in the order in which they were found. Those
/// whose paths were refused are in [`Scan::refused`].
pub fn unmatched<'a>(scan: &'a Scan, resolved: &'a Resolved) -> impl Iterator<Item = (FileId, Reason)> + 'a {
    scan.ids().zip(&resolved.fates).filter_map(|(file, fate)| match fate {
        Fate::Lone(_, _, reason) | Fate::Unmatched(reason) => Some((file, *reason)),
        _ => None,
    })
}

/// What is not among the parts, told by their names.
pub fn missing_parts(names: &[String]) -> Vec<MissingParts> {
    let mut exports: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for (export, number) in names.iter().filter_map(|name| read_part(name)) {
        exports.entry(export).or_default().insert(number);
    }
    let missing = exports.into_iter().filter_map(|(export, seen)| {
        let last_seen = *seen.last()?;
        let absent = (1..last_seen).filter(|number| !seen.contains(number));
        let numbers: Vec<u32> = absent.take(MOST_MISSING as usize).collect();
        (!numbers.is_empty()).then(|| MissingParts { export: export.to_owned(), numbers, last_seen })
    });
    missing.collect()
}

/// The export and the number of a part: `takeout-20240516T230250Z-003.zip`, since 2025 `takeout-20250921T101112Z-3-009.zip`,
/// both perhaps with a browser's ` (1)`, as a `.tgz`, or unpacked into a folder of this name.
fn read_part(name: &str) -> Option<(&str, u32)> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let bare = [".zip", ".tgz", ".tar.gz"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let bare = bare.split(" (").next().unwrap_or(bare).trim_end();
    let (export, number) = bare.rsplit_once('-')?;
    let has_stamp = export.strip_prefix("takeout-").is_some_and(|stamp| {
        let stamp = stamp.split('-').next().unwrap_or_default();
        stamp.len() >= 8 && stamp.ends_with('Z') && stamp.starts_with(|c: char| c.is_ascii_digit())
    });
    let is_number = (1..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    number.parse().ok().filter(|number| has_stamp && is_number && *number > 0).map(|number| (export, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::takeout::item::item_of;
    use crate::takeout::matching::{Found, resolve};
    use crate::takeout::times::NoZones;

    fn missing(names: &[&str]) -> Vec<(String, Vec<u32>, u32)> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        missing_parts(&names).into_iter().map(|parts| (parts.export, parts.numbers, parts.last_seen)).collect()
    }

    #[test]
    fn parts_that_are_not_there_are_named() {
        assert_eq!(
            missing(&[
                "takeout-20240516T230250Z-001.zip",
                "takeout-20240516T230250Z-003 (1).zip",
                "takeout-20240516T230250Z-007.tgz",
                "takeout-20250921T101112Z-3-002.zip",
                "takeout-20250921T101112Z-4-001.zip",
                "takeout-20250921T101112Z-3-001.tar.gz",
                "downloads/takeout-20230101T000000Z-002",
                "holiday-004.zip",
                "Photos from 2020",
            ]),
            [("takeout-20230101T000000Z".into(), vec![1], 2), ("takeout-20240516T230250Z".into(), vec![2, 4, 5, 6], 7),]
        );
        let far = missing(&["takeout-20240516T230250Z-99999.zip", "takeout-20240516T230250Z-999999.zip"]);
        assert_eq!((far.len(), far[0].1.len(), far[0].2), (1, 1000, 99_999));
    }

    #[test]
    fn everything_is_counted_once() {
        let mut scan = Scan::default();
        let part = scan.part("takeout-20240516T230250Z-002.zip");
        let json = |name: &str, more: &str| {
            format!(r#"{{"title":"{name}","photoTakenTime":{{"timestamp":"1600000000"}}{more}}}"#)
        };
        let files = [
            ("Photos from 2020/a.HEIC", String::new()),
            ("Photos from 2020/a.MP4", String::new()),
            ("Photos from 2020/a-edited.HEIC", String::new()),
            (
                "Photos from 2020/a.HEIC.json",
                json("a.HEIC", r#","geoData":{"latitude":1,"longitude":2},"favorited":true"#),
            ),
            ("Lake/a.HEIC", String::new()),
            ("Lake/a.HEIC.json", json("a.HEIC", "")),
            ("Lake/metadata.json", r#"{"title":"Lake"}"#.into()),
            ("Photos from 2020/b.mp4", String::new()),
            ("Photos from 2020/c.jpg.json", json("c.jpg", "")),
            ("print-subscriptions.json", "{}".into()),
            ("../x.jpg", String::new()),
        ];
        for (entry, (path, text)) in files.iter().enumerate() {
            let path = format!("Takeout/Google Photos/{path}");
            let Ok(file) = scan.find(Found { part, entry: entry as u32, path: &path, size: 10 }) else { continue };
            if scan.wants(file) {
                scan.read(file, text.as_bytes());
            }
        }
        let resolved = resolve(&scan);
        let mut report = Report::new(&scan, &resolved);
        for photo in &resolved.photos {
            report.count(&item_of(&scan, photo, None, &NoZones));
        }
        let expected = Report {
            parts: vec!["takeout-20240516T230250Z-002.zip".into()],
            missing: vec![MissingParts { export: "takeout-20240516T230250Z".into(), numbers: vec![1], last_seen: 2 }],
            files: 10,
            bytes: 100,
            photos: 1,
            videos: 1,
            motion: 1,
            edited: 1,
            copies: 2,
            sidecars: 1,
            albums: 1,
            matched: 6,
            unmatched: BTreeMap::from([(Reason::NoSidecar, 1), (Reason::NoPhoto, 1)]),
            ignored: BTreeMap::from([(Ignored::KnownJson, 1)]),
            refused: BTreeMap::from([(PathProblem::LeadsOut, 1)]),
            favorites: 1,
            with_place: 1,
            without_place: 1,
            without_time: 1,
            bases: BTreeMap::from([(TimeBasis::Utc, 1)]),
            span_s: Some((1_600_000_000, 1_600_000_000)),
            ..Report::default()
        };
        assert_eq!(report, expected);
        let listed: Vec<_> = unmatched(&scan, &resolved).map(|(file, why)| (scan.file(file).name, why)).collect();
        assert_eq!(listed, [("b.mp4", Reason::NoSidecar), ("c.jpg.json", Reason::NoPhoto)]);
        let sum = report.matched
            + report.albums
            + report.unmatched.values().sum::<u32>()
            + report.ignored.values().sum::<u32>();
        assert_eq!(sum, report.files);
    }
}
