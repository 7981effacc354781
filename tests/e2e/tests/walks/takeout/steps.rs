//! Steps that the walks with exports share.

use std::path::{Path, PathBuf};
use std::time::Duration;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::walk::Walk;
use albumen_takeout::truth::Truth;
use albumen_takeout::{Form, Order, Style, make};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An export on the disk, gone when dropped.
pub(super) struct Export {
    pub(super) truth: Truth,
    pub(super) parts: Vec<PathBuf>,
    _folder: TempDir,
}

impl Export {
    /// The part of this place, from 0.
    pub(super) fn part(&self, nth: usize) -> &Path {
        &self.parts[nth]
    }
}

/// Every oddity there is, in three parts.
pub(super) const SMALL: Order =
    Order { photos: 600, parts: 3, style: Style::New, form: Form::Zip, seed: 1, zip64: false };

/// What the Import screen says at the end.
const DONE: &str = "The import is done";
/// What opens the dialog for files on the empty page.
pub(super) const CHOOSE: &str = "Drop a Takeout export";

/// What stands in the well that takes exports.
const WELL: &str = "Drop your Google Takeout export here";
/// What saves the report for programs.
const SAVE_REPORT: &str = "Save report as JSON";

/// As long as a small import may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// Makes an export.
pub(super) fn export(order: Order) -> Told<Export> {
    let folder = tempfile::Builder::new().prefix("albumen-e2e-takeout-").tempdir()?;
    let made = make(&order, folder.path()).map_err(|problem| said(format!("the export: {problem}")))?;
    let truth = serde_json::from_slice(&std::fs::read(&made.truth)?)?;
    Ok(Export { truth, parts: made.parts, _folder: folder })
}

/// Opens the page as somebody who lives where the export's person does.
pub(super) async fn open(walk: &Walk, export: &Export) -> Told {
    walk.browser.watcher.set_time_zone(&export.truth.persons_zone).await?;
    walk.open().await?;
    walk.browser.find(Role::Button, "Try it now").await?;
    Ok(())
}

/// Drops these files: anywhere onto the empty page, else onto the well of the screen of imports.
pub(super) async fn bring(walk: &Walk, files: &[&Path]) -> Told {
    if walk.browser.has(Role::Button, "Try it now").await? {
        return walk.browser.drop_files(files).await;
    }
    go_to_import(walk).await?;
    walk.browser.drop_files_on(WELL, files).await
}

/// Waits until an import is wholly done, the looking inside included.
pub(super) async fn imported(walk: &Walk) -> Told {
    imported_within(walk, PATIENCE).await
}

/// As [`imported`], with a patience of its own.
pub(super) async fn imported_within(walk: &Walk, patience: Duration) -> Told {
    go_to_import(walk).await?;
    walk.browser
        .until_within("the import to end", patience, async || {
            let text = walk.browser.text().await?;
            let is_over = text.contains(DONE) && !walk.browser.has(Role::Button, "Pause").await?;
            if is_over { Ok(Some(())) } else { Err(said(text.chars().take(600).collect::<String>())) }
        })
        .await
}

/// Opens the page as somebody who was here before: its engine is awake before anything is brought.
pub(super) async fn open_awake(walk: &Walk, export: &Export) -> Told {
    let was_here = format!("localStorage.setItem('albumen:{}:world', 'google')", path_of(&walk.page.base()));
    before_the_page(walk, &was_here).await?;
    open(walk, export).await
}

/// The path of an address.
fn path_of(address: &str) -> String {
    address.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default()
}

/// Opens the page after its tab was lost.
pub(super) async fn open_again(walk: &Walk, export: &Export) -> Told {
    walk.browser.watcher.set_time_zone(&export.truth.persons_zone).await?;
    walk.open().await?;
    // Where nothing was kept yet, the page is empty as before.
    walk.browser
        .until("the page to open", async || {
            let is_empty = walk.browser.has(Role::Button, "Try it now").await?;
            Ok((is_empty || walk.browser.has(Role::Link, "Import").await?).then_some(()))
        })
        .await
}

/// Has `script` run in every page that is opened from now on, before anything of the page's own.
pub(super) async fn before_the_page(walk: &Walk, script: &str) -> Told {
    walk.browser.watcher.ask_page("Page.enable", json!({})).await?;
    walk.browser.watcher.ask_page("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
    Ok(())
}

/// From now on the worker's reads of files wait, once there have been so many.
pub(super) async fn hold_reads_after(walk: &Walk, reads: u32) -> Told {
    let hold = "
        globalThis.readsLeft = ${reads};
        const { arrayBuffer } = Blob.prototype;
        const waiting = [];
        Blob.prototype.arrayBuffer = async function () {
            readsLeft -= 1;
            if (readsLeft < 0) {
                await new Promise(go => waiting.push(go));
            }
            return arrayBuffer.call(this);
        };
        globalThis.releaseReads = () => {
            readsLeft = Infinity;
            waiting.forEach(go => go());
        };
        1";
    walk.browser.watcher.run_in_worker(&format!("{{ {} }}", hold.replace("${reads}", &reads.to_string()))).await?;
    Ok(())
}

/// The worker's reads of files wait, once a record was written whose name begins so.
pub(super) async fn hold_reads_once(walk: &Walk, written: &str) -> Told {
    hold_reads_after(walk, u32::MAX).await?;
    let hold = "{
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (value, key) {
            if (String(key).startsWith('${written}')) {
                readsLeft = Math.min(readsLeft, 0);
            }
            return put.call(this, value, key);
        };
        1 }";
    walk.browser.watcher.run_in_worker(&hold.replace("${written}", written)).await?;
    Ok(())
}

/// Waits until a read waits.
pub(super) async fn reads_are_held(walk: &Walk) -> Told {
    walk.browser
        .until_within("a read to be held", PATIENCE, async || {
            let is_held = walk.browser.watcher.run_in_worker("globalThis.readsLeft < 0").await?;
            Ok((is_held == true).then_some(()))
        })
        .await
}

/// Lets the reads go on that wait.
pub(super) async fn release_reads(walk: &Walk) -> Told {
    walk.browser.watcher.run_in_worker("releaseReads(), 1").await?;
    Ok(())
}

/// Waits until tiles stand in the grid.
pub(super) async fn sees_tiles(walk: &Walk) -> Told {
    walk.browser
        .until_within("tiles in the grid", PATIENCE, async || {
            let count =
                "return [...document.querySelectorAll('[data-row]')].filter(one => one.checkVisibility()).length";
            let shown: u32 = walk.browser.run(count, vec![]).await?;
            Ok((shown > 0).then_some(()))
        })
        .await
}

/// Waits until as many small pictures are kept on the device as are shown: they are gathered for a moment first.
pub(super) async fn pictures_are_kept(walk: &Walk) -> Told {
    let count = "
        const done = request => new Promise((good, bad) => {
            request.onsuccess = () => good(request.result);
            request.onerror = () => bad(request.error);
        });
        const [name] = (await indexedDB.databases()).map(one => one.name).filter(name => name.endsWith(':small'));
        if (!name) return [0, 1];
        const database = await done(indexedDB.open(name));
        try {
            const names = await done(database.transaction('records').objectStore('records').getAllKeys());
            const shown = [...document.images].filter(image => image.complete && image.naturalWidth > 1);
            return [names.filter(name => String(name).startsWith('small/')).length, shown.length];
        } finally {
            database.close();
        }";
    walk.browser
        .until("the small pictures to be kept", async || {
            let (kept, shown): (u32, u32) = walk.browser.run_async(count).await?;
            if kept >= shown { Ok(Some(())) } else { Err(said(format!("{kept} of {shown}"))) }
        })
        .await
}

/// To the screen of imports.
async fn go_to_import(walk: &Walk) -> Told {
    walk.browser.link("Import").await?;
    walk.browser.find(Role::Heading, "Import").await?;
    Ok(())
}

/// Waits until so many parts are read and the import is done with all of them.
pub(super) async fn imported_parts(walk: &Walk, parts: u32) -> Told {
    imported(walk).await?;
    let read = format!("{parts} of {parts} part{} read", if parts == 1 { "" } else { "s" });
    walk.browser
        .until_within(&read, PATIENCE, async || {
            let text = walk.browser.text().await?;
            Ok((text.contains(&read) && text.contains(DONE)).then_some(()))
        })
        .await
}

/// Waits until the screen of imports says this.
pub(super) async fn sees_import(walk: &Walk, words: &str) -> Told {
    go_to_import(walk).await?;
    walk.browser.sees(words).await
}

/// Waits until the list of parts says why this one could not be read: more than its name, its size and a word.
pub(super) async fn part_says_why(walk: &Walk, part: &str) -> Told<String> {
    go_to_import(walk).await?;
    let read = "return [...document.querySelectorAll('[aria-label=Parts] li')].map(one => one.innerText)";
    walk.browser
        .until(&format!("a sentence about {part}"), async || {
            let parts: Vec<String> = walk.browser.run(read, vec![]).await?;
            let said = parts.iter().find(|said| said.contains(part));
            let sentence = said.and_then(|said| said.lines().rev().find(|line| !line.trim().is_empty()));
            Ok(sentence.filter(|sentence| sentence.trim_end().ends_with('.') && sentence.len() > 30).map(str::to_owned))
        })
        .await
}

/// The report as a person saves it for programs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Report(Value);

impl Report {
    /// A number of it.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.0["counts"][name].as_u64()
    }

    /// Whether it has a sentence for a file. Of a long path the beginning counts; a file that was read is named by where it
    /// lies in the product's folder.
    pub(super) fn says_why(&self, part: &str, path: &str) -> bool {
        const ENOUGH: usize = 100;
        let inside = path.strip_prefix("Takeout/Google Photos/").unwrap_or(path);
        let begins = |found: &str| {
            [path, inside].into_iter().any(|path| found.chars().take(ENOUGH).eq(path.chars().take(ENOUGH)))
        };
        let is_it = |file: &Value| file["part"] == part && file["path"].as_str().is_some_and(begins);
        let files = self.0["files"].as_array().map(Vec::as_slice).unwrap_or_default();
        files.iter().any(|file| is_it(file) && file["why"].as_str().is_some_and(|why| why.ends_with('.')))
    }
}

/// Saves the report as JSON and reads it.
pub(super) async fn report(walk: &Walk) -> Told<Report> {
    go_to_import(walk).await?;
    let folder = tempfile::Builder::new().prefix("albumen-e2e-report-").tempdir()?;
    walk.browser.watcher.save_into(folder.path()).await?;
    walk.browser.button(SAVE_REPORT).await?;
    let saved = walk
        .browser
        .until("the report to be saved", async || {
            let files = std::fs::read_dir(folder.path())?.filter_map(|file| Some(file.ok()?.path()));
            let mut whole = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
            Ok(whole.next())
        })
        .await?;
    Ok(Report(serde_json::from_slice(&std::fs::read(saved)?)?))
}

/// Takes everything out again that came by exports.
pub(super) async fn remove_imports(walk: &Walk) -> Told {
    go_to_import(walk).await?;
    walk.browser.button("Remove what was imported…").await?;
    walk.browser.find(Role::Dialog, "Remove what was imported?").await?;
    walk.browser.button("Remove what was imported").await?;
    walk.browser.sees("What was imported is removed").await
}

/// Waits until the library counts so many.
pub(super) async fn sees_all(walk: &Walk, photos: usize) -> Told {
    walk.browser.link("Photos").await?;
    walk.browser.sees(&format!("{photos} photos")).await
}
