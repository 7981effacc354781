//! What a sandbox is made of: the person, the library's size, the registered clients, the profile of CORS.

use super::calendar::Day;

/// How a sandbox is set up. The same settings give the same library for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Another seed is another person with another library.
    pub seed: u64,
    /// How many media items the library holds, up to a million.
    pub items: u32,
    /// The UTC day of the newest of them; the oldest lies up to fifteen years before.
    pub last_day: Day,
    pub cors: Cors,
    /// The OAuth clients that Google knows. The library belongs to the project of the first one: since 31 March 2025
    /// an app sees only what it made itself (Google: Library API updates).
    pub clients: Vec<RegisteredClient>,
    pub person: Person,
    /// Whether the consent screen's publishing status is "Testing": refresh tokens die after seven days.
    pub testing: bool,
}

/// What a page may read of Google's replies. Google documents none of it, so there are two worlds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cors {
    /// As public code that runs in pages reports it.
    Generous,
    /// Everything that nobody has proven is refused: readable token replies for Desktop clients and for origins that
    /// are not registered, the preflight of `/v1/uploads`, `Authorization` towards the image host.
    Pessimistic,
}

/// An OAuth client as it stands in the Google Cloud console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredClient {
    pub client_id: String,
    pub client_secret: String,
    pub kind: RegisteredKind,
    /// Clients of one project see each other's media items.
    pub project: String,
}

/// What kind of client was created in the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisteredKind {
    Web {
        /// Authorized JavaScript origins, such as `http://localhost:8080`.
        origins: Vec<String>,
        /// Authorized redirect URIs, compared letter by letter.
        redirect_uris: Vec<String>,
    },
    /// "Desktop app": any loopback redirect, nothing to register.
    Desktop,
}

/// Whose account it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: String,
    /// Google's unchanging name for the account.
    pub sub: String,
}

impl Settings {
    pub(super) fn client(&self, client_id: &str) -> Option<&RegisteredClient> {
        self.clients.iter().find(|client| client.client_id == client_id)
    }

    /// The project that made the library.
    pub(super) fn library_project(&self) -> &str {
        self.clients.first().map_or("", |client| &client.project)
    }
}
