//! The fetch of albums, which follows the fetch of media items: what to do next is decided here, and done by the engine.
//!
//! ```text
//!   Start ─► List ─► … ─► Commit ─► Members ─► … ─► Commit ─► Members ─► … ─► Commit ─► End
//!            the list, page by page   an album, page by page    the next one
//! ```
//!
//! An album's rows are kept when its last page has come, so that nothing is ever seen of half an album. Where a fetch is
//! up to is kept with them and, in a large album, in between: it goes on from there after any break.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::retry::again_ms;
use crate::google::Refusal;
use crate::photo::{Album, AlbumKey, MediaItem};
use crate::protocol::{AlbumsFetched, SyncState, Work};
use crate::trouble::Trouble;

use super::MOST_UNCOMMITTED_PAGES;

const MOST_PROBLEMS_KEPT: usize = 20;

/// A fetch of albums: how far it is, and what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlbumSync {
    /// It follows a fetch of everything: each album is fetched anew, and what is in it is fetched too.
    is_whole: bool,
    /// The last page of the list has come.
    is_listed: bool,
    /// In the order of the list.
    albums: Vec<Album>,
    /// The album that is fetched.
    at: usize,
    /// Where the next page begins, of the list or of the album; `None` at the start.
    page_token: Option<String>,
    /// Rows of the album that is fetched, as far as they are kept.
    rows: Vec<u32>,
    /// How many media items of it are no rows.
    missing: u32,
    problems: Vec<String>,
    problem_count: u32,
    work: Work,
    #[serde(skip)]
    up_to_date: Vec<Album>,
    #[serde(skip)]
    pending: Vec<MediaItem>,
    #[serde(skip)]
    pending_pages: u32,
    #[serde(skip)]
    token_deaths: u32,
    #[serde(skip)]
    tries: u32,
    #[serde(skip)]
    ending: Option<Work>,
    /// As it was at the last commit: what a commit that fails falls back to.
    #[serde(skip)]
    kept: Option<Box<Self>>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Begun, or taken up again. `up_to_date` are albums as they are kept, each with all of its media items.
    Start {
        up_to_date: Vec<Album>,
    },
    Listed {
        albums: Vec<Album>,
        next_page_token: Option<String>,
        problems: Vec<String>,
    },
    Members {
        items: Vec<MediaItem>,
        next_page_token: Option<String>,
        problems: Vec<String>,
    },
    /// `chance` spreads the waits of many tabs; any number.
    Failed {
        why: Trouble,
        chance: u32,
    },
    Woke,
    /// What was pending is kept: these are its rows, and so many of its items are none.
    Committed {
        rows: Vec<u32>,
        missing: u32,
    },
    Pause,
    Cancel,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Fetch this page of the list.
    List {
        page_token: Option<String>,
    },
    /// Fetch this page of an album.
    Members {
        album_id: String,
        page_token: Option<String>,
    },
    Wait {
        until_ms: i64,
    },
    /// Keep the pending items, the album if [`AlbumSync::whole_album`] says so, and this state in one transaction; then
    /// say [`Event::Committed`].
    Commit,
    /// The run is over; [`AlbumSync::work`] says how.
    End,
}

impl AlbumSync {
    /// One that has yet to begin. `is_whole`: it follows a fetch of everything.
    pub fn new(is_whole: bool) -> Self {
        Self {
            is_whole,
            is_listed: false,
            albums: Vec::new(),
            at: 0,
            page_token: None,
            rows: Vec::new(),
            missing: 0,
            problems: Vec::new(),
            problem_count: 0,
            work: Work::Idle,
            up_to_date: Vec::new(),
            pending: Vec::new(),
            pending_pages: 0,
            token_deaths: 0,
            tries: 0,
            ending: None,
            kept: None,
        }
    }

    /// As read back from the store: one that had begun, or was about to, when the tab closed is paused.
    #[must_use]
    pub fn reopened(mut self) -> Self {
        if matches!(self.work, Work::Idle | Work::Running | Work::Waiting { .. }) {
            self.work = Work::Paused;
        }
        self
    }

    pub fn work(&self) -> &Work {
        &self.work
    }

    /// Whether media items that are not known yet are to be kept too: it follows a fetch of everything.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether there is nothing left to do.
    pub fn is_over(&self) -> bool {
        matches!(self.work, Work::Finished | Work::Cancelled)
    }

    /// Whether it came to its end: all albums that there are were fetched.
    pub fn is_finished(&self) -> bool {
        self.work == Work::Finished
    }

    /// Items that wait for the next commit.
    pub fn pending(&self) -> &[MediaItem] {
        &self.pending
    }

    /// The album whose last page has come, with its rows and the number of items that are none once `rows` and `missing`
    /// of the pending items are among them.
    pub fn whole_album(&self, rows: &[u32], missing: u32) -> Option<(&Album, Vec<u32>, u32)> {
        let album = self.albums.get(self.at).filter(|_| self.is_album_whole())?;
        Some((album, self.rows.iter().chain(rows).copied().collect(), self.missing.saturating_add(missing)))
    }

    /// Once it has come to its end: the albums that there are; all others are gone.
    pub fn all(&self) -> Option<BTreeSet<AlbumKey>> {
        let is_ending = self.ending == Some(Work::Finished);
        is_ending.then(|| self.albums.iter().map(Album::key).collect())
    }

    /// The state as it must be stored beside the pending items: as if they were already kept.
    pub fn record(&self, rows: &[u32], missing: u32) -> Self {
        let mut record = self.clone();
        record.take_committed(rows, missing);
        record.kept = None;
        if let Some(ending) = &self.ending {
            record.work = ending.clone();
        }
        record
    }

    /// A fetch of media items that has ended, as it is told of while its albums are fetched.
    pub fn within(&self, state: SyncState) -> SyncState {
        let work = match &self.work {
            Work::Idle => Work::Running,
            work => work.clone(),
        };
        let of = self.is_listed.then_some(self.albums.len() as u32);
        let albums = (!self.is_over()).then_some(AlbumsFetched { done: self.at as u32, of });
        let room = MOST_PROBLEMS_KEPT.saturating_sub(state.problems.len());
        let problems = state.problems.into_iter().chain(self.problems.iter().take(room).cloned()).collect();
        SyncState { work, problems, problem_count: state.problem_count + self.problem_count, albums, ..state }
    }

    /// Takes in what happened at `now_ms` and says what to do next.
    pub fn step(&mut self, event: Event, now_ms: i64) -> Command {
        match event {
            Event::Start { up_to_date } => {
                self.up_to_date = up_to_date;
                self.work = Work::Running;
                (self.tries, self.token_deaths) = (0, 0);
                self.remember();
                self.next()
            }
            Event::Listed { albums, next_page_token, problems } => {
                self.came(next_page_token, problems);
                self.is_listed = self.page_token.is_none();
                self.list(albums);
                // A list is short; kept whole, it is never fetched twice.
                if self.is_listed { Command::Commit } else { self.next() }
            }
            Event::Members { items, next_page_token, problems } => {
                self.came(next_page_token, problems);
                self.pending_pages += 1;
                self.pending.extend(items);
                let is_due = self.is_album_whole() || self.pending_pages >= MOST_UNCOMMITTED_PAGES;
                if is_due { Command::Commit } else { self.next() }
            }
            Event::Failed { why, chance } => self.failed(why, chance, now_ms),
            Event::Woke => {
                self.work = Work::Running;
                self.next()
            }
            Event::Committed { rows, missing } => {
                self.take_committed(&rows, missing);
                if let Some(work) = self.ending.take() {
                    self.work = work;
                    return Command::End;
                }
                self.remember();
                self.next()
            }
            Event::Pause => self.end_with(Work::Paused),
            Event::Cancel => self.end_with(Work::Cancelled),
        }
    }

    /// The commit itself failed: nothing more can be kept, so the run ends here and goes on from the last commit.
    pub fn commit_failed(&mut self, why: Trouble) {
        if let Some(kept) = self.kept.take() {
            *self = *kept;
        }
        self.ending = None;
        self.work = Work::Stopped(why);
    }

    fn next(&mut self) -> Command {
        if !self.is_listed {
            return Command::List { page_token: self.page_token.clone() };
        }
        let is_up_to_date = |album: &Album| !self.is_whole && self.up_to_date.contains(album);
        let left = &self.albums[self.at.min(self.albums.len())..];
        // Where some days alone were fetched, an album is fetched only if it has changed, as far as the list tells.
        self.at += if self.page_token.is_none() { left.iter().take_while(|a| is_up_to_date(a)).count() } else { 0 };
        match self.albums.get(self.at) {
            Some(album) => Command::Members { album_id: album.id.clone(), page_token: self.page_token.clone() },
            None => self.end_with(Work::Finished),
        }
    }

    fn came(&mut self, next_page_token: Option<String>, problems: Vec<String>) {
        self.tries = 0;
        self.work = Work::Running;
        self.note(problems);
        self.page_token = next_page_token;
    }

    fn note(&mut self, problems: Vec<String>) {
        self.problem_count += problems.len() as u32;
        let room = MOST_PROBLEMS_KEPT.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }

    /// An album that is listed twice, since the list has changed on the way, is one.
    fn list(&mut self, albums: Vec<Album>) {
        for album in albums {
            match self.albums.iter_mut().find(|known| known.id == album.id) {
                Some(known) => *known = album,
                None => self.albums.push(album),
            }
        }
    }

    fn is_album_whole(&self) -> bool {
        self.is_listed && self.pending_pages > 0 && self.page_token.is_none()
    }

    fn take_committed(&mut self, rows: &[u32], missing: u32) {
        if self.is_album_whole() {
            self.at += 1;
            self.forget_album();
        } else {
            self.rows.extend(rows);
            self.missing = self.missing.saturating_add(missing);
        }
        self.pending.clear();
        self.pending_pages = 0;
    }

    /// What has come of the album that is fetched is as if it had not.
    fn forget_album(&mut self) {
        self.page_token = None;
        self.rows.clear();
        self.missing = 0;
        self.pending.clear();
        self.pending_pages = 0;
    }

    fn failed(&mut self, why: Trouble, chance: u32, now_ms: i64) -> Command {
        self.tries += 1;
        if let Some(until_ms) = again_ms(&why, self.tries, chance, now_ms) {
            self.work = Work::Waiting { until_ms, why };
            return Command::Wait { until_ms };
        }
        match &why {
            // A page token has died.
            Trouble::Google(Refusal::Invalid { .. }) if self.page_token.is_some() && self.token_deaths == 0 => {
                self.token_deaths += 1;
                self.forget_album();
                if !self.is_listed {
                    self.albums.clear();
                }
                self.next()
            }
            // It was deleted since it was listed.
            Trouble::Google(Refusal::NotFound) if self.at < self.albums.len() => {
                self.forget_album();
                self.albums.remove(self.at);
                self.next()
            }
            // Google lists it and will not open it: it stays as it was known, and the others are fetched.
            Trouble::Google(Refusal::Invalid { message, .. }) if self.page_token.is_none() && self.is_listed => {
                self.note(vec![format!("album “{}”: {message}", self.albums[self.at].title)]);
                self.forget_album();
                self.at += 1;
                self.next()
            }
            _ => self.end_with(Work::Stopped(why)),
        }
    }

    /// Ends the run, after what is pending was kept. The end itself is kept too, so there is always a commit.
    fn end_with(&mut self, work: Work) -> Command {
        self.ending = Some(work);
        Command::Commit
    }

    fn remember(&mut self) {
        self.kept = None;
        self.kept = Some(Box::new(self.clone()));
    }
}

#[cfg(test)]
mod tests;
