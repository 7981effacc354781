//! Searching: what is found is what the catalog says now, whoever changed it.

use albumen_core::catalog::RowSet;
use albumen_core::ports::Request;
use albumen_core::protocol::{Access, Answer, Media, Wish};

use crate::world::{Page, outside, reply};

const ALL: Wish = Wish::Sync { days: None, media: Media::All };

/// The rows that are found, and what could not be read.
fn search(page: &mut Page, text: &str) -> (Vec<u32>, Vec<String>) {
    let answered = page.wish_with(Wish::FindText { text: text.into() }, Vec::new());
    let Ok((Answer::Found { count, set_aside }, buffers)) = answered else { panic!("{answered:?} is no finding") };
    let rows: Vec<u32> = RowSet::from_bytes(&buffers[0]).unwrap().iter().collect();
    assert_eq!((rows.len(), buffers.len()), (count as usize, 1));
    (rows, set_aside)
}

fn found(page: &mut Page, text: &str) -> Vec<u32> {
    let (rows, set_aside) = search(page, text);
    assert_eq!(set_aside, Vec::<String>::new());
    rows
}

/// Google's library is these file names and descriptions from now on.
fn library(page: &Page, items: &[(&str, &str, &str)]) {
    let item = |(id, name, description): &(&str, &str, &str)| {
        format!(
            r#"{{"id":"{id}","filename":"{name}","description":"{description}","mimeType":"image/jpeg","mediaMetadata":{{"creationTime":"2020-01-01T00:00:00Z","width":"4","height":"3","photo":{{}}}}}}"#
        )
    };
    let body = format!(r#"{{"mediaItems":[{}]}}"#, items.iter().map(item).collect::<Vec<_>>().join(","));
    page.meddle(move |request: &Request| request.url.contains("search").then(|| reply(200, &body)).flatten());
}

fn fetch(page: &mut Page) {
    page.wish(ALL).unwrap();
    page.settle();
}

#[test]
fn what_is_found_is_what_a_look_at_every_row_finds() {
    let mut page = Page::signed_in(&outside(600), Access::Read);
    fetch(&mut page);
    let texts: Vec<String> = (0..600)
        .map(|row| {
            let Ok(Answer::Details(details)) = page.wish(Wish::Details { row }) else { panic!("row {row} is there") };
            format!("{}\n{}", details.item.file_name, details.item.description).to_lowercase()
        })
        .collect();
    let mut hits = 0;
    for query in ["1", "img", "jpg", "IMG 2", "mp4", "nowhere at all"] {
        let words: Vec<String> = query.split(' ').map(str::to_lowercase).collect();
        let expected: Vec<u32> =
            (0..600).filter(|row| words.iter().all(|word| texts[*row as usize].contains(word))).collect();
        hits += expected.len();
        assert_eq!(found(&mut page, query), expected, "{query}");
    }
    assert!(hits > 0);
}

#[test]
fn an_item_that_a_later_fetch_renamed_is_found_by_its_new_name_alone() {
    let mut page = Page::signed_in(&outside(10), Access::Read);
    library(&page, &[("a", "beach.jpg", "at sea"), ("b", "hill.jpg", "")]);
    fetch(&mut page);
    assert_eq!(
        (found(&mut page, "beach"), found(&mut page, "sea"), found(&mut page, "jpg")),
        (vec![0], vec![0], vec![0, 1])
    );
    library(&page, &[("a", "dune.jpg", ""), ("c", "beach.jpg", "")]);
    fetch(&mut page);
    assert_eq!(
        (found(&mut page, "beach"), found(&mut page, "sea"), found(&mut page, "dune")),
        (vec![2], vec![], vec![0])
    );
    assert_eq!((found(&mut page, "j"), found(&mut page, "jpg")), (vec![0, 1, 2], vec![0, 1, 2]));
}

#[test]
fn a_catalog_that_was_emptied_and_filled_anew_is_found_as_it_is_now() {
    let mut page = Page::signed_in(&outside(10), Access::Read);
    library(&page, &[("a", "beach.jpg", ""), ("b", "hill.jpg", "")]);
    fetch(&mut page);
    assert_eq!(found(&mut page, "hill"), [1]);
    page.wish(Wish::SignOut { remove_rows: true }).unwrap();
    assert_eq!((found(&mut page, "hill"), found(&mut page, "")), (vec![], vec![]));
    page.sign_in(Access::Read).unwrap();
    library(&page, &[("b", "hill.jpg", "")]);
    fetch(&mut page);
    assert_eq!(found(&mut page, "hill"), [0]);
}

#[test]
fn what_another_tab_fetched_is_found_too() {
    let outside = outside(10);
    let mut first = Page::signed_in(&outside, Access::Read);
    library(&first, &[("a", "beach.jpg", "")]);
    fetch(&mut first);
    assert_eq!(found(&mut first, "beach"), [0]);
    let mut second = Page::open(&outside);
    library(&second, &[("a", "dune.jpg", ""), ("b", "beach.jpg", "")]);
    fetch(&mut second);
    assert_eq!((found(&mut first, "beach"), found(&mut first, "dune")), (vec![1], vec![0]));
}

#[test]
fn texts_that_cannot_be_read_are_named_once_and_the_rest_is_searched() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Read);
    library(&page, &[("a", "beach.jpg", "")]);
    fetch(&mut page);
    outside.store.plant("catalog/text/000000", b"torn".as_slice());
    let mut page = Page::open(&outside);
    assert_eq!(page.opened.set_aside, Vec::<String>::new(), "texts are not read before something is searched");
    let (rows, set_aside) = search(&mut page, "beach");
    assert_eq!((rows, set_aside.len()), (vec![], 1));
    assert!(set_aside[0].starts_with("catalog/text/000000: "), "{}", set_aside[0]);
    assert_eq!(found(&mut page, "beach"), [] as [u32; 0]);
    library(&page, &[("a", "beach.jpg", "")]);
    fetch(&mut page);
    assert_eq!(found(&mut page, "beach"), [0], "a fetch makes it good");
}

#[test]
fn texts_may_be_read_before_the_first_search_which_then_says_what_could_not_be_read() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Read);
    library(&page, &[("a", "beach.jpg", "")]);
    fetch(&mut page);
    outside.store.plant("catalog/text/000000", b"torn".as_slice());
    let mut page = Page::open(&outside);
    assert_eq!((page.wish(Wish::ReadTexts), page.wish(Wish::ReadTexts)), (Ok(Answer::Done), Ok(Answer::Done)));
    let (rows, set_aside) = search(&mut page, "beach");
    assert_eq!((rows, set_aside.len()), (vec![], 1));
    assert_eq!(found(&mut page, "beach"), [] as [u32; 0]);
    library(&page, &[("b", "dune.jpg", "")]);
    fetch(&mut page);
    assert_eq!(found(&mut page, "dune"), [1], "what comes later is followed");
}
