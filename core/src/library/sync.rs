//! The fetch of media items, page by page: what to do next is decided here, and done by the engine.
//!
//! ```text
//!            Start
//!              ▼          Refused: wait          Woke
//!        ┌─► Fetch ────────────────────► Wait ─────────┐
//!        │     │ Page                                  │
//!        │     ▼                                       │
//!        │  enough pages, or the last, or asked to stop│
//!        │     ▼                                       │
//!        └── Commit ─► Finish, Stop                    │
//!        └─────────────────────────────────────────────┘
//! ```
//!
//! While a commit is under way the next pages are fetched, one at a time, until as many are in memory as may be lost.
//!
//! Rows and cursor are committed together, so a fetch that breaks off at any instant goes on from its last commit and
//! doubles nothing: a page that is fetched again meets its own rows by their ids.

use serde::{Deserialize, Serialize};

use super::retry::again_ms;
use crate::google::Refusal;
use crate::photo::{Day, DayRange, MediaItem};
use crate::protocol::{Media, SyncState, Work};
use crate::trouble::Trouble;

/// Pages that may be in memory only. What is lost when the tab dies is fetched again, so this bounds the repeat.
pub const MOST_UNCOMMITTED_PAGES: u32 = 20;
/// A commit is begun with so many pages, and takes those along that come until it is its turn. It leaves room for those
/// that come while it is under way.
const PAGES_A_COMMIT: u32 = 8;
/// A commit is due this long after the last one, so that a slow line shows its photos too.
const COMMIT_AFTER_MS: i64 = 1_500;
const MOST_PROBLEMS_KEPT: usize = 20;

/// A fetch: what was asked, how far it is, what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sync {
    /// The pages are made on the device instead of being fetched.
    #[serde(default)]
    is_made: bool,
    days: Option<DayRange>,
    media: Media,
    /// Where the next page begins; `None` at the start.
    page_token: Option<String>,
    /// The last page has come.
    complete: bool,
    pages: u32,
    items: u32,
    added: u32,
    problems: Vec<String>,
    problem_count: u32,
    elapsed_ms: u64,
    reached: Option<Day>,
    work: Work,
    /// Pages since the fetch began anew because its page token had died. More than one such death ends it.
    token_deaths: u32,
    #[serde(skip)]
    pending: Vec<MediaItem>,
    #[serde(skip)]
    pending_pages: u32,
    #[serde(skip)]
    last_commit_ms: i64,
    #[serde(skip)]
    last_event_ms: i64,
    #[serde(skip)]
    tries: u32,
    #[serde(skip)]
    ending: Option<Work>,
    /// A page is on its way.
    #[serde(skip)]
    fetching: bool,
    /// Nothing is fetched before.
    #[serde(skip)]
    waits_until_ms: Option<i64>,
    /// As it was at the last commit: what a commit that fails falls back to.
    #[serde(skip)]
    kept: Option<Box<Self>>,
    /// A commit has begun and is not over.
    #[serde(skip)]
    committing: bool,
    /// As it will be kept by the commit that is under way; its `pending_pages` are those in it. `None` until the commit
    /// has taken them.
    #[serde(skip)]
    keeping: Option<Box<Self>>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Begun, or taken up again.
    Start,
    Page {
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
    /// What was pending is kept; `added` rows were new.
    Committed {
        added: u32,
    },
    Pause,
    Cancel,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Fetch {
        page_token: Option<String>,
    },
    Wait {
        until_ms: i64,
    },
    /// Keep what [`Sync::take_pending`] gives, once it is known that it can be kept, in one transaction; then say
    /// [`Event::Committed`]. Meanwhile [`Sync::next`] may have more to do.
    Commit,
    /// Nothing new: go on with what is under way until something happens.
    Rest,
    /// The run is over; [`Sync::work`] says how.
    End,
}

impl Sync {
    pub fn new(days: Option<DayRange>, media: Media) -> Self {
        Self {
            is_made: false,
            days,
            media,
            page_token: None,
            complete: false,
            pages: 0,
            items: 0,
            added: 0,
            problems: Vec::new(),
            problem_count: 0,
            elapsed_ms: 0,
            reached: None,
            work: Work::Idle,
            token_deaths: 0,
            pending: Vec::new(),
            pending_pages: 0,
            last_commit_ms: 0,
            last_event_ms: 0,
            tries: 0,
            ending: None,
            fetching: false,
            waits_until_ms: None,
            kept: None,
            committing: false,
            keeping: None,
        }
    }

    /// Everything, made on the device instead of being fetched.
    pub fn made() -> Self {
        Self { is_made: true, ..Self::new(None, Media::All) }
    }

    /// As read back from the store: a fetch that was running when the tab closed is paused, and can be resumed.
    #[must_use]
    pub fn reopened(mut self) -> Self {
        if matches!(self.work, Work::Running | Work::Waiting { .. }) {
            self.work = Work::Paused;
        }
        self
    }

    pub fn is_made(&self) -> bool {
        self.is_made
    }

    pub fn days(&self) -> Option<DayRange> {
        self.days
    }

    pub fn media(&self) -> Media {
        self.media
    }

    pub fn work(&self) -> &Work {
        &self.work
    }

    /// Whether there is something left to resume.
    pub fn can_resume(&self) -> bool {
        !self.complete && matches!(self.work, Work::Paused | Work::Stopped(_))
    }

    /// The items to be kept now, and the state to be kept with them, as if they already were; once after every
    /// [`Command::Commit`].
    pub fn take_pending(&mut self) -> (Vec<MediaItem>, Self) {
        let record = self.bare();
        self.keeping = Some(Box::new(record.clone()));
        self.pending_pages = 0;
        (std::mem::take(&mut self.pending), record)
    }

    /// The state to store beside items of which `added` were new.
    #[must_use]
    pub fn record(mut self, added: u32) -> Self {
        self.added += added;
        self.pending_pages = 0;
        if let Some(ending) = self.ending.take() {
            self.work = ending;
        }
        self
    }

    /// This state without what is in memory only.
    fn bare(&self) -> Self {
        Self {
            days: self.days,
            media: self.media,
            page_token: self.page_token.clone(),
            problems: self.problems.clone(),
            work: self.work.clone(),
            ending: self.ending.clone(),
            pending: Vec::new(),
            kept: None,
            committing: false,
            keeping: None,
            fetching: false,
            waits_until_ms: None,
            ..*self
        }
    }

    pub fn state(&self) -> SyncState {
        SyncState {
            work: self.work.clone(),
            is_made: self.is_made,
            days: self.days,
            media: self.media,
            pages: self.pages,
            items: self.items,
            added: self.added,
            problems: self.problems.clone(),
            problem_count: self.problem_count,
            elapsed_ms: self.elapsed_ms,
            reached: self.reached,
            albums: None,
        }
    }

    /// Takes in what happened at `now_ms` and says what to do next.
    pub fn step(&mut self, event: Event, now_ms: i64) -> Command {
        self.count_time(&event, now_ms);
        match event {
            Event::Start => {
                self.work = Work::Running;
                self.tries = 0;
                self.token_deaths = 0;
                self.last_commit_ms = now_ms;
                self.kept = Some(Box::new(self.bare()));
            }
            Event::Page { items, next_page_token, problems } => {
                self.fetching = false;
                self.take_page(items, next_page_token, problems);
                if self.complete {
                    self.ending = Some(Work::Finished);
                }
            }
            Event::Failed { why, chance } => {
                self.fetching = false;
                if let Some(wait) = self.failed(why, chance, now_ms) {
                    return wait;
                }
            }
            Event::Woke => {
                self.waits_until_ms = None;
                self.work = Work::Running;
            }
            Event::Committed { added } => {
                self.added += added;
                self.last_commit_ms = now_ms;
                self.committing = false;
                if let Some(mut keeping) = self.keeping.take() {
                    keeping.added = self.added;
                    keeping.pending_pages = 0;
                    if keeping.ending.take().is_some() {
                        self.work = self.ending.take().unwrap_or(Work::Idle);
                        self.kept = Some(keeping);
                        return Command::End;
                    }
                    self.kept = Some(keeping);
                }
            }
            Event::Pause => _ = self.halt(Work::Paused),
            Event::Cancel => _ = self.halt(Work::Cancelled),
        }
        self.next(now_ms)
    }

    /// What else there is to do, beside what is under way.
    pub fn next(&mut self, now_ms: i64) -> Command {
        if !self.committing && (self.ending.is_some() || self.is_due(now_ms)) {
            self.committing = true;
            return Command::Commit;
        }
        let under_way = self.keeping.as_ref().map_or(0, |keeping| keeping.pending_pages);
        let has_room = self.pending_pages + under_way < MOST_UNCOMMITTED_PAGES;
        if self.fetching || self.waits_until_ms.is_some() || self.ending.is_some() || !has_room {
            return Command::Rest;
        }
        self.fetching = true;
        Command::Fetch { page_token: self.page_token.clone() }
    }

    /// Whether what is pending should be kept. The first page is, so that there is something to see; and what there is
    /// before a wait, which may be long.
    fn is_due(&self, now_ms: i64) -> bool {
        let is_late = now_ms - self.last_commit_ms >= COMMIT_AFTER_MS;
        let waits = self.waits_until_ms.is_some();
        self.pending_pages >= PAGES_A_COMMIT || self.pending_pages > 0 && (is_late || waits || self.pages == 1)
    }

    /// Stops fetching: there is nothing to wait for. What is pending is kept first, and the end too, so there is always
    /// a commit.
    fn halt(&mut self, work: Work) -> Option<Command> {
        self.fetching = false;
        self.waits_until_ms = None;
        self.ending = Some(work);
        None
    }

    fn take_page(&mut self, items: Vec<MediaItem>, next_page_token: Option<String>, problems: Vec<String>) {
        self.tries = 0;
        self.work = Work::Running;
        self.pages += 1;
        self.pending_pages += 1;
        self.items += items.len() as u32;
        self.problem_count += problems.len() as u32;
        let room = MOST_PROBLEMS_KEPT.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
        if let Some(taken_s) = items.iter().filter_map(|item| item.taken_s).next_back() {
            self.reached = Some(Day::of_utc_s(taken_s));
        }
        self.pending.extend(items);
        // Google: mediaItems.search, "presence of nextPageToken is the only reliable indicator of more".
        self.complete = next_page_token.is_none();
        self.page_token = next_page_token;
    }

    /// A wait, if there is one; otherwise the fetch goes on, or ends.
    fn failed(&mut self, why: Trouble, chance: u32, now_ms: i64) -> Option<Command> {
        self.tries += 1;
        match (&why, again_ms(&why, self.tries, chance, now_ms)) {
            (_, Some(until_ms)) => Some(self.wait(until_ms, why)),
            (Trouble::Google(Refusal::Invalid { .. }), None) if self.page_token.is_some() && self.token_deaths == 0 => {
                self.token_deaths += 1;
                self.page_token = None;
                None
            }
            _ => self.halt(Work::Stopped(why)),
        }
    }

    fn wait(&mut self, until_ms: i64, why: Trouble) -> Command {
        self.work = Work::Waiting { until_ms, why };
        self.waits_until_ms = Some(until_ms);
        Command::Wait { until_ms }
    }

    /// The commit itself failed: nothing more can be kept, so the run ends here and goes on from the last commit.
    pub fn commit_failed(&mut self, why: Trouble) {
        let elapsed_ms = self.elapsed_ms;
        if let Some(kept) = self.kept.take() {
            *self = *kept;
        }
        self.elapsed_ms = elapsed_ms;
        self.pending.clear();
        self.pending_pages = 0;
        self.committing = false;
        self.keeping = None;
        self.fetching = false;
        self.waits_until_ms = None;
        self.ending = None;
        self.work = Work::Stopped(why);
    }

    fn count_time(&mut self, event: &Event, now_ms: i64) {
        if !matches!(event, Event::Start | Event::Woke) {
            self.elapsed_ms += now_ms.saturating_sub(self.last_event_ms).clamp(0, 3_600_000) as u64;
        }
        self.last_event_ms = now_ms;
    }
}

#[cfg(test)]
mod tests {
    use super::super::retry::MOST_NETWORK_TRIES;
    use super::*;
    use crate::ports::{HttpError, StoreError};

    fn page(n: usize, next: Option<&str>) -> Event {
        let item = MediaItem { id: "x".into(), taken_s: Some(86_400), ..MediaItem::default() };
        Event::Page { items: vec![item; n], next_page_token: next.map(Into::into), problems: vec![] }
    }

    fn refused(refusal: Refusal) -> Event {
        Event::Failed { why: Trouble::Google(refusal), chance: 0 }
    }

    fn committed(sync: &mut Sync, added: u32, now_ms: i64) -> Command {
        if sync.keeping.is_none() {
            sync.take_pending();
        }
        sync.step(Event::Committed { added }, now_ms)
    }

    #[test]
    fn a_commit_takes_along_what_comes_until_it_is_its_turn() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        assert_eq!(sync.step(page(100, Some("2")), 1), Command::Commit);
        assert_eq!(sync.next(1), Command::Fetch { page_token: Some("2".into()) });
        for _ in 2..MOST_UNCOMMITTED_PAGES {
            assert!(matches!(sync.step(page(100, Some("n")), 1), Command::Fetch { .. }));
        }
        assert_eq!(sync.step(page(100, None), 2), Command::Rest, "the last, while the first waits for another tab");
        let (items, record) = sync.take_pending();
        assert_eq!((items.len(), record.record(2000).work()), (2000, &Work::Finished));
        assert_eq!(committed(&mut sync, 2000, 3), Command::End);
    }

    #[test]
    fn the_first_page_is_shown_at_once_and_then_at_most_twenty_wait() {
        let mut sync = Sync::new(None, Media::All);
        assert_eq!(sync.step(Event::Start, 0), Command::Fetch { page_token: None });
        assert_eq!(sync.step(page(100, Some("2")), 1), Command::Commit);
        assert_eq!(sync.take_pending().0.len(), 100);
        assert_eq!(committed(&mut sync, 100, 2), Command::Fetch { page_token: Some("2".into()) });
        for n in 0..PAGES_A_COMMIT - 1 {
            assert!(matches!(sync.step(page(100, Some("n")), 3), Command::Fetch { .. }), "page {n}");
        }
        assert_eq!(sync.step(page(100, Some("n")), 4), Command::Commit);
        assert_eq!(sync.take_pending().0.len(), 100 * PAGES_A_COMMIT as usize);
        assert!(matches!(sync.next(5), Command::Fetch { .. }), "others come while these are kept");
        for n in PAGES_A_COMMIT + 1..MOST_UNCOMMITTED_PAGES {
            assert!(matches!(sync.step(page(100, Some("m")), 5), Command::Fetch { .. }), "page {n}");
        }
        assert_eq!(sync.step(page(100, Some("m")), 5), Command::Rest, "one commit at a time");
        assert_eq!((sync.next(6), sync.pending.len()), (Command::Rest, 1200), "no more may be lost");
        assert_eq!(committed(&mut sync, 1000, 7), Command::Commit);
        assert_eq!(sync.take_pending().1.state().pages, 1 + MOST_UNCOMMITTED_PAGES);
    }

    #[test]
    fn a_commit_keeps_the_cursor_behind_its_own_pages_whatever_came_since() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        assert_eq!(sync.step(page(100, Some("2")), 1), Command::Commit);
        let (_, record) = sync.take_pending();
        assert_eq!(sync.next(1), Command::Fetch { page_token: Some("2".into()) });
        assert_eq!(sync.step(page(100, Some("3")), 2), Command::Fetch { page_token: Some("3".into()) });
        let mut stored = record.record(100).reopened();
        assert_eq!((stored.state().items, stored.state().added), (100, 100));
        assert_eq!(stored.step(Event::Start, 3), Command::Fetch { page_token: Some("2".into()) });
        assert_eq!(sync.step(Event::Pause, 4), Command::Rest, "the first commit is still under way");
        assert_eq!(committed(&mut sync, 100, 5), Command::Commit);
        let (items, record) = sync.take_pending();
        assert_eq!((items.len(), record.record(100).work()), (100, &Work::Paused));
        sync.commit_failed(StoreError::Full.into());
        assert_eq!((sync.state().items, sync.state().added), (100, 100));
        assert_eq!(sync.step(Event::Start, 9), Command::Fetch { page_token: Some("2".into()) });
    }

    #[test]
    fn what_came_is_kept_before_a_long_wait() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        sync.step(page(100, Some("2")), 1);
        committed(&mut sync, 100, 1);
        sync.step(page(100, Some("3")), 1);
        assert!(matches!(sync.step(refused(Refusal::QuotaToday), 2), Command::Wait { .. }));
        assert_eq!(sync.next(2), Command::Commit);
        assert_eq!(sync.next(2), Command::Rest);
        assert_eq!(committed(&mut sync, 100, 3), Command::Rest);
        assert!(matches!(sync.work(), Work::Waiting { .. }));
        assert_eq!(sync.step(Event::Woke, 9), Command::Fetch { page_token: Some("3".into()) });
    }

    #[test]
    fn a_short_or_empty_page_with_a_token_is_not_the_end() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        assert_eq!(sync.step(page(0, Some("2")), 1), Command::Commit);
        assert!(matches!(committed(&mut sync, 0, 2), Command::Fetch { .. }));
        assert_eq!(sync.step(page(7, None), 3), Command::Commit);
        assert_eq!(*sync.take_pending().1.record(7).work(), Work::Finished);
        assert_eq!(committed(&mut sync, 7, 4), Command::End);
        assert_eq!(*sync.work(), Work::Finished);
        assert!(!sync.can_resume());
    }

    #[test]
    fn what_was_fetched_is_kept_before_a_pause_and_resumed_from_there() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        sync.step(page(100, Some("2")), 1);
        committed(&mut sync, 100, 2);
        sync.step(page(100, Some("3")), 3);
        assert_eq!(sync.step(Event::Pause, 4), Command::Commit);
        let stored: Sync =
            serde_json::from_str(&serde_json::to_string(&sync.take_pending().1.record(100)).unwrap()).unwrap();
        let mut resumed = stored.reopened();
        assert!(resumed.can_resume());
        assert_eq!(resumed.step(Event::Start, 99), Command::Fetch { page_token: Some("3".into()) });
        assert_eq!(resumed.state().items, 200);
    }

    #[test]
    fn a_commit_that_failed_is_fetched_again_even_if_it_held_the_last_page() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        sync.step(page(100, Some("2")), 1);
        committed(&mut sync, 100, 2);
        sync.step(page(100, Some("3")), 3);
        assert_eq!(sync.step(page(50, None), 4), Command::Commit);
        sync.commit_failed(StoreError::Full.into());
        assert_eq!(*sync.work(), Work::Stopped(StoreError::Full.into()));
        assert_eq!((sync.state().items, sync.state().pages), (100, 1), "what was not kept has not come");
        assert!(sync.can_resume());
        assert_eq!(sync.step(Event::Start, 9), Command::Fetch { page_token: Some("2".into()) });
    }

    #[test]
    fn a_first_page_that_could_not_be_kept_is_fetched_again() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        assert_eq!(sync.step(page(100, Some("2")), 1), Command::Commit);
        sync.commit_failed(StoreError::Full.into());
        assert_eq!(sync.step(Event::Start, 9), Command::Fetch { page_token: None });
    }

    #[test]
    fn a_tab_that_closed_while_running_finds_a_paused_fetch() {
        let mut sync = Sync::new(None, Media::Photos);
        sync.step(Event::Start, 0);
        sync.step(page(0, Some("2")), 1);
        assert_eq!(*sync.take_pending().1.record(0).reopened().work(), Work::Paused);
    }

    #[test]
    fn refusals_wait_give_up_or_begin_anew() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        let Command::Wait { until_ms } = sync.step(refused(Refusal::Wait { wait_ms: Some(42_000), busy: false }), 0)
        else {
            panic!("a refusal that says how long is waited out")
        };
        assert!(until_ms >= 42_000);
        assert!(matches!(sync.step(Event::Woke, until_ms), Command::Fetch { .. }));
        assert!(matches!(sync.step(refused(Refusal::QuotaToday), 0), Command::Wait { .. }));
        sync.step(Event::Woke, 0);
        sync.step(page(1, Some("2")), 0);
        committed(&mut sync, 1, 0);
        let invalid = Refusal::Invalid { status: 400, message: "page token".into() };
        assert_eq!(sync.step(refused(invalid.clone()), 0), Command::Fetch { page_token: None });
        sync.step(page(1, Some("2")), 0);
        assert_eq!(sync.step(refused(invalid), 0), Command::Commit, "a second dead token ends it");
        committed(&mut sync, 0, 0);
        assert!(matches!(sync.work(), Work::Stopped(Trouble::Google(Refusal::Invalid { .. }))));
    }

    #[test]
    fn a_dead_network_is_tried_again_and_then_left_to_the_person() {
        let mut sync = Sync::new(None, Media::All);
        sync.step(Event::Start, 0);
        let dead = || Event::Failed { why: HttpError::Unreachable { host: "h".into() }.into(), chance: 7 };
        for _ in 0..MOST_NETWORK_TRIES {
            assert!(matches!(sync.step(dead(), 0), Command::Wait { .. }));
            sync.step(Event::Woke, 0);
        }
        assert_eq!(sync.step(dead(), 0), Command::Commit);
        committed(&mut sync, 0, 0);
        assert!(sync.can_resume());
    }
}
