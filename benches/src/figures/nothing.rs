//! What the page takes with nothing in it: the part that no library is to blame for.

use albumen_e2e::failure::{Told, said};

use super::memory;
use crate::options::Options;
use crate::sample::Sample;
use crate::stage::{Site, Stage};

/// Whoever was here before is met by a page whose engine is awake.
const WAS_HERE: &str = "localStorage.setItem('albumen:/:world', 'google')";

/// With 0 items.
pub(crate) struct Nothing {
    /// From the navigation until the first screen is painted.
    pub(crate) open_ms: f64,
    /// The tab's memory, its worker awake.
    pub(crate) memory_mb: f64,
}

pub(crate) async fn measure(options: &Options, site: &Site) -> Told<Nothing> {
    let stage = Stage::bare(site.folder()).await?;
    let first_screen = "[...document.querySelectorAll('button')].some(one => one.textContent === 'Try it now')";
    let mut opened_ms = Vec::new();
    // The first one fills the browser's caches.
    for _ in 0..=options.runs {
        // Whoever has been here before and has nothing waits for the engine, whoever has photos does not.
        stage.blank().await?;
        let _: Option<String> = stage.browser.run("localStorage.clear()", vec![]).await?;
        opened_ms.push(stage.open_until(first_screen).await?);
    }
    let mut used_mb = Vec::new();
    for _ in 0..options.runs {
        stage.before_the_page(WAS_HERE, async || stage.open_until(first_screen).await).await?;
        used_mb.push(memory::of_the_tab(&stage).await?);
    }
    stage.end().await?;
    let memory_mb = Sample::of(used_mb).ok_or_else(|| said("nothing was weighed"))?.median();
    let open_ms = Sample::of(opened_ms.into_iter().skip(1)).ok_or_else(|| said("nothing was opened"))?.median();
    Ok(Nothing { open_ms, memory_mb })
}
