//! What the page may wish.

use serde::{Deserialize, Serialize};

use super::{NewPart, World};
use crate::export::Format;
use crate::photo::{Correction, DayRange, Exposed};
use crate::table::{Column, SortKey};

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
    /// The page has drawn what it was told by [`News::Rows`](super::News::Rows), by [`News::Import`](super::News::Import)
    /// or by its opening: once for each.
    Drawn,
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
    /// Makes the library on the device instead of fetching it, where [`Opened::makes`](super::Opened) says so. What is
    /// known already is not doubled. News, pause and the like are those of a fetch.
    MakeLibrary,
    PauseSync,
    CancelSync,
    /// All albums that are kept. Answer: [`Answer::Albums`].
    Albums,
    /// Every field of one row. Answer: [`Answer::Details`].
    Details {
        row: u32,
    },
    /// What a correction, or taking it back, would make of the time of one row. Answer: [`Answer::Tried`].
    TryCorrection {
        row: u32,
        correction: Option<Correction>,
    },
    /// Corrects the times of rows (a `catalog::RowSet` as bytes), in place of how they were corrected before; without a
    /// correction, takes those back. It goes on after any break; how far it is is told as [`News::Correcting`](super::News).
    CorrectTimes {
        rows: Vec<u8>,
        correction: Option<Correction>,
    },
    /// Goes on where the correction of times stopped.
    ResumeCorrecting,
    /// Ends it. What is corrected so far stays so.
    CancelCorrecting,
    /// The rows in whose file name or description all words of the text occur, whatever their case. Answer:
    /// [`Answer::Found`].
    FindText {
        text: String,
    },
    /// Reads what a search looks through, if that was not done yet: the first one then takes no longer than others.
    ReadTexts,
    /// Has Google change the description of one row. Answer: [`Answer::Details`], the item as Google has it now.
    EditDescription {
        row: u32,
        description: String,
    },
    /// The media item ids of some rows as text, a line each, at most [`MOST_WRITTEN`]. Answer: [`Answer::Written`].
    WriteIds {
        rows: Vec<u32>,
    },
    /// Begins to write rows (as `table::write_rows` writes them) down as a file, in this order, in place of one that is
    /// under way. Answer: [`Answer::ExportBegun`].
    BeginExport {
        rows: Vec<u8>,
        format: Format,
    },
    /// The next piece of that file. Answer: [`Answer::Exported`].
    NextOfExport {
        export: u32,
    },
    /// Ends an export before its last piece. One that has ended already stays so.
    CancelExport {
        export: u32,
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
        which: Which,
    },
    /// The next bytes of an [`Original::InPieces`](super::Original), of which `reader` has had `from`. Answer:
    /// [`Answer::Piece`]; [`Answer::Original`], where no more can be had, says why. Pieces before the last are proven by
    /// nothing.
    NextOfOriginal {
        /// Any number that no other reader has.
        reader: u32,
        row: u32,
        which: Which,
        from: u64,
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
    /// Puts parts of an export beside those that are known; the `File`s travel beside the message in the same order. A
    /// part that is known and was away is at hand again. A large folder comes in several of these.
    AddParts {
        parts: Vec<NewPart>,
    },
    /// Reads what was added, or goes on where an import stands.
    StartImport,
    PauseImport,
    /// Ends an import. What it has kept so far stays.
    CancelImport,
    /// What the imports came to. Answer: [`Answer::Import`].
    ImportReport,
    /// Takes all that came by exports out of the catalog again, and forgets the imports. What the account tells too
    /// becomes again what the account says.
    RemoveImports,
    /// Small pictures of rows that came by an export, at most 50. Answer: [`Answer::Thumbnails`].
    Thumbnails {
        rows: Vec<u32>,
    },
    /// Empties the store of small pictures.
    ForgetThumbnails,
    /// Puts rows (as `table::write_rows` writes them) in order by these keys, the first counting most; what says the same
    /// stays in the order in which it comes. Answer: [`Answer::Sorted`], or [`Answer::Done`] once another order was asked
    /// for meanwhile.
    Sort {
        // A million rows: byte by byte they would take longer than a frame.
        #[serde(with = "serde_bytes")]
        rows: Vec<u8>,
        keys: Vec<SortKey>,
    },
    /// What some rows say in some columns, at most [`MOST_WRITTEN`] rows. Answer: [`Answer::Cells`].
    Cells {
        rows: Vec<u32>,
        columns: Vec<Column>,
    },
    /// The same as lines of tab-separated values, a line for each row. Answer: [`Answer::Written`].
    CellLines {
        rows: Vec<u32>,
        columns: Vec<Column>,
    },
    /// What a column of these rows (a `catalog::RowSet` as bytes) holds in short. Answer: [`Answer::Summary`], or
    /// [`Answer::Done`] once another summary was asked for meanwhile.
    Summarize {
        rows: Vec<u8>,
        column: Column,
    },
    /// The rows that were so exposed. Answer: [`Answer::Found`].
    FindExposed {
        exposed: Exposed,
    },
    /// Counts rows (a `catalog::RowSet` as bytes) by how they were exposed; each count leaves out what `exposed` asks of
    /// its own fact. Answer: [`Answer::Exposures`].
    CountExposures {
        rows: Vec<u8>,
        exposed: Exposed,
    },
}

/// Media items of a pretend library that a day's requests can fetch, with some of them left for pictures. A larger one is
/// made on the device.
pub const MOST_FETCHED: u32 = 800_000;

/// Rows that are written down in one answer; who wants more asks again.
pub const MOST_WRITTEN: usize = 4096;

/// Which of the files of a row; a row of the account has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Which {
    /// The copy that was edited in Google Photos where there is one, else the file itself.
    #[default]
    Shown,
    /// The same, and only as an export has it.
    InExport,
    /// As it was before it was edited.
    Unedited,
    /// The moving half of a still.
    Motion,
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
