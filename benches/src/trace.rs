//! What Chromium's own tracing says of the page's main thread.

use std::collections::HashMap;

use serde_json::Value;

/// What must be traced for [`MainThread::read`].
pub(crate) const CATEGORIES: &str = "devtools.timeline,disabled-by-default-devtools.timeline";

/// A task is what runs without a pause; in it, scripts.
const TASK: &str = "RunTask";
/// Everything that JavaScript or wasm runs in, and what cleans up behind it.
const SCRIPTS: [&str; 5] = ["FunctionCall", "EvaluateScript", "RunMicrotasks", "MinorGC", "MajorGC"];
/// A frame is done, and goes to be drawn.
const FRAME: &str = "Commit";
const RENDERER: &str = "CrRendererMain";

/// The page's main thread while something was traced.
#[derive(Debug, PartialEq)]
pub(crate) struct MainThread {
    /// Milliseconds of the longest task.
    pub(crate) longest_task_ms: f64,
    /// Milliseconds of script in each frame that had any.
    pub(crate) script_ms: Vec<f64>,
}

/// A span of time in microseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    from: f64,
    to: f64,
}

impl MainThread {
    /// The thread with the most to do of those that pages run on; `None` where nothing was traced.
    pub(crate) fn read(events: &[Value]) -> Option<Self> {
        let thread = busiest(events)?;
        let of_thread = || events.iter().filter(|event| id_of(event) == Some(thread));
        let spans = |names: &[&str]| {
            let named = of_thread().filter(|event| event["name"].as_str().is_some_and(|name| names.contains(&name)));
            named.filter_map(span).collect::<Vec<_>>()
        };
        let length_ms = |span: &Span| (span.to - span.from) / 1000.0;
        let longest_task_ms = spans(&[TASK]).iter().map(length_ms).reduce(f64::max)?;
        let mut frames: Vec<f64> = spans(&[FRAME]).iter().map(|span| span.from).collect();
        frames.sort_by(f64::total_cmp);
        Some(Self { longest_task_ms, script_ms: by_frame(&joined(spans(&SCRIPTS)), &frames) })
    }
}

/// The script between each frame's end and the next one's.
fn by_frame(scripts: &[Span], frames: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; frames.len() + 1];
    for script in scripts {
        sums[frames.partition_point(|frame| *frame <= script.from)] += (script.to - script.from) / 1000.0;
    }
    sums.retain(|sum| *sum > 0.0);
    sums
}

/// Spans that lie in one another or overlap as one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    joined
}

fn busiest(events: &[Value]) -> Option<(u64, u64)> {
    let renderers = events.iter().filter(|event| event["args"]["name"] == RENDERER).filter_map(id_of);
    let mut events_of: HashMap<(u64, u64), usize> = renderers.map(|id| (id, 0)).collect();
    for event in events.iter().filter(|event| event["name"] == TASK || event["name"] == FRAME) {
        if let Some(count) = id_of(event).and_then(|id| events_of.get_mut(&id)) {
            *count += 1;
        }
    }
    events_of.into_iter().max_by_key(|(_, count)| *count).map(|(id, _)| id)
}

fn id_of(event: &Value) -> Option<(u64, u64)> {
    Some((event["pid"].as_u64()?, event["tid"].as_u64()?))
}

fn span(event: &Value) -> Option<Span> {
    let from = event["ts"].as_f64()?;
    Some(Span { from, to: from + event["dur"].as_f64().unwrap_or(0.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(name: &str, tid: u64, ts: f64, dur: f64) -> Value {
        json!({ "name": name, "pid": 7, "tid": tid, "ts": ts, "dur": dur })
    }

    #[test]
    fn scripts_are_summed_up_by_frame_and_once_where_they_lie_in_one_another() {
        let name = |tid: u64| json!({ "name": "thread_name", "pid": 7, "tid": tid, "args": { "name": RENDERER } });
        let events = [
            name(1),
            name(2),
            event(TASK, 2, 0.0, 90_000.0),
            event(TASK, 1, 0.0, 12_000.0),
            event("FunctionCall", 1, 1000.0, 2000.0),
            event("RunMicrotasks", 1, 2500.0, 1500.0),
            event(FRAME, 1, 10_000.0, 500.0),
            event(FRAME, 1, 12_000.0, 500.0),
            event(TASK, 1, 17_000.0, 30_000.0),
            event("FunctionCall", 1, 17_000.0, 5000.0),
        ];
        let read = MainThread::read(&events).unwrap();
        assert_eq!(read, MainThread { longest_task_ms: 30.0, script_ms: vec![3.0, 5.0] });
    }

    #[test]
    fn nothing_traced_is_nothing_read() {
        assert_eq!(MainThread::read(&[]), None);
    }
}
