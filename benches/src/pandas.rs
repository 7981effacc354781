//! pandas, doing for the same pages what people did before: an environment of its own, made on first use.

use std::path::Path;
use std::process::Stdio;

use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::process::Command;

use crate::options::Options;
use crate::sample::Sample;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pandas/library.py");
const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pandas/requirements.txt");

const READ_BACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/read_back.py");

/// What pandas took.
pub(crate) struct Pandas {
    /// From the pages to a data frame.
    pub(crate) ingest_ms: Sample,
    /// The most memory that its process held.
    pub(crate) peak_mb: Sample,
    /// From the frame, as it came from the pages, to counts by hour, day and camera.
    pub(crate) counts_ms: Sample,
    /// The same from columns that were made for it.
    pub(crate) vectorised_ms: Sample,
}

/// What one run of the script prints.
#[derive(Debug, Deserialize)]
struct Run {
    ingest_ms: f64,
    peak_mb: f64,
    counts_ms: f64,
    vectorised_ms: f64,
}

/// Runs it over the pages in `folder`.
///
/// # Errors
/// Where Python or its packages are missing: a sentence that says which.
pub(crate) async fn run(options: &Options, folder: &Path) -> Told<Pandas> {
    let python = environment(&options.target.join("venv")).await?;
    let mut runs = Vec::new();
    for _ in 0..options.runs {
        let printed = heard(Command::new(&python).arg(SCRIPT).arg(folder)).await?;
        runs.push(serde_json::from_slice::<Run>(&printed)?);
    }
    let of = |pick: fn(&Run) -> f64| Sample::of(runs.iter().map(pick)).ok_or_else(|| said("pandas was not run"));
    Ok(Pandas {
        ingest_ms: of(|run| run.ingest_ms)?,
        peak_mb: of(|run| run.peak_mb)?,
        counts_ms: of(|run| run.counts_ms)?,
        vectorised_ms: of(|run| run.vectorised_ms)?,
    })
}

/// The Python of an environment with the packages in it.
pub(crate) async fn environment(folder: &Path) -> Told<std::path::PathBuf> {
    let bin = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let stamp = folder.join("requirements.txt");
    let wanted = std::fs::read_to_string(PACKAGES)?;
    if std::fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(bin.join("python"));
    }
    println!("Installing pandas into {}: about 100 MB to download.", folder.display());
    heard(Command::new("python3").args(["-m", "venv"]).arg(folder)).await?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", PACKAGES];
    heard(Command::new(bin.join("python")).args(install)).await?;
    std::fs::write(stamp, wanted)?;
    Ok(bin.join("python"))
}

/// What pandas found when it read exports back.
#[derive(Debug, Deserialize)]
pub(crate) struct ReadBack {
    /// How many cells it has compared, each of which is as it was made.
    pub(crate) cells: u64,
    pub(crate) to_csv_ms: Vec<f64>,
    pub(crate) to_parquet_ms: Vec<f64>,
}

/// Reads `export.csv` and the others in `folder` back, compares them with `truth.ndjson` beside them, and writes them so many
/// times itself.
///
/// # Errors
/// Which cell is another than it was.
pub(crate) async fn read_back(python: &Path, folder: &Path, runs: usize) -> Told<ReadBack> {
    script(python, READ_BACK, folder, &[&runs.to_string()]).await
}

/// What one of our scripts prints of `folder`, as JSON.
pub(crate) async fn script<T: DeserializeOwned>(python: &Path, script: &str, folder: &Path, more: &[&str]) -> Told<T> {
    // Nothing is to be written beside the scripts.
    let printed = heard(Command::new(python).arg("-B").arg(script).arg(folder).args(more)).await?;
    Ok(serde_json::from_slice(&printed)?)
}

/// What a program prints, if it succeeds.
pub(crate) async fn heard(command: &mut Command) -> Told<Vec<u8>> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().await;
    let output = output.map_err(|error| said(format!("{name} could not be run: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(said(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
}
