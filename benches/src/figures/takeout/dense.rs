//! A hundred thousand small photos in one archive: imported, stored and shown, beside what Python takes only to read
//! the same sidecars.

use std::path::Path;

use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use tokio::process::Command;

use super::exports::{DENSE_PHOTOS, dense};
use super::stay::Stay;
use crate::options::Options;
use crate::pandas::heard;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Site;
use crate::trace::{CATEGORIES, MainThread};

const SIDECARS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/sidecars.py");

/// What the script prints.
#[derive(Debug, Deserialize)]
struct Python {
    files: u32,
    took_ms: f64,
}

pub(super) async fn measure(options: &Options, site: &Site) -> Told<Vec<Figure>> {
    let archive = dense(options)?;
    let mut figures = Vec::new();
    if options.wants(&["takeout_dense", "takeout_memory"]) {
        let (mut took_ms, mut peak_mb, mut python_ms) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..options.runs {
            python_ms.push(python(&archive).await?);
            let mut stay = Stay::begin(site).await?;
            took_ms.push(stay.import(&archive, DENSE_PHOTOS).await?);
            stay.finish().await?;
            peak_mb.push(stay.peak_mb);
            stay.stage.end().await?;
        }
        let sample = |values| Sample::of(values).ok_or_else(|| said("nothing was imported"));
        let python_ms = sample(python_ms)?.median();
        let took = Figure::new("takeout_dense", DENSE_PHOTOS, "ms", &sample(took_ms)?);
        figures.push(took.beside("zipfile + json", python_ms));
        figures.push(Figure::new("takeout_memory", DENSE_PHOTOS, "MB", &sample(peak_mb)?));
    }
    if options.wants(&["takeout_long_task"]) {
        figures.push(long_task(site, &archive).await?);
    }
    Ok(figures)
}

/// The longest task of the page while all of it is imported, the looking inside included. Tracing takes its own time,
/// so nothing else is measured meanwhile.
async fn long_task(site: &Site, archive: &Path) -> Told<Figure> {
    let mut stay = Stay::begin(site).await?;
    stay.is_weighed = false;
    let watcher = stay.stage.browser.watcher.clone();
    let import = async {
        stay.import(archive, DENSE_PHOTOS).await?;
        stay.finish().await
    };
    let ((), events) = watcher.traced(CATEGORIES, import).await?;
    let thread = MainThread::read(&events).ok_or_else(|| said("the trace says nothing of the page"))?;
    stay.stage.end().await?;
    let sample = Sample::of([thread.longest_task_ms]).ok_or_else(|| said("nothing was traced"))?;
    Ok(Figure::new("takeout_long_task", DENSE_PHOTOS, "ms", &sample))
}

async fn python(archive: &Path) -> Told<f64> {
    let printed = heard(Command::new("python3").arg(SIDECARS).arg(archive)).await?;
    let Python { files, took_ms } = serde_json::from_slice(&printed)?;
    if files < DENSE_PHOTOS / 2 {
        return Err(said(format!("Python found {files} sidecars only")));
    }
    Ok(took_ms)
}
