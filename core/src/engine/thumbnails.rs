//! Small pictures of rows that came by an export: those that are kept, else made of the part that holds the photo.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::stream;

use super::import::{EntryAway, RowFiles};
use super::{Answered, Engine};
use crate::ports::{Clock, SmallPicture, World};
use crate::protocol::{Answer, News, Thumbnail, ThumbnailOf};
use crate::store::Bounded;
use crate::takeout::import::FileRef;
use crate::takeout::thumbnail::{MOST_AT_ONCE, Made, Room, passing, thumbnail};
use crate::trouble::Trouble;

/// Rows of one question.
const MOST_ROWS: usize = 50;
/// Bytes of small pictures that are kept on the device: some ten thousand.
const MOST_KEPT_BYTES: u64 = 256 << 20;
/// Where the browser keeps nothing they are in memory.
const MOST_BYTES_IN_MEMORY: u64 = 32 << 20;
/// Pictures that are made at the same time, as far as there is room.
const AT_ONCE: usize = 3;
/// How long new pictures are gathered before they are kept.
const KEEP_AFTER_MS: u64 = 1_000;
/// So many that pass are kept at once.
const MOST_WAITING: usize = 64;
/// The types of small pictures, by the first byte of their records.
const TYPES: [&str; 4] = ["image/jpeg", "image/webp", "image/png", "image/gif"];

/// What is known of small pictures.
pub(super) struct Small {
    kept: Bounded,
    room: Room,
    /// Whether a job waits to keep what is new.
    will_keep: Cell<bool>,
}

impl Small {
    /// `keeps` is whether the browser keeps them after it closes.
    pub(super) fn new(keeps: bool) -> Self {
        let most_bytes = if keeps { MOST_KEPT_BYTES } else { MOST_BYTES_IN_MEMORY };
        Self { kept: Bounded::new(most_bytes), room: Room::new(MOST_AT_ONCE), will_keep: Cell::new(false) }
    }
}

impl<W: World + 'static> Engine<W> {
    /// The small pictures of rows, in their order.
    pub(super) async fn thumbnails(self: &Rc<Self>, mut rows: Vec<u32>) -> Answered {
        rows.truncate(MOST_ROWS);
        let files = self.files_of_all(&rows).await?;
        let files: Vec<Vec<FileRef>> =
            files.into_iter().map(|files| files.map(shown_first).unwrap_or_default()).collect();
        let keys: Vec<u64> = files.iter().flatten().filter_map(|file| self.file_key(*file)).collect();
        // A store that cannot be read costs the making of the pictures, and no more.
        let records = self.small.kept.read(self.world.small_pictures(), &keys).await.unwrap_or_default();
        let kept = |file: FileRef| {
            let key = self.file_key(file)?;
            let at = keys.iter().position(|known| *known == key)?;
            decode(records.get(at)?.as_deref()?)
        };
        let found = files.iter().map(|files| files.iter().find_map(|file| kept(*file)));
        let work: Vec<_> = found.zip(&files).collect();
        let made: Vec<Result<SmallPicture, Thumbnail>> = stream::iter(work)
            .map(|(found, files)| async move {
                match found {
                    Some(picture) => Ok(picture),
                    None => self.make(files).await,
                }
            })
            .buffered(AT_ONCE)
            .collect()
            .await;
        if self.small.kept.waiting() > 0 {
            self.keep_small_soon();
        }
        let (mut told, mut buffers) = (Vec::with_capacity(rows.len()), Vec::new());
        for (row, made) in rows.into_iter().zip(made) {
            let (thumbnail, file_name) = match made {
                Ok(SmallPicture { mime_type, bytes }) => {
                    buffers.push(bytes);
                    (Thumbnail::Here { mime_type }, String::new())
                }
                Err(why) => {
                    let item = self.ledger().details(self.world.store(), row).await?;
                    (why, item.map(|item| item.file_name).unwrap_or_default())
                }
            };
            told.push(ThumbnailOf { row, thumbnail, file_name });
        }
        Ok((Answer::Thumbnails(told), buffers))
    }

    /// Empties the store of small pictures.
    pub(super) async fn forget_thumbnails(&self) -> Result<Answer, Trouble> {
        self.small.kept.forget(self.world.small_pictures()).await?;
        self.news(News::ThumbnailBytes(0));
        Ok(Answer::Done)
    }

    /// Counts what is kept of them, beside whatever else goes on.
    pub(super) fn count_thumbnails(self: &Rc<Self>) {
        let engine = Rc::clone(self);
        (self.spawn)(Box::pin(async move { engine.tell_thumbnail_bytes().await }));
    }

    /// Takes what can be had of a file while its part is streamed: it cannot be had again. `head` are the first bytes of
    /// `size`.
    pub(super) async fn keep_passing(&self, file: FileRef, head: &[u8], size: u64) {
        let (Some(key), Some(picture)) = (self.file_key(file), passing(head, size)) else { return };
        self.put_small(key, &picture);
        if self.small.kept.waiting() >= MOST_WAITING {
            self.keep_small().await;
        }
    }

    /// Keeps what has passed and still waits.
    pub(super) async fn keep_passed(&self) {
        self.keep_small().await;
    }

    async fn make(&self, files: &[FileRef]) -> Result<SmallPicture, Thumbnail> {
        let mut why = Thumbnail::NotHere;
        for file in files {
            let (part, entry) = match self.entry(*file).await {
                Ok(found) => found,
                Err(away) => {
                    why = of_away(away);
                    continue;
                }
            };
            let made = thumbnail(self.world.files(), self.world.shrink(), &self.small.room, &part, &entry).await;
            why = match made {
                Made::Here(picture) => {
                    if let Some(key) = self.file_key(*file) {
                        self.put_small(key, &picture);
                    }
                    return Ok(picture);
                }
                Made::Unknown { mime_type } => Thumbnail::Unknown { mime_type },
                Made::Passed => Thumbnail::Passed,
                Made::Broken => Thumbnail::Broken,
                Made::Away => Thumbnail::PartAway { part: part.name },
            };
        }
        Err(why)
    }

    fn put_small(&self, key: u64, picture: &SmallPicture) {
        let kind = TYPES.iter().position(|known| *known == picture.mime_type);
        if let Some(kind) = kind {
            self.small.kept.put(key, [&[kind as u8], picture.bytes.as_slice()].concat());
        }
    }

    fn keep_small_soon(self: &Rc<Self>) {
        if self.small.will_keep.replace(true) {
            return;
        }
        let engine = Rc::clone(self);
        (self.spawn)(Box::pin(async move {
            engine.world.clock().sleep(KEEP_AFTER_MS).await;
            engine.small.will_keep.set(false);
            engine.keep_small().await;
        }));
    }

    async fn keep_small(&self) {
        if self.small.kept.waiting() == 0 {
            return;
        }
        // Whatever is not kept is made again when it is looked at.
        let _ = self.small.kept.keep(self.world.small_pictures()).await;
        self.tell_thumbnail_bytes().await;
    }

    async fn tell_thumbnail_bytes(&self) {
        if let Ok(bytes) = self.small.kept.bytes(self.world.small_pictures()).await {
            self.news(News::ThumbnailBytes(bytes));
        }
    }
}

/// The files that a row can be shown by, the best one first.
fn shown_first(files: RowFiles) -> Vec<FileRef> {
    files.edited.into_iter().chain([files.main]).collect()
}

fn of_away(away: EntryAway) -> Thumbnail {
    match away {
        EntryAway::PartAway { part } => Thumbnail::PartAway { part },
        EntryAway::Passed { .. } => Thumbnail::Passed,
        EntryAway::Unknown => Thumbnail::NotHere,
        EntryAway::Broken(_) => Thumbnail::Broken,
    }
}

/// A record: the type, and the picture's bytes. One that cannot be read is as good as none.
fn decode(record: &[u8]) -> Option<SmallPicture> {
    let (kind, bytes) = record.split_first()?;
    let mime_type = (*TYPES.get(usize::from(*kind))?).to_owned();
    Some(SmallPicture { mime_type, bytes: bytes.to_vec() })
}
