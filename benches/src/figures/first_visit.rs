//! The first visit, cold: bytes and time until "Try it now" answers, beside the smallest Leptos page.

use std::path::Path;

use albumen_e2e::failure::{Told, said};

use crate::options::Options;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::{Site, Stage};

const FIRST_VISIT: &str = include_str!("../../js/first_visit.js");

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
    let (answered_ms, began_ms) = stage
        .before_the_page(FIRST_VISIT, async || {
            stage.browser.open(&stage.page.base()).await?;
            let answered_ms = stage.noted("benchAnswered").await?;
            let began_ms: f64 = stage.browser.run("return performance.timeOrigin", vec![]).await?;
            Ok((answered_ms, began_ms))
        })
        .await?;
    let asked = stage.page.asked().into_iter().filter(|asked| asked.at_ms <= began_ms + answered_ms);
    let files = asked.map(|asked| if asked.path.is_empty() { "index.html".to_owned() } else { asked.path }).collect();
    stage.end().await?;
    Ok(Visit { answered_ms, files })
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
