//! Times that the person puts right: however often it is broken off, a photo is corrected once.

use std::collections::BTreeMap;
use std::rc::Rc;

use albumen_core::catalog::RowSet;
use albumen_core::photo::{Correction, MediaItem};
use albumen_core::ports::StoreError;
use albumen_core::protocol::{Access, Answer, CorrectingState, Media, News, Wish, Work};
use albumen_core::store::keys;
use albumen_core::trouble::Trouble;

use crate::sync::{stored, truth};
use crate::world::{Outside, Page, outside};

const SHIFT: Correction = Correction::Shift { seconds: 3660 };

/// A page with a library of three segments.
fn page() -> Page {
    let mut page = Page::signed_in(&outside(9000), Access::Read);
    page.wish(Wish::Sync { days: None, media: Media::All }).unwrap();
    page.settle();
    page
}

/// Rows in all segments, some of which there are none of.
fn selected() -> RowSet {
    let mut rows: RowSet = (0..9000).step_by(5).collect();
    rows.insert_range(4000..4200);
    rows.insert(20_000);
    rows
}

fn wish(correction: Option<Correction>) -> Wish {
    Wish::CorrectTimes { rows: selected().to_bytes(), correction }
}

fn state(page: &Page) -> Option<CorrectingState> {
    let told = page.news.borrow();
    let state = told.iter().rev().find_map(|news| match news {
        News::Correcting(state) => Some(state.clone()),
        _ => None,
    });
    state.flatten()
}

fn work(page: &Page) -> Option<Work> {
    state(page).map(|state| state.work)
}

/// Instants as they count, and how many rows are corrected.
fn instants(page: &mut Page) -> BTreeMap<u32, (Option<i64>, bool)> {
    let mut item = |row: u32| match page.wish(Wish::Details { row }) {
        Ok(Answer::Details(details)) => (details.item.taken_s, details.item.corrected.is_some()),
        other => panic!("{other:?} is no item"),
    };
    (0..9000).map(|row| (row, item(row))).collect()
}

/// All records but those that are other ones after every change.
fn records(outside: &Outside) -> BTreeMap<String, Vec<u8>> {
    let mut records = outside.store.records();
    records.retain(|name, _| name != keys::GENERATION && name != keys::QUOTA);
    records
}

fn expected(before: &BTreeMap<u32, (Option<i64>, bool)>) -> BTreeMap<u32, (Option<i64>, bool)> {
    let rows = selected();
    let after = |(row, (taken_s, _)): (&u32, &(Option<i64>, bool))| match rows.contains(*row) {
        true => (*row, (taken_s.map(|taken_s| taken_s + 3660), true)),
        false => (*row, (*taken_s, false)),
    };
    before.iter().map(after).collect()
}

#[test]
fn a_page_closed_at_any_instant_goes_on_by_itself_and_corrects_once() {
    let mut page = page();
    let outside = Rc::clone(&page.outside);
    // One segment is one record once a row of it has changed.
    page.wish(wish(Some(SHIFT))).unwrap();
    page.settle();
    page.wish(wish(None)).unwrap();
    page.settle();
    let (all, before) = (records(&outside), instants(&mut page));
    assert!(before.values().all(|(taken_s, is_corrected)| taken_s.is_some() && !is_corrected));
    for instant in 0.. {
        page.wish(wish(Some(SHIFT))).unwrap();
        page.run_for(instant);
        let is_through = work(&page) == Some(Work::Finished);
        drop(page);
        page = Page::open(&outside);
        page.settle();
        assert_eq!(instants(&mut page), expected(&before), "closed after {instant}");
        if !is_through {
            let finished = CorrectingState {
                is_taking_back: false,
                done: selected().len() as u32,
                of: selected().len() as u32,
                passed_over: 0,
                work: Work::Finished,
            };
            assert_eq!(state(&page), Some(finished), "closed after {instant}");
        }
        assert!(!records(&outside).contains_key(keys::CORRECTING));
        page.wish(wish(None)).unwrap();
        page.run_for(instant);
        drop(page);
        page = Page::open(&outside);
        page.settle();
        assert_eq!(records(&outside), all, "taken back, closed after {instant}");
        if is_through {
            assert!(instant > 2, "it took no time");
            break;
        }
    }
}

#[test]
fn a_commit_that_fails_stops_the_job_and_it_goes_on_when_it_is_asked_to() {
    let mut page = page();
    page.wish(wish(Some(SHIFT))).unwrap();
    page.settle();
    page.wish(wish(None)).unwrap();
    page.settle();
    let (outside, before) = (Rc::clone(&page.outside), instants(&mut page));
    let all = records(&outside);
    for nth in 1.. {
        outside.store.fail_commit(nth, StoreError::Full);
        let commits = outside.store.commits();
        page.wish(wish(Some(SHIFT))).unwrap();
        page.settle();
        if work(&page) == Some(Work::Finished) {
            assert!(outside.store.commits() - commits < nth && nth > 4, "{nth}");
            break;
        }
        assert_eq!(work(&page), Some(Work::Stopped(Trouble::Store(StoreError::Full))), "{nth}");
        // The first keeps what is to be done: nothing was begun.
        let again = if nth == 1 { wish(Some(SHIFT)) } else { Wish::ResumeCorrecting };
        page.wish(again).unwrap();
        page.settle();
        assert_eq!(work(&page), Some(Work::Finished), "{nth}");
        assert_eq!(instants(&mut page), expected(&before), "{nth}");
        page.wish(wish(None)).unwrap();
        page.settle();
        assert_eq!(records(&outside), all, "{nth}");
    }
}

#[test]
fn a_cancelled_one_keeps_what_it_did_and_is_not_gone_on_with() {
    let mut page = page();
    let before = instants(&mut page);
    page.wish(wish(Some(SHIFT))).unwrap();
    page.run_for(2);
    assert_eq!(page.wish(wish(None)), Err(Trouble::OutOfPlace("times are being corrected already".into())));
    page.wish(Wish::CancelCorrecting).unwrap();
    let told = state(&page).unwrap();
    assert_eq!(told.work, Work::Cancelled);
    assert!(told.done > 0 && told.done < told.of, "{told:?}");
    let now = instants(&mut page);
    let corrected = now.values().filter(|(_, is_corrected)| *is_corrected).count();
    assert_eq!(corrected as u32, told.done);
    let outside = Rc::clone(&page.outside);
    drop(page);
    let mut page = Page::open(&outside);
    page.settle();
    assert_eq!((state(&page), instants(&mut page) == now), (None, true));
    // What stopped can be cancelled too.
    outside.store.fail_commit(3, StoreError::Full);
    page.wish(wish(Some(SHIFT))).unwrap();
    page.settle();
    page.wish(Wish::CancelCorrecting).unwrap();
    assert_eq!((state(&page), records(&outside).contains_key(keys::CORRECTING_ROWS)), (None, false));
    page.wish(wish(None)).unwrap();
    page.settle();
    assert_eq!(instants(&mut page), before);
}

#[test]
fn a_fetch_leaves_what_was_put_right() {
    let mut page = page();
    let before = stored(&mut page);
    assert_eq!(before, truth(&page.outside));
    page.wish(wish(Some(Correction::Zone { zone: "Asia/Kolkata".into() }))).unwrap();
    page.settle();
    page.wish(wish(Some(SHIFT))).unwrap();
    page.settle();
    let corrected = stored(&mut page);
    assert_ne!(corrected, before);
    page.wish(Wish::Sync { days: None, media: Media::All }).unwrap();
    page.settle();
    assert_eq!(stored(&mut page), corrected);
    page.wish(wish(None)).unwrap();
    page.settle();
    assert_eq!(stored(&mut page), before);
}

#[test]
fn two_tabs_correct_one_after_another_and_an_emptied_catalog_is_left_alone() {
    let mut page = page();
    let outside = Rc::clone(&page.outside);
    page.wish(wish(Some(SHIFT))).unwrap();
    page.run_for(1);
    let mut other = Page::open(&outside);
    other.wish(Wish::SignOut { remove_rows: true }).unwrap();
    page.settle();
    assert_eq!(work(&page), Some(Work::Cancelled));
    let left: Vec<String> = records(&outside).into_keys().filter(|name| name.starts_with(keys::CATALOG)).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn what_it_would_come_to_is_told_before() {
    let mut page = page();
    let mut tried = |correction: Option<Correction>| match page.wish(Wish::TryCorrection { row: 5, correction }) {
        Ok(Answer::Tried { shown, told, after }) => (shown, told, after),
        other => panic!("{other:?} tells nothing"),
    };
    let (shown, told, after) = tried(Some(SHIFT));
    assert_eq!((shown, after.unwrap().taken_s), (told, told.taken_s.map(|taken_s| taken_s + 3660)));
    assert_eq!(tried(Some(Correction::Zone { zone: "Mars/Olympus".into() })).2, None);
    page.wish(wish(Some(SHIFT))).unwrap();
    page.settle();
    let mut tried = |correction: Option<Correction>| match page.wish(Wish::TryCorrection { row: 5, correction }) {
        Ok(Answer::Tried { shown, told, after }) => (shown, told, after),
        other => panic!("{other:?} tells nothing"),
    };
    // It is made of what is told, not of what came of the one before.
    let (now, still_told, again) = tried(Some(SHIFT));
    assert_eq!((Some(now), still_told, again), (after, told, after));
    assert_eq!(tried(None).2, Some(told));
    let item: MediaItem = match page.wish(Wish::Details { row: 5 }) {
        Ok(Answer::Details(details)) => details.item,
        other => panic!("{other:?} is no item"),
    };
    assert_eq!((item.told(), Some(item.shown())), (told, after));
}

#[test]
fn what_cannot_be_corrected_is_counted_and_what_is_out_of_bounds_refused() {
    let mut page = page();
    page.wish(wish(Some(Correction::Zone { zone: "Mars/Olympus".into() }))).unwrap();
    page.settle();
    let told = state(&page).unwrap();
    // The row that there is none of is no photo.
    assert_eq!((told.work, told.passed_over), (Work::Finished, told.of - 1));
    let far = Correction::Shift { seconds: i64::MAX };
    assert!(matches!(page.wish(wish(Some(far))), Err(Trouble::OutOfPlace(_))));
    assert!(matches!(
        page.wish(Wish::CorrectTimes { rows: vec![1, 2, 3], correction: None }),
        Err(Trouble::OutOfPlace(_))
    ));
}
