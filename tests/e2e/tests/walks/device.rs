//! When the device itself gives way: a full disk, a browser that keeps nothing, a program that breaks.

use albumen_e2e::browser::{Role, SiteData};
use albumen_e2e::walk::{Stage, walk};

use crate::steps;

#[test]
fn a_full_disk_stops_the_fetch_with_a_sentence_and_room_lets_it_go_on() {
    walk(Stage { items: 300, ..Stage::default() }, async |walk| {
        steps::sign_in(walk).await?;
        // Chromium's own quota override does nothing to IndexedDB, so the fault is put in where it would arise.
        let fill = "globalThis.realPut = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function () { throw new DOMException('full', 'QuotaExceededError'); }; 1";
        walk.browser.watcher.run_in_worker(fill).await?;
        walk.browser.link("Photos").await?;
        walk.browser.button("Sync").await?;
        walk.browser.sees("This device has no room left for Albumen.").await?;
        walk.browser.watcher.run_in_worker("IDBObjectStore.prototype.put = globalThis.realPut; 1").await?;
        walk.browser.button("Resume").await?;
        walk.browser.sees("300 photos").await
    });
}

#[test]
fn a_browser_that_keeps_nothing_still_works_until_it_closes_and_says_so() {
    walk(Stage { site_data: SiteData::Blocked, ..Stage::default() }, async |walk| {
        walk.open().await?;
        walk.browser.sees("This browser keeps nothing for this page: photos are here only until it closes.").await?;
        walk.browser.button("Try it now").await?;
        walk.browser.button("Allow").await?;
        walk.browser.find(Role::Button, "Sync").await?;
        steps::sync(walk, None).await?;
        walk.browser.sees("3,200 photos").await?;
        walk.browser.link("Settings").await?;
        walk.browser.sees("everything here is gone when it closes").await
    });
}

#[test]
fn a_private_window_keeps_what_was_tried_until_it_closes_and_says_so() {
    walk(Stage { site_data: SiteData::Private, ..Stage::default() }, async |walk| {
        walk.open().await?;
        walk.browser.sees("A private window forgets it when it closes.").await?;
        walk.browser.button("Try it now").await?;
        walk.browser.button("Allow").await?;
        walk.browser.find(Role::Button, "Sync").await?;
        steps::sync(walk, None).await?;
        steps::expect_deep_links(walk);
        walk.browser.reload().await?;
        walk.browser.sees("3,200 photos").await?;
        walk.browser.link("Settings").await?;
        walk.browser.sees("A private window forgets all of this when it closes").await
    });
}

#[test]
fn a_worker_that_panics_is_said_and_started_again_and_nothing_is_lost() {
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        // The engine counts on randomness; without it, it must stop rather than go on unsafely.
        let break_it = "crypto.getRandomValues = () => { throw new Error('no randomness today'); }; 1";
        walk.browser.watcher.run_in_worker(break_it).await?;
        walk.browser.button("Sign in with Google").await?;
        walk.browser.sees("The part of Albumen that works in the background stopped").await?;
        // It starts again by itself, and still has the client.
        steps::go_to_consent(walk).await?;
        steps::allow(walk).await?;
        steps::expect_panic(walk);
        Ok(())
    });
}

#[test]
fn a_page_that_panics_shows_a_sentence_and_a_way_on() {
    walk(Stage::default(), async |walk| {
        walk.open().await?;
        walk.browser.find(Role::Button, "Try it now").await?;
        // Whatever is drawn from now on cannot be drawn.
        let break_it = "Node.prototype.cloneNode = () => { throw new Error('no nodes today'); }";
        let _: Option<String> = walk.browser.run(break_it, vec![]).await?;
        walk.browser.button("Sign in with Google").await?;
        walk.browser.sees("Something in Albumen broke, and the page has stopped.").await?;
        walk.browser.link("Reload").await?;
        walk.browser.find(Role::Button, "Try it now").await?;
        steps::expect_panic(walk);
        Ok(())
    });
}
