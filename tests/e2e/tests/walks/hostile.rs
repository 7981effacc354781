//! Everything that comes from outside may be wrong. Each wrong thing gets a sentence and loses nothing.

use albumen_e2e::browser::Role;
use albumen_e2e::google::{Call, Fault};
use albumen_e2e::walk::{Stage, walk};
use serde_json::json;

use crate::steps;

#[test]
fn odd_media_items_are_kept_as_far_as_they_can_be_read_and_the_rest_is_said() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        walk.google.script(Fault::change(Call::Search, |page| {
            let items = page["mediaItems"].as_array_mut().expect("the page has items");
            items[0]["mediaMetadata"]["photo"] = json!({ "sharpness": "VERY" });
            items[0]["mood"] = json!("MOOD_UNKNOWN_TO_US");
            items[1].as_object_mut().expect("an item").remove("mediaMetadata");
            items[2]["mediaMetadata"]["width"] = json!("-4000");
            items[3]["mediaMetadata"]["creationTime"] = json!("the day before yesterday");
            items[4]["mediaMetadata"]["video"] = json!({ "status": "STATUS_OF_TOMORROW" });
        }));
        steps::sync(walk, None).await?;
        walk.browser.sees("60 fetched, 60 new").await?;
        walk.browser.sees("could not be read as documented").await?;
        walk.browser.link("Settings").await?;
        walk.browser.sees("Photos known 60").await
    });
}

#[test]
fn an_error_inside_of_a_reply_of_200_stops_the_fetch_with_a_sentence_and_it_can_go_on() {
    walk(Stage { items: 150, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        let inside = json!({ "error": { "code": 403, "message": "Something inside.", "status": "PERMISSION_DENIED" } });
        walk.google.script(Fault::reply(Call::Search, 200, "application/json", inside.to_string()).after(1));
        walk.browser.link("Photos").await?;
        walk.browser.button("Sync").await?;
        walk.browser.sees("Something inside.").await?;
        walk.browser.button("Resume").await?;
        walk.browser.sees("150 fetched").await?;
        walk.browser.find(Role::Button, "Sync").await?;
        Ok(())
    });
}

#[test]
fn a_page_of_html_in_place_of_search_results_is_told_apart_from_google() {
    walk(Stage { items: 150, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        walk.google.script(Fault::reply(Call::Search, 200, "text/html", "<h1>Please pay for the wireless</h1>"));
        walk.browser.link("Photos").await?;
        walk.browser.button("Sync").await?;
        walk.browser.sees("What came back was not from Google's API as documented").await?;
        walk.browser.button("Resume").await?;
        walk.browser.sees("150 fetched").await
    });
}

#[test]
fn a_connection_that_breaks_in_the_midst_of_a_fetch_costs_nothing_that_was_there() {
    walk(Stage { items: 350, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        walk.google.script(Fault::cut(Call::Search).after(2));
        steps::sync(walk, None).await?;
        walk.browser.sees("350 fetched, 350 new").await?;
        walk.expect_line("network", "mediaItems:search");
        Ok(())
    });
}
