//! Every number that Insights saves or says, and every cell of CSV, NDJSON, JSON and Parquet, beside what pandas counts of
//! the seeded library itself: by the person's own clock and by others, through filters, with another period laid over.
//! Nothing is timed.

use std::collections::BTreeMap;
use std::path::Path;

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Duration;

use crate::exporting::{fresh, in_every_format};
use crate::options::Options;
use crate::pandas::{environment, read_back, script};
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{Site, Stage};
use crate::told;
use crate::truth;

pub(crate) const NAMES: [&str; 1] = ["numbers"];

const CHARTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/charts.py");

/// The person's: half an hour off, changed a minute after midnight for years, and seconds off before 1935.
const OWN: &str = "America/St_Johns";
/// Three quarters of an hour; daylight saving, and twice of it after the war; daylight saving of half an hour; a day that
/// never was.
const OTHERS: [&str; 4] = ["Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"];

/// What the choice of each photo's own clock is called, and what titles call it.
const LOCAL_CHOICE: &str = "Where each was taken";
const LOCAL: &str = "where each was taken";

/// Filters, as an address has them: clock, query, and what the script is told of it. Each part of a filter is in one of them,
/// and parts that one chart sets together are together.
fn filters() -> [(&'static str, &'static str, Value); 5] {
    [
        (
            "Europe/Berlin",
            "days=2012-01-01..2019-12-31&weekday=sun&kind=photo&iso=100..199&with=1930-01-01..2014-06-30",
            json!({
                "days": ["2012-01-01", "2019-12-31"], "with": ["1930-01-01", "2014-06-30"],
                "weekday": 6, "kind": "photo", "iso": [100, 199],
            }),
        ),
        (
            "photo",
            "hour=10&month=7&days=2011-01-01..2026-12-31&with=1900-01-01..2015-12-31",
            json!({ "hour": 10, "month": 7, "days": ["2011-01-01", "2026-12-31"], "with": ["1900-01-01", "2015-12-31"] }),
        ),
        ("Australia/Lord_Howe", "hour=19&weekday=sat", json!({ "hour": 19, "weekday": 5 })),
        (
            "utc",
            "make=Google&model=Pixel+3&megapixels=12&place=yes",
            json!({ "camera": ["Google", "Pixel 3"], "size": [12, 16], "place": true }),
        ),
        (
            "Asia/Kathmandu",
            "lens=50%2F1.4&f=1.4..5.59&focal=24..599.9&exposure=0.00024..0.489999",
            json!({ "lens": "50/1.4", "f": [1.4, 5.59], "focal": [24, 599.9], "exposure": [0.000_24, 0.489_999] }),
        ),
    ]
}

/// To read two hundred years of a zone takes the page some seconds.
const LONGEST: Duration = Duration::from_secs(120);

/// Chromium silently begins no more than ten downloads of a page in a second.
const BETWEEN_DOWNLOADS: Duration = Duration::from_millis(150);

/// All that the page says in numbers; `null` while something is still being counted.
const SAID: &str = include_str!("../../js/insights_said.js");

/// What the script prints.
#[derive(Debug, Deserialize)]
struct Counted {
    /// How many numbers it has compared, each of which is the same.
    numbers: u64,
}

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
    let cells = read_back(&python, &folder, 0).await?.cells;

    let asked = ask(&stage, &folder).await?;
    stage.end().await?;
    std::fs::write(folder.join("asked.json"), serde_json::to_string(&asked)?)?;
    let Counted { numbers } = script(&python, CHARTS, &folder, &[]).await?;
    std::fs::remove_dir_all(folder)?;
    let figures = [("numbers", numbers), ("numbers_cells", cells)];
    let figure = |(name, count): (&str, u64)| Some(Figure::new(name, rows, "alike", &Sample::of([count as f64])?));
    Ok(figures.into_iter().filter_map(figure).collect())
}

/// Has the page count by one clock after the other, and through one filter after the other, and keeps what it says of each.
async fn ask(stage: &Stage, folder: &Path) -> Told<Vec<Value>> {
    let mut asked = Vec::new();
    let open = async |query: &str| stage.browser.open(&format!("{}insights?{query}", stage.page.base())).await;
    // By address: browsers list some zones by older names.
    for zone in OTHERS {
        open(&format!("zone={zone}")).await?;
        asked.push(keep(stage, folder, zone, zone, json!({ "clock": zone })).await?);
    }
    open("").await?;
    let own = format!("Your time ({})", OWN.replace('_', " "));
    for (choice, clock, word) in [(own.as_str(), OWN, "own"), ("UTC", "UTC", "utc"), (LOCAL_CHOICE, LOCAL, "photo")] {
        stage.browser.click(Role::Radio, choice).await?;
        asked.push(keep(stage, folder, word, clock, json!({ "clock": word })).await?);
    }
    for (at, (word, query, mut narrowed)) in filters().into_iter().enumerate() {
        open(&format!("zone={word}&{query}")).await?;
        narrowed["clock"] = word.into();
        let clock = match word {
            "utc" => "UTC",
            "photo" => LOCAL,
            zone => zone,
        };
        asked.push(keep(stage, folder, &format!("narrowed-{at}"), clock, narrowed).await?);
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
