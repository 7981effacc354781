//! Albums, and which rows are in each.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::photo::{Album, AlbumKey};

use super::{RowRuns, RowSet};

/// An album and the rows that are in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlbumRows {
    pub album: Album,
    pub rows: RowRuns,
    /// How many of its media items are no rows: they were not fetched.
    pub missing: u32,
}

/// All albums that are known. A thousand of them with a hundred photos each take less than a megabyte; a copy shares
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Albums {
    by_key: BTreeMap<AlbumKey, Arc<AlbumRows>>,
}

impl Albums {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    pub fn get(&self, key: AlbumKey) -> Option<&AlbumRows> {
        self.by_key.get(&key).map(|album| &**album)
    }

    /// All of them, by key.
    pub fn iter(&self) -> impl Iterator<Item = (AlbumKey, &AlbumRows)> {
        self.by_key.iter().map(|(key, album)| (*key, &**album))
    }

    /// Puts an album in, or in the place of what was known of it before.
    pub fn put(&mut self, album: AlbumRows) {
        self.by_key.insert(album.album.key(), Arc::new(album));
    }

    pub fn remove(&mut self, key: AlbumKey) {
        self.by_key.remove(&key);
    }

    /// The albums that a row is in, by key.
    pub fn of_row(&self, row: u32) -> impl Iterator<Item = (AlbumKey, &AlbumRows)> {
        self.iter().filter(move |(_, album)| album.rows.contains(row))
    }

    /// The rows that are in any of these albums. In an album that is not known there are none.
    pub fn rows_of(&self, keys: impl IntoIterator<Item = AlbumKey>) -> RowSet {
        let mut rows = RowSet::new();
        for album in keys.into_iter().filter_map(|key| self.get(key)) {
            for run in album.rows.runs() {
                rows.insert_range(run.clone());
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn album(id: &str, rows: &[u32]) -> AlbumRows {
        let album = Album { id: id.into(), ..Album::default() };
        AlbumRows { album, rows: rows.iter().copied().collect(), missing: 0 }
    }

    #[test]
    fn a_row_may_be_in_several_albums_and_albums_may_share_rows() {
        let (sea, summer, empty) = (album("sea", &[1, 2, 70]), album("summer", &[2, 3]), album("empty", &[]));
        let keys = [&sea, &summer, &empty].map(|album| album.album.key());
        let mut albums = Albums::new();
        for album in [sea, summer, empty] {
            albums.put(album);
        }
        let of = |row| albums.of_row(row).map(|(_, album)| album.album.id.as_str()).collect::<Vec<_>>();
        assert_eq!((of(2).len(), of(1), of(9)), (2, vec!["sea"], vec![]));
        assert_eq!(albums.rows_of([keys[0], keys[1]]).iter().collect::<Vec<_>>(), [1, 2, 3, 70]);
        assert!(albums.rows_of([keys[2], AlbumKey(7)]).is_empty());
        albums.put(album("sea", &[5]));
        albums.remove(keys[1]);
        assert_eq!((albums.len(), albums.rows_of(keys).iter().collect::<Vec<_>>()), (2, vec![5]));
    }
}
