//! The records of a seeded library, made by the core itself: the very ones that the engine would have written.

use std::path::Path;

use albumen_core::catalog::{Ledger, ROWS_PER_SEGMENT};
use albumen_core::photo::MediaItem;
use albumen_core::ports::{Batch, Store};
use albumen_core::store::{MemoryStore, keys};
use albumen_e2e::failure::{Told, said};

/// Makes the item of a number in a library of so many rows.
pub(crate) type Make = fn(u32, u32) -> MediaItem;

/// Writes all records of a library of `rows`, made by `make`, one after another into `records.bin` below `folder`, and where each lies
/// into `records.json`: name, first byte, length.
pub(crate) async fn write(folder: &Path, rows: u32, make: Make) -> Told {
    let store = MemoryStore::new();
    let failed = |error: albumen_core::ports::StoreError| said(format!("the library could not be made: {error}"));
    let (ledger, _) = Ledger::open(&store).await.map_err(failed)?;
    for from in (0..rows).step_by(ROWS_PER_SEGMENT) {
        let to = (from + ROWS_PER_SEGMENT as u32).min(rows);
        let items: Vec<MediaItem> = (from..to).map(|number| make(number, rows)).collect();
        let mut staged = ledger.stage(&store, &items).await.map_err(failed)?;
        store.commit(std::mem::take(&mut staged.batch)).await.map_err(failed)?;
        ledger.apply(staged);
    }
    let generation = (keys::GENERATION.to_owned(), u64::from(rows).to_le_bytes().to_vec());
    store.commit(Batch { puts: vec![generation], ..Batch::default() }).await.map_err(failed)?;
    let (mut places, mut bytes) = (Vec::new(), Vec::new());
    for (name, record) in store.records() {
        places.push((name, bytes.len(), record.len()));
        bytes.extend(record);
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("records.json"), serde_json::to_string(&places)?)?;
    Ok(std::fs::write(folder.join("records.bin"), bytes)?)
}
