//! The library as a data frame: cells, orders and summaries are those that a look at every row gives.

use std::collections::{BTreeMap, BTreeSet};

use albumen_core::catalog::RowSet;
use albumen_core::catalog::codec::decode_album;
use albumen_core::photo::{Kind, MediaItem, format_rfc3339};
use albumen_core::ports::Request;
use albumen_core::protocol::{Access, Answer, Media, Wish};
use albumen_core::table::{Bars, Column, SortKey, Summary, read_sort, write_rows};
use albumen_takeout::{Form, Style};

use crate::import::{export, imported, rows};
use crate::world::{Page, outside, reply};

const ALL: Wish = Wish::Sync { days: None, media: Media::All };

fn cells(page: &mut Page, rows: &[u32], columns: &[Column]) -> Vec<Vec<String>> {
    match page.wish(Wish::Cells { rows: rows.to_vec(), columns: columns.to_vec() }) {
        Ok(Answer::Cells(lines)) => lines,
        other => panic!("{other:?} are no cells"),
    }
}

fn set(rows: &[u32]) -> Vec<u8> {
    rows.iter().copied().collect::<RowSet>().to_bytes()
}

fn sorted(page: &mut Page, rows: &[u32], keys: &str) -> Vec<u32> {
    let wish = Wish::Sort { rows: write_rows(rows), keys: read_sort(keys) };
    match page.wish_with(wish, Vec::new()) {
        Ok((Answer::Sorted, buffers)) => {
            buffers[0].chunks(4).map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap())).collect()
        }
        other => panic!("{other:?} is no order"),
    }
}

fn summary(page: &mut Page, rows: &[u32], column: Column) -> Summary {
    match page.wish(Wish::Summarize { rows: set(rows), column }) {
        Ok(Answer::Summary(summary)) => summary,
        other => panic!("{other:?} is no summary"),
    }
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// A cell as it must be, written down from the item as the viewer has it.
fn expected(column: Column, item: &MediaItem, albums: &str) -> String {
    let (export, exposure) = (item.export.as_deref(), &item.exposure);
    let side = |px: u32| text(Some(px).filter(|px| *px > 0));
    let clock = item.shown().clock.filter(|_| item.taken_s.is_some());
    let mark = |mark: Option<bool>| text(mark);
    match column {
        Column::Name => item.file_name.clone(),
        Column::Taken => item.taken_s.map_or(String::new(), format_rfc3339),
        Column::Local => {
            item.taken().map_or(String::new(), |taken| format_rfc3339(taken.local_s()).trim_end_matches('Z').to_owned())
        }
        Column::Offset => clock.map_or(String::new(), |clock| {
            let size = clock.offset_min.abs();
            format!("{}{:02}:{:02}", if clock.offset_min < 0 { "-" } else { "+" }, size / 60, size % 60)
        }),
        Column::Kind => if item.kind == Kind::Photo { "photo" } else { "video" }.to_owned(),
        Column::MimeType => item.mime_type.clone(),
        Column::Width => side(item.width_px),
        Column::Height => side(item.height_px),
        Column::Make => item.camera.make.clone(),
        Column::Model => item.camera.model.clone(),
        Column::Lens => export.map_or(String::new(), |export| export.lens.clone()),
        Column::FocalLength => text(exposure.focal_length_mm),
        Column::FocalLength35 => text(export.and_then(|export| export.focal_length_35mm)),
        Column::FNumber => text(exposure.f_number),
        Column::ExposureTime => text(exposure.exposure_s),
        Column::Iso => text(exposure.iso),
        Column::FramesPerSecond => text(exposure.frames_per_s),
        Column::Description => item.description.clone(),
        Column::Latitude => text(export.and_then(|export| export.place).map(|place| place.latitude)),
        Column::Longitude => text(export.and_then(|export| export.place).map(|place| place.longitude)),
        Column::Altitude => text(export.and_then(|export| export.place).and_then(|place| place.altitude_m)),
        Column::People => export.map_or(String::new(), |export| export.people.join("; ")),
        Column::Albums => albums.to_owned(),
        Column::Favorite => mark(export.map(|export| export.marks.favorited)),
        Column::Archived => mark(export.map(|export| export.marks.archived)),
        Column::Trashed => mark(export.map(|export| export.marks.trashed)),
        Column::Locked => mark(export.map(|export| export.marks.locked)),
        Column::Moving => mark(export.map(|export| export.has_motion).filter(|has| *has)),
        Column::Edited => mark(export.map(|export| export.has_edited).filter(|has| *has)),
        Column::Sources => match export {
            None => "account",
            Some(export) if export.is_in_account => "account; takeout",
            Some(_) => "takeout",
        }
        .to_owned(),
        Column::Corrected => item.corrected.is_some().to_string(),
        Column::TakenAsTold => {
            item.corrected.as_ref().and_then(|corrected| corrected.told.taken_s).map_or(String::new(), format_rfc3339)
        }
        Column::Id => item.id.clone(),
        Column::Url => item.product_url.clone(),
        // Their words are in the core's own tests.
        Column::Basis | Column::Origin | Column::Megapixels => String::new(),
    }
}

/// The titles of the albums of each row.
fn albums(page: &mut Page) -> BTreeMap<u32, String> {
    let (_, records) = page.wish_with(Wish::Albums, Vec::new()).unwrap();
    let mut titles = BTreeMap::<u32, BTreeSet<String>>::new();
    for record in records {
        let album = decode_album(&record).unwrap();
        for row in album.rows.runs().iter().cloned().flatten() {
            let title = if album.album.title.trim().is_empty() {
                "Untitled album".to_owned()
            } else {
                album.album.title.clone()
            };
            titles.entry(row).or_default().insert(title);
        }
    }
    titles.into_iter().map(|(row, titles)| (row, titles.into_iter().collect::<Vec<_>>().join("; "))).collect()
}

fn check_cells(page: &mut Page) {
    let (items, albums) = (rows(page), albums(page));
    // Backward, so that lines are put where they were asked for.
    let numbers: Vec<u32> = items.keys().rev().copied().collect();
    let mut known = BTreeSet::new();
    for (row, line) in numbers.iter().zip(cells(page, &numbers, &Column::ALL)) {
        for (column, cell) in Column::ALL.into_iter().zip(line) {
            if !cell.is_empty() {
                known.insert(column);
            }
            if !matches!(column, Column::Basis | Column::Origin | Column::Megapixels) {
                let albums = albums.get(row).map_or("", String::as_str);
                assert_eq!(cell, expected(column, &items[row], albums), "{column:?} of row {row}");
            }
        }
    }
    assert!(known.len() > 12, "only {known:?} say anything");
}

#[test]
fn every_cell_of_an_account_and_of_an_export_says_what_the_viewer_says() {
    let mut page = Page::signed_in(&outside(900), Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    check_cells(&mut page);
    let (_, mut page) = imported(&export(150, Form::Zip, Style::New).parts);
    check_cells(&mut page);
}

/// Rows newest first, then in order by keys: whatever is not known last.
fn naive(items: &BTreeMap<u32, MediaItem>, keys: &[SortKey]) -> Vec<u32> {
    let mut rows: Vec<u32> = items.keys().copied().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(items[row].taken_s));
    for key in keys.iter().rev() {
        let said = |row: &u32| -> (String, f64) {
            let text = expected(key.column, &items[row], "");
            let number = text.parse().unwrap_or(0.0);
            (if number == 0.0 { text.to_lowercase() + "\0" + &text } else { "number".to_owned() }, number)
        };
        rows.sort_by(|a, b| {
            let is_empty = |row: &u32| expected(key.column, &items[row], "").is_empty();
            let order = said(a).partial_cmp(&said(b)).unwrap();
            let order = if key.descending { order.reverse() } else { order };
            let is_known = !is_empty(a) && !is_empty(b);
            if is_known { order } else { is_empty(a).cmp(&is_empty(b)) }
        });
    }
    rows
}

#[test]
fn rows_are_in_order_by_any_keys() {
    let mut page = Page::signed_in(&outside(900), Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let items = rows(&mut page);
    let all = naive(&items, &[]);
    for keys in
        ["name", "-name", "model,-taken", "make,model,taken", "-iso,description", "exposure-time", "-width,name", ""]
    {
        assert_eq!(sorted(&mut page, &all, keys), naive(&items, &read_sort(keys)), "{keys}");
    }
    let some: Vec<u32> = all.iter().copied().filter(|row| row % 3 == 0).collect();
    let expected: Vec<u32> = naive(&items, &read_sort("name")).into_iter().filter(|row| row % 3 == 0).collect();
    assert_eq!(sorted(&mut page, &some, "name"), expected);
    // Nobody knows these.
    assert_eq!(sorted(&mut page, &[7_000_000, 5], "name"), [5, 7_000_000]);
}

#[test]
fn albums_are_a_column_to_be_put_in_order_by_too() {
    let (_, mut page) = imported(&export(150, Form::Zip, Style::New).parts);
    let (items, albums) = (rows(&mut page), albums(&mut page));
    let all: Vec<u32> = items.keys().copied().collect();
    let ordered = sorted(&mut page, &all, "albums");
    let titles: Vec<String> = ordered.iter().filter_map(|row| Some(albums.get(row)?.to_lowercase())).collect();
    assert!(titles.is_sorted() && !titles.is_empty() && titles.len() < all.len(), "{titles:?}");
    assert!(ordered[..titles.len()].iter().all(|row| albums.contains_key(row)), "those in no album come last");
}

#[test]
fn an_order_knows_what_was_renamed_meanwhile() {
    let mut page = Page::signed_in(&outside(10), Access::Read);
    let library = |page: &Page, names: [&str; 3]| {
        let item = |(name, id): (&&str, u32)| {
            format!(
                r#"{{"id":"{id}","filename":"{name}","mimeType":"image/jpeg","mediaMetadata":{{"creationTime":"2020-01-01T00:00:00Z","width":"4","height":"3","photo":{{}}}}}}"#
            )
        };
        let body = format!(r#"{{"mediaItems":[{}]}}"#, names.iter().zip(0..).map(item).collect::<Vec<_>>().join(","));
        page.meddle(move |request: &Request| request.url.contains("search").then(|| reply(200, &body)).flatten());
    };
    library(&page, ["c.jpg", "B.jpg", "a.jpg"]);
    page.wish(ALL).unwrap();
    page.settle();
    assert_eq!(sorted(&mut page, &[0, 1, 2], "name"), [2, 1, 0]);
    library(&page, ["a.jpg", "=b", "c\\u0000\\t\\\"d\\\".jpg"]);
    page.wish(ALL).unwrap();
    page.settle();
    assert_eq!(sorted(&mut page, &[0, 1, 2], "name"), [1, 0, 2]);
    let wish = Wish::CellLines { rows: vec![2, 1], columns: vec![Column::Name, Column::Width] };
    let (answer, text) = page.wish_with(wish, Vec::new()).unwrap();
    assert_eq!(answer, Answer::Written { lines: 2 });
    assert_eq!(String::from_utf8(text.concat()).unwrap(), "\"c\u{2400}\t\"\"d\"\".jpg\"\t4\n'=b\t4\n");
}

#[test]
fn a_summary_counts_what_is_there() {
    let mut page = Page::signed_in(&outside(900), Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let items = rows(&mut page);
    let all: Vec<u32> = items.keys().copied().collect();
    let models: BTreeMap<&str, u32> =
        items.values().filter(|item| !item.camera.model.is_empty()).fold(BTreeMap::new(), |mut counts, item| {
            *counts.entry(item.camera.model.as_str()).or_default() += 1;
            counts
        });
    let found = summary(&mut page, &all, Column::Model);
    assert_eq!((found.rows, found.known, found.distinct), (900, models.values().sum(), models.len() as u32));
    let Bars::Frequent(bars) = &found.bars else { panic!("{found:?}") };
    assert!(
        bars.iter().all(|bar| models[bar.from.as_str()] == bar.count)
            && bars[0].count == *models.values().max().unwrap()
    );
    let taken = summary(&mut page, &all, Column::Taken);
    let instants: Vec<i64> = items.values().filter_map(|item| item.taken_s).collect();
    assert_eq!(taken.least, format_rfc3339(*instants.iter().min().unwrap()));
    assert_eq!(taken.greatest, format_rfc3339(*instants.iter().max().unwrap()));
    let lens = summary(&mut page, &all, Column::Lens);
    assert_eq!((lens.known, lens.distinct, lens.bars), (0, 0, Bars::None));
}

#[test]
fn questions_that_make_no_sense_do_no_harm() {
    let mut page = Page::signed_in(&outside(10), Access::Read);
    let nonsense = Wish::Sort { rows: vec![1, 2, 3], keys: Vec::new() };
    assert!(page.wish(nonsense).is_err());
    assert!(page.wish(Wish::Cells { rows: vec![0; 5000], columns: vec![Column::Name] }).is_err());
    assert_eq!(cells(&mut page, &[0, u32::MAX], &[Column::Name, Column::Albums, Column::Width]), [["", "", ""]; 2]);
    assert_eq!(summary(&mut page, &[], Column::Name), Summary::default());
}
