//! Scans: stored, put together, fed with rubbish.

use super::*;
use crate::takeout::names::PathProblem;

fn example() -> Vec<Put> {
    vec![
        media("Takeout/Google Photos/Photos from 2020/a.jpg", 7),
        card("Takeout/Google Photos/Photos from 2020/a.jpg.json", "a.jpg", 5),
        json("Takeout/Google Photos/Photos from 2020/b.jpg.json", r#"{"title":"b","photoTakenTime":{}}"#),
        json("Takeout/Google Photos/Lake/metadata.json", r#"{"title":"Lake"}"#),
        media("Takeout/../../etc/passwd", 7),
    ]
}

#[test]
fn a_stored_scan_goes_on_where_it_was() {
    let puts = example();
    let scan = scan_of(&puts);
    let stored = postcard::to_allocvec(&scan).unwrap();
    let mut again: Scan = postcard::from_bytes(&stored).unwrap();
    assert_eq!(told(&again, &resolve(&again)), told(&scan, &resolve(&scan)));
    let part = again.part(puts[0].part);
    let found = Found { part, entry: 0, path: &puts[0].path, size: 7 };
    assert_eq!((again.find(found), again.len()), (Ok(FileId(0)), 4));
    assert_eq!(again.sidecar(FileId(1)).unwrap().title, "a.jpg");
    assert_eq!(again.album(FileId(3)).unwrap().title, "Lake");
    assert_eq!((again.sidecar(FileId(0)), again.album(FileId(1)), again.sidecar(FileId(99))), (None, None, None));
    assert_eq!((again.problems().1, again.refused().1), (1, 1));
    assert_eq!(again.refused().0[0].why, PathProblem::LeadsOut);
}

#[test]
fn a_scan_that_takes_over_another_has_all_of_it_once() {
    let whole = scan_of(&example());
    let mut twice = whole.clone();
    twice.absorb(&whole);
    assert_eq!(told(&twice, &resolve(&twice)), told(&whole, &resolve(&whole)));
    assert_eq!((twice.len(), twice.problems().1, twice.refused().1), (4, 1, 1));
    let mut fresh = Scan::default();
    fresh.part("another");
    fresh.absorb(&whole);
    assert_eq!(told(&fresh, &resolve(&fresh)), told(&whole, &resolve(&whole)));
    assert_eq!(
        (fresh.parts(), fresh.problems().1),
        (["another".to_owned(), "takeout-1-001.zip".to_owned()].as_slice(), 1)
    );
}

#[test]
fn what_one_slice_found_and_another_read_is_read() {
    let puts = example();
    let mut unread = Scan::default();
    let part = unread.part(puts[1].part);
    let file = unread.find(Found { part, entry: 1, path: &puts[1].path, size: 9 }).unwrap();
    assert!(unread.wants(file));
    let mut lost = unread.clone();
    lost.give_up(file);
    assert!(!lost.wants(file));
    unread.absorb(&scan_of(&puts));
    assert!(!unread.wants(file));
    assert_eq!(unread.sidecar(file).unwrap().title, "a.jpg");
}

#[test]
fn a_file_that_is_no_json_is_never_asked_for() {
    let mut scan = Scan::default();
    let part = scan.part("x");
    for (entry, path) in ["a.jpg", "print-subscriptions.json", "._a.json", "b"].into_iter().enumerate() {
        let file = scan.find(Found { part, entry: entry as u32, path, size: 3 }).unwrap();
        assert!(!scan.wants(file), "{path}");
        scan.read(file, b"{}");
    }
    let large = scan.find(Found { part, entry: 9, path: "a.json", size: 50_000_000 }).unwrap();
    assert!(!scan.wants(large) && !scan.wants(FileId(1000)));
}

#[test]
fn a_sidecar_that_says_too_little_makes_no_album_of_its_year() {
    let folder = "Takeout/Google Photos/Photos from 2023";
    for name in ["IMG_9.jpg.json", "IMG_9.jpg(1).json", "IMG_9.jpg.supplemental-metadata.json", "IMG_9.MOV.suppl.json"]
    {
        let puts = [
            media(&format!("{folder}/IMG_1.jpg"), 7),
            card(&format!("{folder}/IMG_1.jpg.json"), "IMG_1.jpg", 5),
            json(&format!("{folder}/{name}"), r#"{"title":"IMG_9.jpg","description":"A dog"}"#),
        ];
        let scan = scan_of(&puts);
        let resolved = resolve(&scan);
        assert!(resolved.albums.is_empty(), "{name}: {:?}", resolved.albums);
        assert_eq!(scan.sidecar(FileId(2)).unwrap().description, "A dog", "{name}");
        assert_eq!(resolved.fates[2], Fate::Unmatched(Reason::NoPhoto), "{name}");
    }
    // What an album says of itself counts, whatever its file is called.
    let album = json("Takeout/Google Photos/Lake/a.jpg.json", r#"{"title":"Lake","access":"protected"}"#);
    assert_eq!(scan_of(&[album]).album(FileId(0)).unwrap().title, "Lake");
}
