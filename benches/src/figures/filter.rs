//! One key typed into the text filter, until the count of what is left and the grid are painted.

use albumen_e2e::failure::{Told, said};
use serde_json::Value;
use tokio::time::Duration;

use crate::library;
use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{Stage, grouped};
use crate::trace::{CATEGORIES, MainThread};

/// The key, and its code in Windows: a letter that some names and descriptions have.
const KEY: (&str, u32) = ("x", 88);
const BACKSPACE: (&str, u32) = ("Backspace", 8);
const FOCUS: &str = "
    const field = document.querySelector('input[type=search][aria-label=\"Filter by text\"]');
    field?.focus();
    return field !== null;";

/// From the click into the field to the first key, at the least.
const HAND: Duration = Duration::from_millis(500);

pub(crate) async fn measure(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    stage.open().await?;
    // All names are read once, when the field is gone to. A hand is on the keys a moment later.
    if !stage.browser.run::<bool>(FOCUS, vec![]).await? {
        return Err(said("there is no text filter"));
    }
    tokio::time::sleep(HAND).await;
    let first_ms = type_once(stage).await?.ok_or_else(|| said("there is no text filter"))?;
    let found = format!("{} of {}", grouped(found(stage.rows)), grouped(stage.rows));
    let all = format!("{} photos", grouped(stage.rows));
    let watcher = &stage.browser.watcher;
    let (mut took_ms, mut tasks_ms) = (Vec::new(), Vec::new());
    for _ in 0..options.runs {
        stage.key_to_words(BACKSPACE.0, BACKSPACE.1, 0, &all).await?;
        let typed = stage.key_to_words(KEY.0, KEY.1, 0, &found);
        let (typed_ms, events): (f64, Vec<Value>) = watcher.traced(CATEGORIES, typed).await?;
        took_ms.push(typed_ms);
        tasks_ms.extend(MainThread::read(&events).map(|thread| thread.longest_task_ms));
    }
    let figure = |name, values: Vec<f64>| Sample::of(values).map(|sample| Figure::new(name, stage.rows, "ms", &sample));
    let figures =
        [figure("filter", took_ms), figure("filter_long_task", tasks_ms), figure("filter_first", vec![first_ms])];
    Ok(figures.into_iter().flatten().collect())
}

/// Types the key into the text filter, and waits for what it finds; `None` where there is no such field.
pub(crate) async fn type_once(stage: &Stage) -> Told<Option<f64>> {
    if !stage.browser.run::<bool>(FOCUS, vec![]).await? {
        return Ok(None);
    }
    let found = format!("{} of {}", grouped(found(stage.rows)), grouped(stage.rows));
    stage.key_to_words(KEY.0, KEY.1, 0, &found).await.map(Some)
}

/// How many of the library the key leaves in.
fn found(rows: u32) -> u32 {
    let has = |text: &str| text.to_lowercase().contains(KEY.0);
    let found = |number: &u32| {
        let item = library::item(*number, rows);
        has(&item.file_name) || has(&item.description)
    };
    (0..rows).filter(found).count() as u32
}
