//! What the screens share: signals they read, one writer each (the actions).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use albumen_core::catalog::{Albums, Hot, RowSet, ZoneName};
use albumen_core::insights::Zone;
use albumen_core::photo::Exposed;
use albumen_core::protocol::{
    Account, Client, ConsentScreen, CorrectingState, ImportState, Quota, SyncState, Upload, Work, World,
};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;

mod address;

pub use address::{Address, Screen, provide_address};

/// How far the opening of a world has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The store is being read; nothing can be said yet.
    Reading,
    /// Photos are on the screen, the engine has not answered yet.
    Waking,
    /// All that there is, is known.
    Open,
    /// The engine could not open; what was read is on the screen all the same.
    Failed(Trouble),
}

/// Where a sign-in stands.
#[derive(Clone, Debug, PartialEq)]
pub enum SignIn {
    Idle,
    /// Words are being exchanged with Google, or the page is about to leave for it.
    Working,
    /// Google's page is open in a window of its own; the person may give up here.
    Elsewhere,
    /// The pretend Google asks; `url` is the address that it was asked at.
    Pretend {
        screen: ConsentScreen,
        url: String,
    },
    Failed(Trouble),
}

/// Files on their way from the person to the engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adding {
    /// Drops and choices that are not wholly handed over.
    pub gestures: u32,
    /// Files that were handed over so far.
    pub files: u32,
}

/// What the engine found for a text.
#[derive(Debug, PartialEq, Eq)]
pub struct TextMatches {
    pub text: String,
    pub rows: RowSet,
}

/// A file that is being written, or was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportState {
    pub file_name: String,
    /// Rows that were gone through.
    pub done: u32,
    pub of: u32,
    /// Bytes that were written.
    pub bytes: u64,
    pub work: ExportWork,
}

/// What an export is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportWork {
    Running,
    /// There is no file; why, in words.
    Failed {
        sentence: String,
    },
}

/// What the engine found for how photos were exposed.
#[derive(Debug, PartialEq, Eq)]
pub struct ExposedMatches {
    pub exposed: Exposed,
    pub rows: RowSet,
}

/// Clocks that were asked for.
#[derive(Clone, Debug, Default)]
pub struct KnownZones {
    /// The person's own, with the years of the library.
    pub own: Option<KnownZone>,
    /// By name; `None` for those that this browser does not know.
    pub named: Vec<(ZoneName, Option<KnownZone>)>,
}

/// A clock, and from when to when all its changes are known, in seconds since the epoch.
#[derive(Clone, Debug)]
pub struct KnownZone {
    pub zone: Arc<Zone>,
    pub first_s: i64,
    pub last_s: i64,
}

/// The albums that are kept.
#[derive(Debug, PartialEq, Eq)]
pub struct AlbumList {
    pub albums: Albums,
    /// Whether these are all that there are.
    pub is_listed: bool,
}

/// What every screen may read. It is copied freely.
#[derive(Clone, Copy)]
pub struct State {
    pub world: ReadSignal<World>,
    pub phase: ReadSignal<Phase>,
    /// Whether the browser keeps the store after it closes.
    pub keeps: ReadSignal<bool>,
    pub client: ReadSignal<Option<Client>>,
    pub account: ReadSignal<Option<Account>>,
    pub sign_in: ReadSignal<SignIn>,
    pub sync: ReadSignal<Option<SyncState>>,
    pub import: ReadSignal<Option<ImportState>>,
    /// Times that are being corrected, or what the last ones came to.
    pub correcting: ReadSignal<Option<CorrectingState>>,
    /// Files for an import that are being handed to the engine.
    pub adding: ReadSignal<Option<Adding>>,
    /// Bytes of small pictures kept on the device.
    pub thumbnail_bytes: ReadSignal<u64>,
    pub uploads: ReadSignal<BTreeMap<u32, Upload>>,
    pub uploads_work: ReadSignal<Work>,
    pub quota: ReadSignal<Quota>,
    /// How many photos the pretend library has, where it is made on this device instead of being fetched.
    pub makes: ReadSignal<Option<u32>>,
    /// What the text of the filter finds. Until the engine has answered for a new text, what the last one found.
    pub text_matches: ReadSignal<Option<Arc<TextMatches>>>,
    /// The same for how photos were exposed.
    pub exposed_matches: ReadSignal<Option<Arc<ExposedMatches>>>,
    pub zones: ReadSignal<KnownZones>,
    /// `None` until the engine has told.
    pub albums: ReadSignal<Option<Arc<AlbumList>>>,
    /// The export that is under way, or the last one if it failed.
    pub exporting: ReadSignal<Option<ExportState>>,
    /// Whether the dialog for the OAuth client is open.
    pub setting_up: ReadSignal<bool>,
    revision: ReadSignal<u32>,
    hot: StoredValue<Rc<RefCell<Hot>>, LocalStorage>,
}

/// The other ends of [`State`]'s signals. Only the actions hold them.
#[derive(Clone, Copy)]
pub struct Writers {
    pub world: WriteSignal<World>,
    pub phase: WriteSignal<Phase>,
    pub keeps: WriteSignal<bool>,
    pub client: WriteSignal<Option<Client>>,
    pub account: WriteSignal<Option<Account>>,
    pub sign_in: WriteSignal<SignIn>,
    pub sync: WriteSignal<Option<SyncState>>,
    pub import: WriteSignal<Option<ImportState>>,
    pub correcting: WriteSignal<Option<CorrectingState>>,
    pub adding: WriteSignal<Option<Adding>>,
    pub thumbnail_bytes: WriteSignal<u64>,
    pub uploads: WriteSignal<BTreeMap<u32, Upload>>,
    pub uploads_work: WriteSignal<Work>,
    pub quota: WriteSignal<Quota>,
    pub makes: WriteSignal<Option<u32>>,
    pub text_matches: WriteSignal<Option<Arc<TextMatches>>>,
    pub exposed_matches: WriteSignal<Option<Arc<ExposedMatches>>>,
    pub zones: WriteSignal<KnownZones>,
    pub albums: WriteSignal<Option<Arc<AlbumList>>>,
    pub exporting: WriteSignal<Option<ExportState>>,
    pub setting_up: WriteSignal<bool>,
    revision: WriteSignal<u32>,
    hot: StoredValue<Rc<RefCell<Hot>>, LocalStorage>,
}

impl State {
    /// The state of a page that has opened nothing yet.
    pub fn new(world: World) -> (Self, Writers) {
        let hot = StoredValue::new_local(Rc::new(RefCell::new(Hot::new())));
        let world = signal(world);
        let phase = signal(Phase::Reading);
        let keeps = signal(true);
        let client = signal(None);
        let account = signal(None);
        let sign_in = signal(SignIn::Idle);
        let sync = signal(None);
        let import = signal(None);
        let correcting = signal(None);
        let adding = signal(None);
        let thumbnail_bytes = signal(0);
        let uploads = signal(BTreeMap::new());
        let uploads_work = signal(Work::Idle);
        let quota = signal(Quota::default());
        let makes = signal(None);
        let text_matches = signal(None);
        let exposed_matches = signal(None);
        let zones = signal(KnownZones::default());
        let albums = signal(None);
        let exporting = signal(None);
        let setting_up = signal(false);
        let revision = signal(0);
        let state = Self {
            world: world.0,
            phase: phase.0,
            keeps: keeps.0,
            client: client.0,
            account: account.0,
            sign_in: sign_in.0,
            sync: sync.0,
            import: import.0,
            correcting: correcting.0,
            adding: adding.0,
            thumbnail_bytes: thumbnail_bytes.0,
            uploads: uploads.0,
            uploads_work: uploads_work.0,
            quota: quota.0,
            makes: makes.0,
            text_matches: text_matches.0,
            exposed_matches: exposed_matches.0,
            zones: zones.0,
            albums: albums.0,
            exporting: exporting.0,
            setting_up: setting_up.0,
            revision: revision.0,
            hot,
        };
        let writers = Writers {
            world: world.1,
            phase: phase.1,
            keeps: keeps.1,
            client: client.1,
            account: account.1,
            sign_in: sign_in.1,
            sync: sync.1,
            import: import.1,
            correcting: correcting.1,
            adding: adding.1,
            thumbnail_bytes: thumbnail_bytes.1,
            uploads: uploads.1,
            uploads_work: uploads_work.1,
            quota: quota.1,
            makes: makes.1,
            text_matches: text_matches.1,
            exposed_matches: exposed_matches.1,
            zones: zones.1,
            albums: albums.1,
            exporting: exporting.1,
            setting_up: setting_up.1,
            revision: revision.1,
            hot,
        };
        (state, writers)
    }

    /// Reads the catalog, and runs again when it changes.
    pub fn with_hot<T>(self, read: impl FnOnce(&Hot) -> T) -> T {
        self.revision.track();
        self.hot.with_value(|hot| read(&hot.borrow()))
    }

    /// Runs again when the catalog changes.
    pub fn track_catalog(self) {
        self.revision.track();
    }

    /// Reads the catalog once.
    pub fn with_hot_untracked<T>(self, read: impl FnOnce(&Hot) -> T) -> T {
        self.hot.with_value(|hot| read(&hot.borrow()))
    }

    /// Whether there is nothing to look at, as far as is known.
    pub fn is_empty(self) -> bool {
        self.with_hot(Hot::is_empty)
    }
}

impl Writers {
    /// Changes the catalog; whoever reads it is told afterwards.
    pub fn change_hot<T>(self, change: impl FnOnce(&mut Hot) -> T) -> T {
        let result = self.fill_hot(change);
        self.tell_hot();
        result
    }

    /// Changes the catalog while more is to come; [`Writers::tell_hot`] tells whoever reads it.
    pub fn fill_hot<T>(self, change: impl FnOnce(&mut Hot) -> T) -> T {
        self.hot.with_value(|hot| change(&mut hot.borrow_mut()))
    }

    /// The catalog has changed.
    pub fn tell_hot(self) {
        self.revision.update(|revision| *revision = revision.wrapping_add(1));
    }

    /// Forgets everything of the world that was open. Where `nothing_told` by the engine or the store, there is only
    /// what the page itself has written.
    pub fn reset(self, nothing_told: bool) {
        self.phase.set(Phase::Reading);
        self.keeps.set(true);
        self.sign_in.set(SignIn::Idle);
        self.exporting.set(None);
        self.setting_up.set(false);
        if !nothing_told {
            self.forget_told();
        }
    }

    fn forget_told(self) {
        self.change_hot(Hot::clear);
        self.client.set(None);
        self.account.set(None);
        self.sync.set(None);
        self.import.set(None);
        self.correcting.set(None);
        self.adding.set(None);
        self.thumbnail_bytes.set(0);
        self.uploads.set(BTreeMap::new());
        self.uploads_work.set(Work::Idle);
        self.quota.set(Quota::default());
        self.makes.set(None);
        self.text_matches.set(None);
        self.exposed_matches.set(None);
        self.albums.set(None);
    }
}
