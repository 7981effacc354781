//! Carries out the fetch of albums, which follows that of media items, and hands out what is kept of albums.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};

use super::control::Halt;
use super::{Answered, Engine};
use crate::catalog::codec::{decode_album, encode_album};
use crate::catalog::{AlbumRows, SegmentError, SetAside};
use crate::google::Refusal;
use crate::google::albums::{albums_request, members_request, parse_albums};
use crate::google::search::parse_search;
use crate::library::{AlbumCommand, AlbumEvent, AlbumSync, Sync};
use crate::photo::{Album, AlbumKey, AlbumSource, MediaItem};
use crate::ports::{Batch, Clock, Entropy, Locks, Reply, Request, Store, World};
use crate::protocol::{Answer, Media, News, SyncState, Work};
use crate::sign_in::SignInError;
use crate::store::keys;
use crate::trouble::Trouble;

/// Albums read at once. Between two reads other work goes on.
const ALBUMS_AT_ONCE: usize = 128;

/// What became of the items of some pages of an album.
#[derive(Default)]
struct Kept {
    rows: Vec<u32>,
    missing: u32,
}

/// Albums as they are kept.
#[derive(Default)]
pub(super) struct Stored {
    pub(super) albums: Vec<(AlbumRows, Vec<u8>)>,
    set_aside: Vec<SetAside>,
}

impl<W: World + 'static> Engine<W> {
    /// Puts a fetch of albums beside the record of a fetch that has come to its end, so that they follow even if the tab
    /// closes in between.
    pub(super) fn albums_beside(&self, ended: &Sync, batch: &mut Batch) {
        // What was made on the device asked for nothing, and its albums are not asked for either.
        if *ended.work() == Work::Finished && !ended.is_made() {
            let albums = AlbumSync::new(ended.days().is_none() && ended.media() == Media::All);
            batch.puts.push((keys::ALBUM_SYNC.to_owned(), serde_json::to_vec(&albums).unwrap_or_default()));
            *self.albums.borrow_mut() = Some(albums);
        }
    }

    /// A fetch as it is told of: it goes on as long as its albums are fetched.
    pub(super) fn with_albums(&self, state: SyncState) -> SyncState {
        match self.albums.borrow().as_ref().filter(|albums| !albums.is_over()) {
            Some(albums) if state.work == Work::Finished => albums.within(state),
            _ => state,
        }
    }

    /// Fetches the albums, if that is what comes next. Whoever calls it holds the reins of the fetch.
    pub(super) async fn run_albums(&self) {
        let items = self.sync.borrow().as_ref().map(Sync::state).filter(|state| state.work == Work::Finished);
        let due = self.albums.borrow().as_ref().filter(|albums| !albums.is_over()).cloned();
        let (Some(items), Some(mut albums)) = (items, due) else { return };
        let outcome = self.fetch_albums(&mut albums, &items).await;
        if let Err(why) = outcome {
            albums.commit_failed(why);
        }
        self.news(News::Sync(albums.within(items)));
        *self.albums.borrow_mut() = Some(albums);
    }

    /// Goes on with a fetch whose items have all come, and whose albums have not.
    pub(super) fn resume_albums(self: &Rc<Self>) -> Result<Answer, Trouble> {
        if !self.are_albums_left() {
            return Err(Trouble::OutOfPlace("there is no fetch to go on with".into()));
        }
        if self.session.borrow().tokens.is_none() {
            return Err(SignInError::NotSignedIn.into());
        }
        if !self.sync_control.begin() {
            return Err(Trouble::OutOfPlace("a fetch is running already".into()));
        }
        let engine = Rc::clone(self);
        (self.spawn)(Box::pin(async move {
            engine.run_albums().await;
            engine.merge_fetched().await;
            engine.sync_control.end();
        }));
        Ok(Answer::Done)
    }

    /// Cancels a fetch of albums that stands still; `false` if there is none.
    pub(super) async fn cancel_albums(&self) -> Result<bool, Trouble> {
        if !self.are_albums_left() {
            return Ok(false);
        }
        self.commit(Batch { deletes: vec![keys::ALBUM_SYNC.into()], ..Batch::default() }).await?;
        *self.albums.borrow_mut() = None;
        let state = self.sync.borrow().as_ref().map(Sync::state);
        if let Some(state) = state {
            self.news(News::Sync(SyncState { work: Work::Cancelled, ..state }));
        }
        Ok(true)
    }

    /// All albums that are kept, as records.
    pub(super) async fn all_albums(&self) -> Answered {
        let stored = self.stored_albums().await?;
        let listed = self.are_albums_listed();
        let set_aside = stored.set_aside.iter().map(SetAside::to_string).collect();
        let records = stored.albums.into_iter().map(|(_, record)| record).collect();
        Ok((Answer::Albums { listed, set_aside }, records))
    }

    /// Whether all albums that the account has have been fetched.
    pub(super) fn are_albums_listed(&self) -> bool {
        self.albums.borrow().as_ref().is_some_and(AlbumSync::is_finished)
    }

    /// The albums of one source that are kept.
    pub(super) async fn albums_of(&self, source: AlbumSource) -> Result<Vec<AlbumKey>, Trouble> {
        let stored = self.stored_albums().await?.albums;
        let own = stored.iter().map(|(album, _)| &album.album).filter(|album| album.source == source);
        Ok(own.map(Album::key).collect())
    }

    fn are_albums_left(&self) -> bool {
        let is_ended = self.sync.borrow().as_ref().is_some_and(|sync| *sync.work() == Work::Finished);
        is_ended && self.albums.borrow().as_ref().is_some_and(|albums| !albums.is_over())
    }

    async fn fetch_albums(&self, albums: &mut AlbumSync, items: &SyncState) -> Result<(), Trouble> {
        let stored = self.stored_albums().await?;
        let whole = stored.albums.iter().map(|(album, _)| album).filter(|album| album.missing == 0);
        let up_to_date = whole.map(|album| album.album.clone()).collect();
        let of_library = stored.albums.iter().filter(|(album, _)| album.album.source == AlbumSource::Library);
        let known: BTreeSet<AlbumKey> = of_library.map(|(album, _)| album.album.key()).collect();
        let mut command = albums.step(AlbumEvent::Start { up_to_date }, self.now_ms());
        let mut told = None;
        loop {
            let state = albums.within(items.clone());
            if command != AlbumCommand::End && told.as_ref() != Some(&state) {
                self.news(News::Sync(state.clone()));
                told = Some(state);
            }
            let event = match command {
                AlbumCommand::End => return Ok(()),
                AlbumCommand::Commit => {
                    let Kept { rows, missing } = self.keep_albums(albums, &known).await?;
                    AlbumEvent::Committed { rows, missing }
                }
                AlbumCommand::List { page_token } => {
                    let request = |token: &str| albums_request(token, page_token.as_deref());
                    let listed = self.ask_for_albums(request, parse_albums);
                    self.unless_halted(async {
                        match listed.await {
                            Ok(page) => AlbumEvent::Listed {
                                albums: page.albums,
                                next_page_token: page.next_page_token,
                                problems: page.problems,
                            },
                            Err(failed) => failed,
                        }
                    })
                    .await
                }
                AlbumCommand::Members { album_id, page_token } => {
                    let request = |token: &str| members_request(token, &album_id, page_token.as_deref());
                    let members = self.ask_for_albums(request, parse_search);
                    self.unless_halted(async {
                        match members.await {
                            Ok(page) => AlbumEvent::Members {
                                items: page.items,
                                next_page_token: page.next_page_token,
                                problems: page.problems,
                            },
                            Err(failed) => failed,
                        }
                    })
                    .await
                }
                AlbumCommand::Wait { until_ms } => {
                    let wait_ms = until_ms.saturating_sub(self.now_ms()).max(0) as u64;
                    self.unless_halted(async {
                        self.world.clock().sleep(wait_ms).await;
                        AlbumEvent::Woke
                    })
                    .await
                }
            };
            command = albums.step(event, self.now_ms());
        }
    }

    async fn unless_halted(&self, work: impl Future<Output = AlbumEvent>) -> AlbumEvent {
        match select(pin!(self.sync_control.halted()), pin!(work)).await {
            Either::Left((Halt::Pause, _)) => AlbumEvent::Pause,
            Either::Left((Halt::Cancel, _)) => AlbumEvent::Cancel,
            Either::Right((event, _)) => event,
        }
    }

    async fn ask_for_albums<T>(
        &self,
        request: impl Fn(&str) -> Request,
        parse: impl Fn(&Reply) -> Result<T, Refusal>,
    ) -> Result<T, AlbumEvent> {
        let answered = match self.google(request, &|_| {}).await {
            Ok(reply) => parse(&reply).map_err(Trouble::from),
            Err(why) => Err(why),
        };
        answered.map_err(|why| {
            let mut chance = [0; 4];
            self.world.entropy().fill(&mut chance);
            AlbumEvent::Failed { why, chance: u32::from_le_bytes(chance) }
        })
    }

    /// Keeps what is pending and how far the fetch is. `known` are the library's albums as they were when it began.
    async fn keep_albums(&self, albums: &AlbumSync, known: &BTreeSet<AlbumKey>) -> Result<Kept, Trouble> {
        if albums.is_whole() {
            // What the fetch of all items did not bring, since it was uploaded or archived meanwhile.
            let ledger = self.ledger();
            let is_new = |item: &&MediaItem| ledger.row_of(&item.id).is_none();
            let new: BTreeMap<&str, &MediaItem> =
                albums.pending().iter().filter(is_new).map(|item| (item.id.as_str(), item)).collect();
            if !new.is_empty() {
                let new: Vec<MediaItem> = new.into_values().cloned().collect();
                self.keep(&new, |_| Batch::default()).await?;
            }
        }
        self.world.locks().exclusive("catalog", self.keep_albums_alone(albums, known)).await
    }

    async fn keep_albums_alone(&self, albums: &AlbumSync, known: &BTreeSet<AlbumKey>) -> Result<Kept, Trouble> {
        // Rows are numbered anew where another tab has emptied the catalog.
        self.catch_up().await?;
        let ledger = self.ledger();
        let ids: BTreeSet<&str> = albums.pending().iter().map(|item| item.id.as_str()).collect();
        let rows: Vec<u32> = ids.iter().filter_map(|id| ledger.row_of(id)).collect();
        let kept = Kept { missing: (ids.len() - rows.len()) as u32, rows };
        let mut batch = Batch::default();
        let mut records = Vec::new();
        if let Some((album, rows, missing)) = albums.whole_album(&kept.rows, kept.missing) {
            let record = encode_album(&album_rows(album, rows, missing));
            batch.puts.push((keys::album(album.key().0), record.clone()));
            records.push(record);
        }
        let gone = albums.all().map(|all| known.difference(&all).copied().collect::<Vec<_>>());
        let listed = gone.is_some();
        let removed = gone.unwrap_or_default();
        batch.deletes.extend(removed.iter().map(|key| keys::album(key.0)));
        let record = serde_json::to_vec(&albums.record(&kept.rows, kept.missing)).unwrap_or_default();
        batch.puts.push((keys::ALBUM_SYNC.to_owned(), record));
        let meter = serde_json::to_vec(&*self.meter.borrow());
        batch.puts.extend(meter.ok().map(|record| (keys::QUOTA.to_owned(), record)));
        self.commit(batch).await?;
        if listed || !records.is_empty() {
            (self.tell)(News::Albums { removed, listed }, records);
        }
        let quota = self.meter.borrow_mut().quota(self.now_ms());
        self.news(News::Quota(quota));
        Ok(kept)
    }

    pub(super) async fn stored_albums(&self) -> Result<Stored, Trouble> {
        let store = self.world.store();
        let names = store.names(keys::ALBUMS).await?;
        let mut stored = Stored::default();
        for names in names.chunks(ALBUMS_AT_ONCE) {
            for (name, record) in names.iter().zip(store.read(names).await?) {
                let record = record.ok_or(SegmentError::Missing);
                match record.and_then(|record| Ok((decode_album(&record)?, record))) {
                    Ok(album) => stored.albums.push(album),
                    Err(why) => stored.set_aside.push(SetAside { name: name.clone(), why }),
                }
            }
        }
        Ok(stored)
    }
}

fn album_rows(album: &Album, rows: Vec<u32>, missing: u32) -> AlbumRows {
    AlbumRows { album: album.clone(), rows: rows.into_iter().collect(), missing }
}
