//! The upload queue: where each file stands, and what may be done next.
//!
//! ```text
//! Waiting ─► Sending ─► Sent ─► Creating ─► Created
//!    ▲          │         │         │
//!    └──────────┴─────────┴─────────┴────► Failed ─► Waiting (tried again)
//! ```
//!
//! Every state but *Sending* is stored. Bytes are sent several files at a time; `batchCreate` is called strictly one
//! at a time with at most fifty tokens (Google: upload media, best practices). A call whose reply never came is made
//! again with the same tokens; where Google says they were used, the bytes are sent once more: Google keeps identical
//! bytes as one media item, so nothing is doubled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::accept::accept;
use super::error::FileError;
use crate::google::edit::LONGEST_DESCRIPTION;
use crate::ports::FileId;
use crate::protocol::{NewFile, Upload, UploadState};
use crate::trouble::Trouble;

/// Files whose bytes are on their way at the same time.
pub const MOST_SENDING: usize = 3;
/// Google: `mediaItems.batchCreate` takes at most fifty.
pub const MOST_IN_BATCH: usize = 50;
/// Google: an upload token is valid for one day; an hour is kept in hand.
const TOKEN_LIFE_MS: i64 = 23 * 3_600_000;

/// One file of the queue, as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub file: NewFile,
    pub description: String,
    pub stage: Stage,
    /// The file itself, while the shell holds it.
    #[serde(skip)]
    pub handle: Option<FileId>,
    #[serde(skip)]
    sending: Option<u64>,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    Waiting,
    Sent(Token),
    /// `batchCreate` was called and has not answered yet.
    Creating(Token),
    Created {
        row: u32,
    },
    Failed(Trouble),
}

/// What Google gave for the bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Token {
    pub upload_token: String,
    /// When it was given, in milliseconds since the epoch.
    pub at_ms: i64,
    /// `batchCreate` was called with it before, and no answer came: it may be used up.
    pub maybe_used: bool,
}

/// All files, by id. Ids only grow.
#[derive(Debug, Default)]
pub struct Queue {
    entries: BTreeMap<u32, Entry>,
    next_id: u32,
}

/// What may be done next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Send the bytes of this file.
    Send { id: u32 },
    /// Call `batchCreate` for these.
    Create { ids: Vec<u32> },
    /// Nothing, until something that is under way ends.
    Await,
    /// All is done that can be done.
    Done,
}

impl Queue {
    /// The queue as stored. What was being created when the page closed is created again.
    pub fn reopened(records: impl IntoIterator<Item = (u32, Entry)>, now_ms: i64) -> Self {
        let mut queue = Self::default();
        for (id, mut entry) in records {
            entry.release();
            if matches!(&entry.stage, Stage::Sent(token) if now_ms - token.at_ms > TOKEN_LIFE_MS) {
                entry.stage = Stage::Waiting;
            }
            queue.next_id = queue.next_id.max(id + 1);
            queue.entries.insert(id, entry);
        }
        queue
    }

    /// Adds a file, or gives a listed file of the same name, size and date its bytes back. The id, and whether the
    /// file is new in the list.
    pub fn add(&mut self, file: NewFile, handle: FileId) -> (u32, bool) {
        let same = |entry: &Entry| {
            entry.file.name == file.name
                && entry.file.size == file.size
                && entry.file.modified_ms == file.modified_ms
                && !matches!(entry.stage, Stage::Created { .. })
        };
        if let Some((id, entry)) = self.entries.iter_mut().find(|(_, entry)| same(entry)) {
            entry.handle = Some(handle);
            return (*id, false);
        }
        let id = self.next_id;
        self.next_id += 1;
        let stage = match accept(&file.name, file.size, &file.mime_type) {
            Ok(_) => Stage::Waiting,
            Err(error) => Stage::Failed(error.into()),
        };
        let entry = Entry { file, description: String::new(), stage, handle: Some(handle), sending: None };
        self.entries.insert(id, entry);
        (id, true)
    }

    /// Changes the description, cut to Google's length; only until the media item is made.
    pub fn describe(&mut self, id: u32, description: &str) -> Option<&Entry> {
        let entry = self.entries.get_mut(&id)?;
        if matches!(entry.stage, Stage::Creating(_) | Stage::Created { .. }) {
            return None;
        }
        entry.description = description.chars().take(LONGEST_DESCRIPTION).collect();
        Some(entry)
    }

    /// Takes a file out of the list, unless Google is being asked for it at this moment.
    pub fn remove(&mut self, id: u32) -> bool {
        match self.entries.get(&id) {
            Some(entry) if !matches!(entry.stage, Stage::Creating(_)) => self.entries.remove(&id).is_some(),
            _ => false,
        }
    }

    /// The ids of all that is in the library.
    pub fn finished(&self) -> Vec<u32> {
        self.ids(|entry| matches!(entry.stage, Stage::Created { .. }))
    }

    /// A failed file waits again. What Google will never take stays failed.
    pub fn retry(&mut self, id: u32) -> bool {
        let Some(entry) = self.entries.get_mut(&id) else { return false };
        let Stage::Failed(why) = &entry.stage else { return false };
        let hopeless = matches!(
            why,
            Trouble::File(
                FileError::Empty | FileError::Kind { .. } | FileError::TooLarge { .. } | FileError::NameTooLong
            )
        );
        if !hopeless {
            entry.stage = Stage::Waiting;
        }
        !hopeless
    }

    pub fn get(&self, id: u32) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// What the page shows of one file.
    pub fn upload(&self, id: u32) -> Option<Upload> {
        let entry = self.entries.get(&id)?;
        let state = match (&entry.stage, entry.sending) {
            (_, Some(sent)) => UploadState::Sending { sent },
            (Stage::Waiting, None) if entry.handle.is_none() => UploadState::NeedsFile,
            (Stage::Waiting, None) => UploadState::Waiting,
            (Stage::Sent(_) | Stage::Creating(_), None) => UploadState::Sent,
            (Stage::Created { row }, None) => UploadState::Created { row: *row },
            (Stage::Failed(why), None) => UploadState::Failed(why.clone()),
        };
        Some(Upload { id, file: entry.file.clone(), description: entry.description.clone(), state })
    }

    pub fn uploads(&self) -> Vec<Upload> {
        self.entries.keys().filter_map(|id| self.upload(*id)).collect()
    }

    /// What may be done next, while the queue is at work.
    pub fn next(&self) -> Next {
        let sending = self.ids(|entry| entry.sending.is_some()).len();
        let creating = self.entries.values().any(|entry| matches!(entry.stage, Stage::Creating(_)));
        let waiting = self.entries.iter().find(|(_, entry)| entry.is_sendable()).map(|(id, _)| *id);
        let mut sent = self.ids(|entry| matches!(entry.stage, Stage::Sent(_)));
        let batch_is_due = sent.len() >= MOST_IN_BATCH || (waiting.is_none() && sending == 0);
        if !creating && !sent.is_empty() && batch_is_due {
            sent.truncate(MOST_IN_BATCH);
            return Next::Create { ids: sent };
        }
        match waiting {
            Some(id) if sending < MOST_SENDING => Next::Send { id },
            _ if sending > 0 || creating => Next::Await,
            _ => Next::Done,
        }
    }

    /// Bytes of `id` are on their way; `sent` of them have left.
    pub fn sending(&mut self, id: u32, sent: u64) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.sending = Some(sent);
        }
    }

    /// The bytes are no longer on their way, and nothing came of it: the file waits again.
    pub fn not_sent(&mut self, id: u32) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.sending = None;
        }
    }

    /// The stage after something happened to `id`. Also ends its sending.
    pub fn set_stage(&mut self, id: u32, stage: Stage) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.sending = None;
            if matches!(stage, Stage::Created { .. }) {
                entry.handle = None;
            }
            entry.stage = stage;
        }
    }

    /// `batchCreate` is about to be called for these.
    pub fn creating(&mut self, ids: &[u32]) {
        for id in ids {
            if let Some(entry) = self.entries.get_mut(id)
                && let Stage::Sent(token) = &entry.stage
            {
                entry.stage = Stage::Creating(token.clone());
            }
        }
    }

    /// The call was dropped, or refused as a whole: it is made again later, with the same tokens.
    pub fn release_creating(&mut self) {
        self.entries.values_mut().for_each(Entry::release);
    }

    /// Google made no media item of it. A token that may have been used up by a call whose answer never came says
    /// nothing of the file: its bytes are sent once more.
    pub fn rejected(&mut self, id: u32, why: Trouble) {
        if let Some(entry) = self.entries.get_mut(&id) {
            let may_be_used = matches!(&entry.stage, Stage::Creating(token) if token.maybe_used);
            entry.stage = if may_be_used { Stage::Waiting } else { Stage::Failed(why) };
        }
    }

    /// The entry as it will be stored once the media item is this row of the catalog.
    pub fn created_entry(&self, id: u32, row: u32) -> Option<Entry> {
        Some(Entry { stage: Stage::Created { row }, ..self.entries.get(&id)?.clone() })
    }

    /// The file can no longer be read: its bytes must be chosen again.
    pub fn file_gone(&mut self, id: u32) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.sending = None;
            entry.handle = None;
        }
    }

    fn ids(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<u32> {
        self.entries.iter().filter(|(_, entry)| wanted(entry)).map(|(id, _)| *id).collect()
    }
}

impl Entry {
    fn release(&mut self) {
        if let Stage::Creating(token) = &self.stage {
            self.stage = Stage::Sent(Token { maybe_used: true, ..token.clone() });
        }
    }

    fn is_sendable(&self) -> bool {
        matches!(self.stage, Stage::Waiting) && self.sending.is_none() && self.handle.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jpeg(n: u32) -> NewFile {
        NewFile { name: format!("{n}.jpg"), size: 10, mime_type: "image/jpeg".into(), modified_ms: 5 }
    }

    fn sent(at_ms: i64) -> Stage {
        Stage::Sent(Token { upload_token: "t".into(), at_ms, maybe_used: false })
    }

    #[test]
    fn bytes_go_three_at_a_time_and_items_are_made_in_one_call_at_the_end() {
        let mut queue = Queue::default();
        for n in 0..4 {
            queue.add(jpeg(n), FileId(n));
        }
        for id in 0..3 {
            assert_eq!(queue.next(), Next::Send { id });
            queue.sending(id, 0);
        }
        assert_eq!(queue.next(), Next::Await);
        for id in 0..3 {
            queue.set_stage(id, sent(0));
        }
        assert_eq!(queue.next(), Next::Send { id: 3 }, "a file still waits, so the batch does too");
        queue.set_stage(3, sent(0));
        assert_eq!(queue.next(), Next::Create { ids: vec![0, 1, 2, 3] });
    }

    #[test]
    fn a_bad_file_never_stops_the_others() {
        let mut queue = Queue::default();
        queue.add(NewFile { size: 0, ..jpeg(0) }, FileId(0));
        queue.add(jpeg(1), FileId(1));
        assert_eq!(queue.upload(0).unwrap().state, UploadState::Failed(FileError::Empty.into()));
        assert!(!queue.retry(0), "an empty file stays empty");
        assert_eq!(queue.next(), Next::Send { id: 1 });
    }

    #[test]
    fn a_closed_page_needs_the_files_again_but_not_what_was_sent() {
        let mut queue = Queue::default();
        for n in 0..3 {
            queue.add(jpeg(n), FileId(n));
        }
        queue.set_stage(1, sent(0));
        queue.creating(&[1]);
        queue.set_stage(2, sent(-TOKEN_LIFE_MS - 1));
        let text = serde_json::to_string(&queue.entries.iter().collect::<Vec<_>>()).unwrap();
        let records: Vec<(u32, Entry)> = serde_json::from_str(&text).unwrap();
        let mut queue = Queue::reopened(records, 0);
        assert_eq!(queue.upload(0).unwrap().state, UploadState::NeedsFile);
        assert_eq!(queue.upload(1).unwrap().state, UploadState::Sent);
        assert_eq!(queue.upload(2).unwrap().state, UploadState::NeedsFile, "its token is older than a day");
        assert_eq!(queue.next(), Next::Create { ids: vec![1] });
        assert_eq!(queue.add(jpeg(0), FileId(9)), (0, false), "the same file continues its row");
        assert_eq!(queue.next(), Next::Send { id: 0 });
        assert_eq!(queue.add(jpeg(7), FileId(10)).0, 3, "ids are never used twice");
    }

    #[test]
    fn fifty_one_files_are_made_in_two_calls() {
        let mut queue = Queue::default();
        for n in 0..51 {
            queue.add(jpeg(n), FileId(n));
            queue.set_stage(n, sent(0));
        }
        let Next::Create { ids } = queue.next() else { panic!("a batch is due") };
        assert_eq!(ids.len(), MOST_IN_BATCH);
        for id in ids {
            queue.set_stage(id, Stage::Created { row: id });
        }
        assert_eq!(queue.next(), Next::Create { ids: vec![50] });
    }

    #[test]
    fn a_call_without_an_answer_is_made_again_and_then_the_bytes_are_sent_once_more() {
        let rejected = || FileError::Rejected { code: 3, message: "used".into() };
        let mut queue = Queue::default();
        queue.add(jpeg(0), FileId(0));
        queue.set_stage(0, sent(0));
        queue.creating(&[0]);
        queue.release_creating();
        assert_eq!(queue.next(), Next::Create { ids: vec![0] });
        queue.creating(&[0]);
        queue.rejected(0, rejected().into());
        assert_eq!(queue.next(), Next::Send { id: 0 });
        queue.set_stage(0, sent(1));
        queue.creating(&[0]);
        queue.rejected(0, rejected().into());
        assert_eq!(queue.upload(0).unwrap().state, UploadState::Failed(rejected().into()), "now it is the file");
    }

    proptest! {
        /// Whatever happens in whatever order, the queue comes to an end once everything under way has ended.
        #[test]
        fn always_ends(count in 0u32..80, outcomes in proptest::collection::vec(any::<u8>(), 400)) {
            let mut queue = Queue::default();
            for n in 0..count {
                queue.add(jpeg(n), FileId(n));
            }
            let mut outcomes = outcomes.into_iter().cycle();
            let mut under_way: Vec<u32> = Vec::new();
            for _ in 0..10_000 {
                match queue.next() {
                    Next::Send { id } => {
                        queue.sending(id, 0);
                        under_way.push(id);
                    }
                    Next::Create { ids } => {
                        prop_assert!(ids.len() <= MOST_IN_BATCH);
                        for id in ids {
                            queue.set_stage(id, Stage::Created { row: id });
                        }
                    }
                    Next::Await => {
                        let id = under_way.remove(0);
                        match outcomes.next().unwrap() % 4 {
                            0 => queue.set_stage(id, Stage::Failed(FileError::NotSent.into())),
                            1 => queue.file_gone(id),
                            _ => queue.set_stage(id, sent(0)),
                        }
                    }
                    Next::Done => return Ok(()),
                }
                prop_assert!(under_way.len() <= MOST_SENDING);
            }
            prop_assert!(false, "the queue never ended");
        }
    }
}
