//! Parquet files, made by a program beside the page (`parquet/` in the sources) in a worker of its own: so it is at work
//! while the engine reads what comes next.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;

use albumen_core::trouble::ParquetError;
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::js::{self, Deliver, Delivery, delivery};
use super::module_worker::{ModuleWorker, Said};
use super::object_url::Piece;

/// Who makes Parquet files, one after another. Dropping it ends its worker.
pub struct ParquetMaker {
    worker: ModuleWorker,
    line: Rc<RefCell<Line>>,
}

type Made = Result<Piece, ParquetError>;

/// Who waits for what; the worker answers in turn.
#[derive(Default)]
struct Line {
    is_ready: bool,
    waiting: VecDeque<Deliver<Made>>,
    /// Why it answers nothing more.
    broken: Option<ParquetError>,
}

impl ParquetMaker {
    /// Starts the program beside the page at `base`.
    ///
    /// # Errors
    /// The program could not be had, or not be started.
    pub async fn start(base: &str) -> Result<Self, ParquetError> {
        let line = Rc::new(RefCell::new(Line::default()));
        let heard = line.clone();
        // It says by itself that it is ready.
        let ready = line.borrow_mut().wait();
        let worker =
            ModuleWorker::start(base, "parquet.js", "albumen-parquet", move |said| heard.borrow_mut().hear(said))
                .map_err(|error| ParquetError::NotLoaded { message: js::error_text(&error) })?;
        ready.await?;
        Ok(Self { worker, line })
    }

    /// Whether it answers nothing more: the browser may have ended it while it was idle.
    pub fn is_broken(&self) -> bool {
        self.line.borrow().broken.is_some()
    }

    /// Writes rows, which are columns as the engine has gathered them, into the file that is being made, or a new one;
    /// what of it is ready then, in the place of the columns. The next may be written before.
    ///
    /// # Errors
    /// The file cannot be gone on with.
    pub fn write(&self, columns: &Piece) -> impl Future<Output = Made> + use<> {
        // The browser may have had room for them only as something else, which nobody writes here.
        match columns.transferred() {
            Some(buffer) => self.post(columns.raw(), &Array::of1(&buffer)),
            None => {
                self.line.borrow_mut().fail("columns came as no bytes".into());
                self.line.borrow_mut().wait()
            }
        }
    }

    /// Ends the file; its last bytes.
    ///
    /// # Errors
    /// The file could not be ended.
    pub fn end(&self) -> impl Future<Output = Made> + use<> {
        self.post(&JsValue::NULL, &Array::new())
    }

    fn post(&self, message: &JsValue, transferred: &Array) -> Delivery<Made> {
        let answered = self.line.borrow_mut().wait();
        if let Err(error) = self.worker.post(message, transferred) {
            self.line.borrow_mut().fail(js::error_text(&error));
        }
        answered
    }
}

impl Line {
    /// Waits for the next answer that nobody waits for yet.
    fn wait(&mut self) -> Delivery<Made> {
        let (deliver, answered) = delivery();
        match &self.broken {
            Some(why) => deliver.deliver(Err(why.clone())),
            None => self.waiting.push_back(deliver),
        }
        answered
    }

    fn hear(&mut self, said: Said) {
        match said {
            Said::Broken(message) => self.fail(message),
            Said::Message(data) => match (data.as_string(), Piece::from_js(data)) {
                (Some(message), _) => self.fail(message),
                (None, Some(bytes)) => {
                    self.is_ready = true;
                    if let Some(deliver) = self.waiting.pop_front() {
                        deliver.deliver(Ok(bytes));
                    }
                }
                (None, None) => self.fail("it said what nobody understands".into()),
            },
        }
    }

    fn fail(&mut self, message: String) {
        let why = if self.is_ready { ParquetError::NotMade { message } } else { ParquetError::NotLoaded { message } };
        self.waiting.drain(..).for_each(|deliver| deliver.deliver(Err(why.clone())));
        self.broken.get_or_insert(why);
    }
}
