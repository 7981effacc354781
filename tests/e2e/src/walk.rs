//! One play: the stage is set, the story told, and the house looked over at the end. Whatever the story was, it must
//! leave the recorder empty and the consoles silent but for what it announced.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::time::Duration;

use albumen_core::sandbox::{Cors, Day};
use futures_util::FutureExt;
use tokio::sync::Semaphore;

use crate::browser::{Browser, SiteData};
use crate::failure::{Failure, Told, said};
use crate::google::{Google, HOSTS};
use crate::page::{Folder, Page};
use crate::people;
use crate::recorder::Recorder;
use crate::watcher::Line;

/// As many browsers at once as a small machine bears.
static SEATS: Semaphore = Semaphore::const_new(2);
/// The longest a walk may take, unless its stage says otherwise.
const LONGEST: Duration = Duration::from_secs(300);

/// How long a browser that may be stuck is waited for.
const LAST_LOOK: Duration = Duration::from_secs(20);

/// How the stage is set.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Media items in the person's library.
    pub items: u32,
    pub cors: Cors,
    pub folder: Folder,
    pub site_data: SiteData,
    /// The longest the walk may take.
    pub longest: Duration,
}

impl Stage {
    /// A small library, and everything as a person has it.
    pub const USUAL: Self =
        Self { items: 120, cors: Cors::Generous, folder: Folder::Sub, site_data: SiteData::Allowed, longest: LONGEST };
}

impl Default for Stage {
    fn default() -> Self {
        Self::USUAL
    }
}

/// The newest photo's UTC day in every walk.
pub fn last_day() -> Day {
    Day::from_ymd(2026, 6, 30).expect("the day exists")
}

/// Everything a story needs. The browser stands on an empty page.
pub struct Walk {
    pub browser: Browser,
    pub google: Google,
    pub page: Page,
    pub recorder: Recorder,
    pub files: crate::pictures::Folder,
    expected: Vec<(String, String)>,
}

impl Walk {
    /// The page's own address.
    pub async fn open(&self) -> Told {
        self.browser.open(&self.page.base()).await
    }

    /// Announces console lines: of this source (`network`, `security` …), with this text in them.
    pub fn expect_line(&mut self, source: &str, text: &str) {
        self.expected.push((source.to_owned(), text.to_owned()));
    }

    fn unexpected(&self) -> Vec<Line> {
        let announced = |line: &Line| {
            self.expected.iter().any(|(source, text)| *source == line.source && line.text.contains(text.as_str()))
        };
        // Chromium's word that something else has the focus already, which is as it should be.
        let is_advice = |line: &Line| line.source == "rendering" && line.text.starts_with("Autofocus processing was");
        self.browser.watcher.lines().into_iter().filter(|line| !announced(line) && !is_advice(line)).collect()
    }

    async fn look_over(&self) -> Told {
        let lines = self.unexpected();
        if !lines.is_empty() {
            return Err(said("the consoles are not silent"));
        }
        let ours = |host: &String| HOSTS.contains(&host.as_str()) || self.page.origin().ends_with(host.as_str());
        let foreign: Vec<String> = self.browser.watcher.hosts().into_iter().filter(|host| !ours(host)).collect();
        if !foreign.is_empty() {
            return Err(said(format!("page or worker called hosts that are none of ours: {foreign:?}")));
        }
        let heard = self.recorder.heard().await;
        if !heard.is_empty() {
            return Err(said(format!("somebody called hosts that are none of ours: {heard:?}")));
        }
        Ok(())
    }

    /// What a person needs to see why a walk failed.
    async fn keep_evidence(&self, name: &str, why: &str) -> Told<PathBuf> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e").join(name.replace("::", "."));
        tokio::fs::create_dir_all(&folder).await?;
        tokio::fs::write(folder.join("why.txt"), why).await?;
        let driver = self.browser.driver();
        if let Ok(picture) = driver.screenshot_as_png().await {
            tokio::fs::write(folder.join("screen.png"), picture).await?;
        }
        if let Ok(source) = driver.source().await {
            tokio::fs::write(folder.join("page.html"), source).await?;
        }
        let lines: String = self.browser.watcher.lines().iter().map(|line| format!("{line}\n")).collect();
        tokio::fs::write(folder.join("console.txt"), lines).await?;
        let calls: Vec<String> = self.google.seen().iter().map(describe).collect();
        tokio::fs::write(folder.join("google.txt"), calls.join("\n")).await?;
        Ok(folder)
    }
}

/// A request in one line, without its secrets: they are the sandbox's own.
fn describe(seen: &crate::google::Seen) -> String {
    let request = &seen.request;
    let status = seen.status.map_or_else(|| "cut".to_owned(), |status| status.to_string());
    let body = String::from_utf8_lossy(&request.body[..request.body.len().min(900)]).into_owned();
    format!("{status} {} {}{} {body}", request.method, request.host, request.target)
}

/// Plays `story` on this stage; panics with the reason if it fails, after keeping a screenshot, the page's source,
/// its consoles and Google's log under `target/e2e`.
pub fn walk(stage: Stage, story: impl AsyncFnOnce(&mut Walk) -> Told) {
    let name = std::thread::current().name().unwrap_or("walk").to_owned();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a test may start threads");
    let outcome = runtime.block_on(async {
        let _seat = SEATS.acquire().await.expect("the semaphore is never closed");
        play(stage, &name, story).await
    });
    // A picture that is still being drawn need not be waited for.
    runtime.shutdown_background();
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

async fn play(stage: Stage, name: &str, story: impl AsyncFnOnce(&mut Walk) -> Told) -> Told {
    let mut walk = set(stage).await?;
    let told = tokio::time::timeout(stage.longest, AssertUnwindSafe(story(&mut walk)).catch_unwind()).await;
    let outcome = match told {
        Err(_) => Err(said(format!("the walk took longer than {} s", stage.longest.as_secs()))),
        Ok(Err(panic)) => Err(said(reason(panic.as_ref()))),
        Ok(Ok(Ok(()))) => walk.look_over().await,
        Ok(Ok(Err(failure))) => Err(failure),
    };
    let outcome = match outcome {
        Ok(()) => Ok(()),
        Err(failure) => Err(with_evidence(failure, &walk, name).await),
    };
    let Walk { browser, .. } = walk;
    let quit = tokio::time::timeout(LAST_LOOK, browser.quit()).await;
    outcome.and(quit.unwrap_or_else(|_| Err(said("the browser could not be closed"))))
}

async fn set(stage: Stage) -> Told<Walk> {
    let page = Page::start(stage.folder).await?;
    let settings = people::settings(stage.items, last_day(), stage.cors, &page.origin(), &page.base());
    let google = Google::start(settings).await?;
    let recorder = Recorder::start().await?;
    let browser = Browser::launch(google.port(), recorder.port(), stage.site_data).await?;
    Ok(Walk { browser, google, page, recorder, files: crate::pictures::Folder::new()?, expected: Vec::new() })
}

async fn with_evidence(failure: Failure, walk: &Walk, name: &str) -> Failure {
    let lines: String = walk.unexpected().iter().map(|line| format!("\n  {line}")).collect();
    let console = if lines.is_empty() { String::new() } else { format!("\nconsoles:{lines}") };
    let kept = tokio::time::timeout(LAST_LOOK, walk.keep_evidence(name, &failure.to_string())).await;
    match kept.unwrap_or_else(|_| Err(said("the browser no longer answers"))) {
        Ok(folder) => said(format!("{failure}{console}\nevidence: {}", folder.display())),
        Err(problem) => said(format!("{failure}{console}\nno evidence could be kept: {problem}")),
    }
}

/// The words of a panic.
fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_else(|| "the story panicked without words".to_owned())
}
