//! Time zones, and counts by the clock, by the calendar and by what photos are. Instants are UTC; a [`Zone`] says what the
//! local clock showed.

mod counts;
mod shapes;
mod shares;
mod spans;
#[cfg(test)]
mod tests;
mod zone;

pub use counts::{Counts, DayCounts, MOST_DAYS, Totals};
pub use shapes::Shapes;
pub use shares::steps;
pub use spans::{Gap, Streak};
pub use zone::{Probing, Zone};
