//! Records come back as they were; torn, foreign, newer and hostile ones are refused without harm.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::catalog::AlbumRows;
use crate::catalog::codec::{
    ColdCorrection, ColdExport, ColdRow, HotSegment, LocalFacts, SegmentError, TextRow, decode_album, decode_cameras,
    decode_cold, decode_hot, decode_keys, decode_text, encode_album, encode_cameras, encode_cold, encode_hot,
    encode_keys, encode_text, read_text,
};
use crate::photo::{
    Album, AlbumSource, Camera, Correction, Export, Exposure, LocalClock, Moment, Origin, Place, TimeBasis,
};

/// What every decoder says of the same bytes.
fn refusals(record: &[u8]) -> [Option<SegmentError>; 6] {
    [
        decode_hot(record).err(),
        decode_cold(record).err(),
        decode_keys(record).err(),
        decode_cameras(record).err(),
        decode_text(record).err(),
        decode_album(record).err(),
    ]
}

/// The newest version of each.
const NEWEST: [u32; 6] = [4, 5, 2, 2, 2, 2];

fn records() -> [Vec<u8>; 6] {
    let export = ColdExport { lens: "L".into(), people: vec!["P".into()], ..ColdExport::default() };
    let told = Moment { taken_s: Some(7), clock: None };
    let correction = ColdCorrection { correction: Correction::Zone { zone: "Asia/Tokyo".into() }, told };
    let cold = ColdRow {
        id: "a".into(),
        product_url: "https://x/a".into(),
        export: Some(Box::new(export)),
        correction: Some(Box::new(correction)),
        ..ColdRow::default()
    };
    let place = Place::new(48.8, 2.3, None);
    let clock = Some(LocalClock { offset_min: 540, basis: TimeBasis::Correction });
    let local = vec![LocalFacts::NONE, LocalFacts::of(&Export { place, clock, ..Export::default() }), LocalFacts::NONE];
    [
        encode_hot(&HotSegment { local, ..HotSegment::absent(3) }),
        encode_cold(&[cold, ColdRow::default()]),
        encode_keys(&[1, 2, 3]),
        encode_cameras(&[Camera::default(), Camera { make: "M".into(), model: "m".into() }]),
        encode_text(&[TextRow { file_name: "a.jpg".into(), description: "ä".into() }, TextRow::default()]),
        encode_album(&album([7, 8, 4096])),
    ]
}

fn album(rows: impl IntoIterator<Item = u32>) -> AlbumRows {
    let album =
        Album {
            source: AlbumSource::Takeout, id: "a".into(), title: "البحر 🌊".into(), count: 9, ..Album::default()
        };
    AlbumRows { album, rows: rows.into_iter().collect(), missing: 6 }
}

/// The record with the checksum that its bytes have now: what a hostile or broken program would write.
fn resealed(mut record: Vec<u8>) -> Vec<u8> {
    let length = (record.len() - 28) as u64;
    record[12..20].copy_from_slice(&length.to_le_bytes());
    let checked: Vec<u8> = [&record[..20], &record[28..]].concat();
    let checksum = xxhash_rust::xxh3::xxh3_64(&checked);
    record[20..28].copy_from_slice(&checksum.to_le_bytes());
    record
}

#[test]
fn every_record_is_read_by_its_own_decoder_alone() {
    for (sort, record) in records().iter().enumerate() {
        for (decoder, refusal) in refusals(record).into_iter().enumerate() {
            assert_eq!(refusal, (decoder != sort).then_some(SegmentError::Foreign));
        }
    }
}

#[test]
fn a_record_cut_short_anywhere_is_refused() {
    for (sort, record) in records().iter().enumerate() {
        for length in 0..record.len() {
            assert!(refusals(&record[..length])[sort].is_some(), "{length} of {}", record.len());
        }
        let longer = [record.as_slice(), &[0]].concat();
        assert!(matches!(refusals(&longer)[sort], Some(SegmentError::Length { .. })));
    }
}

#[test]
fn any_flipped_bit_is_noticed() {
    for (sort, record) in records().iter().enumerate() {
        for bit in 0..record.len() * 8 {
            let mut torn = record.clone();
            torn[bit / 8] ^= 1 << (bit % 8);
            assert!(refusals(&torn)[sort].is_some(), "bit {bit}");
        }
    }
}

#[test]
fn a_record_of_another_version_says_so_whatever_else_it_holds() {
    for (sort, mut record) in records().into_iter().enumerate() {
        record[4] = 9;
        let newer = SegmentError::Newer { found: 9, known: NEWEST[sort] };
        assert_eq!(refusals(&record)[sort], Some(newer));
        for version in [0, 1] {
            record[4] = version;
            let older = SegmentError::Older { found: u32::from(version), known: 2 };
            assert_eq!(refusals(&record)[sort], Some(older), "written before the first release");
        }
    }
}

#[test]
fn more_rows_than_a_segment_has_are_refused_before_they_are_read() {
    let record = resealed([b"ALBh\x02\0\0\0".as_slice(), &4097_u32.to_le_bytes(), &[0; 16]].concat());
    assert_eq!(decode_hot(&record), Err(SegmentError::Malformed { what: "it has too many rows" }));
    let record = resealed([b"ALBk\x02\0\0\0".as_slice(), &u32::MAX.to_le_bytes(), &[0; 16]].concat());
    assert_eq!(decode_keys(&record), Err(SegmentError::Malformed { what: "it has too many rows" }));
}

#[test]
fn a_length_that_claims_gigabytes_reserves_nothing_and_is_refused() {
    let lengths = [u32::MAX.to_le_bytes(), u32::MAX.to_le_bytes()].concat();
    let record = resealed([b"ALBm\x02\0\0\0".as_slice(), &2_u32.to_le_bytes(), &[0; 16], &lengths].concat());
    assert_eq!(decode_cameras(&record), Err(SegmentError::Malformed { what: "a column is cut short" }));
}

#[test]
fn a_text_that_is_no_text_and_a_kind_that_is_none_are_refused() {
    let mut cameras = encode_cameras(&[Camera { make: "M".into(), model: String::new() }]);
    let make = cameras.iter().rposition(|byte| *byte == b'M').unwrap();
    cameras[make] = 0xFF;
    assert_eq!(decode_cameras(&resealed(cameras)), Err(SegmentError::Malformed { what: "a text is not UTF-8" }));
    let mut hot = encode_hot(&HotSegment::absent(1));
    let kind = hot.len() - 2;
    hot[kind] = 2;
    assert_eq!(decode_hot(&resealed(hot)), Err(SegmentError::Malformed { what: "a row is neither photo nor video" }));
}

#[test]
fn an_album_whose_rows_are_in_no_order_or_in_no_catalog_is_refused() {
    let whole = encode_album(&album([7, 8, 4096]));
    // The last sixteen bytes are the two starts, then the two ends.
    let with = |at: usize, row: u32| {
        let mut record = whole.clone();
        let at = record.len() - 16 + at * 4;
        record[at..at + 4].copy_from_slice(&row.to_le_bytes());
        decode_album(&resealed(record))
    };
    assert_eq!(with(0, 7), Ok(album([7, 8, 4096])));
    for (at, row) in [(0, 9), (1, 9), (1, 4095), (2, 4096), (3, u32::MAX)] {
        assert!(matches!(with(at, row), Err(SegmentError::Malformed { .. })), "{at} {row}");
    }
    let mut unknown = whole.clone();
    unknown[28] = 2;
    assert!(matches!(decode_album(&resealed(unknown)), Err(SegmentError::Malformed { .. })));
}

#[test]
fn a_cold_record_of_the_version_before_is_read() {
    // Two rows: an id `a` at `https://x/a` with an f-number, and one of which nothing is known.
    let strings = |texts: &[&str]| {
        let lengths = texts.iter().flat_map(|text| (text.len() as u32).to_le_bytes());
        lengths.chain(texts.iter().flat_map(|text| text.bytes())).collect::<Vec<u8>>()
    };
    let columns = [
        2_u16.to_le_bytes().to_vec(),
        strings(&["", "https://x/"]),
        [0_u16, 0].map(u16::to_le_bytes).concat(),
        [1_u16, 0].map(u16::to_le_bytes).concat(),
        vec![1, 0],
        strings(&["a", ""]),
        vec![1, 0],
        [2.8_f32, 0.0].map(f32::to_le_bytes).concat(),
        vec![0; 2 * (8 + 4 + 4 + 8)],
    ];
    let record = resealed([b"ALBc\x02\0\0\0".as_slice(), &2_u32.to_le_bytes(), &[0; 16], &columns.concat()].concat());
    let exposure = Exposure { f_number: Some(2.8), ..Exposure::default() };
    let row = ColdRow { id: "a".into(), product_url: "https://x/a".into(), exposure, ..ColdRow::default() };
    assert_eq!(decode_cold(&record), Ok(vec![row, ColdRow::default()]));
}

#[test]
fn records_without_exports_are_what_they_were_before_there_were_any() {
    let cold = ColdRow { id: "a".into(), ..ColdRow::default() };
    let hot = HotSegment { local: vec![LocalFacts::NONE; 2], ..HotSegment::absent(2) };
    for (record, version) in [(encode_hot(&hot), 2_u32), (encode_cold(&[cold, ColdRow::default()]), 3)] {
        assert_eq!(record[4..8], version.to_le_bytes());
    }
    assert_eq!(encode_hot(&hot), encode_hot(&HotSegment::absent(2)));
    assert_eq!(encode_hot(&hot).len(), 28 + 2 * 20);
    let [hot, ..] = records();
    assert_eq!(hot.len(), 28 + 3 * 31);
}

#[test]
fn a_local_time_of_no_known_basis_and_a_number_that_is_none_are_refused() {
    let [hot, ..] = records();
    let export = ColdExport { lens: "L".into(), people: vec!["P".into()], ..ColdExport::default() };
    let row = ColdRow { id: "a".into(), export: Some(Box::new(export)), ..ColdRow::default() };
    let cold = encode_cold(&[row, ColdRow::default()]);
    let with = |record: &[u8], from_end: usize, byte: u8| {
        let mut record = record.to_vec();
        let at = record.len() - from_end;
        record[at] = byte;
        resealed(record)
    };
    // The last columns are two of 4 bytes for each of the three rows; the bases come before them.
    assert_eq!(decode_hot(&with(&hot, 24 + 3, 8)).err(), None);
    assert!(matches!(decode_hot(&with(&hot, 24 + 3, 9)), Err(SegmentError::Malformed { .. })));
    // The last bytes are a width and the number of the only person.
    assert_eq!(decode_cold(&with(&cold, 1, 1)).err(), None);
    for (from_end, byte) in [(1, 3), (2, 3)] {
        assert!(matches!(decode_cold(&with(&cold, from_end, byte)), Err(SegmentError::Malformed { .. })));
    }
}

#[test]
fn addresses_that_end_in_the_id_do_not_repeat_it() {
    let row = |number: u32| {
        let id = format!("{number:0>90}");
        ColdRow { product_url: format!("https://photos.google.com/lr/photo/{id}"), id, ..ColdRow::default() }
    };
    let rows: Vec<ColdRow> = (0..1000).map(row).collect();
    let record = encode_cold(&rows);
    assert!(record.len() < 1000 * 80, "{} bytes", record.len());
    assert_eq!(decode_cold(&record), Ok(rows));
}

#[test]
fn a_segment_full_of_different_texts_comes_back() {
    let row = |number: u32| ColdRow {
        id: number.to_string(),
        mime_type: format!("type/{number}"),
        product_url: format!("{number}?"),
        ..ColdRow::default()
    };
    let rows: Vec<ColdRow> = (0..4096).map(row).collect();
    assert_eq!(decode_cold(&encode_cold(&rows)), Ok(rows));
}

prop_compose! {
    fn hot_row()(taken_s: i64, width: u32, height: u32, kind in prop_oneof![Just(0_u8), Just(1), Just(255)], camera: u16, flags: u8)
        -> (i64, u32, u32, u8, u16, u8) {
        (taken_s, width, height, kind, camera, flags)
    }
}

prop_compose! {
    fn exposure()(
        f_number in option::of(-1e3f32..1e3), exposure_s in option::of(0.0..1e6f64), iso in option::of(any::<u32>()),
        focal_length_mm in option::of(0f32..1e4), frames_per_s in option::of(0.0..1e3f64),
    ) -> Exposure {
        Exposure { f_number, exposure_s, iso, focal_length_mm, frames_per_s }
    }
}

prop_compose! {
    fn cold_export()(
        lens in "[ab]{0,2}", focal_length_35mm in option::of(any::<u16>()), altitude_m in option::of(-1e3..1e4f64),
        origin in 0..3_usize, people in vec("\\PC{0,3}", 0..4), has_motion: bool, has_edited: bool,
    ) -> ColdExport {
        let origin = [Origin::Unknown, Origin::Partner, Origin::Other][origin];
        ColdExport { lens, focal_length_35mm, altitude_m, origin, people, has_motion, has_edited }
    }
}

prop_compose! {
    fn local_facts()(
        clock in option::of((any::<i16>(), 0..TimeBasis::ALL.len())), at in option::of((-90.0..90.0f64, -180.0..180.0f64)),
    ) -> LocalFacts {
        let clock = clock.map(|(offset_min, basis)| LocalClock { offset_min, basis: TimeBasis::ALL[basis] });
        let place = at.and_then(|(latitude, longitude)| Place::new(latitude, longitude, None));
        LocalFacts::of(&Export { clock, place, ..Export::default() })
    }
}

fn moment() -> impl Strategy<Value = Moment> {
    let clock = option::of((any::<i16>(), 0..TimeBasis::ALL.len()));
    let clock = clock
        .prop_map(|clock| clock.map(|(offset_min, basis)| LocalClock { offset_min, basis: TimeBasis::ALL[basis] }));
    (option::of(any::<i64>()), clock).prop_map(|(taken_s, clock)| Moment { taken_s, clock })
}

fn correction() -> impl Strategy<Value = Correction> {
    prop_oneof![
        any::<i64>().prop_map(|seconds| Correction::Shift { seconds }),
        "[ab]{0,2}".prop_map(|zone| Correction::Zone { zone }),
        ("[ab]{0,2}", "\\PC{0,3}").prop_map(|(zone, here)| Correction::Clock { zone, here }),
    ]
}

prop_compose! {
    fn cold_row()(
        id in "\\PC{0,6}", mime_type in "[a-c]{0,2}", head in "\\PC{0,4}", ends_in_id: bool, exposure in exposure(),
        export in option::of(cold_export()), corrected in option::of((correction(), moment())),
    ) -> ColdRow {
        let product_url = if ends_in_id { format!("{head}{id}") } else { head };
        let export = export.filter(|export| *export != ColdExport::default()).map(Box::new);
        let correction = corrected.map(|(correction, told)| Box::new(ColdCorrection { correction, told }));
        ColdRow { id, mime_type, product_url, exposure, export, correction }
    }
}

proptest! {
    #[test]
    fn hot_segments_come_back(rows in vec(hot_row(), 0..200), local in option::of(vec(local_facts(), 200))) {
        let mut local = local.unwrap_or_default();
        local.truncate(rows.len());
        // Where no row has any, there are no such columns.
        if local.iter().all(|row| *row == LocalFacts::NONE) {
            local.clear();
        }
        let segment = HotSegment {
            taken_s: rows.iter().map(|row| row.0).collect(),
            width_px: rows.iter().map(|row| row.1).collect(),
            height_px: rows.iter().map(|row| row.2).collect(),
            kind: rows.iter().map(|row| row.3).collect(),
            camera: rows.iter().map(|row| row.4).collect(),
            flags: rows.iter().map(|row| row.5).collect(),
            local,
        };
        prop_assert_eq!(decode_hot(&encode_hot(&segment)), Ok(segment));
    }

    #[test]
    fn cold_segments_come_back(rows in vec(cold_row(), 0..40)) {
        prop_assert_eq!(decode_cold(&encode_cold(&rows)), Ok(rows));
    }

    #[test]
    fn texts_come_back(rows in vec((any::<String>(), any::<String>()), 0..40)) {
        let owned = |(file_name, description): (String, String)| TextRow { file_name, description };
        let rows: Vec<TextRow> = rows.into_iter().map(owned).collect();
        let record = encode_text(&rows);
        let read = read_text(&record).unwrap();
        prop_assert!(rows.iter().map(|row| (row.file_name.as_str(), row.description.as_str())).eq(read));
        prop_assert_eq!(decode_text(&record), Ok(rows));
    }

    #[test]
    fn keys_come_back(keys in vec(any::<u128>(), 0..200)) {
        prop_assert_eq!(decode_keys(&encode_keys(&keys)), Ok(keys));
    }

    #[test]
    fn cameras_come_back(names in vec(("\\PC*", "\\PC*"), 0..40)) {
        let cameras: Vec<Camera> = names.into_iter().map(|(make, model)| Camera { make, model }).collect();
        prop_assert_eq!(decode_cameras(&encode_cameras(&cameras)), Ok(cameras));
    }

    #[test]
    fn albums_come_back(
        texts in ("\\PC+", "\\PC*", "\\PC*", "\\PC*"), is_of_takeout: bool, count: u32, missing: u32,
        rows in vec(0..20_000_u32, 0..60),
    ) {
        let source = if is_of_takeout { AlbumSource::Takeout } else { AlbumSource::Library };
        let (id, title, product_url, cover_id) = texts;
        let album = Album { source, id, title, product_url, cover_id, count };
        let album = AlbumRows { album, rows: rows.into_iter().collect(), missing };
        prop_assert_eq!(decode_album(&encode_album(&album)), Ok(album));
    }

    #[test]
    fn any_bytes_can_be_read(bytes in vec(any::<u8>(), 0..300)) {
        let _ = refusals(&bytes);
    }

    /// Past the checksum, where only the decoders themselves stand guard.
    #[test]
    fn any_columns_can_be_read(sort in 0..6_usize, is_newest: bool, rows in 0..6_u32, columns in vec(prop_oneof![Just(0_u8), Just(1), any::<u8>()], 0..300)) {
        let letters = [b"ALBh", b"ALBc", b"ALBk", b"ALBm", b"ALBt", b"ALBa"][sort];
        let version = if is_newest { NEWEST[sort] } else { 2 };
        let record = [letters.as_slice(), &version.to_le_bytes(), &rows.to_le_bytes(), &[0; 16], &columns].concat();
        let refusal = refusals(&resealed(record))[sort].clone();
        prop_assert!(matches!(refusal, None | Some(SegmentError::Malformed { .. })), "{:?}", refusal);
    }
}
