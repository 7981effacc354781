//! One photo that the account and an export tell of: one row, and the account's own word again when the import goes.

use std::collections::BTreeMap;

use albumen_core::photo::MediaItem;
use albumen_core::ports::FileId;
use albumen_core::protocol::{Access, Answer, Media, NewPart, News, Wish};
use albumen_core::store::keys;

use crate::world::{Page, outside};

const ALL: Wish = Wish::Sync { days: None, media: Media::All };

/// By row, what is in the catalog.
fn rows(page: &mut Page) -> BTreeMap<u32, MediaItem> {
    let mut details = |row: u32| match page.wish(Wish::Details { row }) {
        Ok(Answer::Details(details)) => Some((row, details.item)),
        _ => None,
    };
    (0..200).filter_map(&mut details).collect()
}

/// Gives files of an unpacked export to the page, and imports them.
fn import(page: &mut Page, files: &[(String, Vec<u8>)]) {
    let first = page.outside.files.borrow().keys().max().map_or(0, |last| last + 1);
    let ids: Vec<FileId> = (first..).map(FileId).take(files.len()).collect();
    let part =
        |(path, bytes): &(String, Vec<u8>)| NewPart { path: path.clone(), size: bytes.len() as u64, modified_ms: 1 };
    page.outside.files.borrow_mut().extend(ids.iter().map(|id| id.0).zip(files.iter().map(|(_, bytes)| bytes.clone())));
    let parts = files.iter().map(part).collect();
    assert_eq!(page.wish_with(Wish::AddParts { parts }, ids).unwrap().0, Answer::Done);
    assert_eq!(page.wish(Wish::StartImport), Ok(Answer::Done));
    page.settle();
}

/// Photos of the account as an export has them in an album, and one that the account does not know.
fn exported(items: &[MediaItem], favorited: bool) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let other = MediaItem { file_name: "other.jpg".into(), taken_s: Some(1_600_000_000), ..MediaItem::default() };
    for (at, item) in items.iter().chain([&other]).enumerate() {
        let path = format!("Takeout/Google Photos/Summer/{}", item.file_name);
        let json = serde_json::json!({
            "title": item.file_name,
            "url": format!("https://photos.google.com/photo/AF1Qip{at}"),
            "photoTakenTime": { "timestamp": item.taken_s.unwrap().to_string() },
            "geoData": { "latitude": 48.5, "longitude": 2.25, "altitude": 0 },
            "favorited": favorited,
        });
        files.push((path.clone(), format!("no picture {at}").into_bytes()));
        files.push((format!("{path}.json"), json.to_string().into_bytes()));
    }
    files.push(("Takeout/Google Photos/Summer/metadata.json".into(), br#"{"title":"Summer"}"#.to_vec()));
    files
}

fn photos(rows: &BTreeMap<u32, MediaItem>) -> Vec<MediaItem> {
    let photos = rows.values().filter(|item| item.file_name.to_ascii_lowercase().ends_with(".jpg"));
    photos.take(5).cloned().collect()
}

/// Ids of media items that both tell of, those that an export alone tells of, and all rows.
fn check_merged(page: &mut Page, before: &BTreeMap<u32, MediaItem>, merged: &[MediaItem], favorited: bool) {
    let now = rows(page);
    assert_eq!(now.len(), before.len() + 1, "the other photo is a row, and no other one is new");
    for item in merged {
        let (row, was) = before.iter().find(|(_, known)| known.id == item.id).unwrap();
        let found = &now[row];
        assert_eq!((&found.id, &found.file_name, found.taken_s), (&was.id, &was.file_name, was.taken_s));
        let export = found.export.as_ref().expect("the export tells of it");
        assert_eq!((export.is_in_account, export.marks.favorited), (true, favorited));
        assert!(export.place.is_some());
    }
    let Ok(Answer::Import(report)) = page.wish(Wish::ImportReport) else { panic!("there is a report") };
    assert_eq!(report.merged as usize, merged.len());
}

#[test]
fn what_both_tell_of_is_one_row_whichever_came_first_and_comes_apart_again() {
    for fetches_first in [true, false] {
        let outside = outside(40);
        let mut page = Page::signed_in(&outside, Access::Read);
        page.wish(ALL).unwrap();
        page.settle();
        let before = rows(&mut page);
        let merged = photos(&before);
        assert_eq!(merged.len(), 5);
        let files = exported(&merged, false);
        if fetches_first {
            import(&mut page, &files);
            check_merged(&mut page, &before, &merged, false);
            // A newer export says other things of the same photos; and the account is fetched again.
            let mut page = Page::open(&outside);
            import(&mut page, &exported(&merged, true));
            check_merged(&mut page, &before, &merged, true);
            page.wish(ALL).unwrap();
            page.settle();
            check_merged(&mut page, &before, &merged, true);
        } else {
            let outside = crate::world::outside(40);
            let mut page = Page::signed_in(&outside, Access::Read);
            import(&mut page, &files);
            assert_eq!(rows(&mut page).len(), 6);
            page.wish(ALL).unwrap();
            page.settle();
            let now = rows(&mut page);
            assert_eq!(now.len(), before.len() + 1);
            assert_eq!(now.values().filter(|item| item.export.as_ref().is_some_and(|e| e.is_in_account)).count(), 5);
            continue;
        }
        let mut page = Page::open(&outside);
        assert_eq!(page.wish(Wish::RemoveImports), Ok(Answer::Done));
        page.settle();
        assert_eq!(rows(&mut page), before, "what the account says, in its own rows");
        assert_eq!(page.news.borrow().iter().filter(|news| **news == News::Import(None)).count(), 1);
        assert!(outside.store.records().keys().all(|name| !name.starts_with(keys::IMPORT)));
    }
}

#[test]
fn a_page_closed_at_any_instant_merges_and_removes_in_the_end() {
    let outside_one = outside(40);
    let mut page = Page::signed_in(&outside_one, Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let before = rows(&mut page);
    let merged = photos(&before);
    let files = exported(&merged, false);
    for instant in 1.. {
        let outside = outside(40);
        let mut page = Page::signed_in(&outside, Access::Read);
        page.wish(ALL).unwrap();
        page.settle();
        let first = page.outside.files.borrow().keys().max().map_or(0, |last| last + 1);
        let ids: Vec<FileId> = (first..).map(FileId).take(files.len()).collect();
        page.outside
            .files
            .borrow_mut()
            .extend(ids.iter().map(|id| id.0).zip(files.iter().map(|(_, bytes)| bytes.clone())));
        let parts = files.iter();
        let parts = parts.map(|(path, bytes)| NewPart { path: path.clone(), size: bytes.len() as u64, modified_ms: 1 });
        page.wish_with(Wish::AddParts { parts: parts.collect() }, ids).unwrap();
        page.wish(Wish::StartImport).unwrap();
        page.run_for(instant);
        drop(page);
        let mut page = Page::open(&outside);
        import(&mut page, &files);
        check_merged(&mut page, &before, &merged, false);
        page.wish(Wish::RemoveImports).unwrap();
        page.run_for(instant);
        drop(page);
        let mut page = Page::open(&outside);
        page.settle();
        assert_eq!(rows(&mut page), before, "after {instant}");
        if instant > 40 {
            break;
        }
    }
}
