//! `ports::Parquet`: a program beside the page that makes Parquet files (`parquet/` in the sources), loaded into the worker
//! when the first one is begun.

use albumen_core::ports::{Parquet, ParquetError, ParquetWriter};
use futures_util::future::LocalBoxFuture;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::build::BUILD;
use super::js;

/// What `engine.js` leaves for the engine: it imports a module of this name from beside itself.
const IMPORT: &str = "importBeside";

#[wasm_bindgen]
extern "C" {
    /// The program's exports.
    type Module;

    #[wasm_bindgen(method, catch, js_name = default)]
    fn start(this: &Module, program: &js_sys::Object) -> Result<Promise, JsValue>;

    type RawWriter;

    #[wasm_bindgen(method, catch)]
    fn write(this: &RawWriter, columns: &[u8]) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn end(this: &RawWriter) -> Result<Uint8Array, JsValue>;
}

/// The program beside the page at an address.
pub struct BrowserParquet {
    base: String,
}

impl BrowserParquet {
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned() }
    }

    /// The browser loads it once, and starts it once.
    async fn load(&self) -> Result<Module, JsValue> {
        let missing = || JsValue::from_str("this worker was not started by engine.js");
        let import = js::global(IMPORT).and_then(|import| import.dyn_into::<Function>().ok()).ok_or_else(missing)?;
        let module = import.call1(&JsValue::UNDEFINED, &"parquet-writer.js".into())?;
        let module: Module = JsFuture::from(module.dyn_into::<Promise>()?).await?.unchecked_into();
        let address = format!("{}parquet-writer_bg.wasm?v={BUILD}", self.base);
        JsFuture::from(module.start(&js::object(&[("module_or_path", address.into())]))?).await?;
        Ok(module)
    }
}

impl Parquet for BrowserParquet {
    fn begin(&self) -> LocalBoxFuture<'_, Result<Box<dyn ParquetWriter>, ParquetError>> {
        Box::pin(async move {
            let failed = |error: JsValue| ParquetError::NotLoaded { message: js::error_text(&error) };
            let module = self.load().await.map_err(failed)?;
            let make = js::property(&module, "ParquetWriter").and_then(|make| make.dyn_into::<Function>().ok());
            let make = make.ok_or_else(|| failed(JsValue::from_str("it has no ParquetWriter")))?;
            let writer = js_sys::Reflect::construct(&make, &js_sys::Array::new()).map_err(failed)?;
            Ok(Box::new(BrowserWriter(writer.unchecked_into())) as Box<dyn ParquetWriter>)
        })
    }
}

struct BrowserWriter(RawWriter);

impl ParquetWriter for BrowserWriter {
    fn write(&mut self, columns: &[u8], ready: &mut Vec<u8>) -> Result<(), ParquetError> {
        self.0.write(columns).map(|bytes| add(&bytes, ready)).map_err(not_made)
    }

    fn end(&mut self, ready: &mut Vec<u8>) -> Result<(), ParquetError> {
        self.0.end().map(|bytes| add(&bytes, ready)).map_err(not_made)
    }
}

impl Drop for BrowserWriter {
    fn drop(&mut self) {
        // Its memory is the other program's, which is told. One that has failed may be gone already.
        if let Some(free) = js::property(&self.0, "free").and_then(|free| free.dyn_into::<Function>().ok()) {
            let _ = free.call0(&self.0);
        }
    }
}

fn add(bytes: &Uint8Array, ready: &mut Vec<u8>) {
    let before = ready.len();
    ready.resize(before + bytes.length() as usize, 0);
    bytes.copy_to(&mut ready[before..]);
}

fn not_made(error: JsValue) -> ParquetError {
    ParquetError::NotMade { message: js::error_text(&error) }
}
