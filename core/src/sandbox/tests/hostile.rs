//! Requests that nobody in their right mind would send.

use proptest::prelude::*;

use super::*;

const HOSTS: [&str; 6] = [
    "photoslibrary.googleapis.com",
    "accounts.google.com",
    "oauth2.googleapis.com",
    "lh3.googleusercontent.com",
    "video-downloads.googleusercontent.com",
    "example.com",
];

const TARGETS: [&str; 14] = [
    "/v1/uploads",
    "/v1/mediaItems:search",
    "/v1/mediaItems:batchCreate",
    "/v1/mediaItems:batchGet?mediaItemIds=",
    "/v1/mediaItems?pageSize=",
    "/v1/mediaItems/",
    "/v1/albums?pageToken=",
    "/v1/albums/",
    "/v1/sharedAlbums/",
    "/o/oauth2/v2/auth?client_id=web&response_type=",
    "/signin/oauth/consent?client_id=web&redirect_uri=",
    "/token",
    "/revoke?token=",
    "/lr/AFBm1_",
];

proptest! {
    #[test]
    fn no_request_makes_it_panic(
        method in "GET|POST|OPTIONS|PATCH|\\PC{0,8}",
        host in 0..HOSTS.len(),
        target in 0..TARGETS.len(),
        rest in "\\PC{0,40}",
        headers in proptest::collection::vec(("origin|content-type|x-goog-upload-protocol|\\PC{0,12}", "raw|application/json|\\PC{0,20}"), 0..4),
        body: Vec<u8>,
        now_ms: i64,
    ) {
        let mut sandbox = Sandbox::new(Settings { items: 50, ..settings() });
        let token = token(&mut sandbox);
        let mut asked = Incoming { method, host: HOSTS[host].into(), target: format!("{}{rest}", TARGETS[target]), headers, body };
        let _ = sandbox.answer(&asked, now_ms);
        asked.headers.push(("authorization".into(), format!("Bearer {token}")));
        let _ = sandbox.answer(&asked, NOW_MS);
        asked.headers.insert(0, ("content-type".into(), "application/x-www-form-urlencoded".into()));
        let _ = sandbox.answer(&asked, now_ms);
    }

    #[test]
    fn no_json_makes_a_search_or_a_batch_panic(
        name in "filters|newMediaItems|orderBy|pageSize|pageToken|albumId",
        value in arbitrary_json(),
        batch: bool,
    ) {
        let mut sandbox = Sandbox::new(Settings { items: 50, ..settings() });
        let token = token(&mut sandbox);
        let path = if batch { "/v1/mediaItems:batchCreate" } else { "/v1/mediaItems:search" };
        let reply = post(&mut sandbox, path, &token, &serde_json::json!({ name: value }));
        prop_assert!(matches!(reply.status, 200 | 400 | 404));
    }

    #[test]
    fn no_authorization_address_makes_it_panic(address in "\\PC{0,60}", start: bool) {
        let mut sandbox = Sandbox::new(Settings { items: 1, ..settings() });
        let address = if start { format!("https://accounts.google.com/o/oauth2/v2/auth?client_id=web&{address}") } else { address };
        let _ = sandbox.consent_screen(&address, NOW_MS);
        let _ = sandbox.consent(&address, true, std::slice::from_ref(&address), NOW_MS);
    }

    #[test]
    fn no_bytes_restore_into_a_panic(bytes: Vec<u8>) {
        prop_assert!(Sandbox::restore(settings(), &bytes).is_none());
        let named = [b"ALBSBX01".as_slice(), &bytes].concat();
        prop_assert!(Sandbox::restore(settings(), &named).is_none());
    }
}

fn arbitrary_json() -> impl Strategy<Value = Value> {
    let names = "dateFilter|ranges|dates|startDate|endDate|year|month|day|mediaTypeFilter|mediaTypes|simpleMediaItem|uploadToken";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}|PHOTO|VIDEO".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((names, inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}
