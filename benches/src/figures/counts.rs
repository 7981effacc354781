//! Counts by hour and by day, and the cameras: all that Insights shows when it opens.

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};

use crate::options::Options;
use crate::pandas::Pandas;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;

/// Hours, days and cameras are counted together.
const PART: &str = "albumen:counts";

pub(crate) async fn measure(options: &Options, stage: &Stage, pandas: Option<&Pandas>) -> Told<Vec<Figure>> {
    stage.open().await?;
    let mut counts_ms = Vec::new();
    for _ in 0..options.runs {
        stage.browser.link("Photos").await?;
        stage.browser.find(Role::Heading, "Photos").await?;
        stage.forget_spans().await?;
        stage.browser.link("Insights").await?;
        let count_ms = stage
            .browser
            .until("the counts in the page's timeline", async || {
                Ok(stage.spans().await?.get(PART).map(|spans| spans.iter().sum()))
            })
            .await?;
        counts_ms.push(count_ms);
    }
    let sample = Sample::of(counts_ms).ok_or_else(|| said("nothing was counted"))?;
    let counts = Figure::new("counts", stage.rows, "ms", &sample);
    Ok(match pandas {
        Some(pandas) => vec![
            counts.clone().beside("pandas", pandas.counts_ms.median()),
            Figure { name: "counts_vectorised".into(), ..counts }
                .beside("pandas, from columns made for it", pandas.vectorised_ms.median()),
        ],
        None => vec![counts],
    })
}
