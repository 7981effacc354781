//! The report of an import as a file: for tables (CSV) and for programs (JSON). Dates are ISO, numbers plain.

use std::fmt::Write;

use albumen_core::export::csv_of;
use albumen_core::photo::{TimeBasis, format_rfc3339};
use albumen_core::protocol::ImportReport;
use albumen_core::takeout::matching::{Ignored, Reason};
use albumen_core::takeout::names::PathProblem;
use albumen_core::takeout::sidecar::JsonError;
use serde_json::{Map, Value, json};

use super::{Numbers, unmatched};

/// One table: a line for each number, then one for each file that could not be matched. `numbers` writes those within
/// sentences.
pub fn report_csv(report: &ImportReport, numbers: Numbers) -> Vec<u8> {
    let mut lines = vec![["what", "count", "part", "path", "why"].map(str::to_owned)];
    let mut line = |cells: [&str; 5]| lines.push(cells.map(str::to_owned));
    for (name, count) in counts(report) {
        line([&name, &count.to_string(), "", "", ""]);
    }
    for part in &report.report.parts {
        line(["part", "", part, "", ""]);
    }
    for missing in &report.report.missing {
        for number in &missing.numbers {
            line(["missing_part", "", &format!("{}-{number:03}", missing.export), "", ""]);
        }
    }
    if let Some((first_s, last_s)) = report.report.span_s {
        line(["first_taken", "", "", "", &format_rfc3339(first_s)]);
        line(["last_taken", "", "", "", &format_rfc3339(last_s)]);
    }
    for file in &report.unmatched {
        line(["file", "", &file.part, &file.path, &unmatched::why(&file.why, numbers)]);
    }
    csv_of(lines.iter().map(|line| line.iter().map(String::as_str)))
}

/// The same as one object.
pub fn report_json(report: &ImportReport, numbers: Numbers) -> String {
    let mut counted = Map::new();
    for (name, count) in counts(report) {
        // "time.exif_offset" is a number in an object of its own.
        match name.split_once('.') {
            Some((group, name)) => {
                if let Some(group) = counted.entry(group).or_insert_with(|| json!({})).as_object_mut() {
                    group.insert(name.to_owned(), count.into());
                }
            }
            None => drop(counted.insert(name, count.into())),
        }
    }
    let missing =
        report.report.missing.iter().map(
            |missing| json!({ "export": missing.export, "numbers": missing.numbers, "last_seen": missing.last_seen }),
        );
    let files = report
        .unmatched
        .iter()
        .map(|file| json!({ "part": file.part, "path": file.path, "why": unmatched::why(&file.why, numbers) }));
    let span = report.report.span_s.map(|(first_s, last_s)| [format_rfc3339(first_s), format_rfc3339(last_s)]);
    let whole = json!({
        "parts": report.report.parts,
        "missing_parts": missing.collect::<Vec<Value>>(),
        "counts": counted,
        "first_taken": span.as_ref().map(|span| &span[0]),
        "last_taken": span.as_ref().map(|span| &span[1]),
        "files": files.collect::<Vec<Value>>(),
    });
    // `{:#}` is the readable form.
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = writeln!(text, "{whole:#}");
    text
}

/// Every number of a report, under a name for programs.
fn counts(report: &ImportReport) -> Vec<(String, u64)> {
    let numbers = &report.report;
    let plain: [(&str, u64); 27] = [
        ("files", numbers.files.into()),
        ("bytes", numbers.bytes),
        ("photos", numbers.photos.into()),
        ("videos", numbers.videos.into()),
        ("moving_halves", numbers.motion.into()),
        ("edited", numbers.edited.into()),
        ("copies", numbers.copies.into()),
        ("sidecars", numbers.sidecars.into()),
        ("albums", numbers.albums.into()),
        ("matched", numbers.matched.into()),
        ("unmatched", u64::from(numbers.unmatched.values().sum::<u32>())),
        ("ignored", u64::from(numbers.ignored.values().sum::<u32>())),
        ("refused", u64::from(numbers.refused.values().sum::<u32>())),
        ("problems", numbers.problems.into()),
        ("favorites", numbers.favorites.into()),
        ("archived", numbers.archived.into()),
        ("trashed", numbers.trashed.into()),
        ("locked", numbers.locked.into()),
        ("of_partners", numbers.of_partners.into()),
        ("of_shared_albums", numbers.of_shared_albums.into()),
        ("with_place", numbers.with_place.into()),
        ("without_place", numbers.without_place.into()),
        ("without_time", numbers.without_time.into()),
        ("new", report.new.into()),
        ("changed", report.changed.into()),
        ("gone", report.gone.into()),
        ("in_account_too", report.merged.into()),
    ];
    let group =
        |group: &'static str| move |(name, count): (&'static str, u32)| (format!("{group}.{name}"), u64::from(count));
    let mut all: Vec<(String, u64)> = plain.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    all.extend(numbers.bases.iter().map(|(basis, count)| (basis_key(*basis), *count)).map(group("time")));
    all.extend(
        numbers.unmatched.iter().map(|(reason, count)| (reason_key(*reason), *count)).map(group("unmatched_by")),
    );
    all.extend(numbers.ignored.iter().map(|(ignored, count)| (ignored_key(*ignored), *count)).map(group("ignored_by")));
    all.extend(numbers.refused.iter().map(|(path, count)| (path_key(*path), *count)).map(group("refused_by")));
    all
}

fn basis_key(basis: TimeBasis) -> &'static str {
    match basis {
        TimeBasis::ExifOffset => "exif_offset",
        TimeBasis::ExifLocal => "exif_local",
        TimeBasis::GpsTime => "gps_time",
        TimeBasis::Place => "place",
        TimeBasis::FileName => "file_name",
        TimeBasis::PersonZone => "person_zone",
        TimeBasis::Utc => "utc",
        TimeBasis::Correction => "correction",
    }
}

fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::NoSidecar => "no_sidecar",
        Reason::BrokenSidecar => "broken_sidecar",
        Reason::NoPhoto => "no_photo",
        Reason::BadJson(JsonError::NotJson) => "not_json",
        Reason::BadJson(JsonError::TooLarge) => "json_too_large",
        Reason::Unreadable => "unreadable",
        Reason::NotRead => "not_read",
        Reason::UnknownJson => "unknown_json",
        Reason::UnknownKind => "unknown_kind",
        Reason::SamePath => "same_path",
    }
}

fn ignored_key(ignored: Ignored) -> &'static str {
    match ignored {
        Ignored::KnownJson => "known_json",
        Ignored::Page => "page",
        Ignored::Litter => "litter",
        Ignored::OtherProduct => "other_product",
    }
}

fn path_key(problem: PathProblem) -> &'static str {
    match problem {
        PathProblem::Empty => "empty",
        PathProblem::TooLong => "too_long",
        PathProblem::LeadsOut => "leads_out",
        PathProblem::Control => "control",
    }
}

#[cfg(test)]
mod tests {
    use albumen_core::protocol::{Unmatched, Why};
    use albumen_core::takeout::report::{MissingParts, Report};

    use super::super::plain_numbers;
    use super::*;

    fn example() -> ImportReport {
        let numbers = Report {
            parts: vec!["takeout-20240516T230250Z-001.zip".into()],
            missing: vec![MissingParts { export: "takeout-20240516T230250Z".into(), numbers: vec![2], last_seen: 3 }],
            photos: 1200,
            unmatched: [(Reason::NoSidecar, 2), (Reason::BadJson(JsonError::NotJson), 1)].into(),
            bases: [(TimeBasis::ExifOffset, 700), (TimeBasis::Utc, 500)].into(),
            span_s: Some((0, 86_400)),
            ..Report::default()
        };
        let file = |path: &str, why| Unmatched { part: "a, \"b\".zip".into(), path: path.into(), why };
        ImportReport {
            report: numbers,
            new: 7,
            unmatched: vec![
                file("=HYPERLINK(\"x\")", Why::Path(PathProblem::LeadsOut)),
                file("Photos/ü\n.jpg", Why::Unmatched(Reason::NoSidecar)),
            ],
            ..ImportReport::default()
        }
    }

    #[test]
    fn the_table_holds_every_number_and_every_file() {
        let text = String::from_utf8(report_csv(&example(), plain_numbers)).unwrap();
        assert!(text.starts_with("what,count,part,path,why\r\n"));
        for line in [
            "photos,1200,,,\r\n",
            "unmatched,3,,,\r\n",
            "unmatched_by.not_json,1,,,\r\n",
            "time.exif_offset,700,,,\r\n",
            "new,7,,,\r\n",
            "part,,takeout-20240516T230250Z-001.zip,,\r\n",
            "missing_part,,takeout-20240516T230250Z-002,,\r\n",
            "last_taken,,,,1970-01-02T00:00:00Z\r\n",
            "file,,\"a, \"\"b\"\".zip\",\"'=HYPERLINK(\"\"x\"\")\",\"The file's path leads out of its archive, so it is not touched.\"\r\n",
            "\"Photos/ü\n.jpg\"",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn the_object_holds_the_same() {
        let text = report_json(&example(), plain_numbers);
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["counts"]["photos"], 1200);
        assert_eq!(read["counts"]["time"], json!({ "exif_offset": 700, "utc": 500 }));
        assert_eq!(read["counts"]["unmatched_by"]["no_sidecar"], 2);
        assert_eq!(read["missing_parts"][0]["numbers"], json!([2]));
        assert_eq!(read["first_taken"], "1970-01-01T00:00:00Z");
        assert_eq!(read["files"][1]["path"], "Photos/ü\n.jpg");
        assert!(read["files"].as_array().unwrap().iter().all(|file| file["why"].as_str().unwrap().len() > 20));
        assert_eq!(
            serde_json::from_str::<Value>(&report_json(&ImportReport::default(), plain_numbers)).unwrap()["first_taken"],
            Value::Null
        );
    }
}
