//! Where photos were taken: the map that they are on, what lies together there, the land behind it, the names of towns,
//! and journeys.
//!
//! | file | what it does |
//! |---|---|
//! | [`mercator`] | places of the Earth as spots of a flat map, and back |
//! | [`view`] | the part of the map in a window: moved, zoomed, fitted |
//! | [`points`] | all photos with a place, sorted so that those of a square lie together |
//! | [`clusters`] | what lies together in a window, as circles with counts |
//! | [`land`], [`outline`] | coasts and borders, read from a file of our own and cut to a window |
//! | [`towns`] | the town near a place, from a file of our own |
//! | [`stays`] | days and where they were spent, from the photos of each |
//! | [`trips`] | usual places, and runs of days away from them |

pub mod clusters;
pub mod land;
pub mod mercator;
pub mod outline;
pub mod points;
pub mod stays;
pub mod towns;
pub mod trips;
pub mod view;

mod distance;
mod reader;

pub use distance::distance_km;
