//! From a media item's key to its row, and back: 24 bytes a row.
//!
//! The keys are hashes already, so their low bits are the place in the table; collisions go to the next free place.

use xxhash_rust::xxh3::xxh3_128;

/// The key of a row that no media item leads to.
pub(super) const NO_KEY: u128 = 0;

const FREE: u32 = u32::MAX;
const LEAST_PLACES: usize = 1024;

/// The key of a media item's id; never [`NO_KEY`]. Two ids of a million share one with a chance of 10⁻²⁷.
pub(super) fn key_of(id: &str) -> u128 {
    match xxh3_128(id.as_bytes()) {
        NO_KEY => 1,
        key => key,
    }
}

/// The keys of all rows, by row and by key. Rows are only ever added; a key can be forgotten, and its row stays.
#[derive(Debug, Default)]
pub(super) struct KeyIndex {
    keys: Vec<u128>,
    /// Row numbers, or [`FREE`]; a power of two of places, at most three quarters of them taken.
    places: Vec<u32>,
}

impl KeyIndex {
    /// Number of rows, those without a key among them.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// All keys, by row.
    pub(super) fn keys(&self) -> &[u128] {
        &self.keys
    }

    pub(super) fn row(&self, key: u128) -> Option<u32> {
        if self.places.is_empty() || key == NO_KEY {
            return None;
        }
        let row = self.places[self.place(key)];
        (row != FREE).then_some(row)
    }

    /// Gives the next row to `key`. A key that has a row already keeps leading to that one.
    pub(super) fn push(&mut self, key: u128) {
        if (self.keys.len() + 1) * 4 > self.places.len() * 3 {
            self.grow();
        }
        let row = self.keys.len() as u32;
        self.keys.push(key);
        self.enter(key, row);
    }

    /// Adds rows without a key until there are `rows`.
    pub(super) fn pad_to(&mut self, rows: usize) {
        while self.keys.len() < rows {
            self.push(NO_KEY);
        }
    }

    /// No media item leads to a row any more. Its place in the table stays taken until that grows, so that what went on
    /// from there is found.
    pub(super) fn forget(&mut self, row: u32) {
        if let Some(key) = self.keys.get_mut(row as usize) {
            *key = NO_KEY;
        }
    }

    fn enter(&mut self, key: u128, row: u32) {
        if key == NO_KEY {
            return;
        }
        let place = self.place(key);
        if self.places[place] == FREE {
            self.places[place] = row;
        }
    }

    /// Where `key` is, or the free place where it would be.
    fn place(&self, key: u128) -> usize {
        let mask = self.places.len() - 1;
        let mut place = key as usize & mask;
        while self.places[place] != FREE && self.keys[self.places[place] as usize] != key {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        self.places = vec![FREE; (self.places.len() * 2).max(LEAST_PLACES)];
        for row in 0..self.keys.len() {
            self.enter(self.keys[row], row as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn rows_without_a_key_are_never_found() {
        let mut index = KeyIndex::default();
        index.pad_to(3);
        index.push(7);
        assert_eq!((index.len(), index.row(NO_KEY), index.row(7), index.row(8)), (4, None, Some(3), None));
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        assert_eq!(KeyIndex::default().row(5), None);
    }

    proptest! {
        #[test]
        fn what_is_forgotten_is_not_found_and_may_come_again(turns in proptest::collection::vec((any::<bool>(), 1u128..300), 0..3000)) {
            let (mut index, mut map) = (KeyIndex::default(), HashMap::new());
            for (is_new, key) in turns {
                let row = index.row(key << 7);
                prop_assert_eq!(row, map.get(&key).copied());
                match row {
                    None if is_new => {
                        map.insert(key, index.len() as u32);
                        index.push(key << 7);
                    }
                    Some(row) if !is_new => {
                        index.forget(row);
                        map.remove(&key);
                    }
                    _ => {}
                }
            }
            for key in 1..300 {
                prop_assert_eq!(index.row(key << 7), map.get(&key).copied());
            }
        }

        #[test]
        fn it_finds_what_a_map_finds(keys in proptest::collection::vec(0u128..4000, 0..3000)) {
            // Keys close together share places, which hashes rarely do.
            let (mut index, mut map) = (KeyIndex::default(), HashMap::new());
            for (row, key) in keys.iter().enumerate() {
                index.push(*key << 7);
                if *key != 0 {
                    map.entry(*key).or_insert(row as u32);
                }
            }
            for key in 0..4000 {
                prop_assert_eq!(index.row(key << 7), map.get(&key).copied());
            }
        }
    }
}
