//! One IndexedDB database: opened, upgraded step by step, and transactions that tell why they failed.
//!
//! Only `complete` and `abort` of a transaction are listened to, and its `error` is read: a browser with a full disk
//! aborts without failing any request, and whoever listens to requests alone never learns the reason. Nothing but
//! IndexedDB may be awaited within a transaction, so nothing is: requests are made at once, results read at the end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use albumen_core::ports::StoreError;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction, IdbVersionChangeEvent};

use super::js::{self, delivery};

/// The object store of `ports::Store`: string key → `Uint8Array`.
pub const RECORDS: &str = "records";
/// The object store of the vault's key, a `CryptoKey`.
pub const SECRETS: &str = "secrets";

type Step = fn(&IdbDatabase) -> Result<(), JsValue>;

/// What turns version n into n + 1. A new step is added at the end; none is ever changed.
const STEPS: [Step; 1] = [|database| {
    database.create_object_store(RECORDS)?;
    database.create_object_store(SECRETS)?;
    Ok(())
}];

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
        let database = Self { name: name.to_owned(), connection: RefCell::new(None) };
        database.connection().await?;
        Ok(database)
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

/// Deletes a database with all it holds. One that does not exist is deleted too.
pub async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(|error| open_error(&error))?;
    settled(&request).await.map(|_| ())
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

#[wasm_bindgen]
extern "C" {
    // Options (durability) are behind `web_sys_unstable_apis` in web-sys, so the one method is bound here.
    #[wasm_bindgen(extends = IdbDatabase, js_name = IDBDatabase)]
    type DatabaseWithOptions;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn begin(
        this: &DatabaseWithOptions,
        object_store: &str,
        mode: &str,
        options: &js_sys::Object,
    ) -> Result<IdbTransaction, JsValue>;

    #[wasm_bindgen(extends = IdbFactory, js_name = IDBFactory)]
    type FactoryWithList;

    #[wasm_bindgen(method, catch)]
    fn databases(this: &FactoryWithList) -> Result<js_sys::Promise, JsValue>;
}

struct Connection {
    database: IdbDatabase,
    open: Rc<Cell<bool>>,
    _on_close: Closure<dyn FnMut()>,
}

impl Connection {
    async fn open(name: &str) -> Result<Self, StoreError> {
        let known = STEPS.len() as u32;
        let request = factory()?.open_with_u32(name, known).map_err(|error| open_error(&error))?;
        let upgrade = {
            let request = request.clone();
            Closure::<dyn FnMut(IdbVersionChangeEvent)>::new(move |event: IdbVersionChangeEvent| {
                upgrade(&request, event.old_version() as usize);
            })
        };
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let opened = settled(&request).await;
        request.set_onupgradeneeded(None);
        let database: IdbDatabase = match opened {
            Ok(value) => value.unchecked_into(),
            Err(StoreError::TooNew { .. }) => return Err(StoreError::TooNew { found: found(name).await, known }),
            Err(error) => return Err(error),
        };
        let open = Rc::new(Cell::new(true));
        let on_close = {
            let (database, open) = (database.clone(), open.clone());
            Closure::<dyn FnMut()>::new(move || {
                open.set(false);
                database.close();
            })
        };
        // Another tab upgrades or deletes: make way. `close` comes when the browser itself ends the connection.
        database.set_onversionchange(Some(on_close.as_ref().unchecked_ref()));
        database.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Ok(Self { database, open, _on_close: on_close })
    }

    fn is_open(&self) -> bool {
        self.open.get()
    }

    fn begin(self: Rc<Self>, object_store: &str, mode: Mode) -> Result<Transaction, JsValue> {
        let (mode, durability) = match mode {
            Mode::Read => ("readonly", "default"),
            Mode::Write => ("readwrite", "relaxed"),
            Mode::WriteStrict => ("readwrite", "strict"),
        };
        let database: &DatabaseWithOptions = self.database.unchecked_ref();
        let transaction = database.begin(object_store, mode, &js::object(&[("durability", durability.into())]))?;
        let objects = transaction.object_store(object_store)?;
        let (deliver, outcome) = delivery();
        let on_complete = {
            let deliver = deliver.clone();
            Closure::<dyn FnMut()>::new(move || deliver.deliver(Ok(())))
        };
        let on_abort = {
            let transaction = transaction.clone();
            Closure::<dyn FnMut()>::new(move || deliver.deliver(Err(abort_reason(transaction.error()))))
        };
        transaction.set_oncomplete(Some(on_complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(on_abort.as_ref().unchecked_ref()));
        Ok(Transaction {
            transaction,
            objects,
            outcome,
            finished: false,
            _on_complete: on_complete,
            _on_abort: on_abort,
            _connection: self,
        })
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

fn factory() -> Result<IdbFactory, StoreError> {
    js::global("indexedDB").map(JsCast::unchecked_into).ok_or(StoreError::Unavailable)
}

fn upgrade(request: &IdbOpenDbRequest, from_version: usize) {
    let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    for step in STEPS.iter().skip(from_version) {
        if step(&database).is_err() {
            // All or nothing: the open request then fails with an AbortError.
            if let Some(transaction) = request.transaction() {
                let _ = transaction.abort();
            }
            return;
        }
    }
}

/// The outcome of a request to open or delete.
async fn settled(request: &IdbOpenDbRequest) -> Result<JsValue, StoreError> {
    let (deliver, outcome) = delivery();
    let on_success = {
        let (request, deliver) = (request.clone(), deliver.clone());
        Closure::<dyn FnMut()>::new(move || deliver.deliver(request.result().map_err(|error| open_error(&error))))
    };
    let on_error = {
        let (request, deliver) = (request.clone(), deliver.clone());
        Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            let error = request.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from);
            deliver.deliver(Err(open_error(&error)));
        })
    };
    let on_blocked = Closure::<dyn FnMut()>::new(move || deliver.deliver(Err(StoreError::Blocked)));
    request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
    request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    let outcome = outcome.await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    request.set_onblocked(None);
    if outcome == Err(StoreError::Blocked) {
        close_when_opened(request);
    }
    outcome
}

/// A blocked request may be granted later, when nobody waits for it any more: its connection would block others.
fn close_when_opened(request: &IdbOpenDbRequest) {
    let late = request.clone();
    let close = Closure::once_into_js(move || {
        if let Some(database) = late.result().ok().and_then(|value| value.dyn_into::<IdbDatabase>().ok()) {
            database.close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
}

/// The version that is there, where the browser tells; 0 where it does not.
async fn found(name: &str) -> u32 {
    let list = async {
        let factory: FactoryWithList = factory().ok()?.unchecked_into();
        let list = JsFuture::from(factory.databases().ok()?).await.ok()?;
        js_sys::Array::from(&list)
            .iter()
            .find(|entry| js::property(entry, "name").and_then(|found| found.as_string()).as_deref() == Some(name))
            .and_then(|entry| js::property(&entry, "version")?.as_f64())
    };
    list.await.unwrap_or_default() as u32
}

fn abort_reason(error: Option<DomException>) -> StoreError {
    match error {
        Some(error) => store_error(&error),
        None => StoreError::Failed { message: "the transaction was undone".into() },
    }
}

/// Why a database could not be opened or deleted. Browsers word a forbidden storage in many ways.
fn open_error(error: &JsValue) -> StoreError {
    match js::error_name(error).as_str() {
        "VersionError" => StoreError::TooNew { found: 0, known: STEPS.len() as u32 },
        "QuotaExceededError" => StoreError::Full,
        "AbortError" => StoreError::Failed { message: js::error_text(error) },
        _ => StoreError::Unavailable,
    }
}
