//! Another description: who may give one, to what, and that it stays.

use serde_json::json;

use super::*;

fn patch(sandbox: &mut Sandbox, path: &str, token: &str, body: &Value) -> Outgoing {
    let mut asked = with_header(api("PATCH", path, token), "Content-Type", "application/json");
    asked.body = body.to_string().into_bytes();
    sandbox.answer(&asked, NOW_MS)
}

fn editor(sandbox: &mut Sandbox) -> String {
    token_for(sandbox, "web", &[READ, APPEND, EDIT], NOW_MS)
}

/// The address under which an item's description is changed.
fn of(id: &str) -> String {
    format!("/v1/mediaItems/{id}?updateMask=description")
}

fn some_id(sandbox: &Sandbox) -> String {
    sandbox.truth().nth(40).unwrap().id
}

#[test]
fn a_description_is_changed_answered_and_found_again() {
    let mut sandbox = sandbox();
    let token = editor(&mut sandbox);
    let id = some_id(&sandbox);
    for text in ["Zwei\nZeilen <b>", "another", ""] {
        let reply = patch(&mut sandbox, &of(&id), &token, &json!({ "description": text }));
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
        let read = json(&get(&mut sandbox, &format!("/v1/mediaItems/{id}"), &token));
        for item in [&json(&reply), &read] {
            assert_eq!(item["id"], id);
            // proto3 leaves out an empty text.
            assert_eq!(item.get("description").and_then(Value::as_str), Some(text).filter(|text| !text.is_empty()));
        }
        assert_eq!(sandbox.truth().find(|item| item.id == id).unwrap().description, text);
    }
}

#[test]
fn a_changed_description_outlives_a_reload() {
    let mut sandbox = sandbox();
    let token = editor(&mut sandbox);
    let id = some_id(&sandbox);
    patch(&mut sandbox, &of(&id), &token, &json!({ "description": "kept" }));
    assert!(sandbox.changed());
    let sandbox = Sandbox::restore(settings(), &sandbox.snapshot()).unwrap();
    assert_eq!(sandbox.truth().find(|item| item.id == id).unwrap().description, "kept");
}

#[test]
fn nothing_but_the_description_is_read() {
    let mut sandbox = sandbox();
    let token = editor(&mut sandbox);
    let id = some_id(&sandbox);
    let before = json(&get(&mut sandbox, &format!("/v1/mediaItems/{id}"), &token));
    let body = json!({ "id": "other", "description": "x", "filename": "evil.exe", "mediaMetadata": { "width": "1" } });
    let after = json(&patch(&mut sandbox, &of(&id), &token, &body));
    assert_eq!((&after["filename"], &after["mediaMetadata"]), (&before["filename"], &before["mediaMetadata"]));
    assert!(is_invalid(&patch(&mut sandbox, &of(&id), &token, &json!({ "title": "x" }))));
    assert!(is_invalid(&patch(&mut sandbox, &of(&id), &token, &json!({ "description": 7 }))));
}

#[test]
fn the_mask_must_name_the_description_and_nothing_else() {
    let mut sandbox = sandbox();
    let token = editor(&mut sandbox);
    let id = some_id(&sandbox);
    for query in [
        "",
        "?updateMask=",
        "?updateMask=filename",
        "?updateMask=description,filename",
        "?updateMask=*",
        "?mask=description",
    ] {
        let reply = patch(&mut sandbox, &format!("/v1/mediaItems/{id}{query}"), &token, &json!({ "description": "x" }));
        assert!(is_invalid(&reply), "{query}");
    }
}

#[test]
fn a_description_is_shorter_than_a_thousand_characters() {
    let mut sandbox = sandbox();
    let token = editor(&mut sandbox);
    let id = some_id(&sandbox);
    let long = |count: usize| json!({ "description": "é".repeat(count) });
    assert_eq!(patch(&mut sandbox, &of(&id), &token, &long(999)).status, 200);
    assert!(is_invalid(&patch(&mut sandbox, &of(&id), &token, &long(1000))));
}

#[test]
fn only_the_scope_for_editing_edits() {
    let mut sandbox = sandbox();
    let id = some_id(&sandbox);
    for scopes in [&[READ][..], &[APPEND], &["https://www.googleapis.com/auth/photoslibrary"], &[READ, APPEND]] {
        let token = token_for(&mut sandbox, "web", scopes, NOW_MS);
        let reply = patch(&mut sandbox, &of(&id), &token, &json!({ "description": "x" }));
        assert_eq!(refusal(&reply).2, "Request had insufficient authentication scopes.", "{scopes:?}");
    }
}

#[test]
fn items_of_another_app_and_no_items_cannot_be_edited() {
    let mut sandbox = sandbox();
    let other = token_for(&mut sandbox, "other", &[READ, EDIT], NOW_MS);
    let id = some_id(&sandbox);
    assert_eq!(refusal(&patch(&mut sandbox, &of(&id), &other, &json!({ "description": "x" }))).1, "NOT_FOUND");
    assert!(is_invalid(&patch(&mut sandbox, &of("nonsense"), &other, &json!({ "description": "x" }))));
}

#[test]
fn edits_come_one_after_another_and_not_too_many_a_minute() {
    let mut sandbox = sandbox();
    let token = editor(&mut sandbox);
    let id = some_id(&sandbox);
    sandbox.interfere(Interference::BeginWrite);
    assert_eq!(patch(&mut sandbox, &of(&id), &token, &json!({ "description": "x" })).status, 429);
    sandbox.interfere(Interference::EndWrite);
    let statuses: Vec<u16> =
        (0..61).map(|_| patch(&mut sandbox, &of(&id), &token, &json!({ "description": "x" })).status).collect();
    assert_eq!((statuses[0], statuses[60]), (200, 429));
}

#[test]
fn a_page_may_send_it_after_a_preflight() {
    let mut sandbox = sandbox();
    let token = editor(&mut sandbox);
    let url = format!("https://photoslibrary.googleapis.com{}", of(&some_id(&sandbox)));
    for cors in [Cors::Generous, Cors::Pessimistic] {
        sandbox.settings.cors = cors;
        let body = br#"{"description":"from a page"}"#.to_vec();
        let request = crate::ports::Request {
            method: crate::ports::Method::Patch,
            ..crate::ports::Request::post(url.clone(), "application/json", body.clone())
        };
        let reply = super::super::page::fetch(&mut sandbox, ORIGIN, &request.bearer(&token), body, NOW_MS);
        assert_eq!(reply.map(|reply| reply.status), Ok(200), "{cors:?}");
    }
}
