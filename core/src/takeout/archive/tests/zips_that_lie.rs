//! Zips that are cut, damaged, or made to hurt.

use super::super::zip::Merging;
use super::super::{ArchiveError, Bounds, EntryError, Fault, Flaw, Take, run};
use super::world::{contents, deflated, list, noise, one_file, read, stored, zip};
use crate::ports::{FileError, FileId, ReadAt};

const WHOLE: Take = Take::Whole(1 << 20);
const LOCAL: &[u8] = b"PK\x03\x04";
const RECORD: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

fn find(bytes: &[u8], what: &[u8], nth: usize) -> usize {
    memchr::memmem::find_iter(bytes, what).nth(nth).unwrap()
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}

fn fault(bytes: &[u8]) -> Option<Fault> {
    list(bytes, Bounds::default()).1.err().map(|error| error.fault)
}

fn sample() -> Vec<u8> {
    zip(&[("a.json", &b"{}".repeat(100)), ("b.jpg", &noise(3000, 1)), ("c.json", b"[]")], deflated())
}

#[test]
fn a_zip_that_is_cut_off_anywhere_says_so() {
    let bytes = sample();
    for length in 0..bytes.len() {
        assert_eq!(fault(&bytes[..length]), Some(Fault::CutOff), "cut at {length}");
    }
    let error = list(&bytes[..200], Bounds::default()).1.unwrap_err();
    assert_eq!(error.to_string(), "takeout-001: its end is missing");
}

#[test]
fn a_zip_without_its_beginning_is_damaged() {
    let bytes = sample();
    let list_at = find(&bytes, RECORD, 0);
    let cut = &bytes[100..];
    let (batch, ended) = list(cut, Bounds::default());
    assert!(batch.is_empty());
    assert_eq!(ended.unwrap_err().fault, Fault::Directory { at: list_at as u64 });
}

#[test]
fn an_encrypted_entry_is_named_and_the_others_are_read() {
    let mut bytes = sample();
    let record = find(&bytes, RECORD, 0);
    bytes[record + 8] |= 1;
    let (batch, ended) = list(&bytes, Bounds::default());
    assert!(ended.is_ok());
    assert_eq!(batch.problems, [EntryError { name: "a.json".into(), flaw: Flaw::Encrypted }]);
    assert_eq!(contents(&bytes, WHOLE).len(), 2);
    bytes[record + 8] &= !1;
    put(&mut bytes, record + 10, &14u16.to_le_bytes());
    assert_eq!(list(&bytes, Bounds::default()).0.problems[0].flaw, Flaw::Method(14));
}

#[test]
fn an_archive_in_several_disks_is_not_read() {
    let mut bytes = sample();
    let end = find(&bytes, END, 0);
    put(&mut bytes, end + 4, &3u16.to_le_bytes());
    assert_eq!(fault(&bytes), Some(Fault::Split));
}

#[test]
fn a_bomb_does_not_go_off() {
    let zeros = vec![0; 9 << 20];
    let bytes = zip(&[("bomb.json", &zeros), ("a.json", b"{}")], deflated());
    let (batch, ended) = list(&bytes, Bounds::default());
    assert!(ended.is_ok());
    assert!(matches!(batch.problems[0].flaw, Flaw::Bomb { size: 9_437_184, .. }));
    assert_eq!(batch.entries.len(), 1);
    // A list that calls it small: no more comes out than was said.
    let mut lying = bytes.clone();
    let record = find(&lying, RECORD, 0);
    put(&mut lying, record + 24, &1000u32.to_le_bytes());
    assert_eq!(contents(&lying, WHOLE)[0].1, Err(Flaw::OtherSize { size: 1000 }));
    let (batch, _) = list(&lying, Bounds::default());
    let (files, part) = one_file(lying.clone());
    let unpacked = pollster::block_on(run::unpack(&files, &part, &batch.entries[0], async |_| true));
    assert_eq!(unpacked, Err(Flaw::OtherSize { size: 1000 }));
}

#[test]
fn entries_of_one_place_are_told() {
    let mut bytes = sample();
    let first = find(&bytes, RECORD, 0);
    // The first is said to be as long as to reach into the second.
    put(&mut bytes, first + 20, &600u32.to_le_bytes());
    let (batch, ended) = list(&bytes, Bounds::default());
    assert!(ended.is_ok());
    assert_eq!(batch.problems, [EntryError { name: "a.json".into(), flaw: Flaw::Overlaps }]);
    let mut bytes = sample();
    let last = find(&bytes, RECORD, 2);
    put(&mut bytes, last + 42, &0u32.to_le_bytes());
    assert_eq!(contents(&bytes, WHOLE)[2].1, Err(Flaw::Disagrees));
}

#[test]
fn an_entry_beyond_the_list_is_refused() {
    let mut bytes = sample();
    let record = find(&bytes, RECORD, 1);
    for (offset, value) in [(42, 0xFFFF_FFF0_u32), (42, 4000), (20, 0xFFFF_FFF0)] {
        let mut lying = bytes.clone();
        put(&mut lying, record + offset, &value.to_le_bytes());
        assert_eq!(list(&lying, Bounds::default()).0.problems[0].flaw, Flaw::BeyondEnd, "{offset} {value}");
    }
    // A wide offset that is not there.
    put(&mut bytes, record + 42, &u32::MAX.to_le_bytes());
    assert_eq!(list(&bytes, Bounds::default()).0.problems[0].flaw, Flaw::Disagrees);
}

#[test]
fn names_that_lead_elsewhere_or_nowhere_are_refused() {
    let long = "n".repeat(10_000);
    let names = ["../../evil.json", "/etc/evil.json", "a/../b.json", "C:/evil.json", &long, "ok.json"];
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"{}".as_slice())).collect();
    let (batch, ended) = list(&zip(&files, stored()), Bounds::default());
    assert!(ended.is_ok());
    assert_eq!(batch.entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["ok.json"]);
    assert_eq!(batch.problems.len(), 5);
    assert!(batch.problems[..4].iter().all(|problem| problem.flaw == Flaw::NameEscapes));
    assert_eq!(batch.problems[4].flaw, Flaw::NameTooLong { bytes: 10_000 });
    assert!(batch.problems[4].name.chars().count() < 200);
    assert_eq!(batch.entries[0].ordinal, 5);
}

#[test]
fn a_damaged_list_gives_what_came_before_the_damage() {
    let mut bytes = sample();
    let record = find(&bytes, RECORD, 1);
    bytes[record] = b'X';
    let (batch, ended) = list(&bytes, Bounds::default());
    assert_eq!(ended.unwrap_err().fault, Fault::Directory { at: record as u64 });
    assert_eq!(read(&bytes, &batch.entries, WHOLE)[0], ("a.json".into(), Ok(b"{}".repeat(100))));
    // More files than there are.
    let mut bytes = sample();
    let end = find(&bytes, END, 0);
    put(&mut bytes, end + 8, &[9, 0, 9, 0]);
    let (batch, ended) = list(&bytes, Bounds::default());
    assert!(matches!(ended, Err(ArchiveError { fault: Fault::Directory { .. }, .. })));
    assert_eq!(batch.entries.len(), 3);
}

#[test]
fn bounds_hold() {
    let bytes = sample();
    let with = |bounds| list(&bytes, bounds).1.unwrap_err().fault;
    assert_eq!(with(Bounds { entries: 2, ..Bounds::default() }), Fault::TooMany { entries: 3 });
    assert!(matches!(with(Bounds { directory_bytes: 50, ..Bounds::default() }), Fault::DirectoryTooLarge { .. }));
    // The number of files is a lie, and too many come.
    let mut lying = bytes.clone();
    let end = find(&lying, END, 0);
    put(&mut lying, end + 8, &[1, 0, 1, 0]);
    let (batch, ended) = list(&lying, Bounds { entries: 2, ..Bounds::default() });
    assert_eq!(ended.unwrap_err().fault, Fault::TooMany { entries: 3 });
    assert_eq!(batch.entries.len(), 2);
    let contents = read(&bytes, &list(&bytes, Bounds::default()).0.entries, Take::Whole(1000));
    assert_eq!(contents[1].1, Err(Flaw::TooLarge { size: 3000, limit: 1000 }));
    assert!(contents[0].1.is_ok() && contents[2].1.is_ok());
}

#[test]
fn damaged_bytes_are_found_out() {
    for options in [stored(), deflated()] {
        let mut bytes = zip(&[("a.jpg", &noise(3000, 1)), ("b.json", b"{}")], options);
        bytes[1000] ^= 0x40;
        let read = contents(&bytes, WHOLE);
        assert!(matches!(read[0].1, Err(Flaw::Damaged | Flaw::OtherSize { .. })), "{:?}", read[0].1);
        assert_eq!(read[1].1, Ok(b"{}".to_vec()));
        let (batch, _) = list(&bytes, Bounds::default());
        let (files, part) = one_file(bytes);
        let unpacked = pollster::block_on(run::unpack(&files, &part, &batch.entries[0], async |_| true));
        assert!(matches!(unpacked, Err(Flaw::Damaged | Flaw::OtherSize { .. })), "{unpacked:?}");
    }
}

#[test]
fn a_header_of_another_file_is_not_believed() {
    let mut bytes = sample();
    let local = find(&bytes, LOCAL, 0);
    bytes[local + 30] = b'x';
    let read = contents(&bytes, WHOLE);
    assert_eq!(read[0], ("a.json".into(), Err(Flaw::Disagrees)));
    assert!(read[1].1.is_ok());
}

/// A file that is one thing when it is listed and another when it is read.
struct Shrinks;

impl ReadAt for Shrinks {
    async fn read_at(&self, _: FileId, _: u64, length: u32) -> Result<Vec<u8>, FileError> {
        Ok(vec![0; length as usize / 2])
    }
}

/// A file that has been taken away.
struct Gone;

impl ReadAt for Gone {
    async fn read_at(&self, _: FileId, _: u64, _: u32) -> Result<Vec<u8>, FileError> {
        Err(FileError::Gone)
    }
}

#[test]
fn a_file_that_changes_or_goes_is_told() {
    let bytes = sample();
    let (_, part) = one_file(bytes.clone());
    let entries = list(&bytes, Bounds::default()).0.entries;
    let listed = pollster::block_on(run::list(&Shrinks, &part, Bounds::default(), |_| {}));
    assert_eq!(listed.unwrap_err().fault, Fault::Changed);
    let listed = pollster::block_on(run::list(&Gone, &part, Bounds::default(), |_| {}));
    assert_eq!(listed.unwrap_err().fault, Fault::File(FileError::Gone));
    let read = pollster::block_on(run::read(&Gone, &part, &entries, WHOLE, Merging::default(), |_, _| {}));
    assert_eq!(read.unwrap_err().fault, Fault::File(FileError::Gone));
    assert_eq!(pollster::block_on(run::locate(&Shrinks, &part, &entries[0])), Err(Flaw::File(FileError::Gone)));
}
