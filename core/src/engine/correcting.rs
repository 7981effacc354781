//! Times of many photos corrected, a segment at a time.
//!
//! What is asked for is stored before anything is corrected, and each slice is kept together with how far the job is: so
//! it goes on after any break. A correction is said of what the sources tell, so that a slice that is done once more
//! comes to the same.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::Engine;
use super::control::Halt;
use super::keep::{Change, Kept, Untold};
use crate::catalog::{ROWS_PER_SEGMENT, RowSet};
use crate::photo::Correction;
use crate::ports::{Batch, Clock, Locks, Store, World};
use crate::protocol::{Answer, CorrectingState, News, Work};
use crate::store::keys;
use crate::trouble::Trouble;

/// The page is told how far the job is, and which rows changed, at most this often.
const TELL_EVERY_MS: i64 = 250;

/// How far a job is, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Record {
    /// `None`: corrections are taken back.
    correction: Option<Correction>,
    /// What lies before this row is done.
    next_row: u32,
    done: u32,
    of: u32,
    passed_over: u32,
}

/// A job that runs.
struct Job {
    record: Record,
    rows: RowSet,
    untold: Untold,
    told_ms: i64,
}

impl<W: World + 'static> Engine<W> {
    /// What a correction would make of a row.
    pub(super) async fn try_correction(&self, row: u32, correction: Option<&Correction>) -> Result<Answer, Trouble> {
        let item = self.ledger().details(self.world.store(), row).await?;
        let item = item.ok_or_else(|| Trouble::OutOfPlace(format!("row {row} is not in the catalog")))?;
        let offset_min = |zone: &str, utc_s: i64| self.world.zones().named(zone, utc_s);
        let told = item.told();
        let after = correction.map_or(Some(told), |correction| correction.of(told, &offset_min));
        Ok(Answer::Tried { shown: item.shown(), told, after })
    }

    /// Begins to correct rows, or to take their corrections back.
    pub(super) fn correct_times(
        self: &Rc<Self>,
        rows: &[u8],
        correction: Option<Correction>,
    ) -> Result<Answer, Trouble> {
        let rows = RowSet::from_bytes(rows).map_err(|why| Trouble::OutOfPlace(why.to_string()))?;
        if correction.as_ref().is_some_and(|correction| !correction.is_within_bounds()) {
            return Err(Trouble::OutOfPlace("times are corrected by a hundred years at most".into()));
        }
        let of = rows.len() as u32;
        self.begin_correcting(Some((Record { correction, next_row: 0, done: 0, of, passed_over: 0 }, rows)))
    }

    /// Goes on with what was begun, if there is any.
    pub(super) fn resume_correcting(self: &Rc<Self>) -> Result<Answer, Trouble> {
        self.begin_correcting(None)
    }

    /// Ends the job; what is done so far stays.
    pub(super) async fn cancel_correcting(&self) -> Result<Answer, Trouble> {
        if self.correcting_control.is_running() {
            self.correcting_control.halt(Halt::Cancel);
            self.correcting_control.ended().await;
        } else {
            self.commit(forgotten()).await?;
            self.news(News::Correcting(None));
        }
        Ok(Answer::Done)
    }

    fn begin_correcting(self: &Rc<Self>, new: Option<(Record, RowSet)>) -> Result<Answer, Trouble> {
        if !self.correcting_control.begin() {
            return Err(Trouble::OutOfPlace("times are being corrected already".into()));
        }
        let engine = Rc::clone(self);
        (self.spawn)(Box::pin(async move {
            engine.world.locks().exclusive("correcting", engine.run_correcting(new)).await;
            engine.correcting_control.end();
        }));
        Ok(Answer::Done)
    }

    async fn run_correcting(&self, new: Option<(Record, RowSet)>) {
        let job = match new {
            Some((record, rows)) => {
                let job = Job { record, rows, untold: Untold::default(), told_ms: self.now_ms() };
                self.tell_correcting(&job.record, Work::Running);
                self.store_job(&job).await.map(|()| Some(job))
            }
            None => self.stored_job().await,
        };
        let mut job = match job {
            Ok(Some(job)) => job,
            Ok(None) => return,
            // Nothing was begun: there is nothing to go on with.
            Err(why) => {
                let nothing = Record { correction: None, next_row: 0, done: 0, of: 0, passed_over: 0 };
                return self.tell_correcting(&nothing, Work::Stopped(why));
            }
        };
        self.tell_correcting(&job.record, Work::Running);
        let outcome = self.correct_all(&mut job).await;
        self.tell_kept(&mut job.untold);
        let work = match outcome {
            Ok(work) => work,
            Err(why) => Work::Stopped(why),
        };
        self.tell_correcting(&job.record, work);
    }

    async fn correct_all(&self, job: &mut Job) -> Result<Work, Trouble> {
        loop {
            self.world.clock().turn().await;
            match self.correcting_control.asked() {
                Some(Halt::Pause) => return Ok(Work::Paused),
                Some(Halt::Cancel) => {
                    self.commit(forgotten()).await?;
                    return Ok(Work::Cancelled);
                }
                None => {}
            }
            let Some(first) = job.rows.iter_in(job.record.next_row..u32::MAX).next() else {
                self.commit(forgotten()).await?;
                return Ok(Work::Finished);
            };
            if !self.world.locks().exclusive("catalog", self.correct_slice(job, first)).await? {
                return Ok(Work::Cancelled);
            }
            if self.now_ms().saturating_sub(job.told_ms) >= TELL_EVERY_MS {
                job.told_ms = self.now_ms();
                self.tell_correcting(&job.record, Work::Running);
                self.tell_kept(&mut job.untold);
            }
        }
    }

    /// Corrects the rows of the segment that `first` is in, and keeps that they are. `false` if another tab has emptied
    /// the catalog: its rows are not those that were meant. Whoever calls it holds the lock.
    async fn correct_slice(&self, job: &mut Job, first: u32) -> Result<bool, Trouble> {
        if read_record(self.world.store()).await?.is_none() {
            return Ok(false);
        }
        let size = ROWS_PER_SEGMENT as u32;
        let end = first - first % size + size;
        let rows: Vec<u32> = job.rows.iter_in(first..end).collect();
        let record = &job.record;
        let next = Record { next_row: end, done: record.done + rows.len() as u32, ..record.clone() };
        let change = Change { rows, corrected: Some(record.correction.clone()), ..Change::default() };
        let mut kept_record = next.clone();
        let (_, later) = self
            .keep_alone(|| {
                (change, |kept: &Kept| {
                    kept_record.passed_over += kept.passed_over;
                    Batch { puts: vec![state_record(&kept_record)], ..Batch::default() }
                })
            })
            .await?;
        job.record = kept_record;
        job.untold.add(later);
        Ok(true)
    }

    async fn store_job(&self, job: &Job) -> Result<(), Trouble> {
        let rows = (keys::CORRECTING_ROWS.to_owned(), job.rows.to_bytes());
        self.commit(Batch { puts: vec![state_record(&job.record), rows], ..Batch::default() }).await
    }

    async fn stored_job(&self) -> Result<Option<Job>, Trouble> {
        let store = self.world.store();
        let Some(record) = read_record(store).await? else { return Ok(None) };
        let rows = store.read(&[keys::CORRECTING_ROWS.to_owned()]).await?.pop().flatten();
        let Some(rows) = rows.and_then(|bytes| RowSet::from_bytes(&bytes).ok()) else {
            // Which rows were meant is lost.
            self.commit(forgotten()).await?;
            return Ok(None);
        };
        Ok(Some(Job { record, rows, untold: Untold::default(), told_ms: self.now_ms() }))
    }

    fn tell_correcting(&self, record: &Record, work: Work) {
        let Record { correction, done, of, passed_over, .. } = record.clone();
        let is_taking_back = correction.is_none();
        self.news(News::Correcting(Some(CorrectingState { is_taking_back, done, of, passed_over, work })));
    }
}

fn state_record(record: &Record) -> (String, Vec<u8>) {
    (keys::CORRECTING.to_owned(), serde_json::to_vec(record).unwrap_or_default())
}

async fn read_record<S: Store>(store: &S) -> Result<Option<Record>, Trouble> {
    let record = store.read(&[keys::CORRECTING.to_owned()]).await?.pop().flatten();
    Ok(record.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// What to commit so that nothing is gone on with.
fn forgotten() -> Batch {
    Batch { deletes: vec![keys::CORRECTING.to_owned(), keys::CORRECTING_ROWS.to_owned()], ..Batch::default() }
}
