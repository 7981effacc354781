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

impl<W: World + 'static> Engine<W> {
    /// `which` of the files of a row that came by an export.
    pub(super) async fn original_of_export(&self, files: RowFiles, which: Which) -> Answered {
        let file = match which {
            Which::Shown | Which::InExport => files.edited.unwrap_or(files.main),
            Which::Unedited => files.main,
            Which::Motion => files.motion.ok_or_else(|| Trouble::OutOfPlace("this photo has no moving half".into()))?,
        };
        let mut buffers = Vec::new();
        let original = match self.entry(file).await {
            Ok((part, entry)) => self.original_in(file, &part, &entry, &mut buffers).await,
            Err(EntryAway::PartAway { part }) => Original::PartAway { part },
            Err(EntryAway::Passed { part }) => Original::Packed { part },
            Err(EntryAway::Broken(ArchiveError { file, .. })) => Original::Broken { part: file },
            Err(EntryAway::Unknown) => {
                return Err(Trouble::OutOfPlace("this photo is in no part that is known".into()));
            }
        };
        Ok((Answer::Original(original), buffers))
    }

    async fn original_in(&self, file: FileRef, part: &Part, entry: &Entry, buffers: &mut Vec<Vec<u8>>) -> Original {
        let mime_type = mime_type_of(&entry.name).to_owned();
        let file_name = safe_file_name(entry.name.rsplit('/').next().unwrap_or_default(), None, "photo");
        let name = || part.name.clone();
        let of_flaw = |flaw: &Flaw| match flaw {
            Flaw::File(_) => Original::PartAway { part: name() },
            Flaw::Streamed => Original::Packed { part: name() },
            _ => Original::Broken { part: name() },
        };
        match run::locate(self.world.files(), part, entry).await {
            Ok(Some((_, range))) => match self.part_at_hand(file.part, entry) {
                Some(part) => {
                    let (start, length) = (range.start, range.end - range.start);
                    Original::InPart { part, start, length, file_name, mime_type }
                }
                None => Original::PartAway { part: name() },
            },
            Ok(None) if matches!(entry.place, Place::Tar { .. }) => Original::Packed { part: name() },
            Ok(None) if entry.size > MOST_UNPACKED_BYTES => {
                Original::TooLarge { part: name(), size: entry.size, limit: MOST_UNPACKED_BYTES }
            }
            Ok(None) => {
                let mut found = Err(Original::Broken { part: name() });
                let (take, wanted) = (Take::Whole(MOST_UNPACKED_BYTES as u32), std::slice::from_ref(entry));
                let read = run::read(self.world.files(), part, wanted, take, Merging::default(), |_, bytes| {
                    found = bytes.map(<[u8]>::to_vec).map_err(|flaw| of_flaw(&flaw));
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
            Err(flaw) => of_flaw(&flaw),
        }
    }
}
