//! Hours that must not be wrong, with jiff's zones as an independent opinion.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::photo::parse_rfc3339;

/// One zone for the place and one for the person.
struct World {
    place: Option<&'static str>,
    person: Option<&'static str>,
}

fn offset_min(zone: &str, utc_s: i64) -> i32 {
    let seconds = TimeZone::get(zone).unwrap().to_offset(Timestamp::from_second(utc_s).unwrap()).seconds();
    seconds.div_euclid(60)
}

impl Zones for World {
    fn at_place(&self, _: Place, utc_s: i64) -> Option<i32> {
        self.place.map(|zone| offset_min(zone, utc_s))
    }

    fn of_person(&self, utc_s: i64) -> Option<i32> {
        self.person.map(|zone| offset_min(zone, utc_s))
    }
}

const NOWHERE: World = World { place: None, person: None };

fn utc(text: &str) -> i64 {
    parse_rfc3339(text).unwrap()
}

/// A local time, as if it were UTC.
fn local(text: &str) -> i64 {
    utc(&format!("{text}Z"))
}

fn somewhere() -> Option<Place> {
    Place::new(1.0, 2.0, None)
}

fn check(clues: Clues<'_>, world: &World, local_time: &str, offset_min: i16, basis: TimeBasis) {
    let taken = taken(&clues, world).unwrap();
    assert_eq!((taken.local_s(), taken.offset_min, taken.basis), (local(local_time), offset_min, basis), "{clues:?}");
}

#[test]
fn the_cameras_own_offset_counts_most() {
    let clues = Clues {
        sidecar_utc_s: Some(utc("2023-10-06T06:30:00Z")),
        exif_local_s: Some(local("2023-10-06T12:15:00")),
        exif_offset_min: Some(345),
        gps_utc_s: Some(utc("2023-10-06T07:30:00Z")),
        place: somewhere(),
        file_name: "IMG_20231006_101500.jpg",
        ..Clues::default()
    };
    let world = World { place: Some("Europe/Paris"), person: Some("America/New_York") };
    check(clues, &world, "2023-10-06T12:15:00", 345, TimeBasis::ExifOffset);
    // A sidecar that is wrong by hours does not move it.
    let wrong = Clues { sidecar_utc_s: Some(utc("2023-10-06T12:15:00Z")), ..clues };
    check(wrong, &world, "2023-10-06T12:15:00", 345, TimeBasis::ExifOffset);
    // One that is years away was put right by hand.
    let scanned = Clues { sidecar_utc_s: Some(utc("1987-10-06T06:30:00Z")), ..clues };
    check(scanned, &world, "1987-10-06T12:15:00", 345, TimeBasis::ExifOffset);
}

#[test]
fn what_lies_between_camera_and_sidecar_is_the_zone() {
    for (utc_time, local_time, offset_min) in [
        ("2023-07-01T10:00:00Z", "2023-07-01T12:00:00", 120),
        ("2023-07-01T10:00:00Z", "2023-07-01T15:45:00", 345),
        ("2023-07-01T10:00:00Z", "2023-07-01T15:30:00", 330),
        ("2023-07-01T10:00:00Z", "2023-07-01T22:45:00", 765),
        ("2023-12-31T23:00:00Z", "2024-01-01T12:45:00", 825),
        ("2023-01-01T02:00:00Z", "2022-12-31T14:00:00", -720),
        ("2023-01-01T12:00:00Z", "2023-01-02T02:00:00", 840),
        ("2023-01-01T02:00:00Z", "2022-12-31T22:30:00", -210),
        ("2023-07-01T10:00:00Z", "2023-07-01T10:00:00", 0),
        ("1965-07-01T10:00:00Z", "1965-07-01T17:30:00", 450),
    ] {
        let clues =
            Clues { sidecar_utc_s: Some(utc(utc_time)), exif_local_s: Some(local(local_time)), ..Clues::default() };
        check(clues, &NOWHERE, local_time, offset_min, TimeBasis::ExifLocal);
    }
    // The clocks agree on the minute.
    let clues = Clues {
        sidecar_utc_s: Some(utc("2023-07-01T10:00:20Z")),
        exif_local_s: Some(local("2023-07-01T12:00:00")),
        ..Clues::default()
    };
    assert_eq!(taken(&clues, &NOWHERE).unwrap().offset_min, 120);
}

#[test]
fn both_sides_of_a_change_of_clocks_are_right() {
    // 2023-11-05 in New York has the hour from one to two twice.
    for (utc_time, offset_min) in [("2023-11-05T05:30:00Z", -240), ("2023-11-05T06:30:00Z", -300)] {
        let clues = Clues {
            sidecar_utc_s: Some(utc(utc_time)),
            exif_local_s: Some(local("2023-11-05T01:30:00")),
            ..Clues::default()
        };
        check(clues, &NOWHERE, "2023-11-05T01:30:00", offset_min, TimeBasis::ExifLocal);
        let placed = Clues { sidecar_utc_s: Some(utc(utc_time)), place: somewhere(), ..Clues::default() };
        let world = World { place: Some("America/New_York"), person: None };
        check(placed, &world, "2023-11-05T01:30:00", offset_min, TimeBasis::Place);
    }
    // Lord Howe's summer is half an hour.
    let world = World { place: Some("Australia/Lord_Howe"), person: None };
    for (utc_time, local_time, offset_min) in
        [("2024-04-06T14:59:59Z", "2024-04-07T01:59:59", 660), ("2024-04-06T15:00:00Z", "2024-04-07T01:30:00", 630)]
    {
        let clues = Clues { sidecar_utc_s: Some(utc(utc_time)), place: somewhere(), ..Clues::default() };
        check(clues, &world, local_time, offset_min, TimeBasis::Place);
    }
}

#[test]
fn a_date_put_right_by_hand_is_not_undone_by_the_camera() {
    let clues = Clues {
        sidecar_utc_s: Some(utc("1987-06-01T10:00:00Z")),
        exif_local_s: Some(local("2015-01-01T00:00:07")),
        gps_utc_s: Some(utc("2015-01-01T00:00:00Z")),
        ..Clues::default()
    };
    check(
        clues,
        &World { place: None, person: Some("Europe/Berlin") },
        "1987-06-01T12:00:00",
        120,
        TimeBasis::PersonZone,
    );
}

#[test]
fn a_sidecar_that_is_wrong_by_days_does_not_move_the_cameras_clock() {
    let clues = Clues {
        sidecar_utc_s: Some(utc("2009-12-20T14:54:25Z") + 263_843),
        exif_local_s: Some(local("2009-12-20T16:54:25")),
        place: somewhere(),
        file_name: "DSC1037.JPG",
        ..Clues::default()
    };
    let world = World { place: Some("Africa/Cairo"), person: Some("Europe/Berlin") };
    let with_offset = Clues { exif_offset_min: Some(120), ..clues };
    check(with_offset, &world, "2009-12-20T16:54:25", 120, TimeBasis::ExifOffset);
    assert_eq!(taken(&with_offset, &world).unwrap().utc_s, utc("2009-12-20T14:54:25Z"));
    let with_gps = Clues { gps_utc_s: Some(utc("2009-12-20T14:54:25Z")), ..clues };
    check(with_gps, &world, "2009-12-20T16:54:25", 120, TimeBasis::GpsTime);
    check(clues, &world, "2009-12-20T16:54:25", 120, TimeBasis::Place);
    let unplaced = World { place: None, ..world };
    check(clues, &unplaced, "2009-12-20T16:54:25", 60, TimeBasis::ExifLocal);
}

#[test]
fn the_gps_tells_the_zone_where_the_sidecar_does_not() {
    let clues = Clues {
        exif_local_s: Some(local("2023-07-01T15:45:30")),
        gps_utc_s: Some(utc("2023-07-01T09:57:00Z")),
        ..Clues::default()
    };
    check(clues, &NOWHERE, "2023-07-01T15:45:30", 345, TimeBasis::GpsTime);
    // A sidecar with seven minutes too many is no zone's.
    let odd = Clues { sidecar_utc_s: Some(utc("2023-07-01T10:07:30Z")), ..clues };
    check(odd, &NOWHERE, "2023-07-01T15:45:30", 345, TimeBasis::GpsTime);
    let alone = Clues { gps_utc_s: Some(utc("2023-07-01T10:00:00Z")), ..Clues::default() };
    check(alone, &World { place: None, person: Some("Asia/Tokyo") }, "2023-07-01T19:00:00", 540, TimeBasis::PersonZone);
}

#[test]
fn the_place_comes_before_the_name_and_the_name_before_the_person() {
    let clues = Clues {
        sidecar_utc_s: Some(utc("2020-03-14T14:09:26Z")),
        place: somewhere(),
        file_name: "IMG_20200314_150926.jpg",
        ..Clues::default()
    };
    let world = World { place: Some("Asia/Kathmandu"), person: Some("America/New_York") };
    check(clues, &world, "2020-03-14T19:54:26", 345, TimeBasis::Place);
    let unplaced = World { place: None, ..world };
    check(clues, &unplaced, "2020-03-14T15:09:26", 60, TimeBasis::FileName);
    let renamed = Clues { file_name: "IMG_20190101_000000.jpg", ..clues };
    check(renamed, &unplaced, "2020-03-14T10:09:26", -240, TimeBasis::PersonZone);
    check(renamed, &NOWHERE, "2020-03-14T14:09:26", 0, TimeBasis::Utc);
    // Pixel phones name their files in UTC: that is no local time.
    let pixel = Clues { file_name: "PXL_20200314_140926123.jpg", ..clues };
    check(pixel, &unplaced, "2020-03-14T10:09:26", -240, TimeBasis::PersonZone);
}

#[test]
fn without_a_sidecar_the_local_time_is_kept() {
    let camera = Clues { exif_local_s: Some(local("1969-07-20T22:56:00")), place: somewhere(), ..Clues::default() };
    let world = World { place: Some("America/Chicago"), person: Some("Europe/Berlin") };
    check(camera, &world, "1969-07-20T22:56:00", -300, TimeBasis::Place);
    check(camera, &World { place: None, ..world }, "1969-07-20T22:56:00", 60, TimeBasis::ExifLocal);
    check(camera, &NOWHERE, "1969-07-20T22:56:00", 0, TimeBasis::ExifLocal);
    let named = Clues { file_name: "2020-03-29 02.30.00.jpg", ..Clues::default() };
    // That hour did not exist in Berlin: the name is kept all the same.
    check(named, &World { place: None, person: Some("Europe/Berlin") }, "2020-03-29T02:30:00", 60, TimeBasis::FileName);
    let pixel = Clues { file_name: "PXL_20200314_140926123.jpg", ..Clues::default() };
    check(pixel, &World { place: None, person: Some("Asia/Tokyo") }, "2020-03-14T23:09:26", 540, TimeBasis::PersonZone);
    let video = Clues { video_utc_s: Some(utc("2020-03-14T14:00:00Z")), ..Clues::default() };
    check(video, &NOWHERE, "2020-03-14T14:00:00", 0, TimeBasis::Utc);
    assert_eq!(taken(&Clues::default(), &NOWHERE), None);
    assert_eq!(taken(&Clues { place: somewhere(), file_name: "IMG_1.jpg", ..Clues::default() }, &world), None);
}

#[test]
fn a_whole_day_that_a_zone_skipped_does_no_harm() {
    // Samoa had no 30th of December 2011.
    let world = World { place: Some("Pacific/Apia"), person: None };
    for (utc_time, local_time, offset_min) in
        [("2011-12-30T09:59:59Z", "2011-12-29T23:59:59", -600), ("2011-12-30T10:00:00Z", "2011-12-31T00:00:00", 840)]
    {
        let clues = Clues { sidecar_utc_s: Some(utc(utc_time)), place: somewhere(), ..Clues::default() };
        check(clues, &world, local_time, offset_min, TimeBasis::Place);
    }
}

#[test]
fn times_in_names_are_read() {
    let expected = Some(NameTime::Local(local("2020-03-14T15:09:26")));
    for name in [
        "IMG_20200314_150926.jpg",
        "20200314_150926.jpg",
        "VID_20200314_150926123.mp4",
        "Screenshot_20200314-150926_Chrome.jpg",
        "Screenshot_2020-03-14-15-09-26-647_com.app.jpg",
        "2020-03-14 15.09.26.png",
        "WhatsApp Image 2020-03-14 at 15.09.26.jpeg",
        "photo_2020-03-14_15-09-26.jpg",
        "signal-2020-03-14-150926.jpg",
        "MVIMG_20200314_150926~2.jpg",
        "2020-03-14T15:09:26.jpg",
        "20200314150926.jpg",
        "12 IMG_20200314_150926.jpg",
    ] {
        assert_eq!(time_in_name(name), expected, "{name}");
    }
    assert_eq!(time_in_name("PXL_20200314_150926123.jpg"), Some(NameTime::Utc(local("2020-03-14T15:09:26"))));
    for name in [
        "IMG-20200314-WA0001.jpg",
        "20030616.jpg",
        "IMG_20200230_150926.jpg",
        "IMG_20200314_250926.jpg",
        "IMG_1234.jpg",
        "1584198566123456789.jpg",
        "IMG_19450314_150926.jpg",
        "2020-0314 150926.jpg",
        "",
        "é20200314",
    ] {
        assert_eq!(time_in_name(name), None, "{name}");
    }
}

const ZONES: [&str; 12] = [
    "UTC",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/New_York",
    "America/St_Johns",
    "Europe/Berlin",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Pacific/Chatham",
    "Asia/Tehran",
    "Pacific/Kiritimati",
];

proptest! {
    #[test]
    fn camera_and_sidecar_give_back_the_zone(utc_s in 315_532_800i64..2_000_000_000, zone in prop::sample::select(ZONES.to_vec())) {
        let offset = offset_min(zone, utc_s);
        let clues = Clues { sidecar_utc_s: Some(utc_s), exif_local_s: Some(utc_s + i64::from(offset) * 60), ..Clues::default() };
        let expected = Taken { utc_s, offset_min: offset as i16, basis: TimeBasis::ExifLocal };
        prop_assert_eq!(taken(&clues, &NOWHERE), Some(expected));
    }

    #[test]
    fn a_local_time_is_read_as_jiff_reads_it(local_s in 315_532_800i64..2_000_000_000, zone in prop::sample::select(ZONES.to_vec())) {
        let civil: DateTime = TimeZone::UTC.to_datetime(Timestamp::from_second(local_s).unwrap());
        let utc_s = TimeZone::get(zone).unwrap().to_timestamp(civil).unwrap().as_second();
        let clues = Clues { exif_local_s: Some(local_s), place: somewhere(), ..Clues::default() };
        let taken = taken(&clues, &World { place: Some(zone), person: None }).unwrap();
        prop_assert_eq!((taken.utc_s, taken.local_s(), taken.basis), (utc_s, local_s, TimeBasis::Place));
    }

    #[test]
    fn whatever_the_clues_say_it_is_a_time(
        sidecar in prop::option::of(any::<i32>()), local in prop::option::of(any::<i32>()),
        offset in prop::option::of(-900i16..900), gps in prop::option::of(any::<i32>()), name in "\\PC{0,40}",
    ) {
        let clues = Clues {
            sidecar_utc_s: sidecar.map(i64::from),
            exif_local_s: local.map(i64::from),
            exif_offset_min: offset,
            gps_utc_s: gps.map(i64::from),
            file_name: &name,
            ..Clues::default()
        };
        let taken = taken(&clues, &NOWHERE);
        prop_assert!(taken.is_some() || sidecar.is_none() && local.is_none() && gps.is_none());
    }
}
