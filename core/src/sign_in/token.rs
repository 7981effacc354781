//! The token endpoint: a code or a refresh token in, tokens out; and the revocation of a grant.

use serde_json::{Map, Value};

use crate::ports::{Reading, Reply, Request};

use super::authorize::Pending;
use super::client_file::ClientFile;
use super::error::SignInError;
use super::secret::Secret;

/// Google's token endpoint (Google: OAuth 2.0 for web server applications).
pub const TOKEN: &str = "https://oauth2.googleapis.com/token";
/// Google's revocation endpoint (RFC 7009).
pub const REVOKE: &str = "https://oauth2.googleapis.com/revoke";

/// A token reply larger than this is not Google's, and is not looked into.
const MAX_BYTES: usize = 1 << 20;

/// Tokens as the endpoint gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenReply {
    pub access_token: Secret,
    /// The access token's life from now, in seconds.
    pub expires_in_s: u64,
    /// Only at the exchange of a code, and only with a consent that was given anew.
    pub refresh_token: Option<Secret>,
    /// The refresh token's life from now in seconds, where it is limited.
    pub refresh_expires_in_s: Option<u64>,
    /// What was granted; `None` if as asked for (RFC 6749, section 5.1).
    pub scopes: Option<Vec<String>>,
    pub id_token: Option<Secret>,
}

/// Exchanges a code (RFC 6749, section 4.1.3; RFC 7636, section 4.5). `base` is the redirect URI of [`super::begin`].
pub fn exchange_request(client: &ClientFile, pending: &Pending, code: &str, base: &str) -> Request {
    let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", base)];
    if let Some(verifier) = &pending.verifier {
        form.push(("code_verifier", verifier.expose()));
    }
    token_request(client, &form)
}

/// Asks for a new access token (RFC 6749, section 6).
pub fn refresh_request(client: &ClientFile, refresh_token: &Secret) -> Request {
    token_request(client, &[("grant_type", "refresh_token"), ("refresh_token", refresh_token.expose())])
}

/// Ends a grant, by its refresh token if there is one. The reply is not read: a page may not be allowed to.
pub fn revoke_request(token: &Secret) -> Request {
    Request { reading: Reading::Blind, ..form_request(REVOKE, &[("token", token.expose())]) }
}

/// Reads the reply to [`exchange_request`].
///
/// # Errors
/// What the endpoint refuses, by its error code (RFC 6749, section 5.2); [`SignInError::TokenReply`] for what is no
/// reply of the endpoint's, a failure of the server among it.
pub fn parse_token_reply(reply: &Reply) -> Result<TokenReply, SignInError> {
    parse(reply, SignInError::CodeExpired)
}

/// Reads the reply to [`refresh_request`].
///
/// # Errors
/// As [`parse_token_reply`], save that `invalid_grant` is [`SignInError::GrantEnded`]. After any other error the
/// refresh token may still be good.
pub fn parse_refresh_reply(reply: &Reply) -> Result<TokenReply, SignInError> {
    parse(reply, SignInError::GrantEnded)
}

fn token_request(client: &ClientFile, form: &[(&str, &str)]) -> Request {
    let mut form = form.to_vec();
    form.push(("client_id", &client.client_id));
    if let Some(secret) = &client.client_secret {
        form.push(("client_secret", secret.expose()));
    }
    form_request(TOKEN, &form)
}

/// A form post is a simple request: no preflight stands before it (Fetch standard, CORS-safelisted request-header).
fn form_request(url: &str, form: &[(&str, &str)]) -> Request {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    Request::post(url, "application/x-www-form-urlencoded", body)
}

fn parse(reply: &Reply, invalid_grant: SignInError) -> Result<TokenReply, SignInError> {
    if reply.status == 0 {
        return Err(SignInError::TokenUnreadable);
    }
    let odd = |what: &str| SignInError::TokenReply { what: format!("status {}, {what}", reply.status) };
    let body = reply.body.trim_ascii();
    if body.is_empty() {
        return Err(odd("nothing in it"));
    }
    if body.starts_with(b"<") {
        return Err(odd("a web page instead of data"));
    }
    let json: Option<Value> = (body.len() <= MAX_BYTES).then(|| serde_json::from_slice(body).ok()).flatten();
    let Some(Value::Object(json)) = json else { return Err(odd("no JSON object")) };
    if json.get("error").is_some_and(|error| !error.is_null()) {
        // A server in trouble says nothing about the grant.
        return Err(if reply.status >= 500 { odd("an error of the server") } else { refusal(&json, invalid_grant) });
    }
    if !(200..300).contains(&reply.status) {
        return Err(odd("no error in it"));
    }
    let text = |key: &str| json.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let access_token = text("access_token").ok_or_else(|| odd("no access_token"))?;
    if !access_token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(odd("an access_token that is none"));
    }
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("Bearer")) {
        return Err(odd("a token_type other than Bearer"));
    }
    Ok(TokenReply {
        access_token: Secret::new(access_token),
        expires_in_s: json.get("expires_in").and_then(seconds).ok_or_else(|| odd("no expires_in"))?,
        refresh_token: text("refresh_token").map(Secret::new),
        refresh_expires_in_s: json.get("refresh_token_expires_in").and_then(seconds),
        scopes: text("scope").map(|scopes| scopes.split_ascii_whitespace().map(str::to_owned).collect()),
        id_token: text("id_token").map(Secret::new),
    })
}

fn refusal(json: &Map<String, Value>, invalid_grant: SignInError) -> SignInError {
    let short = |value: Option<&Value>| -> String {
        let text = value.and_then(Value::as_str).unwrap_or_default();
        text.chars().filter(|c| !c.is_control()).take(300).collect()
    };
    let (code, description) = match json.get("error") {
        // Some of Google's front ends answer with the envelope of its other APIs.
        Some(Value::Object(error)) => (short(error.get("status")), short(error.get("message"))),
        error => (short(error), short(json.get("error_description"))),
    };
    match code.as_str() {
        "invalid_grant" => invalid_grant,
        "invalid_request" if description.contains("client_secret is missing") => SignInError::SecretMissing,
        "invalid_client" => SignInError::WrongSecret,
        "redirect_uri_mismatch" => SignInError::RedirectMismatch,
        _ => SignInError::TokenRefused { code, description },
    }
}

/// Whole seconds, as a number or as a text.
fn seconds(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    }
}
