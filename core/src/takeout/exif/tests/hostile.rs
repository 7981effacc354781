//! Files that no camera wrote.

use proptest::prelude::*;

use super::*;

fn every_kind() -> Vec<Vec<u8>> {
    let exif = make::exif(true);
    vec![
        make::jpeg(&exif),
        make::png(&exif),
        make::webp(&exif),
        make::heif(&exif, b"heic"),
        make::heif(&make::exif(false), b"avif"),
        exif,
        make::movie(100, true),
        make::android_movie(),
    ]
}

#[test]
fn a_file_that_ends_anywhere_gives_what_it_can() {
    for file in every_kind() {
        for end in 0..file.len() {
            let (_, _, bytes, reads) = read(&file[..end]);
            assert!(bytes <= end && reads <= 1);
        }
    }
}

#[test]
fn offsets_that_lead_out_or_in_circles_end() {
    let exif = make::exif(true);
    let find = |tag: [u8; 2]| exif.windows(2).position(|bytes| bytes == tag).unwrap();
    // The pointers to the directories of Exif and GPS, and the offset of a text.
    for tag in [[0x69, 0x87], [0x25, 0x88], [0x10, 0x01]] {
        for offset in [0u32, 8, 0x7fff_ffff, u32::MAX] {
            let mut wrong = exif.clone();
            let at = find(tag) + 8;
            wrong[at..at + 4].copy_from_slice(&offset.to_le_bytes());
            let (facts, _, _, reads) = read(&make::jpeg(&wrong));
            assert_eq!((facts.camera.make.as_str(), facts.width_px > 0, reads), ("Pentax", true, 1));
        }
        // Four billion values.
        let mut wrong = exif.clone();
        let at = find(tag) + 4;
        wrong[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&wrong).0.camera.make, "Pentax");
    }
}

#[test]
fn a_promise_of_gigabytes_is_not_believed() {
    // A chunk, a box and a segment that are larger than the file.
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(b"\xff\xff\xff\xffIHDR");
    png.resize(100, 0);
    assert_eq!(read(&png).1, [ExifProblem::Outside]);
    let mut movie = b"\0\0\0\x10ftypqt  \0\0\0\0".to_vec();
    movie.extend(b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff");
    assert_eq!(read(&movie).1, [ExifProblem::Outside]);
    // Millions of empty segments; millions of empty boxes.
    let segments: Vec<u8> =
        [0xff, 0xd8].into_iter().chain([0xff, 0xe0, 0, 2].into_iter().cycle().take(20_000_000)).collect();
    let (_, problems, bytes, _) = read(&segments);
    assert_eq!((problems, bytes as u64), (vec![ExifProblem::TooScattered], HEAD_BYTES));
    let boxes: Vec<u8> =
        b"\0\0\0\x08ftyp".iter().chain(b"\0\0\0\x08free".iter().cycle().take(20_000_000)).copied().collect();
    let (_, problems, bytes, _) = read(&boxes);
    assert!(!problems.is_empty() && bytes as u64 <= HEAD_BYTES);
}

#[test]
fn a_reader_that_is_given_too_little_gives_up() {
    let mut reader = Reader::new(1_000_000);
    let file = make::webp_of(&make::exif(true), 900_000);
    assert_eq!(reader.step(), Step::Need(0..HEAD_BYTES));
    reader.add(0, file[..1000].to_vec());
    let Step::Need(range) = reader.step() else { panic!("it has not seen the end") };
    reader.add(range.start, Vec::new());
    let Step::Done { facts, problems } = reader.step() else { panic!("it asks for ever") };
    assert_eq!((facts.width_px, problems), (640, vec![ExifProblem::TooScattered]));
    assert!(matches!(Reader::new(0).step(), Step::Done { .. }));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read(&bytes);
    }

    #[test]
    fn any_wound_is_survived(kind in 0usize..8, wounds in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut file = every_kind().swap_remove(kind);
        for (at, byte) in wounds {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let (facts, _, bytes, reads) = read(&file);
        prop_assert!(bytes <= file.len() && reads <= 2);
        prop_assert!(facts.width_px <= 1_000_000 && facts.orientation.is_none_or(|turn| (1..=8).contains(&turn)));
        prop_assert!(facts.place.is_none_or(|place| place.latitude.abs() <= 90.0));
    }

    #[test]
    fn any_block_after_a_good_beginning(kind in 0usize..8, cut in any::<prop::sample::Index>(), rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut file = every_kind().swap_remove(kind);
        file.truncate(cut.index(file.len()));
        file.extend(rest);
        read(&file);
    }
}

#[test]
fn a_gps_time_that_no_day_has_is_none() {
    let exif = make::exif(true);
    let time = [6u32, 1, 30, 1].map(u32::to_le_bytes).concat();
    let at = exif.windows(time.len()).position(|bytes| bytes == time).unwrap();
    // Six nothings of an hour, an hour after the last, and one that is far beyond all.
    for (place, value) in [(at + 4, 0u32), (at, 24), (at, u32::MAX)] {
        let mut wrong = exif.clone();
        wrong[place..place + 4].copy_from_slice(&value.to_le_bytes());
        let facts = read(&make::jpeg(&wrong)).0;
        assert_eq!((facts.gps_utc_s, facts.place.is_some()), (None, true));
    }
}
