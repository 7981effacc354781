//! Named records of bytes in IndexedDB.

use std::cell::RefCell;
use std::rc::Rc;

use albumen_core::ports::{Batch, Store, StoreError};
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{IdbKeyRange, IdbRequest};

use super::idb::{Database, Mode, RECORDS, Transaction, store_error};
use super::long;

/// `ports::Store` over one database. Any number of tabs and threads may read it while one writes.
#[derive(Clone)]
pub struct IdbStore {
    database: Rc<Database>,
}

impl IdbStore {
    pub fn new(database: Rc<Database>) -> Self {
        Self { database }
    }
}

impl Store for IdbStore {
    async fn read(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let transaction = self.database.begin(RECORDS, Mode::Read).await?;
        let reading = Reading::begin(&transaction, keys)?;
        transaction.done().await?;
        reading.records(keys)
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let transaction = self.database.begin(RECORDS, Mode::Read).await?;
        let request = match range(prefix)? {
            Some(range) => transaction.objects().get_all_keys_with_key(&range),
            None => transaction.objects().get_all_keys(),
        };
        let request = transaction.made(request)?;
        transaction.done().await?;
        let keys = request.result().map_err(|error| store_error(&error))?;
        let keys = js_sys::Array::from(&keys);
        let mut names: Vec<String> =
            keys.iter().filter_map(|key| key.as_string()).filter(|key| long::is_name(key)).collect();
        // IndexedDB orders strings by their UTF-16 code units.
        names.sort_unstable();
        Ok(names)
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let mode = if batch.strict { Mode::WriteStrict } else { Mode::Write };
        let transaction = self.database.begin(RECORDS, mode).await?;
        let objects = transaction.objects();
        for prefix in &batch.delete_prefixes {
            let request = match range(prefix)? {
                Some(range) => objects.delete(&range),
                None => objects.clear(),
            };
            transaction.made(request)?;
        }
        for key in &batch.deletes {
            transaction.made(objects.delete(&long::range(key)?))?;
        }
        for (name, record) in &batch.puts {
            long::divide(name, record, |value, key| transaction.made(objects.put_with_key(value, key)).map(drop))?;
        }
        transaction.done().await
    }
}

/// Records that are being read.
struct Reading {
    /// The requests for the values of each record.
    requests: Rc<Vec<RefCell<Vec<IdbRequest>>>>,
    /// That with the first values of all of them, the last one that is answered.
    last: Option<IdbRequest>,
    _on_last: Closure<dyn FnMut()>,
}

impl Reading {
    /// Asks for the first values of all records, and for the others as soon as these are there: all of them within the
    /// transaction.
    fn begin(transaction: &Transaction, names: &[String]) -> Result<Self, StoreError> {
        let objects = transaction.objects().clone();
        let first = |name: &String| {
            let made = long::first_keys(name).map(|key| transaction.made(objects.get(&key)));
            made.collect::<Result<Vec<_>, _>>().map(RefCell::new)
        };
        let requests = Rc::new(names.iter().map(first).collect::<Result<Vec<_>, _>>()?);
        let last = requests.last().and_then(|requests| requests.borrow().last().cloned());
        let on_last = {
            let (requests, names) = (requests.clone(), names.to_vec());
            Closure::new(move || {
                for (requests, name) in requests.iter().zip(&names) {
                    let Some(Ok(head)) = requests.borrow().first().map(IdbRequest::result) else { continue };
                    // None is made where the transaction has ended meanwhile, which is what its outcome tells.
                    let made = long::further_keys(name, &head).map_while(|key| objects.get(&key).ok());
                    requests.borrow_mut().extend(made);
                }
            })
        };
        if let Some(last) = &last {
            last.set_onsuccess(Some(on_last.as_ref().unchecked_ref()));
        }
        Ok(Self { requests, last, _on_last: on_last })
    }

    /// What was read; the transaction is done.
    fn records(&self, names: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let value = |request: &IdbRequest| request.result().map_err(|error| store_error(&error));
        let record = |(requests, name): (&RefCell<Vec<IdbRequest>>, &String)| {
            let values = requests.borrow().iter().map(value).collect::<Result<Vec<_>, _>>()?;
            let no_bytes = || StoreError::Failed { message: format!("the record {name} holds no bytes") };
            long::join(values).ok_or_else(no_bytes)
        };
        self.requests.iter().zip(names).map(record).collect()
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if let Some(last) = &self.last {
            last.set_onsuccess(None);
        }
    }
}

/// The keys that begin with `prefix`; `None` is all of them.
fn range(prefix: &str) -> Result<Option<IdbKeyRange>, StoreError> {
    let mut after: Vec<u16> = prefix.encode_utf16().collect();
    while after.last() == Some(&u16::MAX) {
        after.pop();
    }
    let Some(last) = after.last_mut() else {
        return if prefix.is_empty() {
            Ok(None)
        } else {
            IdbKeyRange::lower_bound(&JsValue::from_str(prefix)).map(Some).map_err(|error| store_error(&error))
        };
    };
    *last += 1;
    let (first, after) = (JsValue::from_str(prefix), JsString::from_char_code(&after));
    IdbKeyRange::bound_with_lower_open_and_upper_open(&first, &after, false, true)
        .map(Some)
        .map_err(|error| store_error(&error))
}
