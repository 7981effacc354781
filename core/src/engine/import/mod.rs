//! Imports of Takeout: parts are read, brought together and kept as rows, and their photos looked into.
//!
//! ```text
//!   AddParts ─► parts ─► Reading ─► Matching ─► Keeping ─► LookingInside ─► Done
//!                        slices     all parts   rows,       heads of photos,
//!                        of parts   together    albums      rows again
//! ```
//!
//! After either of the last two, rows that the account tells of too become one with its rows ([`merging`]).
//!
//! Each slice is stored together with how far the import is ([`record`]), so that it goes on from there after any break.
//! All that follows the reading is made of the stored slices, and keeps only what is not in the catalog as it is told.

mod account;
mod albums;
mod files;
mod inside;
mod keeping;
mod merging;
mod reading;
mod record;
mod removal;
mod report;
mod rows;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Engine;
use super::control::Halt;
use super::keep::Untold;
use crate::ports::{Batch, Clock, FileId, Locks, Store, World};
use crate::protocol::{Answer, ImportState, ImportStep, NewPart, News, PartProgress, Work};
use crate::store::keys;
use crate::takeout::archive::EntryError;
use crate::takeout::import::{Facts, FactsSlice, SliceRecord};
use crate::takeout::matching::Scan;
use crate::trouble::Trouble;
use files::Listings;
use record::{Given, Here, Record};

pub use files::EntryAway;
pub use rows::RowFiles;
use rows::Rows;

/// The page is told how far an import is at most this often.
const TELL_EVERY_MS: i64 = 250;
/// And which rows came: it lays out all photos anew for that.
const TELL_ROWS_EVERY_MS: i64 = 1000;
/// Records that are read at once.
const RECORDS_AT_ONCE: usize = 16;

/// What memory knows of imports.
#[derive(Default)]
pub(super) struct Import {
    record: Record,
    /// As it was stored last.
    stored: Record,
    given: Given,
    /// Parts at hand, by their numbers.
    here: BTreeMap<u16, Here>,
    listings: Listings,
    told_ms: i64,
    rows_told_ms: i64,
    /// Until when the time that the import took is counted.
    since_ms: i64,
}

/// What a running import knows.
#[derive(Default)]
struct Job {
    scan: Scan,
    facts: Facts,
    /// By the number of the part.
    flaws: Vec<(u16, EntryError)>,
    untold: Untold,
    rows: Rows,
}

/// Why a step ended before its end.
enum Break {
    Halted(Halt),
    Failed(Trouble),
}

impl<T: Into<Trouble>> From<T> for Break {
    fn from(why: T) -> Self {
        Self::Failed(why.into())
    }
}

impl Import {
    /// As the store has it.
    pub(super) async fn open<S: Store>(store: &S) -> Result<Self, Trouble> {
        let stored = read_record(store).await?;
        Ok(Self { record: stored.clone(), stored, ..Self::default() })
    }

    /// `None` where there is no import.
    pub(super) fn state(&self) -> Option<ImportState> {
        (!self.record.parts.is_empty()).then(|| self.record.state(&self.here))
    }

    fn settle(&mut self) {
        self.here = self.given.settle(&mut self.record);
    }
}

impl<W: World + 'static> Engine<W> {
    pub(super) fn add_parts(&self, new: Vec<NewPart>, files: &[FileId]) -> Result<Answer, Trouble> {
        if new.len() != files.len() {
            return Err(Trouble::OutOfPlace("files and their names do not match".into()));
        }
        {
            let import = &mut *self.import.borrow_mut();
            for (part, file) in new.into_iter().zip(files) {
                import.given.add(part, *file);
            }
            if !self.import_control.is_running() {
                // A folder that comes in several messages is another one each time.
                import.record = import.stored.clone();
            }
            import.settle();
        }
        self.tell_import();
        Ok(Answer::Done)
    }

    pub(super) fn start_import(self: &Rc<Self>) -> Result<Answer, Trouble> {
        if self.import.borrow().record.parts.is_empty() {
            return Err(Trouble::OutOfPlace("there is nothing to import".into()));
        }
        self.work_on_import();
        Ok(Answer::Done)
    }

    /// Goes on with what is to be done of imports, a removal before all.
    fn work_on_import(self: &Rc<Self>) {
        // Already at work: what was added since is taken up by the same run.
        if self.import_control.begin() {
            let engine = Rc::clone(self);
            (self.spawn)(Box::pin(async move {
                engine.world.locks().exclusive("import", engine.run_import()).await;
                engine.import_control.end();
                engine.tell_import();
            }));
        }
    }

    /// Pauses or cancels the import that runs; one that stands still can be cancelled too.
    pub(super) async fn halt_import(&self, halt: Halt) -> Result<Answer, Trouble> {
        if self.import_control.is_running() {
            self.import_control.halt(halt);
            self.import_control.ended().await;
        } else if halt == Halt::Cancel && self.import.borrow().is_to_cancel() {
            self.end_import(Work::Cancelled).await?;
            self.tell_import();
        }
        Ok(Answer::Done)
    }

    /// All that memory knows of imports is gone, once the store has lost it.
    pub(super) fn forget_import(&self) {
        *self.import.borrow_mut() = Import::default();
        self.news(News::Import(None));
    }

    async fn run_import(&self) {
        match self.is_removal_due().await {
            Ok(true) => return self.run_removal().await,
            Ok(false) => {}
            Err(why) => return self.import.borrow_mut().record.work = Work::Stopped(why),
        }
        let mut job = Job::default();
        let outcome = self.import_all(&mut job).await;
        self.tell_kept(&mut job.untold);
        let work = match outcome {
            Ok(()) => Work::Finished,
            Err(Break::Halted(Halt::Pause)) => Work::Paused,
            Err(Break::Halted(Halt::Cancel)) => Work::Cancelled,
            Err(Break::Failed(why)) => Work::Stopped(why),
        };
        // Where even this cannot be kept, the import is taken up from its last slice as one whose tab was closed.
        let _ = self.end_import(work).await;
    }

    async fn import_all(&self, job: &mut Job) -> Result<(), Break> {
        self.begin_import().await?;
        self.read_stored(job).await?;
        self.read_parts(job).await?;
        // Without the map the time of a photo would be told by a weaker clue, and perhaps be wrong by hours.
        self.world.zones().load().await?;
        let resolved = self.bring_together(job).await?;
        self.keep_photos(job, &resolved).await?;
        self.merge_imported(job).await?;
        self.look_inside(job, &resolved).await?;
        // By what the files say more of them are known again.
        self.merge_imported(job).await?;
        self.set_step(ImportStep::Done, 0);
        Ok(())
    }

    /// Takes up what is stored, as it is now: another tab may have imported since.
    async fn begin_import(&self) -> Result<(), Trouble> {
        let stored = read_record(self.world.store()).await?;
        let now_ms = self.now_ms();
        let mut deletes = Vec::new();
        {
            let import = &mut *self.import.borrow_mut();
            if matches!(stored.work, Work::Idle | Work::Finished | Work::Cancelled) {
                import.record = Record { new: 0, changed: 0, gone: 0, elapsed_ms: 0, added: 0, ..stored };
            } else {
                import.record = stored;
            }
            import.settle();
            import.record.work = Work::Running;
            import.record.step = ImportStep::Reading;
            import.since_ms = now_ms;
            for (part, number) in import.record.parts.iter_mut().zip(0..).filter(|(part, _)| part.is_stale) {
                deletes.push(keys::import_scans(number));
                (part.slices, part.is_stale) = (0, false);
            }
        }
        self.tell_import();
        self.commit_import(Batch { delete_prefixes: deletes, ..Batch::default() }).await
    }

    /// Reads the slices of earlier times. A part whose slices cannot be read is read anew, if it is at hand.
    async fn read_stored(&self, job: &mut Job) -> Result<(), Break> {
        let store = self.world.store();
        let parts = self.import.borrow().record.parts.clone();
        for (number, part) in (0..).zip(&parts) {
            job.scan.part(&part.name);
            let names: Vec<String> = (0..part.slices).map(|slice| keys::import_scan(number, slice)).collect();
            let mut is_whole = true;
            let mut slices = Vec::new();
            for names in names.chunks(RECORDS_AT_ONCE) {
                for record in store.read(names).await? {
                    match record.and_then(|record| postcard::from_bytes::<SliceRecord>(&record).ok()) {
                        Some(slice) => slices.push(slice),
                        None => is_whole = false,
                    }
                }
                self.breathe().await?;
                if is_whole {
                    slices.drain(..).for_each(|slice| job.take(number, slice));
                }
            }
            if !is_whole {
                let mut import = self.import.borrow_mut();
                let part = import.record.part(number);
                part.begin_anew();
                // Slices of the same names are written over.
                (part.slices, part.is_stale) = (0, false);
            }
            let names: Vec<String> = (0..part.facts).map(|slice| keys::import_facts(number, slice)).collect();
            for names in names.chunks(RECORDS_AT_ONCE) {
                for record in store.read(names).await?.into_iter().flatten() {
                    // What cannot be read is looked into again.
                    let Ok(slice) = postcard::from_bytes::<FactsSlice>(&record) else { continue };
                    job.facts.add(&slice);
                    job.flaws.extend(slice.flaws.into_iter().map(|flaw| (number, flaw)));
                }
            }
        }
        Ok(())
    }

    async fn end_import(&self, work: Work) -> Result<(), Trouble> {
        {
            let import = &mut *self.import.borrow_mut();
            if work == Work::Cancelled {
                // Parts that were not read are not taken up again by the next import.
                let left: Vec<u16> = import.here.keys().copied().filter(|number| !import.is_read(*number)).collect();
                for here in left.iter().filter_map(|number| import.here.remove(number)) {
                    import.given.forget(&here);
                }
            }
            import.record.work = work;
        }
        self.commit_import(Batch::default()).await?;
        let import = &mut *self.import.borrow_mut();
        import.stored = import.record.clone();
        Ok(())
    }

    /// Commits, together with how far the import is.
    async fn commit_import(&self, mut batch: Batch) -> Result<(), Trouble> {
        batch.puts.push(self.import_record());
        self.commit(batch).await
    }

    /// How far the import is, as it is stored.
    fn import_record(&self) -> (String, Vec<u8>) {
        let now_ms = self.now_ms();
        let import = &mut *self.import.borrow_mut();
        import.record.elapsed_ms += now_ms.saturating_sub(import.since_ms).max(0) as u64;
        import.since_ms = now_ms;
        (keys::IMPORT_STATE.to_owned(), serde_json::to_vec(&import.record).unwrap_or_default())
    }

    fn tell_import(&self) {
        let now_ms = self.now_ms();
        let state = {
            let import = &mut *self.import.borrow_mut();
            import.told_ms = now_ms;
            import.state()
        };
        self.drawn.tell();
        self.news(News::Import(state));
    }

    /// Tells how far the import is, and which rows came, if that is due; and waits until the page has drawn it.
    async fn tell_progress(&self, untold: &mut Untold) {
        let is_due = |told_ms: i64, every_ms| self.now_ms().saturating_sub(told_ms) >= every_ms;
        let (told_ms, rows_told_ms) = (self.import.borrow().told_ms, self.import.borrow().rows_told_ms);
        if !is_due(told_ms, TELL_EVERY_MS) {
            return;
        }
        self.tell_import();
        if !untold.is_empty() && is_due(rows_told_ms, TELL_ROWS_EVERY_MS) {
            self.tell_rows(untold).await;
        } else {
            self.drawn.caught_up(self.world.clock()).await;
        }
    }

    /// Tells which rows came, and waits until the page has drawn them.
    async fn tell_rows(&self, untold: &mut Untold) {
        self.import.borrow_mut().rows_told_ms = self.now_ms();
        self.tell_kept(untold);
        self.drawn.caught_up(self.world.clock()).await;
    }

    fn set_step(&self, step: ImportStep, of: u64) {
        {
            let record = &mut self.import.borrow_mut().record;
            (record.step, record.done, record.of) = (step, 0, of);
        }
        self.tell_import();
    }

    /// Lets the worker hear what is wished, and breaks off if that is to stop.
    async fn breathe(&self) -> Result<(), Break> {
        self.world.clock().turn().await;
        match self.import_control.asked() {
            Some(halt) => Err(Break::Halted(halt)),
            None => Ok(()),
        }
    }
}

impl Import {
    /// Of one that stands still. A removal is due until it is done.
    fn is_to_cancel(&self) -> bool {
        self.record.work != Work::Finished && self.record.step != ImportStep::Removing
    }

    fn is_read(&self, number: u16) -> bool {
        self.record.parts.get(number as usize).is_some_and(|part| part.progress == PartProgress::Read)
    }
}

impl Job {
    fn take(&mut self, number: u16, slice: SliceRecord) {
        self.scan.absorb(&slice.scan);
        self.flaws.extend(slice.flaws.into_iter().map(|flaw| (number, flaw)));
    }
}

async fn read_record<S: Store>(store: &S) -> Result<Record, Trouble> {
    let record = store.read(&[keys::IMPORT_STATE.to_owned()]).await?.pop().flatten();
    let record = record.and_then(|record| serde_json::from_slice::<Record>(&record).ok());
    Ok(record.map(Record::reopened).unwrap_or_default())
}
