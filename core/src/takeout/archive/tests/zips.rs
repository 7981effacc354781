//! Zips that are as they should be.

use super::super::zip::{Merging, Packed, blocks};
use super::super::{Bounds, Form, Place, Take, run};
use super::world::{contents, deflated, list, noise, one_file, read, stored, streamed_zip, zip};

const WHOLE: Take = Take::Whole(1 << 20);

fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("Takeout/Google\u{A0}Photos/Photos from 2023/IMG_1.jpg", noise(5000, 1)),
        ("Takeout/Google\u{A0}Photos/Photos from 2023/IMG_1.jpg.json", b"{\"title\":\"IMG_1.jpg\"}".repeat(40)),
        ("Takeout/Google\u{A0}Photos/Ausflüge 🏔/空.txt", Vec::new()),
    ]
}

fn borrowed<'a>(files: &'a [(&'a str, Vec<u8>)]) -> Vec<(&'a str, &'a [u8])> {
    files.iter().map(|(name, content)| (*name, content.as_slice())).collect()
}

#[test]
fn every_way_of_writing_is_read() {
    let files = files();
    let written = borrowed(&files);
    let expected: Vec<_> = files.iter().map(|(name, content)| ((*name).to_owned(), Ok(content.clone()))).collect();
    for options in [stored(), deflated(), stored().large_file(true), deflated().large_file(true)] {
        assert_eq!(contents(&zip(&written, options), WHOLE), expected);
        assert_eq!(contents(&streamed_zip(&written, options), WHOLE), expected);
    }
}

#[test]
fn an_archive_without_files_is_one() {
    let (batch, ended) = list(&zip(&[], stored()), Bounds::default());
    assert!(ended.is_ok() && batch.is_empty());
}

#[test]
fn folders_are_no_files_and_bytes_before_and_behind_are_passed_over() {
    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.add_directory("Takeout/", stored()).unwrap();
    writer.start_file("Takeout/a.json", deflated()).unwrap();
    std::io::Write::write_all(&mut writer, b"{}").unwrap();
    writer.set_comment("PK\u{5}\u{6} is how this comment begins").unwrap();
    let plain = writer.finish().unwrap().into_inner();
    let expected = vec![("Takeout/a.json".to_owned(), Ok(b"{}".to_vec()))];
    assert_eq!(contents(&plain, WHOLE), expected);
    assert_eq!(contents(&[b"#!/bin/sh\n".as_slice(), &plain].concat(), WHOLE), expected);
    assert_eq!(contents(&[&plain, [0; 1000].as_slice()].concat(), WHOLE), expected);
}

#[test]
fn more_files_than_sixteen_bits_count_are_listed_in_pieces() {
    let names: Vec<String> = (0..70_000).map(|nth| format!("Takeout/Photos from 2020/IMG_{nth:06}.jpg.json")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"{}".as_slice())).collect();
    let bytes = zip(&files, stored());
    let (batch, ended) = list(&bytes, Bounds::default());
    assert!(ended.is_ok(), "{ended:?}");
    assert_eq!(batch.entries.len(), 70_000);
    assert!(batch.entries.iter().zip(&names).all(|(entry, name)| entry.name == *name));
    let (files, part) = one_file(bytes);
    pollster::block_on(run::list(&files, &part, Bounds::default(), |_| {})).unwrap();
    let longest = files.reads.borrow().iter().map(|(_, length)| *length).max();
    assert_eq!(longest, Some(1 << 20), "a list is never read at once");
}

#[test]
fn names_in_the_old_code_page_are_read_and_a_flag_that_lies_is_seen() {
    let mut bytes = zip(&[("M-nchen.jpg", b"x")], stored());
    for at in memchr::memmem::find_iter(&bytes.clone(), b"M-nchen").collect::<Vec<_>>() {
        bytes[at + 1] = 0x81;
    }
    assert_eq!(contents(&bytes, WHOLE), vec![("München.jpg".to_owned(), Ok(b"x".to_vec()))]);
    // Bit 11 of the flags, in both headers.
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = memchr::memmem::find(&bytes, signature).unwrap();
        bytes[at + flags + 1] |= 0x08;
    }
    let (batch, ended) = list(&bytes, Bounds::default());
    assert!(ended.is_ok());
    assert_eq!(batch.entries[0].name, "M\u{FFFD}nchen.jpg");
    assert!(batch.entries[0].doubtful_name);
}

#[test]
fn a_name_that_comes_twice_is_told() {
    // The crate `zip` refuses to write one name twice.
    let mut bytes = zip(&[("a.json", b"1"), ("b.json", b"2")], stored());
    for at in memchr::memmem::find_iter(&bytes.clone(), b"b.json").collect::<Vec<_>>() {
        bytes[at] = b'a';
    }
    let (batch, ended) = list(&bytes, Bounds::default());
    assert!(ended.is_ok());
    assert_eq!(batch.entries.iter().map(|entry| entry.repeats).collect::<Vec<_>>(), [false, true]);
    let read = read(&bytes, &batch.entries, WHOLE);
    assert_eq!(read, vec![("a.json".into(), Ok(b"1".to_vec())), ("a.json".into(), Ok(b"2".to_vec()))]);
}

#[test]
fn heads_are_read_without_their_rest() {
    let (long, text) = (noise(900_000, 7), b"all work and no play ".repeat(50_000));
    for options in [stored(), deflated()] {
        let bytes = zip(&[("a.jpg", &long), ("b.txt", &text), ("c.txt", b"short")], options);
        let (files, part) = one_file(bytes.clone());
        let (batch, _) = list(&bytes, Bounds::default());
        let mut heads = Vec::new();
        let head = |_: usize, content: Result<&[u8], _>| heads.push(content.unwrap().to_vec());
        pollster::block_on(run::read(&files, &part, &batch.entries, Take::Head(1000), Merging::default(), head))
            .unwrap();
        assert_eq!(heads, [long[..1000].to_vec(), text[..1000].to_vec(), b"short".to_vec()]);
        let read: u64 = files.reads.borrow().iter().map(|(_, length)| u64::from(*length)).sum();
        assert!(read < 10_000, "{read} bytes");
    }
}

#[test]
fn a_stored_file_is_located_and_a_packed_one_unpacked_in_pieces() {
    let long = b"all work and no play ".repeat(200_000);
    for options in [stored(), deflated()] {
        let bytes = zip(&[("before", b"1"), ("a.mp4", &long)], options);
        let (batch, _) = list(&bytes, Bounds::default());
        let (files, part) = one_file(bytes.clone());
        let located = pollster::block_on(run::locate(&files, &part, &batch.entries[1])).unwrap();
        assert_eq!(located.is_some(), options == stored());
        if let Some((_, range)) = located {
            assert_eq!(bytes[range.start as usize..range.end as usize], long);
        }
        let mut unpacked = Vec::new();
        let each = async |piece: Vec<u8>| {
            assert!(piece.len() <= 1 << 20);
            unpacked.extend(piece);
            true
        };
        assert_eq!(pollster::block_on(run::unpack(&files, &part, &batch.entries[1], each)), Ok(true));
        assert_eq!(unpacked, long);
        assert_eq!(pollster::block_on(run::unpack(&files, &part, &batch.entries[1], async |_| false)), Ok(false));
    }
}

#[test]
fn neighbors_are_read_together_and_what_lies_between_is_not() {
    let gap = noise(400_000, 3);
    let near: Vec<(String, Vec<u8>)> = (0..50).map(|nth| (format!("{nth}.json"), noise(700, nth))).collect();
    let mut files: Vec<(&str, &[u8])> =
        near.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    files.insert(25, ("between.jpg", &gap));
    let bytes = zip(&files, stored());
    let (batch, _) = list(&bytes, Bounds::default());
    let wanted: Vec<_> = batch.entries.into_iter().filter(|entry| entry.name.ends_with(".json")).collect();
    let (files, part) = one_file(bytes);
    let mut seen = 0;
    pollster::block_on(run::read(&files, &part, &wanted, WHOLE, Merging::default(), |_, content| {
        seen += usize::from(content.is_ok());
    }))
    .unwrap();
    assert_eq!(seen, 50);
    let reads = files.reads.borrow();
    assert_eq!(reads.len(), 2);
    // Exactly the wanted entries, header and all.
    let least: u64 = wanted.iter().map(|entry| 30 + entry.name.len() as u64 + entry.size).sum();
    assert_eq!(reads.iter().map(|(_, length)| u64::from(*length)).sum::<u64>(), least);
}

#[test]
fn no_slice_of_several_is_longer_than_the_longest() {
    let packed = |at: u64| Packed {
        header_at: at,
        ends_by: at + 1000,
        bytes: 900,
        crc32: 0,
        method: super::super::zip::Method::Stored,
        name_mark: 0,
        name_bytes: 5,
    };
    let all: Vec<Packed> = (0..10).rev().map(|nth| packed(nth * 1000)).collect();
    let plan = blocks(all.iter().map(|packed| (packed, 900)), WHOLE, Merging { gap: 0, most: 3000 });
    assert_eq!(
        plan.iter().map(|block| (block.at, block.length)).collect::<Vec<_>>(),
        [(0, 3000), (3000, 3000), (6000, 3000), (9000, 1000)]
    );
    assert_eq!(plan[0].wanted, [9, 8, 7]);
}

#[test]
fn forms_are_told_by_their_first_bytes() {
    let form = |bytes: Vec<u8>| {
        let (files, part) = one_file(bytes);
        pollster::block_on(run::form(&files, &part)).ok()
    };
    let tar = super::world::tar(&[("a", b"b")]);
    assert_eq!(form(zip(&[("a", b"b")], stored())), Some(Form::Zip));
    assert_eq!(form(zip(&[], stored())), Some(Form::Zip));
    assert_eq!(form(super::world::gzip(&tar)), Some(Form::TarGz));
    assert_eq!(form(tar), Some(Form::Tar));
    assert_eq!(form(Vec::new()), None);
    assert_eq!(form(b"\xFF\xD8\xFF\xE0 a photo".to_vec()), None);
}

#[test]
fn a_tar_that_is_not_packed_is_read_at_any_place() {
    let (one, two) = (noise(700, 1), noise(1024, 2));
    let bytes = super::world::tar(&[("a.jpg", &one), (&"long/".repeat(50), &two), ("c.jpg", b"")]);
    let (kept, _, ended) = super::world::untar(&bytes, Form::Tar, 0, |_| Take::Nothing);
    assert!(ended.is_ok());
    let entries: Vec<_> = kept.into_iter().map(|kept| kept.entry).collect();
    assert!(entries.iter().all(|entry| matches!(entry.place, Place::Tar { at: Some(_) })));
    let read = read(&bytes, &entries, WHOLE);
    assert_eq!(read[0].1, Ok(one));
    assert_eq!(read.last().unwrap().1, Ok(Vec::new()));
}
