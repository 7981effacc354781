//! The whole library as CSV and as Parquet, from the click until the file is there, beside what pandas takes for the same
//! rows; and every cell of what was written read back by pandas. Beside both, what the browser takes to write as many bytes
//! that are there already: no export of ours can be faster than that.

use std::path::Path;

use albumen_e2e::failure::Told;

use crate::exporting::{export, fresh, in_every_format, there};
use crate::library;
use crate::options::Options;
use crate::pandas::{self, ReadBack, environment};
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;
use crate::truth;

/// The names of all figures here.
pub(crate) const NAMES: [&str; 2] = ["export_csv", "export_parquet"];

const FORMATS: [&str; 2] = ["CSV", "Parquet"];

const DOWNLOAD_ALONE: &str = include_str!("../../js/download_alone.js");

/// What it took to export a format, a time for each run, and to download as many bytes without an export.
#[derive(Default)]
struct Took {
    bytes: u64,
    export_ms: Vec<f64>,
    named_ms: Vec<f64>,
    alone_ms: Vec<f64>,
}

pub(crate) async fn measure(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    stage.open().await?;
    let folder = fresh(&options.target.join("exports"))?;
    stage.browser.watcher.save_into(&folder).await?;
    let mut took = [Took::default(), Took::default()];
    for (format, took) in FORMATS.into_iter().zip(&mut took) {
        for _ in 0..options.runs {
            let exported = export(stage, &folder, format, false).await?;
            took.export_ms.push(exported.took_ms);
            took.named_ms.push(exported.named_ms);
            took.bytes = std::fs::metadata(&exported.file)?.len();
            // As pandas writes over its own.
            std::fs::remove_file(exported.file)?;
        }
    }
    // Afterwards: what the system has still to bring to the disk of one would be in the way of the other.
    for took in &mut took {
        for _ in 0..options.runs {
            let size = took.bytes;
            took.alone_ms.push(stage.run_long(&format!("const size = {size};\n{DOWNLOAD_ALONE}")).await?);
            let file = folder.join("alone");
            there(stage, &file).await?;
            std::fs::remove_file(file)?;
        }
    }
    let read_back = read_back(options, stage, &folder).await?;
    println!("pandas has read {} cells back, and each is as it was made", read_back.cells);
    let [csv, parquet] = took;
    let (to_csv, to_parquet) =
        (("DataFrame.to_csv", &read_back.to_csv_ms), ("DataFrame.to_parquet", &read_back.to_parquet_ms));
    let figures = [
        ("export_csv", csv.export_ms, to_csv),
        ("export_csv_named", csv.named_ms, to_csv),
        ("export_csv_bytes", csv.alone_ms, to_csv),
        ("export_parquet", parquet.export_ms, to_parquet),
        ("export_parquet_named", parquet.named_ms, to_parquet),
        ("export_parquet_bytes", parquet.alone_ms, to_parquet),
    ];
    let figure = |(name, ours, (other, theirs)): (&str, Vec<f64>, (&str, &Vec<f64>))| {
        let (ours, theirs) = (Sample::of(ours)?, Sample::of(theirs.iter().copied())?);
        Some(Figure::new(name, stage.rows, "ms", &ours).beside(other, theirs.median()))
    };
    Ok(figures.into_iter().filter_map(figure).collect())
}

/// Has every format saved, and compared by pandas with what the library is.
async fn read_back(options: &Options, stage: &Stage, folder: &Path) -> Told<ReadBack> {
    let python = environment(&options.target.join("venv")).await?;
    in_every_format(stage, folder).await?;
    truth::write(folder, stage.rows, library::item)?;
    let read_back = pandas::read_back(&python, folder, options.runs).await?;
    std::fs::remove_dir_all(folder)?;
    Ok(read_back)
}
