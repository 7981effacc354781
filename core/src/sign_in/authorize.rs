//! The way to Google's consent page, and what must be remembered until the answer comes.

use serde::{Deserialize, Serialize};

use crate::ports::Entropy;
use crate::protocol::{Access, Way};

use super::client_file::ClientFile;
use super::pkce::{challenge, new_verifier, unguessable};
use super::secret::Secret;
use super::{IDENTITY_SCOPES, photo_scopes};

/// Google's consent page (Google: OAuth 2.0 for client-side web applications).
pub const AUTHORIZE: &str = "https://accounts.google.com/o/oauth2/v2/auth";

/// How long an answer from the consent page is waited for, in milliseconds.
pub const PENDING_LIFE_MS: i64 = 10 * 60 * 1000;

/// A sign-in that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Go there.
    pub url: String,
    /// Keep this, sealed, under its `state`.
    pub pending: Pending,
}

/// What is remembered of a sign-in until Google's answer comes. Serialised into a sealed record only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Unguessable; ends in `.p` for a pop-up and `.r` for a redirect.
    pub state: String,
    /// The client that was asked with; another one in the meantime makes the answer foreign.
    pub client_id: String,
    /// PKCE's verifier, for the code flow.
    pub verifier: Option<Secret>,
    /// What the ID token must repeat, for the flow without a secret.
    pub nonce: Option<String>,
    pub access: Access,
    pub begun_ms: i64,
}

impl Pending {
    /// Whether an answer that comes now is in time. A clock that was set back makes it stale too.
    pub fn is_alive(&self, now_ms: i64) -> bool {
        (0..=PENDING_LIFE_MS).contains(&now_ms.saturating_sub(self.begun_ms))
    }
}

/// Begins a sign-in: with a secret the code flow with PKCE, for a refresh token; without one an access token for an hour
/// at once (Google: OAuth 2.0 for client-side web applications), with an ID token bound by a nonce (OpenID Connect Core
/// 1.0, section 3.2.2.1).
///
/// `base` is the page's base address, which is the redirect URI. `login_hint` is the account that was signed in before.
pub fn begin(
    client: &ClientFile,
    access: Access,
    way: Way,
    base: &str,
    entropy: &impl Entropy,
    now_ms: i64,
    login_hint: Option<&str>,
) -> Begun {
    let ending = match way {
        Way::PopUp => ".p",
        Way::Redirect => ".r",
    };
    let state = unguessable(entropy, 24) + ending;
    let scopes: Vec<&str> = IDENTITY_SCOPES.iter().chain(photo_scopes(access)).copied().collect();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("client_id", &client.client_id);
    query.append_pair("redirect_uri", base);
    query.append_pair("scope", &scopes.join(" "));
    query.append_pair("state", &state);
    query.append_pair("include_granted_scopes", "true");
    let (mut verifier, mut nonce) = (None, None);
    if client.client_secret.is_some() {
        let fresh = new_verifier(entropy);
        query.append_pair("response_type", "code");
        query.append_pair("access_type", "offline");
        // Only a consent that is given anew brings a refresh token.
        query.append_pair("prompt", "consent");
        query.append_pair("code_challenge", &challenge(&fresh));
        query.append_pair("code_challenge_method", "S256");
        verifier = Some(Secret::new(fresh));
    } else {
        let fresh = unguessable(entropy, 24);
        query.append_pair("response_type", "token id_token");
        query.append_pair("nonce", &fresh);
        nonce = Some(fresh);
    }
    if let Some(hint) = login_hint.filter(|hint| !hint.is_empty()) {
        query.append_pair("login_hint", hint);
    }
    let url = format!("{AUTHORIZE}?{}", query.finish());
    let client_id = client.client_id.clone();
    Begun { url, pending: Pending { state, client_id, verifier, nonce, access, begun_ms: now_ms } }
}
