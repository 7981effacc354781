//! Opening: what is kept is found again, and what does not come is said.

use albumen_e2e::browser::Role;
use albumen_e2e::walk::{Stage, walk};

use crate::steps;

/// What was set up is found without the small setting that says so.
#[test]
fn a_client_that_is_kept_is_found_though_the_small_settings_were_cleared() {
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        let _: Option<String> = walk.browser.run("localStorage.clear()", vec![]).await?;
        walk.open().await?;
        walk.browser.sees("Sign-in is set up").await
    });
}

/// The browser keeps a page for the back button, with all that it has begun, and wakes it for nothing else.
#[test]
fn a_page_that_was_left_while_it_made_its_database_keeps_no_other_from_opening() {
    const LEFT: &str = "const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...how) {
            location.href = 'licenses.txt';
            return open.apply(this, how);
        };";
    walk(Stage::default(), async |walk| {
        // Chromium asks for an icon of a page that names none, and may be gone before it comes.
        walk.expect_line("network", "/favicon.ico");
        let left = steps::put_in(walk, LEFT).await?;
        walk.open().await?;
        walk.browser
            .until("the page to be left", async || Ok(walk.browser.address().await?.ends_with(".txt").then_some(())))
            .await?;
        steps::take_out(walk, &left).await?;
        // Whoever was here before is shown what the engine knows, and not before it is open.
        let was_here = "localStorage.setItem(`albumen:${new URL('./', location).pathname}:world`, 'google')";
        let _: Option<String> = walk.browser.run(was_here, vec![]).await?;
        walk.open().await?;
        walk.browser.find(Role::Button, "Try it now").await?;
        Ok(())
    });
}

#[test]
fn an_opening_that_takes_long_says_what_it_waits_for_and_a_reload_helps() {
    let never = [
        (
            "WebAssembly.compileStreaming = () => new Promise(() => {});",
            "Albumen is still being loaded: the connection may be slow.",
            Role::Link,
        ),
        ("IDBFactory.prototype.open = () => ({});", "This device's storage has not answered yet.", Role::Button),
        (
            "Worker = class { postMessage() {} terminate() {} };",
            "The part of Albumen that works in the background has not answered yet.",
            Role::Button,
        ),
        (
            "const fetched = fetch;
             fetch = (what, ...how) =>
                 String(what).endsWith('_later.wasm') ? new Promise(() => {}) : fetched(what, ...how);",
            "This part of Albumen is still being loaded: the connection may be slow.",
            Role::Button,
        ),
    ];
    walk(Stage::default(), async |walk| {
        steps::set_up_client(walk, &steps::web_client(walk)?).await?;
        // Settings are a screen of the frame, whatever there is to see.
        let settings = format!("{}settings", walk.page.base());
        steps::expect_deep_links(walk);
        for (fault, sentence, role) in never {
            let fault = steps::put_in(walk, fault).await?;
            walk.browser.open(&settings).await?;
            walk.browser.sees(sentence).await?;
            steps::take_out(walk, &fault).await?;
            walk.browser.click(role, "Reload").await?;
            walk.browser.sees_no_more(sentence).await?;
        }
        walk.open().await?;
        walk.browser.sees("Sign-in is set up").await
    });
}

#[test]
fn a_host_that_has_no_name_for_the_program_serves_it_all_the_same_and_one_that_has_lost_it_is_told_of() {
    const ANSWERED_WITH: &str = "const fetched = fetch;
        fetch = async (what, ...how) => {
            const answer = await fetched(what, ...how);
            return String(what).endsWith('_bg.wasm') ? new Response(answer.body, HOW) : answer;
        };";
    walk(Stage::default(), async |walk| {
        let nameless = "{ headers: { 'Content-Type': 'application/octet-stream' } }";
        let fault = steps::put_in(walk, &ANSWERED_WITH.replace("HOW", nameless)).await?;
        walk.open().await?;
        walk.browser.find(Role::Button, "Try it now").await?;
        steps::take_out(walk, &fault).await?;
        walk.expect_line("console-api", "was answered with 404");
        let fault = steps::put_in(walk, &ANSWERED_WITH.replace("HOW", "{ status: 404 }")).await?;
        walk.open().await?;
        walk.browser.sees("Albumen could not be loaded. Check your connection, then try again.").await?;
        steps::take_out(walk, &fault).await?;
        walk.browser.click(Role::Link, "Reload").await?;
        walk.browser.find(Role::Button, "Try it now").await?;
        Ok(())
    });
}
