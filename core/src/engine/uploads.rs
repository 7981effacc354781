//! Carries out the upload queue: bytes in parallel, media items made one call at a time.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::FuturesUnordered;

use super::Engine;
use super::control::Halt;
use super::keep::Kept;
use crate::google::Refusal;
use crate::google::batch_create::{NewItem, batch_create_request, parse_batch_create};
use crate::google::refusals::{next_pacific_midnight_ms, wait_ms};
use crate::google::uploads::{parse_upload_token, upload_request};
use crate::photo::MediaItem;
use crate::ports::{Batch, Clock, Entropy, FileId, HttpError, World};
use crate::protocol::{Answer, NewFile, News, Work};
use crate::sign_in::SignInError;
use crate::store::keys;
use crate::trouble::Trouble;
use crate::upload::{FileError, Next, Stage, Token, accept};

/// Progress of one file is told at most this often.
const TELL_EVERY_MS: i64 = 250;
/// A refusal that asks to wait is waited out this often in a row before the person is asked.
const MOST_TRIES: u32 = 6;
/// A dead network, or a request that this page may not send, is tried this often in a row.
const MOST_NETWORK_TRIES: u32 = 3;

/// What ended under way.
enum Ended {
    Sent { id: u32, outcome: Result<String, Trouble> },
    Created { ids: Vec<u32>, outcome: Result<Vec<Result<MediaItem, FileError>>, Trouble> },
}

impl<W: World + 'static> Engine<W> {
    pub(super) async fn add_files(&self, new: Vec<NewFile>, handles: &[FileId]) -> Result<Answer, Trouble> {
        if new.len() != handles.len() {
            return Err(Trouble::OutOfPlace("files and their names do not match".into()));
        }
        let mut ids = Vec::new();
        let mut already = 0;
        for (file, handle) in new.into_iter().zip(handles) {
            let (id, is_new) = self.queue.borrow_mut().add(file, *handle);
            already += u32::from(!is_new);
            ids.push(id);
        }
        self.keep_uploads(&ids).await?;
        Ok(Answer::Added { already })
    }

    pub(super) async fn describe(&self, id: u32, description: &str) -> Result<Answer, Trouble> {
        let changed = self.queue.borrow_mut().describe(id, description).is_some();
        if !changed {
            return Err(Trouble::OutOfPlace("the media item is made already".into()));
        }
        self.keep_uploads(&[id]).await?;
        Ok(Answer::Done)
    }

    pub(super) async fn remove_uploads(&self, ids: Vec<u32>) -> Result<Answer, Trouble> {
        let removed: Vec<u32> = {
            let mut queue = self.queue.borrow_mut();
            ids.into_iter().filter(|id| queue.remove(*id)).collect()
        };
        let deletes = removed.iter().map(|id| keys::upload(*id)).collect();
        self.commit(Batch { deletes, strict: true, ..Batch::default() }).await?;
        self.news(News::UploadsRemoved(removed));
        Ok(Answer::Done)
    }

    pub(super) async fn retry_uploads(&self, ids: &[u32]) -> Result<Answer, Trouble> {
        let again: Vec<u32> = {
            let mut queue = self.queue.borrow_mut();
            ids.iter().copied().filter(|id| queue.retry(*id)).collect()
        };
        self.keep_uploads(&again).await?;
        Ok(Answer::Done)
    }

    pub(super) fn start_uploads(self: &Rc<Self>) -> Result<Answer, Trouble> {
        if self.session.borrow().tokens.is_none() {
            return Err(SignInError::NotSignedIn.into());
        }
        // Already at work: what was added since is taken up by the same run.
        if self.upload_control.begin() {
            let engine = Rc::clone(self);
            (self.spawn)(Box::pin(async move {
                let work = engine.run_uploads().await;
                engine.upload_control.end();
                engine.news(News::UploadsWork(work));
            }));
        }
        Ok(Answer::Done)
    }

    async fn run_uploads(&self) -> Work {
        self.news(News::UploadsWork(Work::Running));
        let mut tries = 0;
        loop {
            let why = match self.run_until_refused(&mut tries).await {
                Ok(work) => return work,
                Err(why) => why,
            };
            let now_ms = self.now_ms();
            let Some(until_ms) = self.wait_until(&why, tries, now_ms) else { return Work::Stopped(given_up(why)) };
            tries += 1;
            self.news(News::UploadsWork(Work::Waiting { until_ms, why }));
            let wait = self.world.clock().sleep(until_ms.saturating_sub(now_ms).max(0) as u64);
            if let Either::Left(_) = select(pin!(self.upload_control.halted()), pin!(wait)).await {
                return Work::Paused;
            }
            self.news(News::UploadsWork(Work::Running));
        }
    }

    /// How long to wait after a refusal that concerns the whole queue; `None` when waiting does not help.
    fn wait_until(&self, why: &Trouble, tries: u32, now_ms: i64) -> Option<i64> {
        let mut chance = [0; 4];
        self.world.entropy().fill(&mut chance);
        let chance = u32::from_le_bytes(chance);
        match why {
            Trouble::Google(Refusal::QuotaToday) => Some(next_pacific_midnight_ms(now_ms)),
            Trouble::Google(refusal @ Refusal::Wait { .. }) if tries < MOST_TRIES => {
                wait_ms(refusal, tries, chance).map(|wait| now_ms + wait as i64)
            }
            Trouble::Http(HttpError::Unreachable { .. }) if tries < MOST_NETWORK_TRIES => {
                wait_ms(&Refusal::Wait { wait_ms: None, busy: true }, tries, chance).map(|wait| now_ms + wait as i64)
            }
            _ => None,
        }
    }

    /// Works until all is done, the person halts it, or a refusal concerns the whole queue. What was under way then
    /// is dropped, and waits again.
    async fn run_until_refused(&self, tries: &mut u32) -> Result<Work, Trouble> {
        let mut under_way: FuturesUnordered<LocalBoxFuture<'_, Ended>> = FuturesUnordered::new();
        let mut sending: Vec<u32> = Vec::new();
        let outcome = loop {
            if self.upload_control.asked().is_some() {
                break Ok(Work::Paused);
            }
            let next = self.queue.borrow().next();
            match next {
                Next::Send { id } => {
                    sending.push(id);
                    self.queue.borrow_mut().sending(id, 0);
                    self.tell_uploads(&[id]);
                    under_way.push(Box::pin(self.send_bytes(id)));
                }
                Next::Create { ids } => match self.mark_creating(&ids).await {
                    Ok(()) => under_way.push(Box::pin(self.create(ids))),
                    Err(why) => break Err(why),
                },
                Next::Done => break Ok(Work::Finished),
                Next::Await => {
                    let ended = match select(pin!(self.upload_control.halted()), under_way.next()).await {
                        Either::Left((Halt::Pause | Halt::Cancel, _)) => break Ok(Work::Paused),
                        Either::Right((Some(ended), _)) => ended,
                        Either::Right((None, _)) => break Ok(Work::Finished),
                    };
                    if let Ended::Sent { id, .. } = &ended {
                        sending.retain(|other| other != id);
                    }
                    match self.take(ended).await {
                        Ok(()) => *tries = 0,
                        Err(why) => break Err(why),
                    }
                }
            }
        };
        drop(under_way);
        for id in sending {
            self.queue.borrow_mut().not_sent(id);
            self.tell_uploads(&[id]);
        }
        self.queue.borrow_mut().release_creating();
        outcome
    }

    async fn send_bytes(&self, id: u32) -> Ended {
        Ended::Sent { id, outcome: self.try_send_bytes(id).await }
    }

    async fn try_send_bytes(&self, id: u32) -> Result<String, Trouble> {
        let (file, handle) = {
            let queue = self.queue.borrow();
            let entry = queue.get(id).ok_or(HttpError::FileGone)?;
            (entry.file.clone(), entry.handle.ok_or(HttpError::FileGone)?)
        };
        let mime_type = accept(&file.name, file.size, &file.mime_type)?;
        let told_ms = Cell::new(i64::MIN);
        let sent = |bytes: u64| {
            self.queue.borrow_mut().sending(id, bytes.min(file.size));
            let now_ms = self.now_ms();
            if now_ms.saturating_sub(told_ms.get()) >= TELL_EVERY_MS {
                told_ms.set(now_ms);
                self.tell_uploads(&[id]);
            }
        };
        let reply = self.google(|token| upload_request(token, handle, &mime_type, &file.name), &sent).await?;
        Ok(parse_upload_token(&reply)?)
    }

    /// Stored before the call: whoever finds it so knows that the call may have been made.
    async fn mark_creating(&self, ids: &[u32]) -> Result<(), Trouble> {
        self.queue.borrow_mut().creating(ids);
        self.keep_uploads(ids).await
    }

    async fn create(&self, ids: Vec<u32>) -> Ended {
        let items: Vec<NewItem> = {
            let queue = self.queue.borrow();
            let item = |id: &u32| {
                let entry = queue.get(*id)?;
                let Stage::Creating(token) = &entry.stage else { return None };
                Some(NewItem {
                    upload_token: token.upload_token.clone(),
                    file_name: entry.file.name.clone(),
                    description: entry.description.clone(),
                })
            };
            ids.iter().filter_map(item).collect()
        };
        let outcome = match self.google(|token| batch_create_request(token, &items), &|_| {}).await {
            Ok(reply) => parse_batch_create(&reply, &items).map_err(Trouble::from),
            Err(why) => Err(why),
        };
        Ended::Created { ids, outcome }
    }

    /// Takes in what ended. An error is one that concerns the whole queue.
    async fn take(&self, ended: Ended) -> Result<(), Trouble> {
        match ended {
            Ended::Sent { id, outcome: Ok(upload_token) } => {
                let stage = Stage::Sent(Token { upload_token, at_ms: self.now_ms(), maybe_used: false });
                self.queue.borrow_mut().set_stage(id, stage);
                self.keep_uploads(&[id]).await
            }
            Ended::Sent { id, outcome: Err(Trouble::Http(HttpError::FileGone)) } => {
                self.queue.borrow_mut().file_gone(id);
                self.tell_uploads(&[id]);
                Ok(())
            }
            Ended::Sent { id, outcome: Err(why) } if concerns_one_file(&why) => {
                self.queue.borrow_mut().set_stage(id, Stage::Failed(why));
                self.keep_uploads(&[id]).await
            }
            Ended::Sent { id, outcome: Err(why) } => {
                self.queue.borrow_mut().not_sent(id);
                self.tell_uploads(&[id]);
                Err(why)
            }
            Ended::Created { ids, outcome: Ok(results) } => self.take_created(&ids, results).await,
            Ended::Created { ids, outcome: Err(why) } => {
                if !concerns_one_file(&why) {
                    return Err(why);
                }
                for id in &ids {
                    self.queue.borrow_mut().rejected(*id, why.clone());
                }
                self.keep_uploads(&ids).await
            }
        }
    }

    /// Rows and upload records change in one transaction.
    async fn take_created(&self, ids: &[u32], results: Vec<Result<MediaItem, FileError>>) -> Result<(), Trouble> {
        let mut items = Vec::new();
        let mut created = Vec::new();
        for (id, result) in ids.iter().zip(results) {
            match result {
                Ok(item) => {
                    items.push(item);
                    created.push(*id);
                }
                Err(error) => self.queue.borrow_mut().rejected(*id, error.into()),
            }
        }
        let beside = |kept: &Kept| {
            let mut batch = self.upload_records(ids);
            let queue = self.queue.borrow();
            for (id, row) in created.iter().zip(&kept.rows) {
                let record = queue.created_entry(*id, *row).and_then(|entry| serde_json::to_vec(&entry).ok());
                // A later put of the same name wins.
                batch.puts.extend(record.map(|record| (keys::upload(*id), record)));
            }
            batch
        };
        let kept = self.keep(&items, beside).await?;
        for (id, row) in created.iter().zip(&kept.rows) {
            self.queue.borrow_mut().set_stage(*id, Stage::Created { row: *row });
        }
        self.tell_uploads(ids);
        Ok(())
    }

    async fn keep_uploads(&self, ids: &[u32]) -> Result<(), Trouble> {
        self.commit(self.upload_records(ids)).await?;
        self.tell_uploads(ids);
        Ok(())
    }

    fn upload_records(&self, ids: &[u32]) -> Batch {
        let queue = self.queue.borrow();
        let record = |id: &u32| Some((keys::upload(*id), serde_json::to_vec(queue.get(*id)?).ok()?));
        Batch { puts: ids.iter().filter_map(record).collect(), strict: true, ..Batch::default() }
    }

    fn tell_uploads(&self, ids: &[u32]) {
        let uploads = {
            let queue = self.queue.borrow();
            ids.iter().filter_map(|id| queue.upload(*id)).collect()
        };
        self.news(News::Uploads(uploads));
    }
}

/// Whether another file may still go through.
fn concerns_one_file(why: &Trouble) -> bool {
    match why {
        Trouble::File(_) => true,
        Trouble::Google(refusal) => {
            matches!(refusal, Refusal::Invalid { .. } | Refusal::NotFound | Refusal::Unreadable { .. })
        }
        _ => false,
    }
}

/// What stops the queue, as the person should hear it. A page cannot tell a dead network from a Google that lets no page
/// send files, so both are named.
fn given_up(why: Trouble) -> Trouble {
    match why {
        Trouble::Http(HttpError::Unreachable { .. }) => FileError::NotSent.into(),
        other => other,
    }
}
