//! One photo that the account and an export tell of: one row, and the account's own word again when the import goes.

use std::collections::BTreeMap;
use std::rc::Rc;

use albumen_core::photo::MediaItem;
use albumen_core::ports::{FileId, StoreError};
use albumen_core::protocol::{Access, Answer, ImportReport, Media, NewPart, News, Wish};
use albumen_core::store::keys;

use crate::world::{Outside, Page, outside};

const ALL: Wish = Wish::Sync { days: None, media: Media::All };
/// Media items of the account.
const ITEMS: u32 = 40;
/// Those of them that the export has too.
const BOTH: usize = 5;

/// By row, what is in the catalog.
fn rows(page: &mut Page) -> BTreeMap<u32, MediaItem> {
    let mut details = |row: u32| match page.wish(Wish::Details { row }) {
        Ok(Answer::Details(details)) => Some((row, details.item)),
        _ => None,
    };
    (0..200).filter_map(&mut details).collect()
}

/// The same by id: which row an item has depends on what came first.
fn by_id(rows: &BTreeMap<u32, MediaItem>) -> BTreeMap<String, MediaItem> {
    let by_id: BTreeMap<_, _> = rows.values().map(|item| (item.id.clone(), item.clone())).collect();
    assert_eq!(by_id.len(), rows.len(), "no id twice");
    by_id
}

fn fetch(page: &mut Page) {
    page.wish(ALL).unwrap();
    page.settle();
}

/// A page of an account whose items were fetched, and its rows.
fn fetched() -> (Rc<Outside>, Page, BTreeMap<u32, MediaItem>) {
    let outside = outside(ITEMS);
    let mut page = Page::signed_in(&outside, Access::Read);
    fetch(&mut page);
    let before = rows(&mut page);
    (outside, page, before)
}

/// Gives files of an unpacked export to the page.
fn add(page: &mut Page, files: &[(String, Vec<u8>)]) {
    let first = page.outside.files.borrow().keys().max().map_or(0, |last| last + 1);
    let ids: Vec<FileId> = (first..).map(FileId).take(files.len()).collect();
    let part =
        |(path, bytes): &(String, Vec<u8>)| NewPart { path: path.clone(), size: bytes.len() as u64, modified_ms: 1 };
    page.outside.files.borrow_mut().extend(ids.iter().map(|id| id.0).zip(files.iter().map(|(_, bytes)| bytes.clone())));
    let parts = files.iter().map(part).collect();
    assert_eq!(page.wish_with(Wish::AddParts { parts }, ids).unwrap().0, Answer::Done);
}

fn import(page: &mut Page, files: &[(String, Vec<u8>)]) {
    add(page, files);
    assert_eq!(page.wish(Wish::StartImport), Ok(Answer::Done));
    page.settle();
}

fn report(page: &mut Page) -> ImportReport {
    match page.wish(Wish::ImportReport) {
        Ok(Answer::Import(report)) => *report,
        other => panic!("{other:?} is no report"),
    }
}

/// Photos of the account as an export has them in an album, and one that the account does not know.
fn exported(items: &[MediaItem], favorited: bool) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let other = MediaItem { file_name: "other.jpg".into(), taken_s: Some(1_600_000_000), ..MediaItem::default() };
    for (at, item) in items.iter().chain([&other]).enumerate() {
        let path = format!("Takeout/Google Photos/Summer/{}", item.file_name);
        files.push((path.clone(), format!("no picture {at}").into_bytes()));
        files.push((format!("{path}.json"), sidecar(item, at, favorited)));
    }
    files.push(("Takeout/Google Photos/Summer/metadata.json".into(), br#"{"title":"Summer"}"#.to_vec()));
    files
}

fn sidecar(item: &MediaItem, number: usize, favorited: bool) -> Vec<u8> {
    let json = serde_json::json!({
        "title": item.file_name,
        "url": format!("https://photos.google.com/photo/AF1Qip{number}"),
        "photoTakenTime": { "timestamp": item.taken_s.unwrap().to_string() },
        "geoData": { "latitude": 48.5, "longitude": 2.25, "altitude": 0 },
        "favorited": favorited,
    });
    json.to_string().into_bytes()
}

fn photos(rows: &BTreeMap<u32, MediaItem>) -> Vec<MediaItem> {
    let photos = rows.values().filter(|item| item.file_name.to_ascii_lowercase().ends_with(".jpg"));
    let photos: Vec<MediaItem> = photos.take(BOTH).cloned().collect();
    assert_eq!(photos.len(), BOTH);
    photos
}

/// Whether both sources' photos are one row each, with what each of them says.
fn check_merged(page: &mut Page, before: &BTreeMap<u32, MediaItem>, both: &[MediaItem], favorited: bool) {
    let now = by_id(&rows(page));
    assert_eq!(now.len(), before.len() + 1, "the other photo is a row, and no other one is new");
    let before = by_id(before);
    for (id, was) in &before {
        let found = &now[id];
        assert_eq!((&found.file_name, found.taken_s), (&was.file_name, was.taken_s));
        if !both.iter().any(|item| item.id == *id) {
            assert_eq!(found, was);
            continue;
        }
        let export = found.export.as_ref().expect("the export tells of it");
        assert_eq!((export.is_in_account, export.marks.favorited), (true, favorited));
        assert!(export.place.is_some());
    }
    assert_eq!(report(page).merged as usize, both.len());
}

/// Takes the imports out, after which there is what the account says and nothing else.
fn check_apart(page: &mut Page, before: &BTreeMap<u32, MediaItem>) {
    assert_eq!(page.wish(Wish::RemoveImports), Ok(Answer::Done));
    assert_eq!(by_id(&rows(page)), by_id(before), "what the account says");
    check_nothing_left(page);
}

fn check_nothing_left(page: &Page) {
    assert!(page.outside.store.records().keys().all(|name| !name.starts_with(keys::IMPORT)));
}

#[test]
fn what_another_tab_imported_is_merged_at_the_end_of_a_fetch() {
    let (_, _, before) = fetched();
    let both = photos(&before);
    let shared = outside(ITEMS);
    // It opened when there was nothing.
    let mut fetching = Page::signed_in(&shared, Access::Read);
    import(&mut Page::open(&shared), &exported(&both, false));
    fetch(&mut fetching);
    check_merged(&mut fetching, &before, &both, false);
}

#[test]
fn what_both_tell_of_is_one_row_whichever_came_first_and_comes_apart_again() {
    let (outside_one, mut page, before) = fetched();
    let both = photos(&before);
    let files = exported(&both, false);
    import(&mut page, &files);
    check_merged(&mut page, &before, &both, false);
    let in_the_end = by_id(&rows(&mut page));

    let other_outside = outside(ITEMS);
    let mut other = Page::signed_in(&other_outside, Access::Read);
    import(&mut other, &files);
    assert_eq!(rows(&mut other).len(), BOTH + 1);
    assert_eq!(report(&mut other).merged, 0);
    fetch(&mut other);
    check_merged(&mut other, &before, &both, false);
    assert_eq!(by_id(&rows(&mut other)), in_the_end, "whichever came first");
    check_apart(&mut other, &before);

    // A newer export says other things of the same photos; and the account is fetched again.
    let mut page = Page::open(&outside_one);
    import(&mut page, &exported(&both, true));
    check_merged(&mut page, &before, &both, true);
    assert_eq!(report(&mut page).new, 0);
    fetch(&mut page);
    check_merged(&mut page, &before, &both, true);
    let mut page = Page::open(&outside_one);
    assert_eq!(page.wish(Wish::RemoveImports), Ok(Answer::Done));
    assert_eq!(rows(&mut page), before, "what the account says, in its own rows");
    assert_eq!(page.news.borrow().iter().filter(|news| **news == News::Import(None)).count(), 1);
    check_nothing_left(&page);
}

#[test]
fn a_description_that_a_newer_export_brings_is_the_exports_and_can_be_cleared() {
    let outside = outside(ITEMS);
    let mut page = Page::signed_in(&outside, Access::Edit);
    fetch(&mut page);
    let before = rows(&mut page);
    let both: Vec<MediaItem> = photos(&before).into_iter().filter(|item| item.description.is_empty()).collect();
    let row = before.iter().find(|(_, item)| item.id == both[0].id).map(|(row, _)| *row).unwrap();
    import(&mut page, &exported(&both, false));
    let described = |words: &str| {
        let words = format!(",\"description\":\"{words}\"}}");
        let mut files = exported(&both, true);
        let bytes = &mut files[1].1;
        bytes.truncate(bytes.len() - 1);
        bytes.extend(words.into_bytes());
        files
    };
    import(&mut page, &described("At the beach"));
    assert_eq!(rows(&mut page)[&row].description, "At the beach");
    page.wish(Wish::RemoveImports).unwrap();
    page.settle();
    check_apart(&mut page, &before);
    import(&mut page, &described("At the beach"));
    assert_eq!(rows(&mut page)[&row].description, "At the beach");
    page.wish(Wish::EditDescription { row, description: String::new() }).unwrap();
    assert_eq!(rows(&mut page)[&row].description, "");
    assert!(rows(&mut page)[&row].export.is_some(), "what else the export says stays");
}

#[test]
fn an_album_of_the_export_has_the_accounts_rows() {
    let (outside, mut page, before) = fetched();
    let both = photos(&before);
    import(&mut page, &exported(&both, false));
    let now = rows(&mut page);
    let records = outside.store.records();
    let albums = records.iter().filter(|(name, _)| name.starts_with(keys::ALBUMS));
    let albums = albums.filter_map(|(_, record)| albumen_core::catalog::codec::decode_album(record).ok());
    let summer = albums.into_iter().find(|album| album.album.title == "Summer").unwrap();
    let mut expected: Vec<u32> = now.iter().filter(|(_, item)| item.export.is_some()).map(|(row, _)| *row).collect();
    expected.sort_unstable();
    let found: Vec<u32> = summer.rows.runs().iter().cloned().flatten().collect();
    assert_eq!(found, expected);
    let pictures = page.wish(Wish::Thumbnails { rows: expected.clone() }).unwrap();
    let Answer::Thumbnails(pictures) = pictures else { panic!("{pictures:?}") };
    let away = |thumbnail: &albumen_core::protocol::ThumbnailOf| {
        matches!(thumbnail.thumbnail, albumen_core::protocol::Thumbnail::NotHere)
    };
    assert_eq!((pictures.len(), pictures.iter().filter(|one| away(one)).count()), (expected.len(), 0));
}

#[test]
fn of_copies_each_is_one_with_another() {
    let (outside, mut page, before) = fetched();
    let photo = photos(&before)[0].clone();
    // Three files of one name and second, of which the account has one.
    let mut files = Vec::new();
    for (at, folder) in ["Photos from 2020", "Summer", "Winter"].iter().enumerate() {
        let path = format!("Takeout/Google Photos/{folder}/{}", photo.file_name);
        files.push((path.clone(), format!("no picture {at}").into_bytes()));
        files.push((format!("{path}.json"), sidecar(&photo, at, false)));
    }
    import(&mut page, &files);
    let copies = |page: &mut Page| {
        let rows = rows(page);
        let of_name = |item: &&MediaItem| item.file_name == photo.file_name;
        let copies: Vec<bool> = rows
            .values()
            .filter(of_name)
            .map(|item| item.export.as_ref().is_some_and(|export| export.is_in_account))
            .collect();
        (copies.len(), copies.iter().filter(|is_merged| **is_merged).count())
    };
    assert_eq!(copies(&mut page), (3, 1));
    assert_eq!(report(&mut page).merged, 1);
    let mut page = Page::open(&outside);
    import(&mut page, &files);
    fetch_again(&mut page);
    assert_eq!(copies(&mut page), (3, 1));
    check_apart(&mut page, &before);
}

fn fetch_again(page: &mut Page) {
    fetch(page);
    fetch(page);
}

#[test]
fn signing_out_leaves_what_the_export_says_and_signing_in_again_doubles_nothing() {
    let (_, mut page, before) = fetched();
    let both = photos(&before);
    import(&mut page, &exported(&both, false));
    page.wish(Wish::SignOut { remove_rows: true }).unwrap();
    let left = rows(&mut page);
    assert_eq!(left.len(), BOTH + 1);
    assert!(left.values().all(|item| item.export.as_ref().is_some_and(|export| !export.is_in_account)));
    assert_eq!(report(&mut page).merged, 0);
    page.sign_in(Access::Read).unwrap();
    fetch(&mut page);
    assert_eq!(rows(&mut page).len(), before.len() + 1);
}

#[test]
fn a_page_closed_at_any_instant_merges_and_removes_in_the_end() {
    let (_, _, before) = fetched();
    let both = photos(&before);
    let files = exported(&both, false);
    for fetches_first in [true, false] {
        for instant in 1.. {
            let outside = outside(ITEMS);
            let mut page = Page::signed_in(&outside, Access::Read);
            if fetches_first {
                fetch(&mut page);
                add(&mut page, &files);
                page.wish(Wish::StartImport).unwrap();
            } else {
                import(&mut page, &files);
                page.wish(ALL).unwrap();
            }
            page.run_for(instant);
            drop(page);
            let mut page = Page::open(&outside);
            if fetches_first {
                import(&mut page, &files);
            } else {
                fetch(&mut page);
            }
            check_merged(&mut page, &before, &both, false);
            page.wish_for(Wish::RemoveImports, instant);
            drop(page);
            let mut page = Page::open(&outside);
            page.settle();
            assert_eq!(by_id(&rows(&mut page)), by_id(&before), "after {instant}");
            check_nothing_left(&page);
            if instant > 40 {
                break;
            }
        }
    }
}

#[test]
fn a_device_that_is_full_at_any_commit_merges_and_removes_when_there_is_room() {
    let (_, _, before) = fetched();
    let both = photos(&before);
    let files = exported(&both, false);
    let mut failed = [0, 0, 0];
    for commit in 1..40 {
        for fetches_first in [true, false] {
            let outside = outside(ITEMS);
            let mut page = Page::signed_in(&outside, Access::Read);
            if fetches_first {
                fetch(&mut page);
            } else {
                import(&mut page, &files);
            }
            outside.store.fail_commit(commit, StoreError::Full);
            if fetches_first {
                import(&mut page, &files);
            } else {
                // Already beginning can fail.
                drop(page.wish(ALL));
                page.settle();
            }
            failed[usize::from(fetches_first)] += u32::from(by_id(&rows(&mut page)).len() != before.len() + 1);
            if fetches_first {
                import(&mut page, &files);
            } else {
                fetch(&mut page);
            }
            check_merged(&mut page, &before, &both, false);
            outside.store.fail_commit(commit, StoreError::Full);
            if page.wish(Wish::RemoveImports).is_err() {
                failed[2] += 1;
                check_apart(&mut page, &before);
            } else {
                assert_eq!(by_id(&rows(&mut page)), by_id(&before), "commit {commit}");
            }
        }
    }
    assert!(failed.iter().all(|failed| *failed > 1), "{failed:?}");
}

#[test]
fn a_photo_that_gets_another_id_by_its_sidecar_stays_in_the_accounts_row() {
    let (_, mut page, before) = fetched();
    let both = photos(&before);
    let files = exported(&both, false);
    import(&mut page, &files);
    let other = |(path, bytes): &(String, Vec<u8>)| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        (path.clone(), text.replace("AF1Qip", "AF1QipOfAnotherNumber").into_bytes())
    };
    import(&mut page, &files.iter().map(other).collect::<Vec<_>>());
    check_merged(&mut page, &before, &both, false);
    check_apart(&mut page, &before);
}
