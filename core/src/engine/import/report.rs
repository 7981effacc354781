//! What imports came to, kept for whoever asks.

use std::collections::HashSet;

use super::Job;
use crate::engine::Engine;
use crate::ports::{Batch, Store, World};
use crate::protocol::{Answer, ImportReport, MOST_UNMATCHED, Unmatched, Why};
use crate::store::keys;
use crate::takeout::archive::EntryError;
use crate::takeout::matching::{FileId, Reason, Resolved, Scan};
use crate::takeout::report::{Report, unmatched};
use crate::trouble::Trouble;

impl<W: World + 'static> Engine<W> {
    pub(super) async fn keep_report(&self, job: &Job, resolved: &Resolved, report: Report) -> Result<(), Trouble> {
        let record = {
            let import = self.import.borrow();
            let record = &import.record;
            let names: Vec<&str> = record.parts.iter().map(|part| part.name.as_str()).collect();
            let report = ImportReport {
                report,
                new: record.new,
                changed: record.changed,
                gone: record.gone,
                // Counted when somebody asks: it changes with each fetch.
                merged: 0,
                unmatched: all_unmatched(&job.scan, resolved, &job.flaws, &names),
            };
            postcard::to_allocvec(&report).expect("plain values are always written")
        };
        let puts = vec![(keys::IMPORT_REPORT.to_owned(), record)];
        self.commit_import(Batch { puts, ..Batch::default() }).await
    }

    pub(crate) async fn import_report(&self) -> Result<Answer, Trouble> {
        let record = self.world.store().read(&[keys::IMPORT_REPORT.to_owned()]).await?.pop().flatten();
        let report = record.and_then(|record| postcard::from_bytes::<ImportReport>(&record).ok());
        let report = report.ok_or_else(|| Trouble::OutOfPlace("no import has come to its end yet".into()))?;
        Ok(Answer::Import(Box::new(ImportReport { merged: self.merged_rows().await?, ..report })))
    }
}

/// Files of which nothing could be made, or not all, and why.
#[inline(never)]
fn all_unmatched(scan: &Scan, resolved: &Resolved, flaws: &[(u16, EntryError)], names: &[&str]) -> Vec<Unmatched> {
    let name_of = |number: u16| names.get(number as usize).copied().unwrap_or_default();
    let mut seen = HashSet::new();
    let flaws: Vec<&(u16, EntryError)> =
        flaws.iter().filter(|(number, flaw)| seen.insert((*number, flaw.name.as_str(), flaw.to_string()))).collect();
    let is_told: HashSet<(&str, &str)> =
        flaws.iter().map(|(number, flaw)| (name_of(*number), last(&flaw.name))).collect();
    let path = |file: FileId| {
        let view = scan.file(file);
        let part = scan.parts()[view.part.0 as usize].clone();
        let path = if view.folder.is_empty() { view.name.to_owned() } else { format!("{}/{}", view.folder, view.name) };
        (part, path)
    };
    let of_flaws = flaws.iter().map(|(number, flaw)| Unmatched {
        part: name_of(*number).to_owned(),
        path: flaw.name.clone(),
        why: Why::Flaw(flaw.flaw.clone()),
    });
    let of_paths = scan.refused().0.iter().map(|refused| Unmatched {
        part: scan.parts()[refused.part.0 as usize].clone(),
        path: refused.path.clone(),
        why: Why::Path(refused.why),
    });
    let of_files = unmatched(scan, resolved).filter_map(|(file, reason)| {
        let (part, path) = path(file);
        // Why it could not be read is told better by its flaw.
        let is_twice = reason == Reason::Unreadable && is_told.contains(&(part.as_str(), last(&path)));
        (!is_twice).then_some(Unmatched { part, path, why: Why::Unmatched(reason) })
    });
    let of_sidecars = scan.problems().0.iter().map(|(file, problem)| {
        let (part, path) = path(*file);
        Unmatched { part, path, why: Why::Sidecar(problem.clone()) }
    });
    of_flaws.chain(of_paths).chain(of_files).chain(of_sidecars).take(MOST_UNMATCHED).collect()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
