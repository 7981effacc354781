//! What the catalog promises, over a store in memory that can be torn and can refuse.

mod codec;
mod correcting;
mod exports;
mod exposures;
mod facts;
mod hot;
mod ledger;
mod model;
mod order;
mod pieces;
mod removal;
mod replacing;
mod row_set;
mod torn;

use crate::catalog::Ledger;
use crate::photo::{Camera, Exposure, Kind, MediaItem};
use crate::ports::{Store, StoreError};
use crate::store::MemoryStore;

/// A media item with every fact, different for every `number`.
fn item(number: u32) -> MediaItem {
    MediaItem {
        id: format!("id-{number}"),
        file_name: format!("IMG_{number}.jpg"),
        description: format!("Nº {number}"),
        mime_type: "image/jpeg".into(),
        kind: if number.is_multiple_of(7) { Kind::Video } else { Kind::Photo },
        product_url: format!("https://photos.google.com/lr/photo/id-{number}"),
        base_url: None,
        taken_s: Some(1_600_000_000 - i64::from(number) * 60),
        width_px: 4000 + number,
        height_px: 3000,
        camera: Camera { make: "Make".into(), model: format!("Model {}", number % 3) },
        exposure: Exposure {
            f_number: Some(2.8),
            exposure_s: Some(1.0 / f64::from(number + 1)),
            iso: Some(100 + number),
            focal_length_mm: None,
            frames_per_s: None,
        },
        export: None,
        corrected: None,
    }
}

fn items(numbers: std::ops::Range<u32>) -> Vec<MediaItem> {
    numbers.map(item).collect()
}

fn open(store: &MemoryStore) -> (Ledger, Vec<String>) {
    let (ledger, set_aside) = pollster::block_on(Ledger::open(store)).unwrap();
    (ledger, set_aside.into_iter().map(|part| part.name).collect())
}

/// Stages, commits and applies; the rows of the items.
fn keep(ledger: &Ledger, store: &MemoryStore, items: &[MediaItem]) -> Result<Vec<u32>, StoreError> {
    pollster::block_on(async {
        let mut staged = ledger.stage(store, items).await?;
        store.commit(std::mem::take(&mut staged.batch)).await?;
        let rows = staged.rows.clone();
        ledger.apply(staged);
        Ok(rows)
    })
}

fn details(ledger: &Ledger, store: &MemoryStore, row: u32) -> Option<MediaItem> {
    pollster::block_on(ledger.details(store, row)).unwrap()
}

/// Flips one bit in the middle of a record.
fn tear(store: &MemoryStore, name: &str) {
    let mut bytes = store.records().remove(name).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    store.plant(name, bytes);
}
