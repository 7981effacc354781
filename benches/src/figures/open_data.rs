//! The hot columns from IndexedDB to a usable catalog, beside the same rows as objects.

use albumen_e2e::failure::{Told, said};

use super::open::Run;
use crate::library;
use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;

const OBJECTS: &str = include_str!("../../js/objects.js");

pub(crate) async fn measure(options: &Options, stage: &Stage, runs: &[Run]) -> Told<Vec<Figure>> {
    let usable_ms = |run: &Run| Some(run.span_ms("albumen:read")? + run.span_ms("albumen:catalog")?);
    let ours = Sample::of(runs.iter().filter_map(usable_ms)).ok_or_else(|| said("the page's timeline lacks them"))?;
    stage.blank().await?;
    let sample = serde_json::to_string(&(0..1000).map(|number| row(number, stage.rows)).collect::<Vec<_>>())?;
    let script = format!("const [rows, runs, some] = [{}, {}, {sample}];\n{OBJECTS}", stage.rows, options.runs);
    let theirs_ms: Vec<f64> = stage.run_long(&script).await?;
    let theirs = Sample::of(theirs_ms).ok_or_else(|| said("getAll was not run"))?;
    Ok(vec![Figure::new("open_data", stage.rows, "ms", &ours).beside("getAll of rows", theirs.median())])
}

/// The facts of one row that the hot columns hold.
fn row(number: u32, rows: u32) -> serde_json::Value {
    let item = library::item(number, rows);
    serde_json::json!({
        "taken": item.taken_s, "width": item.width_px, "height": item.height_px, "kind": item.kind,
        "camera": item.camera.model,
    })
}
