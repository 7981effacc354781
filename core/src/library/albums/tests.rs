//! Stories told to the fetch of albums, step by step.

use super::*;
use crate::ports::{HttpError, StoreError};
use proptest::prelude::*;

fn album(id: &str) -> Album {
    Album { id: id.into(), title: format!("Album {id}"), count: 3, ..Album::default() }
}

fn listed(ids: &[&str], next: Option<&str>) -> Event {
    let albums = ids.iter().map(|id| album(id)).collect();
    Event::Listed { albums, next_page_token: next.map(Into::into), problems: vec![] }
}

fn members(count: usize, next: Option<&str>) -> Event {
    let items = vec![MediaItem { id: "x".into(), ..MediaItem::default() }; count];
    Event::Members { items, next_page_token: next.map(Into::into), problems: vec![] }
}

fn committed(rows: &[u32]) -> Event {
    Event::Committed { rows: rows.to_vec(), missing: 0 }
}

fn start() -> Event {
    Event::Start { up_to_date: vec![] }
}

fn fetch(id: &str, page_token: Option<&str>) -> Command {
    Command::Members { album_id: id.into(), page_token: page_token.map(Into::into) }
}

fn refused(refusal: Refusal) -> Event {
    Event::Failed { why: Trouble::Google(refusal), chance: 0 }
}

fn invalid() -> Event {
    refused(Refusal::Invalid { status: 400, message: "no such".into() })
}

fn stored(sync: &AlbumSync, rows: &[u32]) -> AlbumSync {
    serde_json::from_str(&serde_json::to_string(&sync.record(rows, 0)).unwrap()).unwrap()
}

/// One that has listed `a` and `b`.
fn two_albums() -> AlbumSync {
    let mut sync = AlbumSync::new(true);
    sync.step(start(), 0);
    assert_eq!(sync.step(listed(&["a", "b"], None), 0), Command::Commit);
    assert_eq!(sync.step(committed(&[]), 0), fetch("a", None));
    sync
}

#[test]
fn the_list_comes_first_and_then_album_after_album() {
    let mut sync = AlbumSync::new(true);
    assert_eq!(sync.step(start(), 0), Command::List { page_token: None });
    assert_eq!(sync.step(listed(&["a"], Some("2")), 0), Command::List { page_token: Some("2".into()) });
    assert_eq!(sync.step(listed(&[], Some("3")), 0), Command::List { page_token: Some("3".into()) });
    assert_eq!(sync.step(listed(&["b", "a"], None), 0), Command::Commit, "an album listed twice is one");
    assert_eq!(sync.step(committed(&[]), 0), fetch("a", None));
    assert_eq!(sync.step(members(100, Some("n")), 0), fetch("a", Some("n")));
    assert_eq!(sync.whole_album(&[], 0), None);
    assert_eq!(sync.step(members(2, None), 0), Command::Commit);
    assert_eq!(sync.whole_album(&[4, 5], 1), Some((&album("a"), vec![4, 5], 1)));
    assert_eq!(sync.step(committed(&[4, 5]), 0), fetch("b", None));
    assert_eq!(sync.step(members(0, None), 0), Command::Commit, "an empty album is one too");
    assert_eq!(sync.whole_album(&[], 0), Some((&album("b"), vec![], 0)));
    assert_eq!((sync.step(committed(&[]), 0), sync.all().map(|all| all.len())), (Command::Commit, Some(2)));
    assert_eq!(*stored(&sync, &[]).work(), Work::Finished);
    assert_eq!(sync.step(committed(&[]), 0), Command::End);
    assert!(sync.is_finished() && sync.is_over());
}

#[test]
fn a_large_album_is_kept_in_between_and_seen_when_it_is_whole() {
    let mut sync = two_albums();
    for _ in 1..MOST_UNCOMMITTED_PAGES {
        assert!(matches!(sync.step(members(100, Some("n")), 0), Command::Members { .. }));
    }
    assert_eq!(sync.step(members(100, Some("n")), 0), Command::Commit);
    assert_eq!(sync.whole_album(&[1], 0), None);
    let mut resumed = stored(&sync, &[1, 2]).reopened();
    assert_eq!(*resumed.work(), Work::Paused);
    assert_eq!(resumed.step(start(), 0), fetch("a", Some("n")));
    assert_eq!(resumed.step(members(1, None), 0), Command::Commit);
    assert_eq!(resumed.whole_album(&[3], 0), Some((&album("a"), vec![1, 2, 3], 0)));
}

#[test]
fn one_that_was_about_to_begin_when_the_tab_closed_is_taken_up() {
    let mut sync = stored(&AlbumSync::new(false), &[]).reopened();
    assert_eq!((sync.work(), sync.is_over()), (&Work::Paused, false));
    assert_eq!(sync.step(start(), 0), Command::List { page_token: None });
}

#[test]
fn after_some_days_only_albums_that_changed_are_fetched() {
    let mut sync = AlbumSync::new(false);
    let changed = Album { count: 2, ..album("b") };
    sync.step(Event::Start { up_to_date: vec![album("a"), changed, album("c")] }, 0);
    sync.step(listed(&["a", "b", "c"], None), 0);
    assert_eq!(sync.step(committed(&[]), 0), fetch("b", None));
    sync.step(members(3, None), 0);
    assert_eq!(sync.step(committed(&[1, 2, 3]), 0), Command::Commit);
    assert_eq!(sync.all().map(|all| all.len()), Some(3), "those that were passed over are still there");
}

#[test]
fn an_album_that_is_gone_or_closed_costs_the_others_nothing() {
    let mut sync = two_albums();
    assert_eq!(sync.step(refused(Refusal::NotFound), 0), fetch("b", None));
    assert_eq!(sync.step(invalid(), 0), Command::Commit);
    assert_eq!(sync.all(), Some([album("b").key()].into()), "what Google lists is not taken away");
    sync.step(committed(&[]), 0);
    let told = sync.within(crate::library::Sync::new(None, Default::default()).state());
    assert_eq!(
        (told.problem_count, told.problems, told.work),
        (1, vec!["album “Album b”: no such".to_owned()], Work::Finished)
    );
}

#[test]
fn a_page_token_that_died_begins_the_album_anew_once() {
    let mut sync = two_albums();
    sync.step(members(100, Some("n")), 0);
    assert_eq!(sync.step(invalid(), 0), fetch("a", None));
    assert_eq!(sync.pending().len(), 0, "nothing of it is kept twice");
    sync.step(members(100, Some("n")), 0);
    assert_eq!(sync.step(invalid(), 0), Command::Commit);
    assert!(matches!(sync.record(&[], 0).work(), Work::Stopped(_)));
}

#[test]
fn refusals_that_pass_are_waited_out_and_others_stop_it() {
    let mut sync = two_albums();
    assert!(matches!(sync.step(refused(Refusal::QuotaToday), 0), Command::Wait { .. }));
    assert_eq!(sync.step(Event::Woke, 0), fetch("a", None));
    let dead = Event::Failed { why: HttpError::Unreachable { host: "h".into() }.into(), chance: 0 };
    for _ in 0..3 {
        sync.step(members(1, Some("n")), 0);
        assert!(matches!(sync.step(dead.clone(), 0), Command::Wait { .. }));
        sync.step(Event::Woke, 0);
    }
    assert_eq!(sync.step(refused(Refusal::ScopeMissing), 0), Command::Commit);
    sync.step(committed(&[]), 0);
    assert_eq!(*sync.work(), Work::Stopped(Trouble::Google(Refusal::ScopeMissing)));
    assert!(!sync.is_over());
}

#[test]
fn a_commit_that_failed_is_made_good() {
    let mut sync = two_albums();
    assert_eq!(sync.step(members(3, None), 0), Command::Commit);
    sync.commit_failed(StoreError::Full.into());
    assert_eq!(*sync.work(), Work::Stopped(StoreError::Full.into()));
    assert_eq!(sync.step(start(), 0), fetch("a", None));
}

#[test]
fn what_is_told_is_the_fetch_of_items_with_how_far_the_albums_are() {
    let state = crate::library::Sync::new(None, Default::default()).state();
    let fresh = AlbumSync::new(true).within(state.clone());
    assert_eq!((fresh.work, fresh.albums), (Work::Running, Some(AlbumsFetched { done: 0, of: None })));
    let mut sync = two_albums();
    sync.step(members(1, None), 0);
    sync.step(committed(&[1]), 0);
    assert_eq!(sync.within(state).albums, Some(AlbumsFetched { done: 1, of: Some(2) }));
}

proptest! {
    /// Whatever happens in whatever order, stopped and taken up at any instant: an album that is kept has its own rows.
    #[test]
    fn every_album_gets_all_of_its_own_rows(
        pages in prop::collection::vec(1..45_usize, 1..6), breaks in prop::collection::vec(any::<bool>(), 60),
    ) {
        let ids: Vec<String> = (0..pages.len()).map(|n| n.to_string()).collect();
        let mut sync = AlbumSync::new(true);
        let (mut command, mut found, mut turn) = (sync.step(start(), 0), Vec::new(), 0);
        loop {
            turn += 1;
            prop_assert!(turn < 3000, "it never ends");
            let event = match command {
                Command::End => break,
                Command::Wait { .. } => unreachable!("nothing fails"),
                Command::List { .. } => {
                    listed(&ids.iter().map(String::as_str).collect::<Vec<_>>(), None)
                }
                Command::Members { album_id, page_token } => {
                    let at = page_token.as_deref().map_or(0, |token| token.parse::<usize>().unwrap());
                    let of = pages[album_id.parse::<usize>().unwrap()];
                    let item = MediaItem { id: format!("{album_id}/{at}"), ..MediaItem::default() };
                    let next_page_token = (at + 1 < of).then(|| (at + 1).to_string());
                    Event::Members { items: vec![item], next_page_token, problems: vec![] }
                }
                Command::Commit => {
                    let row = |item: &MediaItem| {
                        let (album, page) = item.id.split_once('/').unwrap();
                        album.parse::<u32>().unwrap() * 100 + page.parse::<u32>().unwrap()
                    };
                    let rows: Vec<u32> = sync.pending().iter().map(row).collect();
                    found.extend(sync.whole_album(&rows, 0).map(|(album, rows, _)| (album.id.clone(), rows)));
                    if sync.all().is_none() && breaks[turn % breaks.len()] {
                        sync = stored(&sync, &rows).reopened();
                        start()
                    } else {
                        committed(&rows)
                    }
                }
            };
            command = sync.step(event, 0);
        }
        let expected: Vec<(String, Vec<u32>)> = pages
            .iter()
            .enumerate()
            .map(|(n, pages)| (n.to_string(), (0..*pages as u32).map(|page| n as u32 * 100 + page).collect()))
            .collect();
        prop_assert_eq!(found, expected);
    }
}
