//! Rows written down as files that other programs read.
//!
//! What is known of a photo is a table of named [`COLUMNS`]: CSV and Parquet have exactly these, and the JSON formats use
//! the same names for whatever the format itself has no place for.
//!
//! | format | by | what it is |
//! |---|---|---|
//! | CSV | [`Writer`] | RFC 4180 |
//! | NDJSON, JSON | [`Writer`] | media items in the shape in which Google's Library API tells them |
//! | GeoJSON | [`Writer`] | RFC 7946, of rows whose place is known |
//! | GPX | [`Writer`] | version 1.1, of the same |
//! | Parquet | [`Gathering`] | columns, which the program in `parquet/` makes a file of |

mod cells;
mod columns;
mod csv;
mod geojson;
mod gpx;
mod media_item;
#[cfg(test)]
mod tests;
mod values;
mod writer;

pub use columns::{Columns, ColumnsError, Gathering, Parts};
pub use csv::csv_of;
pub use media_item::write_media_item;
pub use values::{COLUMNS, Column, Sort, Value};
pub use writer::Writer;

use serde::{Deserialize, Serialize};

/// What rows are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Comma-separated values, a line a photo.
    Csv(Cells),
    /// JSON, a line a photo.
    Ndjson,
    /// One JSON object with all photos in a list.
    Json,
    Parquet,
    /// Points on a map, with all that is known of each.
    GeoJson,
    /// Waypoints, for programs that show tracks.
    Gpx,
}

/// What is done with cells that a spreadsheet would take for formulas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cells {
    /// They begin with an apostrophe.
    #[default]
    Defused,
    /// Nothing.
    AsTheyAre,
}

impl Format {
    pub const ALL: [Self; 6] =
        [Self::Csv(Cells::Defused), Self::Parquet, Self::Ndjson, Self::Json, Self::GeoJson, Self::Gpx];

    /// What names of such files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Parquet => "parquet",
            Self::GeoJson => "geojson",
            Self::Gpx => "gpx",
        }
    }

    /// The media type. That of NDJSON is registered nowhere; it is what others call it.
    pub fn mime_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv",
            Self::Ndjson => "application/x-ndjson",
            Self::Json => "application/json",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::GeoJson => "application/geo+json",
            Self::Gpx => "application/gpx+xml",
        }
    }

    /// Whether it is of rows alone whose place is known.
    pub fn is_of_places(self) -> bool {
        matches!(self, Self::GeoJson | Self::Gpx)
    }
}
