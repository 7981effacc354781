//! Steps that many walks share.

use std::path::PathBuf;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::people::{self, EMAIL};
use albumen_e2e::walk::Walk;
use serde_json::json;

/// Writes the Web client's file, as the console would hand it out for this page.
pub(crate) fn web_client(walk: &Walk) -> Told<PathBuf> {
    walk.files.file("client_secret.json", people::web_client_file(&walk.page.origin(), &walk.page.base()))
}

/// From the empty page to the dialog that takes a client.
pub(crate) async fn open_client_dialog(walk: &Walk) -> Told {
    walk.open().await?;
    walk.browser.button("Sign in with Google").await?;
    walk.browser.find(Role::Dialog, "Set up sign-in").await?;
    Ok(())
}

/// From the empty page to a client that is set up from this file.
pub(crate) async fn set_up_client(walk: &Walk, file: &std::path::Path) -> Told {
    open_client_dialog(walk).await?;
    walk.browser.choose_files("Choose client_secret.json", &[file]).await?;
    walk.browser.sees("Sign-in is set up with").await
}

/// From a client that is set up to Google's consent page.
pub(crate) async fn go_to_consent(walk: &Walk) -> Told {
    walk.browser.button("Sign in with Google").await?;
    walk.browser.sees("wants access to your Google Account").await
}

/// From Google's consent page back to the page, signed in.
pub(crate) async fn allow(walk: &Walk) -> Told {
    walk.browser.button("Allow").await?;
    // Google's page shows the address too, and stays until the next one has come.
    walk.browser.sees_no_more("wants access to your Google Account").await?;
    walk.browser.sees(EMAIL).await
}

/// The whole way with the Web client: the page is open and the person signed in.
pub(crate) async fn sign_in(walk: &Walk) -> Told {
    set_up_client(walk, &web_client(walk)?).await?;
    go_to_consent(walk).await?;
    allow(walk).await
}

/// To the form that asks what to fetch: on the empty screen it lies open, later it is a dialog.
pub(crate) async fn open_choice(walk: &Walk) -> Told {
    walk.browser
        .until("the form that asks what to fetch", async || {
            if walk.browser.has(Role::ComboBox, "Days").await? {
                return Ok(Some(()));
            }
            if walk.browser.has(Role::Button, "What to sync").await? {
                walk.browser.button("What to sync").await?;
            }
            Ok(None)
        })
        .await
}

/// Fetches these days (ISO, both included), or everything, and waits for the end.
pub(crate) async fn sync(walk: &Walk, days: Option<(&str, &str)>) -> Told {
    walk.browser.link("Photos").await?;
    if let Some((first, last)) = days {
        open_choice(walk).await?;
        walk.browser.pick("Days", "Custom…").await?;
        walk.browser.fill_date("From", first).await?;
        walk.browser.fill_date("To", last).await?;
    }
    walk.browser.button("Sync").await?;
    walk.browser
        .until("the fetch to end", async || {
            let text = walk.browser.text().await?;
            let is_over = text.contains(" fetched, ") && walk.browser.has(Role::Button, "Sync").await?;
            if is_over { Ok(Some(())) } else { Err(said(text.chars().take(600).collect::<String>())) }
        })
        .await
}

/// Waits until the button with these words has the focus.
pub(crate) async fn has_focus(walk: &Walk, words: &str) -> Told {
    let read = "return document.activeElement.tagName + ' ' + document.activeElement.textContent.trim()";
    walk.browser
        .until(&format!("the focus on {words}"), async || {
            let focused: String = walk.browser.run(read, vec![]).await?;
            if focused == format!("BUTTON {words}") { Ok(Some(())) } else { Err(said(format!("it is on {focused}"))) }
        })
        .await
}

/// The names of all records that the browser keeps under this page's origin, as `database / store / key`.
pub(crate) async fn kept(walk: &Walk) -> Told<Vec<String>> {
    let read = "
        const kept = [];
        const done = request => new Promise((good, bad) => {
            request.onsuccess = () => good(request.result);
            request.onerror = () => bad(request.error);
        });
        for (const { name } of await indexedDB.databases()) {
            const database = await done(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
                const keys = await done(database.transaction(store).objectStore(store).getAllKeys());
                kept.push(...keys.map(key => `${name} / ${store} / ${key}`));
            }
            database.close();
        }
        return kept;";
    walk.browser.run_async(read).await
}

/// Everything the page could have left lying about in plain sight: the document, its addresses, web storage.
pub(crate) async fn in_plain_sight(walk: &Walk) -> Told<String> {
    let read = "return [
        document.documentElement.outerHTML, location.href, document.referrer, document.cookie,
        JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }),
        JSON.stringify(history.state), JSON.stringify(performance.getEntriesByType('navigation').map(e => e.name)),
        ].join('\\n')";
    walk.browser.run(read, vec![]).await
}

/// Opens the numbers that are folded away under the chart of this title.
pub(crate) async fn unfold_numbers(walk: &Walk, title: &str) -> Told {
    walk.browser
        .until(&format!("the numbers under “{title}” to unfold"), async || {
            if walk.browser.has(Role::Table, title).await? {
                return Ok(Some(()));
            }
            let click = "
                const heading = [...document.querySelectorAll('h2')].find(h => h.textContent.trim() === arguments[0]);
                const summary = heading?.closest('section')?.querySelector('summary');
                if (summary && !summary.parentElement.open) summary.click();";
            let _: Option<String> = walk.browser.run(click, vec![title.into()]).await?;
            Ok(None)
        })
        .await
}

/// Waits until some tiles of the grid show a picture that was really decoded.
pub(crate) async fn sees_pictures(walk: &Walk) -> Told {
    walk.browser
        .until("pictures in the grid", async || {
            let count = "return [...document.images].filter(image => image.complete && image.naturalWidth > 1).length";
            let shown: u32 = walk.browser.run(count, vec![]).await?;
            Ok((shown >= 3).then_some(()))
        })
        .await
}

/// Announces what a static host that keeps no addresses but files' answers to those of the screens: 404, with the page.
pub(crate) fn expect_deep_links(walk: &mut Walk) {
    for screen in ["photos", "insights", "places", "table", "upload", "import", "settings"] {
        let line = format!("404 (Not Found) {}{screen}", walk.page.base());
        walk.expect_line("network", &line);
    }
}

/// Announces that CORS refuses something; the page's console repeats what its worker's says.
pub(crate) fn expect_cors_refusal(walk: &mut Walk) {
    for source in ["javascript", "worker"] {
        walk.expect_line(source, "blocked by CORS policy");
    }
}

/// Announces what a panic writes: its own words, and the trap that ends the program; the page's console repeats what
/// its worker's says.
pub(crate) fn expect_panic(walk: &mut Walk) {
    for source in ["console-api", "javascript", "worker"] {
        for words in ["panicked at", "RuntimeError: unreachable"] {
            walk.expect_line(source, words);
        }
    }
}

/// Puts a fault into every page from now on, in which long is no time.
pub(crate) async fn put_in(walk: &Walk, fault: &str) -> Told<serde_json::Value> {
    let soon = "const timer = setTimeout; \
                setTimeout = (work, ms, ...rest) => timer(work, ms >= 10000 ? 0 : ms, ...rest);";
    let script = json!({ "source": format!("{{ {soon} {fault} }}") });
    walk.browser.watcher.ask_page("Page.enable", json!({})).await?;
    walk.browser.watcher.ask_page("Page.addScriptToEvaluateOnNewDocument", script).await
}

/// Takes it out again.
pub(crate) async fn take_out(walk: &Walk, fault: &serde_json::Value) -> Told {
    let script = json!({ "identifier": fault["identifier"] });
    walk.browser.watcher.ask_page("Page.removeScriptToEvaluateOnNewDocument", script).await?;
    Ok(())
}

/// Has what is exported go to the walk's folder.
pub(crate) async fn save_downloads(walk: &Walk) -> Told {
    walk.browser.watcher.save_into(walk.files.path()).await
}
