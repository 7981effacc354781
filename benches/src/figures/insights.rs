//! All charts of Insights after a change of the filter: a day of the week is chosen and let go again.

use albumen_e2e::browser::Role;
use albumen_e2e::failure::Told;
use serde_json::Value;
use tokio::time::Duration;

use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;
use crate::trace::{CATEGORIES, MainThread};

/// What the page counts by itself; the last of them ends a count.
const PARTS: [&str; 3] = ["albumen:counts", "albumen:shapes", "albumen:rows"];
/// Opens the numbers of the days of the week, and says whether they are there.
const UNFOLD: &str = "
    const heading = [...document.querySelectorAll('h2')].find(one => one.textContent.startsWith('Photos per day of the week'));
    const summary = heading?.closest('section')?.querySelector('summary');
    if (summary && !summary.parentElement.open) summary.click();
    return document.querySelector('[aria-label=\"Only Sunday\"]') !== null";
const PRESS: &str = "document.querySelector('[aria-label=\"Only Sunday\"]').click(); return null";
/// Until the charts are painted.
const PAINTED: Duration = Duration::from_millis(1500);

pub(crate) async fn measure(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    stage.open().await?;
    stage.browser.link("Insights").await?;
    stage.browser.find(Role::Heading, "Insights").await?;
    stage
        .browser
        .until("the days of the week", async || Ok(stage.browser.run::<bool>(UNFOLD, vec![]).await?.then_some(())))
        .await?;
    // The engine reads what it counts once, and every chart is drawn.
    tokio::time::sleep(PAINTED * 4).await;
    let (mut counts_ms, mut tasks_ms) = (Vec::new(), Vec::new());
    for _ in 0..options.runs.max(1) * 2 {
        stage.forget_spans().await?;
        let pressed = async {
            let _: Option<f64> = stage.browser.run(PRESS, vec![]).await?;
            let counted = stage
                .browser
                .until("the counts in the page's timeline", async || {
                    let spans = stage.spans().await?;
                    let sum = |part: &str| spans.get(part).map(|spans| spans.iter().sum::<f64>());
                    Ok(PARTS.into_iter().map(sum).sum())
                })
                .await?;
            tokio::time::sleep(PAINTED).await;
            Ok(counted)
        };
        let (counted_ms, events): (f64, Vec<Value>) = stage.browser.watcher.traced(CATEGORIES, pressed).await?;
        counts_ms.push(counted_ms);
        tasks_ms.extend(MainThread::read(&events).map(|thread| thread.longest_task_ms));
    }
    let figure = |name, values: Vec<f64>| Sample::of(values).map(|sample| Figure::new(name, stage.rows, "ms", &sample));
    let figures = [figure("insights", counts_ms), figure("insights_long_task", tasks_ms)];
    Ok(figures.into_iter().flatten().collect())
}
