//! The program beside the page that makes Parquet files: see `albumen_parquet`.

#[cfg(target_family = "wasm")]
mod exports {
    use albumen_parquet::{ParquetFile, WriteError};
    use js_sys::Uint8Array;
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

        /// Writes the rows of these columns; the bytes that are ready, in their place.
        pub fn write(&mut self, columns: Uint8Array) -> Result<Uint8Array, String> {
            let file = self.0.as_mut().ok_or_else(ended)?;
            let ready = file.write(columns.to_vec()).map_err(words)?;
            Ok(in_place_of(&columns, &ready))
        }

        /// Ends the file; its last bytes.
        pub fn end(&mut self) -> Result<Vec<u8>, String> {
            self.0.take().ok_or_else(ended)?.end().map_err(words)
        }
    }

    /// Memory that is new takes longer to be had than to be filled.
    fn in_place_of(columns: &Uint8Array, ready: &[u8]) -> Uint8Array {
        let length = ready.len() as u32;
        if length > columns.length() {
            return Uint8Array::from(ready);
        }
        let place = columns.subarray(0, length);
        place.copy_from(ready);
        place
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
