//! What a page can do in both worlds of CORS.

use serde_json::json;

use super::super::page::fetch;
use super::*;
use crate::ports::{HttpError, Reading, Request};

const API: &str = "https://photoslibrary.googleapis.com";

fn pessimistic() -> Sandbox {
    Sandbox::new(Settings { cors: Cors::Pessimistic, ..settings() })
}

fn unreachable(host: &str) -> HttpError {
    HttpError::Unreachable { host: host.into() }
}

fn search_request(token: &str) -> Request {
    Request::post(format!("{API}/v1/mediaItems:search"), "application/json", "{}").bearer(token)
}

fn upload_request(token: &str) -> Request {
    Request::post(format!("{API}/v1/uploads"), "application/octet-stream", "")
        .bearer(token)
        .header("x-goog-upload-protocol", "raw")
        .header("x-goog-upload-content-type", "image/jpeg")
}

fn token_request() -> Request {
    Request::post("https://oauth2.googleapis.com/token", "application/x-www-form-urlencoded", "")
}

#[test]
fn a_page_may_search_in_both_worlds() {
    for mut sandbox in [sandbox(), pessimistic()] {
        let token = token(&mut sandbox);
        let reply = fetch(&mut sandbox, ORIGIN, &search_request(&token), b"{}".to_vec(), NOW_MS).unwrap();
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json; charset=UTF-8")));
        let refused = fetch(&mut sandbox, ORIGIN, &search_request("dead"), b"{}".to_vec(), NOW_MS).unwrap();
        assert_eq!(refused.status, 401);
    }
}

#[test]
fn a_page_does_not_see_how_long_to_wait_but_in_the_body() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    sandbox.interfere(Interference::BeginWrite);
    let request = Request::post(format!("{API}/v1/mediaItems:batchCreate"), "application/json", "{}").bearer(&token);
    let reply = fetch(&mut sandbox, ORIGIN, &request, b"{}".to_vec(), NOW_MS).unwrap();
    assert_eq!((reply.status, reply.header("retry-after")), (429, None));
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(body["error"]["details"][0]["retryDelay"], "30s");
}

#[test]
fn uploads_pass_the_preflight_in_the_generous_world_only() {
    let mut generous = sandbox();
    let token = token_for(&mut generous, "web", &[APPEND], NOW_MS);
    let reply = fetch(&mut generous, ORIGIN, &upload_request(&token), picture(8, 8, 1), NOW_MS).unwrap();
    assert_eq!(reply.status, 200);
    let mut pessimistic = pessimistic();
    let token = token_for(&mut pessimistic, "web", &[APPEND], NOW_MS);
    let refused = fetch(&mut pessimistic, ORIGIN, &upload_request(&token), picture(8, 8, 1), NOW_MS);
    assert_eq!(refused, Err(unreachable("photoslibrary.googleapis.com")));
    assert!(pessimistic.state.received.is_empty());
}

#[test]
fn a_header_that_google_does_not_know_fails_the_preflight() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let odd = search_request(&token).header("x-albumen", "1");
    assert!(fetch(&mut sandbox, ORIGIN, &odd, b"{}".to_vec(), NOW_MS).is_err());
}

#[test]
fn token_replies_of_desktop_clients_and_strange_origins_are_unreadable_in_the_pessimistic_world() {
    let ask = |sandbox: &mut Sandbox, origin: &str, client_id: &str| {
        let body = query(&[("client_id", client_id), ("grant_type", "refresh_token"), ("refresh_token", "x")]);
        fetch(sandbox, origin, &token_request(), body.into_bytes(), NOW_MS).map(|reply| reply.status)
    };
    let loopback = "http://localhost:8080";
    assert_eq!(ask(&mut sandbox(), loopback, "desktop"), Ok(400));
    assert_eq!(ask(&mut sandbox(), loopback, "web"), Ok(400));
    let dead = Err(unreachable("oauth2.googleapis.com"));
    assert_eq!(ask(&mut pessimistic(), loopback, "desktop"), dead);
    assert_eq!(ask(&mut pessimistic(), loopback, "web"), dead);
    assert_eq!(ask(&mut pessimistic(), ORIGIN, "web"), Ok(400));
}

#[test]
fn a_revocation_is_heard_and_never_read() {
    for mut sandbox in [sandbox(), pessimistic()] {
        let token = token(&mut sandbox);
        let body = query(&[("token", &token)]).into_bytes();
        let request = Request::post("https://oauth2.googleapis.com/revoke", "application/x-www-form-urlencoded", "");
        let blind = Request { reading: Reading::Blind, ..request.clone() };
        let reply = fetch(&mut sandbox, ORIGIN, &blind, body.clone(), NOW_MS).unwrap();
        assert_eq!((reply.status, reply.body.len(), reply.headers.len()), (0, 0, 0));
        let searched = fetch(&mut sandbox, ORIGIN, &search_request(&token), b"{}".to_vec(), NOW_MS).unwrap();
        assert_eq!(searched.status, 401);
        let read = fetch(&mut sandbox, ORIGIN, &request, body, NOW_MS);
        assert_eq!(read, Err(unreachable("oauth2.googleapis.com")));
    }
}

#[test]
fn a_blind_request_loses_its_headers() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let upload_token = {
        let request = Request { reading: Reading::Blind, ..upload_request(&token) };
        fetch(&mut sandbox, ORIGIN, &request, picture(8, 8, 1), NOW_MS).unwrap()
    };
    assert_eq!(upload_token.status, 0);
    assert!(sandbox.state.received.is_empty());
}

#[test]
fn pictures_can_be_read_without_a_token_and_videos_not_at_all() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let filters = json!({ "mediaTypeFilter": { "mediaTypes": ["VIDEO"] } });
    let page = json(&search(&mut sandbox, &token, &json!({ "filters": filters })));
    let url = page["mediaItems"][0]["baseUrl"].as_str().unwrap();
    let still = fetch(&mut sandbox, ORIGIN, &Request::get(format!("{url}=w64")), Vec::new(), NOW_MS).unwrap();
    assert_eq!((still.status, still.header("content-disposition")), (200, None));
    let moving = fetch(&mut sandbox, ORIGIN, &Request::get(format!("{url}=dv")), Vec::new(), NOW_MS);
    assert_eq!(moving, Err(unreachable("lh3.googleusercontent.com")));
    let with_token = Request::get(format!("{url}=w64")).bearer(&token);
    assert!(fetch(&mut sandbox, ORIGIN, &with_token, Vec::new(), NOW_MS).is_ok());
    let mut strict = Sandbox::restore(Settings { cors: Cors::Pessimistic, ..settings() }, &sandbox.snapshot()).unwrap();
    assert!(fetch(&mut strict, ORIGIN, &with_token, Vec::new(), NOW_MS).is_err());
}

#[test]
fn the_consent_page_and_foreign_hosts_cannot_be_fetched() {
    let mut sandbox = sandbox();
    for url in [authorize(&[]), "https://example.com/".into(), "http://photoslibrary.googleapis.com/".into()] {
        assert!(fetch(&mut sandbox, ORIGIN, &Request::get(url), Vec::new(), NOW_MS).is_err());
    }
}
