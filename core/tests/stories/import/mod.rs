//! Importing an export of Takeout: what is in the catalog at the end is what is in the export, whatever its form, in
//! whichever order its parts come, and whatever happens on the way.

mod bad;
mod breaks;
mod corrected;
mod removal;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::rc::Rc;

use albumen_core::catalog::codec::decode_album;
use albumen_core::photo::MediaItem;
use albumen_core::ports::FileId;
use albumen_core::protocol::{Answer, ImportReport, ImportState, NewPart, News, Wish, Work};
use albumen_core::store::keys;
use albumen_takeout::truth::Truth;
use albumen_takeout::{Form, Order, Style, make};

use crate::world::{Outside, Page, outside};

/// Files as the page gives them: paths and bytes.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// A made export: each part's files, and the truth.
pub(crate) struct Export {
    pub(crate) parts: Vec<Files>,
    pub(crate) truth: Truth,
}

/// All that an import leaves.
#[derive(Debug, PartialEq)]
pub(crate) struct Kept {
    pub(crate) items: BTreeMap<String, MediaItem>,
    /// Ids by folder and title.
    pub(crate) albums: BTreeMap<(String, String), BTreeSet<String>>,
}

pub(crate) fn export(photos: u32, form: Form, style: Style) -> Export {
    let dir = tempfile::tempdir().unwrap();
    let made = make(&Order { photos, parts: 3, style, form, seed: 5, zip64: false }, dir.path()).unwrap();
    let truth = serde_json::from_slice(&fs::read(&made.truth).unwrap()).unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let parts = made.parts.iter().map(|path| match path.is_dir() {
        true => folder(path),
        false => vec![(name(path), fs::read(path).unwrap())],
    });
    Export { parts: parts.collect(), truth }
}

fn folder(path: &Path) -> Files {
    let (mut files, mut open) = (Files::new(), vec![path.to_owned()]);
    while let Some(next) = open.pop() {
        for inner in fs::read_dir(next).unwrap() {
            let inner = inner.unwrap().path();
            if inner.is_dir() {
                open.push(inner);
                continue;
            }
            let name = inner.strip_prefix(path.parent().unwrap()).unwrap().to_str().unwrap().to_owned();
            files.push((name, fs::read(&inner).unwrap()));
        }
    }
    files
}

/// Gives files to the page.
pub(crate) fn add(page: &mut Page, files: &[(String, Vec<u8>)]) {
    let first = page.outside.files.borrow().keys().max().map_or(0, |last| last + 1);
    let ids: Vec<FileId> = (first..).map(FileId).take(files.len()).collect();
    let parts =
        files.iter().map(|(path, bytes)| NewPart { path: path.clone(), size: bytes.len() as u64, modified_ms: 1 });
    let parts = parts.collect();
    page.outside.files.borrow_mut().extend(ids.iter().map(|id| id.0).zip(files.iter().map(|(_, bytes)| bytes.clone())));
    assert_eq!(page.wish_with(Wish::AddParts { parts }, ids).unwrap().0, Answer::Done);
}

pub(crate) fn import(page: &mut Page) -> ImportState {
    assert_eq!(page.wish(Wish::StartImport), Ok(Answer::Done));
    page.settle();
    state(page)
}

/// What the page was told last.
pub(crate) fn state(page: &Page) -> ImportState {
    let told = page.news.borrow();
    let state = told.iter().rev().find_map(|news| match news {
        News::Import(state) => Some(state.clone()),
        _ => None,
    });
    state.flatten().expect("there is an import")
}

pub(crate) fn report(page: &mut Page) -> ImportReport {
    match page.wish(Wish::ImportReport) {
        Ok(Answer::Import(report)) => *report,
        other => panic!("{other:?} is no report"),
    }
}

/// Imports all of it into a new world.
pub(crate) fn imported(parts: &[Files]) -> (Rc<Outside>, Page) {
    let outside = outside(3);
    let mut page = Page::open(&outside);
    parts.iter().for_each(|files| add(&mut page, files));
    assert_eq!(import(&mut page).work, Work::Finished);
    (outside, page)
}

/// By row, what is in the catalog.
pub(crate) fn rows(page: &mut Page) -> BTreeMap<u32, MediaItem> {
    let names = page.outside.store.records();
    let last = names.keys().filter(|name| name.starts_with(keys::HOT)).count() as u32 * 4096;
    let mut details = |row: u32| match page.wish(Wish::Details { row }) {
        Ok(Answer::Details(details)) => Some((row, details.item)),
        _ => None,
    };
    (0..last).filter_map(&mut details).collect()
}

pub(crate) fn kept(page: &mut Page) -> Kept {
    let rows = rows(page);
    let (_, records) = page.wish_with(Wish::Albums, Vec::new()).unwrap();
    let albums = records.iter().map(|record| {
        let album = decode_album(record).unwrap();
        assert_eq!(album.missing, 0);
        let ids = album.rows.runs().iter().cloned().flatten().map(|row| rows[&row].id.clone());
        ((album.album.id, album.album.title), ids.collect())
    });
    let albums = albums.collect();
    let count = rows.len();
    let items: BTreeMap<String, MediaItem> = rows.into_values().map(|item| (item.id.clone(), item)).collect();
    assert_eq!(items.len(), count, "a photo is one row");
    Kept { items, albums }
}

/// Names what differs: all of it would fill the screen.
pub(crate) fn check_same(found: &Kept, expected: &Kept, when: &str) {
    let differing = |a: &Kept, b: &Kept| {
        let items = a.items.iter().filter(|(id, item)| b.items.get(*id) != Some(item));
        items.map(|(_, item)| format!("{item:?}")).take(3).collect::<Vec<_>>()
    };
    let differences = (differing(found, expected), differing(expected, found));
    assert_eq!(differences, (Vec::new(), Vec::new()), "{when}");
    assert_eq!(found.albums, expected.albums, "{when}");
}
