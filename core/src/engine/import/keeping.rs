//! Brings all parts together, and keeps as rows what the catalog does not know as it is told.

use std::collections::{HashMap, HashSet};

use super::rows::{RowFiles, RowRecord, Rows};
use super::{Break, Job};
use crate::engine::Engine;
use crate::engine::keep::{Change, Untold};
use crate::photo::MediaItem;
use crate::ports::{Batch, World};
use crate::protocol::ImportStep;
use crate::takeout::import::{FileRef, Photos};
use crate::takeout::matching::{Resolved, Scan, resolve};
use crate::takeout::report::Report;
use crate::trouble::Trouble;

/// Photos that are kept together.
pub(super) const AT_ONCE: usize = 1000;
/// Photos between which other work goes on.
pub(super) const BREATH: usize = 256;

/// A photo that the catalog does not know as it is told now.
pub(super) struct Pending {
    pub(super) item: MediaItem,
    /// Its row is filled in when it is known.
    pub(super) record: RowRecord,
    /// The row in which it was until now.
    pub(super) before: Option<u32>,
}

/// What is kept with photos.
#[derive(Default)]
pub(super) struct Beside {
    /// Rows that they take the place of.
    pub(super) replaced: Vec<u32>,
    pub(super) puts: Vec<(String, Vec<u8>)>,
    /// Compared with the import before.
    pub(super) new: u32,
    pub(super) changed: u32,
}

impl<W: World + 'static> Engine<W> {
    /// What all parts that were read so far come to.
    pub(super) async fn bring_together(&self, job: &Job) -> Result<Resolved, Break> {
        self.set_step(ImportStep::Matching, 0);
        self.breathe().await?;
        let resolved = resolve(&job.scan);
        self.import.borrow_mut().record.photos = resolved.photos.len() as u32;
        self.breathe().await?;
        Ok(resolved)
    }

    /// Keeps photos, albums and the report.
    pub(super) async fn keep_photos(&self, job: &mut Job, resolved: &Resolved) -> Result<(), Break> {
        self.set_step(ImportStep::Keeping, resolved.photos.len() as u64);
        let Job { scan, facts, untold, rows, .. } = job;
        *rows = Rows::read(self.world.store()).await?;
        let photos = Photos::new(scan, resolved);
        let numbers = self.part_numbers(scan);
        let mut going = going(&photos, rows);
        let mut report = Report::new(scan, resolved);
        let mut pending = Vec::new();
        let mut beside = Beside::default();
        for at in 0..photos.len() {
            if at % BREATH == 0 {
                self.breathe().await?;
            }
            let (mut item, told) = photos.item(at, facts, self.world.zones());
            report.count(&item);
            let record = RowRecord { row: u32::MAX, id: photos.id(at), told, files: files_of(&photos, at, &numbers) };
            let known = rows.by_id(record.id);
            if known.is_some_and(|known| known.told == told && known.files == record.files) {
                continue;
            }
            // A sidecar that came later gives a photo another id.
            let replaced = going.remove(&record.files.main);
            beside.replaced.extend(replaced);
            if let Some(row) = replaced {
                self.bring_correction(row, &mut item).await?;
            }
            match known {
                None if replaced.is_none() => beside.new += 1,
                Some(known) if known.told == told => {}
                _ => beside.changed += 1,
            }
            let before = known.map(|known| known.row).or(replaced);
            pending.push(Pending { item, record, before });
            if pending.len() >= AT_ONCE {
                let beside = std::mem::take(&mut beside);
                self.keep_pending(rows, untold, std::mem::take(&mut pending), beside, at as u64 + 1).await?;
            }
        }
        self.keep_pending(rows, untold, pending, beside, photos.len() as u64).await?;
        self.take_back(rows, untold, going.into_values().collect()).await?;
        self.tell_rows(untold).await;
        self.keep_albums_of(&photos, rows).await?;
        self.keep_report(job, resolved, report).await?;
        Ok(())
    }

    /// Keeps photos with what belongs beside them, and how far the import is.
    pub(super) async fn keep_pending(
        &self,
        rows: &mut Rows,
        untold: &mut Untold,
        mut pending: Vec<Pending>,
        beside: Beside,
        done: u64,
    ) -> Result<(), Trouble> {
        self.import.borrow_mut().record.done = done;
        let Beside { mut replaced, mut puts, new, changed } = beside;
        if pending.is_empty() && replaced.is_empty() && puts.is_empty() {
            return Ok(());
        }
        puts.extend(self.adopt(&mut pending, &mut replaced).await?);
        let (items, records): (Vec<MediaItem>, Vec<RowRecord>) =
            pending.into_iter().map(|pending| (pending.item, pending.record)).unzip();
        let change = Change { items, rows: replaced.clone(), ..Change::default() };
        let (_, later) = self
            .keep_change(|| {
                (change, |kept: &crate::engine::keep::Kept| {
                    replaced.iter().for_each(|row| rows.remove(*row));
                    for (record, row) in records.into_iter().zip(&kept.rows) {
                        rows.put(RowRecord { row: *row, ..record });
                    }
                    {
                        let record = &mut self.import.borrow_mut().record;
                        record.added += kept.added;
                        record.new += new;
                        record.changed += changed;
                    }
                    let mut puts = puts;
                    puts.extend(rows.puts());
                    puts.push(self.import_record());
                    Batch { puts, ..Batch::default() }
                })
            })
            .await?;
        untold.add(later);
        self.tell_progress(untold).await;
        Ok(())
    }

    /// Corrects the time of an item as that of the row was that it takes the place of.
    async fn bring_correction(&self, row: u32, item: &mut MediaItem) -> Result<(), Trouble> {
        let before = self.ledger().details(self.world.store(), row).await?;
        if let Some(corrected) = before.and_then(|before| before.corrected) {
            item.correct(&corrected.correction, &|zone, utc_s| self.world.zones().named(zone, utc_s));
        }
        Ok(())
    }

    /// Photos that are in no part any more are in the catalog only if the account tells of them.
    async fn take_back(&self, rows: &mut Rows, untold: &mut Untold, gone: Vec<u32>) -> Result<(), Trouble> {
        if gone.is_empty() {
            return Ok(());
        }
        for some in gone.chunks(AT_ONCE) {
            let beside = || {
                some.iter().for_each(|row| rows.remove(*row));
                self.import.borrow_mut().record.gone += some.len() as u32;
                let mut puts = rows.puts();
                puts.push(self.import_record());
                Batch { puts, ..Batch::default() }
            };
            untold.add(self.give_back(some, beside).await?);
            self.tell_progress(untold).await;
        }
        Ok(())
    }

    /// The numbers of the scan's parts.
    pub(super) fn part_numbers(&self, scan: &Scan) -> Vec<u16> {
        let import = self.import.borrow();
        let number = |name: &String| import.record.parts.iter().position(|part| part.name == *name);
        scan.parts().iter().map(|name| number(name).map_or(u16::MAX, |number| number as u16)).collect()
    }
}

/// Rows whose photos are none any more, by their main files.
fn going(photos: &Photos<'_>, rows: &Rows) -> HashMap<FileRef, u32> {
    if rows.is_empty() {
        return HashMap::new();
    }
    let ids: HashSet<u128> = (0..photos.len()).map(|at| photos.id(at)).collect();
    let going = rows.iter().filter(|row| !ids.contains(&row.id));
    going.map(|row| (row.files.main, row.row)).collect()
}

pub(super) fn files_of(photos: &Photos<'_>, at: usize, numbers: &[u16]) -> RowFiles {
    let photo = &photos.resolved.photos[at];
    let file = |file| photos.file(file, numbers);
    RowFiles {
        main: file(photo.main),
        motion: photo.motion.map(file),
        edited: photos.resolved.edited(photo).first().copied().map(file),
    }
}
