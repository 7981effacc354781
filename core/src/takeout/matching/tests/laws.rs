//! What holds for every export.

use proptest::prelude::*;

use super::*;
use crate::takeout::names::{cut_utf16, split_ending};

const PARTS: [&str; 4] = [
    "takeout-20240516T230250Z-001.zip",
    "takeout-20240516T230250Z-002.zip",
    "takeout-20240516T230250Z-003.zip",
    "Photos from 2020",
];

fn bracket(number: u32) -> String {
    if number == 0 { String::new() } else { format!("({number})") }
}

/// Files that may or may not go together, with much the same names.
fn any_put() -> impl Strategy<Value = Put> {
    let folder =
        prop::sample::select(vec!["Photos from 2020", "Photos from 2021", "Lake", "Archive", "Untitled(1)", ""]);
    let stem = prop_oneof![
        prop::sample::select(vec!["IMG_1", "IMG_1-edited", "IMG_1-edi", "PXL_1.MP", "img_1", "é", "e\u{301}"])
            .prop_map(str::to_owned),
        (40usize..50, prop::sample::select(vec!["", "A", "B", "-edited", "😀"]))
            .prop_map(|(n, end)| format!("{}{end}", "x".repeat(n))),
    ];
    let ending = prop::sample::select(vec![".jpg", ".JPG", ".HEIC", ".MP4", ".MP", "", ".txt"]);
    let kind = prop::sample::select(vec!["media", "old", "new", "album", "broken", "other"]);
    (folder, stem, ending, 0u32..3, kind, 0usize..PARTS.len(), 1u64..3, 0i64..3).prop_map(
        |(folder, stem, ending, number, kind, part, size, taken_s)| {
            let title = format!("{stem}{ending}");
            let (short, ending) = split_ending(&title);
            let name = match kind {
                "media" => format!("{}{}{ending}", cut_utf16(short, 47), bracket(number)),
                "new" => {
                    format!("{}{}.json", cut_utf16(&format!("{title}.supplemental-metadata"), 46), bracket(number))
                }
                "album" => "metadata.json".into(),
                _ => format!("{}{}.json", cut_utf16(&title, 46), bracket(number)),
            };
            let path = format!("Takeout/Google Photos/{folder}/{name}");
            let put = match kind {
                "media" => media(&path, size),
                "album" => json(&path, r#"{"title":"Lake","access":"x"}"#),
                "broken" => json(&path, "{"),
                "other" => json(&path, "{}"),
                _ => card(&path, &title, taken_s),
            };
            Put { part: PARTS[part], ..put }
        },
    )
}

/// Each put with the number of its entry, which stays its own in whatever order they come.
fn numbered_scan(puts: &[(u32, Put)]) -> Scan {
    let mut scan = Scan::default();
    for (entry, put) in puts {
        let part = scan.part(put.part);
        let found = Found { part, entry: *entry, path: &put.path, size: put.size };
        let file = scan.find(found).unwrap();
        if let Some(text) = &put.json {
            scan.read(file, text.as_bytes());
        }
    }
    scan
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_of_parts_and_files_does_not_matter((puts, shuffled) in prop::collection::vec(any_put(), 0..25).prop_flat_map(|puts| {
        let puts: Vec<(u32, Put)> = (0..).zip(puts).collect();
        (Just(puts.clone()), Just(puts).prop_shuffle())
    })) {
        let (scan, other) = (numbered_scan(&puts), numbered_scan(&shuffled));
        let (resolved, other_resolved) = (resolve(&scan), resolve(&other));
        prop_assert_eq!(told(&scan, &resolved), told(&other, &other_resolved));
        prop_assert_eq!(photos_told(&scan, &resolved), photos_told(&other, &other_resolved));
        prop_assert_eq!(resolved.albums.len(), other_resolved.albums.len());
    }

    #[test]
    fn slices_put_together_are_the_whole(puts in prop::collection::vec(any_put(), 0..25), cut in 0usize..25) {
        let puts: Vec<(u32, Put)> = (0..).zip(puts).collect();
        let cut = cut.min(puts.len());
        let whole = numbered_scan(&puts);
        let (first, second) = (numbered_scan(&puts[..cut]), numbered_scan(&puts[cut..]));
        let expected = told(&whole, &resolve(&whole));
        let mut forward = first.clone();
        forward.absorb(&second);
        let mut backward = second;
        backward.absorb(&first);
        prop_assert_eq!(told(&forward, &resolve(&forward)), expected.clone());
        prop_assert_eq!(told(&backward, &resolve(&backward)), expected);
    }

    #[test]
    fn photos_and_fates_agree(puts in prop::collection::vec(any_put(), 0..25)) {
        let scan = scan_of(&puts);
        let resolved = resolve(&scan);
        prop_assert_eq!(resolved.fates.len(), scan.len());
        let mut mains = 0;
        for file in scan.ids() {
            let (photo, role) = match resolved.fates[file.0 as usize] {
                Fate::Photo(photo, role) => (photo, role),
                Fate::Lone(photo, role, _) => (photo, role),
                _ => continue,
            };
            let photo = &resolved.photos[photo.0 as usize];
            mains += usize::from(role == Role::Main);
            let is_right = match role {
                Role::Main => photo.main == file,
                Role::Motion => photo.motion == Some(file),
                Role::Edited => resolved.edited(photo).contains(&file),
                Role::Sidecar => photo.sidecar == Some(file),
                Role::Copy => photo.main != file && photo.motion != Some(file),
                Role::SidecarCopy => photo.sidecar.is_some_and(|sidecar| sidecar != file),
            };
            prop_assert!(is_right, "{:?} {:?}", file, role);
        }
        prop_assert_eq!(mains, resolved.photos.len());
        let members: u32 = resolved.albums.iter().map(|album| album.photos).sum();
        prop_assert_eq!(members as usize, resolved.photos.iter().map(|photo| resolved.albums_of(photo).len()).sum::<usize>());
    }

    #[test]
    fn whatever_is_in_a_scan_it_resolves(paths in prop::collection::vec("\\PC{0,60}", 0..20)) {
        let puts: Vec<Put> = paths.iter().map(|path| if path.ends_with('n') { json(&format!("{path}.json"), "{}") } else { media(path, 1) }).collect();
        let scan = scan_of(&puts);
        prop_assert_eq!(resolve(&scan).fates.len(), scan.len());
    }
}

/// One T, one title, one instant and one size for all: the worst for a matcher that compares each with each.
#[test]
fn the_same_name_ten_thousand_times_is_matched_in_no_time() {
    let long = "x".repeat(46);
    let mut puts = Vec::new();
    for at in 0..5_000u32 {
        let end = char::from_u32(0x4e00 + at).unwrap();
        puts.push(media(&format!("Photos from 2020/{long}{end}.jpg"), 1));
        puts.push(card(&format!("Photos from 2020/{long}{}.json", bracket(at)), &format!("{long}{end}.jpg"), 0));
        puts.push(media(&format!("Lake/IMG{}.jpg", bracket(at)), 1));
        puts.push(card(&format!("Lake/IMG.jpg{}.json", bracket(at)), "IMG.jpg", 0));
    }
    let scan = scan_of(&puts);
    let resolved = resolve(&scan);
    assert_eq!(resolved.photos.len(), 10_000);
    assert!(resolved.fates.iter().all(|fate| matches!(fate, Fate::Photo(..))));
}
