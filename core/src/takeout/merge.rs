//! One photo that came by several ways.
//!
//! Google gives an app and an export no common id of a photo. Two rows of different sources are one photo if
//!
//! 1. both are photos or both are videos,
//! 2. they were uploaded under the same name, but for case and form,
//! 3. they were taken in the same second, or, where one of them knows its local time alone, a zone apart,
//! 4. their sizes in pixels are the same, one perhaps lying on its side, if both are known,
//! 5. their cameras have the same model, if both are known.
//!
//! Rows that fit several others are paired off in their order, so that of three copies and two only two become one each.
//!
//! Of one photo the account says what it is called and where its page is; the file says when by the local clock, how
//! large and with which camera; and what only one of them knows is kept ([`RULES`]).

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::names::{folded, nfc};
use crate::photo::{Camera, Export, Exposure, Kind, MediaItem, TimeBasis};

/// What two rows are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits<'a> {
    pub kind: Kind,
    pub file_name: &'a str,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub taken_s: Option<i64>,
    /// The instant is a guess: only the local time is known.
    pub is_local: bool,
    /// 0 where unknown.
    pub width_px: u32,
    /// 0 where unknown.
    pub height_px: u32,
    pub camera: &'a Camera,
}

impl<'a> Traits<'a> {
    /// Those of a media item as its source tells it: the person may have put the time right in one of two.
    pub fn of(item: &'a MediaItem) -> Self {
        let told = item.told();
        let basis = told.clock.map(|clock| clock.basis);
        let is_by_clock = matches!(basis, Some(TimeBasis::ExifLocal | TimeBasis::FileName));
        Self {
            kind: item.kind,
            file_name: &item.file_name,
            taken_s: told.taken_s,
            is_local: is_by_clock && has_no_sidecar(&item.id),
            width_px: item.width_px,
            height_px: item.height_px,
            camera: &item.camera,
        }
    }
}

/// Whether an export's photo has its id by its path, so that no sidecar told its instant (see `takeout::item`).
fn has_no_sidecar(id: &str) -> bool {
    let path_hash = id.strip_prefix("takeout:").unwrap_or_default();
    path_hash.len() == 32 && path_hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Google cuts fractions of a second off, or rounds them.
const MOST_APART_S: u64 = 1;
/// From the zone furthest west to the one furthest east.
const MOST_ZONE_S: u64 = 14 * 3600;
const ZONE_STEP_S: u64 = 15 * 60;

/// Rows of one name that are looked at for one more.
const MOST_NAMESAKES: usize = 256;

/// Whether two rows of different sources are one photo.
pub fn is_same(a: &Traits<'_>, b: &Traits<'_>) -> bool {
    !a.file_name.is_empty() && name_key(a) == name_key(b) && agrees(a, b)
}

/// For each of `new` the row of `known` that is the same photo, each at most once.
pub fn pair(known: &[Traits<'_>], new: &[Traits<'_>]) -> Vec<Option<usize>> {
    let mut by_name: HashMap<(Kind, String), Vec<usize>> = HashMap::new();
    for (at, traits) in known.iter().enumerate().filter(|(_, traits)| !traits.file_name.is_empty()) {
        by_name.entry(name_key(traits)).or_default().push(at);
    }
    by_name.values_mut().for_each(|rows| sort_by_instant(rows, known));
    let mut is_taken = vec![false; known.len()];
    let pairs = new.iter().map(|traits| nearest(known, by_name.get(&name_key(traits))?, traits, &mut is_taken));
    pairs.collect()
}

/// As [`pair`], for rows that all have one [`name_hash`]: their names are not looked at.
pub fn pair_namesakes(known: &[Traits<'_>], new: &[Traits<'_>]) -> Vec<Option<usize>> {
    let mut rows: Vec<usize> = (0..known.len()).collect();
    sort_by_instant(&mut rows, known);
    let mut is_taken = vec![false; known.len()];
    new.iter().map(|traits| nearest(known, &rows, traits, &mut is_taken)).collect()
}

/// A hash of what the names and kinds of two rows must have in common; `None` for a row without a name.
pub fn name_hash(kind: Kind, file_name: &str) -> Option<u64> {
    let name = folded(&nfc(file_name)).into_owned();
    let is_video = kind == Kind::Video;
    (!name.is_empty()).then(|| xxh3_64(name.as_bytes()) ^ u64::from(is_video))
}

/// Those of the nearest instant come to be compared, however many there are of a name.
fn sort_by_instant(rows: &mut [usize], known: &[Traits<'_>]) {
    rows.sort_by_key(|row| known[*row].taken_s);
}

/// Of rows of one name the one that is the same photo.
fn nearest(known: &[Traits<'_>], rows: &[usize], traits: &Traits<'_>, is_taken: &mut [bool]) -> Option<usize> {
    let reach_s = if traits.is_local { MOST_ZONE_S } else { 0 } as i64 + MOST_ZONE_S as i64;
    let from =
        rows.partition_point(|row| known[*row].taken_s < traits.taken_s.map(|taken_s| taken_s.saturating_sub(reach_s)));
    let fits = |row: &&usize| !is_taken[**row] && agrees(&known[**row], traits);
    let near = rows[from..].iter().take(MOST_NAMESAKES).filter(fits);
    // The same second before another zone's.
    let found = *near.min_by_key(|row| known[**row].taken_s.zip(traits.taken_s).map(|(a, b)| a.abs_diff(b)))?;
    is_taken[found] = true;
    Some(found)
}

fn name_key(traits: &Traits<'_>) -> (Kind, String) {
    (traits.kind, folded(&nfc(traits.file_name)).into_owned())
}

fn agrees(a: &Traits<'_>, b: &Traits<'_>) -> bool {
    let Some((a_s, b_s)) = a.taken_s.zip(b.taken_s) else { return false };
    let apart_s = a_s.abs_diff(b_s);
    let is_zone_apart = (a.is_local || b.is_local)
        && apart_s <= MOST_ZONE_S
        && apart_s.abs_diff(apart_s.next_multiple_of(ZONE_STEP_S)).min(apart_s % ZONE_STEP_S) <= MOST_APART_S;
    let (a_size, b_size) = ((a.width_px, a.height_px), (b.width_px, b.height_px));
    let is_size_known = ![a.width_px, a.height_px, b.width_px, b.height_px].contains(&0);
    let is_size_same = a_size == b_size || a_size == (b_size.1, b_size.0);
    let (a_model, b_model) = (a.camera.model.trim(), b.camera.model.trim());
    let is_model_known = !a_model.is_empty() && !b_model.is_empty();
    (apart_s <= MOST_APART_S || is_zone_apart)
        && (!is_size_known || is_size_same)
        && (!is_model_known || a_model.eq_ignore_ascii_case(b_model))
}

/// Whose word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The account's, and the export's where it says nothing.
    Account,
    /// The export's, and the account's where it says nothing.
    Export,
}

/// What is merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    Id,
    FileName,
    Description,
    MimeType,
    ProductUrl,
    Taken,
    Size,
    Camera,
    Exposure,
}

/// Whose word counts for what. Places, people, albums and marks are in exports alone.
pub const RULES: [(Fact, Word); 9] = [
    (Fact::Id, Word::Account),
    (Fact::FileName, Word::Account),
    // It can be changed in the account after the export.
    (Fact::Description, Word::Account),
    (Fact::MimeType, Word::Account),
    (Fact::ProductUrl, Word::Account),
    // The file knows the local time.
    (Fact::Taken, Word::Export),
    // The file is the original; Google may have made a smaller one.
    (Fact::Size, Word::Export),
    (Fact::Camera, Word::Export),
    (Fact::Exposure, Word::Export),
];

/// One item of two, by the [`RULES`], with the time as the sources tell it: who keeps it corrects it as they were.
pub fn merged(account: &MediaItem, export: &MediaItem) -> MediaItem {
    let (a, e) = (account, export);
    let text = |first: &str, second: &str| if first.is_empty() { second } else { first }.to_owned();
    let has_size = e.width_px > 0 && e.height_px > 0;
    let (width_px, height_px) = if has_size { (e.width_px, e.height_px) } else { (a.width_px, a.height_px) };
    let mut item = MediaItem {
        id: text(&a.id, &e.id),
        file_name: text(&a.file_name, &e.file_name),
        description: text(&a.description, &e.description),
        mime_type: text(&a.mime_type, &e.mime_type),
        kind: a.kind,
        product_url: text(&a.product_url, &e.product_url),
        base_url: a.base_url.clone(),
        taken_s: e.told().taken_s.or(a.told().taken_s),
        width_px,
        height_px,
        camera: if e.camera == Camera::default() { a.camera.clone() } else { e.camera.clone() },
        exposure: Exposure {
            f_number: e.exposure.f_number.or(a.exposure.f_number),
            exposure_s: e.exposure.exposure_s.or(a.exposure.exposure_s),
            iso: e.exposure.iso.or(a.exposure.iso),
            focal_length_mm: e.exposure.focal_length_mm.or(a.exposure.focal_length_mm),
            frames_per_s: e.exposure.frames_per_s.or(a.exposure.frames_per_s),
        },
        export: e
            .export
            .clone()
            .map(|export| Box::new(Export { clock: e.told().clock, is_in_account: true, ..*export })),
        corrected: None,
    };
    // What the person put right in the account's row stays with that row; what in the other's comes along.
    if let Some(own) = e.corrected.as_deref().filter(|own| a.corrected.is_none() && own.told == item.told()) {
        item.taken_s = own.shown.taken_s;
        item.export.iter_mut().for_each(|export| export.clock = own.shown.clock);
        item.corrected = Some(Box::new(own.clone()));
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn camera(model: &str) -> Camera {
        Camera { make: String::new(), model: model.into() }
    }

    fn traits<'a>(camera: &'a Camera, taken_s: i64) -> Traits<'a> {
        Traits {
            kind: Kind::Photo,
            file_name: "IMG_1.JPG",
            taken_s: Some(taken_s),
            is_local: false,
            width_px: 640,
            height_px: 480,
            camera,
        }
    }

    #[test]
    fn name_time_size_and_camera_decide() {
        let (k3, none, k5) = (camera("K-3"), camera(""), camera("K-5"));
        let own = traits(&k3, 1_000_000);
        let same = [
            own,
            Traits { file_name: "img_1.jpg", ..own },
            Traits { taken_s: Some(1_000_001), ..own },
            Traits { width_px: 480, height_px: 640, ..own },
            Traits { width_px: 0, height_px: 0, ..own },
            Traits { camera: &none, ..own },
            Traits { is_local: true, taken_s: Some(1_000_000 + 20_700), ..own },
        ];
        for other in same {
            assert!(is_same(&own, &other) && is_same(&other, &own), "{other:?}");
        }
        let others = [
            Traits { kind: Kind::Video, ..own },
            Traits { file_name: "IMG_2.JPG", ..own },
            Traits { taken_s: Some(1_000_002), ..own },
            Traits { taken_s: Some(1_003_600), ..own },
            Traits { taken_s: None, ..own },
            Traits { width_px: 641, ..own },
            Traits { camera: &k5, ..own },
            Traits { is_local: true, taken_s: Some(1_000_100), ..own },
            Traits { is_local: true, taken_s: Some(1_000_000 + 15 * 3600), ..own },
        ];
        for other in others {
            assert!(!is_same(&own, &other) && !is_same(&other, &own), "{other:?}");
        }
        let (nameless, composed) = (Traits { file_name: "", ..own }, Traits { file_name: "é", ..own });
        assert!(!is_same(&nameless, &nameless) && is_same(&composed, &Traits { file_name: "e\u{301}", ..own }));
    }

    #[test]
    fn copies_are_paired_off() {
        let k3 = camera("K-3");
        let known = [traits(&k3, 5), traits(&k3, 5), traits(&k3, 9)];
        let new = [traits(&k3, 9), traits(&k3, 5), traits(&k3, 5), traits(&k3, 5)];
        assert_eq!(pair(&known, &new), [Some(2), Some(0), Some(1), None]);
        assert_eq!(pair(&[], &new[..1]), [None]);
    }

    #[test]
    fn each_fact_is_of_whom_the_rules_say() {
        let account = MediaItem {
            id: "A".into(),
            file_name: "a.jpg".into(),
            taken_s: Some(1),
            width_px: 100,
            height_px: 50,
            camera: camera("cloud"),
            exposure: Exposure { iso: Some(100), f_number: Some(2.0), ..Exposure::default() },
            base_url: Some("b".into()),
            ..MediaItem::default()
        };
        let export = MediaItem {
            id: "takeout:x".into(),
            file_name: "A.JPG".into(),
            description: "d".into(),
            mime_type: "image/jpeg".into(),
            taken_s: Some(2),
            width_px: 200,
            height_px: 100,
            camera: camera("file"),
            exposure: Exposure { iso: Some(200), ..Exposure::default() },
            ..MediaItem::default()
        };
        let expected = MediaItem {
            id: "A".into(),
            file_name: "a.jpg".into(),
            description: "d".into(),
            mime_type: "image/jpeg".into(),
            taken_s: Some(2),
            width_px: 200,
            height_px: 100,
            camera: camera("file"),
            exposure: Exposure { iso: Some(200), f_number: Some(2.0), ..Exposure::default() },
            base_url: Some("b".into()),
            ..MediaItem::default()
        };
        assert_eq!(merged(&account, &export), expected);
        assert_eq!(merged(&account, &MediaItem::default()), account);
        assert_eq!(merged(&MediaItem::default(), &export), export);
    }

    proptest! {
        #[test]
        fn pairs_are_the_same_photo_and_each_once(
            known in prop::collection::vec((0usize..2, 0i64..4, 0u32..3), 0..12),
            new in prop::collection::vec((0usize..2, 0i64..4, 0u32..3, any::<bool>()), 0..12),
        ) {
            let k3 = camera("K-3");
            let names = ["a.jpg", "B.jpg"];
            let make = |name: usize, taken_s: i64, width_px: u32, is_local: bool| Traits {
                file_name: names[name], taken_s: Some(taken_s * 450), width_px, is_local, ..traits(&k3, 0)
            };
            let known: Vec<_> = known.into_iter().map(|(name, taken, width)| make(name, taken, width, false)).collect();
            let new: Vec<_> = new.into_iter().map(|(name, taken, width, local)| make(name, taken, width, local)).collect();
            let pairs = pair(&known, &new);
            let mut seen = std::collections::HashSet::new();
            for (traits, found) in new.iter().zip(&pairs) {
                match found {
                    Some(found) => prop_assert!(is_same(&known[*found], traits) && seen.insert(*found)),
                    None => {
                        let free = (0..known.len()).filter(|at| !pairs.contains(&Some(*at)));
                        prop_assert!(!free.into_iter().any(|at| is_same(&known[at], traits)));
                    }
                }
            }
        }
    }
}
