//! Descriptions that people change: Google has them, the device keeps them, and a refusal changes nothing.

use std::cell::Cell;

use albumen_core::google::Refusal;
use albumen_core::protocol::{Access, Answer, News, Way, Wish};
use albumen_core::sandbox::Interference;
use albumen_core::sign_in::{EDIT_SCOPE, SignInError};
use albumen_core::trouble::Trouble;

use crate::world::{Page, outside, reply, unreachable};

/// A page with a library of forty fetched into it.
fn page(access: Access) -> Page {
    let mut page = Page::signed_in(&outside(40), access);
    page.wish(Wish::Sync { days: None, media: Default::default() }).unwrap();
    page.settle();
    page
}

fn edit(page: &mut Page, row: u32, description: &str) -> Result<String, Trouble> {
    match page.wish(Wish::EditDescription { row, description: description.into() })? {
        Answer::Details(details) => Ok(details.item.description),
        other => panic!("{other:?} is no item"),
    }
}

fn kept(page: &mut Page, row: u32) -> (String, String) {
    let Ok(Answer::Details(details)) = page.wish(Wish::Details { row }) else { panic!("the row is there") };
    (details.item.id, details.item.description)
}

fn at_google(page: &Page, id: &str) -> String {
    page.outside.sandbox.borrow().truth().find(|item| item.id == id).unwrap().description
}

#[test]
fn a_changed_description_is_at_google_and_survives_a_reload() {
    let mut page = page(Access::Edit);
    let (id, _) = kept(&mut page, 3);
    for text in ["Zwei\nZeilen", "", "third"] {
        assert_eq!(edit(&mut page, 3, text).unwrap(), text);
        assert_eq!(at_google(&page, &id), text);
        let mut again = Page::open(&page.outside);
        assert_eq!(kept(&mut again, 3), (id.clone(), text.to_owned()));
    }
    assert!(matches!(page.news.borrow().last(), Some(News::Quota(quota)) if quota.requests > 2));
}

#[test]
fn the_permission_is_asked_for_when_it_is_needed_and_the_others_stay() {
    let mut page = page(Access::Upload);
    let before = kept(&mut page, 0);
    assert_eq!(edit(&mut page, 0, "new"), Err(Refusal::ScopeMissing.into()));
    assert_eq!((kept(&mut page, 0), at_google(&page, &before.0)), (before.clone(), before.1));
    let account = page.sign_in(Access::Edit).unwrap();
    assert!(account.may_read && account.may_upload && account.may_edit);
    assert_eq!(edit(&mut page, 0, "new").unwrap(), "new");
    let again = Page::open(&page.outside).opened.account.unwrap();
    assert!(again.may_upload && again.may_edit);
}

#[test]
fn an_unticked_box_leaves_everything_else_as_it_was() {
    let mut page = page(Access::Read);
    let Ok(Answer::GoTo { url }) = page.wish(Wish::BeginSignIn { access: Access::Edit, way: Way::PopUp }) else {
        panic!("there is a way to Google")
    };
    let callback = page.answer_consent(&url, true, |scope| !scope.contains("edit"));
    let Err(Trouble::SignIn(SignInError::ScopesUnticked { missing })) = page.finish(callback) else {
        panic!("the missing permission is named")
    };
    assert_eq!(missing, [EDIT_SCOPE]);
    assert_eq!(edit(&mut page, 1, "new"), Err(Refusal::ScopeMissing.into()));
}

#[test]
fn a_token_that_died_is_renewed_and_the_words_arrive() {
    let mut page = page(Access::Edit);
    page.outside.sandbox.borrow_mut().interfere(Interference::EndAccessTokens);
    assert_eq!(edit(&mut page, 2, "after all").unwrap(), "after all");
}

#[test]
fn what_google_refuses_is_said_and_nothing_is_kept() {
    let mut page = page(Access::Edit);
    let before = kept(&mut page, 5);
    let long = "x".repeat(1000);
    assert!(matches!(edit(&mut page, 5, &long), Err(Trouble::Google(Refusal::Invalid { status: 400, .. }))));
    page.outside.sandbox.borrow_mut().interfere(Interference::BeginWrite);
    let busy = Refusal::Wait { wait_ms: Some(30_000), busy: false };
    assert_eq!(edit(&mut page, 5, "now"), Err(busy.into()));
    page.meddle(|request| request.url.contains("updateMask").then(|| unreachable(request)).flatten());
    assert!(matches!(edit(&mut page, 5, "now"), Err(Trouble::Http(_))));
    page.meddle(|request| request.url.contains("updateMask").then(|| reply(200, r#"{"id":"stranger"}"#)).flatten());
    assert!(matches!(edit(&mut page, 5, "now"), Err(Trouble::Google(Refusal::Unreadable { .. }))));
    page.leave_alone();
    assert_eq!(kept(&mut page, 5), before);
    assert!(matches!(edit(&mut page, 4_000, "now"), Err(Trouble::OutOfPlace(_))));
}

#[test]
fn an_answer_that_got_lost_may_be_asked_for_again() {
    let mut page = page(Access::Edit);
    let (id, _) = kept(&mut page, 7);
    let lost = Cell::new(false);
    page.meddle(move |request| {
        let is_edit = request.url.contains("updateMask") && !lost.replace(true);
        is_edit.then(|| unreachable(request)).flatten()
    });
    assert!(edit(&mut page, 7, "twice").is_err());
    assert_eq!(edit(&mut page, 7, "twice").unwrap(), "twice");
    assert_eq!(at_google(&page, &id), "twice");
}

#[test]
fn nobody_edits_without_a_sign_in() {
    let mut page = page(Access::Edit);
    page.wish(Wish::SignOut { remove_rows: false }).unwrap();
    assert_eq!(edit(&mut page, 0, "x"), Err(SignInError::NotSignedIn.into()));
}
