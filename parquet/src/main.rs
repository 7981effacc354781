//! The program beside the page that makes Parquet files: see `albumen_parquet`.

#[cfg(target_family = "wasm")]
mod exports {
    use albumen_parquet::{ParquetFile, WriteError};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A file in the making. Errors are words.
    #[wasm_bindgen]
    pub struct ParquetWriter(Option<ParquetFile>);

    #[wasm_bindgen]
    impl ParquetWriter {
        #[wasm_bindgen(constructor)]
        pub fn new() -> Result<ParquetWriter, String> {
            ParquetFile::new().map(|file| Self(Some(file))).map_err(words)
        }

        /// Writes the rows of these columns; the bytes that are ready.
        pub fn write(&mut self, columns: Vec<u8>) -> Result<Vec<u8>, String> {
            self.0.as_mut().ok_or_else(ended)?.write(columns).map_err(words)
        }

        /// Ends the file; its last bytes.
        pub fn end(&mut self) -> Result<Vec<u8>, String> {
            self.0.take().ok_or_else(ended)?.end().map_err(words)
        }
    }

    fn words(error: WriteError) -> String {
        error.to_string()
    }

    fn ended() -> String {
        "the file has ended".into()
    }
}

/// All it does is done by its exports.
fn main() {}
