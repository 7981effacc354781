//! Every trouble there is has a sentence that says more than its name.

use albumen_core::google::Refusal;
use albumen_core::ports::{HttpError, StoreError, VaultError};
use albumen_core::sign_in::{ClientError, SignInError};
use albumen_core::upload::FileError;

use super::*;

fn every_trouble() -> Vec<Trouble> {
    let pages_own = [
        Trouble::OutOfPlace("no such row".into()),
        Trouble::EngineStopped { message: "unreachable".into() },
        Trouble::OtherBuild,
    ];
    pages_own
        .into_iter()
        .chain(of_the_device())
        .chain(of_the_client())
        .chain(of_signing_in())
        .chain(of_google())
        .collect()
}

fn of_the_device() -> Vec<Trouble> {
    let http = [
        HttpError::Unreachable { host: "oauth2.googleapis.com".into() },
        HttpError::TooLarge { host: "lh3.googleusercontent.com".into(), limit: 64_000_000 },
        HttpError::FileGone,
    ]
    .map(Trouble::from);
    let store = [
        StoreError::Full,
        StoreError::Unavailable,
        StoreError::Blocked,
        StoreError::TooNew { found: 9, known: 1 },
        StoreError::Failed { message: "disk on fire".into() },
    ]
    .map(Trouble::from);
    let vault = [VaultError::Broken, VaultError::Unavailable { message: "no subtle".into() }].map(Trouble::from);
    http.into_iter().chain(store).chain(vault).collect()
}

fn of_the_client() -> Vec<Trouble> {
    let name = || "notes.json".to_owned();
    [
        ClientError::NotJson { name: name() },
        ClientError::ServiceAccount { name: name() },
        ClientError::ApiKey { name: name() },
        ClientError::Token { name: name() },
        ClientError::OtherKind { name: name() },
        ClientError::NoClientId,
        ClientError::NotAClientId { given: "me".into() },
        ClientError::OriginMissing { origin: "https://a.example".into(), allowed: vec![] },
        ClientError::RedirectMissing {
            redirect_uri: "https://a.example/".into(),
            allowed: vec!["https://b.example/".into()],
        },
        ClientError::DesktopNeedsLoopback { origin: "https://a.example".into() },
        ClientError::SignedIn,
    ]
    .map(Trouble::from)
    .into()
}

fn of_signing_in() -> Vec<Trouble> {
    [
        SignInError::NoClient,
        SignInError::NotSignedIn,
        SignInError::Denied,
        SignInError::ForeignState,
        SignInError::EmptyCallback,
        SignInError::Callback { code: "org_internal".into() },
        SignInError::Callback { code: "a_new_one".into() },
        SignInError::CodeExpired,
        SignInError::WrongSecret,
        SignInError::SecretMissing,
        SignInError::RedirectMismatch,
        SignInError::GrantEnded,
        SignInError::HourOver,
        SignInError::ScopesUnticked {
            missing: vec!["https://www.googleapis.com/auth/photoslibrary.appendonly".into()],
        },
        SignInError::WindowBlocked,
        SignInError::NoIdentity,
        SignInError::OtherAccount { here: "a@example.com".into(), there: "b@example.com".into() },
        SignInError::TokenUnreadable,
        SignInError::TokenReply { what: "HTML".into() },
        SignInError::TokenRefused { code: "unauthorized_client".into(), description: "No.".into() },
    ]
    .map(Trouble::from)
    .into()
}

fn of_google() -> Vec<Trouble> {
    let refusals = [
        Refusal::TokenDead,
        Refusal::ScopeMissing,
        Refusal::ApiDisabled { message: "not enabled".into() },
        Refusal::Forbidden { message: "no".into() },
        Refusal::Wait { wait_ms: Some(1_000), busy: true },
        Refusal::Wait { wait_ms: None, busy: false },
        Refusal::QuotaToday,
        Refusal::Invalid { status: 400, message: "bad".into() },
        Refusal::NotFound,
        Refusal::Unreadable { what: "HTML".into() },
    ]
    .map(Trouble::from);
    let files = [
        FileError::Empty,
        FileError::Kind { given: "text/plain".into() },
        FileError::TooLarge { limit: 200_000_000 },
        FileError::NameTooLong,
        FileError::Rejected { code: 3, message: "bad image".into() },
        FileError::NotMentioned,
        FileError::NotSent,
    ]
    .map(Trouble::from);
    refusals.into_iter().chain(files).collect()
}

#[test]
fn every_trouble_has_its_own_sentence() {
    let sentences: Vec<String> = every_trouble().iter().map(|t| explain(t, plain_numbers).sentence).collect();
    for sentence in &sentences {
        assert!(
            sentence.chars().next().is_some_and(|c| c.is_uppercase() || c == '“' || sentence.contains('.')),
            "{sentence}"
        );
        assert!(sentence.len() > 25 && !sentence.contains("{") && !sentence.contains("Error"), "{sentence}");
    }
    let mut distinct = sentences.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), sentences.len(), "two troubles share a sentence");
}

#[test]
fn whoever_waits_long_is_told_for_what_and_may_reload() {
    let told = [Wait::Storage, Wait::Engine, Wait::Screens].map(late);
    assert!(told.iter().all(|explained| explained.next == Next::Reload));
    assert!(told[0].sentence.contains("storage") && told[1].sentence.contains("background"));
    assert!(told[2].sentence.contains("loaded"));
}

#[test]
fn what_must_be_pasted_into_the_console_stands_alone() {
    let trouble = Trouble::from(ClientError::RedirectMissing {
        redirect_uri: "https://me.example/albumen/".into(),
        allowed: vec!["https://me.example".into(), "https://x.example".into()],
    });
    let explained = explain(&trouble, plain_numbers);
    assert_eq!(explained.value.as_deref(), Some("https://me.example/albumen/"));
    assert!(explained.sentence.contains("only https://me.example and 1 more"), "{}", explained.sentence);
}

#[test]
fn a_wait_says_how_long_in_the_right_number() {
    let said = |ms| explain(&Trouble::from(Refusal::Wait { wait_ms: Some(ms), busy: false }), plain_numbers).sentence;
    assert!(said(1_000).ends_with("Wait 1 second."), "{}", said(1_000));
    assert!(said(29_001).ends_with("Wait 30 seconds."), "{}", said(29_001));
}

#[test]
fn unticked_boxes_are_named() {
    let said = |scopes: &[&str]| {
        let missing = scopes.iter().map(|s| (*s).to_owned()).collect();
        explain(&Trouble::from(SignInError::ScopesUnticked { missing }), plain_numbers).sentence
    };
    assert!(said(&["photoslibrary.readonly.appcreateddata"]).contains("for seeing photos "));
    assert!(said(&["photoslibrary.appendonly"]).contains("for adding photos "));
    assert!(said(&["photoslibrary.edit.appcreateddata"]).contains("for changing descriptions "));
    assert!(said(&["photoslibrary.appendonly", "photoslibrary.readonly.appcreateddata"]).contains("seeing and adding"));
}
