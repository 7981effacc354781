//! Carries out a fetch: the commands of [`crate::library::Sync`] over the ports.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::future::{LocalBoxFuture, join};

use super::Engine;
use super::control::Halt;
use super::keep::{Kept, Untold};
use crate::google::search::{MediaType, SearchQuery, parse_search, search_request};
use crate::library::{Sync, SyncCommand, SyncEvent};
use crate::ports::{Batch, Clock, Entropy, Reply, World};
use crate::protocol::{Answer, Media, News, SyncState, Work};
use crate::sign_in::SignInError;
use crate::store::keys;
use crate::trouble::Trouble;

/// The page is told how far a fetch is, and which rows came, at most this often: it lays out all of them each time.
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
            engine.merge_fetched().await;
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

    async fn run_sync(&self, sync: Sync) {
        let sync = RefCell::new(sync);
        self.run(&sync).await;
        let sync = sync.into_inner();
        self.news(News::Sync(self.with_albums(sync.state())));
        *self.sync.borrow_mut() = Some(sync);
    }

    async fn run<'a>(&'a self, sync: &'a RefCell<Sync>) {
        let mut under_way = UnderWay::default();
        let mut told_ms = i64::MIN;
        let mut command = sync.borrow_mut().step(SyncEvent::Start, self.now_ms());
        loop {
            while command != SyncCommand::Rest && command != SyncCommand::End {
                self.begin_command(command, sync, &mut under_way);
                command = sync.borrow_mut().next(self.now_ms());
            }
            let now_ms = self.now_ms();
            let is_due = now_ms.saturating_sub(told_ms) >= TELL_EVERY_MS;
            if is_due || !matches!(sync.borrow().work(), Work::Running) {
                told_ms = now_ms;
                self.tell_kept(&mut under_way.untold);
                self.news(News::Sync(self.with_albums(sync.borrow().state())));
            } else if !under_way.untold.is_empty() && under_way.tell.is_none() {
                let wait_ms = (told_ms + TELL_EVERY_MS - now_ms).max(0) as u64;
                under_way.tell = Some(Box::pin(self.world.clock().sleep(wait_ms)));
            }
            if command == SyncCommand::End {
                break;
            }
            let event = match self.next_happening(&mut under_way).await {
                Happening::Told => continue,
                Happening::Halted(halt) => {
                    (under_way.fetch, under_way.wait) = (None, None);
                    halted(halt)
                }
                Happening::Event(event) => event,
                Happening::Kept(Ok((kept, untold))) => {
                    under_way.untold.add(untold);
                    SyncEvent::Committed { added: kept.added }
                }
                Happening::Kept(Err(why)) => {
                    sync.borrow_mut().commit_failed(why);
                    break;
                }
            };
            command = sync.borrow_mut().step(event, self.now_ms());
        }
        self.tell_kept(&mut under_way.untold);
    }

    fn make_page(&self, page_token: Option<&str>) -> Result<Reply, Trouble> {
        self.world.maker().map(|maker| maker.page(page_token)).ok_or_else(nobody_makes_it)
    }

    fn begin_command<'a>(&'a self, command: SyncCommand, sync: &'a RefCell<Sync>, under_way: &mut UnderWay<'a>) {
        match command {
            SyncCommand::Commit => under_way.commit = Some(Box::pin(self.keep_pages(sync))),
            SyncCommand::Fetch { page_token } => {
                let sync = sync.borrow();
                let media = match sync.media() {
                    Media::All => MediaType::All,
                    Media::Photos => MediaType::Photos,
                    Media::Videos => MediaType::Videos,
                };
                let query = SearchQuery { days: sync.days(), media };
                under_way.fetch = Some(Box::pin(self.fetch_page(query, page_token, sync.is_made())));
            }
            SyncCommand::Wait { until_ms } => {
                let wait_ms = until_ms.saturating_sub(self.now_ms()).max(0) as u64;
                under_way.wait = Some(Box::pin(self.world.clock().sleep(wait_ms)));
            }
            SyncCommand::Rest | SyncCommand::End => {}
        }
    }

    async fn next_happening(&self, under_way: &mut UnderWay<'_>) -> Happening {
        let mut halted = pin!(self.sync_control.halted());
        poll_fn(|context| {
            // Once it is asked to stop it does, and waits for nothing but what is being kept.
            if !under_way.is_halted
                && let Poll::Ready(halt) = halted.as_mut().poll(context)
            {
                under_way.is_halted = true;
                return Poll::Ready(Happening::Halted(halt));
            }
            if let Some(kept) = ready(&mut under_way.commit, context) {
                return Poll::Ready(Happening::Kept(kept));
            }
            if let Some(event) = ready(&mut under_way.fetch, context) {
                return Poll::Ready(Happening::Event(event));
            }
            if ready(&mut under_way.wait, context).is_some() {
                return Poll::Ready(Happening::Event(SyncEvent::Woke));
            }
            match ready(&mut under_way.tell, context) {
                Some(()) => Poll::Ready(Happening::Told),
                None => Poll::Pending,
            }
        })
        .await
    }

    async fn keep_pages(&self, sync: &RefCell<Sync>) -> Result<(Kept, Untold), Trouble> {
        let take = || {
            let (items, record) = sync.borrow_mut().take_pending();
            let beside = |kept: &Kept| {
                let kept = record.record(kept.added);
                let record = serde_json::to_vec(&kept).unwrap_or_default();
                let mut batch = Batch { puts: vec![(keys::SYNC.to_owned(), record)], ..Batch::default() };
                self.albums_beside(&kept, &mut batch);
                batch
            };
            (items, beside)
        };
        self.keep_quietly(take).await
    }

    async fn fetch_page(&self, query: SearchQuery, page_token: Option<String>, is_made: bool) -> SyncEvent {
        let request = |token: &str| search_request(token, &query, page_token.as_deref());
        let reply = async {
            match is_made {
                true => self.make_page(page_token.as_deref()),
                false => self.google(request, &|_| {}).await,
            }
        };
        // A reply may be here at once, made or fetched, and so may the next ones. Meanwhile commits must go on, and
        // whoever wants to pause must be heard.
        let (reply, ()) = join(reply, self.world.clock().turn()).await;
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

/// What a fetch waits for, all at once.
#[derive(Default)]
struct UnderWay<'a> {
    fetch: Option<LocalBoxFuture<'a, SyncEvent>>,
    commit: Option<LocalBoxFuture<'a, Result<(Kept, Untold), Trouble>>>,
    wait: Option<LocalBoxFuture<'a, ()>>,
    /// Until rows that were kept are told.
    tell: Option<LocalBoxFuture<'a, ()>>,
    untold: Untold,
    is_halted: bool,
}

enum Happening {
    Halted(Halt),
    Event(SyncEvent),
    Kept(Result<(Kept, Untold), Trouble>),
    /// It is time to tell what is untold.
    Told,
}

/// The outcome of what is under way, once.
fn ready<T>(under_way: &mut Option<LocalBoxFuture<'_, T>>, context: &mut Context<'_>) -> Option<T> {
    match under_way.as_mut()?.as_mut().poll(context) {
        Poll::Ready(outcome) => {
            *under_way = None;
            Some(outcome)
        }
        Poll::Pending => None,
    }
}

fn halted(halt: Halt) -> SyncEvent {
    match halt {
        Halt::Pause => SyncEvent::Pause,
        Halt::Cancel => SyncEvent::Cancel,
    }
}
