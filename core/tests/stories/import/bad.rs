//! Bad input: each ends in a line of the report or at its part, and the rest is imported.

use albumen_core::ports::{FileError, HttpError};
use albumen_core::protocol::{PartProgress, Why, Work};
use albumen_core::takeout::archive::Fault;
use albumen_core::trouble::Trouble;
use albumen_takeout::hostile::all;
use albumen_takeout::{Form, Style};

use super::{add, check_same, export, import, imported, kept, report, state};
use crate::world::{Page, outside};

#[test]
fn archives_that_lie_lose_nothing_but_what_they_lie_about() {
    let export = export(100, Form::Zip, Style::New);
    for hostile in all().unwrap() {
        let outside = outside(3);
        let mut page = Page::open(&outside);
        add(&mut page, &[(hostile.name.to_owned(), hostile.bytes)]);
        export.parts.iter().for_each(|files| add(&mut page, files));
        let state = import(&mut page);
        assert_eq!(state.work, Work::Finished, "{}", hostile.name);
        let (bad, good) = state.parts.split_first().unwrap();
        assert!(good.iter().all(|part| part.progress == PartProgress::Read), "{}", hostile.name);
        let report = report(&mut page);
        let lines: Vec<&str> =
            report.unmatched.iter().filter(|line| line.part == bad.name).map(|line| line.path.as_str()).collect();
        let is_failed = matches!(bad.progress, PartProgress::Failed(_));
        let is_told = is_failed || !lines.is_empty();
        assert!(is_told, "{}: {:?} {:?}", hostile.name, bad.progress, report.unmatched);
        assert!(kept(&mut page).items.len() >= export.truth.photos.len(), "{}", hostile.name);
        if let PartProgress::Failed(error) = &bad.progress {
            assert_eq!(error.file, hostile.name);
        }
    }
}

#[test]
fn a_file_that_vanishes_while_it_is_read_fails_alone_and_is_taken_up_again() {
    let export = export(150, Form::Zip, Style::New);
    let (_, mut page) = imported(&export.parts);
    let everything = kept(&mut page);
    for instant in [1, 3, 5] {
        let outside = outside(3);
        let mut page = Page::open(&outside);
        export.parts.iter().for_each(|files| add(&mut page, files));
        page.wish(albumen_core::protocol::Wish::StartImport).unwrap();
        page.run_for(instant);
        outside.files.borrow_mut().remove(&0);
        page.settle();
        assert!(matches!(import(&mut page).work, Work::Finished));
        let state = state(&page);
        let gone: Vec<&Fault> = state
            .parts
            .iter()
            .filter_map(|part| match &part.progress {
                PartProgress::Failed(error) => Some(&error.fault),
                _ => None,
            })
            .collect();
        assert_eq!(gone, [&Fault::File(FileError::Gone)], "after {instant}");
        let mut page = Page::open(&outside);
        export.parts.iter().for_each(|files| add(&mut page, files));
        let state = import(&mut page);
        assert_eq!(state.work, Work::Finished);
        assert!(state.parts.iter().all(|part| part.progress == PartProgress::Read), "{:?}", state.parts);
        check_same(&kept(&mut page), &everything, &format!("after {instant}"));
    }
}

#[test]
fn a_download_that_was_cut_off_is_read_when_it_is_whole() {
    let export = export(150, Form::Zip, Style::New);
    let (_, mut page) = imported(&export.parts);
    let everything = kept(&mut page);
    let outside = outside(3);
    let mut page = Page::open(&outside);
    let mut cut = export.parts.clone();
    let whole = cut[1][0].1.len();
    cut[1][0].1.truncate(whole / 2);
    cut.iter().for_each(|files| add(&mut page, files));
    let state = import(&mut page);
    let PartProgress::Failed(error) = &state.parts[1].progress else { panic!("{:?}", state.parts[1]) };
    assert_eq!(error.fault, Fault::CutOff);
    add(&mut page, &export.parts[1]);
    let state = import(&mut page);
    assert_eq!((state.parts.len(), state.work), (3, Work::Finished));
    check_same(&kept(&mut page), &everything, "whole");
}

#[test]
fn every_file_of_which_nothing_is_made_has_a_line() {
    let bytes = br#"{"title":"x.jpg","photoTakenTime":{"timestamp":"0"},"geoData":{"latitude":999,"longitude":1}}"#;
    let file = |name: &str, bytes: &[u8]| (format!("Takeout/Google Photos/Photos from 2020/{name}"), bytes.to_vec());
    let outside = outside(3);
    let mut page = Page::open(&outside);
    add(
        &mut page,
        &[file("a.jpg", b"no picture"), file("x.jpg.json", bytes), file("y.jpg.json", b"{"), file("z.odd", b"?")],
    );
    let state = import(&mut page);
    assert_eq!((state.work, state.photos), (Work::Finished, 1));
    let report = report(&mut page);
    let lines: Vec<(&str, bool)> = report
        .unmatched
        .iter()
        .map(|line| (line.path.rsplit('/').next().unwrap(), matches!(line.why, Why::Sidecar(_))))
        .collect();
    for line in [("a.jpg", false), ("x.jpg.json", false), ("x.jpg.json", true), ("y.jpg.json", false), ("z.odd", false)]
    {
        assert!(lines.contains(&line), "{line:?} in {lines:?}");
    }
}

#[test]
fn without_the_map_of_zones_nothing_is_kept_with_a_time_that_may_be_wrong_and_it_goes_on_once_it_is_there() {
    let export = export(60, Form::Zip, Style::New);
    let (_, mut page) = imported(&export.parts);
    let everything = kept(&mut page);
    let outside = outside(3);
    outside.is_map_away.set(true);
    let mut page = Page::open(&outside);
    export.parts.iter().for_each(|files| add(&mut page, files));
    let why = Trouble::Http(HttpError::Unreachable { host: "localhost".into() });
    assert_eq!(import(&mut page).work, Work::Stopped(why));
    assert!(kept(&mut page).items.is_empty());
    outside.is_map_away.set(false);
    assert_eq!(import(&mut page).work, Work::Finished);
    check_same(&kept(&mut page), &everything, "with the map");
}
