//! The frame around the screens, on a phone.

use albumen_e2e::browser::Role;
use albumen_e2e::failure::Told;
use albumen_e2e::walk::{Stage, Walk, walk};
use serde_json::json;
use thirtyfour::Key;

/// Waits until the links behind “More” are out of reach.
async fn they_are_hidden(walk: &Walk) -> Told {
    let is_hidden = async || Ok((!walk.browser.has(Role::Link, "Places").await?).then_some(()));
    walk.browser.until("the links behind More to be hidden", is_hidden).await
}

#[test]
fn a_phone_has_four_links_at_its_foot_and_the_others_behind_more() {
    walk(Stage::default(), async |walk| {
        let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
        walk.browser.watcher.ask_page("Emulation.setDeviceMetricsOverride", phone).await?;
        walk.open().await?;
        // The empty page has no foot.
        walk.browser.link("Settings").await?;
        for screen in ["Photos", "Insights", "Upload", "Import"] {
            walk.browser.find(Role::Link, screen).await?;
        }
        they_are_hidden(walk).await?;
        walk.browser.button("More").await?;
        walk.browser.find(Role::Link, "Settings").await?;
        walk.browser.link("Table").await?;
        walk.browser.sees("No rows yet").await?;
        they_are_hidden(walk).await?;
        walk.browser.button("More").await?;
        walk.browser.find(Role::Link, "Places").await?;
        walk.browser.driver().active_element().await?.send_keys(Key::Escape + "").await?;
        they_are_hidden(walk).await?;
        crate::steps::has_focus(walk, "More").await
    });
}
