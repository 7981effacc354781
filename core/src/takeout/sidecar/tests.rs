//! JSON files as exports have them, and as they should not be.

use proptest::prelude::*;

use super::*;

/// A sidecar as a person's export had it.
const PHOTO: &str = r#"{
  "title": "PXL_20231006_063000139.jpg", "description": "", "imageViews": "2",
  "creationTime": {"timestamp": "1697872351", "formatted": "21 oct. 2023, 07:12:31 UTC"},
  "photoTakenTime": {"timestamp": "1696573800", "formatted": "6 oct. 2023, 06:30:00 UTC"},
  "geoData": {"latitude": 48.85, "longitude": 2.29, "altitude": 82.09, "latitudeSpan": 0.0, "longitudeSpan": 0.0},
  "geoDataExif": {"latitude": 48.86, "longitude": 2.3, "altitude": 0.0, "latitudeSpan": 0.0, "longitudeSpan": 0.0},
  "people": [{"name": "Ann"}, {"name": "Böb"}, {}, {"name": "Ann"}],
  "favorited": true, "archived": true,
  "url": "https://photos.google.com/photo/AF1QipM_x?authuser=0",
  "googlePhotosOrigin": {"mobileUpload": {"deviceFolder": {"localFolderName": "WhatsApp Images"}, "deviceType": "ANDROID_PHONE"}}
}"#;

fn photo(json: &str) -> (Sidecar, Vec<SidecarProblem>) {
    match read_json(json.as_bytes()) {
        Ok((Json::Photo(sidecar), problems)) => (*sidecar, problems),
        other => panic!("no photo: {other:?}"),
    }
}

#[test]
fn every_field_of_a_photo_is_read() {
    let (sidecar, problems) = photo(PHOTO);
    let expected = Sidecar {
        title: "PXL_20231006_063000139.jpg".into(),
        description: String::new(),
        taken_s: Some(1_696_573_800),
        added_s: Some(1_697_872_351),
        shown_place: Place::new(48.85, 2.29, Some(82.09)),
        exif_place: Place::new(48.86, 2.3, None),
        people: vec!["Ann".into(), "Böb".into()],
        marks: Marks { favorited: true, archived: true, trashed: false, locked: false },
        origin: Origin::Phone,
        device_type: "ANDROID_PHONE".into(),
        device_folder: "WhatsApp Images".into(),
        url: "https://photos.google.com/photo/AF1QipM_x?authuser=0".into(),
    };
    assert_eq!((&sidecar, problems), (&expected, vec![]));
    assert_eq!(sidecar.photo_mark(), Some("AF1QipM_x"));
    assert_eq!(sidecar.place(), Place::new(48.85, 2.29, Some(82.09)));
}

#[test]
fn a_place_of_zero_is_none_and_does_not_hide_the_other() {
    let json = |shown: &str| {
        format!(
            r#"{{"title":"x","photoTakenTime":{{"timestamp":"5"}},"geoData":{shown},
                "geoDataExif":{{"latitude":1.5,"longitude":2.5,"altitude":3.0}}}}"#
        )
    };
    for shown in [r#"{"latitude":0.0,"longitude":0.0,"altitude":0.0}"#, "null", "{}"] {
        let (sidecar, problems) = photo(&json(shown));
        assert_eq!((sidecar.place(), problems), (Place::new(1.5, 2.5, Some(3.0)), vec![]), "{shown}");
    }
    let (sidecar, problems) = photo(&json(r#"{"latitude":999,"longitude":2}"#));
    assert_eq!(sidecar.place(), Place::new(1.5, 2.5, Some(3.0)));
    assert_eq!(problems, [SidecarProblem::BadPlace { field: Field::GeoData, value: "999, 2".into() }]);
}

#[test]
fn albums_are_told_by_what_is_in_them() {
    let album = |json: &str| read_json(json.as_bytes()).unwrap();
    for json in [
        r#"{"title":"Lake","description":"d","access":"protected","date":{"timestamp":"1500000000","formatted":"x"},"location":"","geoData":{"latitude":0.0,"longitude":0.0}}"#,
        r#"{"albumData":{"title":"Lake","description":"d","access":"protected","date":{"timestamp":"1500000000"}}}"#,
    ] {
        let expected = AlbumFacts {
            title: "Lake".into(),
            description: "d".into(),
            created_s: Some(1_500_000_000),
            access: "protected".into(),
        };
        assert_eq!(album(json), (Json::Album(expected), vec![]), "{json}");
    }
    // As small as they are since 2024.
    assert_eq!(album(r#"{"title":"Lake"}"#).0, Json::Album(AlbumFacts { title: "Lake".into(), ..Default::default() }));
    let untitled = AlbumFacts { access: "protected".into(), ..Default::default() };
    assert_eq!(album(r#"{"title":"","access":"protected","date":{}}"#).0, Json::Album(untitled));
    for json in ["{}", r#"{"title":""}"#, "[]", "7", "null", r#"{"externalOrders":[]}"#] {
        assert_eq!(album(json), (Json::Other, vec![]), "{json}");
    }
}

#[test]
fn how_a_photo_came_is_told() {
    for (origin, expected) in [
        (r#"{"webUpload":{}}"#, Origin::Web),
        (r#"{"driveSync":{}}"#, Origin::Drive),
        (r#"{"driveDesktopUploader":{"version":"x"}}"#, Origin::Drive),
        (r#"{"fromPartnerSharing":{}}"#, Origin::Partner),
        (r#"{"fromSharedAlbum":{},"mobileUpload":{"deviceType":"IOS_PHONE"}}"#, Origin::SharedAlbum),
        (r#"{"composition":{"type":"AUTO"}}"#, Origin::Creation),
        (r#"{"mobileUpload":{"deviceType":"IOS_PHONE"}}"#, Origin::Phone),
        (r#"{"tomorrow":{}}"#, Origin::Other),
        ("{}", Origin::Other),
        ("null", Origin::Unknown),
    ] {
        let (sidecar, problems) =
            photo(&format!(r#"{{"title":"x","photoTakenTime":{{"timestamp":"5"}},"googlePhotosOrigin":{origin}}}"#));
        assert_eq!((sidecar.origin, problems), (expected, vec![]), "{origin}");
    }
}

#[test]
fn what_cannot_be_is_left_unknown_and_told_of() {
    let bad_time = |value: &str| vec![SidecarProblem::BadTime { field: Field::PhotoTakenTime, value: value.into() }];
    for (time, taken_s, expected) in [
        (r#"{"timestamp":"0"}"#, None, vec![SidecarProblem::ZeroTime]),
        (r#"{"timestamp":0}"#, None, vec![SidecarProblem::ZeroTime]),
        (r#"{}"#, None, vec![SidecarProblem::NoTime]),
        (r#"{"formatted":"x"}"#, None, vec![SidecarProblem::NoTime]),
        (r#"{"timestamp":"-86400"}"#, Some(-86_400), vec![]),
        (r#"{"timestamp":"-99999999999"}"#, None, bad_time("-99999999999")),
        (r#"{"timestamp":"253402300799"}"#, None, bad_time("253402300799")),
        (r#"{"timestamp":"99999999999999999999999"}"#, None, bad_time("99999999999999999999999")),
        (r#"{"timestamp":"soon"}"#, None, bad_time("soon")),
        (r#"{"timestamp":1.5}"#, None, bad_time("1.5e0")),
        (r#"{"timestamp":1500000000}"#, Some(1_500_000_000), vec![]),
        (r#"{"timestamp":[1]}"#, None, bad_time("something else")),
        ("7", None, vec![SidecarProblem::BadKind { field: Field::PhotoTakenTime }]),
    ] {
        let (sidecar, problems) = photo(&format!(r#"{{"title":"x","photoTakenTime":{time}}}"#));
        assert_eq!((sidecar.taken_s, problems), (taken_s, expected), "{time}");
    }
    for (field, problem) in [
        (r#""geoData":{"latitude":1}"#, SidecarProblem::BadPlace { field: Field::GeoData, value: "1, ".into() }),
        (
            r#""geoData":{"latitude":NaN,"longitude":2}"#,
            SidecarProblem::BadPlace { field: Field::GeoData, value: "NaN, 2".into() },
        ),
        (
            r#""geoDataExif":{"latitude":-Infinity,"longitude":2}"#,
            SidecarProblem::BadPlace { field: Field::GeoDataExif, value: "-Infinity, 2".into() },
        ),
        (r#""geoData":[]"#, SidecarProblem::BadKind { field: Field::GeoData }),
        (r#""people":"Ann""#, SidecarProblem::BadKind { field: Field::People }),
        (r#""people":[7, 8]"#, SidecarProblem::BadKind { field: Field::People }),
        (r#""description":{}"#, SidecarProblem::BadKind { field: Field::Description }),
        (r#""url":"javascript:alert(1)""#, SidecarProblem::ForeignUrl { field: Field::Url }),
        (r#""url":"https://photos.google.com.evil.example/photo/x""#, SidecarProblem::ForeignUrl { field: Field::Url }),
        (r#""googlePhotosOrigin":true"#, SidecarProblem::BadKind { field: Field::Origin }),
    ] {
        let (sidecar, problems) = photo(&format!(r#"{{"title":"x","photoTakenTime":{{"timestamp":"5"}},{field}}}"#));
        assert_eq!(
            sidecar,
            Sidecar { title: "x".into(), taken_s: Some(5), origin: sidecar.origin, ..Default::default() }
        );
        assert_eq!(problems, [problem], "{field}");
    }
}

#[test]
fn a_photo_without_its_time_is_a_photo() {
    let (sidecar, problems) = photo(r#"{"title":"x","imageViews":"1","creationTime":{"timestamp":"5"}}"#);
    assert_eq!((sidecar.taken_s, sidecar.added_s, problems), (None, Some(5), vec![SidecarProblem::NoTime]));
}

#[test]
fn what_another_program_spoilt_is_read_if_it_can_be() {
    let json = PHOTO.replace("\"description\": \"\"", "\"description\": \"NaN \\\" NaN\", \"title\": \"second\"");
    let (sidecar, problems) = photo(&format!("\u{feff}{json}"));
    assert_eq!((sidecar.title.as_str(), sidecar.description.as_str(), problems.len()), ("second", "NaN \" NaN", 0));
    let latin = PHOTO.replace("Böb", "B?b").into_bytes().into_iter().map(|b| if b == b'?' { 0xf6 } else { b });
    let Ok((Json::Photo(sidecar), _)) = read_json(&latin.collect::<Vec<u8>>()) else { panic!("no photo") };
    assert_eq!(sidecar.people[1], "B\u{fffd}b");
}

#[test]
fn what_is_no_json_or_far_too_large_is_refused() {
    for text in ["", "<html>", "{", "{\"title\":", &"[".repeat(100_000), "{} {}", "\u{0}"] {
        assert_eq!(read_json(text.as_bytes()), Err(JsonError::NotJson));
    }
    let large = format!(r#"{{"title":"{}"}}"#, "x".repeat(50_000_000));
    assert_eq!(read_json(large.as_bytes()), Err(JsonError::TooLarge));
    let long = format!(r#"{{"description":"{}","photoTakenTime":{{"timestamp":"5"}}}}"#, "é".repeat(1_000_000));
    let (sidecar, problems) = photo(&long);
    assert_eq!(sidecar.description.chars().count(), 65_536);
    assert_eq!(problems, [SidecarProblem::TooLong { field: Field::Description }]);
    let crowd =
        format!(r#"{{"photoTakenTime":{{"timestamp":"5"}},"people":[{}{{}}]}}"#, r#"{"name":"a"},"#.repeat(100_000));
    assert_eq!(photo(&crowd).1, [SidecarProblem::TooLong { field: Field::People }]);
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        "\\PC{0,20}".prop_map(Into::into),
        "-?[0-9]{1,12}".prop_map(Into::into),
    ];
    let known = [
        "title",
        "description",
        "photoTakenTime",
        "creationTime",
        "timestamp",
        "geoData",
        "geoDataExif",
        "latitude",
        "longitude",
        "altitude",
        "people",
        "name",
        "favorited",
        "url",
        "googlePhotosOrigin",
        "mobileUpload",
        "deviceFolder",
        "localFolderName",
        "deviceType",
        "albumData",
        "access",
        "date",
        "imageViews",
    ];
    let key = prop_oneof!["[a-z]{1,3}", prop::sample::select(known.to_vec()).prop_map(str::to_owned)];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
            prop::collection::btree_map(key.clone(), inner, 0..8)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read(json in any_json()) {
        let (read, _) = read_json(json.to_string().as_bytes()).unwrap();
        if let Json::Photo(sidecar) = read {
            prop_assert!(sidecar.taken_s != Some(0));
            prop_assert!(sidecar.url.is_empty() || sidecar.url.starts_with("https://photos.google.com/"));
            let stored = postcard::to_allocvec(&sidecar).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Sidecar>(&stored).unwrap(), *sidecar);
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_json(&bytes);
    }

    #[test]
    fn any_wound_is_survived(at in 0usize..1200, byte in any::<u8>()) {
        let mut bytes = PHOTO.as_bytes().to_vec();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let _ = read_json(&bytes);
    }
}
