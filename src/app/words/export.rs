//! Exports: what each format is for, what the rows can contain, and what came of it.

use albumen_core::export::Format;
use albumen_core::trouble::{ParquetError, SaveError};

use super::{Numbers, bytes};

/// The name of a format, and in a line what it is for.
pub fn format_words(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Csv(_) => ("CSV", "A table for spreadsheets and for anything else; lists are JSON in a cell."),
        Format::Parquet => ("Parquet", "A typed table for pandas, DuckDB and Polars: small, and quick to read."),
        Format::Ndjson => ("NDJSON", "A line a photo, in the shape in which Google’s API tells it."),
        Format::Json => ("JSON", "The same as one list, mediaItems: code made for Google’s API reads it unchanged."),
        Format::GeoJson => ("GeoJSON", "Points for maps, with all that is known of each photo."),
        Format::Gpx => ("GPX", "Waypoints for programs that show tracks: place, time, name and description."),
    }
}

/// Of how many photos places are known, and why not of the others.
pub fn place_words(placed: u64, of: u64, from_takeout: u64, numbers: Numbers) -> String {
    let count = |number: u64| numbers(number as f64, 0);
    let why = if from_takeout == 0 {
        "These came from the account alone: Google tells no app where a photo was taken, who is on it, or whether it is a \
         favorite. A Takeout export knows that; import one to have it here too."
    } else if from_takeout < of {
        "Places, people and favorites come from Takeout exports; of photos that only the account tells of, Google tells \
         none of these."
    } else {
        "Places, people and favorites are those that your Takeout exports tell."
    };
    let known = match (placed, of) {
        (0, _) => "No place is known of these photos.".to_owned(),
        (placed, of) if placed == of => "The place of each of these photos is known.".to_owned(),
        (1, of) => format!("Of {} photos, the place of 1 is known.", count(of)),
        (placed, of) => format!("Of {} photos, the places of {} are known.", count(of), count(placed)),
    };
    format!("{known} {why}")
}

/// How far it is: "12,000 of 48,210 photos, 3.1 MB".
pub fn export_progress(done: u32, of: u32, written_bytes: u64, numbers: Numbers) -> String {
    let count = |number: u32| numbers(f64::from(number), 0);
    format!("{} of {} photos, {}", count(done), count(of), bytes(written_bytes, numbers))
}

/// What came of it. `written` rows of `of` are in the file.
pub fn saved(file_name: &str, written: u32, of: u32, numbers: Numbers) -> String {
    let photos = match written {
        1 => "1 photo is".to_owned(),
        _ => format!("{} photos are", numbers(f64::from(written), 0)),
    };
    let left_out = match of.saturating_sub(written) {
        0 => String::new(),
        1 => " 1 photo was left out: it has no known place, or is here no more.".to_owned(),
        more => format!(
            " {} photos were left out: they have no known place, or are here no more.",
            numbers(f64::from(more), 0)
        ),
    };
    format!("{photos} in {file_name}, in your downloads.{left_out}")
}

/// Why there is no file, and what helps.
pub fn not_saved(error: &SaveError) -> String {
    match error {
        SaveError::Full => {
            "There is no room left for this file, so nothing was written. Free some space and export again."
        }
        SaveError::Ended => {
            "The browser ended the download before it was whole, so there is no file. If it was not cancelled among the \
             downloads, the disk may have no room left: free some space and export again."
        }
        SaveError::Failed { message } => {
            return format!(
                "The file could not be written ({message}), so there is none. Export again; if that does not help, reload."
            );
        }
    }
    .to_owned()
}

/// Why there is no Parquet file, and what helps.
pub fn not_made(error: &ParquetError) -> String {
    match error {
        ParquetError::NotLoaded { message } => format!(
            "The part of Albumen that makes Parquet files could not be loaded ({message}). Check the connection and export again; if that does not help, reload."
        ),
        ParquetError::NotMade { message } => format!(
            "The Parquet file could not be made ({message}). Reload and export again, or choose another format."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain_numbers;
    use super::*;

    #[test]
    fn what_is_left_out_is_said() {
        assert_eq!(saved("a.csv", 1200, 1200, plain_numbers), "1200 photos are in a.csv, in your downloads.");
        assert_eq!(
            saved("a.gpx", 1, 3, plain_numbers),
            "1 photo is in a.gpx, in your downloads. 2 photos were left out: they have no known place, or are here no more."
        );
    }

    #[test]
    fn why_no_place_is_known_depends_on_who_told() {
        assert!(place_words(0, 9, 0, plain_numbers).contains("import one"));
        assert!(place_words(3, 9, 4, plain_numbers).starts_with("Of 9 photos, the places of 3 are known."));
        assert!(!place_words(9, 9, 9, plain_numbers).contains("account"));
    }

    #[test]
    fn every_format_says_what_it_is_for() {
        for format in Format::ALL {
            let (name, line) = format_words(format);
            assert!(!name.is_empty() && line.ends_with('.'), "{name}: {line}");
        }
    }
}
