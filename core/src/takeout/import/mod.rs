//! What an import of an export decides, without a store and without a file: slices of what was read, what files say of
//! themselves, and what becomes of each photo.

mod facts;
mod items;
mod slice;

pub use facts::{Facts, FactsSlice, FileKey, facts_of_head, key_of};
pub use items::{FileRef, Photos};
pub use slice::{MOST_CARDS, MOST_FILES, Slice, SliceRecord, chunk_end};
