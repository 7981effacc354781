//! One visit with an export: a fresh profile, the drop, and what the tab's process weighs meanwhile.

use std::path::Path;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};

use crate::figures::memory;
use crate::stage::{Site, Stage, grouped};

const IMPORTED: &str = concat!(include_str!("../../../js/once_true.js"), include_str!("../../../js/imported.js"));
const READS: &str = include_str!("../../../js/reads.js");
const TOOK: &str = "return globalThis.benchTook";
/// The engine is awake before the drop, so that its reads can be noted from the first one on.
const WAS_HERE: &str = "localStorage.setItem('albumen:/:world', 'google')";
const LONGEST: Duration = Duration::from_secs(1800);
/// The link to the import says what it does as long as it runs.
const SAYS: &str = "(words => [...document.querySelectorAll('a')].some(one => words.test(one.textContent)))";
/// What it does before all photos are kept, and at all.
const BEFORE: &str = "/^(Reading|Matching|Keeping)/";
const AT_ALL: &str = "/^(Reading|Matching|Keeping|Looking inside)/";
/// Weighing a process holds it up.
const WEIGH_EVERY: Duration = Duration::from_millis(250);

/// A browser that stands before the empty page.
pub(super) struct Stay {
    pub(super) stage: Stage,
    process: u64,
    /// The most that the tab's process weighed so far.
    pub(super) peak_mb: f64,
    /// Weighing holds the tab's memory up, and with it whatever the tab is doing.
    pub(super) is_weighed: bool,
}

impl Stay {
    pub(super) async fn begin(site: &Site) -> Told<Self> {
        let stage = Stage::bare(site.folder()).await?;
        stage
            .before_the_page(WAS_HERE, async || {
                stage.browser.open(&stage.page.base()).await?;
                stage.browser.find(Role::Button, "Try it now").await?;
                Ok(())
            })
            .await?;
        let process = memory::process_of_the_tab(&stage).await?;
        Ok(Self { stage, process, peak_mb: 0.0, is_weighed: true })
    }

    /// From now on what the worker reads of files is noted.
    pub(super) async fn note_reads(&self) -> Told {
        self.stage.browser.watcher.run_in_worker(READS).await?;
        Ok(())
    }

    /// Drops an archive: milliseconds until photos stand in the grid and all of them, so many, are kept.
    pub(super) async fn import(&mut self, archive: &Path, photos: u32) -> Told<f64> {
        let count = grouped(photos);
        let is_counted =
            format!("[...document.querySelectorAll('[role=status]')].some(one => one.textContent.includes('{count}'))");
        let script = format!("const isKept = () => {is_counted} && !{SAYS}({BEFORE});\n{IMPORTED}");
        let _: Option<f64> = self.stage.browser.run(&script, vec![]).await?;
        self.stage.browser.drop_files(&[archive]).await?;
        self.weigh_until("the photos to be kept", TOOK).await
    }

    /// Goes on weighing until the import is wholly done.
    pub(super) async fn finish(&mut self) -> Told {
        let script = format!("return {SAYS}({AT_ALL}) ? null : 1");
        self.weigh_until("the import to end", &script).await?;
        Ok(())
    }

    async fn weigh_until(&mut self, what: &str, look: &str) -> Told<f64> {
        let (end, mut looks) = (Instant::now() + LONGEST, interval(WEIGH_EVERY));
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            if self.is_weighed {
                self.peak_mb = self.peak_mb.max(memory::pss_mb(self.process).unwrap_or_default());
            }
            if let Some(found) = self.stage.browser.run(look, vec![]).await? {
                return Ok(found);
            }
            if Instant::now() > end {
                return Err(said(format!("waited in vain for {what}: {}", self.stage.browser.text().await?)));
            }
        }
    }
}
