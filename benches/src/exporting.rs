//! Exports of the whole library through the dialog, as a person makes them.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};

use crate::stage::{Stage, grouped};

const LONGEST: Duration = Duration::from_secs(300);
/// The formats that pandas reads.
const FORMATS: [&str; 4] = ["CSV", "Parquet", "NDJSON", "JSON"];

/// Ticks what these words are beside, and says whether there is such a thing.
const CHOOSE: &str = "
    const label = [...document.querySelectorAll('dialog[open] label')].find(one => one.textContent.startsWith(arguments[0]));
    label?.querySelector('input').click();
    return label !== undefined;";

/// A file that was exported.
pub(crate) struct Exported {
    pub(crate) file: PathBuf,
    pub(crate) took_ms: f64,
    pub(crate) named_ms: f64,
}

/// Exports all of the library. It took from the last click until the page says that the file is there, or until its last
/// byte was written, whichever is later. The browser has the disk confirm that it has all of it, which pandas does not,
/// before it gives the file its name.
pub(crate) async fn export(stage: &Stage, folder: &Path, format: &str, as_they_are: bool) -> Told<Exported> {
    let name = format!("albumen-photos.{}", format.to_lowercase());
    let words = format!("{} photos are in {name}, in your downloads.", grouped(stage.rows));
    // What was said of another is not taken for what is said of this one.
    stage.browser.sees_no_more(&words).await?;
    stage.browser.button("Export").await?;
    stage.browser.find(Role::Dialog, "Export").await?;
    choose(stage, format).await?;
    if as_they_are {
        choose(stage, "Leave cells as they are").await?;
    }
    stage.listen("click", "[role=status]", &words).await?;
    stage.browser.button(&format!("Save {format}")).await?;
    let said_ms = stage.noted_in("benchTook", LONGEST).await?;
    let began_ms = stage.noted("benchBegan").await?;
    let file = folder.join(name);
    there(stage, &file).await?;
    let is = std::fs::metadata(&file)?;
    let since_ms = |s: i64, ns: i64| s as f64 * 1e3 + ns as f64 / 1e6 - began_ms;
    let written_ms = since_ms(is.mtime(), is.mtime_nsec());
    Ok(Exported { file, took_ms: said_ms.max(written_ms), named_ms: since_ms(is.ctime(), is.ctime_nsec()) })
}

/// Exports in every format that pandas reads, into `export.csv` and the like, with no cell defused.
pub(crate) async fn in_every_format(stage: &Stage, folder: &Path) -> Told {
    for format in FORMATS {
        let file = export(stage, folder, format, format == "CSV").await?.file;
        std::fs::rename(file, folder.join(format!("export.{}", format.to_lowercase())))?;
    }
    Ok(())
}

async fn choose(stage: &Stage, words: &str) -> Told {
    match stage.browser.run(CHOOSE, vec![words.into()]).await? {
        true => Ok(()),
        false => Err(said(format!("the dialog does not offer “{words}”"))),
    }
}

/// A folder with nothing in it.
pub(crate) fn fresh(folder: &Path) -> Told<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    Ok(folder.canonicalize()?)
}

/// Waits until the browser has given a download its name.
pub(crate) async fn there(stage: &Stage, file: &Path) -> Told {
    stage.browser.until(&file.display().to_string(), async || Ok(file.exists().then_some(()))).await
}
