//! The map of a library with places, pushed about and zoomed: script a frame, and the longest task, opening it included.

use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Duration, interval};

use crate::library;
use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{Site, Stage};
use crate::trace::{CATEGORIES, MainThread};

pub(crate) const NAMES: [&str; 2] = ["map_script_p99", "map_long_task"];

const FRAME: Duration = Duration::from_micros(16_667);
const LEFT_BUTTON: u32 = 1;
/// Frames of a push, and of a zoom.
const PUSHES: u32 = 60;
const TURNS: u32 = 45;
/// A turn of the wheel a frame: from the whole world to a street and back.
const TURN_PX: i32 = 120;

/// The canvas in the window.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Sheet {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

const SHEET: &str = "
    const box = document.querySelector('canvas.map-canvas')?.getBoundingClientRect();
    return box ? { x: box.left, y: box.top, width: box.width, height: box.height } : null;";

/// All that is written beside the map is there, and the fine land too.
const IS_READ: &str = "
    const says = words => [...document.querySelectorAll('[role=status]')].some(one => one.textContent.includes(words));
    return says('photos have a place') && document.querySelectorAll('.places-entry').length > 0 ? true : null;";

const IDLE: &str = "
    for (let times = 0; times < 3; times += 1) {
        await new Promise(done => requestIdleCallback(done));
    }
    return null";

pub(crate) async fn measure(options: &Options, site: &Site, rows: u32) -> Told<Vec<Figure>> {
    let stage = Stage::of(site, rows, library::placed_item).await?;
    let (mut scripts_ms, mut tasks_ms) = (Vec::new(), Vec::new());
    for _ in 0..options.runs {
        stage.open().await?;
        let ((), opening) = stage.browser.watcher.traced(CATEGORIES, open(&stage)).await?;
        let sheet: Option<Sheet> = stage.browser.run(SHEET, vec![]).await?;
        let sheet = sheet.ok_or_else(|| said("there is no map"))?;
        // The fine land is loaded at the first close look: that is no part of the motion.
        turns(&stage, sheet, TURNS, -1).await?;
        turns(&stage, sheet, TURNS, 1).await?;
        let _: Option<f64> = stage.browser.run_async(IDLE).await?;
        let ((), motion) = stage.browser.watcher.traced(CATEGORIES, moves(&stage, sheet)).await?;
        let read = |events: &[serde_json::Value]| {
            MainThread::read(events).ok_or_else(|| said("the trace says nothing of the page"))
        };
        let (opening, motion) = (read(&opening)?, read(&motion)?);
        tasks_ms.push(opening.longest_task_ms.max(motion.longest_task_ms));
        scripts_ms.extend(Sample::of(motion.script_ms).map(|sample| sample.quantile(0.99)));
    }
    stage.end().await?;
    let figure = |name: &str, values: Vec<f64>| Sample::of(values).map(|sample| Figure::new(name, rows, "ms", &sample));
    Ok([figure("map_script_p99", scripts_ms), figure("map_long_task", tasks_ms)].into_iter().flatten().collect())
}

async fn open(stage: &Stage) -> Told {
    stage.browser.link("Places").await?;
    let is_read = async || stage.browser.run::<Option<bool>>(IS_READ, vec![]).await;
    stage.browser.until("the map", is_read).await?;
    Ok(())
}

/// Pushed about from afar, zoomed in as far as a street, pushed about there, and zoomed out.
async fn moves(stage: &Stage, sheet: Sheet) -> Told {
    push(stage, sheet).await?;
    turns(stage, sheet, TURNS / 2, -1).await?;
    push(stage, sheet).await?;
    turns(stage, sheet, TURNS / 2, -1).await?;
    push(stage, sheet).await?;
    turns(stage, sheet, TURNS, 1).await
}

/// With the button held, around the middle.
async fn push(stage: &Stage, sheet: Sheet) -> Told {
    let hand = async |what: &str, (x, y): (f64, f64), buttons: u32| {
        let event = json!({ "type": what, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
        stage.browser.watcher.ask_page("Input.dispatchMouseEvent", event).await
    };
    let at = |part: f64| {
        let angle = part * std::f64::consts::TAU;
        (sheet.x + sheet.width * (0.5 + 0.35 * angle.cos()), sheet.y + sheet.height * (0.5 + 0.35 * angle.sin()))
    };
    hand("mousePressed", at(0.0), LEFT_BUTTON).await?;
    let mut frames = interval(FRAME);
    for nth in 1..=PUSHES {
        frames.tick().await;
        hand("mouseMoved", at(f64::from(nth) / f64::from(PUSHES)), LEFT_BUTTON).await?;
    }
    // Where it was put down, no circle is opened: it was moved.
    hand("mouseReleased", at(1.0), 0).await?;
    Ok(())
}

/// Turns of the wheel, one a frame: in for a way of -1, out for 1.
async fn turns(stage: &Stage, sheet: Sheet, turns: u32, way: i32) -> Told {
    let mut frames = interval(FRAME);
    for _ in 0..turns {
        frames.tick().await;
        let event = json!({
            "type": "mouseWheel", "x": sheet.x + sheet.width * 0.5, "y": sheet.y + sheet.height * 0.4, "deltaX": 0,
            "deltaY": TURN_PX * way,
        });
        stage.browser.watcher.ask_page("Input.dispatchMouseEvent", event).await?;
    }
    Ok(())
}
