//! The pretend Google's replies against the types generated from Google's own discovery document.
//!
//! The generated types take any subset of their fields and ignore what they do not know, so that reading alone proves
//! nothing. What went in must come out: a name that Google does not have is lost on the way, a value of another form
//! comes out otherwise.

use albumen_core::ports::{Method, Reply, Request};
use albumen_core::sandbox::{Cors, Day, Person, RegisteredClient, RegisteredKind, Sandbox, Settings, page};
use google_photoslibrary1::api;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

const ORIGIN: &str = "http://localhost:8080";
const BASE: &str = "http://localhost:8080/";
const NOW_MS: i64 = 1_794_312_000_000; // 2026-11-10T12:00:00Z
const API: &str = "https://photoslibrary.googleapis.com/v1";

/// A page of a signed-in person.
struct Walk {
    sandbox: Sandbox,
    access_token: String,
}

impl Walk {
    fn new() -> Self {
        let client = RegisteredClient {
            client_id: "c".into(),
            client_secret: "s".into(),
            kind: RegisteredKind::Web { origins: vec![ORIGIN.into()], redirect_uris: vec![BASE.into()] },
            project: "4711".into(),
        };
        let mut sandbox = Sandbox::new(Settings {
            seed: 11,
            items: 900,
            last_day: Day::from_ymd(2026, 11, 1).expect("the day exists"),
            cors: Cors::Generous,
            clients: vec![client],
            person: Person { email: "ada@example.com".into(), sub: "1001".into() },
            testing: false,
        });
        let scopes = ["readonly.appcreateddata", "appendonly", "edit.appcreateddata"]
            .map(|name| format!("https://www.googleapis.com/auth/photoslibrary.{name}"));
        let asked = format!(
            "https://accounts.google.com/o/oauth2/v2/auth?client_id=c&redirect_uri={BASE}&response_type=token&scope={}",
            scopes.join("%20")
        );
        let back = sandbox.consent(&asked, true, &scopes, NOW_MS).expect("the address is one of Google's");
        let token = back.split("access_token=").nth(1).and_then(|rest| rest.split('&').next());
        Self { access_token: token.expect("a token comes back").to_owned(), sandbox }
    }

    fn send(&mut self, request: Request, body: Vec<u8>) -> Reply {
        let request = request.bearer(&self.access_token);
        page::fetch(&mut self.sandbox, ORIGIN, &request, body, NOW_MS).expect("the reply may be read")
    }

    fn get(&mut self, path: &str) -> Value {
        json_of(&self.send(Request::get(format!("{API}{path}")), Vec::new()), 200)
    }

    fn post(&mut self, path: &str, body: &Value, status: u16) -> Value {
        let bytes = body.to_string().into_bytes();
        let request = Request::post(format!("{API}{path}"), "application/json", bytes.clone());
        json_of(&self.send(request, bytes), status)
    }

    fn upload(&mut self, bytes: &[u8]) -> String {
        let request = Request::post(format!("{API}/uploads"), "application/octet-stream", bytes)
            .header("x-goog-upload-protocol", "raw");
        String::from_utf8(self.send(request, bytes.to_vec()).body).expect("an upload token is text")
    }
}

fn json_of(reply: &Reply, status: u16) -> Value {
    assert_eq!(reply.status, status, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice(&reply.body).expect("the sandbox writes JSON")
}

/// Asserts that a reply comes out of a generated type as it went into it.
fn assert_unchanged<T: Serialize + DeserializeOwned>(reply: &Value) {
    // From text and back to text: the generated durations borrow, and their floats are written as short as they are.
    let read: T = serde_json::from_str(&reply.to_string()).expect("the generated type reads the reply");
    let written = serde_json::to_string(&read).expect("the generated type writes what it read");
    let written: Value = serde_json::from_str(&written).expect("it writes JSON");
    assert_eq!(normal(written), normal(reply.clone()));
}

/// Makes equal what JSON leaves open, and nothing else:
/// * the generated types write `null` for absent fields (protobuf: JSON mapping: the same thing);
/// * 2 and 2.0 are one number, and Google's `float` has 32 bits (protobuf: JSON mapping, float);
/// * a duration may have 0, 3, 6 or 9 digits after the point (protobuf: JSON mapping, Duration): the generated types
///   write nine.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| {
                    let value = if name == "exposureTime" { nine_digits(&value) } else { normal(value) };
                    (name, value)
                })
                .collect(),
        ),
        Value::Array(values) => Value::Array(values.into_iter().map(normal).collect()),
        Value::Number(number) => json!(number.as_f64().map(|number| number as f32)),
        other => other,
    }
}

fn nine_digits(duration: &Value) -> Value {
    let text = duration.as_str().and_then(|text| text.strip_suffix('s')).expect("durations end in s");
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(matches!(fraction.len(), 0 | 3 | 6 | 9), "{text} has a fraction that no duration has");
    json!(format!("{seconds}.{fraction:0<9}s"))
}

fn picture(grey: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut file, 70);
    encoder.encode(&[grey; 64], 8, 8, jpeg_encoder::ColorType::Luma).expect("eight by eight can be encoded");
    file
}

#[test]
fn pages_of_a_search_and_of_a_list_are_googles() {
    let mut walk = Walk::new();
    let (mut found, mut body) = (0, json!({ "pageSize": 100 }));
    loop {
        let page = walk.post("/mediaItems:search", &body, 200);
        assert_unchanged::<api::SearchMediaItemsResponse>(&page);
        found += page["mediaItems"].as_array().map_or(0, Vec::len);
        match page.get("nextPageToken") {
            Some(next) => body["pageToken"] = next.clone(),
            None => break,
        }
    }
    assert_eq!(found, 900);
    let list = walk.get("/mediaItems?pageSize=100");
    assert!(list["mediaItems"].as_array().is_some_and(|items| items.len() == 100));
    assert_unchanged::<api::ListMediaItemsResponse>(&list);
}

#[test]
fn single_items_of_every_kind_are_googles() {
    let mut walk = Walk::new();
    let truth: Vec<_> = walk.sandbox.truth().collect();
    let (mut videos, mut photos) = (0, 0);
    for item in truth.iter().step_by(9) {
        let read = walk.get(&format!("/mediaItems/{}", item.id));
        assert_unchanged::<api::MediaItem>(&read);
        let generated: api::MediaItem = serde_json::from_str(&read.to_string()).unwrap();
        let metadata = generated.media_metadata.expect("every item has metadata");
        assert_eq!(metadata.creation_time.map(|time| time.timestamp()), Some(item.taken_s));
        assert_eq!(metadata.width, Some(i64::from(item.width_px)));
        videos += usize::from(metadata.video.is_some());
        photos += usize::from(metadata.photo.is_some());
    }
    assert!(videos > 0 && photos > 50);
}

#[test]
fn items_by_the_fifty_with_their_failures_are_googles() {
    let mut walk = Walk::new();
    let ids: Vec<_> = walk.sandbox.truth().take(48).map(|item| format!("mediaItemIds={}", item.id)).collect();
    let reply = walk.get(&format!("/mediaItems:batchGet?mediaItemIds=nonsense&{}", ids.join("&")));
    assert_eq!(reply["mediaItemResults"].as_array().map(Vec::len), Some(49));
    assert!(reply["mediaItemResults"][0]["status"]["code"].is_i64());
    assert_unchanged::<api::BatchGetMediaItemsResponse>(&reply);
}

#[test]
fn what_becomes_of_uploads_is_googles() {
    let mut walk = Walk::new();
    let item = |token: &str| json!({ "simpleMediaItem": { "uploadToken": token, "fileName": "a.jpg" } });
    let one = walk.upload(&picture(1));
    let created = walk.post("/mediaItems:batchCreate", &json!({ "newMediaItems": [item(&one)] }), 200);
    assert_unchanged::<api::BatchCreateMediaItemsResponse>(&created);
    let (two, note) = (walk.upload(&picture(2)), walk.upload(b"no picture"));
    let mixed = json!({ "newMediaItems": [item(&two), item(&note), item(&one)] });
    let partly = walk.post("/mediaItems:batchCreate", &mixed, 207);
    assert_eq!(partly["newMediaItemResults"].as_array().map(Vec::len), Some(3));
    assert_unchanged::<api::BatchCreateMediaItemsResponse>(&partly);
}

#[test]
fn edited_items_are_googles() {
    let mut walk = Walk::new();
    let ids: Vec<_> = walk.sandbox.truth().step_by(90).map(|item| item.id).collect();
    for id in ids {
        for description in ["At the lake", ""] {
            let body = json!({ "description": description }).to_string().into_bytes();
            let url = format!("{API}/mediaItems/{id}?updateMask=description");
            let request = Request { method: Method::Patch, ..Request::post(url, "application/json", body.clone()) };
            let edited = json_of(&walk.send(request, body), 200);
            assert_unchanged::<api::MediaItem>(&edited);
            assert_eq!(edited["description"].as_str().unwrap_or_default(), description);
        }
    }
}

#[test]
fn albums_are_googles() {
    let mut walk = Walk::new();
    let albums = walk.get("/albums");
    assert!(
        albums["albums"].as_array().is_some_and(|albums| albums.len() == 20) && albums["nextPageToken"].is_string()
    );
    assert_unchanged::<api::ListAlbumsResponse>(&albums);
    let (mut page, mut has_empty) = (albums, false);
    while let Some(next) = page["nextPageToken"].as_str() {
        page = walk.get(&format!("/albums?pageSize=50&pageToken={next}"));
        assert_unchanged::<api::ListAlbumsResponse>(&page);
        has_empty |= page["albums"].as_array().is_some_and(|a| a.iter().any(|a| a.get("mediaItemsCount").is_none()));
    }
    assert!(has_empty, "nothing is said of an empty album's items");
}

#[test]
fn a_name_that_google_does_not_have_would_be_noticed() {
    let mut walk = Walk::new();
    let mut page = walk.post("/mediaItems:search", &json!({}), 200);
    page["mediaItems"][0]["fileSize"] = json!("3");
    assert!(std::panic::catch_unwind(|| assert_unchanged::<api::SearchMediaItemsResponse>(&page)).is_err());
}
