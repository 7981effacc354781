//! Tar, plain or in gzip, read once from front to back (POSIX.1-2017 pax and ustar, GNU long names; RFC 1952).

mod meta;
mod splitter;
mod stream;

pub use splitter::Kept;
pub use stream::{Passed, Stream};
