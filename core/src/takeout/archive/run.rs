//! Carries out over the port what the machines ask for. Dropping a future cancels; nothing is left half done.

use futures_util::StreamExt;
use futures_util::stream;

use super::bounds::{Bounds, Take};
use super::entry::{Batch, Entry, Part, Place};
use super::error::{ArchiveError, Fault, Flaw};
use super::form::{Form, HEAD_BYTES};
use super::tar::{Passed, Stream};
use super::zip::{Ask, Block, Body, Listing, Merging, Next, Packed, Unpacked, Unpacker, blocks};
use crate::ports::{FileError, FileId, ReadAt};

/// Slices that are under way at once: reading goes on while one is unpacked. Small ones are waited for, not read, so that
/// several are asked for together.
const AHEAD: usize = 2;
const MOST_AHEAD: usize = 8;
/// So many bytes of them, unless two are longer.
const AHEAD_BYTES: u32 = 8 << 20;
/// Bytes of a tar that are read at once.
const PIECE_BYTES: u64 = 1 << 20;
/// No slice is longer, however much of a file is wanted.
const MOST_BYTES: u64 = 64 << 20;

impl Part {
    fn error(&self, fault: Fault) -> ArchiveError {
        ArchiveError { file: self.name.clone(), fault }
    }

    /// Reads a slice that lies inside the file, whole.
    async fn read(&self, files: &impl ReadAt, at: u64, length: u32) -> Result<Vec<u8>, Fault> {
        let inside = at.checked_add(length.into()).is_some_and(|end| end <= self.size);
        if !inside {
            return Err(Fault::CutOff);
        }
        let bytes = files.read_at(self.file, at, length).await?;
        if bytes.len() == length as usize { Ok(bytes) } else { Err(Fault::Changed) }
    }

    /// A slice that an entry's [`Body`] asks for.
    ///
    /// # Errors
    /// Where the file has fewer bytes, or gives none.
    pub async fn slice(&self, files: &impl ReadAt, at: u64, length: u32) -> Result<Vec<u8>, Flaw> {
        self.read(files, at, length).await.map_err(flaw)
    }
}

/// What kind of container a part is.
///
/// # Errors
/// Where it is none, or cannot be read.
pub async fn form(files: &impl ReadAt, part: &Part) -> Result<Form, ArchiveError> {
    let length = part.size.min(HEAD_BYTES.into()) as u32;
    let head = part.read(files, 0, length).await.map_err(|fault| part.error(fault))?;
    Form::of(&head).ok_or_else(|| part.error(Fault::Unknown))
}

/// Lists a zip; `found` hears of its files as they become known.
///
/// # Errors
/// Where it cannot be listed, or not to its end.
pub async fn list(
    files: &impl ReadAt,
    part: &Part,
    bounds: Bounds,
    mut found: impl FnMut(Batch),
) -> Result<(), ArchiveError> {
    let mut listing = Listing::new(part.size, bounds);
    let mut slice = Vec::new();
    loop {
        let asked = listing.step(&slice);
        let batch = listing.found();
        if !batch.is_empty() {
            found(batch);
        }
        match asked.map_err(|fault| part.error(fault))? {
            Ask::Done => return Ok(()),
            Ask::Read { at, length } => {
                slice = part.read(files, at, length).await.map_err(|fault| part.error(fault))?;
            }
        }
    }
}

/// Reads many entries of a part, in the order of the part, neighbors together; `each` hears the entry's index in
/// `wanted` and its bytes, or why there are none. Every wanted entry is heard of once, unless the whole part fails.
///
/// # Errors
/// Where the part itself cannot be read any more.
pub async fn read(
    files: &impl ReadAt,
    part: &Part,
    wanted: &[Entry],
    take: Take,
    merging: Merging,
    mut each: impl FnMut(usize, Result<&[u8], Flaw>),
) -> Result<(), ArchiveError> {
    let mut packed: Vec<(usize, &Packed, u64)> = Vec::new();
    for (index, entry) in wanted.iter().enumerate() {
        match &entry.place {
            Place::Zip(place) => packed.push((index, place, entry.size)),
            Place::Tar { at: None } => each(index, Err(Flaw::Streamed)),
            Place::Tar { at: Some(at) } => {
                let bytes = plain(files, part.file, *at, entry.size, take).await;
                each(index, bytes.as_deref().map_err(Clone::clone));
            }
            Place::Loose(file) => {
                let bytes = plain(files, *file, 0, entry.size, take).await;
                each(index, bytes.as_deref().map_err(Clone::clone));
            }
        }
    }
    let plan = blocks(packed.iter().map(|(_, place, size)| (*place, *size)), take, merging);
    let mut planned = vec![false; packed.len()];
    for nth in plan.iter().flat_map(|block| &block.wanted) {
        planned[*nth as usize] = true;
    }
    for ((index, _, size), _) in packed.iter().zip(planned).filter(|(_, planned)| !planned) {
        each(*index, Err(refused(*size, take)));
    }
    let longest = plan.iter().map(|block| block.length).max().unwrap_or_default();
    let ahead = (AHEAD_BYTES / longest.max(1)) as usize;
    let mut slices = stream::iter(&plan)
        .map(|block| async move { (block, part.read(files, block.at, block.length).await) })
        .buffered(ahead.clamp(AHEAD, MOST_AHEAD));
    let mut unpacker = Unpacker::default();
    while let Some((block, slice)) = slices.next().await {
        let slice = slice.map_err(|fault| part.error(fault))?;
        for nth in &block.wanted {
            let (index, place, _) = packed[*nth as usize];
            let entry = &wanted[index];
            let at = (place.header_at - block.at) as usize;
            match unpacker.unpack(entry, own(&slice, at, block, place), take) {
                Ok(Unpacked::Bytes(bytes)) => each(index, Ok(bytes)),
                Err(flaw) => each(index, Err(flaw)),
                Ok(Unpacked::Needs { length }) => {
                    let longer = match part.read(files, place.header_at, length).await {
                        Err(Fault::CutOff) => {
                            each(index, Err(Flaw::BeyondEnd));
                            continue;
                        }
                        longer => longer.map_err(|fault| part.error(fault))?,
                    };
                    match unpacker.unpack(entry, &longer, take) {
                        Ok(Unpacked::Bytes(bytes)) => each(index, Ok(bytes)),
                        Ok(Unpacked::Needs { .. }) => each(index, Err(Flaw::Disagrees)),
                        Err(flaw) => each(index, Err(flaw)),
                    }
                }
            }
        }
    }
    Ok(())
}

/// An entry's part of a slice.
fn own<'a>(slice: &'a [u8], at: usize, block: &Block, place: &Packed) -> &'a [u8] {
    let ends = usize::try_from(place.ends_by.saturating_sub(block.at)).unwrap_or(usize::MAX);
    slice.get(at..ends.min(slice.len())).unwrap_or_default()
}

/// Why an entry is in no slice.
fn refused(size: u64, take: Take) -> Flaw {
    match take {
        Take::Whole(most) if size > u64::from(most) => Flaw::TooLarge { size, limit: most.into() },
        _ => Flaw::OtherSize { size },
    }
}

/// Reads of a file that lies as it is.
async fn plain(files: &impl ReadAt, file: FileId, at: u64, size: u64, take: Take) -> Result<Vec<u8>, Flaw> {
    let wanted = take.bytes(size).ok_or_else(|| refused(size, take))?;
    let length = wanted.min(MOST_BYTES as u32);
    let bytes = files.read_at(file, at, length).await?;
    if bytes.len() == length as usize { Ok(bytes) } else { Err(FileError::Gone.into()) }
}

/// Where an entry's bytes lie as they are, for whoever reads the file without us; `None` where they are packed.
///
/// # Errors
/// Where the entry is not where the archive says.
pub async fn locate(
    files: &impl ReadAt,
    part: &Part,
    entry: &Entry,
) -> Result<Option<(FileId, std::ops::Range<u64>)>, Flaw> {
    match &entry.place {
        Place::Loose(file) => Ok(Some((*file, 0..entry.size))),
        Place::Tar { at } => Ok(at.map(|at| (part.file, at..at.saturating_add(entry.size)))),
        Place::Zip(_) => {
            let mut body = Body::new(entry)?;
            let Next::Read { at, length } = body.step(&[])? else { return Ok(None) };
            let slice = part.slice(files, at, length).await?;
            body.step(&slice)?;
            Ok(body.stored().map(|range| (part.file, range)))
        }
    }
}

/// Unpacks an entry of a zip from its first byte to its last; `each` hears the next bytes, and may end it by `false`.
/// Only when this returns `true` are they proven right.
///
/// # Errors
/// Where they are not.
pub async fn unpack(
    files: &impl ReadAt,
    part: &Part,
    entry: &Entry,
    mut each: impl AsyncFnMut(Vec<u8>) -> bool,
) -> Result<bool, Flaw> {
    let mut body = Body::new(entry)?;
    let mut slice = Vec::new();
    loop {
        match body.step(&slice)? {
            Next::Done => return Ok(true),
            Next::Read { at, length } => slice = part.slice(files, at, length).await?,
            Next::Bytes(bytes) => {
                slice = Vec::new();
                if !each(bytes).await {
                    return Ok(false);
                }
            }
        }
    }
}

fn flaw(fault: Fault) -> Flaw {
    match fault {
        Fault::File(error) => error.into(),
        Fault::Changed => FileError::Gone.into(),
        _ => Flaw::BeyondEnd,
    }
}

/// Streams a tar, plain or in gzip, from its first byte. `wants` says how much is kept of each file; `each` hears what
/// has passed and how many bytes of the part were taken for it, and may end it by `false`. Files with an ordinal below
/// `from` are known: they pass with nothing kept.
///
/// # Errors
/// Where it cannot be read on. What was heard before stands.
pub async fn stream(
    files: &impl ReadAt,
    part: &Part,
    form: Form,
    bounds: Bounds,
    from: u32,
    wants: impl FnMut(&Entry) -> Take,
    mut each: impl AsyncFnMut(Passed, u64) -> bool,
) -> Result<(), ArchiveError> {
    let mut tar = match form {
        Form::TarGz => Stream::gzip(from, bounds, wants),
        Form::Tar => Stream::plain(from, bounds, wants),
        Form::Zip => return Err(part.error(Fault::NoTar)),
    };
    let starts = (0..part.size.div_ceil(PIECE_BYTES)).map(|nth| nth * PIECE_BYTES);
    let mut pieces =
        stream::iter(starts).map(|at| part.read(files, at, (part.size - at).min(PIECE_BYTES) as u32)).buffered(AHEAD);
    let mut taken = 0;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|fault| part.error(fault))?;
        let mut rest = piece.as_slice();
        while !rest.is_empty() {
            let stepped = tar.step(rest);
            let used = *stepped.as_ref().unwrap_or(&rest.len());
            rest = &rest[used..];
            taken += used as u64;
            if !each(tar.passed(), taken).await {
                return Ok(());
            }
            stepped.map_err(|fault| part.error(fault))?;
        }
    }
    let ended = tar.end();
    each(tar.passed(), taken).await;
    ended.map_err(|fault| part.error(fault))
}
