//! All ports together, for Google's world and for the sandbox's.

use std::rc::Rc;

use albumen_core::ports::{self, Batch, Http, HttpError, Maker, Reply, Request, Store, StoreError, Zones};
use albumen_core::protocol::{Opening, World};
use albumen_core::store::MemoryStore;
use albumen_core::trouble::Trouble;

use super::pretend_google::PretendGoogle;
use super::sandbox_http::SandboxHttp;
use crate::browser::clock::BrowserClock;
use crate::browser::entropy::BrowserEntropy;
use crate::browser::files::FileShelf;
use crate::browser::http::BrowserHttp;
use crate::browser::idb::Database;
use crate::browser::locks::WebLocks;
use crate::browser::names;
use crate::browser::shrink::BrowserShrink;
use crate::browser::store::IdbStore;
use crate::browser::vault::BrowserVault;
use crate::browser::zones::BrowserZones;

/// The ports of one open world. One type serves both worlds, so that the engine is compiled once.
pub(super) struct BrowserWorld {
    http: AnyHttp,
    clock: BrowserClock,
    entropy: BrowserEntropy,
    store: AnyStore,
    vault: BrowserVault,
    locks: WebLocks,
    zones: BrowserZones,
    files: Rc<FileShelf>,
    shrink: BrowserShrink,
    small_pictures: AnyStore,
    /// `None` where the browser keeps nothing.
    database: Option<Rc<Database>>,
}

/// Google itself, or the pretend one.
pub(super) enum AnyHttp {
    Google(BrowserHttp),
    Sandbox(SandboxHttp),
}

/// The browser's store; or memory, where it has none.
#[derive(Clone)]
pub(super) enum AnyStore {
    Kept(IdbStore),
    Memory(MemoryStore),
}

impl BrowserWorld {
    /// Opens the world's database. A browser that has none still works, with everything in memory.
    pub(super) async fn open(opening: &Opening, files: Rc<FileShelf>) -> Result<Self, Trouble> {
        let database = match Database::open(&names::database(&opening.base, opening.world)).await {
            Ok(database) => Some(Rc::new(database)),
            Err(StoreError::Unavailable) => None,
            Err(error) => return Err(error.into()),
        };
        let store = match &database {
            Some(database) => AnyStore::Kept(IdbStore::new(database.clone())),
            None => AnyStore::Memory(MemoryStore::new()),
        };
        let vault = database.clone().map_or_else(BrowserVault::in_memory, BrowserVault::new);
        let http = match opening.world {
            World::Google => AnyHttp::Google(BrowserHttp::new(files.clone())),
            World::Sandbox => {
                let google = PretendGoogle::open(&opening.base, store.clone()).await?;
                AnyHttp::Sandbox(SandboxHttp::new(Rc::new(google), files.clone()))
            }
        };
        // A database of its own, opened when the first of them is wanted.
        let small = Database::when_used(&names::small_pictures(&opening.base, opening.world));
        let small_pictures = match &database {
            Some(_) => AnyStore::Kept(IdbStore::new(Rc::new(small))),
            None => AnyStore::Memory(MemoryStore::new()),
        };
        Ok(Self {
            http,
            clock: BrowserClock,
            entropy: BrowserEntropy,
            store,
            vault,
            locks: WebLocks::new(&opening.base, opening.world),
            zones: BrowserZones::new(&opening.base),
            shrink: BrowserShrink::new(files.clone()),
            small_pictures,
            files,
            database,
        })
    }

    /// Whether what is stored outlives this worker.
    pub(super) fn keeps(&self) -> bool {
        self.database.is_some()
    }

    /// In the sandbox's world: who plays Google.
    pub(super) fn pretend_google(&self) -> Option<&PretendGoogle> {
        match &self.http {
            AnyHttp::Google(_) => None,
            AnyHttp::Sandbox(http) => Some(http.google()),
        }
    }

    /// Deletes the database, the vault's key, and what the pretend Google remembers.
    pub(super) async fn forget(&self) -> Result<(), StoreError> {
        self.vault.forget();
        if let Some(google) = self.pretend_google() {
            google.forget();
        }
        match &self.database {
            Some(database) => database.delete().await,
            None => Ok(()),
        }
    }
}

/// The same ports for the engine and for the shell around it.
#[derive(Clone)]
pub(super) struct SharedWorld(pub(super) Rc<BrowserWorld>);

impl ports::World for SharedWorld {
    type Http = AnyHttp;
    type Clock = BrowserClock;
    type Entropy = BrowserEntropy;
    type Store = AnyStore;
    type Vault = BrowserVault;
    type Locks = WebLocks;
    type Files = FileShelf;
    type Shrink = BrowserShrink;
    type SmallPictures = AnyStore;

    fn http(&self) -> &AnyHttp {
        &self.0.http
    }

    fn clock(&self) -> &BrowserClock {
        &self.0.clock
    }

    fn entropy(&self) -> &BrowserEntropy {
        &self.0.entropy
    }

    fn store(&self) -> &AnyStore {
        &self.0.store
    }

    fn vault(&self) -> &BrowserVault {
        &self.0.vault
    }

    fn locks(&self) -> &WebLocks {
        &self.0.locks
    }

    fn zones(&self) -> &dyn Zones {
        &self.0.zones
    }

    fn files(&self) -> &FileShelf {
        &self.0.files
    }

    fn shrink(&self) -> &BrowserShrink {
        &self.0.shrink
    }

    fn small_pictures(&self) -> &AnyStore {
        &self.0.small_pictures
    }

    fn maker(&self) -> Option<&dyn Maker> {
        self.0.pretend_google().and_then(PretendGoogle::maker)
    }
}

impl Http for AnyHttp {
    async fn send(&self, request: Request, sent: &dyn Fn(u64)) -> Result<Reply, HttpError> {
        match self {
            Self::Google(http) => http.send(request, sent).await,
            Self::Sandbox(http) => http.send(request, sent).await,
        }
    }
}

impl Store for AnyStore {
    async fn read(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        match self {
            Self::Kept(store) => store.read(keys).await,
            Self::Memory(store) => store.read(keys).await,
        }
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Kept(store) => store.names(prefix).await,
            Self::Memory(store) => store.names(prefix).await,
        }
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self {
            Self::Kept(store) => store.commit(batch).await,
            Self::Memory(store) => store.commit(batch).await,
        }
    }
}
