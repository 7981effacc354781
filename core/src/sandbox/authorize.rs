//! Reads what an app asks at the authorization endpoint, and refuses it where Google does.

use super::scopes;
use super::settings::{RegisteredClient, RegisteredKind, Settings};
use super::state::Challenge;
use super::wire::Params;

/// An error that Google shows on its own page and never tells the app (Google: OAuth 2.0, authorization errors).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    pub status: u16,
    /// `Error 400: redirect_uri_mismatch`
    pub title: String,
    pub text: String,
}

/// What an app asks for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) client: RegisteredClient,
    pub(super) redirect_uri: String,
    pub(super) wants: Wants,
    /// By their full names.
    pub(super) scopes: Vec<String>,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<Challenge>,
    /// `access_type=offline`
    pub(super) offline: bool,
    pub(super) prompts: Vec<String>,
    pub(super) include_granted: bool,
}

/// The response type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    Code,
    Token,
    /// `token id_token`
    TokenAndIdentity,
}

/// Why the consent screen does not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Page(ErrorPage),
    /// The app is told, at this address.
    Back(String),
}

impl Asked {
    pub(super) fn read(settings: &Settings, params: &Params) -> Result<Self, Wrong> {
        let client = client(settings, params)?;
        let redirect_uri = redirect_uri(client, params)?;
        let wants = wants(client, &redirect_uri, params)?;
        let nonce = params.get("nonce").map(str::to_owned);
        // Google: OpenID Connect, authentication parameters, nonce (required when an ID token comes by this way).
        if wants == Wants::TokenAndIdentity && nonce.is_none() {
            return Err(page(400, "invalid_request", "Missing required parameter: nonce"));
        }
        let asked = Self {
            client: client.clone(),
            wants,
            scopes: params.words("scope").iter().map(|scope| scopes::full_name(scope)).collect(),
            state: params.get("state").map(str::to_owned),
            nonce,
            challenge: challenge(params)?,
            offline: params.get("access_type") == Some("offline"),
            prompts: params.words("prompt"),
            include_granted: params.get("include_granted_scopes") == Some("true"),
            redirect_uri,
        };
        if asked.scopes.is_empty() {
            return Err(page(400, "invalid_request", "Missing required parameter: scope"));
        }
        // Google: OAuth 2.0, error codes, invalid_scope.
        if asked.scopes.iter().any(|scope| !scopes::is_known(scope)) {
            return Err(Wrong::Back(asked.refusal("invalid_scope")));
        }
        // RFC 6749, section 3.3: an ID token is only made for `openid`.
        if wants == Wants::TokenAndIdentity && !asked.scopes.iter().any(|scope| scope == "openid") {
            return Err(Wrong::Back(asked.refusal("invalid_scope")));
        }
        Ok(asked)
    }

    /// Where the browser goes with this error (RFC 6749, sections 4.1.2.1 and 4.2.2.1).
    pub(super) fn refusal(&self, error: &str) -> String {
        self.answer(&[("error", error)])
    }

    /// Where the browser goes with these answers: behind `?` for codes, behind `#` for tokens.
    pub(super) fn answer(&self, answers: &[(&str, &str)]) -> String {
        let mut written = form_urlencoded::Serializer::new(String::new());
        if let Some(state) = &self.state {
            written.append_pair("state", state);
        }
        for (name, value) in answers {
            written.append_pair(name, value);
        }
        let sign = match self.wants {
            Wants::Code if self.redirect_uri.contains('?') => '&',
            Wants::Code => '?',
            Wants::Token | Wants::TokenAndIdentity => '#',
        };
        format!("{}{sign}{}", self.redirect_uri, written.finish())
    }
}

/// An error page in Google's form.
pub(super) fn page(status: u16, error: &str, text: &str) -> Wrong {
    Wrong::Page(ErrorPage { status, title: format!("Error {status}: {error}"), text: text.to_owned() })
}

fn client<'a>(settings: &'a Settings, params: &Params) -> Result<&'a RegisteredClient, Wrong> {
    let Some(client_id) = params.get("client_id") else {
        return Err(page(400, "invalid_request", "Missing required parameter: client_id"));
    };
    // Google: OAuth 2.0, authorization errors, invalid_client.
    settings.client(client_id).ok_or_else(|| page(401, "invalid_client", "The OAuth client was not found."))
}

fn redirect_uri(client: &RegisteredClient, params: &Params) -> Result<String, Wrong> {
    let Some(uri) = params.get("redirect_uri") else {
        return Err(page(400, "invalid_request", "Missing required parameter: redirect_uri"));
    };
    let fits = match &client.kind {
        // Google: OAuth 2.0 for web server apps, redirect URIs: scheme, host, port, path and slash, letter by letter.
        RegisteredKind::Web { redirect_uris, .. } => redirect_uris.iter().any(|registered| registered == uri),
        // Google: OAuth 2.0 for desktop apps, loopback IP address: any port, nothing to register.
        RegisteredKind::Desktop => is_loopback(uri),
    };
    if fits && !uri.contains('#') {
        return Ok(uri.to_owned());
    }
    let text = format!(
        "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy. If you're the app \
         developer, register the redirect URI in the Google Cloud Console. redirect_uri={uri}"
    );
    Err(page(400, "redirect_uri_mismatch", &text))
}

/// `http` to this very machine, by name or number, at any port and path.
fn is_loopback(uri: &str) -> bool {
    let Some(rest) = uri.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix("[::1]") {
        Some(port) => ("[::1]", port),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok());
    matches!(host, "127.0.0.1" | "localhost" | "[::1]") && port_fits
}

fn wants(client: &RegisteredClient, redirect_uri: &str, params: &Params) -> Result<Wants, Wrong> {
    let mut words = params.words("response_type");
    words.sort();
    let wants = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => return Err(page(400, "invalid_request", "Missing required parameter: response_type")),
        ["code"] => return Ok(Wants::Code),
        ["token"] => Wants::Token,
        ["id_token", "token"] => Wants::TokenAndIdentity,
        _ => return Err(page(400, "invalid_request", "Invalid response_type")),
    };
    let RegisteredKind::Web { origins, .. } = &client.kind else {
        // Google: OAuth 2.0 for desktop apps knows the code flow only.
        return Err(page(400, "invalid_request", "The response_type is not allowed for this client type."));
    };
    // Google: OAuth 2.0 for client-side web applications, authorized JavaScript origins.
    if !origins.iter().any(|origin| origin == origin_of(redirect_uri)) {
        let text = "If you're the app developer, register the JavaScript origin in the Google Cloud Console.";
        return Err(page(400, "origin_mismatch", text));
    }
    Ok(wants)
}

/// Scheme, host and port of an address.
fn origin_of(address: &str) -> &str {
    let after_scheme = address.find("://").map_or(0, |at| at + 3);
    let end = address[after_scheme..].find(['/', '?', '#']).map_or(address.len(), |at| after_scheme + at);
    &address[..end]
}

/// RFC 7636, sections 4.2 and 4.3.
fn challenge(params: &Params) -> Result<Option<Challenge>, Wrong> {
    let Some(challenge) = params.get("code_challenge") else {
        return Ok(None);
    };
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    if !(43..=128).contains(&challenge.len()) || !challenge.bytes().all(allowed) {
        return Err(page(400, "invalid_request", "Invalid code_challenge"));
    }
    match params.get("code_challenge_method") {
        Some("S256") => Ok(Some(Challenge::Sha256(challenge.to_owned()))),
        None | Some("plain") => Ok(Some(Challenge::Plain(challenge.to_owned()))),
        Some(_) => Err(page(400, "invalid_request", "Invalid code_challenge_method")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_this_machine_by_any_of_its_names_and_nothing_else() {
        for uri in ["http://127.0.0.1:8080/", "http://localhost/", "http://[::1]:9/x", "http://localhost:8080"] {
            assert!(is_loopback(uri), "{uri}");
        }
        for uri in [
            "https://localhost/",
            "http://localhost.evil.example/",
            "http://127.0.0.1@evil.example/",
            "http://127.0.0.1:80@evil.example/",
            "http://[::1]evil/",
            "http://10.0.0.1/",
            "urn:ietf:wg:oauth:2.0:oob",
        ] {
            assert!(!is_loopback(uri), "{uri}");
        }
    }

    #[test]
    fn an_origin_ends_before_the_path() {
        assert_eq!(origin_of("http://localhost:8080/a?b#c"), "http://localhost:8080");
        assert_eq!(origin_of("https://a.example"), "https://a.example");
        assert_eq!(origin_of(""), "");
    }
}
