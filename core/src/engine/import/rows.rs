//! Which files are behind which rows, as it is stored beside the catalog, by its segments.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::catalog::ROWS_PER_SEGMENT;
use crate::ports::{Store, StoreError};
use crate::store::keys;
use crate::takeout::import::FileRef;

/// The files of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFiles {
    pub main: FileRef,
    /// The moving half of a still.
    pub motion: Option<FileRef>,
    /// The copy that was edited in Google Photos, of several the one to show.
    pub edited: Option<FileRef>,
}

/// A row that came by an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RowRecord {
    pub(super) row: u32,
    /// The hash of the photo's id.
    pub(super) id: u128,
    /// A hash of all that the export told of it.
    pub(super) told: u64,
    pub(super) files: RowFiles,
}

/// All rows that came by exports.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Ascending by row.
    segments: BTreeMap<u32, Vec<RowRecord>>,
    by_id: HashMap<u128, u32>,
    /// Segments that are not stored as they are here.
    touched: BTreeSet<u32>,
}

impl Rows {
    pub(super) async fn read<S: Store>(store: &S) -> Result<Self, StoreError> {
        let mut rows = Self::default();
        let names = store.names(keys::IMPORT_ROWS).await?;
        for names in names.chunks(32) {
            for (name, record) in names.iter().zip(store.read(names).await?) {
                let Some(number) = keys::number_in(keys::IMPORT_ROWS, name) else { continue };
                rows.add(number, &decode(record));
            }
        }
        Ok(rows)
    }

    fn add(&mut self, number: u32, records: &[RowRecord]) {
        self.by_id.extend(records.iter().map(|record| (record.id, record.row)));
        self.segments.insert(number, records.to_vec());
    }

    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    pub(super) fn by_id(&self, id: u128) -> Option<&RowRecord> {
        self.get(*self.by_id.get(&id)?)
    }

    pub(super) fn get(&self, row: u32) -> Option<&RowRecord> {
        let records = self.segments.get(&segment_of(row))?;
        records.binary_search_by_key(&row, |record| record.row).ok().map(|at| &records[at])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &RowRecord> {
        self.segments.values().flatten()
    }

    pub(super) fn put(&mut self, record: RowRecord) {
        let number = segment_of(record.row);
        let records = self.segments.entry(number).or_default();
        match records.binary_search_by_key(&record.row, |record| record.row) {
            Ok(at) => {
                self.by_id.remove(&records[at].id);
                records[at] = record;
            }
            Err(at) => records.insert(at, record),
        }
        self.by_id.insert(record.id, record.row);
        self.touched.insert(number);
    }

    pub(super) fn remove(&mut self, row: u32) {
        let number = segment_of(row);
        let Some(records) = self.segments.get_mut(&number) else { return };
        if let Ok(at) = records.binary_search_by_key(&row, |record| record.row) {
            let record = records.remove(at);
            if self.by_id.get(&record.id) == Some(&row) {
                self.by_id.remove(&record.id);
            }
            self.touched.insert(number);
        }
    }

    /// What must be stored so that the store has them as they are here.
    pub(super) fn puts(&mut self) -> Vec<(String, Vec<u8>)> {
        let touched = std::mem::take(&mut self.touched);
        let record = |number: u32| {
            let records = self.segments.get(&number).map(Vec::as_slice).unwrap_or_default();
            (keys::import_rows(number), postcard::to_allocvec(records).expect("plain values are always written"))
        };
        touched.into_iter().map(record).collect()
    }
}

/// The files of rows, in their order; `None` for those that came by no export. A record tells of thousands of rows and is
/// read once.
pub(super) async fn files_of_rows<S: Store>(store: &S, rows: &[u32]) -> Result<Vec<Option<RowFiles>>, StoreError> {
    let mut files = vec![None; rows.len()];
    let mut by_segment: Vec<(u32, usize)> = rows.iter().map(|row| segment_of(*row)).zip(0..).collect();
    by_segment.sort_unstable();
    for of_segment in by_segment.chunk_by(|a, b| a.0 == b.0) {
        let records = decode(store.read(&[keys::import_rows(of_segment[0].0)]).await?.pop().flatten());
        for &(_, at) in of_segment {
            let found = records.binary_search_by_key(&rows[at], |record| record.row);
            files[at] = found.ok().map(|found| records[found].files);
        }
    }
    Ok(files)
}

/// A record that cannot be read is as good as none: its rows are told anew by the next import.
fn decode(record: Option<Vec<u8>>) -> Vec<RowRecord> {
    record.and_then(|record| postcard::from_bytes(&record).ok()).unwrap_or_default()
}

pub(super) fn segment_of(row: u32) -> u32 {
    row / ROWS_PER_SEGMENT as u32
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::ports::Batch;
    use crate::store::MemoryStore;

    /// Counts the records that are read.
    #[derive(Default)]
    struct Counting {
        inner: MemoryStore,
        read: Cell<usize>,
    }

    impl Store for Counting {
        async fn read(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
            self.read.set(self.read.get() + keys.len());
            self.inner.read(keys).await
        }

        async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
            self.inner.names(prefix).await
        }

        async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
            self.inner.commit(batch).await
        }
    }

    #[test]
    fn files_of_rows_come_in_their_order_and_each_record_is_read_once() {
        const FULL: u32 = ROWS_PER_SEGMENT as u32;
        let files = |row: u32| RowFiles { main: FileRef { part: 1, entry: row }, motion: None, edited: None };
        let (store, mut rows) = (Counting::default(), Rows::default());
        for row in [3, 5, FULL, 2 * FULL + 1] {
            rows.put(RowRecord { row, id: row.into(), told: 0, files: files(row) });
        }
        pollster::block_on(store.commit(Batch { puts: rows.puts(), ..Batch::default() })).unwrap();
        let wanted = [2 * FULL + 1, 5, 4, FULL, 3, 9 * FULL, 5];
        let found = pollster::block_on(files_of_rows(&store, &wanted)).unwrap();
        let expected = wanted.map(|row| Some(files(row)).filter(|_| row != 4 && row != 9 * FULL));
        assert_eq!(found, expected);
        assert_eq!(store.read.get(), 4, "three records, and one that is not there");
    }
}
