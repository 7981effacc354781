//! Seeded chance: the same numbers for ever, whatever machine draws them.

use std::ops::Range;

use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128_with_seed};

/// A stream of numbers that depends on nothing but its seed.
pub(super) struct Chance(oorandom::Rand32);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(oorandom::Rand32::new_inc(seed, mix(seed, 1)))
    }

    /// 0 to 1, one excluded.
    pub(super) fn part(&mut self) -> f32 {
        self.0.rand_float()
    }

    /// Whether something of this likelihood (0 to 1) happens.
    pub(super) fn happens(&mut self, likelihood: f32) -> bool {
        self.part() < likelihood
    }

    /// A number of `range`, its end excluded; the range's start where the range is empty.
    pub(super) fn range(&mut self, range: Range<u32>) -> u32 {
        if range.is_empty() { range.start } else { self.0.rand_range(range) }
    }

    /// One of `of`, which must not be empty.
    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let length = u32::try_from(of.len()).unwrap_or(u32::MAX);
        &of[self.range(0..length) as usize]
    }

    /// A number of a range of floats.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.part()
    }
}

/// Two numbers made into one that looks like neither.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    xxh3_64_with_seed(&b.to_le_bytes(), a)
}

/// A number that stands for these bytes.
pub(super) fn fingerprint(seed: u64, bytes: &[u8]) -> u64 {
    xxh3_64_with_seed(bytes, seed)
}

/// A number that stands for these bytes and for no others in practice.
pub(super) fn identity(bytes: &[u8]) -> u128 {
    xxh3_128_with_seed(bytes, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_numbers_and_another_draws_others() {
        let draw = |seed| {
            let mut chance = Chance::new(seed);
            (0..8).map(|_| chance.range(0..1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn an_empty_range_gives_its_start() {
        assert_eq!(Chance::new(1).range(5..5), 5);
    }
}
