//! What a person let go over the page or chose for an import: files, and folders with all that is in them, however many.

use futures_util::future::join_all;
use js_sys::{Array, AsyncIterator, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, DataTransferItem, HtmlInputElement};

use super::files::PickedFile;
use super::handles::Handle;
use super::js;

/// Files that are taken at once: few enough that the page goes on between them.
const SLICE: usize = 300;

/// Folders within folders that are gone into. Google's exports have four.
const DEEPEST: usize = 64;

#[wasm_bindgen]
extern "C" {
    // Not in every browser, and held back as unstable by web-sys.
    #[wasm_bindgen(extends = DataTransferItem, js_name = DataTransferItem)]
    type ItemWithHandle;

    #[wasm_bindgen(method, catch, js_name = getAsFileSystemHandle)]
    fn handle(this: &ItemWithHandle) -> Result<Promise, JsValue>;

    // The older way into folders, which every browser has.
    #[derive(Clone, Debug)]
    type Entry;

    #[wasm_bindgen(method, getter, js_name = isDirectory)]
    fn is_directory(this: &Entry) -> bool;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Entry) -> String;

    #[wasm_bindgen(method, catch)]
    fn file(this: &Entry, found: &Function, failed: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = createReader)]
    fn create_reader(this: &Entry) -> Result<Reader, JsValue>;

    #[derive(Debug)]
    type Reader;

    #[wasm_bindgen(method, catch, js_name = readEntries)]
    fn read_entries(this: &Reader, read: &Function, failed: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(extends = web_sys::File, js_name = File)]
    type FileOfFolder;

    #[wasm_bindgen(method, getter, js_name = webkitRelativePath)]
    fn relative_path(this: &FileOfFolder) -> Option<String>;
}

/// A file, and its path from what was chosen on, with `/` between; of a file that was chosen itself, its name.
#[derive(Clone, Debug)]
pub struct FoundFile {
    pub path: String,
    pub file: PickedFile,
}

/// Files and folders, read in slices by [`Chosen::next`].
#[derive(Debug, Default)]
pub struct Chosen {
    /// Of a drop: what it may turn out to be is known a moment later.
    dropped: Vec<DroppedItem>,
    /// The files of a dialog.
    listed: Option<(Array, u32)>,
    waiting: Vec<(String, Item)>,
    folders: Vec<(String, Folder)>,
    handles: Vec<Handle>,
    /// Files and folders that could not be read.
    unreadable: u32,
}

#[derive(Debug)]
struct DroppedItem {
    handle: Option<Promise>,
    entry: Option<Entry>,
    file: Option<PickedFile>,
}

#[derive(Debug)]
enum Item {
    File(PickedFile),
    Handle(Handle),
    Entry(Entry),
}

#[derive(Debug)]
enum Folder {
    OfHandle(AsyncIterator),
    OfEntry(Reader),
}

impl Chosen {
    /// What a drop brings. Within its event only.
    pub fn from_drop(transfer: &DataTransfer) -> Self {
        let items = transfer.items();
        let items = (0..items.length()).filter_map(|index| items.get(index)).filter(|item| item.kind() == "file");
        Self { dropped: items.map(|item| DroppedItem::of(&item)).collect(), ..Self::default() }
    }

    /// The files of a dialog, or all of the folder that was chosen in it.
    pub fn from_input(input: &HtmlInputElement) -> Self {
        // A list of its own: the input's is emptied together with it, so that the same files can be chosen again.
        Self { listed: input.files().map(|files| (Array::from(&files), 0)), ..Self::default() }
    }

    pub fn from_handles(handles: Vec<Handle>) -> Self {
        let mut chosen = Self::default();
        handles.into_iter().for_each(|handle| chosen.take_handle(handle));
        chosen
    }

    /// What the browser can give again later, of the files and folders that were chosen themselves.
    pub async fn handles(&mut self) -> Vec<Handle> {
        self.settle().await;
        self.handles.clone()
    }

    /// Files and folders that could not be read so far.
    pub fn unreadable(&self) -> u32 {
        self.unreadable
    }

    /// Some more files; `None` when there are no more.
    pub async fn next(&mut self) -> Option<Vec<FoundFile>> {
        self.settle().await;
        let mut found = Vec::with_capacity(SLICE);
        while found.len() < SLICE {
            let Some(item) = self.next_item().await else { break };
            found.push(item);
        }
        if found.is_empty() {
            return None;
        }
        let asked = found.len();
        let files =
            found.into_iter().map(|(path, item)| async move { Some(FoundFile { file: item.file().await?, path }) });
        let files: Vec<FoundFile> = join_all(files).await.into_iter().flatten().collect();
        self.unreadable += (asked - files.len()) as u32;
        Some(files)
    }

    /// Learns what each dropped thing is: a handle, or else what the older way tells.
    async fn settle(&mut self) {
        for item in std::mem::take(&mut self.dropped) {
            let handle = match item.handle {
                Some(handle) => JsFuture::from(handle).await.ok().and_then(Handle::from_js),
                None => None,
            };
            match (handle, item.entry, item.file) {
                (Some(handle), ..) => self.take_handle(handle),
                (None, Some(entry), _) if entry.is_directory() => self.waiting.push((entry.name(), Item::Entry(entry))),
                (None, _, Some(file)) => self.waiting.push((file.describe().name, Item::File(file))),
                (None, Some(entry), None) => self.waiting.push((entry.name(), Item::Entry(entry))),
                (None, None, None) => self.unreadable += 1,
            }
        }
    }

    fn take_handle(&mut self, handle: Handle) {
        self.waiting.push((handle.name(), Item::Handle(handle.clone())));
        self.handles.push(handle);
    }

    /// The next file; folders on the way are gone into.
    async fn next_item(&mut self) -> Option<(String, Item)> {
        loop {
            if let Some((files, next)) = &mut self.listed {
                if let Ok(file) = files.get(*next).dyn_into::<web_sys::File>() {
                    *next += 1;
                    return Some(listed(file));
                }
                self.listed = None;
            }
            if let Some((path, item)) = self.waiting.pop() {
                if !item.is_folder() {
                    return Some((path, item));
                }
                match item.open().filter(|_| self.folders.len() < DEEPEST) {
                    Some(folder) => self.folders.push((path, folder)),
                    None => self.unreadable += 1,
                }
                continue;
            }
            let (path, folder) = self.folders.last()?;
            match folder.children().await {
                Ok(children) if children.is_empty() => drop(self.folders.pop()),
                Ok(children) => {
                    let children = children.into_iter().map(|item| (format!("{path}/{}", item.name()), item));
                    self.waiting.extend(children);
                }
                Err(_) => {
                    self.unreadable += 1;
                    self.folders.pop();
                }
            }
        }
    }
}

impl DroppedItem {
    fn of(item: &DataTransferItem) -> Self {
        let with_handle: &ItemWithHandle = item.unchecked_ref();
        Self {
            handle: with_handle.handle().ok(),
            entry: item.webkit_get_as_entry().ok().flatten().map(|entry| JsValue::from(entry).unchecked_into()),
            file: item.get_as_file().ok().flatten().map(PickedFile::from),
        }
    }
}

impl Item {
    fn name(&self) -> String {
        match self {
            Self::File(file) => file.describe().name,
            Self::Handle(handle) => handle.name(),
            Self::Entry(entry) => entry.name(),
        }
    }

    fn is_folder(&self) -> bool {
        match self {
            Self::File(_) => false,
            Self::Handle(handle) => handle.is_folder(),
            Self::Entry(entry) => entry.is_directory(),
        }
    }

    fn open(&self) -> Option<Folder> {
        match self {
            Self::File(_) => None,
            Self::Handle(handle) => handle.children().map(Folder::OfHandle),
            Self::Entry(entry) => entry.create_reader().ok().map(Folder::OfEntry),
        }
    }

    async fn file(self) -> Option<PickedFile> {
        match self {
            Self::File(file) => Some(file),
            Self::Handle(handle) => handle.file().await.map(PickedFile::from),
            Self::Entry(entry) => {
                let file = answer(|found, failed| entry.file(found, failed)).await.ok()?;
                file.dyn_into::<web_sys::File>().ok().map(PickedFile::from)
            }
        }
    }
}

impl Folder {
    /// Some more of what is in it; empty when there is no more.
    async fn children(&self) -> Result<Vec<Item>, JsValue> {
        match self {
            Self::OfHandle(children) => {
                let next = JsFuture::from(children.next()?).await?;
                Ok(js::property(&next, "value").and_then(Handle::from_js).map(Item::Handle).into_iter().collect())
            }
            // A hundred at a time, until there are none.
            Self::OfEntry(reader) => {
                let entries = answer(|read, failed| reader.read_entries(read, failed)).await?;
                Ok(Array::from(&entries).iter().map(|entry| Item::Entry(entry.unchecked_into())).collect())
            }
        }
    }
}

/// A file of a dialog, with where it lies in the folder if one was chosen.
fn listed(file: web_sys::File) -> (String, Item) {
    let path = file.unchecked_ref::<FileOfFolder>().relative_path().filter(|path| !path.is_empty());
    (path.unwrap_or_else(|| file.name()), Item::File(PickedFile::from(file)))
}

/// What a pair of callbacks is told.
async fn answer(ask: impl FnOnce(&Function, &Function) -> Result<(), JsValue>) -> Result<JsValue, JsValue> {
    let mut ask = Some(ask);
    let told = Promise::new(&mut |resolve, reject| {
        if let Some(Err(error)) = ask.take().map(|ask| ask(&resolve, &reject)) {
            // A function of the browser's own, which takes anything.
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    });
    JsFuture::from(told).await
}
