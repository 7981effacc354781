//! The library as the browser keeps it: the records of its database, read by the core's own reader.

use albumen_core::catalog::codec::decode_album;
use albumen_core::catalog::{AlbumRows, Ledger};
use albumen_core::photo::MediaItem;
use albumen_core::ports::Store;
use albumen_core::store::{MemoryStore, keys};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::browser::Browser;
use crate::failure::{Told, said};

/// Everything that is known of the person's photos.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Every row that has a media item, and its number.
    pub items: Vec<(u32, MediaItem)>,
    pub albums: Vec<AlbumRows>,
}

/// Names whose records are asked for at a time: no answer may be too large for one message.
const AT_ONCE: usize = 64;

const NAMES: &str = "
    const done = request => new Promise((good, bad) => {
        request.onsuccess = () => good(request.result);
        request.onerror = () => bad(request.error);
    });
    const [name] = (await indexedDB.databases()).map(one => one.name).filter(name => name.endsWith(':google'));
    if (!name) return { names: [] };
    const database = await done(indexedDB.open(name));
    try {
        const records = database.transaction('records').objectStore('records');
        const prefix = IDBKeyRange.bound('${prefix}', '${prefix}\\uffff');
        const keys = await done(records.getAllKeys(prefix));
        return { names: keys.filter(key => !key.includes('\\u0000')) };
    } finally {
        database.close();
    }";

const RECORDS: &str = "
    const done = request => new Promise((good, bad) => {
        request.onsuccess = () => good(request.result);
        request.onerror = () => bad(request.error);
    });
    const [name] = (await indexedDB.databases()).map(one => one.name).filter(name => name.endsWith(':google'));
    const database = await done(indexedDB.open(name));
    try {
        const records = database.transaction('records').objectStore('records');
        const whole = async name => {
            const values = await done(records.getAll(IDBKeyRange.bound(name, name + '\\u0001', false, true)));
            if (!values.length) return null;
            if (!Array.isArray(values[0])) return values[0].toBase64();
            // A long record: its length and its first bytes, then the rest.
            const [length, first] = values[0];
            const all = new Uint8Array(length);
            let at = 0;
            for (const part of [first, ...values.slice(1)]) {
                const here = part.subarray(0, length - at);
                all.set(here, at);
                at += here.length;
            }
            return all.toBase64();
        };
        return { values: await Promise.all(${names}.map(whole)) };
    } finally {
        database.close();
    }";

#[derive(Debug, Deserialize)]
struct Names {
    names: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Values {
    values: Vec<Option<String>>,
}

/// The records whose names begin with `prefix`, by name.
///
/// # Errors
/// Where the page cannot be asked, or answers something else.
pub async fn records(browser: &Browser, prefix: &str) -> Told<Vec<(String, Vec<u8>)>> {
    let Names { names } = browser.run_async(&NAMES.replace("${prefix}", prefix)).await?;
    let mut records = Vec::with_capacity(names.len());
    for names in names.chunks(AT_ONCE) {
        let script = RECORDS.replace("${names}", &serde_json::to_string(names)?);
        let Values { values } = browser.run_async(&script).await?;
        for (name, value) in names.iter().zip(values) {
            // What was deleted between the two questions is no part of the library any more.
            let Some(value) = value else { continue };
            let bytes = STANDARD.decode(value).map_err(|error| said(format!("{name}: {error}")))?;
            records.push((name.clone(), bytes));
        }
    }
    Ok(records)
}

/// Reads the whole library of the world of Google.
///
/// # Errors
/// Where a record cannot be read: then something is wrong with what wrote it.
pub async fn library(browser: &Browser) -> Told<Library> {
    let store = MemoryStore::new();
    for (name, bytes) in records(browser, keys::CATALOG).await? {
        store.plant(name, bytes);
    }
    let wrong = |error: &dyn std::fmt::Display| said(format!("the library cannot be read: {error}"));
    let (ledger, set_aside) = Ledger::open(&store).await.map_err(|error| wrong(&error))?;
    if let Some(record) = set_aside.first() {
        return Err(wrong(record));
    }
    let mut library = Library::default();
    for row in 0..u32::try_from(ledger.len()).map_err(|error| wrong(&error))? {
        let item = ledger.details(&store, row).await.map_err(|error| wrong(&error))?;
        library.items.extend(item.map(|item| (row, item)));
    }
    let names = store.names(keys::ALBUMS).await.map_err(|error| wrong(&error))?;
    for record in store.read(&names).await.map_err(|error| wrong(&error))?.into_iter().flatten() {
        library.albums.push(decode_album(&record).map_err(|error| wrong(&error))?);
    }
    Ok(library)
}
