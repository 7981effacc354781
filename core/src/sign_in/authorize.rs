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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ClientKind;
    use std::cell::Cell;
    use std::collections::BTreeMap;

    /// Counts, so that no two texts are alike and every run is.
    struct Counting(Cell<u8>);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.replace(self.0.get().wrapping_add(1));
            }
        }
    }

    const BASE: &str = "https://example.org/albumen/";

    fn client(secret: Option<&str>) -> ClientFile {
        let client_id = "1-a.apps.googleusercontent.com".into();
        ClientFile { client_id, client_secret: secret.map(Secret::new), kind: ClientKind::Web }
    }

    fn begun(secret: Option<&str>, access: Access, way: Way, hint: Option<&str>) -> (Begun, BTreeMap<String, String>) {
        let begun = begin(&client(secret), access, way, BASE, &Counting(Cell::new(0)), 5_000, hint);
        let query = begun.url.strip_prefix("https://accounts.google.com/o/oauth2/v2/auth?").unwrap();
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let map: BTreeMap<_, _> = pairs.iter().cloned().collect();
        assert_eq!(map.len(), pairs.len(), "no parameter twice");
        (begun, map)
    }

    #[test]
    fn with_a_secret_a_code_is_asked_for_with_a_challenge() {
        let (begun, query) = begun(Some("s"), Access::Read, Way::Redirect, None);
        let verifier = begun.pending.verifier.as_ref().unwrap().expose();
        let expected = BTreeMap::from([
            ("client_id", "1-a.apps.googleusercontent.com".to_owned()),
            ("redirect_uri", BASE.into()),
            ("response_type", "code".into()),
            ("scope", "openid email https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata".into()),
            ("state", begun.pending.state.clone()),
            ("include_granted_scopes", "true".into()),
            ("access_type", "offline".into()),
            ("prompt", "consent".into()),
            ("code_challenge", challenge(verifier)),
            ("code_challenge_method", "S256".into()),
        ]);
        assert_eq!(query, expected.into_iter().map(|(key, value)| (key.to_owned(), value)).collect());
        assert_eq!((begun.pending.nonce, verifier.len()), (None, 43));
    }

    #[test]
    fn without_a_secret_a_token_is_asked_for_with_a_nonce() {
        let (begun, query) = begun(None, Access::Upload, Way::PopUp, Some("ada@example.org"));
        assert_eq!(query["response_type"], "token id_token");
        assert_eq!(Some(&query["nonce"]), begun.pending.nonce.as_ref());
        assert_eq!(query["login_hint"], "ada@example.org");
        assert!(query["scope"].ends_with(" https://www.googleapis.com/auth/photoslibrary.appendonly"));
        for absent in ["access_type", "prompt", "code_challenge", "code_challenge_method"] {
            assert!(!query.contains_key(absent), "{absent}");
        }
        assert_eq!(begun.pending.verifier, None);
    }

    #[test]
    fn the_state_tells_the_way_and_is_not_guessed_from_verifier_or_nonce() {
        for (way, ending) in [(Way::PopUp, ".p"), (Way::Redirect, ".r")] {
            for secret in [Some("s"), None] {
                let (begun, _) = begun(secret, Access::Read, way, None);
                let own = begun.pending.state.strip_suffix(ending).unwrap();
                assert_eq!(own.len(), 32);
                assert!(own.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
                assert_ne!(begun.pending.nonce.as_deref(), Some(own));
                assert_ne!(begun.pending.verifier.map(|v| v.expose().to_owned()).as_deref(), Some(own));
            }
        }
    }

    #[test]
    fn a_pending_sign_in_lives_ten_minutes_and_survives_being_stored() {
        let (begun, _) = begun(Some("s"), Access::Read, Way::PopUp, None);
        let stored = serde_json::to_vec(&begun.pending).unwrap();
        assert_eq!(serde_json::from_slice::<Pending>(&stored).unwrap(), begun.pending);
        for (now_ms, alive) in
            [(5_000, true), (605_000, true), (605_001, false), (4_999, false), (i64::MIN, false), (i64::MAX, false)]
        {
            assert_eq!(begun.pending.is_alive(now_ms), alive, "{now_ms}");
        }
    }
}
