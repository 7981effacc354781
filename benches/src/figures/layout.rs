//! All boxes of the grid from nothing, beside npm's justified-layout where that ends in time.

use std::process::Stdio;

use albumen_e2e::failure::{Told, said};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::open::Run;
use crate::library;
use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;

/// More rows take it hours.
const MOST_COMPARED: u32 = 10_000;

pub(crate) async fn measure(options: &Options, stage: &Stage, runs: &[Run]) -> Told<Vec<Figure>> {
    let ours = Sample::of(runs.iter().filter_map(|run| run.span_ms("albumen:layout")))
        .ok_or_else(|| said("the page's timeline lacks it"))?;
    let figure = Figure::new("layout", stage.rows, "ms", &ours);
    if stage.rows > MOST_COMPARED {
        return Ok(vec![figure]);
    }
    let theirs = justified(options, stage.rows).await?;
    Ok(vec![figure.beside("justified-layout", theirs.median())])
}

async fn justified(options: &Options, rows: u32) -> Told<Sample> {
    let ratios: Vec<f64> = (0..rows)
        .map(|number| library::item(number, rows))
        .map(|item| f64::from(item.width_px) / f64::from(item.height_px))
        .collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/js/justified.mjs");
    let mut node = Command::new("node")
        .args([script, &options.runs.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| said(format!("Node could not be run: {error}")))?;
    if let Some(mut input) = node.stdin.take() {
        input.write_all(&serde_json::to_vec(&ratios)?).await?;
    }
    let output = node.wait_with_output().await?;
    let times: Vec<f64> = serde_json::from_slice(&output.stdout)?;
    Sample::of(times).ok_or_else(|| said("justified-layout was not run"))
}
