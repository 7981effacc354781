//! The whole library as CSV and as Parquet, from the click until the file is closed, beside what pandas takes for the same
//! rows; and every cell of what was written read back by pandas. Beside both, what the browser takes to write as many bytes
//! that are there already: no export of ours can be faster than that.

use std::path::Path;
use std::time::Duration;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use tokio::process::Command;

use crate::options::Options;
use crate::pandas::{environment, heard};
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{Stage, grouped};
use crate::truth;

/// The names of all figures here.
pub(crate) const NAMES: [&str; 2] = ["export_csv", "export_parquet"];

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/read_back.py");
const FORMATS: [&str; 2] = ["CSV", "Parquet"];
const LONGEST: Duration = Duration::from_secs(300);

/// From now on whoever asks where a file is to go gets one of the origin's own, by this name: it is streamed to as one on
/// the disk is, and no dialog of the browser's has to be answered. The one of the run before goes, as pandas writes over its
/// own; it had another name, so that what is said of it is not taken for what is said of this one.
const STREAMED: &str = "
    const folder = await navigator.storage.getDirectory();
    await folder.removeEntry(BEFORE).catch(() => null);
    globalThis.showSaveFilePicker = () => folder.getFileHandle(NAME, { create: true });
    return 0;";
/// From now on files go to the browser's downloads.
const DOWNLOADED: &str = "globalThis.showSaveFilePicker = undefined; return true;";
/// Ticks what these words are beside, and says whether there is such a thing.
const CHOOSE: &str = "
    const label = [...document.querySelectorAll('dialog[open] label')].find(one => one.textContent.startsWith(arguments[0]));
    label?.querySelector('input').click();
    return label !== undefined;";

/// Writes a file as long as this one, in pieces about as large as those of an export, and tells the milliseconds.
const WRITE_ALONE: &str = "
    const folder = await navigator.storage.getDirectory();
    const { size } = await (await folder.getFileHandle(NAME)).getFile();
    const handle = await folder.getFileHandle('alone', { create: true });
    const piece = new Uint8Array(1 << 23).fill(7);
    const began = performance.now();
    const file = await handle.createWritable();
    for (let left = size; left > 0; left -= piece.length) await file.write(piece.subarray(0, left));
    await file.close();
    return performance.now() - began;";

/// What the script prints.
#[derive(Debug, Deserialize)]
struct ReadBack {
    cells: u64,
    to_csv_ms: Vec<f64>,
    to_parquet_ms: Vec<f64>,
}

pub(crate) async fn measure(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    stage.open().await?;
    let (mut took, mut alone) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    let name = |format: &str, run: usize| format!("run-{run}.{}", format.to_lowercase());
    let script = |script: &str, format, run: usize| {
        let quoted = |run| format!("'{}'", name(format, run));
        script.replace("NAME", &quoted(run)).replace("BEFORE", &quoted(run.wrapping_sub(1)))
    };
    for (format, took_ms) in FORMATS.into_iter().zip(&mut took) {
        for run in 0..options.runs {
            stage.run_long::<u32>(&script(STREAMED, format, run)).await?;
            took_ms.push(export(stage, format, false, &name(format, run)).await?);
        }
    }
    // Afterwards: what the system has still to bring to the disk of one would be in the way of the other.
    for (format, alone_ms) in FORMATS.into_iter().zip(&mut alone) {
        for _ in 0..options.runs {
            alone_ms.push(stage.run_long(&script(WRITE_ALONE, format, options.runs.saturating_sub(1))).await?);
        }
    }
    let read_back = read_back(options, stage).await?;
    println!("pandas has read {} cells back, and each is as it was made", read_back.cells);
    let ([csv, parquet], [csv_alone, parquet_alone]) = (took.map(Sample::of), alone.map(Sample::of));
    let figure = |name: &str, ours: Option<Sample>, other: &str, theirs: &[f64]| {
        let (ours, theirs) = (ours?, Sample::of(theirs.iter().copied())?);
        Some(Figure::new(name, stage.rows, "ms", &ours).beside(other, theirs.median()))
    };
    let figures = [
        figure("export_csv", csv, "DataFrame.to_csv", &read_back.to_csv_ms),
        figure("export_csv_bytes", csv_alone, "DataFrame.to_csv", &read_back.to_csv_ms),
        figure("export_parquet", parquet, "DataFrame.to_parquet", &read_back.to_parquet_ms),
        figure("export_parquet_bytes", parquet_alone, "DataFrame.to_parquet", &read_back.to_parquet_ms),
    ];
    Ok(figures.into_iter().flatten().collect())
}

/// Exports all of the library through the dialog: milliseconds from the last click until the page says that the file is
/// there.
async fn export(stage: &Stage, format: &str, as_they_are: bool, name: &str) -> Told<f64> {
    stage.browser.button("Export").await?;
    stage.browser.find(Role::Dialog, "Export").await?;
    choose(stage, format).await?;
    if as_they_are {
        choose(stage, "Leave cells as they are").await?;
    }
    stage.listen("click", "[role=status]", &format!("{} photos are in {name}.", grouped(stage.rows))).await?;
    stage.browser.button(&format!("Save {format}")).await?;
    stage.noted_in("benchTook", LONGEST).await
}

async fn choose(stage: &Stage, words: &str) -> Told {
    match stage.browser.run(CHOOSE, vec![words.into()]).await? {
        true => Ok(()),
        false => Err(said(format!("the dialog does not offer “{words}”"))),
    }
}

/// Has every format saved, and compared by pandas with what the library is.
async fn read_back(options: &Options, stage: &Stage) -> Told<ReadBack> {
    let python = environment(&options.target.join("venv")).await?;
    let folder = options.target.join("exports");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    stage.browser.watcher.save_into(&folder).await?;
    stage.browser.run::<bool>(DOWNLOADED, vec![]).await?;
    for (format, ending) in [("CSV", "csv"), ("Parquet", "parquet"), ("NDJSON", "ndjson"), ("JSON", "json")] {
        let name = format!("albumen-photos.{ending}");
        export(stage, format, format == "CSV", &name).await?;
        saved(stage, &folder, &name).await?;
        std::fs::rename(folder.join(&name), folder.join(format!("export.{ending}")))?;
    }
    truth::write(&folder, stage.rows)?;
    let printed = heard(Command::new(python).arg(SCRIPT).arg(&folder).arg(options.runs.to_string())).await?;
    let read_back = serde_json::from_slice(&printed)?;
    std::fs::remove_dir_all(&folder)?;
    Ok(read_back)
}

/// Waits until the browser has copied a download to its place.
async fn saved(stage: &Stage, folder: &Path, name: &str) -> Told {
    let is_there = async || Ok(folder.join(name).exists().then_some(()));
    stage.browser.until(name, is_there).await
}
