//! The Library API: what is found, in which pages, and what is refused.

use serde_json::json;

use super::*;

fn day_range(first: (i32, u32, u32), last: (i32, u32, u32)) -> Value {
    let date = |(year, month, day): (i32, u32, u32)| json!({ "year": year, "month": month, "day": day });
    json!({ "dateFilter": { "ranges": [{ "startDate": date(first), "endDate": date(last) }] } })
}

fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[test]
fn a_search_without_filters_finds_everything_once_newest_first() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (items, pages) = search_all(&mut sandbox, &token, &json!({ "pageSize": 100 }));
    let mut truth: Vec<String> = sandbox.truth().map(|truth| truth.id).collect();
    truth.reverse();
    assert_eq!(ids(&items), truth);
    assert!(pages.iter().all(|count| *count <= 100));
}

#[test]
fn pages_are_now_and_then_short_and_even_empty_before_the_end() {
    let mut sandbox = Sandbox::new(Settings { items: 4000, ..settings() });
    let token = token(&mut sandbox);
    let (items, pages) = search_all(&mut sandbox, &token, &json!({ "pageSize": 20 }));
    assert_eq!(items.len(), 4000);
    let before_the_end = &pages[..pages.len() - 1];
    assert!(before_the_end.contains(&0), "{pages:?}");
    assert!(before_the_end.iter().any(|count| (1..20).contains(count)));
    assert!(before_the_end.iter().filter(|count| **count == 20).count() * 2 > pages.len());
}

#[test]
fn a_list_is_a_search_without_filters() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let mut found = Vec::new();
    let mut path = "/v1/mediaItems?pageSize=100".to_owned();
    loop {
        let page = json(&get(&mut sandbox, &path, &token));
        found.extend(page["mediaItems"].as_array().cloned().unwrap_or_default());
        let Some(next) = page["nextPageToken"].as_str() else { break };
        path = format!("/v1/mediaItems?pageSize=100&pageToken={next}");
    }
    let (searched, _) = search_all(&mut sandbox, &token, &json!({}));
    assert_eq!(ids(&found), ids(&searched));
}

#[test]
fn a_date_range_finds_the_days_between_both_included() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let filters = day_range((2019, 6, 1), (2020, 5, 31));
    let (items, _) = search_all(&mut sandbox, &token, &json!({ "pageSize": 100, "filters": filters }));
    let span = Day::from_ymd(2019, 6, 1).unwrap()..=Day::from_ymd(2020, 5, 31).unwrap();
    let mut truth: Vec<String> =
        sandbox.truth().filter(|t| span.contains(&Day::of_utc_s(t.taken_s))).map(|t| t.id).collect();
    truth.reverse();
    assert!(truth.len() > 20);
    assert_eq!(ids(&items), truth);
}

#[test]
fn oldest_first_is_the_other_way_round_and_needs_a_date_filter() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let filters = day_range((2015, 1, 1), (2016, 12, 31));
    let ordered = |order: &str| json!({ "pageSize": 50, "filters": filters, "orderBy": order });
    let (mut newest, _) = search_all(&mut sandbox, &token, &ordered("MediaMetadata.creation_time desc"));
    let (oldest, _) = search_all(&mut sandbox, &token, &ordered("MediaMetadata.creation_time"));
    newest.reverse();
    assert_eq!(ids(&newest), ids(&oldest));
    let order = "MediaMetadata.creation_time";
    let mut beside = filters.clone();
    beside["mediaTypeFilter"] = json!({ "mediaTypes": ["PHOTO"] });
    for wrong in [
        json!({ "orderBy": order }),
        json!({ "orderBy": order, "filters": { "mediaTypeFilter": { "mediaTypes": ["PHOTO"] } } }),
        json!({ "orderBy": order, "filters": beside }),
        json!({ "orderBy": "creation_time", "filters": filters }),
    ] {
        assert!(is_invalid(&search(&mut sandbox, &token, &wrong)), "{wrong}");
    }
}

#[test]
fn photos_and_videos_can_be_told_apart() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let mut count = |kind: &str| {
        let filters = json!({ "mediaTypeFilter": { "mediaTypes": [kind] } });
        let (items, _) = search_all(&mut sandbox, &token, &json!({ "pageSize": 100, "filters": filters }));
        let video = kind == "VIDEO";
        assert!(items.iter().all(|item| item["mimeType"].as_str().unwrap().starts_with("video/") == video));
        items.len()
    };
    let (photos, videos) = (count("PHOTO"), count("VIDEO"));
    assert_eq!(photos + videos, 1200);
    assert_eq!(videos, sandbox.truth().filter(|truth| truth.is_video).count());
}

#[test]
fn what_google_refuses_is_refused() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let album = json(&get(&mut sandbox, "/v1/albums", &token))["albums"][0]["id"].clone();
    let year = json!({ "year": 2018 });
    let range = json!({ "startDate": year, "endDate": year });
    for wrong in [
        json!({ "pageSize": 101 }),
        json!({ "pageSize": -1 }),
        json!({ "pageSize": "many" }),
        json!({ "pageToken": "nonsense" }),
        json!({ "filters": { "dateFilter": { "ranges": vec![range; 6] } } }),
        json!({ "filters": { "mediaTypeFilter": { "mediaTypes": ["PHOTO", "VIDEO"] } } }),
        json!({ "filters": { "dateFilter": { "dates": [{ "year": 2023, "month": 2, "day": 30 }] } } }),
        json!({ "filters": {}, "albumId": album }),
        json!({ "albumId": "nonsense" }),
        json!({ "limit": 3 }),
    ] {
        assert!(is_invalid(&search(&mut sandbox, &token, &wrong)), "{wrong}");
    }
    let unknown = search(&mut sandbox, &token, &json!({ "filters": { "dateFilter": { "range": [] } } }));
    assert_eq!(
        refusal(&unknown).2,
        "Invalid JSON payload received. Unknown name \"range\" at 'filters.date_filter': Cannot find field."
    );
    assert!(is_invalid(&get(&mut sandbox, "/v1/mediaItems?pageSize=101", &token)));
    assert!(is_invalid(&get(&mut sandbox, "/v1/mediaItems?size=3", &token)));
}

#[test]
fn a_page_token_is_good_for_its_own_query_only() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let photos = json!({ "mediaTypeFilter": { "mediaTypes": ["PHOTO"] } });
    let page = json(&search(&mut sandbox, &token, &json!({ "pageSize": 10, "filters": photos })));
    let next = page["nextPageToken"].as_str().unwrap();
    let same = json!({ "pageSize": 50, "filters": photos, "pageToken": next });
    assert_eq!(search(&mut sandbox, &token, &same).status, 200);
    assert!(is_invalid(&search(&mut sandbox, &token, &json!({ "pageToken": next }))));
    assert!(is_invalid(&get(&mut sandbox, &format!("/v1/mediaItems?pageToken={next}"), &token)));
}

#[test]
fn an_item_says_what_its_file_says_in_googles_forms() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let (items, _) = search_all(&mut sandbox, &token, &json!({ "pageSize": 100 }));
    for (item, truth) in items.iter().rev().zip(sandbox.truth()) {
        let metadata = &item["mediaMetadata"];
        let taken: jiff::Timestamp = metadata["creationTime"].as_str().unwrap().parse().unwrap();
        assert_eq!(taken.as_second(), truth.taken_s);
        // int64 is text (protobuf: JSON mapping).
        assert_eq!(metadata["width"], truth.width_px.to_string());
        assert_eq!(item["filename"], truth.file_name.as_str());
        let told = if truth.is_video { &metadata["video"] } else { &metadata["photo"] };
        let model = told.get("cameraModel").and_then(Value::as_str).unwrap_or_default();
        assert_eq!(model, truth.camera_model);
    }
    let bare = items.iter().filter(|item| item["mediaMetadata"].get("photo").is_none()).count();
    assert!(bare > sandbox.truth().filter(|truth| truth.is_video).count());
}

#[test]
fn fifty_items_can_be_had_at_once_each_with_its_own_fate() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let known: Vec<String> = sandbox.truth().map(|truth| truth.id).collect();
    let path = |ids: &[&str]| {
        let fields: Vec<_> = ids.iter().map(|id| ("mediaItemIds", *id)).collect();
        format!("/v1/mediaItems:batchGet?{}", query(&fields))
    };
    let missing = super::super::ids::item_id(7, 5_000_000);
    let mixed = json(&get(&mut sandbox, &path(&[&known[3], "nonsense", &missing, &known[1]]), &token));
    let results = mixed["mediaItemResults"].as_array().unwrap();
    assert_eq!(results[0]["mediaItem"]["id"], known[3].as_str());
    assert_eq!(results[1]["status"], json!({ "code": 3, "message": "Invalid media item ID." }));
    assert_eq!(results[2]["status"]["code"], 5);
    assert_eq!(results[3]["mediaItem"]["id"], known[1].as_str());
    let fifty: Vec<&str> = known[..50].iter().map(String::as_str).collect();
    assert_eq!(get(&mut sandbox, &path(&fifty), &token).status, 200);
    let more: Vec<&str> = known[..51].iter().map(String::as_str).collect();
    for wrong in [path(&more), path(&[]), path(&[""]), path(&[&known[0], &known[0]])] {
        assert!(is_invalid(&get(&mut sandbox, &wrong, &token)));
    }
}

#[test]
fn one_item_can_be_had_by_its_id() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let first = sandbox.truth().next().unwrap();
    let item = json(&get(&mut sandbox, &format!("/v1/mediaItems/{}", first.id), &token));
    assert_eq!(item["id"], first.id.as_str());
    assert!(is_invalid(&get(&mut sandbox, "/v1/mediaItems/nonsense", &token)));
    let missing = super::super::ids::item_id(7, 5_000_000);
    assert_eq!(refusal(&get(&mut sandbox, &format!("/v1/mediaItems/{missing}"), &token)).0, 404);
}

#[test]
fn albums_come_in_pages_and_hold_what_they_say() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let first = json(&get(&mut sandbox, "/v1/albums?pageSize=5", &token));
    assert_eq!(first["albums"].as_array().unwrap().len(), 5);
    let next = first["nextPageToken"].as_str().unwrap();
    let rest = json(&get(&mut sandbox, &format!("/v1/albums?pageSize=50&pageToken={next}"), &token));
    assert!(
        rest["albums"].as_array().unwrap().iter().all(|album| !first["albums"].as_array().unwrap().contains(album))
    );
    let album = &first["albums"][0];
    let (items, _) = search_all(&mut sandbox, &token, &json!({ "albumId": album["id"], "pageSize": 100 }));
    assert_eq!(album["mediaItemsCount"], items.len().to_string());
    for wrong in ["pageSize=51", "pageSize=-1", "pageSize=x", "pageToken=x", "excludeNonAppCreatedData=yes", "page=1"] {
        assert!(is_invalid(&get(&mut sandbox, &format!("/v1/albums?{wrong}"), &token)), "{wrong}");
    }
    assert_eq!(get(&mut sandbox, "/v1/albums?excludeNonAppCreatedData=true", &token).status, 200);
    let of_items = json(&search(&mut sandbox, &token, &json!({})))["nextPageToken"].as_str().unwrap().to_owned();
    assert!(is_invalid(&get(&mut sandbox, &format!("/v1/albums?pageToken={of_items}"), &token)));
}

/// Every album, by pages of this size.
fn all_albums(sandbox: &mut Sandbox, token: &str, size: u32) -> Vec<Value> {
    let (mut albums, mut next) = (Vec::new(), String::new());
    loop {
        let page = json(&get(sandbox, &format!("/v1/albums?pageSize={size}{next}"), token));
        let on_page = page["albums"].as_array().cloned().unwrap_or_default();
        assert!(on_page.len() <= size as usize);
        albums.extend(on_page);
        match page["nextPageToken"].as_str() {
            Some(token) => next = format!("&pageToken={token}"),
            None => return albums,
        }
    }
}

#[test]
fn albums_are_the_same_by_pages_of_any_size_and_each_holds_its_own_items() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let truth = sandbox.album_truth();
    for size in [1, 7, 50] {
        let ids: Vec<Value> = all_albums(&mut sandbox, &token, size).iter().map(|album| album["id"].clone()).collect();
        assert_eq!(ids, truth.iter().map(|album| Value::from(album.id.as_str())).collect::<Vec<_>>());
    }
    for (album, truth) in all_albums(&mut sandbox, &token, 50).iter().zip(&truth) {
        let (items, _) = search_all(&mut sandbox, &token, &json!({ "albumId": truth.id, "pageSize": 100 }));
        let mut ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
        ids.reverse();
        assert_eq!(
            (ids, album["title"].as_str()),
            (truth.items.iter().map(String::as_str).collect(), Some(truth.title.as_str()))
        );
        let count = album.get("mediaItemsCount").map_or("0", |count| count.as_str().unwrap());
        assert_eq!(count, truth.items.len().to_string());
        // Nothing is said of what is not there (protobuf: JSON mapping, default values).
        let has_cover = album.get("coverPhotoMediaItemId").is_some();
        assert_eq!((has_cover, album.get("mediaItemsCount").is_some()), (!is_empty(truth), !is_empty(truth)));
    }
    assert!(truth.iter().any(is_empty));
}

fn is_empty(album: &AlbumTruth) -> bool {
    album.items.is_empty()
}

#[test]
fn a_deleted_album_is_found_no_more_and_its_items_stay() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let first = sandbox.album_truth().remove(0);
    sandbox.interfere(Interference::RemoveAlbum { id: first.id.clone() });
    assert!(all_albums(&mut sandbox, &token, 50).iter().all(|album| album["id"] != first.id.as_str()));
    assert_eq!(refusal(&search(&mut sandbox, &token, &json!({ "albumId": first.id }))).0, 404);
    assert_eq!(get(&mut sandbox, &format!("/v1/albums/{}", first.id), &token).status, 404);
    assert_eq!(get(&mut sandbox, &format!("/v1/mediaItems/{}", first.items[0]), &token).status, 200);
    let kept = Sandbox::restore(settings(), &sandbox.snapshot()).unwrap();
    assert!(kept.album_truth().iter().all(|album| album.id != first.id));
}

#[test]
fn another_project_sees_nothing_of_this_ones_items() {
    let mut sandbox = sandbox();
    let id = sandbox.truth().next().unwrap().id;
    let own = token(&mut sandbox);
    let other = token_for(&mut sandbox, "other", &[READ], NOW_MS);
    assert_eq!(json(&search(&mut sandbox, &other, &json!({}))), json!({}));
    assert_eq!(json(&get(&mut sandbox, "/v1/albums", &other)), json!({}));
    assert_eq!(refusal(&get(&mut sandbox, &format!("/v1/mediaItems/{id}"), &other)).0, 404);
    assert_eq!(get(&mut sandbox, &format!("/v1/mediaItems/{id}"), &own).status, 200);
}

#[test]
fn every_method_asks_for_its_own_scope_and_removed_ones_open_none() {
    let mut sandbox = sandbox();
    let read = token_for(&mut sandbox, "web", &[READ], NOW_MS);
    let append = token_for(&mut sandbox, "web", &[APPEND], NOW_MS);
    let removed = token_for(&mut sandbox, "web", &["https://www.googleapis.com/auth/photoslibrary.readonly"], NOW_MS);
    let words = "Request had insufficient authentication scopes.";
    for token in [&append, &removed] {
        assert_eq!(refusal(&search(&mut sandbox, token, &json!({}))).2, words);
        assert_eq!(refusal(&get(&mut sandbox, "/v1/albums", token)).2, words);
    }
    for token in [&read, &removed] {
        assert_eq!(refusal(&post(&mut sandbox, "/v1/mediaItems:batchCreate", token, &json!({}))).2, words);
        assert_eq!(refusal(&post(&mut sandbox, "/v1/uploads", token, &json!({}))).2, words);
    }
    assert_eq!(refusal(&get(&mut sandbox, "/v1/sharedAlbums", &read)).0, 403);
}

#[test]
fn without_a_living_token_nothing_is_told() {
    let mut sandbox = sandbox();
    let bare = sandbox.answer(&incoming("GET", "https://photoslibrary.googleapis.com/v1/mediaItems"), NOW_MS);
    assert_eq!((refusal(&bare).0, refusal(&bare).1.as_str()), (401, "UNAUTHENTICATED"));
    assert_eq!(refusal(&get(&mut sandbox, "/v1/mediaItems", "ya29.nothing")).0, 401);
    let token = token(&mut sandbox);
    sandbox.interfere(Interference::EndAccessTokens);
    assert_eq!(refusal(&get(&mut sandbox, "/v1/mediaItems", &token)).0, 401);
}

#[test]
fn the_days_requests_end_and_an_api_can_be_switched_off() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    sandbox.interfere(Interference::Spend { project: "4711".into(), requests: 9999, pictures: 0, now_ms: NOW_MS });
    assert_eq!(get(&mut sandbox, "/v1/mediaItems", &token).status, 200);
    let (status, name, message) = refusal(&get(&mut sandbox, "/v1/mediaItems", &token));
    assert_eq!((status, name.as_str()), (429, "RESOURCE_EXHAUSTED"));
    assert!(message.contains("'All requests per day'") && message.contains("project_number:4711"));
    sandbox.interfere(Interference::DisableApi);
    let (status, _, message) = refusal(&get(&mut sandbox, "/v1/mediaItems", &token));
    assert!(status == 403 && message.contains("has not been used in project 4711 before or it is disabled"));
}

#[test]
fn a_scripted_reply_comes_once() {
    let mut sandbox = sandbox();
    let token = token(&mut sandbox);
    let reply = Outgoing { status: 503, headers: Vec::new(), body: b"<html>".to_vec() };
    sandbox.interfere(Interference::NextReply { method: "mediaItems.search".into(), reply });
    assert_eq!(get(&mut sandbox, "/v1/mediaItems", &token).status, 200);
    assert_eq!(search(&mut sandbox, &token, &json!({})).status, 503);
    assert_eq!(search(&mut sandbox, &token, &json!({})).status, 200);
}

#[test]
fn a_million_items_are_searched_page_by_page() {
    let mut sandbox = Sandbox::new(Settings { items: 1_000_000, ..settings() });
    let token = token(&mut sandbox);
    let mut body = json!({ "pageSize": 100 });
    let mut before = None;
    for _ in 0..20 {
        let page = json(&search(&mut sandbox, &token, &body));
        for item in page["mediaItems"].as_array().into_iter().flatten() {
            let taken = item["mediaMetadata"]["creationTime"].as_str().unwrap().to_owned();
            assert!(before.is_none_or(|before| taken <= before));
            before = Some(taken);
        }
        body["pageToken"] = page["nextPageToken"].clone();
    }
}
