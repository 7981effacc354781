//! A packed file of an export, given to the page piece by piece: the page lays the pieces down where the browser keeps
//! what is large, and memory holds one of them.

use super::original_of_export::of_flaw;
use super::{Answered, Engine};
use crate::ports::{ReadAt, World};
use crate::protocol::{Answer, Original, Which};
use crate::takeout::archive::zip::{Body, Next};
use crate::takeout::archive::{Entry, Flaw, Part};
use crate::trouble::Trouble;

/// Unpacked bytes that are given at once, and up to a mebibyte more.
const PIECE_BYTES: usize = 4 << 20;
/// Files that are unpacked side by side; who asks for one more takes the place of the one that was begun first.
const MOST: usize = 4;

/// A file that somebody reads.
pub(super) struct Unpacking {
    reader: u32,
    part: Part,
    entry: Entry,
    body: Body,
}

impl<W: World + 'static> Engine<W> {
    /// The next bytes of a packed file for a reader who has had `from` of them. From the first on it is begun anew.
    pub(super) async fn next_of_original(&self, reader: u32, row: u32, which: Which, from: u64) -> Answered {
        let known = {
            let mut all = self.unpacking.borrow_mut();
            all.iter().position(|one| one.reader == reader).map(|at| all.remove(at))
        };
        let mut unpacking = match known {
            Some(known) if known.body.given() == from && from > 0 => known,
            _ if from == 0 => match self.begin_unpacking(reader, row, which).await? {
                Ok(begun) => begun,
                Err(instead) => return Ok((Answer::Original(instead), Vec::new())),
            },
            _ => return Err(Trouble::OutOfPlace("this file is no longer being unpacked".into())),
        };
        let mut piece = Vec::new();
        match unpacking.fill(self.world.files(), &mut piece).await {
            Ok(is_last) => {
                let size = unpacking.entry.size;
                if !is_last {
                    let mut all = self.unpacking.borrow_mut();
                    all.truncate(MOST - 1);
                    all.insert(0, unpacking);
                }
                Ok((Answer::Piece { size, is_last }, vec![piece]))
            }
            Err(flaw) => Ok((Answer::Original(of_flaw(&flaw, &unpacking.part)), Vec::new())),
        }
    }

    async fn begin_unpacking(
        &self,
        reader: u32,
        row: u32,
        which: Which,
    ) -> Result<Result<Unpacking, Original>, Trouble> {
        let files = self.files_of(row).await?;
        let files = files.ok_or_else(|| Trouble::OutOfPlace(format!("row {row} did not come by an export")))?;
        let (part, entry) = match self.entry_of_original(files, which).await? {
            Ok((_, part, entry)) => (part, entry),
            Err(instead) => return Ok(Err(instead)),
        };
        Ok(match Body::new(&entry) {
            Ok(body) => Ok(Unpacking { reader, part, entry, body }),
            Err(flaw) => Err(of_flaw(&flaw, &part)),
        })
    }
}

impl Unpacking {
    /// Whether the file ends with this piece. Only then are its bytes proven right.
    async fn fill(&mut self, files: &impl ReadAt, piece: &mut Vec<u8>) -> Result<bool, Flaw> {
        let mut slice = Vec::new();
        loop {
            match self.body.step(&slice)? {
                Next::Done => return Ok(true),
                Next::Read { at, length } => slice = self.part.slice(files, at, length).await?,
                Next::Bytes(bytes) => {
                    piece.extend_from_slice(&bytes);
                    slice = Vec::new();
                    if piece.len() >= PIECE_BYTES {
                        return Ok(false);
                    }
                }
            }
        }
    }
}
