//! The pretend Google of *Try it now*: one account, one client that is registered for exactly this page, kept in the
//! world's own store so that closing the page loses nothing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use albumen_core::ports::{Batch, Clock, HttpError, Maker, Method, Reply, Request, Store, StoreError};
use albumen_core::protocol::{ConsentScreen, MOST_FETCHED};
use albumen_core::sandbox::{
    Cors, Day, ErrorPage, Outgoing, Person, RegisteredClient, RegisteredKind, Sandbox, Settings, page,
};
use albumen_core::store::keys;
use albumen_core::trouble::Trouble;
use wasm_bindgen_futures::spawn_local;

use super::world::AnyStore;
use crate::browser::clock::BrowserClock;
use crate::browser::names;

const DAY_MS: i64 = 86_400_000;
const SEED: u64 = 1;
/// A library that is fetched in a moment; Settings offers larger ones.
const ITEMS: u32 = 3_200;
const CLIENT_ID: &str = "100000000000-tryitnow.apps.googleusercontent.com";
const CLIENT_SECRET: &str = "GOCSPX-only-a-pretend-secret";
const PROJECT: &str = "albumen-try-it-now";

/// How long changes that nobody would miss are gathered before they are kept.
const KEEP_AFTER_MS: u64 = 1_000;

/// The sandbox with its memory.
pub(super) struct PretendGoogle {
    base: String,
    sandbox: RefCell<Sandbox>,
    store: AnyStore,
    /// Whether a task waits to keep what changes until then.
    will_keep: Cell<bool>,
}

impl PretendGoogle {
    /// The sandbox as it was left, or a new one whose library ends today.
    pub(super) async fn open(base: &str, store: AnyStore) -> Result<Self, StoreError> {
        let record = store.read(&[keys::SANDBOX_STATE.to_owned()]).await?.pop().flatten();
        let kept = record.and_then(|snapshot| Sandbox::restore(settings(base, ITEMS), &snapshot));
        let sandbox = kept.unwrap_or_else(|| Sandbox::new(settings(base, ITEMS)));
        Ok(Self { base: base.to_owned(), sandbox: RefCell::new(sandbox), store, will_keep: Cell::new(false) })
    }

    /// The client's file, as the console would give it.
    pub(super) fn client_secret_json(&self) -> String {
        serde_json::json!({
            "web": {
                "client_id": CLIENT_ID,
                "project_id": PROJECT,
                "auth_uri": "https://accounts.google.com/o/oauth2/auth",
                "token_uri": "https://oauth2.googleapis.com/token",
                "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
                "client_secret": CLIENT_SECRET,
                "redirect_uris": [self.base],
                "javascript_origins": [names::origin(&self.base)],
            }
        })
        .to_string()
    }

    pub(super) async fn fetch(self: &Rc<Self>, request: &Request, body: Vec<u8>) -> Result<Reply, HttpError> {
        let origin = names::origin(&self.base);
        let reply = page::fetch(&mut self.sandbox.borrow_mut(), &origin, request, body, BrowserClock.now_ms());
        if must_outlive_a_reload(request) {
            self.keep().await;
        } else {
            self.keep_soon();
        }
        reply
    }

    pub(super) async fn consent_screen(&self, url: &str) -> Result<ConsentScreen, Trouble> {
        let screen = self.sandbox.borrow_mut().consent_screen(url, BrowserClock.now_ms()).map_err(on_its_own_page)?;
        self.keep().await;
        Ok(ConsentScreen { app_name: screen.app_name, email: screen.email, scopes: screen.scopes })
    }

    /// Where Google would send the browser after this choice.
    pub(super) async fn consent(&self, url: &str, allow: bool, scopes: &[String]) -> Result<String, Trouble> {
        let now_ms = BrowserClock.now_ms();
        let location = self.sandbox.borrow_mut().consent(url, allow, scopes, now_ms).map_err(on_its_own_page)?;
        self.keep().await;
        Ok(location)
    }

    /// Itself, where its library is more than a day's requests can fetch.
    pub(super) fn maker(&self) -> Option<&dyn Maker> {
        (self.items() > MOST_FETCHED).then_some(self as &dyn Maker)
    }

    /// Begins anew, as if it had never been opened.
    pub(super) fn forget(&self) {
        *self.sandbox.borrow_mut() = Sandbox::new(settings(&self.base, ITEMS));
    }

    /// Begins anew with a library of another size, which is kept at once.
    pub(super) async fn begin_anew(&self, items: u32) -> Result<(), StoreError> {
        *self.sandbox.borrow_mut() = Sandbox::new(settings(&self.base, items));
        let snapshot = self.sandbox.borrow_mut().snapshot();
        self.store.commit(Batch { puts: vec![(keys::SANDBOX_STATE.to_owned(), snapshot)], ..Batch::default() }).await
    }

    /// Keeps what has changed, a moment later and all at once: a screen of pictures would otherwise write as often as it
    /// has pictures.
    fn keep_soon(self: &Rc<Self>) {
        if self.will_keep.replace(true) {
            return;
        }
        let google = self.clone();
        spawn_local(async move {
            BrowserClock.sleep(KEEP_AFTER_MS).await;
            google.will_keep.set(false);
            google.keep().await;
        });
    }

    /// Keeps what has changed.
    async fn keep(&self) {
        let snapshot = {
            let mut sandbox = self.sandbox.borrow_mut();
            if !sandbox.changed() {
                return;
            }
            sandbox.snapshot()
        };
        let batch = Batch { puts: vec![(keys::SANDBOX_STATE.to_owned(), snapshot)], ..Batch::default() };
        // A device without room is told of by the engine's own commits; the pretend Google, like the real one, answers
        // all the same.
        let _ = self.store.commit(batch).await;
    }
}

impl Maker for PretendGoogle {
    fn items(&self) -> u32 {
        self.sandbox.borrow().len()
    }

    fn page(&self, page_token: Option<&str>) -> Reply {
        let Outgoing { status, headers, body } = self.sandbox.borrow().made_page(page_token);
        Reply { status, headers, body }
    }
}

/// Whether the page would be left with what Google no longer knows: a sign-in, a new media item, or a changed one.
fn must_outlive_a_reload(request: &Request) -> bool {
    request.url.starts_with("https://oauth2.googleapis.com/")
        || request.url.ends_with("/v1/mediaItems:batchCreate")
        || request.method == Method::Patch
}

/// How a sandbox is set up that was never opened; one that was keeps its last day.
fn settings(base: &str, items: u32) -> Settings {
    let today = BrowserClock.now_ms().div_euclid(DAY_MS) as i32;
    let registered = RegisteredKind::Web { origins: vec![names::origin(base)], redirect_uris: vec![base.to_owned()] };
    Settings {
        seed: SEED,
        items,
        last_day: Day(today),
        cors: Cors::Generous,
        clients: vec![RegisteredClient {
            client_id: CLIENT_ID.into(),
            client_secret: CLIENT_SECRET.into(),
            kind: registered,
            project: PROJECT.into(),
        }],
        person: Person { email: "alex@example.com".into(), sub: "100000000000000000001".into() },
        testing: false,
    }
}

/// Google shows such errors itself and never sends the browser back.
fn on_its_own_page(page: ErrorPage) -> Trouble {
    Trouble::OutOfPlace(format!("the pretend Google says: {}", page.title))
}
