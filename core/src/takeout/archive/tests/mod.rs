//! The readers against archives as others write them, and against archives that lie.

mod folders;
mod laws;
mod tars;
mod tars_that_lie;
mod world;
mod zips;
mod zips_that_lie;
