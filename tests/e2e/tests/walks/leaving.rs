//! Leaving: signing out and forgetting.

use albumen_e2e::failure::said;
use albumen_e2e::google::Call;
use albumen_e2e::people::EMAIL;
use albumen_e2e::walk::{Stage, walk};

use crate::steps;

#[test]
fn signing_out_revokes_the_grant_and_leaves_nothing_behind() {
    walk(Stage::default(), async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        assert!(steps::kept(walk).await?.iter().any(|key| key.contains("catalog/hot/")));
        walk.browser.link("Settings").await?;
        walk.browser.button("Sign out").await?;
        walk.browser.sees("Albumen gives its permission back to Google").await?;
        walk.browser.button("Sign out").await?;
        walk.browser.sees_no_more(EMAIL).await?;
        walk.browser
            .until("the grant to be revoked", async || {
                Ok((walk.google.calls(Call::Revoke).last().is_some_and(|seen| seen.status == Some(200))).then_some(()))
            })
            .await?;
        let left: Vec<String> = steps::kept(walk)
            .await?
            .into_iter()
            .filter(|key| {
                ["catalog/", "library/", "sign_in/tokens", "sign_in/pending"].iter().any(|part| key.contains(part))
            })
            .collect();
        assert_eq!(left, Vec::<String>::new(), "signing out left records behind");
        // A reload finds nothing either: neither photos nor a session that comes to life again.
        walk.open().await?;
        walk.browser.sees("Try it now").await?;
        assert!(!walk.browser.text().await?.contains(EMAIL));
        Ok(())
    });
}

#[test]
fn forgetting_everything_leaves_no_record_and_no_secret() {
    walk(Stage::default(), async |walk| {
        steps::sign_in(walk).await?;
        steps::sync(walk, None).await?;
        // What saves files is with the browser, beside what Albumen keeps itself.
        steps::save_downloads(walk).await?;
        walk.browser.button("Export").await?;
        walk.browser.button("Save CSV").await?;
        walk.browser.sees("are in albumen-photos.csv, in your downloads.").await?;
        let registered = "navigator.serviceWorker.getRegistrations().then(all => all.length)";
        assert_eq!(walk.browser.watcher.run_in_page(registered).await?, 1);
        walk.browser.link("Settings").await?;
        walk.browser.button("Forget everything…").await?;
        walk.browser.sees("This cannot be undone.").await?;
        walk.browser.button("Forget everything").await?;
        walk.browser.sees("Try it now").await?;
        walk.browser
            .until("every record to be gone", async || {
                // What is left is an empty database that knows its own version.
                let is_version = |key: &String| key.ends_with(" / records / schema");
                let left: Vec<String> = steps::kept(walk).await?.into_iter().filter(|key| !is_version(key)).collect();
                if left.is_empty() { Ok(Some(())) } else { Err(said(left.join(", "))) }
            })
            .await?;
        let storage: String = walk.browser.run("return JSON.stringify({ ...localStorage })", vec![]).await?;
        assert!(!storage.contains(EMAIL), "{storage}");
        assert_eq!(walk.browser.watcher.run_in_page(registered).await?, 0);
        Ok(())
    });
}
