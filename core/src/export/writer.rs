//! Files of text, written row by row.

use super::cells::Numbers;
use super::{Cells, Format, csv, geojson, gpx, media_item};
use crate::photo::ItemFacts;

const LIST_BEGIN: &[u8] = b"{\"mediaItems\":[";
const LIST_END: &[u8] = b"\n]}\n";

/// Writes rows as a file of text: [`begin`](Self::begin) once, then [`row`](Self::row) by row, [`end`](Self::end) at
/// last. All append to what they are given, which may be taken away in between.
pub struct Writer {
    shape: Shape,
    numbers: Numbers,
    is_first: bool,
}

#[derive(Clone, Copy)]
enum Shape {
    Csv(Cells),
    Lines,
    List,
    GeoJson,
    Gpx,
}

impl Writer {
    /// `None` for Parquet, which is no text.
    pub fn new(format: Format) -> Option<Self> {
        let shape = match format {
            Format::Csv(cells) => Shape::Csv(cells),
            Format::Ndjson => Shape::Lines,
            Format::Json => Shape::List,
            Format::GeoJson => Shape::GeoJson,
            Format::Gpx => Shape::Gpx,
            Format::Parquet => return None,
        };
        Some(Self { shape, numbers: Numbers::default(), is_first: true })
    }

    /// What comes before all rows.
    pub fn begin(&mut self, out: &mut Vec<u8>) {
        match self.shape {
            Shape::Csv(_) => csv::header(out),
            Shape::Lines => {}
            Shape::List => out.extend_from_slice(LIST_BEGIN),
            Shape::GeoJson => out.extend_from_slice(geojson::BEGIN),
            Shape::Gpx => out.extend_from_slice(gpx::BEGIN),
        }
    }

    /// Appends a row; `false`, and nothing, where the format has no place for it.
    pub fn row(&mut self, item: &ItemFacts<'_>, out: &mut Vec<u8>) -> bool {
        match self.shape {
            Shape::Csv(how) => csv::row(out, item, how, &mut self.numbers),
            Shape::Lines => {
                media_item::write_media_item(out, item);
                out.push(b'\n');
            }
            Shape::List => {
                self.next_of_list(out);
                media_item::write_media_item(out, item);
            }
            Shape::GeoJson => {
                if item.place().is_none() {
                    return false;
                }
                self.next_of_list(out);
                return geojson::feature(out, item);
            }
            Shape::Gpx => return gpx::waypoint(out, item, &mut self.numbers),
        }
        true
    }

    /// What comes after all rows.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        match self.shape {
            Shape::Csv(_) | Shape::Lines => {}
            Shape::List => out.extend_from_slice(LIST_END),
            Shape::GeoJson => out.extend_from_slice(geojson::END),
            Shape::Gpx => out.extend_from_slice(gpx::END),
        }
    }

    /// Each on a line of its own, so that tools that go by lines get along with it.
    fn next_of_list(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
        self.is_first = false;
    }
}
