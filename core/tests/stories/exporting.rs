//! Exports: every row once, in the order that is asked for, however the catalog lies; and nothing of what has ended.

use std::collections::BTreeSet;

use albumen_core::export::{Cells, Columns, Format};
use albumen_core::protocol::{Access, Answer, Media, Wish};
use albumen_core::table::write_rows;
use albumen_core::trouble::Trouble;
use serde_json::Value;

use crate::world::{Page, outside};

const ALL: Wish = Wish::Sync { days: None, media: Media::All };

fn all_rows(count: u32) -> Vec<u32> {
    (0..count).collect()
}

fn begin(page: &mut Page, rows: &[u32], format: Format) -> (u32, u32) {
    match page.wish(Wish::BeginExport { rows: write_rows(rows), format }).unwrap() {
        Answer::ExportBegun { export, rows } => (export, rows),
        other => panic!("{other:?} is no beginning"),
    }
}

/// Everything that is still to come, how many rows are in it, and in how many pieces it came.
fn rest(page: &mut Page, export: u32) -> (Vec<u8>, u32, u32) {
    let (mut bytes, mut pieces) = (Vec::new(), 0);
    loop {
        let (answer, buffers) = page.wish_with(Wish::NextOfExport { export }, Vec::new()).unwrap();
        bytes.extend(buffers.concat());
        pieces += 1;
        let Answer::Exported { written, is_last, .. } = answer else { panic!("{answer:?} is no piece") };
        if is_last {
            return (bytes, written, pieces);
        }
    }
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_photo_is_in_the_file_once_in_the_order_asked_for_with_its_albums() {
    let outside = outside(18_000);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let (export, count) = begin(&mut page, &all_rows(18_000), Format::Ndjson);
    assert_eq!(count, 18_000);
    let (bytes, written, pieces) = rest(&mut page, export);
    let items = lines(&bytes);
    assert_eq!((items.len(), written), (18_000, 18_000));
    assert!(pieces > 1, "{} bytes are handed out piece by piece", bytes.len());
    let sandbox = outside.sandbox.borrow();
    let ids: BTreeSet<String> = items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, sandbox.truth().map(|item| item.id).collect());
    let backwards: Vec<u32> = all_rows(18_000).into_iter().rev().collect();
    let (export, _) = begin(&mut page, &backwards, Format::Ndjson);
    let mut again = lines(&rest(&mut page, export).0);
    again.reverse();
    assert!(again == items);
    let albums = sandbox.album_truth();
    assert!(!albums.is_empty());
    for item in &items {
        let id = item["id"].as_str().unwrap();
        let mut titles: Vec<&str> = albums
            .iter()
            .filter(|album| album.items.iter().any(|other| other == id))
            .map(|album| &*album.title)
            .collect();
        titles.sort_unstable();
        let written = item["albumen"]["albums"].as_array().map_or(Vec::new(), |titles| titles.clone());
        assert_eq!(written, titles);
    }
}

#[test]
fn rows_that_lie_all_over_the_catalog_are_the_same_file() {
    let outside = outside(30_000);
    let mut page = Page::signed_in(&outside, Access::Read);
    outside.makes.set(true);
    page.wish(Wish::MakeLibrary).unwrap();
    page.settle();
    let (export, _) = begin(&mut page, &all_rows(30_000), Format::Csv(Cells::AsTheyAre));
    let (whole, ..) = rest(&mut page, export);
    let whole = String::from_utf8(whole).unwrap();
    // Every seventh row alone: few of each segment.
    let some: Vec<u32> = (0..30_000).filter(|row| row % 997 == 0).collect();
    let (export, count) = begin(&mut page, &some, Format::Csv(Cells::AsTheyAre));
    let (bytes, written, _) = rest(&mut page, export);
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!((count as usize, written as usize), (some.len(), some.len()));
    let wanted: Vec<&str> = whole.split("\r\n").collect();
    let mut at = 0;
    for line in text.split("\r\n") {
        at += wanted[at..].iter().position(|other| *other == line).expect("a line of the whole, in its order");
    }
}

#[test]
fn a_parquet_file_comes_as_columns_a_row_group_at_a_time() {
    const GROUP: u32 = 1 << 15;
    const ROWS: u32 = 2 * GROUP + 500;
    let outside = outside(ROWS);
    let mut page = Page::signed_in(&outside, Access::Read);
    outside.makes.set(true);
    page.wish(Wish::MakeLibrary).unwrap();
    page.settle();
    let (export, _) = begin(&mut page, &all_rows(ROWS), Format::Parquet);
    let next = Wish::NextOfExport { export };
    let (mut rows, mut steps) = (Vec::new(), Vec::new());
    while !matches!(steps.last(), Some(Answer::Exported { is_last: true, .. })) {
        let (answer, groups) = page.wish_with(next.clone(), Vec::new()).unwrap();
        rows.extend(groups.iter().map(|group| Columns::read(group).unwrap().rows() as u32));
        steps.push(answer);
    }
    assert_eq!(rows, [GROUP, GROUP, 500]);
    assert!(steps.len() > 1, "a piece has a row group, not all of them");
    assert!(matches!(steps.last(), Some(Answer::Exported { done: ROWS, written: ROWS, .. })));
    // Of no rows there are no columns, and no row group.
    let (export, _) = begin(&mut page, &[], Format::Parquet);
    let (answer, groups) = page.wish_with(Wish::NextOfExport { export }, Vec::new()).unwrap();
    assert!(matches!(answer, Answer::Exported { is_last: true, .. }) && groups.is_empty());
}

#[test]
fn what_has_ended_gives_nothing_more() {
    let outside = outside(200);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let next = |export| Wish::NextOfExport { export };
    let (first, _) = begin(&mut page, &all_rows(200), Format::Json);
    // Another takes its place.
    let (second, _) = begin(&mut page, &all_rows(200), Format::Json);
    assert!(matches!(page.wish(next(first)), Err(Trouble::OutOfPlace(_))));
    page.wish(Wish::CancelExport { export: second }).unwrap();
    assert!(matches!(page.wish(next(second)), Err(Trouble::OutOfPlace(_))));
    let (third, _) = begin(&mut page, &all_rows(200), Format::Json);
    let (bytes, ..) = rest(&mut page, third);
    assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap()["mediaItems"].as_array().unwrap().len(), 200);
    assert!(matches!(page.wish(next(third)), Err(Trouble::OutOfPlace(_))));
    // Photos that are gone are in no file.
    let (fourth, _) = begin(&mut page, &all_rows(200), Format::Json);
    page.wish(Wish::ForgetEverything).unwrap();
    assert!(matches!(page.wish(next(fourth)), Err(Trouble::OutOfPlace(_))));
}

#[test]
fn a_file_of_no_rows_and_one_of_rows_without_places_are_whole() {
    let outside = outside(100);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let (export, count) = begin(&mut page, &[], Format::Json);
    assert_eq!((count, rest(&mut page, export).0), (0, b"{\"mediaItems\":[\n]}\n".to_vec()));
    let (export, _) = begin(&mut page, &all_rows(100), Format::GeoJson);
    let (bytes, written, _) = rest(&mut page, export);
    let read: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!((written, read["features"].as_array().unwrap().len()), (0, 0));
    // There is no such photo, nor are these rows.
    let nowhere = page.wish(Wish::BeginExport { rows: write_rows(&[99, 100]), format: Format::Json });
    assert!(matches!(nowhere, Err(Trouble::OutOfPlace(_))));
    let nonsense = page.wish(Wish::BeginExport { rows: vec![1, 2, 3], format: Format::Json });
    assert!(matches!(nonsense, Err(Trouble::OutOfPlace(_))));
}
