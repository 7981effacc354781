//! What the screens need of the browser, in their own words: besides the composition root the only door to `browser`.

mod dates;
mod engine;
mod map;
mod parts;
mod small_settings;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use albumen_core::catalog::ROWS_PER_SEGMENT;
use albumen_core::insights::Zone;
use albumen_core::ports::{Clock, Store};
use albumen_core::protocol::World;
use albumen_core::store::keys;
use albumen_core::trouble::Trouble;
use leptos::prelude::*;

use self::parts::PartShelf;
use crate::app::words::Numbers;
use crate::browser::build::BUILD;
use crate::browser::channel::CallbackChannel;
use crate::browser::clock::BrowserClock;
use crate::browser::handles::{allowed, forget as forget_handles, keep as keep_handles, kept as kept_handles};
use crate::browser::idb::Database;
use crate::browser::saving::forget as forget_saving;
use crate::browser::store::IdbStore;
use crate::browser::worker_link::WorkerLink;
use crate::browser::{asset, download, locale, names, page, zone};

pub use self::dates::{month_name, month_short, weekday_name, weekday_short};
pub use crate::browser::canvas::{Canvas, Path};
pub use crate::browser::captioned::Caption;
pub use crate::browser::chosen::{Chosen, FoundFile};
pub use crate::browser::echarts::{Cell as ChartCell, Chart, ChartError, Charts, Clicked, Look, Series, SeriesNumbers};
pub use crate::browser::files::{Dropped, PickedFile};
pub use crate::browser::handles::{Handle, Picked, can_pick, pick_files, pick_folder};
pub use crate::browser::history::{HistoryWatch, Place, go, here, keep_here, kept_here};
pub use crate::browser::locale::DateStyle;
pub use crate::browser::object_url::{ObjectUrl, Piece, Pieces};
pub use crate::browser::observe::{MediaWatch, SightWatch, SizeWatch, WheelWatch, media_holds};
pub use crate::browser::page::{
    Room, Theme, can_fill_screen, custom_property, fill_screen, fills_screen, focus, go_back, pixel_ratio, tallest_px,
    viewport_px,
};
pub use crate::browser::parquet::ParquetMaker;
pub use crate::browser::parts::Parts;
pub use crate::browser::pop_up::PopUp;
pub use crate::browser::remembered::{drop_in_tab, keep_in_tab, recall_in_tab};
pub use crate::browser::saving::Saving;
pub use crate::browser::timing::timed;
pub use crate::browser::worker_link::{Answered, Heard};
pub use crate::browser::zones::offset_min as named_offset_min;

/// A handle to the services; it is copied freely and lives as long as the page.
#[derive(Clone, Copy)]
pub struct Services(StoredValue<Rc<Inner>, LocalStorage>);

struct Inner {
    base: String,
    engine: WorkerLink,
    heard: RefCell<Option<Listener>>,
    listening: RefCell<Option<Listening>>,
    zone: RefCell<Option<Arc<Zone>>>,
    theme: Cell<Theme>,
    parts: PartShelf,
    parquet: RefCell<Option<ParquetMaker>>,
}

/// How many hot segments are read at once: 2.6 megabytes, 130,000 photos.
const SEGMENTS_AT_ONCE: usize = 32;

/// A piece of the catalog's records that the page reads itself.
pub struct Kept {
    /// How many segments there are in all; said with the first piece.
    pub of: usize,
    /// Records of hot columns, by the first of their rows.
    pub records: Vec<(u32, Vec<u8>)>,
    /// The camera dictionary, if there is one; comes with the first piece.
    pub cameras: Option<Vec<u8>>,
}

type Listener = Box<dyn Fn(Heard)>;

/// A sign-in in another window that this page waits for. Dropping it ends the wait.
struct Listening {
    _channel: Option<CallbackChannel>,
    answer: Rc<RefCell<Waiting>>,
}

#[derive(Default)]
struct Waiting {
    answer: Option<Option<String>>,
    waker: Option<std::task::Waker>,
}

impl Services {
    /// Builds the adapters; nothing is opened or loaded yet.
    pub fn new() -> Self {
        let base = page::base_address();
        let theme = small_settings::kept_theme(&base);
        page::set_theme(theme);
        let inner = Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let listener = inner.clone();
            let engine = WorkerLink::new(&base, move |heard| {
                if let Some(inner) = listener.upgrade()
                    && let Some(listener) = inner.heard.borrow().as_ref()
                {
                    listener(heard);
                }
            });
            Inner {
                base,
                engine,
                heard: RefCell::default(),
                listening: RefCell::default(),
                zone: RefCell::default(),
                theme: Cell::new(theme),
                parts: PartShelf::default(),
                parquet: RefCell::default(),
            }
        });
        Self(StoredValue::new_local(inner))
    }

    fn inner(self) -> Rc<Inner> {
        self.0.get_value()
    }

    /// The page's base address: absolute, with a slash at its end. It is the OAuth redirect URI.
    pub fn base_url(self) -> String {
        self.inner().base.clone()
    }

    /// The path of the base address, with a slash at its end.
    pub fn base_path(self) -> String {
        names::base_path(&self.inner().base)
    }

    /// The origin as Google's console wants it.
    pub fn origin(self) -> String {
        page::origin()
    }

    /// The name of this build.
    pub fn build(self) -> &'static str {
        BUILD
    }

    /// Sets who hears what the engine tells unasked.
    pub fn on_heard(self, heard: impl Fn(Heard) + 'static) {
        *self.inner().heard.borrow_mut() = Some(Box::new(heard));
    }

    /// Whether anything of a world is kept: photos, a client, a list of uploads.
    pub async fn keeps_any(self, world: World) -> Result<bool, Trouble> {
        let database = Database::open(&names::database(&self.inner().base, world)).await?;
        // The store's own version is left by whoever was here and forgot everything.
        Ok(IdbStore::new(Rc::new(database)).names("").await?.iter().any(|name| name != keys::SCHEMA))
    }

    /// Reads what is kept for a world, by itself, so that nothing waits for the engine; in pieces, so that a large
    /// library is never in memory twice. `take` is handed each piece and says whether to go on.
    pub async fn read_kept(self, world: World, mut take: impl FnMut(Kept) -> bool) -> Result<(), Trouble> {
        let _timed = timed("albumen:read");
        let database = Database::open(&names::database(&self.inner().base, world)).await?;
        let store = IdbStore::new(Rc::new(database));
        let names = store.names(keys::HOT).await?;
        let cameras = store.read(&[keys::CAMERAS.to_owned()]).await?.pop().flatten();
        let of = names.iter().filter(|name| keys::number_in(keys::HOT, name).is_some()).count();
        let mut kept = Kept { of, records: Vec::new(), cameras };
        for names in names.chunks(SEGMENTS_AT_ONCE) {
            let records = store.read(names).await?;
            let record = |(name, record): (&String, Option<Vec<u8>>)| {
                let (number, place) = keys::piece_in(keys::HOT, name)?;
                Some((number.checked_mul(ROWS_PER_SEGMENT as u32)? + place as u32, record?))
            };
            kept.records = names.iter().zip(records).filter_map(record).collect();
            let is_wanted = take(kept);
            kept = Kept { of: 0, records: Vec::new(), cameras: None };
            if !is_wanted {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether [`Services::take_callback`] has something to give.
    pub fn has_callback(self) -> bool {
        page::has_callback()
    }

    /// What Google sent back in the address, once.
    pub fn take_callback(self) -> Option<String> {
        page::take_callback()
    }

    /// Opens a window for a consent page; `None` where it is blocked. Within the click only.
    pub fn open_pop_up(self) -> Option<PopUp> {
        PopUp::open()
    }

    /// The answer of a sign-in in another window; `None` when [`Services::stop_listening`] was called, or where the
    /// browser has no channel between windows.
    pub fn listen_for_callback(self) -> impl Future<Output = Option<String>> {
        let inner = self.inner();
        let waiting = Rc::new(RefCell::new(Waiting::default()));
        let heard = Rc::clone(&waiting);
        let channel = CallbackChannel::open(&inner.base, move |callback| answer(&heard, Some(callback)));
        if channel.is_none() {
            answer(&waiting, None);
        }
        // An earlier wait ends here.
        if let Some(earlier) =
            inner.listening.borrow_mut().replace(Listening { _channel: channel, answer: Rc::clone(&waiting) })
        {
            answer(&earlier.answer, None);
        }
        std::future::poll_fn(move |context| {
            let mut waiting = waiting.borrow_mut();
            match waiting.answer.take() {
                Some(answer) => std::task::Poll::Ready(answer),
                None => {
                    waiting.waker = Some(context.waker().clone());
                    std::task::Poll::Pending
                }
            }
        })
    }

    /// Ends the wait for another window's answer.
    pub fn stop_listening(self) {
        if let Some(listening) = self.inner().listening.borrow_mut().take() {
            answer(&listening.answer, None);
        }
    }

    /// Leaves for another page.
    pub fn leave_for(self, url: &str) {
        page::go_to(url);
    }

    pub fn reload(self) {
        page::reload();
    }

    /// Puts a text on the clipboard; `false` if the browser does not allow it.
    pub async fn copy(self, text: &str) -> bool {
        page::copy_text(text).await
    }

    /// Hands bytes to the person as a file of this name; `false` if the browser would not.
    pub fn save_file(self, file_name: &str, mime_type: &str, bytes: &[u8]) -> bool {
        download::download(file_name, mime_type, bytes)
    }

    /// Hands what is at an address of memory to the person as a file of this name; `false` if the browser would not.
    pub fn save_address(self, file_name: &str, address: ObjectUrl) -> bool {
        download::offer(file_name, address)
    }

    /// Puts a text on the clipboard that is still being made; see [`Parts::copy`]. Within the click only.
    pub async fn copy_parts(self, made: impl Future<Output = Option<Parts>> + 'static) -> bool {
        Parts::copy(made).await
    }

    pub fn set_title(self, title: &str) {
        page::set_title(title);
    }

    /// Milliseconds since the epoch.
    pub fn now_ms(self) -> i64 {
        BrowserClock.now_ms()
    }

    pub async fn sleep(self, ms: u64) {
        BrowserClock.sleep(ms).await;
    }

    /// Comes back after all that happened by now, and as soon as that: between slices of work.
    pub async fn turn(self) {
        BrowserClock.turn().await;
    }

    pub async fn room(self) -> Option<Room> {
        page::room().await
    }

    pub async fn is_persistent(self) -> bool {
        page::is_persistent().await
    }

    pub async fn ask_to_persist(self) -> bool {
        page::ask_to_persist().await
    }

    /// How the reader's country writes numbers.
    pub fn numbers(self) -> Numbers {
        locale::number
    }

    /// A whole number.
    pub fn count(self, number: impl Into<u64>) -> String {
        locale::number(number.into() as f64, 0)
    }

    /// A civil date, see [`DateStyle`].
    pub fn date(self, civil_s: i64, style: DateStyle) -> String {
        locale::date(civil_s, style)
    }

    /// The person's zone, with every change of its clocks from 1970 to 2050; what lies before and after is read by the
    /// nearest of these. Asking the browser for two hundred years would hold up the first paint.
    pub fn local_zone(self) -> Arc<Zone> {
        let inner = self.inner();
        let mut known = inner.zone.borrow_mut();
        Arc::clone(known.get_or_insert_with(|| {
            const FIRST_S: i64 = 0;
            const LAST_S: i64 = 2_524_608_000;
            let name = zone::name().unwrap_or_else(|| "local time".into());
            Arc::new(Zone::probe(name, FIRST_S, LAST_S, zone::offset_min))
        }))
    }

    /// Minutes to add to UTC in the person's zone at an instant.
    pub fn own_offset_min(self, utc_s: i64) -> i32 {
        zone::offset_min(utc_s)
    }

    /// The IANA name of the person's zone, where the browser tells.
    pub fn zone_name(self) -> Option<String> {
        zone::name()
    }

    /// The names of all zones that the browser knows, as far as it tells.
    pub fn zone_names(self) -> Vec<String> {
        zone::names()
    }

    /// The bundle of the charts, loaded on first use.
    pub async fn charts(self) -> Result<Charts, ChartError> {
        let base = self.base_url();
        Charts::load(&base).await
    }
}

impl Default for Services {
    fn default() -> Self {
        Self::new()
    }
}

fn answer(waiting: &Rc<RefCell<Waiting>>, callback: Option<String>) {
    let waker = {
        let mut waiting = waiting.borrow_mut();
        waiting.answer.get_or_insert(callback);
        waiting.waker.take()
    };
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// The files of a file input.
pub fn chosen_files(input: &web_sys::HtmlInputElement) -> Vec<PickedFile> {
    PickedFile::from_input(input)
}

/// What was let go over the page.
pub fn dropped_files(event: &web_sys::DragEvent) -> Dropped {
    event.data_transfer().as_ref().map(Dropped::from_drop).unwrap_or_default()
}

/// What was let go over the page, for an import. Within the event only.
pub fn dropped_export(event: &web_sys::DragEvent) -> Chosen {
    event.data_transfer().as_ref().map(Chosen::from_drop).unwrap_or_default()
}

/// Does something once what changed by now is drawn; at once, where nobody sees the page and nothing is drawn: browsers hold
/// timers back there.
pub fn once_drawn(what: impl FnOnce() + 'static) {
    if page::is_hidden() {
        what();
    } else {
        request_animation_frame(move || set_timeout(what, Duration::ZERO));
    }
}

/// Whether a drag over the page carries files at all.
pub fn carries_files(event: &web_sys::DragEvent) -> bool {
    event.data_transfer().as_ref().is_some_and(Dropped::carries_files)
}
