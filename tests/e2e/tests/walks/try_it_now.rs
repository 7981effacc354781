//! **Try it now**: the whole of it with no account, and with no network once the sandbox has come.

use albumen_e2e::browser::Role;
use albumen_e2e::walk::{Stage, walk};

use crate::{steps, upload};

#[test]
fn everything_can_be_tried_without_an_account_and_without_a_network() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        walk.browser.button("Try it now").await?;
        walk.browser.find(Role::Dialog, "Pretend Google").await?;
        walk.browser
            .until("the charts' programs to have come", async || {
                let come = "const come = performance.getEntriesByType('resource').map(entry => entry.name);
                    return ['charts.js', 'chart-options_bg.wasm'].every(file => come.some(name => name.includes(file)))";
                Ok(walk.browser.run::<bool>(come, vec![]).await?.then_some(()))
            })
            .await?;
        walk.page.go_out_of_reach();
        walk.google.go_out_of_reach();
        walk.browser.button("Allow").await?;
        walk.browser.find(Role::Button, "Sync").await?;
        steps::sync(walk, None).await?;
        walk.browser.sees("3,200 photos").await?;
        steps::sees_pictures(walk).await?;
        walk.browser.link("Insights").await?;
        let utc = crate::fetch::shown_counts(walk, "UTC").await?;
        assert_eq!(utc.hours.iter().sum::<u32>(), 3200);
        assert_eq!(utc.days.values().sum::<u32>(), 3200);
        crate::insights::every_chart_is_drawn(walk).await?;

        walk.browser.link("Upload").await?;
        let [harbour, tree, dune] = upload::three_pictures(walk)?;
        let empty = walk.files.file("empty.jpg", [])?;
        walk.browser.choose_files("Choose files", &[&harbour, &tree, &dune, &empty]).await?;
        walk.browser.button("Start upload").await?;
        walk.browser.find(Role::Dialog, "Pretend Google").await?;
        walk.browser.button("Allow").await?;
        walk.browser.sees("3 of 4 in the library").await?;
        walk.browser.sees("The file is empty, so there is nothing to upload.").await?;
        walk.browser.link("Photos").await?;
        walk.browser.sees("3,203 photos").await?;

        walk.browser.link("Settings").await?;
        walk.browser.button("Sign out").await?;
        walk.browser.sees("Albumen gives its permission back to Google").await?;
        walk.browser.button("Sign out").await?;
        walk.browser.sees("Nobody is signed in.").await?;
        let left: Vec<String> = steps::kept(walk)
            .await?
            .into_iter()
            .filter(|key| key.contains("catalog/") || key.contains("tokens"))
            .collect();
        assert_eq!(left, Vec::<String>::new());
        // Nothing of all that went over a network.
        let talked: Vec<_> =
            walk.google.seen().into_iter().filter(|seen| seen.request.host != "accounts.google.com").collect();
        assert!(talked.is_empty(), "{talked:?}");
        Ok(())
    });
}

#[test]
fn a_reload_keeps_what_was_tried() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        walk.browser.button("Try it now").await?;
        walk.browser.button("Allow").await?;
        walk.browser.find(Role::Button, "Sync").await?;
        steps::sync(walk, None).await?;
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees("3,200 photos").await?;
        walk.browser.sees("Pretend Google").await?;
        steps::sees_pictures(walk).await?;
        walk.browser.link("Settings").await?;
        walk.browser.button("Leave Try it now").await?;
        walk.browser.sees("Try it now").await
    });
}
