//! What is written is read by others as what it was.

use proptest::option;
use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::photo::{
    Export, Exposure, ItemFacts, Kind, LocalClock, Marks, MediaItem, Origin, Place, TimeBasis, format_rfc3339,
};

/// Any text, and often one of those that break what reads them.
fn texts() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1",
        "-1,2",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "a\r\nb\n",
        "\"",
        "\"\",\"",
        " x ",
        "\0",
        "a\0b",
        "\u{202e}gpj.exe",
        "👩‍👩‍👧‍👦 𝒜",
        "‏שלום‎",
        "＝1",
        "<&>]]>",
        "\u{fffe}\u{ffff}\u{1}\u{85}\u{2028}",
        "\u{feff}x",
        "'=1",
        "null",
        "NaN",
    ]);
    prop_oneof![any::<String>(), hostile.prop_map(str::to_owned), Just(String::new())]
}

prop_compose! {
    fn exports()(
        clock in option::of((-840..840_i16, prop::sample::select(TimeBasis::ALL.to_vec()))),
        place in option::of((-90.0..=90.0_f64, -180.0..=180.0_f64, option::of(-400.0..9000.0_f64))),
        lens in texts(), focal_length_35mm: Option<u16>, marks: [bool; 4], people in prop::collection::vec(texts(), 0..4),
        has_motion: bool, has_edited: bool, is_in_account: bool,
    ) -> Export {
        let [favorited, archived, trashed, locked] = marks;
        Export {
            clock: clock.map(|(offset_min, basis)| LocalClock { offset_min, basis }),
            place: place.and_then(|(latitude, longitude, altitude_m)| Place::new(latitude, longitude, altitude_m)),
            lens, focal_length_35mm, people, has_motion, has_edited, is_in_account,
            marks: Marks { favorited, archived, trashed, locked },
            origin: Origin::Phone,
        }
    }
}

prop_compose! {
    /// Items with texts of all sorts, and the titles of their albums.
    pub(super) fn items()(
        id in texts(), file_name in texts(), description in texts(), camera in [texts(), texts()], url in texts(),
        is_video: bool, taken_s in option::of(-62_135_596_800_i64..253_402_300_799), size: (u16, u16),
        f_number in option::of(0.7_f32..64.0), exposure_s in option::of(1e-5..900.0_f64), iso: Option<u32>,
        frames_per_s in option::of(1.0..240.0_f64), export in option::of(exports()),
        albums in prop::collection::vec(texts(), 0..3),
    ) -> (MediaItem, Vec<String>) {
        let [make, model] = camera;
        let item = MediaItem {
            id, file_name, description,
            mime_type: "image/jpeg".into(),
            kind: if is_video { Kind::Video } else { Kind::Photo },
            product_url: url,
            taken_s,
            width_px: size.0.into(),
            height_px: size.1.into(),
            camera: crate::photo::Camera { make, model },
            exposure: Exposure { f_number, exposure_s, iso, focal_length_mm: f_number, frames_per_s },
            export: export.map(Box::new),
            ..MediaItem::default()
        };
        (item, albums)
    }
}

type Item = (MediaItem, Vec<String>);

fn facts((item, albums): &Item) -> ItemFacts<'_> {
    ItemFacts { albums: albums.iter().map(String::as_str).collect(), ..item.into() }
}

fn written(format: Format, items: &[Item]) -> Vec<u8> {
    let mut writer = Writer::new(format).unwrap();
    let mut out = Vec::new();
    writer.begin(&mut out);
    for item in items {
        let before = out.len();
        let is_written = writer.row(&facts(item), &mut out);
        assert_eq!(is_written, out.len() > before);
    }
    writer.end(&mut out);
    out
}

/// Whether a cell of text says a value as it was.
fn says(cell: &str, value: &Value<'_>) -> bool {
    match value {
        Value::Unknown | Value::Texts([]) => cell.is_empty(),
        Value::Text(text) => cell == *text,
        Value::Integer(number) => cell.parse() == Ok(*number),
        Value::Narrow(number) => cell.parse() == Ok(*number),
        Value::Float(number) => cell.parse() == Ok(*number),
        Value::Truth(truth) => cell == if *truth { "true" } else { "false" },
        Value::Instant(utc_s) => cell == format_rfc3339(*utc_s),
        Value::Local(local_s) => format!("{cell}Z") == format_rfc3339(*local_s),
        Value::Texts(texts) => serde_json::from_str::<Vec<String>>(cell).is_ok_and(|read| read == *texts),
    }
}

/// Whether a value of JSON says a value as it was. This reader is off by the last digit now and then.
fn json_says(json: Option<&Json>, value: &Value<'_>) -> bool {
    if let (Some(read), Value::Float(number)) = (json.and_then(Json::as_f64), value) {
        return is_close(read, *number);
    }
    let text = match json {
        None => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    says(&text, value)
}

fn is_close(read: f64, number: f64) -> bool {
    (read - number).abs() <= 2.0 * f64::EPSILON * number.abs()
}

fn records(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn names() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.name).collect()
}

proptest! {
    #[test]
    fn csv_is_read_as_what_it_was(items in prop::collection::vec(items(), 0..6)) {
        let bytes = written(Format::Csv(Cells::AsTheyAre), &items);
        prop_assert!(bytes.ends_with(b"\r\n"));
        let records = records(&bytes);
        prop_assert_eq!(&records[0], &names());
        prop_assert_eq!(records.len(), items.len() + 1);
        for (record, item) in records[1..].iter().zip(&items) {
            let item = facts(item);
            for (cell, column) in record.iter().zip(&COLUMNS) {
                let value = (column.of)(&item);
                prop_assert!(says(cell, &value), "{}: {:?} is not {:?}", column.name, cell, value);
            }
        }
    }

    #[test]
    fn no_cell_of_a_spreadsheet_is_run_and_all_others_are_as_they_are(items in prop::collection::vec(items(), 0..6)) {
        let plain = records(&written(Format::Csv(Cells::AsTheyAre), &items));
        let defused = records(&written(Format::Csv(Cells::Defused), &items));
        for (plain, defused) in plain[1..].iter().zip(&defused[1..]) {
            for ((plain, defused), column) in plain.iter().zip(defused).zip(&COLUMNS) {
                if column.sort == Sort::Text && plain.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
                    prop_assert_eq!(defused, &format!("'{plain}"));
                } else {
                    prop_assert_eq!(defused, plain);
                }
            }
        }
    }

    #[test]
    fn json_is_read_as_what_it_was(items in prop::collection::vec(items(), 0..6)) {
        let lines = String::from_utf8(written(Format::Ndjson, &items)).unwrap();
        let lines: Vec<Json> = lines.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
        let list: Json = serde_json::from_slice(&written(Format::Json, &items)).unwrap();
        prop_assert_eq!(&list["mediaItems"], &Json::Array(lines.clone()));
        prop_assert_eq!(lines.len(), items.len());
        for (line, item) in lines.iter().zip(&items) {
            let item = facts(item);
            for column in COLUMNS.iter().filter(|column| !column.is_googles) {
                let value = (column.of)(&item);
                prop_assert!(json_says(line["albumen"].get(column.name), &value), "{}: {:?}", column.name, value);
            }
            prop_assert!(json_says(line.get("filename"), &Value::Text(item.file_name)));
            prop_assert!(json_says(line.get("description"), &Value::Text(item.description)));
        }
    }

    #[test]
    fn geojson_has_the_rows_with_a_place_and_all_that_is_known_of_them(items in prop::collection::vec(items(), 0..6)) {
        let read: Json = serde_json::from_slice(&written(Format::GeoJson, &items)).unwrap();
        prop_assert_eq!(&read["type"], "FeatureCollection");
        let features = read["features"].as_array().unwrap();
        let placed: Vec<ItemFacts<'_>> = items.iter().map(facts).filter(|item| item.place().is_some()).collect();
        prop_assert_eq!(features.len(), placed.len());
        for (feature, item) in features.iter().zip(&placed) {
            let place = item.place().unwrap();
            let point: Vec<f64> = serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
            let told: Vec<f64> = [place.longitude, place.latitude].into_iter().chain(place.altitude_m).collect();
            prop_assert_eq!(point.len(), told.len());
            prop_assert!(point.iter().zip(&told).all(|(read, told)| is_close(*read, *told)), "{:?} {:?}", point, told);
            for column in COLUMNS.iter().filter(|column| feature["properties"].get(column.name).is_some()) {
                let value = (column.of)(item);
                prop_assert!(json_says(feature["properties"].get(column.name), &value), "{}: {:?}", column.name, value);
            }
            prop_assert!(json_says(feature.get("id"), &Value::Text(item.id)));
        }
    }

    #[test]
    fn gpx_is_xml_with_a_waypoint_for_each_place(items in prop::collection::vec(items(), 0..6)) {
        let bytes = written(Format::Gpx, &items);
        let text = String::from_utf8(bytes).unwrap();
        let read = roxmltree::Document::parse(&text).unwrap();
        let waypoints: Vec<_> = read.root_element().children().filter(roxmltree::Node::is_element).collect();
        let placed: Vec<ItemFacts<'_>> = items.iter().map(facts).filter(|item| item.place().is_some()).collect();
        prop_assert_eq!(waypoints.len(), placed.len());
        let as_xml = |text: &str| -> String {
            text.chars().filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')).collect()
        };
        for (waypoint, item) in waypoints.iter().zip(&placed) {
            let place = item.place().unwrap();
            let part = |name: &str| waypoint.children().find(|node| node.has_tag_name(("http://www.topografix.com/GPX/1/1", name)));
            let said = |name: &str| part(name).and_then(|node| node.text()).unwrap_or_default();
            prop_assert_eq!(waypoint.attribute("lat").unwrap().parse::<f64>().unwrap(), place.latitude);
            let longitude = waypoint.attribute("lon").unwrap().parse::<f64>().unwrap();
            prop_assert!((-180.0..180.0).contains(&longitude));
            prop_assert!(longitude == place.longitude || place.longitude == 180.0);
            prop_assert_eq!(said("time"), item.moment.taken_s.map(format_rfc3339).unwrap_or_default());
            prop_assert_eq!(said("name"), as_xml(item.file_name));
            prop_assert_eq!(said("desc"), as_xml(item.description));
            let link = part("link").and_then(|link| link.attribute("href")).unwrap_or_default();
            prop_assert_eq!(link, as_xml(item.product_url));
        }
    }

    #[test]
    fn columns_that_were_gathered_are_found_again(items in prop::collection::vec(items(), 0..9)) {
        let mut gathering = Gathering::new();
        items.iter().for_each(|item| gathering.push(&facts(item)));
        prop_assert_eq!(gathering.rows() as usize, items.len());
        let bytes = gathering.take();
        if items.is_empty() {
            return Ok(());
        }
        let columns = Columns::read(&bytes).unwrap();
        prop_assert_eq!(columns.rows(), items.len());
        prop_assert!(columns.known(1).eq(items.iter().map(|(item, _)| !item.file_name.is_empty())));
        let names = &columns.columns[1];
        let told: String = items.iter().map(|(item, _)| item.file_name.as_str()).collect();
        prop_assert_eq!(&bytes[names.values.clone()], told.as_bytes());
        // Nothing is left of them.
        gathering.push(&facts(&items[0]));
        prop_assert_eq!(Columns::read(&gathering.take()).unwrap().rows(), 1);
        for length in [0, 3, bytes.len() - 1] {
            prop_assert_eq!(Columns::read(&bytes[..length]), Err(ColumnsError));
        }
    }

    #[test]
    fn no_bytes_can_break_who_reads_columns(bytes: Vec<u8>) {
        let _ = Columns::read(&bytes);
    }
}

#[test]
fn columns_have_names_of_their_own() {
    let names = names();
    let different: std::collections::BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(different.len(), names.len());
}

#[test]
fn nothing_is_written_of_no_rows_but_what_makes_it_a_file() {
    assert_eq!(written(Format::Json, &[]), b"{\"mediaItems\":[\n]}\n");
    assert_eq!(written(Format::Ndjson, &[]), b"");
    assert_eq!(records(&written(Format::Csv(Cells::Defused), &[])), [names()]);
    assert!(Writer::new(Format::Parquet).is_none());
}
