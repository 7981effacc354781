//! Everything selected by one key, until the count is painted.

use albumen_e2e::failure::{Told, said};

use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{CONTROL, Stage, grouped};

const FOCUS: &str = "[...document.querySelectorAll('[data-row]')].find(tile => tile.checkVisibility())?.focus()";

pub(crate) async fn measure(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    stage.open().await?;
    let words = format!("{} selected", grouped(stage.rows));
    let mut took_ms = Vec::new();
    for _ in 0..options.runs {
        let _: Option<f64> = stage.browser.run(FOCUS, vec![]).await?;
        took_ms.push(stage.key_to_words("a", 65, CONTROL, &words).await?);
        stage.press("Escape", 27, 0).await?;
    }
    let sample = Sample::of(took_ms).ok_or_else(|| said("nothing was selected"))?;
    Ok(vec![Figure::new("select_all", stage.rows, "ms", &sample)])
}
