//! The library as a data frame: columns, cells, the order by several keys, what a column holds in
//! short, and where all of it lies on the screen.
//!
//! A *cell* is what one row says in one column, as a [`Value`]; a table shows and copies it as a text that is the same for
//! every reader: ISO dates, plain numbers, nothing where nothing is known. Rows are put in order by [`Ranks`]: each
//! different value of a column has a number, ascending, so that any number of keys is a few passes over numbers,
//! whatever the columns hold.

mod albums;
mod arrangement;
mod cell;
mod column;
mod geometry;
mod number_keys;
mod order;
mod ranks;
mod sorter;
mod summary;
#[cfg(test)]
mod tests;
mod text_keys;
mod tsv;
mod value;

pub use albums::{titles_by_row, titles_of_row};
pub use arrangement::{Arrangement, Placed, SortKey, read_sort, write_sort};
pub use cell::{cold_value, hot_value, text_value};
pub use column::{Column, Part, Type};
pub use geometry::{ColumnInView, ColumnsInView, HEAD_PX, LINE_PX, Lines, column_at, columns_in_view, span_of};
pub use order::{kept_in_order, put_in_order, read_rows, write_rows};
pub use ranks::{RankMaker, Ranks};
pub use summary::{Bar, Bars, Summary, Tally};
pub use tsv::{write_tsv_line, write_tsv_title};
pub use value::Value;
