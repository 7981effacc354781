//! Files and folders as the browser hands them out for more than one visit (File System Access), kept in a small database
//! of their own. Browsers without them give files for as long as the page is open.

use albumen_core::ports::StoreError;
use albumen_core::protocol::World;
use js_sys::{Array, AsyncIterator, Function, JsString, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::idb::{self, Database, Mode, RECORDS, store_error};
use super::{js, names};

#[wasm_bindgen]
extern "C" {
    // web-sys holds most of this back as unstable.
    #[derive(Clone, Debug)]
    type RawHandle;

    #[wasm_bindgen(method, getter)]
    fn kind(this: &RawHandle) -> String;

    #[wasm_bindgen(method, getter)]
    fn name(this: &RawHandle) -> String;

    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &RawHandle) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn values(this: &RawHandle) -> Result<AsyncIterator, JsValue>;

    #[wasm_bindgen(method, catch, js_name = queryPermission)]
    fn query_permission(this: &RawHandle, wanted: &js_sys::Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    fn request_permission(this: &RawHandle, wanted: &js_sys::Object) -> Result<Promise, JsValue>;
}

/// A file or a folder that the browser can give again after the page was closed.
#[derive(Clone, Debug)]
pub struct Handle(RawHandle);

/// What a dialog of the browser's own came to.
#[derive(Debug)]
pub enum Picked {
    Handles(Vec<Handle>),
    /// The person closed it.
    Nothing,
}

impl Handle {
    /// `None` for anything else.
    pub fn from_js(value: JsValue) -> Option<Self> {
        let is_handle = js::property(&value, "kind").is_some_and(|kind| kind.is_string());
        is_handle.then(|| Self(value.unchecked_into()))
    }

    pub(super) fn is_folder(&self) -> bool {
        self.0.kind() == "directory"
    }

    pub(super) fn name(&self) -> String {
        self.0.name()
    }

    pub(super) async fn file(&self) -> Option<web_sys::File> {
        JsFuture::from(self.0.get_file().ok()?).await.ok()?.dyn_into().ok()
    }

    /// What is in a folder, one after the other.
    pub(super) fn children(&self) -> Option<AsyncIterator> {
        self.0.values().ok()
    }

    /// Whether its bytes may be read; asks the person where that is not settled. Within a press only.
    async fn is_allowed(&self) -> bool {
        let wanted = js::object(&[("mode", "read".into())]);
        let granted = async |asked: Result<Promise, JsValue>| {
            let answer = JsFuture::from(asked.ok()?).await.ok()?;
            Some(answer.as_string()? == "granted")
        };
        if granted(self.0.query_permission(&wanted)).await == Some(true) {
            return true;
        }
        granted(self.0.request_permission(&wanted)).await == Some(true)
    }
}

/// Whether the browser has dialogs that give handles.
pub fn can_pick() -> bool {
    js::global("showOpenFilePicker").is_some() && js::global("showDirectoryPicker").is_some()
}

/// Lets the person choose files. Within a press only.
pub async fn pick_files() -> Picked {
    picked(ask("showOpenFilePicker", &js::object(&[("multiple", true.into())]))).await
}

/// Lets the person choose a folder. Within a press only.
pub async fn pick_folder() -> Picked {
    picked(ask("showDirectoryPicker", &js::object(&[("mode", "read".into())]))).await
}

fn ask(dialog: &str, options: &js_sys::Object) -> Option<Promise> {
    let dialog = js::global(dialog)?.dyn_into::<Function>().ok()?;
    dialog.call1(&js_sys::global(), options).ok()?.dyn_into().ok()
}

async fn picked(asked: Option<Promise>) -> Picked {
    let Some(asked) = asked else { return Picked::Nothing };
    match JsFuture::from(asked).await {
        Ok(handles) if Array::is_array(&handles) => {
            Picked::Handles(Array::from(&handles).iter().filter_map(Handle::from_js).collect())
        }
        Ok(handle) => Picked::Handles(Handle::from_js(handle).into_iter().collect()),
        Err(_) => Picked::Nothing,
    }
}

/// Keeps handles of a world, each in the place of one of its name.
///
/// # Errors
/// The browser keeps nothing for us, or no handles, or has no room.
pub async fn keep(base: &str, world: World, handles: &[Handle]) -> Result<(), StoreError> {
    if handles.is_empty() {
        return Ok(());
    }
    let database = Database::open(&names::handles(base, world)).await?;
    let transaction = database.begin(RECORDS, Mode::Write).await?;
    for handle in handles {
        let key = JsString::from(format!("{}/{}", handle.0.kind(), handle.0.name()));
        transaction.made(transaction.objects().put_with_key(&handle.0, &key))?;
    }
    transaction.done().await
}

/// The handles that are kept of a world.
///
/// # Errors
/// As those of [`keep`].
pub async fn kept(base: &str, world: World) -> Result<Vec<Handle>, StoreError> {
    let database = Database::open(&names::handles(base, world)).await?;
    let transaction = database.begin(RECORDS, Mode::Read).await?;
    let request = transaction.made(transaction.objects().get_all())?;
    transaction.done().await?;
    let handles = request.result().map_err(|error| store_error(&error))?;
    Ok(Array::from(&handles).iter().filter_map(Handle::from_js).collect())
}

/// Keeps no handle of a world any more.
///
/// # Errors
/// As those of [`keep`].
pub async fn forget(base: &str, world: World) -> Result<(), StoreError> {
    idb::delete(&names::handles(base, world)).await
}

/// Those of `handles` that may be read; the person is asked. Within a press only.
pub async fn allowed(handles: Vec<Handle>) -> Vec<Handle> {
    let mut allowed = Vec::with_capacity(handles.len());
    for handle in handles {
        // One question after the other: a browser shows no two at once.
        if handle.is_allowed().await {
            allowed.push(handle);
        }
    }
    allowed
}
