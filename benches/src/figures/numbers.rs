//! Every number of Insights and every cell of every export, of a library of which everything is told, beside what pandas
//! counts of the library itself: by the person's own clock and by others, through a filter, with another period laid over.
//! Nothing is timed.

use std::collections::BTreeMap;
use std::path::Path;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::Duration;

use crate::exporting::{fresh, in_every_format};
use crate::options::Options;
use crate::pandas::{environment, heard};
use crate::report::Figure;
use crate::stage::{Site, Stage};
use crate::told;
use crate::truth;

pub(crate) const NAMES: [&str; 1] = ["numbers"];

const READ_BACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/read_back.py");
const CHARTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/charts.py");

/// The person's: half an hour off, changed a minute after midnight for years, and seconds off before 1935.
const OWN: &str = "America/St_Johns";
/// Three quarters of an hour; daylight saving, and twice of it after the war; daylight saving of half an hour; a day that
/// never was.
const OTHERS: [&str; 4] = ["Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"];
/// The clock that filter and periods are tried by.
const NARROWED: &str = "Europe/Berlin";
const NARROW: &str = "days=2012-01-01..2019-12-31&weekday=sun&kind=photo&iso=100..199&with=1930-01-01..2010-06-30";

/// To read two hundred years of a zone takes the page some seconds.
const LONGEST: Duration = Duration::from_secs(120);

/// Chromium silently begins no more than ten downloads of a page in a second.
const BETWEEN_DOWNLOADS: Duration = Duration::from_millis(150);

/// All that the page says in numbers; `null` while something is still being counted.
const SAID: &str = include_str!("../../js/insights_said.js");

/// What the page says.
#[derive(Debug, Deserialize)]
struct Said {
    /// Titles of all charts.
    charts: Vec<String>,
    /// Of each chart, what is said below it.
    notes: Vec<Vec<String>>,
    /// All else, as the script wants it.
    rest: serde_json::Map<String, Value>,
}

pub(crate) async fn compare(options: &Options, site: &Site, rows: u32) -> Told<Vec<Figure>> {
    let stage = Stage::of(site, rows, told::item).await?;
    stage.browser.watcher.set_time_zone(OWN).await?;
    let folder = fresh(&options.target.join("numbers"))?;
    truth::write(&folder, rows, told::item)?;
    let python = environment(&options.target.join("venv")).await?;

    stage.open().await?;
    stage.browser.watcher.save_into(&folder).await?;
    in_every_format(&stage, &folder).await?;
    let cells: BTreeMap<String, Value> = run(&python, READ_BACK, &folder, &["0"]).await?;
    println!("pandas has read {} cells of four formats back, and each is as it was made", cells["cells"]);

    let asked = ask(&stage, &folder).await?;
    stage.end().await?;
    std::fs::write(folder.join("asked.json"), serde_json::to_string(&asked)?)?;
    let counted: BTreeMap<String, Value> = run(&python, CHARTS, &folder, &[]).await?;
    println!(
        "pandas has counted {} numbers of Insights, by {} clocks and filters, and each is the same",
        counted["numbers"],
        asked.len()
    );
    std::fs::remove_dir_all(folder)?;
    Ok(Vec::new())
}

async fn run<T: for<'a> Deserialize<'a>>(python: &Path, script: &str, folder: &Path, more: &[&str]) -> Told<T> {
    let printed = heard(Command::new(python).arg("-B").arg(script).arg(folder).args(more)).await?;
    Ok(serde_json::from_slice(&printed)?)
}

/// Has the page count by one clock after the other, and keeps what it says of each. The person's own is the last: it takes a
/// while until it is known for a century.
async fn ask(stage: &Stage, folder: &Path) -> Told<Vec<Value>> {
    let mut asked = Vec::new();
    let open = async |query: &str| stage.browser.open(&format!("{}insights?{query}", stage.page.base())).await;
    // By address: browsers list some zones by older names.
    for zone in OTHERS {
        open(&format!("zone={zone}")).await?;
        asked.push(keep(stage, folder, zone, zone, json!({ "clock": zone })).await?);
    }
    open(&format!("zone={NARROWED}&{NARROW}")).await?;
    let narrowed = json!({
        "clock": NARROWED, "days": ["2012-01-01", "2019-12-31"], "with": ["1930-01-01", "2010-06-30"],
        "weekday": 6, "kind": "photo", "iso": [100, 199],
    });
    asked.push(keep(stage, folder, "narrowed", NARROWED, narrowed).await?);
    open("").await?;
    let own = format!("Your time ({})", OWN.replace('_', " "));
    let choices =
        [("UTC", "UTC", "UTC"), ("Where each was taken", "where each was taken", "photo"), (&own, OWN, "own")];
    for (choice, clock, word) in choices {
        stage.browser.click(Role::Radio, choice).await?;
        asked.push(keep(stage, folder, word, clock, json!({ "clock": word })).await?);
    }
    Ok(asked)
}

/// Saves the numbers of every chart into a folder of their own, as soon as they are those of a clock, and what is said beside
/// them: what was asked for, as the script wants it.
async fn keep(stage: &Stage, folder: &Path, name: &str, clock: &str, mut asked: Value) -> Told<Value> {
    let name = name.replace('/', "-");
    let own = fresh(&folder.join(&name))?;
    stage.browser.watcher.save_into(&own).await?;
    let clock = clock.replace('_', " ");
    let read = async || stage.browser.run::<Option<Said>>(SAID, vec![clock.clone().into()]).await;
    let mut said = stage.browser.until_within(&format!("all numbers by {clock}"), LONGEST, read).await?;
    let mut notes = BTreeMap::new();
    for (title, said) in said.charts.iter().zip(said.notes) {
        notes.insert(save(stage, &own, title, notes.len()).await?, said);
    }
    said.rest.insert("notes".to_owned(), json!(notes));
    std::fs::write(own.join("said.json"), serde_json::to_string(&said.rest)?)?;
    asked["folder"] = name.into();
    asked["own"] = OWN.into();
    Ok(asked)
}

/// Presses the button of a chart, with `before` files there already: the name of the new one, without its ending.
async fn save(stage: &Stage, folder: &Path, title: &str, before: usize) -> Told<String> {
    let files = || -> Told<Vec<(std::time::SystemTime, String)>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(name) = name.strip_suffix(".csv") {
                files.push((entry.metadata()?.modified()?, name.to_owned()));
            }
        }
        files.sort();
        Ok(files)
    };
    tokio::time::sleep(BETWEEN_DOWNLOADS).await;
    stage.browser.button(&format!("Save as CSV: {title}")).await?;
    let saved = async || Ok(Some(files()?).filter(|files| files.len() > before).and_then(|mut files| files.pop()));
    let (_, name) = stage.browser.until(&format!("the numbers of “{title}”"), saved).await?;
    match name.contains(' ') {
        // The browser has put a number behind the name.
        true => Err(said(format!("two charts are saved as one file: {name}"))),
        false => Ok(name),
    }
}
