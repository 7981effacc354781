//! The catalog: all media items we know of, as columns.
//!
//! It is the one model that every screen reads, made for a million rows. A *row* is the number in which a media item
//! arrived and never changes; 4096 rows make a *segment*; a segment is four records in the store:
//!
//! | record | what is in it | who reads it |
//! |---|---|---|
//! | hot | instant, size, kind, camera, flags: 20 bytes a row; 31 with local time and place, where an export told of any | the page, all of it, at every opening: [`Hot`] |
//! | cold | id, type, address, exposure; lens, people and what else exports tell; corrected times, and what was told | the worker, only the segments touched: [`Ledger::details`] |
//! | text | file name, description | the worker: those touched, and all of it once something is searched |
//! | keys | 16 bytes a row by which a media item is known again | the worker, all of it: [`Ledger`] |
//!
//! Rows that come by the hundred are written as *pieces* of their segment, with the same four records each: see
//! [`pieces`].
//!
//! Beside them lie the albums, a record each with the rows that are in it: [`Albums`], which the page has whole.
//!
//! What may not be here: objects per photo on the page (columns and row numbers only), base URLs (they die within the
//! hour, and Google forbids to keep them), anything of Google's wire (items come parsed), and any writing past the
//! [`Batch`](crate::ports::Batch) that [`Ledger::stage`] gives, so that rows and the caller's cursor are kept together
//! or not at all.

mod albums;
mod cache;
mod cameras;
mod changes;
mod clock;
pub mod codec;
mod columns;
mod correcting;
mod exposures;
mod facts;
mod filter;
mod find;
mod find_exposures;
mod hot;
mod index;
mod ledger;
mod merging;
mod opening;
mod order;
mod pieces;
mod pixels;
mod prepared;
mod quick;
mod records;
mod removal;
mod row_runs;
mod row_set;
mod segment;
mod selected;
mod source;
mod staged;
#[cfg(test)]
mod tests;
mod text;

pub use albums::{AlbumRows, Albums};
pub use changes::Changes;
pub use clock::{Clock, ZoneName};
pub use codec::SegmentError;
pub use columns::{ColdPart, ColumnPart, SegmentColumns};
pub use correcting::Offsets;
pub use exposures::ExposureCounts;
pub use filter::{Filter, Orientation};
pub use find::Found;
pub use find_exposures::CountedExposures;
pub use hot::Hot;
pub use ledger::{Ledger, SetAside, Staged};
pub use order::{HourRows, each_hour, in_order, rows_left, shown, span_s};
pub use pixels::SizeClass;
pub use prepared::Prepared;
pub use records::SegmentRecords;
pub use row_runs::RowRuns;
pub use row_set::RowSet;
pub use selected::Selected;
pub use source::Source;
pub(crate) use text::fold_into;

/// Rows of every segment but the last.
pub const ROWS_PER_SEGMENT: usize = 4096;

/// No catalog has more segments: sixteen million rows. A higher number in a record's name is a fault, not a library.
pub const MOST_SEGMENTS: u32 = 4096;
