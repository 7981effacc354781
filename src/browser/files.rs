//! Files from the dialog or a drop, as names and sizes; their bytes are read only when they are needed.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use albumen_core::ports::{self, FileId, ReadAt};
use albumen_core::protocol::{NewFile, NewPart};
use js_sys::Uint8Array;
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DataTransfer, DomException, File, FileList, HtmlInputElement};

/// A file that a person chose. Cloning it copies no bytes.
#[derive(Clone, Debug)]
pub struct PickedFile(File);

/// What was let go over the page.
#[derive(Clone, Debug, Default)]
pub struct Dropped {
    pub files: Vec<PickedFile>,
    /// Folders among it, which are not opened.
    pub folders: usize,
}

/// Why the bytes of a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileReadError {
    /// It was moved, deleted or changed since it was chosen, or the system does not let the browser read it.
    #[error("the file can no longer be read")]
    Gone,
    #[error("the file is larger than {limit_bytes} bytes")]
    TooLarge { limit_bytes: u64 },
    #[error("the file is not text")]
    NotText,
}

impl PickedFile {
    /// The files of a file input, in the dialog's order. Empty the input's value afterwards, so that the same file can be
    /// chosen again.
    pub fn from_input(input: &HtmlInputElement) -> Vec<Self> {
        input.files().as_ref().map(list).unwrap_or_default()
    }

    /// Name, size, type and date, as the browser says them.
    pub fn describe(&self) -> NewFile {
        NewFile {
            name: self.0.name(),
            size: self.0.size() as u64,
            mime_type: self.0.type_(),
            modified_ms: self.0.last_modified() as i64,
        }
    }

    /// What an import is told of it; `path` is where it lies in what was chosen.
    pub fn describe_part(&self, path: String) -> NewPart {
        NewPart { path, size: self.0.size() as u64, modified_ms: self.0.last_modified() as i64 }
    }

    /// `length` of its bytes from `start` on, as this type of medium. No byte is read yet.
    pub(super) fn slice(&self, start: u64, length: u64, mime_type: &str) -> Option<Blob> {
        let (start, end) = (start as f64, start.saturating_add(length) as f64);
        self.0.slice_with_f64_and_f64_and_content_type(start, end, mime_type).ok()
    }

    /// All bytes of the file, if it is not larger than the limit.
    pub async fn read(&self, limit_bytes: u64) -> Result<Vec<u8>, FileReadError> {
        if self.0.size() > limit_bytes as f64 {
            return Err(FileReadError::TooLarge { limit_bytes });
        }
        match JsFuture::from(self.0.array_buffer()).await {
            Ok(buffer) => Ok(Uint8Array::new(&buffer).to_vec()),
            Err(_) => Err(FileReadError::Gone),
        }
    }

    /// The text of a small file in UTF-8; a byte order mark is taken off.
    pub async fn read_text(&self, limit_bytes: u64) -> Result<String, FileReadError> {
        let text = String::from_utf8(self.read(limit_bytes).await?).map_err(|_| FileReadError::NotText)?;
        Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
    }

    /// Whether its first byte can still be read: a file changed on the disk since it was chosen cannot.
    pub async fn is_readable(&self) -> bool {
        let Ok(start) = self.0.slice_with_i32_and_i32(0, 1) else { return false };
        JsFuture::from(start.array_buffer()).await.is_ok()
    }

    /// `length` bytes from `at` on, or fewer where the file ends sooner.
    async fn bytes(&self, at: u64, length: u32) -> Result<Vec<u8>, JsValue> {
        // Files have fewer bytes than a double counts.
        let slice = self.0.slice_with_f64_and_f64(at as f64, (at + u64::from(length)) as f64)?;
        let buffer = JsFuture::from(slice.array_buffer()).await?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    pub(super) fn raw(&self) -> &File {
        &self.0
    }

    /// A file that came with a message; `None` for anything else.
    pub(super) fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }
}

impl From<File> for PickedFile {
    fn from(file: File) -> Self {
        Self(file)
    }
}

impl Dropped {
    /// What a drop brings. Folders are counted and left alone.
    pub fn from_drop(transfer: &DataTransfer) -> Self {
        let items = transfer.items();
        let mut dropped = Self::default();
        for index in 0..items.length() {
            let Some(item) = items.get(index).filter(|item| item.kind() == "file") else { continue };
            let is_folder = item.webkit_get_as_entry().ok().flatten().is_some_and(|entry| entry.is_directory());
            if is_folder {
                dropped.folders += 1;
            } else if let Ok(Some(file)) = item.get_as_file() {
                dropped.files.push(PickedFile(file));
            }
        }
        dropped
    }

    /// Whether a drag over the page carries files at all (and not text or a link).
    pub fn carries_files(transfer: &DataTransfer) -> bool {
        transfer.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
    }
}

/// The files that the engine was given, under the numbers by which the core knows them.
#[derive(Debug, Default)]
pub struct FileShelf {
    files: RefCell<HashMap<FileId, PickedFile>>,
    next: Cell<u32>,
}

impl FileShelf {
    pub fn put(&self, file: PickedFile) -> FileId {
        let id = FileId(self.next.get());
        self.next.set(id.0.wrapping_add(1));
        self.files.borrow_mut().insert(id, file);
        id
    }

    pub fn get(&self, id: FileId) -> Option<PickedFile> {
        self.files.borrow().get(&id).cloned()
    }
}

impl ReadAt for FileShelf {
    async fn read_at(&self, file: FileId, at: u64, length: u32) -> Result<Vec<u8>, ports::FileError> {
        let file = self.get(file).ok_or(ports::FileError::Gone)?;
        file.bytes(at, length).await.map_err(|error| file_error(&error))
    }
}

/// A file that was moved, deleted, changed or locked is "not found" or "not readable" (File API, section 8).
fn file_error(error: &JsValue) -> ports::FileError {
    let exception = error.dyn_ref::<DomException>();
    match exception.map(DomException::name).as_deref() {
        Some("NotFoundError" | "NotReadableError" | "SecurityError") => ports::FileError::Gone,
        _ => {
            ports::FileError::Failed { message: exception.map_or_else(|| format!("{error:?}"), DomException::message) }
        }
    }
}

fn list(files: &FileList) -> Vec<PickedFile> {
    (0..files.length()).filter_map(|index| files.get(index)).map(PickedFile).collect()
}
