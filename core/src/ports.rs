//! What the core asks of the world, and nothing more.
//!
//! The browser's adapters implement these; host tests implement them with scripts. Futures are not `Send`: page and
//! worker are single-threaded. Dropping a future cancels what it was doing.

use std::future::ready;
use std::ops::Range;

use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::photo::Place;

/// An HTTP method that Google's APIs use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    Get,
    Post,
    Patch,
    Options,
}

/// Bytes to send.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Body {
    #[default]
    Empty,
    Bytes(Vec<u8>),
    /// A file that the shell holds; the core never sees its bytes.
    File(FileId),
}

/// A file that the shell holds open. The core treats it as a name and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// Why bytes of a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum FileError {
    /// It was moved, deleted or changed since it was chosen, or may no longer be read.
    #[error("the file is gone, or was changed since it was chosen")]
    Gone,
    #[error("the file could not be read: {message}")]
    Failed { message: String },
}

/// Slices of files that the shell holds.
#[allow(async_fn_in_trait, reason = "single-threaded: no Send bound is wanted")]
pub trait ReadAt {
    /// The bytes of `file` from `at` on: `length` of them, and fewer only where the file ends sooner.
    async fn read_at(&self, file: FileId, at: u64, length: u32) -> Result<Vec<u8>, FileError>;
}

/// Where the bytes of a picture are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    Bytes(Vec<u8>),
    /// In a file that the shell holds, as they are; the core never sees them.
    InFile {
        file: FileId,
        range: Range<u64>,
    },
}

/// A picture that is small enough to be kept and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallPicture {
    pub mime_type: String,
    pub bytes: Vec<u8>,
}

/// Why a picture could not be made small.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ShrinkError {
    /// It is damaged, or of a type that this browser does not decode.
    #[error("the picture could not be decoded")]
    Undecodable,
    #[error(transparent)]
    File(#[from] FileError),
    /// This browser makes no pictures where the engine runs.
    #[error("this browser makes no small pictures")]
    Unavailable,
}

/// Pictures decoded and made small.
#[allow(async_fn_in_trait, reason = "single-threaded: no Send bound is wanted")]
pub trait Shrink {
    /// The picture, turned as its file says, with at most `longest_px` pixels on its longer side. One that is smaller
    /// stays as large as it is. `mime_type` is a hint: what its bytes are decides.
    async fn shrink(&self, picture: Picture, mime_type: &str, longest_px: u32) -> Result<SmallPicture, ShrinkError>;
}

/// Whether the reply can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reading {
    /// Ordinary cross-origin request: the reply is read if the server's CORS headers allow it.
    #[default]
    Readable,
    /// `no-cors`: sent, never read. The reply's status is 0 and its body empty.
    Blind,
}

/// A request as the core words it. Credentials are never sent, and no referrer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// Absolute `https` address.
    pub url: String,
    /// Header names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Body,
    pub reading: Reading,
}

impl Request {
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            url: url.into(),
            headers: Vec::new(),
            body: Body::Empty,
            reading: Reading::Readable,
        }
    }

    pub fn post(url: impl Into<String>, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            method: Method::Post,
            url: url.into(),
            headers: vec![("content-type".into(), content_type.into())],
            body: Body::Bytes(body.into()),
            reading: Reading::Readable,
        }
    }

    /// Adds a header; `name` in lower case.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds `Authorization: Bearer …` (RFC 6750, section 2.1).
    #[must_use]
    pub fn bearer(self, access_token: &str) -> Self {
        self.header("authorization", format!("Bearer {access_token}"))
    }
}

/// A reply with any status. Header names are in lower case. Of all headers the shell need give only the type of what was
/// got by [`Method::Get`], and of a refusal how long to wait; and a page sees only those that CORS exposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

/// No reply could be read. A browser does not tell a dead network from a CORS refusal.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum HttpError {
    #[error("{host} did not answer, or its answer may not be read by a page")]
    Unreachable { host: String },
    /// The reply was not read to its end: it has more bytes than the shell takes into memory.
    #[error("the reply of {host} is larger than {limit} bytes")]
    TooLarge { host: String, limit: u64 },
    /// The file behind a [`Body::File`] is gone or changed since it was chosen.
    #[error("the file can no longer be read")]
    FileGone,
}

/// Requests out, replies in.
#[allow(async_fn_in_trait, reason = "single-threaded: no Send bound is wanted")]
pub trait Http {
    /// Sends `request`. `sent` hears how many bytes of the body have left, if the shell can tell.
    async fn send(&self, request: Request, sent: &dyn Fn(u64)) -> Result<Reply, HttpError>;
}

/// What time it is, and waiting.
#[allow(async_fn_in_trait, reason = "single-threaded: no Send bound is wanted")]
pub trait Clock {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_ms(&self) -> i64;
    async fn sleep(&self, ms: u64);
    /// Waits until whatever else has happened has had its turn: other work, and what the world outside has to tell.
    async fn turn(&self);
}

/// Unpredictable bytes.
pub trait Entropy {
    fn fill(&self, bytes: &mut [u8]);
}

/// Named records of bytes. See `store::keys` for the names.
#[allow(async_fn_in_trait, reason = "single-threaded: no Send bound is wanted")]
pub trait Store {
    /// The records of these names, in the same order; `None` where there is none.
    async fn read(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError>;
    /// The names that begin with `prefix`, in ascending order of their UTF-8 bytes.
    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
    /// All of `batch` or nothing of it. When it returns, the change is visible to every later read.
    async fn commit(&self, batch: Batch) -> Result<(), StoreError>;
}

/// Changes that happen together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub puts: Vec<(String, Vec<u8>)>,
    pub deletes: Vec<String>,
    /// Names that begin with one of these are deleted before anything is put.
    pub delete_prefixes: Vec<String>,
    /// Whether the write must reach the disk before it is reported done (IndexedDB durability "strict").
    pub strict: bool,
}

/// Why the device did not keep or give something.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum StoreError {
    #[error("the device has no room left for this page")]
    Full,
    #[error("this browser keeps nothing for this page")]
    Unavailable,
    /// Another tab holds a newer or older version open.
    #[error("another tab of this page blocks its storage")]
    Blocked,
    #[error("the stored data is of a newer version ({found}) than this page knows ({known})")]
    TooNew { found: u32, known: u32 },
    #[error("the browser's storage failed: {message}")]
    Failed { message: String },
}

/// Secrets are sealed before they are stored.
#[allow(async_fn_in_trait, reason = "single-threaded: no Send bound is wanted")]
pub trait Vault {
    async fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError>;
    async fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, VaultError>;
}

/// A sealed record could not be made or read.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum VaultError {
    /// The key is gone or the record was tampered with: its content is lost.
    #[error("the stored secret can no longer be read")]
    Broken,
    #[error("this browser cannot encrypt for this page: {message}")]
    Unavailable { message: String },
}

/// At most one tab does something at a time (Web Locks).
#[allow(async_fn_in_trait, reason = "single-threaded: no Send bound is wanted")]
pub trait Locks {
    /// Runs `work` while no other tab holds `name`.
    async fn exclusive<T>(&self, name: &str, work: impl Future<Output = T>) -> T;
}

/// A library that is made on the device instead of being fetched.
pub trait Maker {
    /// How many media items it has in all.
    fn items(&self) -> u32;
    /// The page that begins where this token of the page before says, or the first one: what `mediaItems:search` would
    /// reply, without a request.
    fn page(&self, page_token: Option<&str>) -> Reply;
}

/// Offsets from UTC all over the world. What is not known, or not loaded, is `None`.
pub trait Zones {
    /// Ends when the map of zones is here; until then no place has an offset. Later calls end at once.
    ///
    /// # Errors
    /// The page's own host did not give it. Who asks again may have it.
    fn load(&self) -> LocalBoxFuture<'_, Result<(), HttpError>> {
        Box::pin(ready(Ok(())))
    }

    /// Minutes to add to UTC at a place and an instant (seconds since 1970-01-01T00:00:00Z).
    fn at_place(&self, place: Place, utc_s: i64) -> Option<i32>;
    /// Minutes to add to UTC where the person is, at an instant.
    fn of_person(&self, utc_s: i64) -> Option<i32>;

    /// Minutes to add to UTC in the zone of an IANA name, at an instant. It needs no map.
    fn named(&self, _name: &str, _utc_s: i64) -> Option<i32> {
        None
    }
}

/// No zone is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoZones;

impl Zones for NoZones {
    fn at_place(&self, _: Place, _: i64) -> Option<i32> {
        None
    }

    fn of_person(&self, _: i64) -> Option<i32> {
        None
    }
}

/// All ports together, as the engine takes them.
pub trait World {
    type Http: Http;
    type Clock: Clock;
    type Entropy: Entropy;
    type Store: Store;
    type Vault: Vault;
    type Locks: Locks;
    type Files: ReadAt;
    type Shrink: Shrink;
    type SmallPictures: Store;
    fn http(&self) -> &Self::Http;
    fn clock(&self) -> &Self::Clock;
    fn entropy(&self) -> &Self::Entropy;
    fn store(&self) -> &Self::Store;
    fn vault(&self) -> &Self::Vault;
    fn locks(&self) -> &Self::Locks;
    /// The files that the page has given.
    fn files(&self) -> &Self::Files;
    fn shrink(&self) -> &Self::Shrink;
    /// Where small pictures are kept; nothing else is.
    fn small_pictures(&self) -> &Self::SmallPictures;

    /// The zones of the world, where they are known.
    fn zones(&self) -> &dyn Zones {
        &NoZones
    }

    /// Who makes this world's library on the device, where it is not to be fetched.
    fn maker(&self) -> Option<&dyn Maker> {
        None
    }
}
