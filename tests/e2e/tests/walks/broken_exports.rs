//! Exports that are broken off, by whoever it is: no half of a file is left, and it is said where somebody is there.

use std::collections::BTreeSet;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::Told;
use albumen_e2e::walk::{Stage, Walk, walk};
use serde_json::json;

use crate::export::{choose, csv_rows, export, library, open_dialog, parquet_rows, picked};
use crate::steps;

/// From now on the disk takes nothing before it is let go: what the page hands on for a download waits, and is thrown away
/// when it is broken off. What happens to it is noted.
const HELD: &str = "
    const port = MessagePort.prototype;
    const post = globalThis.place?.post ?? port.postMessage;
    const place = globalThis.place = { post, events: [], waiting: [] };
    const note = event => { place.events.push(event); };
    port.postMessage = function (message, ...rest) {
        const send = () => post.call(this, message, ...rest);
        if (message === 'abort') {
            note('abort');
            place.waiting = [];
            return send();
        }
        const isPiece = message instanceof Uint8Array;
        if (!isPiece && message !== null) return send();
        note(isPiece ? 'write' : 'end');
        if (place.waiting) place.waiting.push(send); else send();
    };
    place.letGo = () => {
        place.waiting.forEach(send => send());
        place.waiting = null;
    };
    return true;";

/// What happened to what was handed on.
async fn events(walk: &Walk) -> Told<Vec<String>> {
    walk.browser.run("return place.events", vec![]).await
}

/// A library is there, and what is exported goes to the walk's folder.
async fn synced(walk: &Walk) -> Told {
    steps::sign_in(walk).await?;
    steps::sync(walk, None).await?;
    steps::save_downloads(walk).await
}

/// Begins an export that the disk does not take.
async fn begun(walk: &Walk) -> Told {
    let _: bool = walk.browser.run(HELD, vec![]).await?;
    open_dialog(walk).await?;
    walk.browser.button("Save CSV").await?;
    until_a_byte_is_written(walk).await
}

async fn until_a_byte_is_written(walk: &Walk) -> Told {
    let is_written = async || Ok(events(walk).await?.iter().any(|event| event == "write").then_some(()));
    walk.browser.until("a byte to be written", is_written).await
}

/// Waits until nothing of a file is left, half or whole: what the person has signed in with is all there is.
async fn until_no_file_is_left(walk: &Walk) -> Told {
    let is_left = |name: std::ffi::OsString| name != "client_secret.json";
    let files = || std::fs::read_dir(walk.files.path())?.map(|entry| entry.map(|entry| entry.file_name())).collect();
    let is_gone = async || {
        let files: std::io::Result<Vec<_>> = files();
        Ok((!files?.into_iter().any(is_left)).then_some(()))
    };
    walk.browser.until("no file to be left", is_gone).await
}

#[test]
fn an_export_that_is_cancelled_here_or_among_the_downloads_leaves_no_file() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        synced(walk).await?;
        begun(walk).await?;
        // There is one at a time.
        open_dialog(walk).await?;
        walk.browser.sees("Another export is under way.").await?;
        walk.browser.button("Close").await?;
        walk.browser.sees_no_more("Another export is under way.").await?;
        // While the disk takes nothing.
        walk.browser.button("Cancel").await?;
        walk.browser.sees("The export was cancelled: no file was written.").await?;
        assert_eq!(events(walk).await?, ["write", "end", "abort"]);
        until_no_file_is_left(walk).await?;

        begun(walk).await?;
        walk.browser.watcher.cancel_download().await?;
        walk.browser.sees("The browser ended the download before it was whole, so there is no file.").await?;
        until_no_file_is_left(walk).await?;
        walk.browser.button("Dismiss").await?;
        walk.browser.sees_no_more("The browser ended the download").await?;

        begun(walk).await?;
        let _: Option<bool> = walk.browser.run("place.letGo()", vec![]).await?;
        walk.browser.sees("60 photos are in albumen-photos.csv, in your downloads.").await?;
        assert_eq!(events(walk).await?, ["write", "end"]);
        let file = walk.files.path().join("albumen-photos.csv");
        walk.browser.until("the file", async || Ok(file.exists().then_some(()))).await?;
        assert_eq!(csv_rows(&std::fs::read(file)?)?.len(), 60);
        assert_eq!(walk.browser.watcher.downloads(), ["canceled", "canceled", "completed"]);
        Ok(())
    });
}

#[test]
fn a_page_that_is_left_or_dies_leaves_no_half_a_file() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        synced(walk).await?;
        let broken_off = async |walk: &Walk, downloads: usize| -> Told {
            let is_over = async || Ok((walk.browser.watcher.downloads() == vec!["canceled"; downloads]).then_some(()));
            walk.browser.until("the end of the download", is_over).await?;
            until_no_file_is_left(walk).await
        };
        begun(walk).await?;
        walk.browser.open("about:blank").await?;
        broken_off(walk, 1).await?;
        walk.open().await?;
        walk.browser.find(Role::Button, "Export").await?;
        begun(walk).await?;
        walk.browser.watcher.kill_page().await?;
        broken_off(walk, 2).await
    });
}

#[test]
fn a_service_worker_that_the_browser_ends_is_missed() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        synced(walk).await?;
        begun(walk).await?;
        walk.browser.watcher.ask_page("ServiceWorker.enable", json!({})).await?;
        walk.browser.watcher.ask_page("ServiceWorker.stopAllWorkers", json!({})).await?;
        walk.browser.sees("The browser ended the download before it was whole, so there is no file.").await?;
        until_no_file_is_left(walk).await
    });
}

#[test]
fn a_parquet_file_is_whole_after_one_that_was_cancelled_and_one_whose_maker_could_not_be_had() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        synced(walk).await?;
        let library = library(walk);
        let save = async |walk: &Walk| -> Told {
            let _: bool = walk.browser.run(HELD, vec![]).await?;
            open_dialog(walk).await?;
            choose(walk, "Parquet").await?;
            walk.browser.button("Save Parquet").await
        };
        let no_worker =
            "globalThis.Maker = Worker; globalThis.Worker = class { constructor() { throw Error('no room'); } }";
        let _: Option<bool> = walk.browser.run(no_worker, vec![]).await?;
        save(walk).await?;
        walk.browser.sees("The part of Albumen that makes Parquet files could not be loaded (Error: no room).").await?;
        // There is not even one that was begun.
        assert!(walk.browser.watcher.downloads().is_empty());
        walk.browser.button("Dismiss").await?;
        let _: Option<bool> = walk.browser.run("globalThis.Worker = globalThis.Maker", vec![]).await?;

        save(walk).await?;
        until_a_byte_is_written(walk).await?;
        walk.browser.button("Cancel").await?;
        walk.browser.sees("The export was cancelled: no file was written.").await?;
        until_no_file_is_left(walk).await?;

        // Twice, since whoever has made a whole file makes the next one too.
        let _: Option<bool> = walk.browser.run("place.letGo()", vec![]).await?;
        for _ in 0..2 {
            let rows = parquet_rows(export(walk, "Parquet", "parquet", &[]).await?)?;
            assert_eq!(rows.iter().map(picked).collect::<BTreeSet<_>>(), library);
        }
        Ok(())
    });
}

#[test]
fn an_export_ends_with_the_library_that_it_is_of() {
    walk(Stage { items: 60, ..Stage::default() }, async |walk| {
        synced(walk).await?;
        begun(walk).await?;
        walk.browser.link("Settings").await?;
        walk.browser.button("Forget everything…").await?;
        walk.browser.button("Forget everything").await?;
        walk.browser.sees("The export was cancelled: no file was written.").await?;
        walk.browser.sees("Try it now").await?;
        until_no_file_is_left(walk).await
    });
}
