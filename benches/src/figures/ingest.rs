//! Search pages through the shipped way of fetching into catalog and IndexedDB, beside pandas to its data frame.
//!
//! The page is signed in at the pretend Google as a person does it. Then `fetch` of the worker is replaced, from outside,
//! by one that answers searches with slices of a blob: the browser hands the bytes over as it does those of a network,
//! but there is none to wait for.

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use albumen_e2e::people::{EMAIL, web_client_file};
use albumen_e2e::pictures::Folder;
use serde_json::Value;
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};

use super::memory;
use crate::options::Options;
use crate::pages;
use crate::pandas::Pandas;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{Site, Stage, grouped};

const PAGES: &str = include_str!("../../js/pages.js");
const LONGEST: Duration = Duration::from_secs(900);
const TOOK: &str = "return globalThis.benchTook";
/// Weighing a process holds it up.
const WEIGH_EVERY: Duration = Duration::from_millis(250);

/// One fetch of everything.
struct Fetch {
    took_ms: f64,
    peak_mb: f64,
}

/// The pages lie beside the site.
pub(crate) async fn measure(options: &Options, site: &Site, rows: u32, pandas: Option<&Pandas>) -> Told<Vec<Figure>> {
    let mut fetches = Vec::new();
    for _ in 0..options.runs {
        fetches.push(fetch(site, rows).await?);
    }
    let took = Sample::of(fetches.iter().map(|fetch| fetch.took_ms)).ok_or_else(|| said("nothing was fetched"))?;
    let peak = Sample::of(fetches.iter().map(|fetch| fetch.peak_mb)).ok_or_else(|| said("nothing was weighed"))?;
    let ingest = Figure::new("ingest", rows, "ms", &took);
    let memory = Figure::new("ingest_memory", rows, "MB", &peak);
    Ok(match pandas {
        Some(pandas) => {
            vec![ingest.beside("pandas", pandas.ingest_ms.median()), memory.beside("pandas", pandas.peak_mb.median())]
        }
        None => vec![ingest, memory],
    })
}

async fn fetch(site: &Site, rows: u32) -> Told<Fetch> {
    let stage = Stage::with_google(site.folder()).await?;
    sign_in(&stage).await?;
    let folder = format!("{}bench/", stage.page.base());
    let script = PAGES.replace("${folder}", &folder);
    let pages: Value = stage.browser.watcher.run_in_worker(&script).await?;
    if pages != rows.div_ceil(pages::ITEMS_A_PAGE) {
        return Err(said(format!("the worker found {pages} pages")));
    }
    let process = memory::process_of_the_tab(&stage).await?;
    stage.listen("click", "body", &format!("{} fetched, ", grouped(rows))).await?;
    stage.browser.button("Sync").await?;
    let (end, mut peak_mb, mut looks) = (Instant::now() + LONGEST, 0.0_f64, interval(WEIGH_EVERY));
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let took_ms = loop {
        looks.tick().await;
        peak_mb = peak_mb.max(memory::pss_mb(process).unwrap_or_default());
        if let Some(took_ms) = stage.browser.run(TOOK, vec![]).await? {
            break took_ms;
        }
        if Instant::now() > end {
            return Err(said(format!("the fetch did not end: {}", stage.browser.text().await?)));
        }
    };
    stage.end().await?;
    Ok(Fetch { took_ms, peak_mb })
}

/// The whole way of a person with a client of their own.
async fn sign_in(stage: &Stage) -> Told {
    let browser = &stage.browser;
    let files = Folder::new()?;
    let client = web_client_file(&stage.page.origin(), &stage.page.base());
    let client = files.file("client_secret.json", client)?;
    browser.open(&stage.page.base()).await?;
    browser.button("Sign in with Google").await?;
    browser.find(Role::Dialog, "Set up sign-in").await?;
    browser.choose_files("Choose client_secret.json", &[&client]).await?;
    browser.sees("Sign-in is set up with").await?;
    browser.button("Sign in with Google").await?;
    browser.sees("wants access to your Google Account").await?;
    browser.button("Allow").await?;
    browser.sees(EMAIL).await?;
    browser.link("Photos").await
}
