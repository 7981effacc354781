//! Imports that are broken off: they go on from there, and the end is the same.

use albumen_core::ports::StoreError;
use albumen_core::protocol::{Answer, Wish, Work};
use albumen_core::trouble::Trouble;
use albumen_takeout::{Form, Style};

use super::{add, check_same, export, import, imported, kept, report, state};
use crate::world::{Page, outside};

#[test]
fn a_page_closed_at_any_instant_goes_on_and_ends_the_same() {
    for (form, style) in [(Form::Zip, Style::New), (Form::Tgz, Style::Old)] {
        let export = export(150, form, style);
        let (_, mut page) = imported(&export.parts);
        let (all, told) = (kept(&mut page), report(&mut page));
        for instant in 1.. {
            let outside = outside(3);
            let mut page = Page::open(&outside);
            export.parts.iter().for_each(|files| add(&mut page, files));
            page.wish(Wish::StartImport).unwrap();
            page.run_for(instant);
            let is_through = state(&page).work == Work::Finished;
            drop(page);
            let mut page = Page::open(&outside);
            if let Some(opened) = &page.opened.import {
                assert!(is_through || opened.work == Work::Paused, "{opened:?} after {instant}");
            }
            export.parts.iter().for_each(|files| add(&mut page, files));
            assert_eq!(import(&mut page).work, Work::Finished);
            check_same(&kept(&mut page), &all, &format!("{form:?}, closed after {instant}"));
            assert_eq!(report(&mut page).report, told.report);
            if is_through {
                assert!(instant > 8, "it took no time");
                break;
            }
            assert_eq!((report(&mut page).new, report(&mut page).changed), (told.new, told.changed), "{instant}");
        }
    }
}

#[test]
fn what_was_read_is_not_read_again() {
    let export = export(150, Form::Zip, Style::New);
    let outside = outside(3);
    let mut page = Page::open(&outside);
    add(&mut page, &export.parts[0]);
    import(&mut page);
    let before = outside.reads.get();
    let mut page = Page::open(&outside);
    add(&mut page, &export.parts[0]);
    import(&mut page);
    assert_eq!(outside.reads.get(), before);
    let mut page = Page::open(&outside);
    add(&mut page, &export.parts[1]);
    add(&mut page, &export.parts[2]);
    assert_eq!(import(&mut page).work, Work::Finished);
    assert!(outside.reads.get() > before);
}

#[test]
fn pausing_and_cancelling_are_heard_between_slices() {
    let export = export(150, Form::Zip, Style::New);
    let (_, mut page) = imported(&export.parts);
    let all = kept(&mut page);
    for instant in [1, 4, 9, 14] {
        let outside = outside(3);
        let mut page = Page::open(&outside);
        export.parts.iter().for_each(|files| add(&mut page, files));
        page.wish(Wish::StartImport).unwrap();
        page.run_for(instant);
        assert_eq!(page.wish(Wish::PauseImport), Ok(Answer::Done));
        assert_eq!(state(&page).work, Work::Paused, "after {instant}");
        assert_eq!(import(&mut page).work, Work::Finished);
        check_same(&kept(&mut page), &all, &format!("after {instant}"));
    }
    let outside = outside(3);
    let mut page = Page::open(&outside);
    export.parts.iter().for_each(|files| add(&mut page, files));
    page.wish(Wish::StartImport).unwrap();
    page.run_for(9);
    assert_eq!(page.wish(Wish::CancelImport), Ok(Answer::Done));
    assert_eq!(state(&page).work, Work::Cancelled);
    export.parts.iter().for_each(|files| add(&mut page, files));
    assert_eq!(import(&mut page).work, Work::Finished);
    check_same(&kept(&mut page), &all, "it can be begun again");
}

#[test]
fn a_full_device_stops_an_import_which_goes_on_when_there_is_room() {
    let export = export(150, Form::Zip, Style::New);
    let (_, mut page) = imported(&export.parts);
    let all = kept(&mut page);
    for commit in 1.. {
        let outside = outside(3);
        let mut page = Page::open(&outside);
        export.parts.iter().for_each(|files| add(&mut page, files));
        outside.store.fail_commit(commit, StoreError::Full);
        let state = import(&mut page);
        if state.work == Work::Finished {
            assert!(commit > 10, "there were no commits");
            break;
        }
        assert_eq!(state.work, Work::Stopped(Trouble::Store(StoreError::Full)), "commit {commit}");
        assert_eq!(import(&mut page).work, Work::Finished);
        check_same(&kept(&mut page), &all, &format!("commit {commit}"));
    }
}
