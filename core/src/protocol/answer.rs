//! What the worker answers.

use serde::{Deserialize, Serialize};

use super::{ImportReport, ImportState, NewPart, Quota, SyncState, ThumbnailOf, Upload};
use crate::photo::{Facet, MediaItem, Moment};
use crate::table::Summary;

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
    /// The encoded records travel beside the message. `listed` is as in [`News::Albums`](super::News::Albums).
    Albums {
        listed: bool,
        /// Stored albums that could not be read, and why.
        set_aside: Vec<String>,
    },
    Details(Box<Details>),
    /// When a photo was taken as it counts now, as its sources say it, and as it would count; `None` where no source
    /// tells an instant, or the zone is not known.
    Tried {
        shown: Moment,
        told: Moment,
        after: Option<Moment>,
    },
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
    /// An export of so many rows is under way; each piece of it is to be asked for.
    ExportBegun {
        export: u32,
        rows: u32,
    },
    /// The next bytes of an export travel beside the message. Of Parquet they are columns (`export::Columns`), in as many
    /// buffers as the file is to have row groups of them: who asks has the file made of those.
    Exported {
        /// Rows that were gone through so far.
        done: u32,
        /// Of those, how many are in the file: some formats hold only rows whose place is known.
        written: u32,
        is_last: bool,
    },
    /// `None`: the item is gone, or may no longer be seen.
    Pictures(Vec<(u32, Option<String>)>),
    /// The bytes travel beside the message.
    PictureBytes {
        mime_type: String,
    },
    Original(Original),
    /// The next bytes of a file of `size` bytes travel beside the message.
    Piece {
        size: u64,
        is_last: bool,
    },
    Import(Box<ImportReport>),
    /// The bytes of those that are here travel beside the message, in their order.
    Thumbnails(Vec<ThumbnailOf>),
    /// How many of the files were already in the queue (same name, size and date) and were not added again.
    Added {
        already: u32,
    },
    /// The rows in their order travel beside the message, four bytes each, little-endian.
    Sorted,
    /// A line for each row, in the order in which they were named, with a text for each column.
    Cells(Vec<Vec<String>>),
    Summary(Summary),
    Exposures {
        numbers: Box<ExposureNumbers>,
        /// Stored records that could not be read, and why; told once.
        set_aside: Vec<String>,
    },
}

/// Rows by how they were exposed. Each count leaves out what the filter asks of its own fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExposureNumbers {
    /// Names of lenses, the most used first; the empty one is of those that have none known.
    pub lenses: Vec<(String, u32)>,
    /// By class (`Facet::starts`), for each of `Facet::ALL`.
    pub classes: [Vec<u32>; Facet::ALL.len()],
    /// How many are counted in each chart and know nothing of its fact, for each of `Facet::ALL`.
    pub unknown: [u32; Facet::ALL.len()],
    /// How many of the focal lengths are 35 mm equivalents.
    pub equivalents: u32,
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
    /// The bytes are in a part of an export that the page has at hand: `length` of them from `start` on.
    InPart { part: NewPart, start: u64, length: u64, file_name: String, mime_type: String },
    /// It is packed in a part of an export, and comes in pieces ([`Wish::NextOfOriginal`](super::Wish)).
    InPieces { file_name: String, mime_type: String },
    /// The part of the export that holds it is not at hand.
    PartAway { part: String },
    /// It is packed in an archive that can only be read from its beginning on.
    Packed { part: String },
    /// It is packed in an archive, and unpacked it has more bytes than the page takes.
    TooLarge { part: String, size: u64, limit: u64 },
    /// What the part holds of it is damaged.
    Broken { part: String },
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
    /// An import that can be taken up again, or the last one's end.
    pub import: Option<ImportState>,
    /// Bytes of small pictures kept on the device; 0 until they are counted, which is told as
    /// [`News::ThumbnailBytes`](super::News::ThumbnailBytes).
    pub thumbnail_bytes: u64,
    pub uploads: Vec<Upload>,
    pub quota: Quota,
    /// How many photos this world's library has, where it is made on the device instead of being fetched.
    pub makes: Option<u32>,
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
