//! Base URLs: how long they live, what stands behind them.

use serde_json::json;

use super::super::sniff;
use super::*;

/// The base URLs of some items, photos and videos.
fn base_urls(sandbox: &mut Sandbox, token: &str, kind: &str) -> Vec<(String, Value)> {
    let filters = json!({ "mediaTypeFilter": { "mediaTypes": [kind] } });
    let page = json(&search(sandbox, token, &json!({ "filters": filters })));
    let items = page["mediaItems"].as_array().unwrap();
    items.iter().map(|item| (item["baseUrl"].as_str().unwrap().to_owned(), item.clone())).collect()
}

fn fetch(sandbox: &mut Sandbox, url: &str, now_ms: i64) -> Outgoing {
    sandbox.answer(&with_header(incoming("GET", url), "origin", ORIGIN), now_ms)
}

fn size(outgoing: &Outgoing) -> (u32, u32) {
    assert_eq!((outgoing.status, outgoing.header("content-type")), (200, Some("image/jpeg")));
    let media = sniff::look(&outgoing.body).unwrap();
    (media.width_px, media.height_px)
}

#[test]
fn a_picture_comes_in_the_size_it_is_asked_for() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (url, item) = base_urls(&mut sandbox, &token, "PHOTO").remove(0);
    let side = |name: &str| item["mediaMetadata"][name].as_str().unwrap().parse::<f64>().unwrap();
    let (width, height) = size(&fetch(&mut sandbox, &format!("{url}=w300-h200"), NOW_MS));
    assert!(width == 300 && height <= 200 || width <= 300 && height == 200);
    assert!((f64::from(width) / f64::from(height) - side("width") / side("height")).abs() < 0.05);
    assert_eq!(size(&fetch(&mut sandbox, &format!("{url}=w300-h200-c"), NOW_MS)), (300, 200));
    assert_eq!(size(&fetch(&mut sandbox, &format!("{url}=w128"), NOW_MS)).0, 128);
}

#[test]
fn one_picture_differs_from_another_and_stays_itself() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let urls = base_urls(&mut sandbox, &token, "PHOTO");
    let mut shown = std::collections::BTreeSet::new();
    for (url, _) in &urls {
        let address = format!("{url}=w200-h200-c");
        let bytes = fetch(&mut sandbox, &address, NOW_MS).body;
        assert_eq!(bytes, fetch(&mut sandbox, &address, NOW_MS + 1000).body);
        shown.insert(bytes);
    }
    assert_eq!(shown.len(), urls.len());
}

#[test]
fn a_download_has_the_pictures_own_size_and_says_when_it_was_taken_but_not_where() {
    let mut sandbox = Sandbox::new(Settings { items: 40, ..settings() });
    let token = token(&mut sandbox);
    let urls = base_urls(&mut sandbox, &token, "PHOTO");
    let (url, item) = urls.iter().find(|(_, item)| item["mediaMetadata"]["photo"]["isoEquivalent"].is_u64()).unwrap();
    let reply = fetch(&mut sandbox, &format!("{url}=d"), NOW_MS);
    let (width, height) = size(&reply);
    assert_eq!(item["mediaMetadata"]["width"], width.to_string());
    assert_eq!(item["mediaMetadata"]["height"], height.to_string());
    let taken: jiff::Timestamp = item["mediaMetadata"]["creationTime"].as_str().unwrap().parse().unwrap();
    let captured_s = sniff::look(&reply.body).unwrap().captured_s.unwrap();
    // The camera's clock shows local time.
    assert!((captured_s - taken.as_second()).abs() <= 14 * 3600 && (captured_s - taken.as_second()) % 900 == 0);
}

#[test]
fn a_base_url_dies_after_an_hour_and_cannot_say_so_to_a_page() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (url, _) = base_urls(&mut sandbox, &token, "PHOTO").remove(0);
    let url = format!("{url}=w64");
    let alive = fetch(&mut sandbox, &url, NOW_MS + 3_599_999);
    assert_eq!((alive.status, alive.header("access-control-allow-origin")), (200, Some("*")));
    let dead = fetch(&mut sandbox, &url, NOW_MS + 3_600_000);
    assert_eq!((dead.status, dead.header("access-control-allow-origin")), (403, None));
}

#[test]
fn base_urls_die_with_the_grant_and_with_a_changed_letter() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (url, _) = base_urls(&mut sandbox, &token, "PHOTO").remove(0);
    let mut forged = url.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'Q' } else { 'A' });
    assert_eq!(fetch(&mut sandbox, &format!("{forged}=w64"), NOW_MS).status, 403);
    sandbox.interfere(Interference::RevokeGrants);
    assert_eq!(fetch(&mut sandbox, &format!("{url}=w64"), NOW_MS).status, 403);
}

#[test]
fn a_base_url_needs_its_parameters() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (url, _) = base_urls(&mut sandbox, &token, "PHOTO").remove(0);
    for wrong in ["", "=", "=huge", "=w0", "=w64-z"] {
        assert_eq!(fetch(&mut sandbox, &format!("{url}{wrong}"), NOW_MS).status, 400, "{wrong}");
    }
}

#[test]
fn a_video_shows_a_still_with_a_button_and_its_bytes_are_elsewhere() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (url, _) = base_urls(&mut sandbox, &token, "VIDEO").remove(0);
    let with_button = fetch(&mut sandbox, &format!("{url}=w320-h180"), NOW_MS).body;
    let without = fetch(&mut sandbox, &format!("{url}=w320-h180-no"), NOW_MS).body;
    assert_ne!(with_button, without);
    let moved = fetch(&mut sandbox, &format!("{url}=dv"), NOW_MS);
    assert_eq!((moved.status, moved.header("access-control-allow-origin")), (302, None));
    let bytes = fetch(&mut sandbox, moved.header("location").unwrap(), NOW_MS);
    assert_eq!((bytes.status, bytes.header("access-control-allow-origin")), (200, None));
    let (photo, _) = base_urls(&mut sandbox, &token, "PHOTO").remove(0);
    assert_eq!(fetch(&mut sandbox, &format!("{photo}=dv"), NOW_MS).status, 404);
}

#[test]
fn pictures_are_counted_by_the_day() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (url, _) = base_urls(&mut sandbox, &token, "PHOTO").remove(0);
    sandbox.interfere(Interference::Spend { project: "4711".into(), requests: 0, pictures: 75_000, now_ms: NOW_MS });
    assert_eq!(fetch(&mut sandbox, &format!("{url}=w64"), NOW_MS).status, 429);
}
