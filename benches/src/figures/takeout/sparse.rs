//! Ten thousand sidecars among forty gigabytes of media: what is read of them, beside the best that can be done.

use std::path::Path;

use albumen_e2e::failure::{Told, said};
use serde::Deserialize;
use serde_json::Value;
use tokio::process::Command;

use super::exports::{SPARSE_SIDECARS, sparse};
use super::stay::Stay;
use crate::options::Options;
use crate::pandas::heard;
use crate::report::Figure;
use crate::sample::Sample;
use crate::stage::Site;

const SPANS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/spans.py");
/// A gap that costs as much to read as another read costs: one takes half a millisecond, and files are read at about
/// 500 MB/s.
const WORTH_READING: u64 = 256 << 10;
/// The archive's list is read in pieces of this length at the best: memory is not for all of it.
const LIST_PIECE: u64 = 1 << 20;

/// From, to, in bytes.
type Span = (u64, u64);

/// What the script prints.
#[derive(Debug, Deserialize)]
struct Spans {
    sidecars: Vec<Span>,
    list: Span,
}

/// What one visit read.
struct Visit {
    took_ms: f64,
    /// The best reads, one after the other.
    best_ms: f64,
    reads: f64,
    kilobytes: f64,
    peak_mb: f64,
}

pub(super) async fn measure(options: &Options, site: &Site) -> Told<Vec<Figure>> {
    let archive = sparse(options)?;
    let spans: Spans = serde_json::from_slice(&heard(Command::new("python3").arg(SPANS).arg(&archive)).await?)?;
    if spans.sidecars.len() != SPARSE_SIDECARS as usize {
        return Err(said(format!("Python found {} sidecars", spans.sidecars.len())));
    }
    let best = best(&spans);
    let mut visits = Vec::new();
    for _ in 0..options.runs {
        visits.push(visit(site, &archive, &spans, &best).await?);
    }
    let of = |pick: fn(&Visit) -> f64| Sample::of(visits.iter().map(pick)).ok_or_else(|| said("nothing was imported"));
    let figure =
        |name, unit, pick| Ok::<_, albumen_e2e::failure::Failure>(Figure::new(name, SPARSE_SIDECARS, unit, &of(pick)?));
    let best_kilobytes = best.iter().map(|(from, to)| to - from).sum::<u64>() as f64 / 1000.0;
    Ok(vec![
        figure("takeout_sparse", "ms", |visit| visit.took_ms)?
            .beside("the best reads", of(|visit| visit.best_ms)?.median()),
        figure("takeout_sparse_reads", "reads", |visit| visit.reads)?.beside("the best", best.len() as f64),
        figure("takeout_sparse_bytes", "KB", |visit| visit.kilobytes)?.beside("the best", best_kilobytes),
        figure("takeout_memory", "MB", |visit| visit.peak_mb)?,
    ])
}

/// The reads that take least: the list in pieces, and the sidecars, neighbors together where the gap is worth it.
fn best(spans: &Spans) -> Vec<Span> {
    let (from, to) = spans.list;
    let list = (from..to).step_by(LIST_PIECE as usize).map(|at| (at, to.min(at + LIST_PIECE)));
    let mut sidecars: Vec<Span> = Vec::new();
    for &(from, to) in &spans.sidecars {
        match sidecars.last_mut() {
            Some(last) if from <= last.1 + WORTH_READING => last.1 = last.1.max(to),
            _ => sidecars.push((from, to)),
        }
    }
    list.chain(sidecars).collect()
}

/// Whether a read has to do with the list or a sidecar; others are looks into photos.
fn is_of((from, to): &Span, spans: &Spans) -> bool {
    let next = spans.sidecars.partition_point(|(_, end)| end <= from);
    *to > spans.list.0 || spans.sidecars.get(next).is_some_and(|(begin, _)| begin < to)
}

async fn visit(site: &Site, archive: &Path, spans: &Spans, best: &[Span]) -> Told<Visit> {
    let mut stay = Stay::begin(site).await?;
    stay.note_reads().await?;
    let took_ms = stay.import(archive, SPARSE_SIDECARS).await?;
    stay.finish().await?;
    let watcher = &stay.stage.browser.watcher;
    let noted: Value = watcher.run_in_worker("JSON.stringify(benchReads)").await?;
    let noted: Vec<(f64, f64, f64)> = serde_json::from_str(noted.as_str().unwrap_or_default())?;
    let best = serde_json::to_string(best)?;
    let best_ms = watcher.run_in_worker(&format!("benchRead({best})")).await?;
    let best_ms = best_ms.as_f64().ok_or_else(|| said("the best reads could not be timed"))?;
    let own: Vec<Span> = noted
        .iter()
        .map(|(at, length, _)| (*at as u64, (*at + *length) as u64))
        .filter(|read| is_of(read, spans))
        .collect();
    let peak_mb = stay.peak_mb;
    stay.stage.end().await?;
    let kilobytes = own.iter().map(|(from, to)| to - from).sum::<u64>() as f64 / 1000.0;
    Ok(Visit { took_ms, best_ms, reads: own.len() as f64, kilobytes, peak_mb })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans() -> Spans {
        Spans { sidecars: vec![(1000, 1400), (1500, 1900), (9_000_000, 9_000_400)], list: (10_000_000, 12_000_000) }
    }

    #[test]
    fn neighbors_are_read_together_and_the_list_in_pieces() {
        let list = [(10_000_000, 11_048_576), (11_048_576, 12_000_000)];
        assert_eq!(best(&spans()), [list[0], list[1], (1000, 1900), (9_000_000, 9_000_400)]);
    }

    #[test]
    fn looks_into_photos_are_told_from_reads_of_sidecars() {
        let reads =
            [(0, 500), (900, 1001), (1399, 1450), (1400, 1500), (8_000_000, 9_000_000), (11_999_990, 12_000_000)];
        assert_eq!(reads.map(|read| is_of(&read, &spans())), [false, true, true, false, false, true]);
    }
}
