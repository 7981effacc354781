//! Making: a library that no day's requests could fetch comes into the catalog as a fetched one would.

use albumen_core::ports::StoreError;
use albumen_core::protocol::{Access, Answer, Wish, Work};
use albumen_core::trouble::Trouble;

use crate::sync::{stored, sync_state, truth};
use crate::world::{Page, outside};

/// More than one page of them, and not a whole number of pages.
const ITEMS: u32 = 5000;

fn requests(page: &Page) -> usize {
    page.outside.requests.borrow().iter().filter(|url| url.contains("photoslibrary")).count()
}

#[test]
fn everything_is_made_once_without_a_request_and_its_pictures_are_had_as_those_of_others() {
    let outside = outside(ITEMS);
    outside.makes.set(true);
    let mut page = Page::signed_in(&outside, Access::Read);
    assert_eq!(page.opened.makes, Some(ITEMS));
    page.wish(Wish::MakeLibrary).unwrap();
    page.settle();
    let state = sync_state(&page);
    assert_eq!((state.work, state.is_made), (Work::Finished, true));
    assert_eq!((state.items, state.added, state.problem_count), (ITEMS, ITEMS, 0));
    assert_eq!(stored(&mut page), truth(&outside));
    assert_eq!(requests(&page), 0);
    let Ok(Answer::Pictures(urls)) = page.wish(Wish::Pictures { rows: vec![0, 4999], fresh: false }) else {
        panic!("pictures have addresses")
    };
    assert!(urls.iter().all(|(_, url)| url.is_some()), "{urls:?}");
    page.wish(Wish::MakeLibrary).unwrap();
    page.settle();
    assert_eq!((sync_state(&page).items, sync_state(&page).added), (ITEMS, 0), "made again, it doubles nothing");
}

#[test]
fn a_page_closed_at_any_instant_goes_on_making_from_its_last_commit() {
    for instant in [1, 2, 3, 4] {
        let outside = outside(ITEMS);
        outside.makes.set(true);
        let mut page = Page::signed_in(&outside, Access::Read);
        page.wish(Wish::MakeLibrary).unwrap();
        page.run_for(instant);
        drop(page);
        let mut page = Page::open(&outside);
        match page.opened.sync.as_ref().map(|sync| (&sync.work, sync.is_made)) {
            Some((Work::Paused, true)) => assert_eq!(page.wish(Wish::ResumeSync), Ok(Answer::Done)),
            Some((Work::Finished, true)) => {}
            None => assert_eq!(page.wish(Wish::MakeLibrary), Ok(Answer::Done)),
            other => panic!("closed after {instant}: {other:?}"),
        }
        page.settle();
        assert_eq!(stored(&mut page), truth(&outside), "closed after {instant}");
    }
}

#[test]
fn making_is_paused_cancelled_and_stopped_by_a_full_device_as_a_fetch_is() {
    let outside = outside(ITEMS);
    outside.makes.set(true);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(Wish::MakeLibrary).unwrap();
    page.run_for(1);
    page.wish(Wish::PauseSync).unwrap();
    let paused = sync_state(&page);
    assert_eq!((&paused.work, paused.items), (&Work::Paused, 2048));
    assert_eq!(stored(&mut page).len(), 2048);
    page.wish(Wish::CancelSync).unwrap();
    assert_eq!(sync_state(&page).work, Work::Cancelled);
    outside.store.fail_commit(1, StoreError::Full);
    page.wish(Wish::MakeLibrary).unwrap();
    page.settle();
    assert_eq!(sync_state(&page).work, Work::Stopped(StoreError::Full.into()));
    page.wish(Wish::ResumeSync).unwrap();
    page.settle();
    assert_eq!(stored(&mut page), truth(&outside));
}

#[test]
fn where_the_library_is_fetched_nothing_is_made() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Read);
    assert_eq!(page.opened.makes, None);
    assert!(matches!(page.wish(Wish::MakeLibrary), Err(Trouble::OutOfPlace(_))));
}
