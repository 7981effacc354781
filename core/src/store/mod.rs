//! Stored records: their names, their versions, a store in memory, and what every store must do.
//!
//! A store is a map from names to bytes (see [`crate::ports::Store`]); which names there are is written in [`keys`]
//! and nowhere else. Formats of single records belong to the rooms that own them.

mod bounded;
pub mod contract;
pub mod keys;
mod memory;
pub mod migrate;

pub use bounded::Bounded;
pub use memory::MemoryStore;
