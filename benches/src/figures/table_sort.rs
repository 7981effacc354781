//! The table put in order by its texts for the first time, until its first line is painted; and the longest task on the
//! page meanwhile.

use albumen_e2e::browser::Role;
use albumen_e2e::failure::{Told, said};
use serde_json::{Value, json};

use crate::library;
use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;
use crate::trace::{CATEGORIES, MainThread};

/// The column, by its id.
const HEAD: &str = "name";
const SORTED: &str = include_str!("../../js/sorted.js");
/// The device keeps the order.
const FORGET: &str = "
    for (const key of Object.keys(localStorage).filter(key => key.includes('table-sort'))) localStorage.removeItem(key);
    return null;";
/// Every line in view says all that it knows.
const IS_TOLD: &str = "
    const grid = document.querySelector('[role=grid]');
    return grid !== null && grid.querySelector('[role=gridcell]') !== null && !grid.querySelector('[data-waiting]');";

pub(crate) async fn measure(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    let words = first_name(stage.rows);
    let named = json!([HEAD, words]);
    let script = format!("const [head, words] = {named};\n{SORTED}");
    let watcher = &stage.browser.watcher;
    let (mut took_ms, mut tasks_ms) = (Vec::new(), Vec::new());
    for _ in 0..options.runs {
        // Opened anew, so that nothing is in order yet.
        stage.open().await?;
        stage.browser.click(Role::Link, "Table").await?;
        let is_told = async || Ok(stage.browser.run::<bool>(IS_TOLD, vec![]).await?.then_some(()));
        stage.browser.until("the table's first lines", is_told).await?;
        let sorted = async {
            let _: Option<f64> = stage.browser.run(&script, vec![]).await?;
            stage.noted("benchTook").await
        };
        let (sorted_ms, events): (f64, Vec<Value>) = watcher.traced(CATEGORIES, sorted).await?;
        took_ms.push(sorted_ms);
        tasks_ms.extend(MainThread::read(&events).map(|thread| thread.longest_task_ms));
        let _: Option<f64> = stage.browser.run(FORGET, vec![]).await?;
    }
    let figure = |name, values: Vec<f64>| Sample::of(values).map(|sample| Figure::new(name, stage.rows, "ms", &sample));
    let figures = [figure("table_sort", took_ms), figure("table_sort_long_task", tasks_ms)];
    let figures: Vec<Figure> = figures.into_iter().flatten().collect();
    if figures.is_empty() { Err(said("nothing was put in order")) } else { Ok(figures) }
}

/// The name that comes first of all, whatever its case.
fn first_name(rows: u32) -> String {
    let names = (0..rows).map(|number| library::item(number, rows).file_name);
    names.min_by_key(|name| (name.to_lowercase(), name.clone())).unwrap_or_default()
}
