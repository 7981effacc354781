//! Signing in and out, and everything that can come back from Google instead.

use albumen_core::protocol::{Access, Answer, News, Way, Wish};
use albumen_core::sign_in::{ClientError, SignInError};
use albumen_core::trouble::Trouble;

use crate::world::{DESKTOP_CLIENT, Page, WEB_CLIENT, outside, reply, unreachable, web_client_json};

#[test]
fn a_web_client_signs_in_and_is_still_signed_in_after_a_reload() {
    let outside = outside(10);
    let mut page = Page::open(&outside);
    page.wish(Wish::ReadClient { name: "c.json".into(), text: web_client_json() }).unwrap();
    let account = page.sign_in(Access::Read).unwrap();
    assert_eq!(account.email, "ada@example.com");
    assert!(account.may_read && !account.may_upload && account.until_ms.is_none());
    let requests = outside.requests.borrow();
    assert!(requests.iter().all(|url| !url.contains("evil.example")), "addresses in the file are ignored");
    drop(requests);
    let again = Page::open(&outside);
    assert_eq!(again.opened.account, Some(account));
    assert!(again.opened.client.unwrap().has_secret);
}

#[test]
fn nothing_secret_is_stored_in_the_open() {
    let outside = outside(10);
    let _page = Page::signed_in(&outside, Access::Upload);
    for (name, record) in outside.store.records() {
        let text = String::from_utf8_lossy(&record).into_owned();
        for secret in ["GOCSPX", "ya29", "1//", "access_token", "refresh_token"] {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
    }
}

#[test]
fn a_desktop_client_signs_in_on_loopback() {
    let outside = outside(10);
    let mut page = Page::open(&outside);
    let text = web_client_json().replace(r#"{"web""#, r#"{"installed""#).replace(WEB_CLIENT, DESKTOP_CLIENT);
    page.wish(Wish::ReadClient { name: "c.json".into(), text }).unwrap();
    assert!(page.sign_in(Access::Read).unwrap().may_read);
}

#[test]
fn a_client_id_alone_signs_in_for_an_hour() {
    let outside = outside(10);
    let mut page = Page::open(&outside);
    page.wish(Wish::UseClientId { client_id: WEB_CLIENT.into() }).unwrap();
    let account = page.sign_in(Access::Read).unwrap();
    assert!(account.until_ms.is_some());
    assert!(Page::open(&outside).opened.account.is_none(), "its token lived in memory alone");
    outside.now_ms.set(account.until_ms.unwrap() + 1);
    page.wish(Wish::Sync { days: None, media: Default::default() }).unwrap();
    page.settle();
    assert!(page.news.borrow().contains(&News::Account(None)));
}

#[test]
fn what_comes_back_is_taken_once_and_only_if_it_was_asked_for() {
    let outside = outside(10);
    let mut page = Page::open(&outside);
    page.wish(Wish::ReadClient { name: "c.json".into(), text: web_client_json() }).unwrap();
    let foreign = Err(Trouble::SignIn(SignInError::ForeignState));
    let callback = page.consent(Access::Read, true);
    assert_eq!(page.finish(callback.replace("state=", "state=x")), foreign);
    assert!(page.finish(callback.clone()).is_ok());
    assert_eq!(page.finish(callback), foreign, "it was used");
    let late = page.consent(Access::Read, true);
    outside.now_ms.set(outside.now_ms.get() + 11 * 60_000);
    assert_eq!(page.finish(late), foreign, "it is older than ten minutes");
}

#[test]
fn each_refusal_has_its_own_name() {
    let outside = outside(10);
    let mut page = Page::open(&outside);
    page.wish(Wish::ReadClient { name: "c.json".into(), text: web_client_json() }).unwrap();
    let denied = page.consent(Access::Read, false);
    assert_eq!(page.finish(denied), Err(SignInError::Denied.into()));

    let cases: [(u16, &str, SignInError); 4] = [
        (400, r#"{"error":"invalid_grant","error_description":"Bad Request"}"#, SignInError::CodeExpired),
        (401, r#"{"error":"invalid_client","error_description":"Unauthorized"}"#, SignInError::WrongSecret),
        (
            400,
            r#"{"error":"invalid_request","error_description":"client_secret is missing."}"#,
            SignInError::SecretMissing,
        ),
        (400, r#"{"error":"redirect_uri_mismatch"}"#, SignInError::RedirectMismatch),
    ];
    for (status, body, expected) in cases {
        let callback = page.consent(Access::Read, true);
        page.meddle(move |request| request.url.contains("/token").then(|| reply(status, body)).flatten());
        assert_eq!(page.finish(callback), Err(expected.into()));
        page.leave_alone();
    }
    let callback = page.consent(Access::Read, true);
    page.meddle(|_| reply(200, "<!doctype html><title>Hotel Wi-Fi</title>"));
    assert!(matches!(page.finish(callback), Err(Trouble::SignIn(SignInError::TokenReply { .. }))));
    page.leave_alone();
    let callback = page.consent(Access::Read, true);
    page.meddle(unreachable);
    assert_eq!(page.finish(callback), Err(SignInError::TokenUnreadable.into()));
}

#[test]
fn an_unticked_permission_is_noticed_and_the_rest_is_kept() {
    let outside = outside(10);
    let mut page = Page::open(&outside);
    page.wish(Wish::ReadClient { name: "c.json".into(), text: web_client_json() }).unwrap();
    let Ok(Answer::GoTo { url }) = page.wish(Wish::BeginSignIn { access: Access::Upload, way: Way::PopUp }) else {
        panic!("there is a way to Google")
    };
    let callback = page.answer_consent(&url, true, |scope| !scope.contains("appendonly"));
    let Err(Trouble::SignIn(SignInError::ScopesUnticked { missing })) = page.finish(callback) else {
        panic!("the missing permission is named")
    };
    assert_eq!(missing, ["https://www.googleapis.com/auth/photoslibrary.appendonly"]);
    let account = Page::open(&outside).opened.account.unwrap();
    assert!(account.may_read && !account.may_upload);
}

#[test]
fn signing_out_revokes_and_leaves_nothing() {
    let outside = outside(300);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(Wish::Sync { days: None, media: Default::default() }).unwrap();
    page.settle();
    assert!(outside.store.records().keys().any(|name| name.starts_with("catalog/hot/")));
    page.wish(Wish::SignOut { remove_rows: true }).unwrap();
    let left: Vec<String> = outside.store.records().into_keys().collect();
    assert_eq!(left, ["quota", "schema", "sign_in/client"]);
    assert!(outside.requests.borrow().iter().any(|url| url.ends_with("/revoke")));
    assert_eq!(page.wish(Wish::Sync { days: None, media: Default::default() }), Err(SignInError::NotSignedIn.into()));
}

#[test]
fn another_account_never_mixes_with_the_first() {
    let outside = outside(150);
    let mut page = Page::signed_in(&outside, Access::Read);
    page.wish(Wish::Sync { days: None, media: Default::default() }).unwrap();
    page.settle();
    page.wish(Wish::SignOut { remove_rows: false }).unwrap();
    let before: Vec<String> = outside.store.records().into_keys().collect();
    let callback = page.consent(Access::Read, true);
    page.meddle(|request| {
        // The same exchange, answered for Bob.
        let payload = "eyJpc3MiOiJodHRwczovL2FjY291bnRzLmdvb2dsZS5jb20iLCJhdWQiOiIxLXdlYi5hcHBzLmdvb2dsZXVzZXJjb250ZW50LmNvbSIsInN1YiI6IjIwMDIiLCJlbWFpbCI6ImJvYkBleGFtcGxlLmNvbSIsImV4cCI6NDEwMjQ0NDgwMCwiaWF0IjoxNzUxMzcxMjAwfQ";
        let body = format!(
            r#"{{"access_token":"ya29.bob","expires_in":3599,"refresh_token":"1//bob","scope":"openid email https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata","token_type":"Bearer","id_token":"e30.{payload}.c2ln"}}"#
        );
        request.url.ends_with("/token").then(|| reply(200, &body)).flatten()
    });
    let expected = SignInError::OtherAccount { here: "ada@example.com".into(), there: "bob@example.com".into() };
    assert_eq!(page.finish(callback), Err(expected.into()));
    page.leave_alone();
    let after: Vec<String> = outside.store.records().into_keys().collect();
    assert_eq!(before, after);
    assert!(page.sign_in(Access::Read).is_ok(), "Ada may come back");
}

#[test]
fn the_client_stays_while_somebody_is_signed_in() {
    let outside = outside(10);
    let mut page = Page::signed_in(&outside, Access::Read);
    assert_eq!(page.wish(Wish::ForgetClient), Err(ClientError::SignedIn.into()));
    page.wish(Wish::ForgetEverything).unwrap();
    assert!(outside.store.records().is_empty());
}
