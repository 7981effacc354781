//! Files of our own making, read by us and by two libraries; and files that no camera wrote.

mod hostile;
mod make;
mod oracles;

use super::*;

/// Reads a whole file, as an archive's reader would; and says how many bytes it took in how many reads.
fn read(file: &[u8]) -> (MediaFacts, Vec<ExifProblem>, usize, usize) {
    let mut reader = Reader::new(file.len() as u64);
    let (mut bytes, mut reads) = (0, 0);
    loop {
        match reader.step() {
            Step::Need(range) => {
                let piece = &file[range.start as usize..range.end as usize];
                assert!(!piece.is_empty());
                bytes += piece.len();
                reads += 1;
                reader.add(range.start, piece.to_vec());
            }
            Step::Done { facts, problems } => return (*facts, problems, bytes, reads),
        }
    }
}

/// The facts that [`make::exif`] writes, without those of the file around it.
fn expected() -> MediaFacts {
    MediaFacts {
        camera: Camera { make: "Pentax".into(), model: "K-3 “Ω”".into() },
        lens: "smc 50mm F1.4".into(),
        exposure: Exposure {
            f_number: Some(2.8),
            exposure_s: Some(1.0 / 250.0),
            iso: Some(400),
            focal_length_mm: Some(50.0),
            frames_per_s: None,
        },
        focal_length_35mm: Some(75),
        orientation: Some(6),
        local_s: crate::photo::parse_rfc3339("2023-10-06T12:15:00Z"),
        offset_min: Some(345),
        gps_utc_s: crate::photo::parse_rfc3339("2023-10-06T06:30:01Z"),
        place: Place::new(27.0 + 42.0 / 60.0 + 36.0 / 3600.0, -(85.0 + 19.0 / 60.0 + 12.0 / 3600.0), Some(-1400.5)),
        ..MediaFacts::default()
    }
}

fn without_file(facts: &MediaFacts) -> MediaFacts {
    MediaFacts { format: None, width_px: 0, height_px: 0, thumbnail: None, ..facts.clone() }
}

#[test]
fn every_field_is_read_from_every_kind_of_picture() {
    for is_little in [true, false] {
        let exif = make::exif(is_little);
        for (file, format) in [
            (make::jpeg(&exif), Format::Jpeg),
            (make::png(&exif), Format::Png),
            (make::webp(&exif), Format::WebP),
            (make::heif(&exif, b"heic"), Format::Heif),
            (make::heif(&exif, b"avif"), Format::Avif),
            (exif.clone(), Format::Tiff),
        ] {
            let (facts, problems, ..) = read(&file);
            assert_eq!((without_file(&facts), problems), (expected(), vec![]), "{format:?}");
            assert_eq!(facts.format, Some(format));
            // 640 by 480, turned; a file that is Exif and nothing else has the size that its Exif says.
            assert_eq!((facts.width_px, facts.height_px), (480, 640), "{format:?}");
        }
    }
}

#[test]
fn the_time_of_a_change_is_not_the_time_of_the_photo() {
    // Without the directory of Exif the time of the last change is all there is.
    let mut exif = make::exif(true);
    let at = exif.windows(2).position(|tag| tag == [0x69, 0x87]).unwrap();
    exif[at] = 0x68;
    let facts = read(&make::jpeg(&exif)).0;
    assert_eq!((facts.camera.make.as_str(), facts.local_s), ("Pentax", None));
}

#[test]
fn the_thumbnail_is_where_it_is_said_to_be() {
    let file = make::jpeg(&make::exif(true));
    let range = read(&file).0.thumbnail.unwrap();
    assert_eq!(&file[range.start as usize..range.end as usize], make::THUMBNAIL);
}

#[test]
fn one_read_does_for_a_photo_and_a_few_for_what_lies_apart() {
    let mut jpeg = make::jpeg(&make::exif(true));
    jpeg.resize(10_000_000, 0);
    let (_, _, bytes, reads) = read(&jpeg);
    assert_eq!((bytes as u64, reads), (HEAD_BYTES, 1));
    // Exif behind a picture of a megabyte.
    let webp = make::webp_of(&make::exif(true), 1_000_001);
    let (facts, problems, bytes, reads) = read(&webp);
    assert_eq!((without_file(&facts), problems), (expected(), vec![]));
    assert!(bytes < 200_000 && reads <= 3, "{bytes} {reads}");
    // The directory at the end of a file of ten megabytes.
    let movie = make::movie(10_000_000, true);
    let (facts, problems, bytes, reads) = read(&movie);
    assert_eq!((facts.width_px, problems), (1080, vec![]));
    assert!(bytes < 300_000 && reads <= 6, "{bytes} {reads}");
}

#[test]
fn a_video_says_when_where_and_with_what() {
    for is_last in [false, true] {
        let (facts, problems, ..) = read(&make::movie(1000, is_last));
        let expected = MediaFacts {
            format: Some(Format::Movie),
            camera: Camera { make: "Apple".into(), model: "iPhone 12".into() },
            exposure: Exposure { frames_per_s: Some(30.0), ..Exposure::default() },
            width_px: 1080,
            height_px: 1920,
            local_s: crate::photo::parse_rfc3339("2023-10-06T12:15:00Z"),
            offset_min: Some(345),
            video_utc_s: crate::photo::parse_rfc3339("2023-10-06T06:30:00Z"),
            place: Place::new(27.71, 85.32, Some(1400.0)),
            duration_ms: Some(10_000),
            ..MediaFacts::default()
        };
        assert_eq!((facts, problems), (expected, vec![]));
    }
    let android = make::android_movie();
    let facts = read(&android).0;
    assert_eq!(facts.place, Place::new(27.7103, -85.3222, None));
}

#[test]
fn sizes_are_read_from_files_without_exif() {
    assert_eq!(read(b"GIF89a\x02\x01\x03\x00;").0.width_px, 258);
    let lossy = b"RIFF\x00\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x02\x01\x03\x00";
    assert_eq!((read(lossy).0.width_px, read(lossy).0.height_px), (258, 3));
    let lossless = b"RIFF\x00\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f\x01\x80\x00\x00";
    assert_eq!((read(lossless).0.width_px, read(lossless).0.height_px), (2, 3));
    for other in [b"".as_slice(), b"x", b"<html>", &[0; 100]] {
        assert_eq!(read(other).1, [ExifProblem::UnknownFormat]);
    }
}

#[test]
fn times_and_offsets_are_read_as_cameras_write_them() {
    let time = crate::photo::parse_rfc3339("2023-10-06T12:15:07Z");
    for text in ["2023:10:06 12:15:07", "2023-10-06 12:15:07", "2023:10:06T12:15:07", "2023/10/06 12:15:07.123"] {
        assert_eq!(facts::read_time(text), time, "{text}");
    }
    for text in [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2023:13:06 12:15:07",
        "2023:10:06 25:15:07",
        "2023:10:06",
        "é023:10:06 12:15:07",
        "",
    ] {
        assert_eq!(facts::read_time(text), None, "{text}");
    }
    for (text, offset_min) in [
        ("+05:45", Some(345)),
        ("-03:30", Some(-210)),
        ("Z", Some(0)),
        ("+0545", Some(345)),
        ("+14:00", Some(840)),
        ("05:45", None),
        ("+5:45", None),
        ("+99:00", None),
        ("   :  ", None),
        ("", None),
    ] {
        assert_eq!(facts::read_offset(text), offset_min, "{text}");
    }
}
