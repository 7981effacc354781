//! Whole exports: what is kept of them, and what is told.

use std::collections::{BTreeMap, BTreeSet};

use albumen_core::engine::EntryAway;
use albumen_core::photo::MediaItem;
use albumen_core::protocol::{Access, Answer, ImportStep, Media, PartProgress, Wish, Work};
use albumen_takeout::truth::Truth;
use albumen_takeout::{Form, Style};

use super::{Kept, add, export, import, imported, kept, report, rows, state};
use crate::world::{Page, outside};

/// What the truth and the catalog both say of a photo that has a page at Google's.
type Said<'a> = (&'a str, &'a str, Vec<&'a str>, [bool; 4]);

fn of_truth(truth: &Truth) -> BTreeMap<&str, Said<'_>> {
    let photos = truth.photos.iter().filter_map(|photo| {
        let marks = [photo.favorited, photo.archived, photo.trashed, photo.locked];
        let people = photo.people.iter().map(String::as_str).collect();
        Some((photo.url.as_deref()?, (photo.title.as_str(), photo.description.as_str(), people, marks)))
    });
    photos.collect()
}

fn of_item(item: &MediaItem) -> (&str, Said<'_>) {
    let export = item.export.as_ref().unwrap();
    let marks = export.marks;
    let marks = [marks.favorited, marks.archived, marks.trashed, marks.locked];
    let people = export.people.iter().map(String::as_str).collect();
    (&item.product_url, (&item.file_name, &item.description, people, marks))
}

fn check(kept: &Kept, truth: &Truth) {
    assert_eq!(kept.items.len(), truth.photos.len());
    let items: BTreeMap<&str, Said<'_>> =
        kept.items.values().filter(|item| !item.product_url.is_empty()).map(of_item).collect();
    assert_eq!(items, of_truth(truth));
    let sizes = |width, height| if width > height { (width, height) } else { (height, width) };
    for photo in truth.photos.iter().filter(|photo| photo.exif.is_some()) {
        let Some(item) = kept.items.values().find(|item| Some(&item.product_url) == photo.url.as_ref()) else {
            continue;
        };
        let exif = photo.exif.as_ref().unwrap();
        assert_eq!(
            (&item.camera.make, &item.camera.model),
            (&exif.make, &exif.model),
            "{} was looked into",
            photo.title
        );
        assert_eq!(sizes(item.width_px, item.height_px), sizes(photo.width_px, photo.height_px));
    }
    let by_photo: BTreeMap<u32, &str> =
        truth.photos.iter().filter_map(|photo| Some((photo.id, photo.url.as_deref()?))).collect();
    let told: BTreeSet<(&str, BTreeSet<&str>)> = truth
        .albums
        .iter()
        .map(|album| (album.title.as_str(), album.members.iter().filter_map(|id| by_photo.get(id).copied()).collect()))
        .collect();
    let found: BTreeSet<(&str, BTreeSet<&str>)> = kept
        .albums
        .iter()
        .map(|((_, title), ids)| {
            let urls = ids.iter().map(|id| kept.items[id].product_url.as_str()).filter(|url| !url.is_empty());
            (title.as_str(), urls.collect())
        })
        .collect();
    assert_eq!(found, told);
}

#[test]
fn what_is_in_an_export_is_in_the_catalog_in_every_form_and_order() {
    for (form, style) in [(Form::Zip, Style::New), (Form::Tgz, Style::Old), (Form::Folder, Style::New)] {
        let export = export(200, form, style);
        let (_, mut page) = imported(&export.parts);
        let all = kept(&mut page);
        check(&all, &export.truth);
        let state = state(&page);
        assert_eq!((state.step, state.photos as usize), (ImportStep::Done, export.truth.photos.len()));
        assert_eq!(state.added, state.photos);
        assert!(state.parts.iter().all(|part| part.progress == PartProgress::Read && part.is_here));
        let mut backward = export.parts.clone();
        backward.iter_mut().for_each(|files| files.reverse());
        backward.reverse();
        let (_, mut page) = imported(&backward);
        assert_eq!(kept(&mut page), all, "{form:?}");
    }
}

#[test]
fn parts_that_come_one_after_another_complete_each_other_and_double_nothing() {
    let export = export(200, Form::Zip, Style::Old);
    let (_, mut at_once) = imported(&export.parts);
    for order in [[0, 1, 2], [2, 0, 1]] {
        let outside = outside(3);
        let mut seen = 0;
        for nth in order {
            let mut page = Page::open(&outside);
            add(&mut page, &export.parts[nth]);
            assert_eq!(import(&mut page).work, Work::Finished);
            let now = kept(&mut page).items.len();
            assert!(now > seen, "{now} after {seen}");
            seen = now;
        }
        let mut page = Page::open(&outside);
        assert_eq!(kept(&mut page).albums.len(), kept(&mut at_once).albums.len());
        let (found, expected) = (kept(&mut page), kept(&mut at_once));
        assert_eq!(found.items.keys().collect::<Vec<_>>(), expected.items.keys().collect::<Vec<_>>());
        let urls = |kept: &super::Kept| kept.items.values().map(|item| item.product_url.clone()).collect::<Vec<_>>();
        assert_eq!(urls(&found), urls(&expected));
        let mut page = Page::open(&outside);
        export.parts.iter().for_each(|files| add(&mut page, files));
        assert_eq!(import(&mut page).work, Work::Finished);
        assert_eq!(kept(&mut page), expected, "all parts at hand, nothing is left to look into");
    }
}

#[test]
fn the_same_export_again_changes_nothing_and_a_report_says_so() {
    let export = export(150, Form::Zip, Style::New);
    let (outside, mut page) = imported(&export.parts);
    let first = report(&mut page);
    assert_eq!((first.new as usize, first.changed, first.gone), (export.truth.photos.len(), 0, 0));
    assert_eq!((first.report.photos + first.report.videos) as usize, export.truth.photos.len());
    assert_eq!(first.report.albums as usize, export.truth.albums.len());
    let unmatched: u32 = first.report.unmatched.values().sum();
    assert!(unmatched > 0 && first.unmatched.len() >= unmatched as usize, "each is named");
    let before = kept(&mut page);
    let mut page = Page::open(&outside);
    export.parts.iter().for_each(|files| add(&mut page, files));
    let commits = outside.store.commits();
    import(&mut page);
    assert!(outside.store.commits() - commits < 8, "nothing is kept once more");
    assert_eq!(kept(&mut page), before);
    let again = report(&mut page);
    assert_eq!((again.new, again.changed, again.gone), (0, 0, 0));
    assert_eq!(again.report, first.report);
}

#[test]
fn a_part_that_is_missing_is_named() {
    let export = export(150, Form::Zip, Style::New);
    let (_, mut page) = imported(&[export.parts[0].clone(), export.parts[2].clone()]);
    let missing = report(&mut page).report.missing;
    assert_eq!(missing.iter().map(|parts| parts.numbers.clone()).collect::<Vec<_>>(), [[2]]);
}

#[test]
fn the_files_behind_a_row_are_found_while_their_part_is_at_hand() {
    for form in [Form::Zip, Form::Folder, Form::Tgz] {
        let export = export(120, form, Style::New);
        let (outside, mut page) = imported(&export.parts);
        let (mut motion, mut edited) = (0, 0);
        for (row, item) in rows(&mut page) {
            let files = pollster::block_on(page.engine.files_of(row)).unwrap().unwrap();
            motion += u32::from(files.motion.is_some());
            edited += u32::from(files.edited.is_some());
            let found = pollster::block_on(page.engine.entry(files.main));
            if form == Form::Tgz {
                assert!(matches!(found, Err(EntryAway::Passed { .. })));
                continue;
            }
            let (_, entry) = found.unwrap();
            let photo = export.truth.photos.iter().find(|photo| photo.url.as_ref() == Some(&item.product_url));
            let is_own = |path: &str| photo.is_none_or(|photo| photo.files.iter().any(|file| file.path == path));
            assert!(is_own(&entry.name), "{} {}", item.file_name, entry.name);
        }
        assert!(motion > 0 && edited > 0);
        let page = Page::open(&outside);
        let files = pollster::block_on(page.engine.files_of(0)).unwrap().unwrap();
        let away = pollster::block_on(page.engine.entry(files.main)).unwrap_err();
        assert_eq!(matches!(away, EntryAway::PartAway { .. }), form != Form::Tgz, "{away:?}");
        assert!(page.opened.import.unwrap().parts.iter().all(|part| !part.is_here));
    }
}

#[test]
fn who_signs_out_keeps_what_came_by_exports_and_who_forgets_keeps_nothing() {
    let export = export(120, Form::Zip, Style::New);
    let outside = outside(30);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(Wish::Sync { days: None, media: Media::All }).unwrap();
    page.settle();
    export.parts.iter().for_each(|files| add(&mut page, files));
    import(&mut page);
    let photos = export.truth.photos.len();
    assert_eq!(rows(&mut page).len(), photos + 30);
    page.wish(Wish::SignOut { remove_rows: true }).unwrap();
    page.settle();
    let left = kept(&mut page);
    assert_eq!(left.items.len(), photos);
    assert!(left.items.values().all(|item| item.export.is_some()));
    assert_eq!(left.albums.len(), export.truth.albums.len());
    assert_eq!(kept(&mut Page::open(&outside)), left);
    assert_eq!(page.wish(Wish::ForgetEverything), Ok(Answer::Done));
    assert_eq!(outside.store.records().keys().filter(|name| !name.starts_with("sandbox")).count(), 0);
    assert_eq!(Page::open(&outside).opened.import, None);
}
