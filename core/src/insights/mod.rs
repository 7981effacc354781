//! Time zones, and counts by hour and by day. Instants are UTC; a [`Zone`] says what the local clock showed.

mod counts;
#[cfg(test)]
mod tests;
mod zone;

pub use counts::{DayCounts, MOST_DAYS, Totals, days, hours, totals};
pub use zone::Zone;
