//! Where things are measured: the release bundle on a host of its own, with or without a seeded library, in a browser
//! with nothing else in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use albumen_core::sandbox::Cors;
use albumen_e2e::browser::{Browser, SiteData};
use albumen_e2e::failure::{Told, said};
use albumen_e2e::google::Google;
use albumen_e2e::page::{Folder, Page, dist};
use albumen_e2e::people;
use albumen_e2e::recorder::Recorder;
use albumen_e2e::walk::last_day;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::{Instant, interval};

use crate::options::Options;
use crate::seed::{self, Make};

/// Fills a database with a million objects and reads it several times, on a busy machine.
const LONGEST_SCRIPT: Duration = Duration::from_secs(1800);
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long a page may take for what it should do at once.
const LONGEST_KEY: Duration = Duration::from_secs(15);
/// The modifier of a key.
pub(crate) const CONTROL: u32 = 2;
const UNTIL_SAID: &str = concat!(include_str!("../js/once_true.js"), include_str!("../js/until_said.js"));
const IS_MADE: &str =
    "return (await indexedDB.databases()).some(database => database.name.endsWith(':google') && database.version > 0)";
const SEED: &str = include_str!("../js/seed.js");
const OPENING: &str = include_str!("../js/opening.js");

/// The bundle, and beside it what the bench brings: files of the page's own origin, as its policy wants.
pub(crate) struct Site {
    folder: PathBuf,
}

impl Site {
    pub(crate) fn build(options: &Options) -> Told<Self> {
        let folder = options.target.join("site");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        copy(&dist()?, &folder)?;
        std::fs::create_dir_all(folder.join("bench"))?;
        std::fs::write(folder.join("bench/blank.html"), "<!doctype html><title>Blank</title>")?;
        Ok(Self { folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the files of the bench lie.
    pub(crate) fn beside(&self) -> PathBuf {
        self.folder.join("bench")
    }
}

fn copy(from: &Path, to: &Path) -> Told {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A browser that stands before a host of the page.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) page: Page,
    /// Rows of the library.
    pub(crate) rows: u32,
    _google: Option<Google>,
    _recorder: Recorder,
}

impl Stage {
    /// With an empty profile, before a folder of files.
    pub(crate) async fn bare(folder: &Path) -> Told<Self> {
        Self::set(Page::serve(folder, Folder::Root).await?, None).await
    }

    /// With an empty profile, before a folder of files, and with a Google where there is need of one.
    pub(crate) async fn with_google(folder: &Path) -> Told<Self> {
        let page = Page::serve(folder, Folder::Root).await?;
        let settings = people::settings(0, last_day(), Cors::Generous, &page.origin(), &page.base());
        let google = Google::start(settings).await?;
        Self::set(page, Some(google)).await
    }

    async fn set(page: Page, google: Option<Google>) -> Told<Self> {
        let recorder = Recorder::start().await?;
        // Where there is no Google, its names lead to where all others do.
        let google_port = google.as_ref().map_or(recorder.port(), Google::port);
        let browser = Browser::launch(google_port, recorder.port(), SiteData::Allowed).await?;
        Ok(Self { browser, page, rows: 0, _google: google, _recorder: recorder })
    }

    /// With a library of so many rows in the browser's database, each made by `make`.
    pub(crate) async fn of(site: &Site, rows: u32, make: Make) -> Told<Self> {
        let mut stage = Self::bare(site.folder()).await?;
        stage.rows = rows;
        seed::write(&site.beside(), rows, make).await?;
        // The page makes the database, so that it is of the page's own version.
        stage.browser.open(&stage.page.base()).await?;
        let is_made = async || Ok(stage.browser.run_async::<bool>(IS_MADE).await?.then_some(()));
        stage.browser.until("the page's database", is_made).await?;
        stage.blank().await?;
        let _: u32 = stage.run_long(SEED).await?;
        Ok(stage)
    }

    pub(crate) async fn end(self) -> Told {
        self.browser.quit().await
    }

    /// Stands on an empty page of the same origin.
    pub(crate) async fn blank(&self) -> Told {
        self.browser.open(&format!("{}bench/blank.html", self.page.base())).await
    }

    /// Opens the page and waits until all that `is_there` (a JavaScript expression) looks for is painted: milliseconds
    /// since the navigation began.
    pub(crate) async fn open_until(&self, is_there: &str) -> Told<f64> {
        match self.open_once(is_there).await {
            Ok(opened_ms) => Ok(opened_ms),
            Err(failure) => {
                let read = "return `looked ${globalThis.benchLooks} times, ${document.visibilityState}`";
                let looked: String = self.browser.run(read, vec![]).await?;
                println!("once more, since it {failure}; {looked}; the page says: {}", self.browser.text().await?);
                self.open_once(is_there).await
            }
        }
    }

    async fn open_once(&self, is_there: &str) -> Told<f64> {
        self.blank().await?;
        let script = format!("const isThere = () => {is_there};\n{OPENING}");
        self.before_the_page(&format!("{{ {script} }}"), async || {
            self.browser.open(&self.page.base()).await?;
            self.noted("benchOpened").await
        })
        .await
    }

    /// Opens the library's page, and waits for grid and count.
    pub(crate) async fn open(&self) -> Told<f64> {
        let count = grouped(self.rows);
        let is_there = format!(
            "document.querySelector('[data-row]') && \
             [...document.querySelectorAll('[role=status]')].some(one => one.textContent.includes('{count}'))"
        );
        self.open_until(&is_there).await
    }

    /// Does `work` while `script` runs in every page before anything of its own.
    pub(crate) async fn before_the_page<T>(&self, script: &str, work: impl AsyncFnOnce() -> Told<T>) -> Told<T> {
        let watcher = &self.browser.watcher;
        watcher.ask_page("Page.enable", json!({})).await?;
        let added = watcher.ask_page("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        let outcome = work().await;
        let script = json!({ "identifier": added["identifier"] });
        watcher.ask_page("Page.removeScriptToEvaluateOnNewDocument", script).await?;
        outcome
    }

    /// Presses a key, with the modifiers of the debugging protocol (2 is Control).
    pub(crate) async fn press(&self, key: &str, code: u32, modifiers: u32) -> Told {
        let text = (key.chars().count() == 1 && modifiers == 0).then_some(key);
        for what in ["keyDown", "keyUp"] {
            let mut event = json!({
                "type": what, "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers,
            });
            if let Some(text) = text.filter(|_| what == "keyDown") {
                event["text"] = text.into();
            }
            self.browser.watcher.ask_page("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// From the next event of this kind on waits for an element (a selector) that says `words`, and leaves how long it
    /// took as `benchTook`.
    pub(crate) async fn listen(&self, kind: &str, selector: &str, words: &str) -> Told {
        let named = json!([kind, selector, words]);
        let script = format!("const [kind, where, words] = {named};\n{UNTIL_SAID}\nreturn null");
        let _: Option<f64> = self.browser.run(&script, vec![]).await?;
        Ok(())
    }

    /// Presses a key: milliseconds from it until a status says `words` and that is painted.
    pub(crate) async fn key_to_words(&self, key: &str, code: u32, modifiers: u32, words: &str) -> Told<f64> {
        self.listen("keydown", "[role=status]", words).await?;
        self.press(key, code, modifiers).await?;
        let took = tokio::time::timeout(LONGEST_KEY, self.noted("benchTook")).await;
        took.map_err(|_| said(format!("the page does not say “{words}” after the key {key}")))?
    }

    /// Runs the body of an asynchronous JavaScript function that may take minutes, which no single request of WebDriver
    /// waits for, and reads what it resolves to.
    pub(crate) async fn run_long<T: DeserializeOwned>(&self, script: &str) -> Told<T> {
        let begin = format!(
            "globalThis.benchDone = null;
            (async () => {{ {script} }})().then(
                value => {{ globalThis.benchDone = [value, null]; }},
                error => {{ globalThis.benchDone = [null, String(error)]; }},
            );
            return null;"
        );
        let _: Option<f64> = self.browser.run(&begin, vec![]).await?;
        let (end, mut looks) = (Instant::now() + LONGEST_SCRIPT, interval(LOOK_EVERY));
        while Instant::now() < end {
            looks.tick().await;
            let done: Option<(Value, Option<String>)> = self.browser.run("return globalThis.benchDone", vec![]).await?;
            match done {
                Some((_, Some(error))) => return Err(said(format!("the script threw {error}"))),
                Some((value, None)) => return Ok(serde_json::from_value(value)?),
                None => {}
            }
        }
        Err(said("a script has not ended"))
    }

    /// A number that a script of ours has left in the page, as soon as it is there.
    pub(crate) async fn noted(&self, name: &str) -> Told<f64> {
        let read = format!("return globalThis.{name} ?? null");
        self.browser.until(name, async || self.browser.run::<Option<f64>>(&read, vec![]).await).await
    }

    /// The same, of something that may take longer than anything else, and takes all that the machine has: it is looked for
    /// now and then.
    pub(crate) async fn noted_in(&self, name: &str, longest: Duration) -> Told<f64> {
        let read = format!("return globalThis.{name} ?? null");
        let begun = Instant::now();
        let mut looks = interval(LOOK_EVERY);
        while begun.elapsed() < longest {
            looks.tick().await;
            if let Some(noted) = self.browser.run::<Option<f64>>(&read, vec![]).await? {
                return Ok(noted);
            }
        }
        Err(said(format!("{name} was not noted")))
    }

    /// The spans of the page's own timeline since [`Stage::forget_spans`], in milliseconds, by name.
    pub(crate) async fn spans(&self) -> Told<BTreeMap<String, Vec<f64>>> {
        let read = "return performance.getEntriesByType('measure').map(one => [one.name, one.duration])";
        let spans: Vec<(String, f64)> = self.browser.run(read, vec![]).await?;
        let mut by_name = BTreeMap::<String, Vec<f64>>::new();
        for (name, duration_ms) in spans {
            by_name.entry(name).or_default().push(duration_ms);
        }
        Ok(by_name)
    }

    pub(crate) async fn forget_spans(&self) -> Told {
        let _: Value = self.browser.run("performance.clearMeasures(); return null", vec![]).await?;
        Ok(())
    }
}

/// Digits in threes, as the page writes them in English.
pub(crate) fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_threes() {
        assert_eq!([7, 1000, 1_000_000].map(grouped), ["7", "1,000", "1,000,000"]);
    }
}
