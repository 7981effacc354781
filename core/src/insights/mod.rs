//! Time zones, and counts by hour, by day and by camera. Instants are UTC; a [`Zone`] says what the local clock showed.

mod counts;
#[cfg(test)]
mod tests;
mod zone;

pub use counts::{Counts, DayCounts, MOST_DAYS, Totals};
pub use zone::Zone;
