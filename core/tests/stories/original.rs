//! The whole of a photo or video: had where Google lets a page have it, and said where not, in both worlds of CORS.

use std::rc::Rc;

use albumen_core::google::Refusal;
use albumen_core::photo::Kind;
use albumen_core::ports::{HttpError, Reply};
use albumen_core::protocol::{Access, Answer, Original, Which, Wish};
use albumen_core::sandbox::{Cors, Interference, Truth};
use albumen_core::trouble::Trouble;

use crate::world::{Outside, Page, outside, outside_with, reply, unreachable};

fn page(outside: &Rc<Outside>) -> Page {
    let mut page = Page::signed_in(outside, Access::Read);
    page.wish(Wish::Sync { days: None, media: Default::default() }).unwrap();
    page.settle();
    page
}

/// The row of the smallest item of this kind, which is the quickest to draw, and the item itself.
fn some(page: &mut Page, kind: Kind) -> (u32, Truth) {
    let mut items = Vec::new();
    while let Ok(Answer::Details(details)) = page.wish(Wish::Details { row: items.len() as u32 }) {
        items.push(details.item);
    }
    let of_kind = items.iter().zip(0..).filter(|(item, _)| item.kind == kind);
    let (item, row) = of_kind.min_by_key(|(item, _)| item.width_px * item.height_px).expect("the library has some");
    let truth = page.outside.sandbox.borrow().truth().find(|truth| truth.id == item.id).unwrap();
    (row, truth)
}

fn original(page: &mut Page, row: u32) -> Result<(Original, Vec<Vec<u8>>), Trouble> {
    match page.wish_with(Wish::Original { row, which: Which::Shown }, Vec::new())? {
        (Answer::Original(original), buffers) => Ok((original, buffers)),
        other => panic!("{other:?} is no original"),
    }
}

#[test]
fn a_photo_is_had_whole_under_its_own_name_in_both_worlds_of_cors() {
    for cors in [Cors::Generous, Cors::Pessimistic] {
        let mut page = page(&outside_with(200, cors));
        let (row, truth) = some(&mut page, Kind::Photo);
        let (original, mut buffers) = original(&mut page, row).unwrap();
        let expected = Original::Here { file_name: truth.file_name, mime_type: truth.mime_type };
        assert_eq!(original, expected, "{cors:?}");
        let bytes = buffers.pop().unwrap();
        assert!(bytes.starts_with(&[0xFF, 0xD8]) || bytes.starts_with(b"\x89PNG"), "{cors:?}");
        assert!(page.outside.requests.borrow().iter().any(|url| url.ends_with("=d")));
    }
}

#[test]
fn no_page_may_read_a_video_so_a_person_is_told_where_it_is() {
    for cors in [Cors::Generous, Cors::Pessimistic] {
        let mut page = page(&outside_with(400, cors));
        let (row, _) = some(&mut page, Kind::Video);
        let (original, buffers) = original(&mut page, row).unwrap();
        let Original::Elsewhere { url, limit: None } = original else { panic!("{cors:?}: {original:?}") };
        assert!(url.starts_with("https://lh3.googleusercontent.com/") && url.ends_with("=dv"), "{url}");
        assert!(buffers.is_empty());
    }
}

#[test]
fn a_video_that_a_page_may_read_is_played_as_mp4() {
    let mut page = page(&outside(400));
    let (row, truth) = some(&mut page, Kind::Video);
    page.meddle(|request| {
        let headers = vec![("content-type".to_owned(), "video/mp4".to_owned())];
        let reply = Reply { status: 200, headers, body: b"ftyp".to_vec() };
        request.url.ends_with("=dv").then_some(Ok(reply))
    });
    let (original, buffers) = original(&mut page, row).unwrap();
    let stem = truth.file_name.rsplit_once('.').unwrap().0;
    let expected = Original::Here { file_name: format!("{stem}.mp4"), mime_type: "video/mp4".into() };
    assert_eq!((original, buffers), (expected, vec![b"ftyp".to_vec()]));
}

#[test]
fn a_video_that_google_still_works_on_says_so() {
    let mut page = page(&outside(400));
    let (row, truth) = some(&mut page, Kind::Video);
    for (status, expected) in [("PROCESSING", Original::Processing), ("FAILED", Original::Unplayable)] {
        let item = format!(
            r#"{{"id":"{}","baseUrl":"https://lh3.googleusercontent.com/x","mediaMetadata":{{"video":{{"status":"{status}"}}}}}}"#,
            truth.id
        );
        let body = format!(r#"{{"mediaItemResults":[{{"mediaItem":{item}}}]}}"#);
        page.meddle(move |request| request.url.contains("batchGet").then(|| reply(200, &body)).flatten());
        assert_eq!(original(&mut page, row).unwrap(), (expected, Vec::new()));
    }
}

#[test]
fn what_is_too_large_for_the_page_is_elsewhere_too() {
    let mut page = page(&outside(40));
    let (row, _) = some(&mut page, Kind::Photo);
    page.meddle(|request| {
        let error = HttpError::TooLarge { host: "lh3.googleusercontent.com".into(), limit: 7 };
        request.url.ends_with("=d").then_some(Err(error))
    });
    assert!(matches!(original(&mut page, row).unwrap().0, Original::Elsewhere { limit: Some(7), .. }));
}

#[test]
fn an_old_address_is_never_mistaken_for_a_forbidden_one() {
    let mut page = page(&outside(40));
    let (row, _) = some(&mut page, Kind::Photo);
    page.outside.now_ms.set(page.outside.now_ms.get() + 50 * 60_000);
    assert!(matches!(original(&mut page, row).unwrap().0, Original::Here { .. }));
}

#[test]
fn a_network_that_is_gone_a_photo_that_is_gone_and_a_busy_host_are_told_apart() {
    let mut page = page(&outside(40));
    let (row, truth) = some(&mut page, Kind::Photo);
    page.meddle(unreachable);
    assert!(matches!(original(&mut page, row), Err(Trouble::Http(HttpError::Unreachable { .. }))));
    page.meddle(|request| request.url.contains("batchGet").then(|| reply(200, "{}")).flatten());
    assert_eq!(original(&mut page, row), Err(Refusal::NotFound.into()));
    page.meddle(|request| request.url.ends_with("=d").then(|| reply(503, "")).flatten());
    assert_eq!(original(&mut page, row), Err(Refusal::Wait { wait_ms: None, busy: true }.into()));
    let evil = format!(
        r#"{{"mediaItemResults":[{{"mediaItem":{{"id":"{}","baseUrl":"https://evil.example/x"}}}}]}}"#,
        truth.id
    );
    page.meddle(move |request| request.url.contains("batchGet").then(|| reply(200, &evil)).flatten());
    assert_eq!(original(&mut page, row), Err(Refusal::NotFound.into()));
    assert!(page.outside.requests.borrow().iter().all(|url| !url.contains("evil.example")));
    page.leave_alone();
    page.outside.sandbox.borrow_mut().interfere(Interference::EndAccessTokens);
    assert!(original(&mut page, row).is_ok());
    assert!(matches!(original(&mut page, 9_999), Err(Trouble::OutOfPlace(_))));
}
