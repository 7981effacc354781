//! Seeded chance: the same numbers for ever.

/// A stream of numbers that depends on nothing but its seeds.
pub(crate) struct Chance(oorandom::Rand64);

impl Chance {
    /// The stream of one thing (`what`) among others of the same seed.
    pub(crate) fn new(seed: u64, what: u64) -> Self {
        Self(oorandom::Rand64::new(u128::from(seed) << 64 | u128::from(what)))
    }

    /// 0 to `below`, which is excluded; 0 where `below` is 0.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        if below == 0 { 0 } else { self.0.rand_range(0..below) }
    }

    /// Whether something of this likelihood happens, in percent.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these, of which there must be one.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.rand_float()
    }
}
