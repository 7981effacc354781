//! The tab's memory: with a library and one text filter over that with nothing, and how it grows while one scrolls.

use albumen_e2e::failure::{Told, said};
use serde_json::json;
use tokio::time::{Duration, Instant};

use super::nothing::Nothing;
use super::scroll::{grid, throw};
use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;

const FAR_PX: u32 = 12_000;
/// So often the tab is asked to clean up, at the most.
const MOST_CLEANINGS: u32 = 6;
const BETWEEN_CLEANINGS: Duration = Duration::from_millis(500);
/// Less than this is no cleaning up.
const WORTH_MB: f64 = 1.0;
const MINUTE: Duration = Duration::from_secs(60);

pub(crate) async fn measure(options: &Options, stage: &Stage, nothing: &Nothing) -> Told<Vec<Figure>> {
    let mut used_mb = Vec::new();
    for _ in 0..options.runs {
        stage.open().await?;
        // One text filter, where there is one.
        let _ = super::filter::type_once(stage).await?;
        used_mb.push(of_the_tab(stage).await?);
    }
    let sample = Sample::of(used_mb).ok_or_else(|| said("nothing was weighed"))?.less(nothing.memory_mb);
    let mut figures = vec![Figure::new("memory", stage.rows, "MB", &sample)];
    if let Some(minutes) = options.minutes {
        figures.extend(growth(stage, minutes).await?);
    }
    Ok(figures)
}

async fn growth(stage: &Stage, minutes: u32) -> Told<Option<Figure>> {
    stage.open().await?;
    let before_mb = of_the_tab(stage).await?;
    let (grid, end) = (grid(stage).await?, Instant::now() + MINUTE * minutes);
    while Instant::now() < end {
        throw(stage, &grid, FAR_PX).await?;
    }
    let percent = (of_the_tab(stage).await? - before_mb) / before_mb * 100.0;
    Ok(Sample::of([percent]).map(|sample| Figure::new("memory_growth", stage.rows, "%", &sample)))
}

/// MB of the proportional set size of the tab's process, page and worker, after both have cleaned up: until nothing more
/// goes, since the page that was open before is given up piece by piece.
pub(crate) async fn of_the_tab(stage: &Stage) -> Told<f64> {
    let watcher = &stage.browser.watcher;
    let mut least_mb = f64::INFINITY;
    for _ in 0..MOST_CLEANINGS {
        watcher.ask_page("HeapProfiler.collectGarbage", json!({})).await?;
        watcher.ask_worker("HeapProfiler.collectGarbage", json!({})).await?;
        let now_mb = pss_mb(process_of_the_tab(stage).await?).ok_or_else(|| said("the tab's process has gone"))?;
        if now_mb > least_mb - WORTH_MB {
            return Ok(now_mb.min(least_mb));
        }
        least_mb = now_mb;
        tokio::time::sleep(BETWEEN_CLEANINGS).await;
    }
    Ok(least_mb)
}

/// The process in which page and worker run.
pub(crate) async fn process_of_the_tab(stage: &Stage) -> Told<u64> {
    let told = stage.browser.watcher.ask_browser("SystemInfo.getProcessInfo", json!({})).await?;
    let processes = told["processInfo"].as_array().map(Vec::as_slice).unwrap_or_default();
    let renderers = processes.iter().filter(|process| process["type"] == "renderer");
    // Chromium keeps a spare one for the next tab: it is the smaller.
    let weighed = renderers.filter_map(|process| Some((process["id"].as_u64()?, pss_mb(process["id"].as_u64()?)?)));
    let heaviest = weighed.max_by(|(_, a), (_, b)| a.total_cmp(b));
    heaviest.map(|(process, _)| process).ok_or_else(|| said("the tab's process cannot be weighed here"))
}

/// MB of the proportional set size of a process, where the system tells it (Linux).
pub(crate) fn pss_mb(process: u64) -> Option<f64> {
    let told = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    pss_in(&told)
}

fn pss_in(rollup: &str) -> Option<f64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proportional_set_size_is_read_in_mebibytes() {
        let rollup =
            "55e8-7ffc ---p 00000000 00:00 0    [rollup]\nRss:   9000 kB\nPss:     4096 kB\nPss_Dirty:  1 kB\n";
        assert_eq!(pss_in(rollup), Some(4.0));
        assert_eq!(pss_in("Rss: 1 kB"), None);
    }
}
