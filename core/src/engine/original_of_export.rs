//! The whole of a photo or video that came by an export: where it lies, or its bytes where it is packed.

use super::import::{EntryAway, RowFiles};
use super::{Answered, Engine};
use crate::photo::safe_file_name;
use crate::ports::World;
use crate::protocol::{Answer, Original, Which};
use crate::takeout::archive::zip::Merging;
use crate::takeout::archive::{ArchiveError, Entry, Fault, Flaw, Part, Place, Take, run};
use crate::takeout::import::FileRef;
use crate::takeout::item::mime_type_of;
use crate::trouble::Trouble;

/// A packed file is unpacked in memory, if it has no more bytes.
const MOST_UNPACKED_BYTES: u64 = 64 << 20;
/// It is unpacked piece by piece, if it has no more bytes: browsers keep larger ones badly.
const MOST_IN_PIECES_BYTES: u64 = 4 << 30;

impl<W: World + 'static> Engine<W> {
    /// `which` of the files of a row that came by an export.
    pub(super) async fn original_of_export(&self, files: RowFiles, which: Which) -> Answered {
        let mut buffers = Vec::new();
        let original = match self.entry_of_original(files, which).await? {
            Ok((file, part, entry)) => self.original_in(file, &part, &entry, &mut buffers).await,
            Err(instead) => instead,
        };
        Ok((Answer::Original(original), buffers))
    }

    /// The entry that `which` is, or what there is to say instead.
    pub(super) async fn entry_of_original(
        &self,
        files: RowFiles,
        which: Which,
    ) -> Result<Result<(FileRef, Part, Entry), Original>, Trouble> {
        let file = match which {
            Which::Shown | Which::InExport => files.edited.unwrap_or(files.main),
            Which::Unedited => files.main,
            Which::Motion => files.motion.ok_or_else(|| Trouble::OutOfPlace("this photo has no moving half".into()))?,
        };
        Ok(match self.entry(file).await {
            Ok((part, entry)) => Ok((file, part, entry)),
            Err(EntryAway::PartAway { part }) => Err(Original::PartAway { part }),
            Err(EntryAway::Passed { part }) => Err(Original::Packed { part }),
            Err(EntryAway::Broken(ArchiveError { file, .. })) => Err(Original::Broken { part: file }),
            Err(EntryAway::Unknown) => {
                return Err(Trouble::OutOfPlace("this photo is in no part that is known".into()));
            }
        })
    }

    async fn original_in(&self, file: FileRef, part: &Part, entry: &Entry, buffers: &mut Vec<Vec<u8>>) -> Original {
        let mime_type = mime_type_of(&entry.name).to_owned();
        let file_name = safe_file_name(entry.name.rsplit('/').next().unwrap_or_default(), None, "photo");
        let name = || part.name.clone();
        match run::locate(self.world.files(), part, entry).await {
            Ok(Some((_, range))) => match self.part_at_hand(file.part, entry) {
                Some(part) => {
                    let (start, length) = (range.start, range.end - range.start);
                    Original::InPart { part, start, length, file_name, mime_type }
                }
                None => Original::PartAway { part: name() },
            },
            Ok(None) if matches!(entry.place, Place::Tar { .. }) => Original::Packed { part: name() },
            Ok(None) if entry.size > MOST_IN_PIECES_BYTES => {
                Original::TooLarge { part: name(), size: entry.size, limit: MOST_IN_PIECES_BYTES }
            }
            Ok(None) if entry.size > MOST_UNPACKED_BYTES => Original::InPieces { file_name, mime_type },
            Ok(None) => {
                let mut found = Err(Original::Broken { part: name() });
                let (take, wanted) = (Take::Whole(MOST_UNPACKED_BYTES as u32), std::slice::from_ref(entry));
                let read = run::read(self.world.files(), part, wanted, take, Merging::default(), |_, bytes| {
                    found = bytes.map(<[u8]>::to_vec).map_err(|flaw| of_flaw(&flaw, part));
                });
                match read.await {
                    Ok(()) => {}
                    Err(ArchiveError { fault: Fault::File(_) | Fault::Changed, .. }) => {
                        return Original::PartAway { part: name() };
                    }
                    Err(_) => return Original::Broken { part: name() },
                }
                match found {
                    Ok(bytes) => {
                        buffers.push(bytes);
                        Original::Here { file_name, mime_type }
                    }
                    Err(why) => why,
                }
            }
            Err(flaw) => of_flaw(&flaw, part),
        }
    }
}

/// What there is to say of an entry whose bytes cannot be had.
pub(super) fn of_flaw(flaw: &Flaw, part: &Part) -> Original {
    let part = part.name.clone();
    match flaw {
        Flaw::File(_) => Original::PartAway { part },
        Flaw::Streamed => Original::Packed { part },
        _ => Original::Broken { part },
    }
}
