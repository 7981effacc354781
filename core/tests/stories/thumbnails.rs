//! Small pictures and originals of rows that came by an export.

use albumen_core::ports::FileId;
use albumen_core::protocol::{Answer, NewPart, Original, Thumbnail, Which, Wish, Work};
use albumen_takeout::{Form, Made, Order, Style, make};

use crate::world::{Page, outside};

/// An export in this form, and its parts as the page gives them, under the numbers from 0 on.
fn given(page: &mut Page, form: Form, folder: &std::path::Path) -> Vec<NewPart> {
    let order = Order { photos: 60, parts: 2, style: Style::New, form, seed: 5, zip64: false };
    let Made { parts, .. } = make(&order, folder).unwrap();
    let part = |(number, path): (u32, &std::path::PathBuf)| {
        let bytes = std::fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let part = NewPart { path: name, size: bytes.len() as u64, modified_ms: 1 };
        page.outside.files.borrow_mut().insert(number, bytes);
        part
    };
    (0..).zip(&parts).map(part).collect()
}

fn add(page: &mut Page, parts: &[NewPart]) {
    let files = (0..parts.len() as u32).map(FileId).collect();
    page.wish_with(Wish::AddParts { parts: parts.to_vec() }, files).unwrap();
}

fn import(page: &mut Page, parts: &[NewPart]) {
    add(page, parts);
    page.wish(Wish::StartImport).unwrap();
    page.settle();
    let Ok(Answer::Import(_)) = page.wish(Wish::ImportReport) else { panic!("there is a report") };
}

fn thumbnails(page: &mut Page, rows: std::ops::Range<u32>) -> Vec<(Thumbnail, String, Option<Vec<u8>>)> {
    let asked: Vec<u32> = rows.collect();
    let (answer, buffers) = page.wish_with(Wish::Thumbnails { rows: asked.clone() }, Vec::new()).unwrap();
    let Answer::Thumbnails(told) = answer else { panic!("{answer:?}") };
    assert_eq!(told.iter().map(|of| of.row).collect::<Vec<_>>(), asked);
    let mut buffers = buffers.into_iter();
    let found = told.into_iter().map(|of| {
        let bytes = matches!(of.thumbnail, Thumbnail::Here { .. }).then(|| buffers.next().unwrap());
        (of.thumbnail, of.file_name, bytes)
    });
    found.collect()
}

#[test]
fn pictures_are_made_once_and_outlive_the_parts() {
    let (outside, dir) = (outside(0), tempfile::tempdir().unwrap());
    let mut page = Page::open(&outside);
    let parts = given(&mut page, Form::Zip, dir.path());
    import(&mut page, &parts);
    let first = thumbnails(&mut page, 0..40);
    let here = first.iter().filter(|(_, _, bytes)| bytes.is_some()).count();
    assert!(here > 20, "{here} of 40: {first:?}");
    for (why, file_name, bytes) in &first {
        assert_eq!(file_name.is_empty(), bytes.is_some());
        let is_told = matches!(why, Thumbnail::Here { .. } | Thumbnail::Unknown { .. } | Thumbnail::Broken);
        assert!(is_told, "{file_name}: {why:?}");
    }
    page.settle();
    let shrunk = outside.shrunk.get();
    assert_eq!(thumbnails(&mut page, 0..40), first);
    let made_again = outside.shrunk.get() - shrunk;
    assert!(made_again <= 40 - here as u32, "{made_again} were made again");

    // A reload: the parts are away.
    let mut page = Page::open(&outside);
    assert!(page.opened.import.as_ref().is_some_and(|import| import.work == Work::Finished));
    for ((now, ..), (before, ..)) in thumbnails(&mut page, 0..40).into_iter().zip(&first) {
        match before {
            Thumbnail::Here { .. } => assert_eq!(now, *before),
            _ => assert!(matches!(now, Thumbnail::PartAway { .. }), "{now:?}"),
        }
    }
    page.wish(Wish::ForgetThumbnails).unwrap();
    assert!(outside.small_pictures.records().is_empty());
    assert!(thumbnails(&mut page, 0..40).iter().all(|(why, ..)| matches!(why, Thumbnail::PartAway { .. })));
    add(&mut page, &parts);
    assert_eq!(thumbnails(&mut page, 0..40), first);
}

#[test]
fn of_a_stream_only_what_passed_is_there() {
    let (outside, dir) = (outside(0), tempfile::tempdir().unwrap());
    let mut page = Page::open(&outside);
    let parts = given(&mut page, Form::Tgz, dir.path());
    import(&mut page, &parts);
    let found = thumbnails(&mut page, 0..40);
    assert_eq!(outside.shrunk.get(), 0);
    assert!(found.iter().filter(|(_, _, bytes)| bytes.is_some()).count() > 20, "{found:?}");
    assert!(found.iter().all(|(why, ..)| matches!(why, Thumbnail::Here { .. } | Thumbnail::Passed)), "{found:?}");
    let original = page.wish(Wish::Original { row: 0, which: Which::Shown }).unwrap();
    assert!(matches!(original, Answer::Original(Original::Packed { .. })), "{original:?}");
}

#[test]
fn an_original_is_its_bytes_or_where_they_lie() {
    let (outside, dir) = (outside(0), tempfile::tempdir().unwrap());
    let mut page = Page::open(&outside);
    let parts = given(&mut page, Form::Zip, dir.path());
    import(&mut page, &parts);
    let mut seen = 0;
    for row in 0..40 {
        let (answer, mut buffers) = page.wish_with(Wish::Original { row, which: Which::InExport }, Vec::new()).unwrap();
        let Answer::Original(original) = answer else { panic!("{answer:?}") };
        let (bytes, file_name) = match original {
            Original::Here { file_name, .. } => (buffers.pop().unwrap(), file_name),
            Original::InPart { part, start, length, file_name, .. } => {
                let number = parts.iter().position(|known| *known == part).unwrap() as u32;
                let files = outside.files.borrow();
                (files[&number][start as usize..(start + length) as usize].to_vec(), file_name)
            }
            other => panic!("{other:?}"),
        };
        if file_name.to_ascii_lowercase().ends_with(".jpg") && bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            assert!(bytes.ends_with(&[0xff, 0xd9]) || bytes.len() > 100);
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
    let mut page = Page::open(&outside);
    let original = page.wish(Wish::Original { row: 0, which: Which::Shown }).unwrap();
    assert!(matches!(original, Answer::Original(Original::PartAway { .. })), "{original:?}");
}

/// All pieces of a packed file, as one reader after another has them.
fn pieces(page: &mut Page, reader: u32, row: u32, most: usize) -> (Vec<u8>, bool) {
    let mut file = Vec::new();
    for _ in 0..most {
        let wish = Wish::NextOfOriginal { reader, row, which: Which::InExport, from: file.len() as u64 };
        let (answer, buffers) = page.wish_with(wish, Vec::new()).unwrap();
        let Answer::Piece { size, is_last } = answer else { panic!("{answer:?}") };
        file.extend(&buffers[0]);
        if is_last {
            assert_eq!(file.len() as u64, size);
            return (file, true);
        }
    }
    (file, false)
}

#[test]
fn a_large_packed_file_comes_in_pieces() {
    let outside = outside(0);
    let mut page = Page::open(&outside);
    // Bytes that no packer makes much smaller, so that there are many slices and pieces.
    let mut state = 1_u64;
    let film = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8 & 0x3f
    });
    let film: Vec<u8> = film.take(11 << 20).collect();
    let zip = zip_of(&[("Takeout/Google Photos/Photos from 2020/film.mp4", &film)]);
    let part = NewPart { path: "takeout-1-001.zip".into(), size: zip.len() as u64, modified_ms: 1 };
    outside.files.borrow_mut().insert(0, zip);
    import(&mut page, std::slice::from_ref(&part));
    let (whole, is_whole) = pieces(&mut page, 7, 0, 100);
    assert!(is_whole && whole == film);
    // Readers do not disturb one another, and one that was forgotten is told so.
    let (begun, _) = pieces(&mut page, 8, 0, 1);
    assert!((4 << 20..6 << 20).contains(&begun.len()), "{}", begun.len());
    assert!(pieces(&mut page, 9, 0, 100).0 == film);
    let next = |from: u64| Wish::NextOfOriginal { reader: 8, row: 0, which: Which::InExport, from };
    let (answer, buffers) = page.wish_with(next(begun.len() as u64), Vec::new()).unwrap();
    assert!(matches!(answer, Answer::Piece { is_last: false, .. }), "{answer:?}");
    assert_eq!(buffers[0], film[begun.len()..begun.len() + buffers[0].len()]);
    page.wish(next(3)).unwrap_err();
    // The file changes while it is read.
    let (begun, _) = pieces(&mut page, 8, 0, 1);
    let middle = outside.files.borrow()[&0].len() / 2;
    outside.files.borrow_mut().get_mut(&0).unwrap()[middle..].fill(0);
    let mut from = begun.len() as u64;
    let why = loop {
        match page.wish_with(next(from), Vec::new()).unwrap() {
            (Answer::Piece { is_last, .. }, buffers) => {
                assert!(!is_last, "damaged bytes were taken for right ones");
                from += buffers[0].len() as u64;
            }
            (answer, _) => break answer,
        }
    };
    assert!(matches!(why, Answer::Original(Original::Broken { .. })), "{why:?}");
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
