//! A connection to a database: opening it, bringing it to today's version, making way for other tabs.

use std::cell::Cell;
use std::rc::Rc;

use albumen_core::ports::StoreError;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction, IdbVersionChangeEvent};

use super::{Mode, RECORDS, SECRETS, Transaction, store_error};
use crate::browser::js::{self, delivery};
use crate::browser::locks::hold;
use crate::browser::names;

type Step = fn(&IdbDatabase) -> Result<(), JsValue>;

/// What turns version n into n + 1. A new step is added at the end; none is ever changed.
const STEPS: [Step; 2] = [
    |database| {
        database.create_object_store(RECORDS)?;
        database.create_object_store(SECRETS)?;
        Ok(())
    },
    // Long records are several values from now on. Those that are one are read as before.
    |_| Ok(()),
];

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

/// One open connection, until another tab needs it closed.
pub(super) struct Connection {
    database: IdbDatabase,
    open: Rc<Cell<bool>>,
    _on_close: Closure<dyn FnMut()>,
}

impl Connection {
    /// Under a lock: a page that is left while its database is still being made would be kept for the back button, and
    /// everybody's opening would wait for it for as long as it is kept. A page with a lock that somebody wants is not.
    pub(super) async fn open(name: &str) -> Result<Self, StoreError> {
        let known = STEPS.len() as u32;
        let _held = hold(&names::opening_lock(name)).await;
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

    pub(super) fn is_open(&self) -> bool {
        self.open.get()
    }

    pub(super) fn begin(self: Rc<Self>, object_store: &str, mode: Mode) -> Result<Transaction, JsValue> {
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

/// Deletes a database with all it holds. One that does not exist is deleted too.
pub async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(|error| open_error(&error))?;
    settled(&request).await.map(|_| ())
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
