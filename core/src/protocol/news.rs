//! What the worker tells unasked.

use serde::{Deserialize, Serialize};

use super::{Account, Client, ImportState, Media, NewFile};
use crate::photo::{AlbumKey, Day, DayRange};
use crate::trouble::Trouble;

/// What the worker tells unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum News {
    /// First of all, also in this list: builds that agree on nothing else can still tell that they differ.
    Ready {
        version: u32,
        build: String,
    },
    /// Records of hot columns that are new or changed, by the first of their rows, ascending; they travel beside the
    /// message in the same order. `cameras` is the whole dictionary when it grew.
    Rows {
        first_rows: Vec<u32>,
        cameras: Option<Vec<crate::photo::Camera>>,
    },
    /// Albums that were fetched; their encoded records travel beside the message. `listed` is whether all albums that
    /// there are have been fetched.
    Albums {
        removed: Vec<AlbumKey>,
        listed: bool,
    },
    /// All rows are gone, and all albums.
    Emptied,
    /// `None`: signed out.
    Account(Option<Account>),
    Client(Option<Client>),
    Sync(SyncState),
    /// `None`: there is no import any more.
    Import(Option<ImportState>),
    /// `None`: no times are being corrected any more.
    Correcting(Option<CorrectingState>),
    /// Bytes of small pictures kept on the device.
    ThumbnailBytes(u64),
    /// Rows of the upload list that are new or changed.
    Uploads(Vec<Upload>),
    UploadsRemoved(Vec<u32>),
    /// Whether the queue is at work, and why it stands still if it does.
    UploadsWork(Work),
    Quota(Quota),
    /// The engine has failed (a panic): it must be started again.
    Died {
        message: String,
    },
}

/// What a job is doing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Work {
    Idle,
    Running,
    /// Waits by itself until then (milliseconds since the epoch), and why.
    Waiting {
        until_ms: i64,
        why: Trouble,
    },
    Paused,
    /// Stands still until the person does something about it.
    Stopped(Trouble),
    Cancelled,
    Finished,
}

/// A fetch, or the making of a library on the device, as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncState {
    pub work: Work,
    /// Whether the items are made on the device instead of being fetched.
    pub is_made: bool,
    pub days: Option<DayRange>,
    pub media: Media,
    pub pages: u32,
    /// Items received, new and known ones.
    pub items: u32,
    /// Of those, not known before.
    pub added: u32,
    /// Items and fields that could not be read, said once each, at most 20.
    pub problems: Vec<String>,
    pub problem_count: u32,
    /// Time spent running, in milliseconds.
    pub elapsed_ms: u64,
    /// The taken day of the newest received item, for the label.
    pub reached: Option<Day>,
    /// While albums are fetched, which comes after the items: how far that is.
    pub albums: Option<AlbumsFetched>,
}

/// How far the correction of times is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CorrectingState {
    /// Corrections are taken back.
    pub is_taking_back: bool,
    pub done: u32,
    pub of: u32,
    /// Of those that are done, how many stayed as they were, since no source tells when they were taken.
    pub passed_over: u32,
    pub work: Work,
}

/// How far the fetch of albums is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AlbumsFetched {
    pub done: u32,
    /// Of how many; `None` while they are being listed.
    pub of: Option<u32>,
}

/// One file of the upload list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    pub id: u32,
    pub file: NewFile,
    pub description: String,
    pub state: UploadState,
}

/// Where a file stands on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum UploadState {
    Waiting,
    /// The page was closed before its bytes had left: choose the same file again.
    NeedsFile,
    Sending {
        sent: u64,
    },
    /// Bytes are at Google; the media item is not made yet.
    Sent,
    /// In the library, as this row of the catalog.
    Created {
        row: u32,
    },
    Failed(Trouble),
}

/// Requests made today (Pacific time) through this page, against Google's limits per project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quota {
    /// Of 10,000 a day.
    pub requests: u32,
    /// Pictures loaded by base URL, of 75,000 a day.
    pub pictures: u32,
}
