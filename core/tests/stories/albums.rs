//! Albums: what is in each at Google is what is in it here, whatever happens on the way.

use std::collections::{BTreeMap, BTreeSet};

use albumen_core::catalog::codec::decode_album;
use albumen_core::ports::{Body, Request};
use albumen_core::protocol::{Access, AlbumsFetched, Answer, Media, News, SyncState, Wish, Work};
use albumen_core::sandbox::Interference;

use crate::world::{Outside, Page, outside, reply};

const ALL: Wish = Wish::Sync { days: None, media: Media::All };
const VIDEOS: Wish = Wish::Sync { days: None, media: Media::Videos };

/// Albums by id and title, since two may be called the same, and the media ids of what is in each.
type Contents = BTreeMap<(String, String), BTreeSet<String>>;

fn truth(outside: &Outside) -> Contents {
    let albums = outside.sandbox.borrow().album_truth();
    albums.into_iter().map(|album| ((album.id, album.title), album.items.into_iter().collect())).collect()
}

/// The albums that are kept, and how many media items of all of them are no rows; `None` as long as not all albums are.
fn kept(page: &mut Page) -> (Option<Contents>, u32) {
    let (answer, records) = page.wish_with(Wish::Albums, Vec::new()).unwrap();
    let Answer::Albums { listed, set_aside } = answer else { panic!("{answer:?} are no albums") };
    assert_eq!(set_aside, Vec::<String>::new());
    let (mut found, mut missing) = (Contents::new(), 0);
    for record in records {
        let album = decode_album(&record).unwrap();
        missing += album.missing;
        let rows: Vec<u32> = album.rows.runs().iter().cloned().flatten().collect();
        let (_, text) = page.wish_with(Wish::WriteIds { rows }, Vec::new()).unwrap();
        let ids = String::from_utf8(text.concat()).unwrap().lines().map(str::to_owned).collect();
        found.insert((album.album.id, album.album.title), ids);
    }
    (listed.then_some(found), missing)
}

fn told(page: &Page) -> Vec<SyncState> {
    let state = |news: &News| if let News::Sync(state) = news { Some(state.clone()) } else { None };
    page.news.borrow().iter().filter_map(state).collect()
}

fn is_of_album(request: &Request) -> bool {
    matches!(&request.body, Body::Bytes(body) if String::from_utf8_lossy(body).contains("albumId"))
}

fn fetch(page: &mut Page, wish: Wish) {
    page.wish(wish).unwrap();
    page.settle();
}

#[test]
fn every_album_is_here_with_all_that_is_in_it() {
    let outside = outside(1500);
    let mut page = Page::signed_in(&outside, Access::Read);
    assert_eq!(kept(&mut page), (None, 0), "nobody has listed them yet");
    fetch(&mut page, ALL);
    assert_eq!(kept(&mut page), (Some(truth(&outside)), 0));
    let told = told(&page);
    let albums: Vec<AlbumsFetched> = told.iter().filter_map(|state| state.albums).collect();
    let of = truth(&outside).len() as u32;
    assert_eq!(albums.first(), Some(&AlbumsFetched { done: 0, of: None }));
    assert!(albums.contains(&AlbumsFetched { done: of / 2, of: Some(of) }));
    assert!(albums.windows(2).all(|two| two[0].done <= two[1].done));
    let last = told.last().unwrap();
    assert_eq!((&last.work, last.albums, last.items), (&Work::Finished, None, 1500));
    let ends = told.iter().filter(|state| state.work == Work::Finished).count();
    assert_eq!(ends, 1, "the fetch ends once, when its albums have come");
    let quota = page.news.borrow().iter().rev().find_map(|news| match news {
        News::Quota(quota) => Some(quota.requests as usize),
        _ => None,
    });
    let sent = outside.requests.borrow().iter().filter(|url| url.contains("photoslibrary.googleapis.com")).count();
    assert_eq!(quota, Some(sent), "each request is counted");
}

#[test]
fn a_page_closed_at_any_instant_goes_on_with_its_albums() {
    let whole = {
        let outside = outside(700);
        let mut page = Page::signed_in(&outside, Access::Read);
        fetch(&mut page, ALL);
        2 * outside.requests.borrow().len() as u32
    };
    for instant in (14..whole).step_by(7) {
        let outside = outside(700);
        let mut page = Page::signed_in(&outside, Access::Read);
        page.wish(ALL).unwrap();
        page.run_for(instant);
        drop(page);
        let mut page = Page::open(&outside);
        match page.opened.sync.as_ref().map(|sync| &sync.work) {
            Some(Work::Paused) => assert_eq!(page.wish(Wish::ResumeSync), Ok(Answer::Done), "closed after {instant}"),
            Some(Work::Finished) => {}
            other => panic!("closed after {instant}: {other:?}"),
        }
        page.settle();
        assert_eq!(kept(&mut page), (Some(truth(&outside)), 0), "closed after {instant}");
    }
}

#[test]
fn albums_pause_and_go_on_without_the_items() {
    let outside = outside(900);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.run_for(60);
    page.wish(Wish::PauseSync).unwrap();
    let paused = told(&page).pop().unwrap();
    let Some(AlbumsFetched { done, of: Some(of) }) = paused.albums else { panic!("{paused:?} is not at its albums") };
    assert!(paused.work == Work::Paused && done < of);
    let before = outside.requests.borrow().len();
    page.wish(Wish::ResumeSync).unwrap();
    page.settle();
    assert!(outside.requests.borrow()[before..].iter().all(|url| !url.contains("/v1/albums")), "nor is the list");
    assert!(outside.requests.borrow().len() - before <= (of - done) as usize * 2);
    assert_eq!(kept(&mut page), (Some(truth(&outside)), 0));
}

#[test]
fn albums_that_are_cancelled_stay_as_they_are_and_the_items_too() {
    let outside = outside(900);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(ALL).unwrap();
    page.run_for(60);
    page.wish(Wish::PauseSync).unwrap();
    page.wish(Wish::CancelSync).unwrap();
    assert_eq!(told(&page).pop().unwrap().work, Work::Cancelled);
    assert!(page.wish(Wish::ResumeSync).is_err());
    let page = Page::open(&outside);
    assert_eq!(page.opened.sync.as_ref().map(|sync| (&sync.work, sync.items)), Some((&Work::Finished, 900)));
}

#[test]
fn an_album_that_was_deleted_at_google_is_gone_here_after_the_next_fetch() {
    let outside = outside(600);
    let mut page = Page::signed_in(&outside, Access::Read);
    fetch(&mut page, ALL);
    let gone = outside.sandbox.borrow().album_truth().remove(3);
    outside.sandbox.borrow_mut().interfere(Interference::RemoveAlbum { id: gone.id.clone() });
    fetch(&mut page, VIDEOS);
    let (albums, _) = kept(&mut page);
    assert!(albums.is_some_and(|albums| !albums.is_empty() && !albums.contains_key(&(gone.id, gone.title))));
    let removed = page.news.borrow().iter().rev().find_map(|news| match news {
        News::Albums { removed, listed: true } => Some(removed.len()),
        _ => None,
    });
    assert_eq!(removed, Some(1));
}

#[test]
fn what_was_not_fetched_is_counted_and_comes_into_its_albums_when_it_is() {
    let outside = outside(900);
    let mut page = Page::signed_in(&outside, Access::Read);
    fetch(&mut page, VIDEOS);
    let videos: BTreeSet<String> =
        outside.sandbox.borrow().truth().filter(|item| item.is_video).map(|item| item.id).collect();
    let mut expected = truth(&outside);
    let all: usize = expected.values().map(BTreeSet::len).sum();
    expected.values_mut().for_each(|ids| ids.retain(|id| videos.contains(id)));
    let here: usize = expected.values().map(BTreeSet::len).sum();
    assert_eq!(kept(&mut page), (Some(expected), (all - here) as u32), "only what was chosen is fetched");
    fetch(&mut page, ALL);
    assert_eq!(kept(&mut page), (Some(truth(&outside)), 0));
    let before = outside.requests.borrow().len();
    fetch(&mut page, VIDEOS);
    let after_the_list: Vec<String> =
        outside.requests.borrow()[before..].iter().skip_while(|url| !url.contains("/v1/albums")).cloned().collect();
    assert!(after_the_list.iter().all(|url| url.contains("/v1/albums")), "no album has changed: {after_the_list:?}");
    assert_eq!(kept(&mut page), (Some(truth(&outside)), 0));
}

#[test]
fn what_only_an_album_knows_is_fetched_with_it() {
    let outside = outside(400);
    let mut page = Page::signed_in(&outside, Access::Read);
    // Archived items are in no search, and in their albums all the same.
    page.meddle(|request| {
        let is_search = request.url.contains("mediaItems:search") && !is_of_album(request);
        if is_search { reply(200, "{}") } else { None }
    });
    fetch(&mut page, ALL);
    assert_eq!(kept(&mut page), (Some(truth(&outside)), 0));
}

#[test]
fn odd_lists_and_albums_that_will_not_open_are_named_and_cost_nothing_else() {
    let outside = outside(300);
    let mut page = Page::signed_in(&outside, Access::Read);
    let invalid = r#"{"error":{"code":400,"message":"Invalid album ID.","status":"INVALID_ARGUMENT"}}"#;
    page.meddle(move |request| {
        if request.url.contains("/v1/albums") {
            return reply(200, r#"{"albums":[{"id":"odd","title":"Odd"},{"title":"nameless"},7]}"#);
        }
        if is_of_album(request) { reply(400, invalid) } else { None }
    });
    fetch(&mut page, ALL);
    let state = told(&page).pop().unwrap();
    assert_eq!((&state.work, state.problem_count), (&Work::Finished, 3), "{:?}", state.problems);
    assert!(state.problems.contains(&"album “Odd”: Invalid album ID.".to_owned()), "{:?}", state.problems);
    assert_eq!(kept(&mut page), (Some(Contents::new()), 0));
    page.leave_alone();
    fetch(&mut page, ALL);
    assert_eq!(kept(&mut page), (Some(truth(&outside)), 0));
}

#[test]
fn an_album_that_is_torn_is_named_and_made_good() {
    let outside = outside(300);
    let mut page = Page::signed_in(&outside, Access::Read);
    fetch(&mut page, ALL);
    let (name, _) = outside.store.records().into_iter().find(|(name, _)| name.starts_with("catalog/albums/")).unwrap();
    outside.store.plant(name.as_str(), b"torn".as_slice());
    let mut page = Page::open(&outside);
    assert_eq!(page.opened.set_aside, Vec::<String>::new());
    let Ok((Answer::Albums { set_aside, .. }, records)) = page.wish_with(Wish::Albums, vec![]) else {
        panic!("there are albums")
    };
    assert_eq!((records.len(), set_aside.len()), (truth(&outside).len() - 1, 1));
    assert!(set_aside[0].starts_with(&name), "{set_aside:?}");
    fetch(&mut page, ALL);
    assert_eq!(kept(&mut page), (Some(truth(&outside)), 0));
}

#[test]
fn whoever_signs_out_and_takes_the_photos_along_leaves_no_album() {
    let outside = outside(300);
    let mut page = Page::signed_in(&outside, Access::Read);
    fetch(&mut page, ALL);
    page.wish(Wish::SignOut { remove_rows: true }).unwrap();
    assert_eq!(kept(&mut page), (None, 0));
    let left: Vec<String> = outside.store.records().into_keys().collect();
    assert!(left.iter().all(|name| !name.contains("album")), "{left:?}");
}
