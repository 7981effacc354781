//! Named records of bytes in IndexedDB.

use std::rc::Rc;

use albumen_core::ports::{Batch, Store, StoreError};
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{IdbKeyRange, IdbRequest};

use super::idb::{Database, Mode, RECORDS, store_error};
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
        let mut requests = Vec::with_capacity(keys.len());
        for key in keys {
            requests.push(transaction.made(transaction.objects().get_all_with_key(&long::range(key)?))?);
        }
        transaction.done().await?;
        requests.iter().zip(keys).map(|(request, key)| bytes(request, key)).collect()
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

fn bytes(request: &IdbRequest, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let values = request.result().map_err(|error| store_error(&error))?;
    long::join(&values).ok_or_else(|| StoreError::Failed { message: format!("the record {key} holds no bytes") })
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
