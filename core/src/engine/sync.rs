//! Carries out a fetch: the commands of [`crate::library::Sync`] over the ports.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};

use super::Engine;
use super::control::Halt;
use super::keep::Kept;
use crate::google::search::{MediaType, SearchQuery, parse_search, search_request};
use crate::library::{Sync, SyncCommand, SyncEvent};
use crate::ports::{Batch, Clock, Entropy, Reply, World};
use crate::protocol::{Answer, Media, News, SyncState, Work};
use crate::sign_in::SignInError;
use crate::store::keys;
use crate::trouble::Trouble;

/// The page is told how far a fetch is at most this often.
const TELL_EVERY_MS: i64 = 250;

impl<W: World + 'static> Engine<W> {
    pub(super) fn start_sync(self: &Rc<Self>, sync: Sync) -> Result<Answer, Trouble> {
        if self.session.borrow().tokens.is_none() {
            return Err(SignInError::NotSignedIn.into());
        }
        if !self.sync_control.begin() {
            return Err(Trouble::OutOfPlace("a fetch is running already".into()));
        }
        let engine = Rc::clone(self);
        (self.spawn)(Box::pin(async move {
            engine.run_sync(sync).await;
            engine.run_albums().await;
            engine.sync_control.end();
        }));
        Ok(Answer::Done)
    }

    /// Begins to make this world's library on the device: a fetch whose pages cost no request.
    pub(super) fn make_library(self: &Rc<Self>) -> Result<Answer, Trouble> {
        match self.world.maker() {
            Some(_) => self.start_sync(Sync::made()),
            None => Err(nobody_makes_it()),
        }
    }

    pub(super) fn resume_sync(self: &Rc<Self>) -> Result<Answer, Trouble> {
        let resumable = self.sync.borrow().as_ref().filter(|sync| sync.can_resume()).cloned();
        match resumable {
            Some(sync) => self.start_sync(sync),
            None => self.resume_albums(),
        }
    }

    /// Pauses or cancels the fetch that runs; a fetch that stands still can be cancelled too.
    pub(super) async fn halt_sync(&self, halt: Halt) -> Result<Answer, Trouble> {
        if self.sync_control.is_running() {
            self.sync_control.halt(halt);
            self.sync_control.ended().await;
        } else if halt == Halt::Cancel && !self.cancel_albums().await? {
            self.commit(Batch { deletes: vec![keys::SYNC.into()], ..Batch::default() }).await?;
            let sync = self.sync.borrow_mut().take();
            if let Some(sync) = sync {
                self.news(News::Sync(SyncState { work: Work::Cancelled, ..sync.state() }));
            }
        }
        Ok(Answer::Done)
    }

    async fn run_sync(&self, mut sync: Sync) {
        let mut command = sync.step(SyncEvent::Start, self.now_ms());
        let mut told_ms = i64::MIN;
        loop {
            let now_ms = self.now_ms();
            if now_ms.saturating_sub(told_ms) >= TELL_EVERY_MS || !matches!(sync.work(), Work::Running) {
                told_ms = now_ms;
                self.news(News::Sync(self.with_albums(sync.state())));
            }
            let event = match command {
                SyncCommand::End => break,
                SyncCommand::Commit => match self.keep_page(&sync).await {
                    Ok(kept) => SyncEvent::Committed { added: kept.added },
                    Err(why) => {
                        sync.commit_failed(why);
                        break;
                    }
                },
                SyncCommand::Fetch { page_token } => {
                    let fetch = pin!(self.fetch_page(&sync, page_token));
                    match select(pin!(self.sync_control.halted()), fetch).await {
                        Either::Left((halt, _)) => halted(halt),
                        Either::Right((event, _)) => event,
                    }
                }
                SyncCommand::Wait { until_ms } => {
                    let wait_ms = until_ms.saturating_sub(now_ms).max(0) as u64;
                    match select(pin!(self.sync_control.halted()), pin!(self.world.clock().sleep(wait_ms))).await {
                        Either::Left((halt, _)) => halted(halt),
                        Either::Right(((), _)) => SyncEvent::Woke,
                    }
                }
            };
            command = sync.step(event, self.now_ms());
        }
        self.news(News::Sync(self.with_albums(sync.state())));
        *self.sync.borrow_mut() = Some(sync);
    }

    async fn make_page(&self, page_token: Option<&str>) -> Result<Reply, Trouble> {
        // Nothing else in here waits for the world outside, and whoever wants to pause must be heard.
        self.world.clock().sleep(0).await;
        self.world.maker().map(|maker| maker.page(page_token)).ok_or_else(nobody_makes_it)
    }

    async fn keep_page(&self, sync: &Sync) -> Result<Kept, Trouble> {
        let record = |kept: &Kept| {
            let kept = sync.record(kept.added);
            let record = serde_json::to_vec(&kept).unwrap_or_default();
            let mut batch = Batch { puts: vec![(keys::SYNC.to_owned(), record)], ..Batch::default() };
            self.albums_beside(&kept, &mut batch);
            batch
        };
        self.keep(sync.pending(), record).await
    }

    async fn fetch_page(&self, sync: &Sync, page_token: Option<String>) -> SyncEvent {
        let media = match sync.media() {
            Media::All => MediaType::All,
            Media::Photos => MediaType::Photos,
            Media::Videos => MediaType::Videos,
        };
        let query = SearchQuery { days: sync.days(), media };
        let request = |token: &str| search_request(token, &query, page_token.as_deref());
        let reply = match sync.is_made() {
            true => self.make_page(page_token.as_deref()).await,
            false => self.google(request, &|_| {}).await,
        };
        let page = match reply {
            Ok(reply) => parse_search(&reply).map_err(Trouble::from),
            Err(why) => Err(why),
        };
        match page {
            Ok(page) => {
                SyncEvent::Page { items: page.items, next_page_token: page.next_page_token, problems: page.problems }
            }
            Err(why) => {
                let mut chance = [0; 4];
                self.world.entropy().fill(&mut chance);
                SyncEvent::Failed { why, chance: u32::from_le_bytes(chance) }
            }
        }
    }
}

fn nobody_makes_it() -> Trouble {
    Trouble::OutOfPlace("this library is not made on the device".into())
}

fn halted(halt: Halt) -> SyncEvent {
    match halt {
        Halt::Pause => SyncEvent::Pause,
        Halt::Cancel => SyncEvent::Cancel,
    }
}
