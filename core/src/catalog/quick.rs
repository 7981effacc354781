//! A hash for maps that live for one call: their keys are nobody's choice to make them slow with.

use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Makes the hashes of a map.
pub(super) type Quick = BuildHasherDefault<QuickHasher>;

/// XXH3 of what is written, one after another.
#[derive(Default)]
pub(super) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u128(&mut self, number: u128) {
        // Keys of media items are hashes already.
        self.0 ^= number as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
