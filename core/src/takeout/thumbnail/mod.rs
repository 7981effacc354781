//! Small pictures of the photos of an export: the one that a photo carries itself where it is good enough, else the photo
//! decoded and made small. Only as much is read and decoded at a time as the device bears.

mod embedded;
mod room;
#[cfg(test)]
mod tests;

pub use embedded::{Embedded, passing};
pub use room::Room;

use super::archive::zip::Merging;
use super::archive::{ArchiveError, Entry, Fault, Flaw, Part, Place, Take, run};
use super::exif::{Format, HEAD_BYTES, MediaFacts};
use super::item::mime_type_of;
use crate::ports::{Picture, ReadAt, Shrink, ShrinkError, SmallPicture};

/// Pixels on the longer side of a small picture.
pub const LONGEST_PX: u32 = 384;
/// Bytes that may be decoded at the same time; a picture that takes more is decoded alone.
pub const MOST_AT_ONCE: u64 = 160 << 20;

/// A larger file is not decoded.
const MOST_BYTES: u64 = 100 << 20;
/// A file that is packed is unpacked in the engine's own memory, which never shrinks.
const MOST_PACKED_BYTES: u64 = 48 << 20;
/// A picture of more pixels is not decoded.
const MOST_PIXELS: u64 = 120_000_000;
/// What a decoded pixel takes.
const PIXEL_BYTES: u64 = 4;
/// Of a picture whose size is not known: what a byte of it may become.
const GUESSED_RATIO: u64 = 8;

/// What became of a small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    Here(SmallPicture),
    /// The browser decodes no pictures of this type, or none that are so large.
    Unknown {
        mime_type: String,
    },
    /// It can only be had while its part is streamed.
    Passed,
    Broken,
    /// The part could not be read any more.
    Away,
}

/// Makes the small picture of a file.
pub async fn thumbnail(files: &impl ReadAt, shrink: &impl Shrink, room: &Room, part: &Part, entry: &Entry) -> Made {
    let mime_type = mime_type_of(&entry.name);
    let unknown = || Made::Unknown { mime_type: mime_type.to_owned() };
    if mime_type.starts_with("video/") {
        return unknown();
    }
    if matches!(entry.place, Place::Tar { at: None }) {
        return Made::Passed;
    }
    let head = match bytes(files, part, entry, Take::Head(HEAD_BYTES as u32)).await {
        Ok(head) => head,
        Err(why) => return why,
    };
    let embedded = Embedded::of(head, entry.size);
    if embedded.is_video() {
        return unknown();
    }
    if let Some(picture) = embedded.good() {
        return Made::Here(picture);
    }
    let instead = |why: Made| embedded.any().map_or(why, Made::Here);
    if !may_decode(entry, &embedded.facts) {
        return instead(unknown());
    }
    let _taken = room.take(cost(entry, &embedded.facts)).await;
    let picture = match run::locate(files, part, entry).await {
        Ok(Some((file, range))) => Picture::InFile { file, range },
        Ok(None) if entry.size <= MOST_PACKED_BYTES => {
            match bytes(files, part, entry, Take::Whole(MOST_PACKED_BYTES as u32)).await {
                Ok(bytes) => Picture::Bytes(bytes),
                Err(Made::Away) => return Made::Away,
                Err(why) => return instead(why),
            }
        }
        Ok(None) => return instead(unknown()),
        Err(flaw) => return of_flaw(&flaw),
    };
    match shrink.shrink(picture, mime_type, LONGEST_PX).await {
        Ok(picture) => Made::Here(picture),
        Err(ShrinkError::Undecodable) if is_decoded_everywhere(&embedded.facts) => instead(Made::Broken),
        Err(ShrinkError::Undecodable | ShrinkError::Unavailable) => instead(unknown()),
        Err(ShrinkError::File(_)) => Made::Away,
    }
}

/// The bytes of one entry, as many as are wanted.
async fn bytes(files: &impl ReadAt, part: &Part, entry: &Entry, take: Take) -> Result<Vec<u8>, Made> {
    let mut found = Err(Made::Broken);
    let wanted = std::slice::from_ref(entry);
    let read = run::read(files, part, wanted, take, Merging::default(), |_, bytes| {
        found = bytes.map(<[u8]>::to_vec).map_err(|flaw| of_flaw(&flaw));
    });
    match read.await {
        Ok(()) => found,
        Err(ArchiveError { fault: Fault::File(_) | Fault::Changed, .. }) => Err(Made::Away),
        Err(_) => Err(Made::Broken),
    }
}

fn of_flaw(flaw: &Flaw) -> Made {
    match flaw {
        Flaw::File(_) => Made::Away,
        Flaw::Streamed => Made::Passed,
        _ => Made::Broken,
    }
}

fn may_decode(entry: &Entry, facts: &MediaFacts) -> bool {
    entry.size <= MOST_BYTES && pixels(facts) <= MOST_PIXELS
}

/// What decoding a file takes, in bytes.
fn cost(entry: &Entry, facts: &MediaFacts) -> u64 {
    match pixels(facts) {
        0 => entry.size.saturating_mul(GUESSED_RATIO),
        pixels => entry.size + pixels * PIXEL_BYTES,
    }
}

fn pixels(facts: &MediaFacts) -> u64 {
    u64::from(facts.width_px) * u64::from(facts.height_px)
}

/// Whether every browser decodes such a file, so that one which is not decoded is damaged.
fn is_decoded_everywhere(facts: &MediaFacts) -> bool {
    matches!(facts.format, Some(Format::Jpeg | Format::Png | Format::Gif | Format::WebP))
}
