//! What is done with any bytes that are said to be a zip.

use albumen_core::ports::{FileError, FileId, ReadAt};
use albumen_core::takeout::archive::zip::Merging;
use albumen_core::takeout::archive::{Bounds, Part, Take, run};

struct Memory<'a>(&'a [u8]);

impl ReadAt for Memory<'_> {
    async fn read_at(&self, _: FileId, at: u64, length: u32) -> Result<Vec<u8>, FileError> {
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(self.0.len());
        Ok(self.0[from..from.saturating_add(length as usize).min(self.0.len())].to_vec())
    }
}

/// Lists it, and reads whatever is listed in every way that there is.
pub(crate) fn exercise(data: &[u8]) {
    let part = Part { file: FileId(0), name: "fuzz".into(), size: data.len() as u64 };
    let memory = Memory(data);
    let mut entries = Vec::new();
    let bounds = Bounds { entries: 1000, ratio_from: 1 << 16, ..Bounds::default() };
    pollster::block_on(async {
        let _ = run::form(&memory, &part).await;
        let _ = run::list(&memory, &part, bounds, |batch| entries.extend(batch.entries)).await;
        for take in [Take::Whole(1 << 20), Take::Head(100), Take::Nothing] {
            let mut heard = 0;
            let read = run::read(&memory, &part, &entries, take, Merging::default(), |_, _| heard += 1).await;
            assert!(read.is_err() || heard == entries.len(), "every entry is heard of once");
        }
        for entry in entries.iter().take(20) {
            let _ = run::locate(&memory, &part, entry).await;
            let mut bytes = 0;
            let unpacked = run::unpack(&memory, &part, entry, async |piece| {
                bytes += piece.len() as u64;
                true
            })
            .await;
            assert!(unpacked.is_err() || bytes == entry.size, "what is proven right is whole");
        }
    });
}
