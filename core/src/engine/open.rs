//! Opening a world: what the store holds, taken up again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::de::DeserializeOwned;

use super::control::Control;
use super::drawn::Drawn;
use super::import::Import;
use super::keep::read_generation;
use super::quota::Meter;
use super::session::{Session, read_sealed};
use super::table::Tables;
use super::thumbnails::Small;
use super::{Engine, Spawn, Tell};
use crate::catalog::{Ledger, SetAside};
use crate::library::{AlbumSync, Sync};
use crate::ports::{Clock, Maker, Store, World};
use crate::protocol::{Opened, Opening};
use crate::sign_in::{ClientFile, Tokens};
use crate::store::{self, keys};
use crate::trouble::Trouble;
use crate::upload::{Entry, Queue};

impl<W: World + 'static> Engine<W> {
    /// Opens a world: upgrades its store if it is of an older version, and takes up what was left. `keeps` is whether
    /// the browser keeps the store after it closes, as far as it tells.
    pub async fn open(
        world: W,
        opening: Opening,
        keeps: bool,
        tell: Tell,
        spawn: Spawn,
    ) -> Result<(Rc<Self>, Opened), Trouble> {
        store::migrate::migrate(world.store()).await?;
        let now_ms = world.clock().now_ms();
        let session = Session {
            client: read_json::<ClientFile>(read_sealed(&world, keys::CLIENT).await?),
            // Without a refresh token there is nothing that outlives the worker's memory.
            tokens: read_json::<Tokens>(read_sealed(&world, keys::TOKENS).await?)
                .filter(|tokens| tokens.refresh_token.is_some()),
        };
        let generation = read_generation(world.store()).await?;
        let (ledger, set_aside) = Ledger::open(world.store()).await?;
        let mut records = world.store().read(&[keys::SYNC, keys::ALBUM_SYNC, keys::QUOTA].map(str::to_owned)).await?;
        let meter = read_json::<Meter>(records.pop().flatten()).unwrap_or_default();
        let albums = read_json::<AlbumSync>(records.pop().flatten()).map(AlbumSync::reopened);
        let sync = read_json::<Sync>(records.pop().flatten()).map(Sync::reopened);
        let queue = Queue::reopened(read_uploads(world.store()).await?, now_ms);
        let import = Import::open(world.store()).await?;
        let engine = Rc::new(Self {
            world,
            opening,
            tell,
            spawn,
            session: RefCell::new(session),
            ledger: RefCell::new(Rc::new(ledger)),
            generation: Cell::new(generation),
            base_urls: RefCell::default(),
            sync: RefCell::new(sync),
            albums: RefCell::new(albums),
            sync_control: Control::default(),
            queue: RefCell::new(queue),
            upload_control: Control::default(),
            import: RefCell::new(import),
            import_control: Control::default(),
            correcting_control: Control::default(),
            exports: RefCell::default(),
            small: Small::new(keeps),
            unpacking: RefCell::default(),
            meter: RefCell::new(meter),
            tables: Tables::default(),
            drawn: Drawn::default(),
        });
        let weak = Rc::downgrade(&engine);
        let offsets = move |zone: &str, utc_s: i64| weak.upgrade()?.world.zones().named(zone, utc_s);
        engine.ledger().set_offsets(Rc::new(offsets));
        // Nothing else runs yet: what was begun goes on.
        engine.resume_correcting()?;
        if engine.import.borrow().state().is_some() {
            engine.count_thumbnails();
        }
        engine.take_up_removal().await?;
        let opened = Opened {
            client: engine.session.borrow().client_shown(),
            account: engine.session.borrow().account_shown(),
            sync: engine.sync.borrow().as_ref().map(|sync| engine.with_albums(sync.state())),
            import: engine.import.borrow().state(),
            thumbnail_bytes: 0,
            uploads: engine.queue.borrow().uploads(),
            quota: engine.meter.borrow_mut().quota(now_ms),
            makes: engine.world.maker().map(Maker::items),
            keeps,
            set_aside: set_aside.iter().map(SetAside::to_string).collect(),
        };
        Ok((engine, opened))
    }
}

/// A record of ours as JSON; one that cannot be read is as good as none.
fn read_json<T: DeserializeOwned>(record: Option<Vec<u8>>) -> Option<T> {
    record.and_then(|bytes| serde_json::from_slice(&bytes).ok())
}

async fn read_uploads<S: Store>(store: &S) -> Result<Vec<(u32, Entry)>, Trouble> {
    let names = store.names(keys::UPLOADS).await?;
    let records = store.read(&names).await?;
    let entry = |(name, record): (&String, Option<Vec<u8>>)| {
        let id = name.strip_prefix(keys::UPLOADS)?.parse().ok()?;
        Some((id, read_json::<Entry>(record)?))
    };
    Ok(names.iter().zip(records).filter_map(entry).collect())
}
