//! A fling through the grid, and a scrub over all of it: the longest task, script a frame, and what the grid holds.

use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Duration, interval};

use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Stage;
use crate::trace::{CATEGORIES, MainThread};

const GRID: &str = include_str!("../../js/grid.js");
/// How far one throw of a fling goes, and how fast: a hand's hardest.
const THROW_PX: u32 = 6000;
const THROW_PX_A_S: u32 = 12_000;
const THROWS: u32 = 4;
/// Moves of the hand over the scrubber, one a frame.
const MOVES: u32 = 90;
const FRAME: Duration = Duration::from_micros(16_667);
const LEFT_BUTTON: u32 = 1;

/// The grid's scroller.
#[derive(Debug, Deserialize)]
pub(crate) struct Grid {
    nodes: f64,
    /// Its middle, in the window.
    x: f64,
    y: f64,
    /// What is left below.
    below_px: f64,
    /// The rows that exist as elements.
    rows: Vec<u32>,
}

/// Where the scrubber's track begins and ends, in the window.
#[derive(Debug, Deserialize)]
struct Track {
    x: f64,
    top: f64,
    bottom: f64,
}

pub(crate) async fn fling(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    stage.open().await?;
    let grid = grid(stage).await?;
    of_motion(options, stage, "scroll", async || {
        for _ in 0..THROWS {
            throw(stage, &grid, THROW_PX).await?;
        }
        Ok(())
    })
    .await
}

pub(crate) async fn scrub(options: &Options, stage: &Stage) -> Told<Vec<Figure>> {
    stage.open().await?;
    let track: Option<Track> = stage.browser.run(TRACK, vec![]).await?;
    let track = track.ok_or_else(|| said("there is no scrubber"))?;
    let figures = of_motion(options, stage, "scrub", async || drag_along(stage, &track).await).await?;
    // Where the last month is longer than a window, its end is a key away.
    let _: Option<f64> = stage.browser.run(FOCUS, vec![]).await?;
    stage.press("End", 35, 0).await?;
    // Rows are numbered as they came, which is from the newest on.
    let last = stage.rows - 1;
    let is_reached = async || {
        let grid = grid(stage).await?;
        Ok((grid.below_px <= 1.0 && grid.rows.contains(&last)).then_some(()))
    };
    stage.browser.until("the last row to be reached", is_reached).await?;
    Ok(figures)
}

const TRACK: &str = "
    const track = document.querySelector('[role=slider][aria-label=Timeline], [role=slider][aria-label=Month]');
    const box = track?.getBoundingClientRect();
    return box ? { x: box.left + box.width / 2, top: box.top + 1, bottom: box.bottom - 1 } : null;";

/// The browser has had nothing to do twice, and nothing was made for the grid in between.
const IDLE: &str = "
    let isCalm = false;
    const watch = new MutationObserver(() => { isCalm = false; });
    watch.observe(document.body, { childList: true, subtree: true });
    while (!isCalm) {
        isCalm = true;
        for (let times = 0; times < 2; times += 1) {
            await new Promise(done => requestIdleCallback(done));
        }
    }
    watch.disconnect();
    return null";

async fn of_motion(options: &Options, stage: &Stage, name: &str, motion: impl AsyncFn() -> Told) -> Told<Vec<Figure>> {
    let (mut tasks_ms, mut scripts_ms, mut nodes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..options.runs {
        stage.open().await?;
        // What opening left to do is no part of the motion.
        let _: Option<f64> = stage.browser.run_async(IDLE).await?;
        let ((), events) = stage.browser.watcher.traced(CATEGORIES, motion()).await?;
        let thread = MainThread::read(&events).ok_or_else(|| said("the trace says nothing of the page"))?;
        tasks_ms.push(thread.longest_task_ms);
        scripts_ms.extend(Sample::of(thread.script_ms).map(|sample| sample.quantile(0.99)));
        nodes.push(grid(stage).await?.nodes);
    }
    let figure = |name: String, unit, values: Vec<f64>| {
        Sample::of(values).map(|sample| Figure::new(&name, stage.rows, unit, &sample))
    };
    let figures = [
        figure(format!("{name}_long_task"), "ms", tasks_ms),
        figure(format!("{name}_script_p99"), "ms", scripts_ms),
        figure(if name == "scroll" { "grid_nodes".into() } else { format!("{name}_nodes") }, "nodes", nodes),
    ];
    Ok(figures.into_iter().flatten().collect())
}

/// Throws the grid so far down, as a hand on a touchpad does.
pub(crate) async fn throw(stage: &Stage, Grid { x, y, .. }: &Grid, distance_px: u32) -> Told {
    let gesture = json!({
        "x": x, "y": y, "yDistance": -i64::from(distance_px), "speed": THROW_PX_A_S, "preventFling": false,
        "gestureSourceType": "mouse",
    });
    stage.browser.watcher.ask_page("Input.synthesizeScrollGesture", gesture).await?;
    Ok(())
}

pub(crate) async fn grid(stage: &Stage) -> Told<Grid> {
    let grid: Option<Grid> = stage.browser.run(GRID, vec![]).await?;
    grid.ok_or_else(|| said("there is no grid that scrolls"))
}

/// From end to end, with the button held.
async fn drag_along(stage: &Stage, track: &Track) -> Told {
    let hand = async |what: &str, y: f64, buttons: u32| {
        let event = json!({
            "type": what, "x": track.x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1,
        });
        stage.browser.watcher.ask_page("Input.dispatchMouseEvent", event).await
    };
    hand("mousePressed", track.top, LEFT_BUTTON).await?;
    let mut frames = interval(FRAME);
    for at in 1..=MOVES {
        frames.tick().await;
        let y = track.top + (track.bottom - track.top) * f64::from(at) / f64::from(MOVES);
        hand("mouseMoved", y, LEFT_BUTTON).await?;
    }
    hand("mouseReleased", track.bottom, 0).await?;
    Ok(())
}

const FOCUS: &str = "[...document.querySelectorAll('[data-row]')].find(tile => tile.checkVisibility())?.focus()";
