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
        let reading = keys.iter().map(|key| Reading::begin(&transaction, key)).collect::<Result<Vec<_>, _>>()?;
        transaction.done().await?;
        reading.iter().zip(keys).map(|(reading, key)| reading.record(key)).collect()
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

/// A record that is being read: its first value, which says how many others there are, and those.
struct Reading {
    head: IdbRequest,
    rest: Rc<RefCell<Vec<IdbRequest>>>,
    _on_head: Closure<dyn FnMut()>,
}

impl Reading {
    /// Asks for its first value, and for the others as soon as that is there: all of them within the transaction.
    fn begin(transaction: &Transaction, key: &str) -> Result<Self, StoreError> {
        let objects = transaction.objects().clone();
        let head = transaction.made(objects.get(&JsValue::from_str(key)))?;
        let rest = Rc::new(RefCell::new(Vec::new()));
        let on_head = {
            let (head, rest, key) = (head.clone(), rest.clone(), key.to_owned());
            Closure::new(move || {
                let parts = head.result().map_or(0, |head| long::parts_after(&head));
                // None is made where the transaction has ended meanwhile, which is what its outcome tells.
                let made = (1..=parts).map_while(|part| objects.get(&long::part_key(&key, part)).ok());
                rest.borrow_mut().extend(made);
            })
        };
        head.set_onsuccess(Some(on_head.as_ref().unchecked_ref()));
        Ok(Self { head, rest, _on_head: on_head })
    }

    /// What was read; the transaction is done.
    fn record(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let value = |request: &IdbRequest| request.result().map_err(|error| store_error(&error));
        let rest = self.rest.borrow().iter().map(value).collect::<Result<Vec<_>, _>>()?;
        let no_bytes = || StoreError::Failed { message: format!("the record {key} holds no bytes") };
        long::join(value(&self.head)?, rest).ok_or_else(no_bytes)
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.head.set_onsuccess(None);
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
