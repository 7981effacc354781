//! Uploading: what went through is in the library, what did not says why, and nothing is doubled.

use std::cell::Cell;
use std::collections::BTreeMap;

use albumen_core::protocol::{Access, Answer, News, Upload, UploadState, Wish, Work};
use albumen_core::sign_in::SignInError;
use albumen_core::trouble::Trouble;
use albumen_core::upload::FileError;
use jpeg_encoder::{ColorType, Encoder};

use crate::world::{Page, outside, reply, unreachable};

fn jpeg(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![shade; 40 * 30 * 3];
    Encoder::new(&mut bytes, 80).encode(&pixels, 40, 30, ColorType::Rgb).unwrap();
    bytes
}

/// The list as the page sees it.
fn listed(page: &Page) -> BTreeMap<u32, Upload> {
    let mut list = BTreeMap::new();
    for news in page.news.borrow().iter() {
        match news {
            News::Uploads(uploads) => list.extend(uploads.iter().map(|upload| (upload.id, upload.clone()))),
            News::UploadsRemoved(ids) => list.retain(|id, _| !ids.contains(id)),
            _ => {}
        }
    }
    list
}

fn work(page: &Page) -> Work {
    let news = page.news.borrow();
    news.iter()
        .rev()
        .find_map(|news| match news {
            News::UploadsWork(work) => Some(work.clone()),
            _ => None,
        })
        .expect("the queue was at work")
}

fn items_at_google(page: &Page) -> usize {
    page.outside.sandbox.borrow().truth().count()
}

#[test]
fn three_pictures_go_up_and_a_text_says_why_not() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Upload);
    let (a, b, c) = (jpeg(10), jpeg(90), jpeg(200));
    page.add_files(&[("a.jpg", &a), ("notes.txt", b"hello"), ("b.jpg", &b), ("c.jpg", &c), ("void.jpg", b"")]);
    page.wish(Wish::Describe { upload: 0, description: "The first".into() }).unwrap();
    page.wish(Wish::StartUploads).unwrap();
    page.settle();
    assert_eq!(work(&page), Work::Finished);
    let list = listed(&page);
    for id in [0, 2, 3] {
        let UploadState::Created { row } = list[&id].state else { panic!("{:?}", list[&id]) };
        let Ok(Answer::Details(details)) = page.wish(Wish::Details { row }) else { panic!("it is in the catalog") };
        assert_eq!(details.item.file_name, list[&id].file.name);
        assert_eq!(details.item.description, if id == 0 { "The first" } else { "" });
    }
    assert!(matches!(list[&1].state, UploadState::Failed(Trouble::File(FileError::Kind { .. }))));
    assert_eq!(list[&4].state, UploadState::Failed(FileError::Empty.into()));
    assert_eq!(items_at_google(&page), 13);
    page.wish(Wish::ClearUploads).unwrap();
    assert_eq!(listed(&page).keys().copied().collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn bytes_that_are_no_picture_are_refused_by_google_and_said_so() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Upload);
    page.add_files(&[("fake.jpg", b"this is no jpeg"), ("real.jpg", &jpeg(5))]);
    page.wish(Wish::StartUploads).unwrap();
    page.settle();
    let list = listed(&page);
    assert!(matches!(list[&0].state, UploadState::Failed(Trouble::File(FileError::Rejected { code: 3, .. }))));
    assert!(matches!(list[&1].state, UploadState::Created { .. }));
}

#[test]
fn a_page_closed_at_any_instant_doubles_nothing() {
    for instant in 0..24 {
        let outside = outside(10);
        let files: Vec<(String, Vec<u8>)> = (0..5).map(|n| (format!("{n}.jpg"), jpeg(n * 40))).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let mut page = Page::signed_in(&outside, Access::Upload);
        page.add_files(&files);
        page.wish(Wish::StartUploads).unwrap();
        page.run_for(instant);
        drop(page);
        let mut page = Page::open(&outside);
        page.add_files(&files);
        page.wish(Wish::StartUploads).unwrap();
        page.settle();
        assert_eq!(work(&page), Work::Finished, "closed after {instant}");
        assert_eq!(items_at_google(&page), 15, "closed after {instant}");
        for upload in listed(&page).values() {
            assert!(matches!(upload.state, UploadState::Created { .. }), "closed after {instant}: {upload:?}");
        }
    }
}

#[test]
fn an_answer_that_got_lost_is_asked_for_again() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Upload);
    page.add_files(&[("a.jpg", &jpeg(1)), ("b.jpg", &jpeg(2))]);
    let turn = Cell::new(0);
    page.meddle(move |request| {
        if !request.url.contains("batchCreate") {
            return None;
        }
        turn.set(turn.get() + 1);
        (turn.get() == 1).then(|| unreachable(request)).flatten()
    });
    page.wish(Wish::StartUploads).unwrap();
    page.settle();
    assert_eq!(items_at_google(&page), 12);
    assert!(listed(&page).values().all(|upload| matches!(upload.state, UploadState::Created { .. })));
}

#[test]
fn a_network_that_is_gone_stops_the_queue_and_keeps_it() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Upload);
    page.add_files(&[("a.jpg", &jpeg(1))]);
    page.meddle(|request| request.url.contains("/uploads").then(|| unreachable(request)).flatten());
    page.wish(Wish::StartUploads).unwrap();
    page.settle();
    assert_eq!(work(&page), Work::Stopped(FileError::NotSent.into()));
    assert_eq!(listed(&page)[&0].state, UploadState::Waiting);
    page.leave_alone();
    page.wish(Wish::StartUploads).unwrap();
    page.settle();
    assert!(matches!(listed(&page)[&0].state, UploadState::Created { .. }));
}

#[test]
fn an_item_that_google_refused_can_be_tried_again() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Upload);
    page.add_files(&[("a.jpg", &jpeg(1))]);
    page.meddle(|request| {
        let body =
            r#"{"error":{"code":400,"message":"Request contains an invalid argument.","status":"INVALID_ARGUMENT"}}"#;
        request.url.contains("batchCreate").then(|| reply(400, body)).flatten()
    });
    page.wish(Wish::StartUploads).unwrap();
    page.settle();
    assert!(matches!(listed(&page)[&0].state, UploadState::Failed(_)));
    page.leave_alone();
    page.wish(Wish::RetryUploads { uploads: vec![0] }).unwrap();
    page.wish(Wish::StartUploads).unwrap();
    page.settle();
    assert!(matches!(listed(&page)[&0].state, UploadState::Created { .. }));
    assert_eq!(items_at_google(&page), 11);
}

#[test]
fn nobody_uploads_without_a_sign_in() {
    let outside = outside(10);
    let mut page = Page::open(&outside);
    page.add_files(&[("a.jpg", &jpeg(1))]);
    assert_eq!(page.wish(Wish::StartUploads), Err(SignInError::NotSignedIn.into()));
    assert_eq!(Page::open(&outside).opened.uploads[0].state, UploadState::NeedsFile);
}
