//! Fetching: what Google has is what the catalog has, whatever happens on the way.

use std::cell::Cell;
use std::collections::BTreeMap;

use albumen_core::catalog::{Hot, ROWS_PER_SEGMENT};
use albumen_core::google::Refusal;
use albumen_core::photo::{Day, DayRange};
use albumen_core::ports::{HttpError, StoreError};
use albumen_core::protocol::{Access, Answer, MOST_WRITTEN, Media, News, SyncState, Wish, Work};
use albumen_core::sign_in::SignInError;
use albumen_core::store::keys::{HOT, piece_in};
use albumen_core::trouble::Trouble;

use crate::world::{Outside, Page, outside, reply, unreachable};

const ALL: Wish = Wish::Sync { days: None, media: Media::All };

pub(crate) fn sync_state(page: &Page) -> SyncState {
    let news = page.news.borrow();
    let state = news.iter().rev().find_map(|news| match news {
        News::Sync(state) => Some(state.clone()),
        _ => None,
    });
    state.expect("the fetch was told of")
}

/// Media ids and instants as stored, by the page's own way of reading.
pub(crate) fn stored(page: &mut Page) -> BTreeMap<String, Option<i64>> {
    let mut hot = Hot::new();
    for (name, record) in page.outside.store.records() {
        if let Some((number, place)) = piece_in(HOT, &name) {
            hot.set_rows(number * ROWS_PER_SEGMENT as u32 + place as u32, &record).unwrap();
        }
    }
    let rows = hot.len() as u32;
    let mut found = BTreeMap::new();
    for row in 0..rows {
        let Ok(Answer::Details(details)) = page.wish(Wish::Details { row }) else { panic!("row {row} has details") };
        assert_eq!(hot.taken_s(row), details.item.taken_s);
        assert!(found.insert(details.item.id, details.item.taken_s).is_none(), "a media item is one row");
    }
    found
}

pub(crate) fn truth(outside: &Outside) -> BTreeMap<String, Option<i64>> {
    outside.sandbox.borrow().truth().map(|item| (item.id.clone(), Some(item.taken_s))).collect()
}

#[test]
fn everything_google_shows_is_in_the_catalog_once() {
    let outside = outside(1234);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let state = sync_state(&page);
    assert_eq!(state.work, Work::Finished);
    assert_eq!((state.items, state.added, state.problem_count), (1234, 1234, 0));
    assert_eq!(stored(&mut page), truth(&outside));
    page.wish(ALL).unwrap();
    page.settle();
    assert_eq!((sync_state(&page).items, sync_state(&page).added), (1234, 0), "a second fetch doubles nothing");
    assert_eq!(stored(&mut page).len(), 1234);
}

#[test]
fn ids_are_written_down_a_line_each_in_their_order() {
    let outside = outside(300);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    // There is no row 300: nothing is written of it.
    let wish = Wish::WriteIds { rows: (0..=300).rev().collect() };
    let (answer, buffers) = page.wish_with(wish, Vec::new()).unwrap();
    assert_eq!(answer, Answer::Written { lines: 300 });
    let text = String::from_utf8(buffers.concat()).unwrap();
    let mut truth: Vec<_> = outside.sandbox.borrow().truth().collect();
    truth.sort_by_key(|item| item.taken_s);
    let ids: Vec<&str> = text.lines().collect();
    assert_eq!([ids[0], ids[299]], [truth[0].id.as_str(), truth[299].id.as_str()]);
    let ids: std::collections::BTreeSet<&str> = ids.into_iter().collect();
    assert_eq!(ids, truth.iter().map(|item| item.id.as_str()).collect());
    let too_many = Wish::WriteIds { rows: vec![0; MOST_WRITTEN + 1] };
    assert!(matches!(page.wish(too_many), Err(Trouble::OutOfPlace(_))));
}

#[test]
fn a_range_of_days_brings_those_days() {
    let outside = outside(3000);
    let mut page = Page::signed_in(&outside, Access::Read);
    let days = DayRange { first: Day::from_ymd(2019, 3, 1).unwrap(), last: Day::from_ymd(2021, 8, 31).unwrap() };
    page.wish(Wish::Sync { days: Some(days), media: Media::All }).unwrap();
    page.settle();
    let inside = |taken_s: i64| (days.first..=days.last).contains(&Day::of_utc_s(taken_s));
    let expected: BTreeMap<_, _> = truth(&outside).into_iter().filter(|(_, t)| t.is_some_and(inside)).collect();
    assert!(expected.len() > 100);
    assert_eq!(stored(&mut page), expected);
}

#[test]
fn a_page_closed_at_any_instant_goes_on_from_its_last_commit() {
    for instant in [1, 3, 10, 25, 60] {
        let outside = outside(1500);
        let mut page = Page::signed_in(&outside, Access::Read);
        page.wish(ALL).unwrap();
        page.run_for(instant);
        drop(page);
        let mut page = Page::open(&outside);
        match page.opened.sync.as_ref().map(|sync| &sync.work) {
            Some(Work::Paused) => assert_eq!(page.wish(Wish::ResumeSync), Ok(Answer::Done)),
            Some(Work::Finished) => {}
            None => assert_eq!(page.wish(ALL), Ok(Answer::Done)),
            other => panic!("closed after {instant}: {other:?}"),
        }
        page.settle();
        assert_eq!(stored(&mut page), truth(&outside), "closed after {instant}");
    }
}

#[test]
fn pause_keeps_what_came_and_resume_fetches_only_the_rest() {
    let outside = outside(1000);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.run_for(12);
    page.wish(Wish::PauseSync).unwrap();
    let paused = sync_state(&page);
    assert_eq!(paused.work, Work::Paused);
    assert!(paused.items > 0 && paused.items < 1000, "{}", paused.items);
    assert_eq!(stored(&mut page).len(), paused.items as usize);
    let before = outside.requests.borrow().len();
    page.wish(Wish::ResumeSync).unwrap();
    page.settle();
    assert_eq!(sync_state(&page).work, Work::Finished);
    let of_items = outside.requests.borrow()[before..].iter().take_while(|url| !url.contains("/v1/albums")).count();
    assert!(of_items < 1000 / 100 + 5);
    assert_eq!(stored(&mut page), truth(&outside));
}

#[test]
fn a_token_that_dies_on_the_way_is_renewed_without_a_word() {
    let outside = outside(800);
    let mut page = Page::signed_in(&outside, Access::Read);
    let refused = Cell::new(false);
    page.meddle(move |request| {
        let first = request.url.contains("mediaItems:search") && !refused.replace(true);
        let body = r#"{"error":{"code":401,"message":"Request had invalid authentication credentials.","status":"UNAUTHENTICATED"}}"#;
        if first { reply(401, body) } else { None }
    });
    page.wish(ALL).unwrap();
    page.settle();
    assert_eq!(sync_state(&page).work, Work::Finished);
    assert_eq!(stored(&mut page).len(), 800);
}

#[test]
fn a_grant_that_ended_stops_the_fetch_and_loses_nothing() {
    let outside = outside(800);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.run_for(10);
    page.wish(Wish::PauseSync).unwrap();
    let had = stored(&mut page).len();
    // Seven days, the life of a refresh token in "Testing", are over.
    outside.now_ms.set(outside.now_ms.get() + 8 * 86_400_000);
    page.wish(Wish::ResumeSync).unwrap();
    page.settle();
    assert_eq!(sync_state(&page).work, Work::Stopped(SignInError::GrantEnded.into()));
    assert_eq!(stored(&mut page).len(), had);
    page.sign_in(Access::Read).unwrap();
    page.wish(Wish::ResumeSync).unwrap();
    page.settle();
    assert_eq!(stored(&mut page), truth(&outside));
}

#[test]
fn refusals_that_pass_are_waited_out() {
    let outside = outside(300);
    let mut page = Page::signed_in(&outside, Access::Read);
    let turn = Cell::new(0);
    page.meddle(move |request| {
        if !request.url.contains("mediaItems:search") {
            return None;
        }
        turn.set(turn.get() + 1);
        match turn.get() {
            1 => reply(503, "<html>Service Unavailable</html>"),
            2 => unreachable(request),
            3 => reply(429, r#"{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"42s"}]}}"#),
            _ => None,
        }
    });
    let began_ms = outside.now_ms.get();
    page.wish(ALL).unwrap();
    page.settle();
    assert_eq!(sync_state(&page).work, Work::Finished);
    assert!(outside.now_ms.get() - began_ms >= 43_000, "the wait Google asked for was kept");
    assert_eq!(stored(&mut page), truth(&outside));
}

#[test]
fn a_dead_network_and_a_full_disk_end_in_their_own_words() {
    let outside = outside(700);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.meddle(|request| request.url.contains("search").then(|| unreachable(request)).flatten());
    page.wish(ALL).unwrap();
    page.settle();
    assert!(matches!(sync_state(&page).work, Work::Stopped(Trouble::Http(HttpError::Unreachable { .. }))));
    page.leave_alone();
    outside.store.fail_commit(2, StoreError::Full);
    page.wish(ALL).unwrap();
    page.settle();
    assert_eq!(sync_state(&page).work, Work::Stopped(StoreError::Full.into()));
    page.wish(ALL).unwrap();
    page.settle();
    assert_eq!(stored(&mut page), truth(&outside), "with room again, all of it comes");
}

#[test]
fn odd_pages_are_read_as_far_as_they_go() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.meddle(|request| {
        let body = r#"{"mediaItems":[
            {"id":"a","filename":"a.jpg","mimeType":"image/jpeg","mediaMetadata":{"creationTime":"2020-01-01T00:00:00Z","width":"-5","height":"30","video":{"status":"EXPLODED"}},"newField":{"x":[1]}},
            {"id":"b","filename":"b.jpg"},
            {"id":"c","mediaMetadata":{"creationTime":"yesterday"}},
            {"filename":"nameless.jpg"}
        ]}"#;
        request.url.contains("search").then(|| reply(200, body)).flatten()
    });
    page.wish(ALL).unwrap();
    page.settle();
    let state = sync_state(&page);
    assert_eq!(state.work, Work::Finished);
    assert_eq!(stored(&mut page).keys().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(state.problem_count >= 4, "{:?}", state.problems);
    page.meddle(|request| {
        let body =
            r#"{"error":{"code":400,"message":"Request contains an invalid argument.","status":"INVALID_ARGUMENT"}}"#;
        request.url.contains("search").then(|| reply(200, body)).flatten()
    });
    page.wish(ALL).unwrap();
    page.settle();
    assert!(matches!(sync_state(&page).work, Work::Stopped(Trouble::Google(Refusal::Invalid { .. }))));
}

#[test]
fn pictures_are_asked_for_anew_when_their_addresses_are_old() {
    let outside = outside(120);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.settle();
    let ask = |page: &mut Page, fresh| {
        let Ok(Answer::Pictures(urls)) = page.wish(Wish::Pictures { rows: (0..50).collect(), fresh }) else {
            panic!("pictures have addresses")
        };
        assert!(urls.iter().all(|(_, url)| url.as_ref().is_some_and(|url| url.starts_with("https://lh3."))));
        page.outside.requests.borrow().iter().filter(|url| url.contains("batchGet")).count()
    };
    assert_eq!(ask(&mut page, false), 0, "the fetch brought them");
    assert_eq!(ask(&mut page, true), 1);
    outside.now_ms.set(outside.now_ms.get() + 40 * 60_000);
    assert_eq!(ask(&mut page, false), 2);
    let Ok(Answer::Pictures(urls)) = page.wish(Wish::Pictures { rows: vec![3], fresh: false }) else {
        panic!("the row has a picture")
    };
    let url = format!("{}=w200-h150", urls[0].1.as_ref().unwrap());
    let Ok((Answer::PictureBytes { mime_type }, bytes)) = page.wish_with(Wish::PictureBytes { url }, vec![]) else {
        panic!("the picture has bytes")
    };
    assert_eq!(mime_type, "image/jpeg");
    assert_eq!(bytes[0][..2], [0xff, 0xd8]);
    assert!(page.wish(Wish::PictureBytes { url: "https://evil.example/x=w1-h1".into() }).is_err());
}

#[test]
fn two_tabs_never_write_over_each_other() {
    let outside = outside(900);
    let mut first = Page::signed_in(&outside, Access::Read);
    let mut second = Page::open(&outside);
    let day = |y, m, d| Day::from_ymd(y, m, d).unwrap();
    let early = DayRange { first: day(2000, 1, 1), last: day(2018, 12, 31) };
    let late = DayRange { first: day(2019, 1, 1), last: day(2030, 12, 31) };
    first.wish(Wish::Sync { days: Some(early), media: Media::All }).unwrap();
    first.settle();
    second.wish(Wish::Sync { days: Some(late), media: Media::All }).unwrap();
    second.settle();
    assert_eq!(stored(&mut second), truth(&outside));
}
