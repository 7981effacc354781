//! `cargo xtask bench`: what the release bundle takes, in time, memory and bytes, and what others take for the same.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for a person's terminal")]

mod bars;
mod exporting;
mod figures;
mod library;
mod options;
mod pages;
mod pandas;
mod report;
mod sample;
mod seed;
mod stage;
mod told;
mod trace;
mod truth;

use std::process::ExitCode;

use albumen_e2e::failure::Told;

use options::Options;
use report::Report;
use stage::{Site, Stage};

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::FAILURE;
        }
    };
    let mut report = Report::default();
    let outcome = measure(&options, &mut report).await;
    print!("{}", report.table());
    let written = report.write(&options.target);
    match outcome.and(written) {
        Ok(()) if report.is_right() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Every figure that was asked for, one after another: two at once would measure each other.
async fn measure(options: &Options, report: &mut Report) -> Told {
    let site = Site::build(options)?;
    if options.wants(&["first_load", "interactive"]) {
        report.take("the first visit", figures::first_visit::measure(options, &site).await);
    }
    if options.wants(&figures::takeout::NAMES) {
        println!("\nExports of Takeout");
        figures::takeout::measure(options, &site, report).await;
    }
    let nothing = match options.wants(&figures::OF_A_LIBRARY) {
        true => Some(figures::nothing::measure(options, &site).await?),
        false => None,
    };
    let of_other_libraries = [&figures::BESIDE_PANDAS[..], &figures::map::NAMES, &figures::numbers::NAMES].concat();
    if nothing.is_none() && !options.wants(&of_other_libraries) {
        return Ok(());
    }
    for &rows in &options.rows {
        println!("\nA library of {rows}");
        let pandas = match options.wants(&figures::BESIDE_PANDAS) {
            true => {
                pages::write(&site.beside(), rows)?;
                report.offer("pandas", pandas::run(options, &site.beside()).await)
            }
            false => None,
        };
        if let Some(nothing) = &nothing {
            let stage = Stage::of(&site, rows, library::item).await?;
            figures::of_a_library(options, &stage, nothing, pandas.as_ref(), report).await;
            stage.end().await?;
        }
        if options.wants(&figures::map::NAMES) {
            report.take(&format!("map at {rows}"), figures::map::measure(options, &site, rows).await);
        }
        if options.wants(&figures::numbers::NAMES) {
            report.take_compared(&format!("numbers at {rows}"), figures::numbers::compare(options, &site, rows).await);
        }
        if options.wants(&["ingest"]) {
            let outcome = figures::ingest::measure(options, &site, rows, pandas.as_ref()).await;
            report.take(&format!("ingest at {rows}"), outcome);
        }
    }
    Ok(())
}
