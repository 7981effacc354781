//! The first visit, cold: bytes and time until "Try it now" answers, beside the smallest Leptos page.

use std::path::Path;

use albumen_e2e::failure::{Told, said};
use albumen_e2e::page::Asked;

use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{Site, Stage};

const FIRST_VISIT: &str = include_str!("../../js/first_visit.js");
const TIMELINE: &str = "return [performance.timeOrigin, \
     performance.getEntriesByType('resource').map(one => [one.name, one.startTime, one.responseEnd])]";

/// What one first visit took.
struct Visit {
    answered_ms: f64,
    /// The files that were asked for until then; the page itself first.
    files: Vec<String>,
}

pub(crate) async fn measure(options: &Options, site: &Site) -> Told<Vec<Figure>> {
    let (mut ours, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..options.runs {
        empty.push(visit(&options.empty).await?);
        ours.push(visit(site.folder()).await?);
    }
    let median = |visits: &[Visit]| Sample::of(visits.iter().map(|visit| visit.answered_ms));
    let none = || said("nothing was visited");
    let (ours_ms, empty_ms) = (median(&ours).ok_or_else(none)?, median(&empty).ok_or_else(none)?);
    let weights = ours.iter().map(|visit| weight_kb(site.folder(), &visit.files)).collect::<Told<Vec<f64>>>()?;
    let empty_kb = empty.iter().map(|visit| weight_kb(&options.empty, &visit.files)).collect::<Told<Vec<f64>>>()?;
    let (weights, empty_kb) = (Sample::of(weights).ok_or_else(none)?, Sample::of(empty_kb).ok_or_else(none)?);
    Ok(vec![
        Figure::new("first_load", 0, "KB", &weights).beside("an empty Leptos page", empty_kb.median()),
        Figure::new("interactive", 0, "ms", &ours_ms).beside("an empty Leptos page", empty_ms.median()),
    ])
}

/// With a browser of its own, so that nothing is in any cache.
async fn visit(folder: &Path) -> Told<Visit> {
    let stage = Stage::bare(folder).await?;
    let (press, timeline) = stage
        .before_the_page(FIRST_VISIT, async || {
            stage.browser.open(&stage.page.base()).await?;
            let answered_ms = stage.noted("benchAnswered").await?;
            let pressed_ms = stage.noted("benchPressed").await?;
            let is_idle = "return document.readyState === 'complete' || null";
            let is_idle = async || stage.browser.run::<Option<bool>>(is_idle, vec![]).await;
            stage.browser.until("the page to have loaded", is_idle).await?;
            Ok((Press { pressed_ms, answered_ms }, stage.browser.run::<Timeline>(TIMELINE, vec![]).await?))
        })
        .await?;
    let files = needed(press, &timeline, &stage.page.asked(), &stage.page.base());
    stage.end().await?;
    Ok(Visit { answered_ms: press.answered_ms, files })
}

/// The press that was answered, in milliseconds since the navigation began.
#[derive(Clone, Copy, Debug)]
struct Press {
    pressed_ms: f64,
    answered_ms: f64,
}

/// When the navigation began, in milliseconds since the epoch; each address that the page has asked for, when, and when
/// it had all of it, in milliseconds since then.
type Timeline = (f64, Vec<(String, f64, f64)>);

/// What the answer took: what was asked for before the press, and what the press asked for if it was there before the
/// answer. What the page itself has asked for goes by its own clock, since a request may reach its host after what it was
/// made before; what the host alone knows of (an icon, what a worker wants) by the host's.
fn needed(press: Press, (began_ms, page): &Timeline, host: &[Asked], base: &str) -> Vec<String> {
    let below = |address: &str| Some(address.strip_prefix(base)?.split('?').next()?.to_owned());
    let is_needed = |asked_ms: f64, had_ms: f64| asked_ms <= press.pressed_ms || had_ms <= press.answered_ms;
    let by_page: Vec<(String, bool)> =
        page.iter().filter_map(|(url, asked_ms, had_ms)| Some((below(url)?, is_needed(*asked_ms, *had_ms)))).collect();
    let is_of_page = |asked: &&Asked| by_page.iter().any(|(path, _)| *path == asked.path);
    let of_host = host.iter().filter(|asked| !is_of_page(asked) && asked.at_ms <= began_ms + press.pressed_ms);
    let named = |path: &str| if path.is_empty() { "index.html".to_owned() } else { path.to_owned() };
    let of_page = by_page.iter().filter(|(_, is_needed)| *is_needed);
    of_page.map(|(path, _)| named(path)).chain(of_host.map(|asked| named(&asked.path))).collect()
}

/// Thousands of bytes as a browser receives these files, each once.
fn weight_kb(folder: &Path, files: &[String]) -> Told<f64> {
    let mut files = files.to_vec();
    files.sort();
    files.dedup();
    let mut bytes = 0;
    for file in files {
        // As in the table of sizes: what hosts afford at best for files that they compress once.
        let parameters = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
        let mut packed = Vec::new();
        // What a host has not weighs nothing: Chromium asks for an icon by itself.
        let Ok(plain) = std::fs::read(folder.join(file)) else { continue };
        brotli::BrotliCompress(&mut plain.as_slice(), &mut packed, &parameters)?;
        bytes += packed.len();
    }
    Ok(bytes as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_before_the_press_counts_and_what_the_press_waited_for() {
        let asked = |path: &str, at_ms| Asked { path: path.to_owned(), at_ms };
        let page = [("a.js?v=1", 90.0, 120.0), ("waited.wasm", 101.0, 104.0), ("late.wasm", 101.0, 160.0)];
        let page = page.map(|(name, asked_ms, had_ms)| (format!("http://localhost:1/{name}"), asked_ms, had_ms));
        let host = [asked("", 1001.0), asked("a.js", 1120.0), asked("late.wasm", 1099.0), asked("icon.svg", 1099.0)];
        let host = host.into_iter().chain([asked("worker.js", 1102.0)]).collect::<Vec<_>>();
        let press = Press { pressed_ms: 100.0, answered_ms: 105.0 };
        let files = needed(press, &(1000.0, page.into()), &host, "http://localhost:1/");
        assert_eq!(files, ["a.js", "waited.wasm", "index.html", "icon.svg"]);
    }
}
