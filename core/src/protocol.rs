//! The words page and worker exchange.
//!
//! The page wishes, the worker answers each wish once and tells news unasked. Messages ([`ToWorker`], [`ToPage`]) travel
//! as bytes ([`write`], [`read`]); larger bytes and files travel beside them, as transferred buffers and structured
//! clones, in the order the message names them. The worker must say [`News::Ready`] before anything is sent to it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::photo::{Day, DayRange, MediaItem};
use crate::trouble::Trouble;

/// Raised whenever a message changes its meaning: page and worker of different builds part at once.
pub const VERSION: u32 = 1;

/// Which Google answers, and so which database is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum World {
    Google,
    /// The pretend Google inside the worker: **Try it now**.
    Sandbox,
}

/// From page to worker: one wish, answered once under the same `ask`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToWorker {
    pub ask: u32,
    pub wish: Wish,
}

/// From worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToPage {
    Answer { ask: u32, answer: Result<Answer, Trouble> },
    News(News),
}

/// Bytes that are no message of this build.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no message of this build: {0}")]
pub struct NotAMessage(String);

/// A message as bytes. They hold no names, so they say nothing to a program of another build.
pub fn write(message: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(message).expect("every list of a message knows its length, and memory grows")
}

/// The message that these bytes are, to the last of them.
pub fn read<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, NotAMessage> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        Ok((_, rest)) => Err(NotAMessage(format!("{} bytes too many", rest.len()))),
        Err(error) => Err(NotAMessage(error.to_string())),
    }
}

/// What the page may wish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Wish {
    /// First of all: opens the store of this world. Answer: [`Answer::Opened`].
    Open(Opening),
    /// Checks and keeps a `client_secret.json`. `name` is the file's, for the sentence if it is the wrong one.
    ReadClient {
        name: String,
        text: String,
    },
    /// Keeps a pasted client id, without a secret.
    UseClientId {
        client_id: String,
    },
    /// Forgets the client and its secret; refused with a trouble while signed in.
    ForgetClient,
    /// Prepares the way to Google's consent page. Answer: [`Answer::GoTo`].
    BeginSignIn {
        access: Access,
        way: Way,
    },
    /// What came back from Google in the address: the query with `?`, or the fragment with `#`. Answer: [`Answer::SignedIn`].
    FinishSignIn {
        callback: String,
    },
    /// Sandbox only: the person's choice on the pretend consent screen. Answer: [`Answer::Callback`].
    Consent {
        url: String,
        allow: bool,
        scopes: Vec<String>,
    },
    /// Sandbox only: what the pretend consent screen asks. Answer: [`Answer::ConsentScreen`].
    ShowConsent {
        url: String,
    },
    /// Sandbox only: forgets everything of this world and begins anew with a library of so many media items, a million
    /// at most. The world must be opened again afterwards.
    PretendLibrary {
        items: u32,
    },
    /// Revokes the grant, deletes tokens, and the rows that came through the account if `remove_rows`.
    SignOut {
        remove_rows: bool,
    },
    /// Deletes everything of this world on the device, the client too.
    ForgetEverything,
    /// Fetches the app-created media items taken in these days; `None` is all of them.
    Sync {
        days: Option<DayRange>,
        media: Media,
    },
    /// Goes on with a fetch that was paused or broken off (also by a closed tab).
    ResumeSync,
    PauseSync,
    CancelSync,
    /// Every field of one row. Answer: [`Answer::Details`].
    Details {
        row: u32,
    },
    /// The rows in whose file name or description all words of the text occur, whatever their case. Answer:
    /// [`Answer::Found`].
    FindText {
        text: String,
    },
    /// Has Google change the description of one row. Answer: [`Answer::Details`], the item as Google has it now.
    EditDescription {
        row: u32,
        description: String,
    },
    /// Some rows as text, a line each, at most [`MOST_WRITTEN`]. Answer: [`Answer::Written`].
    Write {
        rows: Vec<u32>,
        what: Written,
    },
    /// Where the pictures of these rows can be had, at most 50. Answer: [`Answer::Pictures`]. `fresh` rows were
    /// refused by the image host with the address they had, and want a new one.
    Pictures {
        rows: Vec<u32>,
        fresh: bool,
    },
    /// The whole of a photo or video, to be saved or played. Answer: [`Answer::Original`].
    Original {
        row: u32,
    },
    /// Sandbox only: the bytes behind a base URL with its size suffix. Answer: [`Answer::PictureBytes`].
    PictureBytes {
        url: String,
    },
    /// Puts files into the upload queue; the `File`s travel beside the message in the same order.
    AddFiles {
        files: Vec<NewFile>,
    },
    Describe {
        upload: u32,
        description: String,
    },
    /// Takes a row out of the queue: waiting, failed or done.
    RemoveUpload {
        upload: u32,
    },
    /// Failed ones wait again.
    RetryUploads {
        uploads: Vec<u32>,
    },
    StartUploads,
    PauseUploads,
    /// Takes all that is finished out of the list.
    ClearUploads,
}

/// Rows that are written down in one answer; who wants more asks again.
pub const MOST_WRITTEN: usize = 4096;

/// What of a row is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Written {
    /// The media item's id.
    Ids,
    /// Every field, as one line of JSON in the shape of Google's `mediaItems`.
    MediaItems,
}

/// How to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub world: World,
    /// The page's base address, absolute, with a slash at its end: the OAuth redirect URI, and part of every
    /// database's name.
    pub base: String,
}

/// What a sign-in asks Google for. Each includes the sign-in itself (`openid email`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// `photoslibrary.readonly.appcreateddata`
    Read,
    /// Read and `photoslibrary.appendonly`
    Upload,
    /// Read and `photoslibrary.edit.appcreateddata`
    Edit,
}

/// How the browser goes to the consent page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    Redirect,
    /// In a window of its own; `boot.js` tells by the state's ending (`.p`) that it is in one, hands the callback on
    /// by BroadcastChannel and closes it.
    PopUp,
}

/// Which media to fetch (Google's `mediaTypeFilter`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Media {
    #[default]
    All,
    Photos,
    Videos,
}

/// A file from the dialog or a drop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFile {
    pub name: String,
    pub size: u64,
    /// As the browser says it; may be empty.
    pub mime_type: String,
    /// `File.lastModified`, milliseconds since the epoch.
    pub modified_ms: i64,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    Done,
    Opened(Box<Opened>),
    /// Go there: Google's consent page.
    GoTo {
        url: String,
    },
    SignedIn(Account),
    ConsentScreen(ConsentScreen),
    /// The address Google would have sent the browser back to.
    Callback {
        url: String,
    },
    Details(Box<Details>),
    /// How many rows were found; which they are (`catalog::RowSet`) travels beside the message.
    Found {
        count: u32,
        /// Stored texts that could not be read, and why; told once.
        set_aside: Vec<String>,
    },
    /// The text travels beside the message, in UTF-8. `lines` may be fewer than were asked for: of a row that could not
    /// be read nothing is written.
    Written {
        lines: u32,
    },
    /// `None`: the item is gone, or may no longer be seen.
    Pictures(Vec<(u32, Option<String>)>),
    /// The bytes travel beside the message.
    PictureBytes {
        mime_type: String,
    },
    Original(Original),
    /// How many of the files were already in the queue (same name, size and date) and were not added again.
    Added {
        already: u32,
    },
}

/// The whole of a photo (as it was uploaded, but for the place) or of a video (as Google plays it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Original {
    /// The bytes travel beside the message.
    Here {
        /// One that every system takes.
        file_name: String,
        mime_type: String,
    },
    /// This page cannot have the bytes; a person can open the address, for about an hour. `limit` is how many bytes the
    /// page would take, where there are more; without one Google lets no page read them.
    Elsewhere { url: String, limit: Option<u64> },
    /// Google has not made the video playable yet.
    Processing,
    /// Google could not make the video playable.
    Unplayable,
}

/// What there is when a world opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    pub client: Option<Client>,
    pub account: Option<Account>,
    /// A fetch that can be taken up again, or the last one's end.
    pub sync: Option<SyncState>,
    pub uploads: Vec<Upload>,
    pub quota: Quota,
    /// Whether this browser keeps the store after it closes, as far as it tells.
    pub keeps: bool,
    /// Stored parts of the catalog that could not be read, and why. They are left in the store; the rest is open.
    pub set_aside: Vec<String>,
}

/// The OAuth client in use, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    pub client_id: String,
    pub kind: ClientKind,
    pub has_secret: bool,
}

/// Google's kinds of OAuth client that a page can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientKind {
    Web,
    /// "Desktop app": allowed on loopback only.
    Desktop,
}

/// Whose library it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub email: String,
    /// What the person granted; they may have unticked some.
    pub may_read: bool,
    pub may_upload: bool,
    pub may_edit: bool,
    /// Signed in for an hour at most: no refresh token was given.
    pub until_ms: Option<i64>,
}

/// The pretend consent screen, as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentScreen {
    pub app_name: String,
    pub email: String,
    /// Scope and the sentence Google shows for it.
    pub scopes: Vec<(String, String)>,
}

/// Every field of one media item, read from the cold columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Details {
    pub row: u32,
    pub item: MediaItem,
}

/// What the worker tells unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum News {
    /// First of all, also in this list: builds that agree on nothing else can still tell that they differ.
    Ready {
        version: u32,
        build: String,
    },
    /// Hot segments that changed, by number; their encoded records travel beside the message in the same order.
    /// `cameras` is the whole dictionary when it grew.
    Segments {
        numbers: Vec<u32>,
        cameras: Option<Vec<crate::photo::Camera>>,
    },
    /// All rows are gone.
    Emptied,
    /// `None`: signed out.
    Account(Option<Account>),
    Client(Option<Client>),
    Sync(SyncState),
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

/// A fetch, as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncState {
    pub work: Work,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn builds_that_agree_on_nothing_else_can_tell_that_they_differ() {
        let ready = ToPage::News(News::Ready { version: 7, build: "ab".into() });
        assert_eq!(write(&ready), [1, 0, 7, 2, b'a', b'b']);
    }

    #[test]
    fn what_is_cut_off_or_goes_on_is_no_message() {
        let message = ToWorker { ask: 300, wish: Wish::FinishSignIn { callback: "?code=1".into() } };
        let bytes = write(&message);
        assert_eq!(read(&bytes), Ok(message));
        for length in 0..bytes.len() {
            assert!(read::<ToWorker>(&bytes[..length]).is_err(), "{length}");
        }
        assert!(read::<ToWorker>(&[&bytes[..], &[0]].concat()).is_err());
    }

    proptest! {
        #[test]
        fn a_wish_arrives_as_it_was_sent(ask: u32, name: String, size: u64, mime_type: String, modified_ms: i64) {
            let files = vec![NewFile { name, size, mime_type, modified_ms }];
            let message = ToWorker { ask, wish: Wish::AddFiles { files } };
            prop_assert_eq!(read(&write(&message)), Ok(message));
        }

        #[test]
        fn an_answer_arrives_as_it_was_sent(ask: u32, missing: Vec<String>, status: u16, fetched: bool) {
            let answer = match fetched {
                true => Ok(Answer::Pictures(vec![(ask, missing.first().cloned()), (0, None)])),
                false => Err(Trouble::EngineStopped { message: format!("{status} {missing:?}") }),
            };
            let message = ToPage::Answer { ask, answer };
            prop_assert_eq!(read(&write(&message)), Ok(message));
        }

        #[test]
        fn nothing_that_arrives_can_break_the_reader(bytes: Vec<u8>) {
            let _ = (read::<ToPage>(&bytes), read::<ToWorker>(&bytes));
        }
    }
}
