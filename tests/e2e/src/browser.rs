//! Chromium by WebDriver: what a person does, in words of roles and accessible names.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::manager::{BrowserKind, WebDriverManager};
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, WebDriver, WebElement};

use crate::failure::{Told, said};
use crate::google::HOSTS;
use crate::names::{accessible_name, find_all};
use crate::wait::{until, until_within};
use crate::watcher::Watcher;

pub use crate::names::Role;

/// What keeps Chromium's own services from talking; the page has no part in them.
const QUIET: [&str; 16] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--ignore-certificate-errors",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
];
/// Services of the browser itself, switched off one by one; and the rule that guards loopback addresses from pages of
/// the Internet, since here Google itself lives on loopback.
const QUIET_FEATURES: &str = "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,\
    InterestFeedContentSuggestions,LocalNetworkAccessChecks,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,\
    Translate";

/// The size of the window, in pixels: a small laptop's.
const WINDOW: &str = "--window-size=1280,900";

/// What the browser keeps of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteData {
    Allowed,
    /// Chromium: "Don't allow sites to save data on your device".
    Blocked,
    /// A private window: kept until it closes.
    Private,
}

/// A browser with a fresh profile and nothing in it.
pub struct Browser {
    driver: WebDriver,
    pub watcher: Watcher,
    _manager: Arc<WebDriverManager>,
    _profile: TempDir,
}

impl Browser {
    /// Starts Chromium so that Google's names lead to `google_port` and every other name to `recorder_port`.
    pub async fn launch(google_port: u16, recorder_port: u16, site_data: SiteData) -> Told<Self> {
        let profile = tempfile::Builder::new().prefix("albumen-e2e-").tempdir()?;
        let mut wishes = ChromeCapabilities::new();
        wishes.set_binary(
            &program("ALBUMEN_CHROME", &["chromium", "google-chrome", "chromium-browser"])?.to_string_lossy(),
        )?;
        for wish in QUIET {
            wishes.add_arg(wish)?;
        }
        wishes.add_arg(QUIET_FEATURES)?;
        wishes.add_arg(WINDOW)?;
        wishes.add_arg("--lang=en-US")?;
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        wishes.add_arg(&format!("--host-resolver-rules={}", roads(google_port, recorder_port)))?;
        match site_data {
            SiteData::Allowed => {}
            SiteData::Blocked => {
                const BLOCKED: u8 = 2;
                let settings = serde_json::json!({ "profile.default_content_setting_values.cookies": BLOCKED });
                wishes.add_experimental_option("prefs", settings)?;
            }
            SiteData::Private => wishes.add_arg("--incognito")?,
        }
        let manager = WebDriverManager::builder()
            .offline()
            .driver_binary(BrowserKind::Chrome, program("ALBUMEN_CHROMEDRIVER", &["chromedriver"])?)
            .build();
        let driver = manager.launch(wishes).await?;
        let watcher = Watcher::attach(profile.path()).await?;
        Ok(Self { driver, watcher, _manager: manager, _profile: profile })
    }

    /// WebDriver itself, for what has no word here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    pub async fn open(&self, address: &str) -> Told {
        Ok(self.driver.goto(address).await?)
    }

    pub async fn reload(&self) -> Told {
        Ok(self.driver.refresh().await?)
    }

    pub async fn address(&self) -> Told<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// The one element of this role and name, as soon as there is one.
    pub async fn find(&self, role: Role, name: &str) -> Told<WebElement> {
        until(&format!("{role:?} “{name}”"), async || {
            Ok(find_all(&self.driver, role, name).await?.into_iter().next())
        })
        .await
    }

    /// Whether there is such an element at this moment.
    pub async fn has(&self, role: Role, name: &str) -> Told<bool> {
        Ok(!find_all(&self.driver, role, name).await?.is_empty())
    }

    /// Clicks as soon as the element is there, enabled and not covered.
    pub async fn click(&self, role: Role, name: &str) -> Told {
        until(&format!("{role:?} “{name}” to be clicked"), async || {
            let Some(element) = find_all(&self.driver, role, name).await?.into_iter().next() else { return Ok(None) };
            if !element.is_enabled().await? {
                return Err(said("it is disabled"));
            }
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    pub async fn button(&self, name: &str) -> Told {
        self.click(Role::Button, name).await
    }

    pub async fn link(&self, name: &str) -> Told {
        self.click(Role::Link, name).await
    }

    /// Writes `text` into the field of this label, in the place of what was there.
    pub async fn fill(&self, label: &str, text: &str) -> Told {
        let field = self.find(Role::TextBox, label).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Sets a date field, whatever the order of its parts in this browser's language.
    pub async fn fill_date(&self, label: &str, iso: &str) -> Told {
        let field = self.find(Role::TextBox, label).await?;
        let set = "arguments[0].value = arguments[1];
            for (const kind of ['input', 'change']) arguments[0].dispatchEvent(new Event(kind, { bubbles: true }));";
        self.driver.execute(set, vec![field.to_json()?, iso.into()]).await?;
        Ok(())
    }

    /// Picks the option of this text in the list of this label.
    pub async fn pick(&self, label: &str, option: &str) -> Told {
        let list = self.find(Role::ComboBox, label).await?;
        let list = thirtyfour::components::SelectElement::new(&list).await?;
        Ok(list.select_by_exact_text(option).await?)
    }

    /// All text that is shown, with runs of white space as one space.
    pub async fn text(&self) -> Told<String> {
        let read = self.driver.execute("return document.body.innerText", vec![]).await?;
        Ok(plain(read.json().as_str().unwrap_or_default()))
    }

    /// Waits until this text is shown.
    pub async fn sees(&self, text: &str) -> Told {
        let mut last = String::new();
        until(&format!("the text “{text}”"), async || {
            last = self.text().await?;
            match last.contains(text) {
                true => Ok(Some(())),
                false => Err(said(format!("the page says: {}", last.chars().take(1500).collect::<String>()))),
            }
        })
        .await
    }

    /// Waits until this text is no longer shown.
    pub async fn sees_no_more(&self, text: &str) -> Told {
        until(&format!("the text “{text}” to go"), async || Ok((!self.text().await?.contains(text)).then_some(())))
            .await
    }

    /// Waits until `look` finds something; `what` says what it was waiting for.
    pub async fn until<T>(&self, what: &str, look: impl AsyncFnMut() -> Told<Option<T>>) -> Told<T> {
        until(what, look).await
    }

    /// As [`Browser::until`], with a patience of its own.
    pub async fn until_within<T>(
        &self,
        what: &str,
        patience: Duration,
        look: impl AsyncFnMut() -> Told<Option<T>>,
    ) -> Told<T> {
        until_within(what, patience, look).await
    }

    /// The cells of the table of this name, row by row, with runs of white space as one space.
    pub async fn table(&self, name: &str) -> Told<Vec<Vec<String>>> {
        let table = self.find(Role::Table, name).await?;
        let read = "return [...arguments[0].querySelectorAll('tr, [role=row]')]
            .map(row => [...row.querySelectorAll('th, td, [role=cell], [role=rowheader]')].map(cell => cell.textContent))";
        let rows: Vec<Vec<String>> = self.run(read, vec![table.to_json()?]).await?;
        Ok(rows.into_iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect())
    }

    /// Clicks what opens a file dialog, and chooses these files in it.
    pub async fn choose_files(&self, button: &str, files: &[&Path]) -> Told {
        self.watcher.take_over_file_dialog().await?;
        // The input itself may be invisible in its label: then people click the label.
        let input = self.find(Role::FileInput, button).await?;
        let seen = "return arguments[0].labels[0] ?? arguments[0]";
        self.driver.execute(seen, vec![input.to_json()?]).await?.element()?.click().await?;
        self.watcher.choose_files(files).await
    }

    /// Drops these files and folders onto the middle of the page.
    pub async fn drop_files(&self, files: &[&Path]) -> Told {
        let read = "return [Math.round(innerWidth / 2), Math.round(innerHeight / 2)]";
        self.watcher.drop_files(self.run(read, vec![]).await?, files).await
    }

    /// Drops these files and folders onto the words of this text.
    pub async fn drop_files_on(&self, words: &str, files: &[&Path]) -> Told {
        let read = "
            const all = [...document.querySelectorAll('body *')].filter(one => one.checkVisibility());
            const place = all.findLast(one => one.textContent.trim() === arguments[0]);
            place?.scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = place?.getBoundingClientRect();
            return box ? [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)] : null;";
        let place = until(&format!("the words “{words}” to drop on"), async || {
            self.run::<Option<(u32, u32)>>(read, vec![words.into()]).await
        })
        .await?;
        self.watcher.drop_files(place, files).await
    }

    /// Ends the page's process as if the machine had lost power, and stands before an empty page of the same profile.
    pub async fn lose_page(&self) -> Told {
        let lost = self.driver.window().await?;
        self.watcher.kill_page().await?;
        let opened = self.watcher.ask_browser("Target.createTarget", json!({ "url": "about:blank" })).await?;
        let opened = opened["targetId"].as_str().ok_or_else(|| said("the browser opened no page"))?;
        self.watcher
            .ask_browser("Target.closeTarget", json!({ "targetId": lost.to_string().trim_start_matches("CDwindow-") }))
            .await?;
        let next = async || {
            let windows = self.driver.windows().await?;
            Ok(windows.into_iter().find(|window| window.to_string().contains(opened)))
        };
        self.driver.switch_to_window(until("a new window", next).await?).await?;
        Ok(())
    }

    /// Runs the body of a JavaScript function in the page and reads what it returns.
    pub async fn run<T: serde::de::DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Told<T> {
        Ok(self.driver.execute(script, arguments).await?.convert()?)
    }

    /// Runs the body of an asynchronous JavaScript function in the page and reads what it resolves to.
    pub async fn run_async<T: serde::de::DeserializeOwned>(&self, script: &str) -> Told<T> {
        let script =
            format!("const done = arguments[0]; (async () => {{ {script} }})().then(done, e => done(String(e)));");
        Ok(self.driver.execute_async(&script, vec![]).await?.convert()?)
    }

    /// The names of the elements of a role that can be reached now, the first forty in whose words `part` occurs.
    pub async fn names(&self, role: Role, part: &str) -> Told<Vec<String>> {
        let mut names = Vec::new();
        for element in crate::names::reachable(&self.driver, role, part).await? {
            names.push(accessible_name(&self.driver, &element).await?);
        }
        Ok(names)
    }

    /// Closes the browser.
    pub async fn quit(self) -> Told {
        Ok(self.driver.quit().await?)
    }
}

/// Runs of white space as one space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Chromium's resolver rules; the first that fits a name holds.
fn roads(google_port: u16, recorder_port: u16) -> String {
    let mut rules: Vec<String> = HOSTS.iter().map(|host| format!("MAP {host}:443 127.0.0.1:{google_port}")).collect();
    rules.push(format!("MAP * 127.0.0.1:{recorder_port}"));
    rules.push("EXCLUDE localhost".to_owned());
    rules.join(", ")
}

/// The program that the variable names, else the first of `names` on the PATH.
fn program(variable: &str, names: &[&str]) -> Told<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Ok(path.into());
    }
    let path: OsString = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|program| program.is_file())
        .ok_or_else(|| said(format!("no {} on the PATH: install it, or name it in {variable}", names[0])))
}
