//! From the navigation to grid and count, and what of it went into which step.

use std::collections::BTreeMap;

use albumen_e2e::failure::Told;

use super::nothing::Nothing;
use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;

/// One opening.
pub(crate) struct Run {
    opened_ms: f64,
    spans_ms: BTreeMap<String, Vec<f64>>,
}

impl Run {
    /// The longest of a step's spans: what ran before the window had a width laid nothing out.
    pub(crate) fn span_ms(&self, name: &str) -> Option<f64> {
        self.spans_ms.get(name)?.iter().copied().reduce(f64::max)
    }
}

/// Opens the page again and again.
pub(crate) async fn runs(options: &Options, stage: &Stage) -> Told<Vec<Run>> {
    // The first one fills the browser's caches.
    stage.open().await?;
    let mut runs = Vec::new();
    for _ in 0..options.runs {
        let opened_ms = stage.open().await?;
        runs.push(Run { opened_ms, spans_ms: stage.spans().await? });
    }
    Ok(runs)
}

pub(crate) fn figures(stage: &Stage, runs: &[Run], nothing: &Nothing) -> Vec<Figure> {
    let opened = Sample::of(runs.iter().map(|run| run.opened_ms)).map(|sample| sample.less(nothing.open_ms));
    let order = Sample::of(runs.iter().filter_map(|run| run.span_ms("albumen:order")));
    let whole = Sample::of(runs.iter().map(|run| run.opened_ms));
    let figure = |name, sample: Option<Sample>| Some(Figure::new(name, stage.rows, "ms", &sample?));
    [figure("open", opened), figure("open_with_the_page", whole), figure("order", order)]
        .into_iter()
        .flatten()
        .collect()
}
