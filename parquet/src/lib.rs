//! Rows as a Parquet file: a program of its own, which is loaded with the first one that is written.
//!
//! It is handed the columns of some rows at a time ([`albumen_core::export::Gathering`]) and makes a row group of them.
//! Instants are timestamps in UTC; local times are timestamps of no zone, as the clock on the wall said; people and
//! albums are lists.

mod group;
mod schema;

use std::sync::Arc;

use albumen_core::export::{Columns, ColumnsError};
use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use thiserror::Error;

/// Columns in which hardly two rows say the same, and how they are written (Parquet's own document, Encodings.md): a
/// dictionary of them would be given up once it had been made.
const DIFFERENT: [(&str, Encoding, Compression); 7] = [
    // Nothing makes letters of chance shorter.
    ("id", Encoding::DELTA_LENGTH_BYTE_ARRAY, Compression::UNCOMPRESSED),
    // All addresses begin alike, which is left out; what is left is the id.
    ("product_url", Encoding::DELTA_BYTE_ARRAY, Compression::UNCOMPRESSED),
    // Snappy leaves out how they all begin in half the time that it takes to look for it value by value.
    ("file_name", Encoding::PLAIN, Compression::SNAPPY),
    // Neighbors differ by seconds.
    ("created_utc", Encoding::DELTA_BINARY_PACKED, Compression::UNCOMPRESSED),
    ("created_local", Encoding::DELTA_BINARY_PACKED, Compression::UNCOMPRESSED),
    ("latitude", Encoding::PLAIN, Compression::SNAPPY),
    ("longitude", Encoding::PLAIN, Compression::SNAPPY),
];
/// Columns of texts of which the least and the greatest tell a reader nothing: those of a row group are those of any other,
/// or letters of chance. How many are missing goes with them; to compare texts takes as long as to write them.
const WITHOUT_STATISTICS: [&str; 8] =
    ["id", "file_name", "description", "mime_type", "kind", "camera_make", "camera_model", "product_url"];
const VALUES_AT_ONCE: usize = 8192;

/// Why a file could not be written: faults of ours, since memory takes whatever is written.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error(transparent)]
    Columns(#[from] ColumnsError),
    #[error(transparent)]
    Parquet(#[from] ParquetError),
}

/// A file in the making. What is ready of it can be taken away at any time.
pub struct ParquetFile {
    writer: SerializedFileWriter<Vec<u8>>,
}

impl ParquetFile {
    /// Begins a file.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn new() -> Result<Self, WriteError> {
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_write_batch_size(VALUES_AT_ONCE)
            .set_created_by("Albumen".to_owned());
        for (name, encoding, compression) in DIFFERENT {
            let path = || ColumnPath::from(name);
            properties = properties
                .set_column_dictionary_enabled(path(), false)
                .set_column_encoding(path(), encoding)
                .set_column_compression(path(), compression);
        }
        for name in WITHOUT_STATISTICS {
            properties = properties.set_column_statistics_enabled(ColumnPath::from(name), EnabledStatistics::None);
        }
        let schema = Arc::new(schema::schema()?);
        Ok(Self { writer: SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))? })
    }

    /// Writes some rows as a row group; the bytes that are ready.
    ///
    /// # Errors
    /// See [`WriteError`]. The file is of no use then.
    pub fn write(&mut self, columns: Vec<u8>) -> Result<Vec<u8>, WriteError> {
        let columns_in = Columns::read(&columns)?;
        let bytes = Bytes::from(columns);
        group::write(self.writer.next_row_group()?, &bytes, &columns_in)?;
        self.ready()
    }

    /// Ends the file; its last bytes.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn end(mut self) -> Result<Vec<u8>, WriteError> {
        self.writer.finish()?;
        self.ready()
    }

    fn ready(&mut self) -> Result<Vec<u8>, WriteError> {
        self.writer.flush().map_err(ParquetError::from)?;
        let ready = std::mem::take(self.writer.inner_mut());
        // What comes next is about as long: so it need not grow, and be copied, again and again.
        self.writer.inner_mut().reserve(ready.len() + ready.len() / 8);
        Ok(ready)
    }
}
