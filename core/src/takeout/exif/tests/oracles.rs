//! Two libraries that read the same files.

use nom_exif::{EntryValue, ExifTag, MediaParser, MediaSource, TrackInfoTag};

use super::*;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(1.0)
}

/// What kamadak-exif reads of a picture.
fn by_kamadak(file: &[u8]) -> exif::Exif {
    exif::Reader::new().read_from_container(&mut std::io::Cursor::new(file)).unwrap()
}

fn fraction(exif: &exif::Exif, tag: exif::Tag) -> Option<f64> {
    match &exif.get_field(tag, exif::In::PRIMARY)?.value {
        exif::Value::Rational(values) => values.first().map(|value| value.to_f64()),
        _ => None,
    }
}

fn text(exif: &exif::Exif, tag: exif::Tag) -> Option<String> {
    match &exif.get_field(tag, exif::In::PRIMARY)?.value {
        exif::Value::Ascii(values) => values.first().map(|text| String::from_utf8(text.clone()).unwrap()),
        _ => None,
    }
}

#[test]
fn kamadak_exif_reads_the_same_of_pictures() {
    for is_little in [true, false] {
        let exif = make::exif(is_little);
        for file in [
            make::jpeg(&exif),
            make::png(&exif),
            make::webp(&exif),
            make::heif(&exif, b"heic"),
            make::heif(&exif, b"avif"),
            exif.clone(),
        ] {
            let (ours, theirs) = (read(&file).0, by_kamadak(&file));
            let number =
                |tag: exif::Tag| theirs.get_field(tag, exif::In::PRIMARY).and_then(|field| field.value.get_uint(0));
            assert_eq!(text(&theirs, exif::Tag::Make), Some(ours.camera.make));
            assert_eq!(text(&theirs, exif::Tag::Model), Some(ours.camera.model));
            assert_eq!(text(&theirs, exif::Tag::LensModel), Some(ours.lens));
            assert_eq!(text(&theirs, exif::Tag::OffsetTimeOriginal), Some("+05:45".into()));
            assert_eq!(fraction(&theirs, exif::Tag::ExposureTime), ours.exposure.exposure_s);
            assert_eq!(fraction(&theirs, exif::Tag::FNumber).map(|number| number as f32), ours.exposure.f_number);
            assert_eq!(fraction(&theirs, exif::Tag::FocalLength).map(|mm| mm as f32), ours.exposure.focal_length_mm);
            assert_eq!(number(exif::Tag::PhotographicSensitivity), ours.exposure.iso);
            assert_eq!(number(exif::Tag::FocalLengthIn35mmFilm), ours.focal_length_35mm.map(u32::from));
            assert_eq!(number(exif::Tag::Orientation), ours.orientation.map(u32::from));
            assert_eq!(fraction(&theirs, exif::Tag::GPSAltitude), ours.place.unwrap().altitude_m.map(f64::abs));
        }
    }
}

#[test]
fn nom_exif_reads_the_same_of_pictures() {
    for is_little in [true, false] {
        let exif = make::exif(is_little);
        for file in [make::jpeg(&exif), make::heif(&exif, b"heic"), exif.clone()] {
            let ours = read(&file).0;
            let source = MediaSource::from_memory(file).unwrap();
            let theirs: nom_exif::Exif = MediaParser::new().parse_exif(source).unwrap().into();
            let number = |tag: ExifTag| theirs.get(tag).and_then(EntryValue::as_u16).map(u32::from);
            let fraction = |tag: ExifTag| {
                theirs
                    .get(tag)
                    .and_then(EntryValue::as_urational)
                    .map(|value| f64::from(value.numerator()) / f64::from(value.denominator()))
            };
            assert_eq!(theirs.get(ExifTag::Make).and_then(EntryValue::as_str), Some(ours.camera.make.as_str()));
            assert_eq!(theirs.get(ExifTag::Model).and_then(EntryValue::as_str), Some(ours.camera.model.as_str()));
            assert_eq!(theirs.get(ExifTag::LensModel).and_then(EntryValue::as_str), Some(ours.lens.as_str()));
            assert_eq!(number(ExifTag::ISOSpeedRatings), ours.exposure.iso);
            assert_eq!(number(ExifTag::Orientation), ours.orientation.map(u32::from));
            assert_eq!(number(ExifTag::FocalLengthIn35mmFilm), ours.focal_length_35mm.map(u32::from));
            assert_eq!(fraction(ExifTag::ExposureTime), ours.exposure.exposure_s);
            assert_eq!(fraction(ExifTag::FNumber).map(|number| number as f32), ours.exposure.f_number);
            assert_eq!(fraction(ExifTag::FocalLength).map(|mm| mm as f32), ours.exposure.focal_length_mm);
            let place = theirs.gps_info().unwrap();
            let ours = ours.place.unwrap();
            assert!(close(place.latitude_decimal().unwrap(), ours.latitude), "{place:?}");
            assert!(close(place.longitude_decimal().unwrap(), ours.longitude), "{place:?}");
        }
    }
}

#[test]
fn nom_exif_reads_the_same_of_videos() {
    let file = make::movie(1000, false);
    let ours = read(&file).0;
    let theirs = MediaParser::new().parse_track(MediaSource::from_memory(file).unwrap()).unwrap();
    let text = |tag: TrackInfoTag| theirs.get(tag).and_then(EntryValue::as_str);
    assert_eq!(text(TrackInfoTag::Make), Some(ours.camera.make.as_str()));
    assert_eq!(text(TrackInfoTag::Model), Some(ours.camera.model.as_str()));
    assert_eq!(theirs.get(TrackInfoTag::DurationMs).and_then(EntryValue::as_u64), ours.duration_ms);
    let place = theirs.gps_info().unwrap();
    assert!(close(place.latitude_decimal().unwrap(), ours.place.unwrap().latitude));
    assert!(close(place.longitude_decimal().unwrap(), ours.place.unwrap().longitude));
}
