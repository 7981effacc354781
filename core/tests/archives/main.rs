//! The containers of an export against exports that were made without them, and against what fuzzing has found.

#![expect(clippy::unwrap_used, reason = "the helpers are tests too")]

mod corpora;
mod exports;
mod hostile;
mod sparse;
mod world;
