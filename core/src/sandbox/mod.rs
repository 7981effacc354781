//! The pretend Google: one person's account, the consent screen, the token endpoint, the Library API, the image host.
//!
//! It knows Google's side of the wire alone and shares no type with the client's, so that one misreading of Google
//! cannot agree with itself. It is pure: time comes in as an argument, chance from a seed. Two things talk to it: the
//! page's demo, through [`page::fetch`], and tests over TLS, through [`Sandbox::answer`].
//!
//! Each rule cites where Google says it, or who saw it. Where no source gives Google's words, they are ours.

mod albums;
mod authorize;
mod calendar;
mod cameras;
mod chance;
mod consent;
mod consent_page;
mod cors;
mod create;
mod drawing;
mod edit;
mod errors;
mod exif;
mod filters;
mod id_token;
mod ids;
mod interference;
mod items;
mod library;
mod light;
mod making;
mod media;
pub mod page;
mod people;
mod picture;
mod quota;
mod scopes;
mod search;
mod search_request;
mod seeded_albums;
mod settings;
mod shelf;
mod snapshot;
mod sniff;
mod state;
mod strict;
#[cfg(test)]
mod tests;
mod token;
mod truth;
mod uploads;
mod wire;

pub use authorize::ErrorPage;
pub use calendar::Day;
pub use consent::Consent;
pub use interference::Interference;
pub use settings::{Cors, Person, RegisteredClient, RegisteredKind, Settings};
pub use truth::{AlbumTruth, Truth};
pub use wire::{Incoming, Outgoing};

use interference::Passing;
use seeded_albums::SeededAlbum;
use shelf::{MOST_ITEMS, Shelf};
use state::State;
use wire::Params;

/// A pretend Google with all that has happened in it.
pub struct Sandbox {
    settings: Settings,
    shelf: Shelf,
    albums: Vec<SeededAlbum>,
    state: State,
    passing: Passing,
    changed: bool,
}

impl Sandbox {
    /// A Google that nobody has talked to yet.
    pub fn new(settings: Settings) -> Self {
        let shelf = Shelf::new(settings.seed, settings.items, settings.last_day);
        let albums = seeded_albums::of(&shelf);
        Self { settings, shelf, albums, state: State::default(), passing: Passing::default(), changed: false }
    }

    /// Answers a request as Google would at `now_ms`, milliseconds since the epoch.
    ///
    /// `Origin` in the request's headers decides whether the reply is dressed for a page of that origin.
    pub fn answer(&mut self, incoming: &Incoming, now_ms: i64) -> Outgoing {
        if incoming.method == "OPTIONS" {
            return cors::preflight(&self.settings, incoming);
        }
        if let Some(reply) = self.passing.take(library::method_of(incoming)) {
            return cors::dress(&self.settings, incoming, reply);
        }
        let outgoing = match incoming.host_name().as_str() {
            "accounts.google.com" => consent::answer(self, incoming, now_ms),
            "oauth2.googleapis.com" => token::answer(self, incoming, now_ms),
            "photoslibrary.googleapis.com" => library::answer(self, incoming, now_ms),
            "lh3.googleusercontent.com" | "video-downloads.googleusercontent.com" => {
                media::answer(self, incoming, now_ms)
            }
            _ => errors::nothing_here(incoming.path()),
        };
        cors::dress(&self.settings, incoming, outgoing)
    }

    /// Everything that a reload must not lose: grants, tokens, spent codes, uploads with their bytes, quota.
    pub fn snapshot(&self) -> Vec<u8> {
        snapshot::write(&self.settings, &self.state)
    }

    /// Takes up a [`snapshot`](Self::snapshot). Its seed, size and newest day win over those of `settings`, so that the
    /// library does not move while somebody looks at it. `None` where the bytes are none or damaged.
    pub fn restore(settings: Settings, snapshot: &[u8]) -> Option<Self> {
        let (settings, state) = snapshot::read(settings, snapshot)?;
        Some(Self { state, ..Self::new(settings) })
    }

    /// Whether anything has happened since this was asked last, so that a snapshot is due.
    pub fn changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// What the consent screen of this authorization address says.
    ///
    /// # Errors
    /// The page that Google shows instead. Where Google would send the browser back at once (`invalid_scope`), too:
    /// there is no screen then, and [`Self::consent`] tells the address.
    pub fn consent_screen(&mut self, authorize_url: &str, _now_ms: i64) -> Result<Consent, ErrorPage> {
        consent::screen(self, &params_of(authorize_url)?)
    }

    /// The person's decision: the address that the browser is sent to. `scopes` are those still ticked.
    ///
    /// # Errors
    /// The page that Google shows instead of going back.
    pub fn consent(
        &mut self,
        authorize_url: &str,
        allow: bool,
        scopes: &[String],
        now_ms: i64,
    ) -> Result<String, ErrorPage> {
        let decision = if allow { consent::Decision::Allow(scopes.to_vec()) } else { consent::Decision::Cancel };
        consent::decide(self, &params_of(authorize_url)?, &decision, now_ms)
    }

    /// Every media item as it is: the seeded ones from the oldest on, then the uploaded ones.
    pub fn truth(&self) -> impl Iterator<Item = Truth> {
        truth::all(self)
    }

    /// How many media items the seeded library holds.
    pub fn len(&self) -> u32 {
        self.shelf.len()
    }

    /// Whether the seeded library holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A page of the seeded library as `mediaItems.search` writes it, the newest first, but made without a request: no
    /// account is asked, no quota is spent, and no base URLs are given out. `page_token` is that of the page before.
    pub fn made_page(&self, page_token: Option<&str>) -> Outgoing {
        making::page(self, page_token)
    }

    /// Every album of the library's project as it is.
    pub fn album_truth(&self) -> Vec<AlbumTruth> {
        truth::albums(self)
    }

    /// Lets something happen that is not the app's doing.
    pub fn interfere(&mut self, interference: Interference) {
        match interference {
            Interference::RevokeGrants => {
                for grant in &mut self.state.grants {
                    grant.revoked = true;
                }
            }
            Interference::EndAccessTokens => self.state.access_tokens.clear(),
            Interference::Spend { project, requests, pictures, now_ms } => {
                self.state.usage.spend(&project, requests, pictures, now_ms);
            }
            Interference::DisableApi => self.passing.api_disabled = true,
            Interference::EnableApi => self.passing.api_disabled = false,
            Interference::BeginWrite => self.passing.write_in_flight = true,
            Interference::EndWrite => self.passing.write_in_flight = false,
            Interference::RemoveTestUser => self.passing.not_a_test_user = true,
            Interference::AddTestUser => self.passing.not_a_test_user = false,
            Interference::RemoveAlbum { id } => albums::remove(self, &id),
            Interference::NextReply { method, reply } => self.passing.replies.push((method, reply)),
        }
        self.changed = true;
    }

    fn seed(&self) -> u64 {
        self.settings.seed
    }
}

/// The parameters of an authorization address.
fn params_of(authorize_url: &str) -> Result<Params, ErrorPage> {
    let rest = authorize_url.strip_prefix("https://accounts.google.com/o/oauth2/");
    let path = rest.and_then(|rest| rest.strip_prefix("v2/auth").or_else(|| rest.strip_prefix("auth")));
    match path.and_then(|path| path.strip_prefix('?')) {
        Some(query) => Ok(Params::read(query.split('#').next().unwrap_or_default().as_bytes())),
        None => Err(ErrorPage {
            status: 404,
            title: "Error 404 (Not Found)".into(),
            text: "The requested URL was not found on this server.".into(),
        }),
    }
}
