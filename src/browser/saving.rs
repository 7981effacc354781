//! Files written piece by piece: straight to the disk where the browser can (File System Access), else gathered by the
//! browser and offered as a download.

use albumen_core::trouble::SaveError;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::download::offer;
use super::js;
use super::object_url::{Piece, Pieces};

#[wasm_bindgen]
extern "C" {
    // web-sys holds these back as unstable.
    #[derive(Clone, Debug)]
    type RawHandle;

    #[wasm_bindgen(method, getter)]
    fn name(this: &RawHandle) -> String;

    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn create_writable(this: &RawHandle) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &RawHandle) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn remove(this: &RawHandle) -> Result<Promise, JsValue>;

    #[derive(Clone, Debug)]
    type RawWritable;

    #[wasm_bindgen(method, catch)]
    fn write(this: &RawWritable, piece: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn close(this: &RawWritable) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn abort(this: &RawWritable) -> Result<Promise, JsValue>;
}

/// Where a file is to go.
#[derive(Debug)]
pub struct SavePlace(Place);

#[derive(Debug)]
enum Place {
    /// A file that the person has chosen; the browser has made it, empty.
    OnDisk(RawHandle),
    Downloads(Download),
}

/// A file among the browser's downloads.
#[derive(Clone, Debug)]
struct Download {
    file_name: String,
    mime_type: &'static str,
}

/// A file that is being written. Until [`Saving::end`] there is nothing of it that anybody could take for the whole.
#[derive(Debug)]
pub struct Saving(Way);

#[derive(Debug)]
enum Way {
    ToDisk(RawHandle, RawWritable),
    ToDownloads(Download, Pieces),
}

impl SavePlace {
    /// Asks where, if the browser has a dialog for that; `None` if the person closes it. Within a press only.
    pub async fn ask(file_name: &str, mime_type: &'static str) -> Option<Self> {
        let downloads = || Self(Place::Downloads(Download { file_name: file_name.to_owned(), mime_type }));
        let Some(asked) = dialog(file_name, mime_type) else { return Some(downloads()) };
        match JsFuture::from(asked).await {
            Ok(handle) => Some(Self(Place::OnDisk(handle.unchecked_into()))),
            Err(error) if js::error_name(&error) == "AbortError" => None,
            // It has a dialog and may not show it, for instance within a frame.
            Err(_) => Some(downloads()),
        }
    }

    /// What the file is called.
    pub fn file_name(&self) -> String {
        match &self.0 {
            Place::OnDisk(handle) => handle.name(),
            Place::Downloads(download) => download.file_name.clone(),
        }
    }

    /// Begins to write.
    ///
    /// # Errors
    /// See [`SaveError`].
    pub async fn begin(self) -> Result<Saving, SaveError> {
        match self.0 {
            Place::OnDisk(handle) => match done(handle.create_writable()).await {
                Ok(writable) => Ok(Saving(Way::ToDisk(handle, writable.unchecked_into()))),
                Err(why) => {
                    remove_empty(&handle).await;
                    Err(why)
                }
            },
            Place::Downloads(download) => Ok(Saving(Way::ToDownloads(download, Pieces::default()))),
        }
    }
}

impl Saving {
    /// Writes the next piece. It ends when the browser can take another one.
    ///
    /// # Errors
    /// See [`SaveError`]; [`Saving::abort`] it then.
    pub async fn write(&self, piece: &Piece) -> Result<(), SaveError> {
        match &self.0 {
            Way::ToDisk(_, writable) => done(writable.write(piece.raw())).await.map(|_| ()),
            Way::ToDownloads(_, pieces) => pieces.add(piece).map_err(|error| save_error(&error)),
        }
    }

    /// The file is whole: it takes its place on the disk, or is offered as a download.
    ///
    /// # Errors
    /// See [`SaveError`]; there is no file then.
    pub async fn end(self) -> Result<(), SaveError> {
        match self.0 {
            Way::ToDisk(handle, writable) => {
                let outcome = done(writable.close()).await;
                if outcome.is_err() {
                    remove_empty(&handle).await;
                }
                outcome.map(|_| ())
            }
            Way::ToDownloads(Download { file_name, mime_type }, pieces) => {
                let address = pieces.address(mime_type).map_err(|error| save_error(&error))?;
                let message = "the browser did not take the file";
                offer(&file_name, address).then_some(()).ok_or(SaveError::Failed { message: message.into() })
            }
        }
    }

    /// Leaves nothing of it.
    pub async fn abort(self) {
        if let Way::ToDisk(handle, writable) = self.0 {
            // A stream that has failed is aborted already.
            let _ = done(writable.abort()).await;
            remove_empty(&handle).await;
        }
    }
}

fn dialog(file_name: &str, mime_type: &str) -> Option<Promise> {
    let ask = js::global("showSaveFilePicker")?.dyn_into::<Function>().ok()?;
    let ending = file_name.rsplit_once('.').map_or(String::new(), |(_, ending)| format!(".{ending}"));
    let accept = js::object(&[(mime_type, Array::of1(&ending.into()).into())]);
    let types = Array::of1(&js::object(&[("accept", accept.into())]));
    let options = js::object(&[("suggestedName", file_name.into()), ("types", types.into())]);
    ask.call1(&js_sys::global(), &options).ok()?.dyn_into().ok()
}

/// The dialog has made an empty file; it goes again where the browser can do that.
async fn remove_empty(handle: &RawHandle) {
    let file = done(handle.get_file()).await.ok().and_then(|file| file.dyn_into::<web_sys::File>().ok());
    if file.is_some_and(|file| file.size() == 0.0) && js::property(handle, "remove").is_some() {
        let _ = done(handle.remove()).await;
    }
}

async fn done(asked: Result<Promise, JsValue>) -> Result<JsValue, SaveError> {
    let answer = match asked {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    answer.map_err(|error| save_error(&error))
}

/// By the names of DOM exceptions (Web IDL, section 2.8.1).
fn save_error(error: &JsValue) -> SaveError {
    match js::error_name(error).as_str() {
        "QuotaExceededError" => SaveError::Full,
        "NotAllowedError" | "SecurityError" | "NoModificationAllowedError" => SaveError::NotAllowed,
        "NotFoundError" | "InvalidStateError" => SaveError::Gone,
        _ => SaveError::Failed { message: js::error_text(error) },
    }
}
