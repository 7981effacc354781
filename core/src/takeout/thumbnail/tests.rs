//! Small pictures of files as they lie in an export.

use std::cell::RefCell;
use std::collections::HashMap;

use futures_util::future::join;
use jpeg_encoder::{ColorType, Encoder};
use pollster::block_on;
use proptest::prelude::*;

use super::*;
use crate::ports::{FileError, FileId};
use crate::takeout::exif::{Reader, Step};

#[derive(Default)]
struct Files(HashMap<u32, Vec<u8>>);

impl ReadAt for Files {
    async fn read_at(&self, file: FileId, at: u64, length: u32) -> Result<Vec<u8>, FileError> {
        let bytes = self.0.get(&file.0).ok_or(FileError::Gone)?;
        let from = bytes.len().min(at as usize);
        Ok(bytes[from..bytes.len().min(from + length as usize)].to_vec())
    }
}

/// Tells what it was asked for, and answers what it was told to.
struct Scripted {
    answer: Result<SmallPicture, ShrinkError>,
    asked: RefCell<Vec<(Picture, String)>>,
}

impl Scripted {
    fn new(answer: Result<SmallPicture, ShrinkError>) -> Self {
        Self { answer, asked: RefCell::default() }
    }
}

impl Shrink for Scripted {
    async fn shrink(&self, picture: Picture, mime_type: &str, _: u32) -> Result<SmallPicture, ShrinkError> {
        self.asked.borrow_mut().push((picture, mime_type.to_owned()));
        self.answer.clone()
    }
}

fn shrunk() -> SmallPicture {
    SmallPicture { mime_type: "image/webp".into(), bytes: vec![1, 2, 3] }
}

fn jpeg(width_px: u16, height_px: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![90; usize::from(width_px) * usize::from(height_px) * 3];
    Encoder::new(&mut bytes, 50).encode(&pixels, width_px, height_px, ColorType::Rgb).unwrap();
    bytes
}

/// A photo of this size, turned like this, that carries a small picture.
fn photo((width_px, height_px): (u16, u16), orientation: u8, small: &[u8]) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, value: u32| {
        let value = if kind == 3 { (value << 16).to_be_bytes() } else { value.to_be_bytes() };
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &1_u32.to_be_bytes(), &value].concat()
    };
    let directory = |entries: &[Vec<u8>], next: u32| {
        [&(entries.len() as u16).to_be_bytes()[..], &entries.concat(), &next.to_be_bytes()].concat()
    };
    let first = directory(&[entry(0x0112, 3, orientation.into())], 26);
    let second = directory(&[entry(0x0201, 4, 56), entry(0x0202, 4, small.len() as u32)], 0);
    let tiff = [b"MM\0\x2a\0\0\0\x08", &first[..], &second, small].concat();
    assert_eq!(tiff.len(), 56 + small.len());
    let length = (2 + 6 + tiff.len() as u16).to_be_bytes();
    let whole = jpeg(width_px, height_px);
    [&whole[..2], &[0xff, 0xe1], &length, b"Exif\0\0", &tiff, &whole[2..]].concat()
}

fn loose(name: &str, bytes: Vec<u8>) -> (Files, Part, Entry) {
    let size = bytes.len() as u64;
    let part = Part { file: FileId(0), name: "folder".into(), size: 0 };
    let entry = Entry {
        ordinal: 0,
        name: format!("Takeout/Google Photos/x.y/{name}"),
        size,
        place: Place::Loose(FileId(1)),
        repeats: false,
        doubtful_name: false,
    };
    (Files([(1, bytes)].into()), part, entry)
}

fn made(name: &str, bytes: Vec<u8>, shrink: &Scripted) -> Made {
    let (files, part, entry) = loose(name, bytes);
    block_on(thumbnail(&files, shrink, &Room::new(MOST_AT_ONCE), &part, &entry))
}

fn facts(bytes: &[u8]) -> MediaFacts {
    let mut reader = Reader::new(bytes.len() as u64);
    reader.add(0, bytes.to_vec());
    let Step::Done { facts, .. } = reader.step() else { panic!("all of it is there") };
    *facts
}

#[test]
fn a_good_one_that_the_photo_carries_is_taken_and_nothing_is_decoded() {
    let small = jpeg(320, 240);
    let shrink = Scripted::new(Err(ShrinkError::Undecodable));
    let picture = SmallPicture { mime_type: "image/jpeg".into(), bytes: small.clone() };
    assert_eq!(made("a.jpg", photo((800, 600), 1, &small), &shrink), Made::Here(picture));
    assert!(shrink.asked.borrow().is_empty());
}

#[test]
fn it_is_turned_as_the_photo_is() {
    let shrink = Scripted::new(Err(ShrinkError::Undecodable));
    let Made::Here(picture) = made("a.jpg", photo((800, 600), 6, &jpeg(320, 240)), &shrink) else { panic!() };
    let facts = facts(&picture.bytes);
    assert_eq!((facts.orientation, facts.width_px, facts.height_px), (Some(6), 240, 320));
}

#[test]
fn one_that_is_too_small_or_of_another_shape_gives_way_and_stands_in_where_nothing_is_decoded() {
    for small in [jpeg(160, 120), jpeg(320, 320)] {
        let whole = photo((800, 600), 1, &small);
        let shrink = Scripted::new(Ok(shrunk()));
        assert_eq!(made("a.jpg", whole.clone(), &shrink), Made::Here(shrunk()));
        let asked = (Picture::InFile { file: FileId(1), range: 0..whole.len() as u64 }, "image/jpeg".to_owned());
        assert_eq!(*shrink.asked.borrow(), [asked]);
        let unable = Scripted::new(Err(ShrinkError::Undecodable));
        let picture = SmallPicture { mime_type: "image/jpeg".into(), bytes: small };
        assert_eq!(made("a.jpg", whole, &unable), Made::Here(picture));
    }
}

#[test]
fn what_the_browser_does_not_decode_is_said_by_what_it_is() {
    let unable = || Scripted::new(Err(ShrinkError::Undecodable));
    let unknown = |mime_type: &str| Made::Unknown { mime_type: mime_type.into() };
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    assert_eq!(made("a.HEIC", heic, &unable()), unknown("image/heic"));
    assert_eq!(made("a.jpg", jpeg(20, 20), &unable()), Made::Broken);
    assert_eq!(made("a.jpg", b"no picture at all".to_vec(), &unable()), unknown("image/jpeg"));
    let never = unable();
    assert_eq!(made("a.MP4", b"\0\0\0\x18ftypmp42".to_vec(), &never), unknown("video/mp4"));
    assert_eq!(made("a.jpg", b"\0\0\0\x18ftypmp42\0\0\0\0mp42mp42".to_vec(), &never), unknown("image/jpeg"));
    assert!(never.asked.borrow().is_empty());
}

#[test]
fn a_picture_that_promises_more_pixels_than_a_device_bears_is_not_decoded() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend([40_000_u32.to_be_bytes(), 40_000_u32.to_be_bytes()].concat());
    png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    let shrink = Scripted::new(Ok(shrunk()));
    assert_eq!(made("a.png", png, &shrink), Made::Unknown { mime_type: "image/png".into() });
    assert!(shrink.asked.borrow().is_empty());
}

#[test]
fn a_file_that_is_gone_is_away_and_one_of_a_stream_has_passed() {
    let (_, part, entry) = loose("a.jpg", jpeg(20, 20));
    let (shrink, room) = (Scripted::new(Ok(shrunk())), Room::new(1));
    let made = |entry: &Entry| block_on(thumbnail(&Files::default(), &shrink, &room, &part, entry));
    assert_eq!(made(&entry), Made::Away);
    assert_eq!(made(&Entry { place: Place::Tar { at: None }, ..entry.clone() }), Made::Passed);
}

#[test]
fn what_passes_leaves_what_it_carries_or_itself_if_it_is_small() {
    let small = jpeg(160, 120);
    let picture = |bytes: &[u8]| Some(SmallPicture { mime_type: "image/jpeg".into(), bytes: bytes.to_vec() });
    let large = photo((4000, 3000), 1, &small);
    assert_eq!(passing(&large[..30_000], large.len() as u64), picture(&small));
    let whole = jpeg(500, 400);
    assert_eq!(passing(&whole, whole.len() as u64), picture(&whole));
    assert_eq!(passing(&whole[..whole.len() - 1], whole.len() as u64), None);
    assert_eq!(passing(b"\0\0\0\x18ftypmp42\0\0\0\0mp42mp42", 24), None);
}

#[test]
fn room_is_given_in_the_order_of_asking_and_what_is_too_large_gets_all_of_it() {
    let room = Room::new(10);
    let order = RefCell::new(Vec::new());
    block_on(async {
        let first = room.take(6).await;
        let large = async {
            let _taken = room.take(1000).await;
            order.borrow_mut().push("large");
        };
        let small = async {
            let _taken = room.take(1).await;
            order.borrow_mut().push("small");
        };
        let release = async {
            order.borrow_mut().push("first");
            drop(first);
        };
        join(large, join(small, release)).await;
    });
    assert_eq!(*order.borrow(), ["first", "large", "small"]);
}

#[test]
fn who_waits_for_room_and_goes_away_keeps_nobody_waiting() {
    let room = Room::new(10);
    block_on(async {
        let first = room.take(10).await;
        let mut gone = Box::pin(room.take(10));
        std::future::poll_fn(|context| {
            assert!(gone.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        let small = room.take(1);
        drop(gone);
        drop(first);
        small.await;
    });
}

proptest! {
    #[test]
    fn nothing_in_a_file_can_break_it(bytes: Vec<u8>, is_jpeg: bool, orientation in 0_u8..10) {
        let small = if is_jpeg { [&[0xff, 0xd8][..], &bytes].concat() } else { bytes.clone() };
        let shrink = Scripted::new(Err(ShrinkError::Undecodable));
        let file = photo((30, 20), orientation, &small[..small.len().min(60_000)]);
        prop_assert!(!matches!(made("a.jpg", file.clone(), &shrink), Made::Away | Made::Passed));
        let _ = (passing(&file, file.len() as u64), made("a.png", bytes.clone(), &shrink), passing(&bytes, 1 << 40));
    }
}
