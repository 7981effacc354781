//! Files are read by Parquet's own reader as what was written.
#![cfg(not(target_family = "wasm"))]

use albumen_core::export::{COLUMNS, Gathering, Value};
use albumen_core::photo::{
    Camera, Export, Exposure, ItemFacts, Kind, LocalClock, Marks, MediaItem, Origin, Place, TimeBasis,
};
use albumen_parquet::ParquetFile;
use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::option;
use proptest::prelude::*;

prop_compose! {
    fn items()(
        id: String, file_name: String, description: String, model: String, taken_s in option::of(-62_135_596_800_i64..253_402_300_799),
        size: (u16, u16), f_number in option::of(0.7_f32..64.0), exposure_s in option::of(1e-5..900.0_f64), iso: Option<u32>,
        clock in option::of((-840..840_i16, prop::sample::select(TimeBasis::ALL.to_vec()))),
        place in option::of((-90.0..=90.0_f64, -180.0..=180.0_f64, option::of(-400.0..9000.0_f64))),
        people in prop::collection::vec(any::<String>(), 0..4), is_exported: bool, favorited: bool,
        albums in prop::collection::vec(any::<String>(), 0..3),
    ) -> (MediaItem, Vec<String>) {
        let export = Export {
            clock: clock.map(|(offset_min, basis)| LocalClock { offset_min, basis }),
            place: place.and_then(|(latitude, longitude, altitude_m)| Place::new(latitude, longitude, altitude_m)),
            lens: model.clone(), focal_length_35mm: Some(28), people,
            marks: Marks { favorited, ..Marks::default() },
            origin: Origin::Phone,
            ..Export::default()
        };
        let item = MediaItem {
            id, file_name, description,
            mime_type: "video/mp4".into(),
            kind: Kind::Video,
            taken_s,
            width_px: size.0.into(),
            height_px: size.1.into(),
            camera: Camera { make: String::new(), model },
            exposure: Exposure { f_number, exposure_s, iso, focal_length_mm: f_number, frames_per_s: exposure_s },
            export: is_exported.then(|| Box::new(export)),
            ..MediaItem::default()
        };
        (item, albums)
    }
}

fn facts((item, albums): &(MediaItem, Vec<String>)) -> ItemFacts<'_> {
    ItemFacts { albums: albums.iter().map(String::as_str).collect(), ..item.into() }
}

fn texts(field: &Field) -> Option<Vec<String>> {
    let Field::ListInternal(list) = field else { return None };
    let text = |field: &Field| if let Field::Str(text) = field { Some(text.clone()) } else { None };
    list.elements().iter().map(text).collect()
}

/// Whether a field of a file says a value as it was.
fn says(field: &Field, value: &Value<'_>) -> bool {
    match (field, value) {
        (Field::Null, Value::Unknown) => true,
        (Field::Str(text), Value::Text(value)) => text == value,
        (Field::Long(number), Value::Integer(value)) => number == value,
        (Field::Double(number), Value::Float(value)) => number == value,
        (Field::Double(number), Value::Narrow(value)) => number.to_string() == value.to_string(),
        (Field::Bool(truth), Value::Truth(value)) => truth == value,
        (Field::TimestampMillis(ms), Value::Instant(value) | Value::Local(value)) => *ms == value * 1000,
        (field, Value::Texts(value)) => texts(field).is_some_and(|texts| texts == *value),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_value_is_read_as_what_it_was(groups in prop::collection::vec(prop::collection::vec(items(), 1..6), 0..4)) {
        let (mut file, mut gathering, mut bytes) = (ParquetFile::new().unwrap(), Gathering::new(), Vec::new());
        for group in &groups {
            group.iter().for_each(|item| gathering.push(&facts(item)));
            bytes.extend(file.write(gathering.take()).unwrap());
        }
        bytes.extend(file.end().unwrap());
        let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
        prop_assert_eq!(reader.num_row_groups(), groups.len());
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        let items: Vec<_> = groups.concat();
        prop_assert_eq!(rows.len(), items.len());
        for (row, item) in rows.iter().zip(&items) {
            let item = facts(item);
            prop_assert_eq!(row.get_column_iter().count(), COLUMNS.len());
            for ((name, field), column) in row.get_column_iter().zip(&COLUMNS) {
                let value = (column.of)(&item);
                prop_assert_eq!(name, column.name);
                prop_assert!(says(field, &value), "{}: {:?} is not {:?}", name, field, value);
            }
        }
    }
}

#[test]
fn what_are_no_columns_is_an_error_in_words() {
    for nonsense in [vec![], vec![1], vec![9; 100]] {
        assert!(!ParquetFile::new().unwrap().write(nonsense).unwrap_err().to_string().is_empty());
    }
}
