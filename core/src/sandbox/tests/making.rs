//! The library without the API.

use super::*;

/// All pages, one after another.
fn pages(sandbox: &Sandbox) -> Vec<Value> {
    let (mut pages, mut token) = (Vec::new(), None::<String>);
    loop {
        let page = json(&sandbox.made_page(token.as_deref()));
        token = page["nextPageToken"].as_str().map(str::to_owned);
        pages.push(page);
        if token.is_none() {
            return pages;
        }
    }
}

#[test]
fn what_is_made_is_what_a_search_finds_but_for_the_base_urls() {
    for items in [0, 1, 2047, 2048, 2049, 4096, 5000] {
        let mut sandbox = Sandbox::new(Settings { items, ..settings() });
        let token = token(&mut sandbox);
        let (mut found, _) = search_all(&mut sandbox, &token, &serde_json::json!({ "pageSize": 100 }));
        for item in &mut found {
            item.as_object_mut().unwrap().remove("baseUrl").expect("a found item has a base URL");
        }
        let pages = pages(&sandbox);
        assert!(pages.iter().all(|page| page["mediaItems"].as_array().is_none_or(|items| items.len() <= 2048)));
        let made: Vec<Value> =
            pages.iter().flat_map(|page| page["mediaItems"].as_array().cloned().unwrap_or_default()).collect();
        assert_eq!(made.len(), items as usize);
        assert!(made == found, "{items} items");
    }
}

#[test]
fn a_foreign_page_token_is_refused_as_a_search_refuses_it() {
    let sandbox = sandbox();
    for token in ["", "2048", "AGj1ep"] {
        let reply = sandbox.made_page(Some(token));
        assert_eq!(
            (reply.status, json(&reply)["error"]["status"].as_str()),
            (400, Some("INVALID_ARGUMENT")),
            "{token}"
        );
    }
}
