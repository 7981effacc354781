//! A world without a browser: a clock that never sleeps, a store in memory, the sandbox as Google.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use albumen_core::engine::{Answered, Engine};
use albumen_core::ports::{
    Body, Clock, Entropy, FileError, FileId, Http, HttpError, Locks, Maker, Picture, ReadAt, Reply, Request, Shrink,
    ShrinkError, SmallPicture, Vault, VaultError, World, Zones,
};
use albumen_core::protocol::{self, Access, Account, Answer, NewFile, News, Opened, Opening, Way, Wish};
use albumen_core::sandbox::{Cors, Day, Outgoing, Person, RegisteredClient, RegisteredKind, Sandbox, Settings, page};
use albumen_core::store::MemoryStore;
use albumen_core::trouble::Trouble;
use futures_executor::LocalPool;
use futures_util::task::LocalSpawnExt;

pub(crate) const ORIGIN: &str = "http://localhost:8080";
pub(crate) const BASE: &str = "http://localhost:8080/";
pub(crate) const WEB_CLIENT: &str = "1-web.apps.googleusercontent.com";
pub(crate) const DESKTOP_CLIENT: &str = "1-desktop.apps.googleusercontent.com";
pub(crate) const SECRET: &str = "GOCSPX-web";

/// What a test does to one request before Google sees it.
pub(crate) type Meddle = Box<dyn Fn(&Request) -> Option<Result<Reply, HttpError>>>;

/// Everything outside the engine, shared by the test and the engine's ports.
pub(crate) struct Outside {
    pub(crate) sandbox: RefCell<Sandbox>,
    pub(crate) now_ms: Cell<i64>,
    pub(crate) store: MemoryStore,
    pub(crate) small_pictures: MemoryStore,
    /// Pictures that were decoded.
    pub(crate) shrunk: Cell<u32>,
    pub(crate) files: RefCell<HashMap<u32, Vec<u8>>>,
    pub(crate) meddle: RefCell<Option<Meddle>>,
    pub(crate) requests: RefCell<Vec<String>>,
    /// Slices of files that were read.
    pub(crate) reads: Cell<u64>,
    /// How many more times the network, the clock or a file may come between; then the world stands still.
    instants: Cell<Option<u32>>,
    frozen: RefCell<Vec<Waker>>,
    chance: Cell<u64>,
    vault_is_broken: Cell<bool>,
    /// Whether the library is made on the device.
    pub(crate) makes: Cell<bool>,
    /// Whether the page's own host does not give the map of zones.
    pub(crate) is_map_away: Cell<bool>,
}

#[derive(Clone)]
pub(crate) struct Shell(pub(crate) Rc<Outside>);

impl Http for Shell {
    async fn send(&self, request: Request, sent: &dyn Fn(u64)) -> Result<Reply, HttpError> {
        self.0.instant().await;
        self.0.requests.borrow_mut().push(request.url.clone());
        let meddled = self.0.meddle.borrow().as_ref().and_then(|meddle| meddle(&request));
        if let Some(meddled) = meddled {
            return meddled;
        }
        let body = match &request.body {
            Body::Empty => Vec::new(),
            Body::Bytes(bytes) => bytes.clone(),
            Body::File(FileId(id)) => self.0.files.borrow().get(id).cloned().ok_or(HttpError::FileGone)?,
        };
        sent(body.len() as u64);
        let now_ms = self.0.now_ms.get();
        let reply = page::fetch(&mut self.0.sandbox.borrow_mut(), ORIGIN, &request, body, now_ms);
        // Google has done it; the reply may still get lost.
        self.0.instant().await;
        reply
    }
}

impl Clock for Shell {
    fn now_ms(&self) -> i64 {
        self.0.now_ms.get()
    }

    async fn sleep(&self, ms: u64) {
        self.0.instant().await;
        self.0.now_ms.set(self.0.now_ms.get() + ms as i64);
    }

    async fn turn(&self) {
        self.0.instant().await;
    }
}

impl Entropy for Shell {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let next =
                self.0.chance.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.0.chance.set(next);
            *byte = (next >> 56) as u8;
        }
    }
}

impl Vault for Shell {
    async fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        Ok(plain.iter().map(|byte| byte ^ 0x5a).collect())
    }

    async fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        if self.0.vault_is_broken.get() {
            return Err(VaultError::Broken);
        }
        Ok(sealed.iter().map(|byte| byte ^ 0x5a).collect())
    }
}

impl Locks for Shell {
    async fn exclusive<T>(&self, _name: &str, work: impl Future<Output = T>) -> T {
        work.await
    }
}

impl ReadAt for Shell {
    async fn read_at(&self, file: FileId, at: u64, length: u32) -> Result<Vec<u8>, FileError> {
        self.0.instant().await;
        self.0.reads.set(self.0.reads.get() + 1);
        let files = self.0.files.borrow();
        let bytes = files.get(&file.0).ok_or(FileError::Gone)?;
        let from = bytes.len().min(at as usize);
        Ok(bytes[from..bytes.len().min(from + length as usize)].to_vec())
    }
}

impl Shrink for Shell {
    /// Decodes what begins as a JPEG or PNG does; what comes of it says what it was made of.
    async fn shrink(&self, picture: Picture, mime_type: &str, _: u32) -> Result<SmallPicture, ShrinkError> {
        let bytes = match picture {
            Picture::Bytes(bytes) => bytes,
            Picture::InFile { file, range } => {
                self.read_at(file, range.start, (range.end - range.start) as u32).await?
            }
        };
        self.0.shrunk.set(self.0.shrunk.get() + 1);
        match bytes.starts_with(&[0xff, 0xd8]) || bytes.starts_with(b"\x89PNG") {
            true => Ok(SmallPicture { mime_type: "image/webp".into(), bytes: small_of(&bytes) }),
            false => Err(ShrinkError::Undecodable),
        }
        .inspect_err(|_| assert!(!mime_type.starts_with("video/"), "videos are not decoded"))
    }
}

/// What the pretend decoder makes of a picture.
pub(crate) fn small_of(bytes: &[u8]) -> Vec<u8> {
    let sum = bytes.iter().fold(0_u64, |sum, byte| sum.rotate_left(5) ^ u64::from(*byte));
    [b"small ".as_slice(), &sum.to_le_bytes(), &(bytes.len() as u32).to_le_bytes()].concat()
}

impl World for Shell {
    type Http = Self;
    type Clock = Self;
    type Entropy = Self;
    type Store = MemoryStore;
    type Vault = Self;
    type Locks = Self;
    type Files = Self;
    type Shrink = Self;
    type SmallPictures = MemoryStore;

    fn http(&self) -> &Self {
        self
    }
    fn clock(&self) -> &Self {
        self
    }
    fn entropy(&self) -> &Self {
        self
    }
    fn store(&self) -> &MemoryStore {
        &self.0.store
    }
    fn vault(&self) -> &Self {
        self
    }
    fn locks(&self) -> &Self {
        self
    }
    fn files(&self) -> &Self {
        self
    }
    fn shrink(&self) -> &Self {
        self
    }
    fn small_pictures(&self) -> &MemoryStore {
        &self.0.small_pictures
    }
    fn zones(&self) -> &dyn Zones {
        self
    }
    fn maker(&self) -> Option<&dyn Maker> {
        self.0.makes.get().then_some(self as &dyn Maker)
    }
}

impl Maker for Shell {
    fn items(&self) -> u32 {
        self.0.sandbox.borrow().len()
    }

    fn page(&self, page_token: Option<&str>) -> Reply {
        let Outgoing { status, headers, body } = self.0.sandbox.borrow().made_page(page_token);
        Reply { status, headers, body }
    }
}

impl Outside {
    /// Lets other work go on, or stands still for ever if the world does.
    async fn instant(&self) {
        let mut yielded = false;
        poll_fn(|context| {
            if self.instants.get() == Some(0) {
                self.frozen.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            if std::mem::replace(&mut yielded, true) {
                self.instants.set(self.instants.get().map(|left| left - 1));
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

/// A page: an engine over the outside, and what it was told.
pub(crate) struct Page {
    pub(crate) outside: Rc<Outside>,
    pub(crate) engine: Rc<Engine<Shell>>,
    pub(crate) opened: Opened,
    pub(crate) news: Rc<RefCell<Vec<News>>>,
    pool: LocalPool,
}

/// The outside with a library of `items`, its newest photo on 2025-06-30, at noon of the day after.
pub(crate) fn outside(items: u32) -> Rc<Outside> {
    outside_with(items, Cors::Generous)
}

/// The same in either world of CORS.
pub(crate) fn outside_with(items: u32, cors: Cors) -> Rc<Outside> {
    let client = |id: &str, kind| RegisteredClient {
        client_id: id.into(),
        client_secret: SECRET.into(),
        kind,
        project: "albumen-test".into(),
    };
    let web = RegisteredKind::Web { origins: vec![ORIGIN.into()], redirect_uris: vec![BASE.into()] };
    let settings = Settings {
        seed: 7,
        items,
        last_day: Day::from_ymd(2025, 6, 30).unwrap(),
        cors,
        clients: vec![client(WEB_CLIENT, web), client(DESKTOP_CLIENT, RegisteredKind::Desktop)],
        person: Person { email: "ada@example.com".into(), sub: "1001".into() },
        testing: true,
    };
    Rc::new(Outside {
        sandbox: RefCell::new(Sandbox::new(settings)),
        now_ms: Cell::new(albumen_core::photo::parse_rfc3339("2025-07-01T12:00:00Z").unwrap() * 1000),
        store: MemoryStore::new(),
        small_pictures: MemoryStore::new(),
        shrunk: Cell::new(0),
        files: RefCell::default(),
        meddle: RefCell::default(),
        requests: RefCell::default(),
        reads: Cell::new(0),
        instants: Cell::new(None),
        frozen: RefCell::default(),
        chance: Cell::new(42),
        vault_is_broken: Cell::new(false),
        makes: Cell::new(false),
        is_map_away: Cell::new(false),
    })
}

impl Page {
    /// Opens the page; what runs in `outside` already (another page) goes on there.
    pub(crate) fn open(outside: &Rc<Outside>) -> Self {
        let news: Rc<RefCell<Vec<News>>> = Rc::default();
        let mut pool = LocalPool::new();
        let spawner = pool.spawner();
        let heard = Rc::clone(&news);
        let opening = Opening { world: protocol::World::Google, base: BASE.into() };
        let (engine, opened) = pool
            .run_until(Engine::open(
                Shell(Rc::clone(outside)),
                opening,
                true,
                Rc::new(move |told, _| heard.borrow_mut().push(told)),
                Rc::new(move |job| spawner.spawn_local(job).unwrap()),
            ))
            .unwrap();
        Self { outside: Rc::clone(outside), engine, opened, news, pool }
    }

    /// A page with the Web client set up and Ada signed in.
    pub(crate) fn signed_in(outside: &Rc<Outside>, access: Access) -> Self {
        let mut page = Self::open(outside);
        page.wish(Wish::ReadClient { name: "client_secret.json".into(), text: web_client_json() }).unwrap();
        page.sign_in(access).unwrap();
        page
    }

    pub(crate) fn wish(&mut self, wish: Wish) -> Result<Answer, Trouble> {
        self.wish_with(wish, Vec::new()).map(|(answer, _)| answer)
    }

    pub(crate) fn wish_with(&mut self, wish: Wish, files: Vec<FileId>) -> Answered {
        self.thaw();
        self.pool.run_until(Rc::clone(&self.engine).carry_out(wish, files))
    }

    /// Runs all jobs to their end.
    pub(crate) fn settle(&mut self) {
        self.thaw();
        self.pool.run();
    }

    /// Runs jobs until the network, the clock or a file came between this many times; then the world stands still, until it
    /// is wished for something else.
    pub(crate) fn run_for(&mut self, instants: u32) {
        self.outside.instants.set(Some(instants));
        self.pool.run_until_stalled();
        self.outside.instants.set(None);
    }

    /// As [`run_for`](Self::run_for), with a wish that is carried out meanwhile, perhaps not to its end.
    pub(crate) fn wish_for(&mut self, wish: Wish, instants: u32) {
        self.thaw();
        let carried_out = Rc::clone(&self.engine).carry_out(wish, Vec::new());
        self.pool.spawner().spawn_local(async move { drop(carried_out.await) }).unwrap();
        self.run_for(instants);
    }

    fn thaw(&self) {
        for waker in self.outside.frozen.take() {
            waker.wake();
        }
    }

    pub(crate) fn sign_in(&mut self, access: Access) -> Result<Account, Trouble> {
        let callback = self.consent(access, true);
        self.finish(callback)
    }

    pub(crate) fn finish(&mut self, callback: String) -> Result<Account, Trouble> {
        match self.wish(Wish::FinishSignIn { callback })? {
            Answer::SignedIn(account) => Ok(account),
            other => panic!("{other:?} is no sign-in"),
        }
    }

    /// Goes to the consent page and answers it; what comes back in the address.
    pub(crate) fn consent(&mut self, access: Access, allow: bool) -> String {
        let Ok(Answer::GoTo { url }) = self.wish(Wish::BeginSignIn { access, way: Way::Redirect }) else {
            panic!("there is a way to Google")
        };
        self.answer_consent(&url, allow, |_| true)
    }

    pub(crate) fn answer_consent(&mut self, url: &str, allow: bool, ticked: impl Fn(&str) -> bool) -> String {
        let now_ms = self.outside.now_ms.get();
        let mut sandbox = self.outside.sandbox.borrow_mut();
        let asked = sandbox.consent_screen(url, now_ms).expect("Google shows its consent page");
        let scopes: Vec<String> = asked.scopes.iter().map(|(scope, _)| scope.clone()).filter(|s| ticked(s)).collect();
        sandbox.consent(url, allow, &scopes, now_ms).expect("Google sends the person back")
    }

    pub(crate) fn meddle(&self, meddle: impl Fn(&Request) -> Option<Result<Reply, HttpError>> + 'static) {
        *self.outside.meddle.borrow_mut() = Some(Box::new(meddle));
    }

    pub(crate) fn leave_alone(&self) {
        *self.outside.meddle.borrow_mut() = None;
    }

    pub(crate) fn add_files(&mut self, files: &[(&str, &[u8])]) -> Answer {
        let ids: Vec<FileId> = (0..files.len() as u32).map(FileId).collect();
        for (id, (_, bytes)) in ids.iter().zip(files) {
            self.outside.files.borrow_mut().insert(id.0, bytes.to_vec());
        }
        let new = files
            .iter()
            .map(|(name, bytes)| NewFile {
                name: (*name).into(),
                size: bytes.len() as u64,
                mime_type: String::new(),
                modified_ms: 1,
            })
            .collect();
        self.wish_with(Wish::AddFiles { files: new }, ids).unwrap().0
    }
}

pub(crate) fn web_client_json() -> String {
    format!(
        r#"{{"web":{{"client_id":"{WEB_CLIENT}","project_id":"albumen-test","auth_uri":"https://evil.example/auth","token_uri":"https://evil.example/token","client_secret":"{SECRET}","redirect_uris":["{BASE}"],"javascript_origins":["{ORIGIN}"]}}}}"#
    )
}

pub(crate) fn reply(status: u16, body: &str) -> Option<Result<Reply, HttpError>> {
    Some(Ok(Reply { status, headers: vec![], body: body.as_bytes().to_vec() }))
}

pub(crate) fn unreachable(request: &Request) -> Option<Result<Reply, HttpError>> {
    let host = request.url.split('/').nth(2).unwrap_or_default().to_owned();
    Some(Err(HttpError::Unreachable { host }))
}
