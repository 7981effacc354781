//! One IndexedDB database: opened, upgraded step by step, and transactions that tell why they failed.
//!
//! Only `complete` and `abort` of a transaction are listened to, and its `error` is read: a browser with a full disk
//! aborts without failing any request, and whoever listens to requests alone never learns the reason. Nothing but
//! IndexedDB may be awaited within a transaction, so nothing is: requests are made at once, results read at the end.

mod connection;

use std::cell::RefCell;
use std::rc::Rc;

use albumen_core::ports::StoreError;
use wasm_bindgen::prelude::*;
use web_sys::IdbTransaction;

use super::js;
use connection::Connection;

pub use connection::delete;

/// The object store of `ports::Store`: string key → `Uint8Array`, or a list that begins a record in several values.
pub const RECORDS: &str = "records";
/// The object store of the vault's key, a `CryptoKey`.
pub const SECRETS: &str = "secrets";

/// What a transaction may do, and how sure it must be of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Read,
    /// Reported done when the system has taken it (durability "relaxed").
    Write,
    /// Reported done when it has reached the disk (durability "strict").
    WriteStrict,
}

/// A database that opens on first use, and again after another tab upgraded or deleted it.
pub struct Database {
    name: String,
    connection: RefCell<Option<Rc<Connection>>>,
}

impl Database {
    /// The database of this name, opened and upgraded.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the browser keeps nothing for us, [`StoreError::TooNew`] where a newer page was
    /// here, [`StoreError::Blocked`] where another tab does not let go of an older version.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let database = Self::when_used(name);
        database.connection().await?;
        Ok(database)
    }

    /// The database of this name, opened when it is first used.
    pub fn when_used(name: &str) -> Self {
        Self { name: name.to_owned(), connection: RefCell::new(None) }
    }

    /// Closes the connection and deletes the database with all it holds. Later use creates it anew.
    pub async fn delete(&self) -> Result<(), StoreError> {
        self.connection.borrow_mut().take();
        delete(&self.name).await
    }

    /// Begins a transaction over one object store.
    pub async fn begin(&self, object_store: &str, mode: Mode) -> Result<Transaction, StoreError> {
        match self.connection().await?.begin(object_store, mode) {
            Ok(transaction) => Ok(transaction),
            // Closed behind our back, before its event told us: open once more.
            Err(error) if js::error_name(&error) == "InvalidStateError" => {
                self.connection.borrow_mut().take();
                self.connection().await?.begin(object_store, mode).map_err(|error| store_error(&error))
            }
            Err(error) => Err(store_error(&error)),
        }
    }

    async fn connection(&self) -> Result<Rc<Connection>, StoreError> {
        if let Some(connection) = self.connection.borrow().as_ref().filter(|connection| connection.is_open()) {
            return Ok(connection.clone());
        }
        let connection = Rc::new(Connection::open(&self.name).await?);
        *self.connection.borrow_mut() = Some(connection.clone());
        Ok(connection)
    }
}

/// A transaction in progress. Dropped before it is done, it is aborted: what was not reported kept is not kept.
pub struct Transaction {
    transaction: IdbTransaction,
    objects: web_sys::IdbObjectStore,
    outcome: js::Delivery<Result<(), StoreError>>,
    finished: bool,
    _on_complete: Closure<dyn FnMut()>,
    _on_abort: Closure<dyn FnMut()>,
    _connection: Rc<Connection>,
}

impl Transaction {
    /// The object store to make requests on, all of them before [`Self::done`].
    pub fn objects(&self) -> &web_sys::IdbObjectStore {
        &self.objects
    }

    /// Passes the result of a request on, or undoes the whole transaction where it could not even be made.
    pub fn made<T>(&self, request: Result<T, JsValue>) -> Result<T, StoreError> {
        request.map_err(|error| {
            // It may have aborted by itself: then there is nothing to undo.
            let _ = self.transaction.abort();
            store_error(&error)
        })
    }

    /// Waits until all requests are answered and the transaction is kept, or says why it is not.
    pub async fn done(mut self) -> Result<(), StoreError> {
        let outcome = (&mut self.outcome).await;
        self.finished = true;
        outcome
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        self.transaction.set_oncomplete(None);
        self.transaction.set_onabort(None);
        if !self.finished {
            // Nobody learns the outcome, so nothing may come of it.
            let _ = self.transaction.abort();
        }
    }
}

/// The failure of an aborted transaction or of a request, by what a person can do about it.
pub fn store_error(error: &JsValue) -> StoreError {
    match js::error_name(error).as_str() {
        "QuotaExceededError" => StoreError::Full,
        "SecurityError" => StoreError::Unavailable,
        _ => StoreError::Failed { message: js::error_text(error) },
    }
}
