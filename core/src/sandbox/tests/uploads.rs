//! Uploads: bytes, tokens, items, and a memory of it all.

use serde_json::json;

use super::*;

fn upload_with(sandbox: &mut Sandbox, token: &str, bytes: &[u8], headers: &[(&str, &str)], now_ms: i64) -> Outgoing {
    let mut posted = api("POST", "/v1/uploads", token);
    posted.headers.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    posted.body = bytes.to_vec();
    sandbox.answer(&posted, now_ms)
}

const RAW: [(&str, &str); 2] = [("Content-type", "application/octet-stream"), ("X-Goog-Upload-Protocol", "raw")];

fn upload(sandbox: &mut Sandbox, token: &str, bytes: &[u8]) -> String {
    let reply = upload_with(sandbox, token, bytes, &RAW, NOW_MS);
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/plain; charset=utf-8")));
    String::from_utf8(reply.body).unwrap()
}

fn new_item(upload_token: &str, name: &str) -> Value {
    json!({ "description": "by hand", "simpleMediaItem": { "uploadToken": upload_token, "fileName": name } })
}

fn create(sandbox: &mut Sandbox, token: &str, items: &[Value]) -> Outgoing {
    post(sandbox, "/v1/mediaItems:batchCreate", token, &json!({ "newMediaItems": items }))
}

fn failed() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/google/item_failed.json")).unwrap()
}

#[test]
fn an_uploaded_picture_becomes_an_item_that_is_found_at_once() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let upload_token = upload(&mut sandbox, &token, &picture(64, 48, 90));
    let reply = create(&mut sandbox, &token, &[new_item(&upload_token, "wall.jpg")]);
    assert_eq!(reply.status, 200);
    let result = json(&reply)["newMediaItemResults"][0].clone();
    assert_eq!(result["uploadToken"], upload_token.as_str());
    assert_eq!(result["status"], json!({ "message": "Success" }));
    let item = &result["mediaItem"];
    assert_eq!((&item["filename"], &item["description"]), (&json!("wall.jpg"), &json!("by hand")));
    let metadata = &item["mediaMetadata"];
    assert_eq!((&metadata["width"], &metadata["height"]), (&json!("64"), &json!("48")));
    assert_eq!(metadata["creationTime"], "2026-11-10T12:00:00Z");
    let (found, _) = search_all(&mut sandbox, &token, &json!({ "pageSize": 100 }));
    assert_eq!((found.len(), &found[0]["id"]), (1201, &item["id"]));
    // Without a date of capture in the file no date filter finds it.
    let today = json!({ "dateFilter": { "dates": [{ "year": 2026, "month": 11, "day": 10 }] } });
    assert_eq!(json(&search(&mut sandbox, &token, &json!({ "filters": today }))), json!({}));
}

#[test]
fn an_upload_token_is_good_once_and_for_a_day() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let good = upload(&mut sandbox, &token, &picture(8, 8, 1));
    let spent = upload(&mut sandbox, &token, &picture(8, 8, 2));
    assert_eq!(create(&mut sandbox, &token, &[new_item(&spent, "a.jpg")]).status, 200);
    let old = {
        let reply = upload_with(&mut sandbox, &token, &picture(8, 8, 3), &RAW, NOW_MS - 86_400_000);
        String::from_utf8(reply.body).unwrap()
    };
    let items: Vec<Value> = [&good, &spent, &old, &"nonsense".to_owned()].map(|t| new_item(t, "b.jpg")).into();
    let reply = create(&mut sandbox, &token, &items);
    assert_eq!(reply.status, 207);
    let results = json(&reply)["newMediaItemResults"].clone();
    assert!(results[0]["mediaItem"].is_object());
    for nth in 1..4 {
        assert_eq!(results[nth]["status"], failed());
        assert!(results[nth].get("mediaItem").is_none());
    }
    let all_bad = create(&mut sandbox, &token, &[new_item(&spent, "a.jpg")]);
    assert_eq!(refusal(&all_bad).2, failed()["message"].as_str().unwrap());
}

#[test]
fn bytes_that_are_no_picture_fail_alone() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let good = upload(&mut sandbox, &token, &picture(8, 8, 1));
    let note = upload(&mut sandbox, &token, b"dear diary");
    let reply = create(&mut sandbox, &token, &[new_item(&note, "note.txt"), new_item(&good, "a.jpg")]);
    assert_eq!(reply.status, 207);
    assert_eq!(json(&reply)["newMediaItemResults"][0]["status"], failed());
    assert_eq!(sandbox.truth().count(), 1201);
}

#[test]
fn identical_bytes_give_the_item_that_is_there_under_its_first_name() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let mut made = |name: &str| {
        let upload_token = upload(&mut sandbox, &token, &picture(8, 8, 1));
        json(&create(&mut sandbox, &token, &[new_item(&upload_token, name)]))["newMediaItemResults"][0].clone()
    };
    let (first, second) = (made("first.jpg"), made("second.jpg"));
    assert_eq!(first["mediaItem"]["id"], second["mediaItem"]["id"]);
    assert_eq!(second["mediaItem"]["filename"], "first.jpg");
}

#[test]
fn uploads_need_their_headers_and_something_to_upload() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let bytes = picture(8, 8, 1);
    let mut refused =
        |bytes: &[u8], headers: &[(&str, &str)]| is_invalid(&upload_with(&mut sandbox, &token, bytes, headers, NOW_MS));
    assert!(refused(b"", &RAW));
    assert!(refused(&bytes, &RAW[..1]));
    assert!(refused(&bytes, &RAW[1..]));
    assert!(refused(&bytes, &[("Content-type", "image/jpeg"), RAW[1]]));
}

#[test]
fn photos_of_more_than_two_hundred_megabytes_are_refused() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let mut large = picture(8, 8, 1);
    large.resize((200 << 20) + 1, 0);
    assert!(is_invalid(&upload_with(&mut sandbox, &token, &large, &RAW, NOW_MS)));
    large.truncate(200 << 20);
    assert_eq!(upload_with(&mut sandbox, &token, &large, &RAW, NOW_MS).status, 200);
}

#[test]
fn the_name_sent_with_the_bytes_is_used_when_no_other_is_given() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let named = [RAW[0], RAW[1], ("X-Goog-Upload-File-Name", "Stra%C3%9Fe.jpg")];
    let reply = upload_with(&mut sandbox, &token, &picture(8, 8, 1), &named, NOW_MS);
    let upload_token = String::from_utf8(reply.body).unwrap();
    let item = json!({ "simpleMediaItem": { "uploadToken": upload_token } });
    let made = json(&create(&mut sandbox, &token, &[item]));
    assert_eq!(made["newMediaItemResults"][0]["mediaItem"]["filename"], "Straße.jpg");
    assert!(made["newMediaItemResults"][0]["mediaItem"].get("description").is_none());
}

#[test]
fn what_a_batch_may_not_be_is_refused_whole() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let item = |name: &str| new_item("t", name);
    let long = json!({ "description": "x".repeat(1000), "simpleMediaItem": { "uploadToken": "t" } });
    for items in [vec![], vec![item("a.jpg"); 51], vec![item(&"n".repeat(256))], vec![long], vec![json!({})]] {
        assert!(is_invalid(&create(&mut sandbox, &token, &items)));
    }
    let position = json!({ "newMediaItems": [item("a")], "albumPosition": { "position": "LAST_IN_ALBUM" } });
    assert!(is_invalid(&post(&mut sandbox, "/v1/mediaItems:batchCreate", &token, &position)));
    let no_token = create(&mut sandbox, &token, &[json!({ "simpleMediaItem": { "fileName": "a.jpg" } })]);
    assert_eq!(refusal(&no_token).2, "Request must contain a valid upload token.");
    let odd = create(&mut sandbox, &token, &[json!({ "simpleMediaItem": { "uploadToken": "t", "size": 3 } })]);
    assert_eq!(
        refusal(&odd).2,
        "Invalid JSON payload received. Unknown name \"size\" at 'new_media_items[0].simple_media_item': Cannot find field."
    );
}

#[test]
fn two_batches_at_once_are_one_too_many() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let upload_token = upload(&mut sandbox, &token, &picture(8, 8, 1));
    sandbox.interfere(Interference::BeginWrite);
    let refused = create(&mut sandbox, &token, &[new_item(&upload_token, "a.jpg")]);
    assert_eq!((refusal(&refused).0, refused.header("retry-after")), (429, Some("30")));
    assert_eq!(json(&refused)["error"]["details"][0]["retryDelay"], "30s");
    sandbox.interfere(Interference::EndWrite);
    assert_eq!(create(&mut sandbox, &token, &[new_item(&upload_token, "a.jpg")]).status, 200);
}

#[test]
fn an_upload_can_lie_in_an_album() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let album = json(&get(&mut sandbox, "/v1/albums", &token))["albums"][0].clone();
    let upload_token = upload(&mut sandbox, &token, &picture(8, 8, 1));
    let body = json!({ "albumId": album["id"], "newMediaItems": [new_item(&upload_token, "a.jpg")] });
    assert_eq!(post(&mut sandbox, "/v1/mediaItems:batchCreate", &token, &body).status, 200);
    let (items, _) = search_all(&mut sandbox, &token, &json!({ "albumId": album["id"] }));
    let before: usize = album["mediaItemsCount"].as_str().unwrap().parse().unwrap();
    assert_eq!((items.len(), &items[0]["filename"]), (before + 1, &json!("a.jpg")));
}

#[test]
fn a_reload_loses_nothing() {
    let mut sandbox = sandbox();
    assert!(!sandbox.changed());
    let token = token(&mut sandbox);
    assert!(sandbox.changed() && !sandbox.changed());
    let made = upload(&mut sandbox, &token, &picture(8, 8, 1));
    let waiting = upload(&mut sandbox, &token, &picture(8, 8, 2));
    create(&mut sandbox, &token, &[new_item(&made, "a.jpg")]);
    assert!(sandbox.changed());
    let later = Settings { items: 5, last_day: Day(0), cors: Cors::Pessimistic, ..settings() };
    let mut again = Sandbox::restore(later, &sandbox.snapshot()).unwrap();
    assert!(!again.changed());
    assert!(again.truth().eq(sandbox.truth()));
    assert_eq!(again.snapshot(), sandbox.snapshot());
    assert_eq!(create(&mut again, &token, &[new_item(&waiting, "b.jpg")]).status, 200);
    let spent = create(&mut again, &token, &[new_item(&made, "a.jpg")]);
    assert_eq!(spent.status, 400);
    // What is given out from now on is new.
    assert_ne!(upload(&mut again, &token, &picture(8, 8, 3)), waiting);
}

#[test]
fn a_damaged_snapshot_is_none() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    upload(&mut sandbox, &token, &picture(8, 8, 1));
    let snapshot = sandbox.snapshot();
    for at in [0, 8, 20, snapshot.len() / 2, snapshot.len() - 1] {
        let mut damaged = snapshot.clone();
        damaged[at] ^= 1;
        assert!(Sandbox::restore(settings(), &damaged).is_none(), "{at}");
        assert!(Sandbox::restore(settings(), &snapshot[..at]).is_none(), "{at}");
    }
}
