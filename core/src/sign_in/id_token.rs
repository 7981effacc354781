//! Whose account it is, by the ID token (OpenID Connect Core 1.0).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::SignInError;

/// How far the device's clock may be behind or ahead, in milliseconds.
const CLOCK_SLACK_MS: i64 = 10 * 60 * 1000;

/// Google's ID tokens have about 1,200 bytes.
const MAX_BYTES: usize = 16 * 1024;

/// A Google account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Never changes and is never given to another account; accounts are told apart by it.
    pub sub: String,
    /// For people to read; empty if Google did not say it.
    pub email: String,
}

/// Reads an ID token that came straight from Google over TLS, so that its signature need not be checked (OpenID Connect
/// Core 1.0, section 3.1.3.7, rule 6). `nonce` is the one of the pending sign-in, for the flow without a secret.
///
/// # Errors
/// [`SignInError::NoIdentity`] if it is none, not Google's, not for this client, too old, or without the nonce.
pub fn identity(id_token: &str, client_id: &str, nonce: Option<&str>, now_ms: i64) -> Result<Identity, SignInError> {
    read(id_token, client_id, nonce, now_ms).ok_or(SignInError::NoIdentity)
}

fn read(id_token: &str, client_id: &str, nonce: Option<&str>, now_ms: i64) -> Option<Identity> {
    if id_token.len() > MAX_BYTES {
        return None;
    }
    let mut parts = id_token.split('.');
    let (_header, payload, _signature, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&payload).ok()?;
    let text = |key: &str| claims.get(key).and_then(Value::as_str);
    let is_ours = match claims.get("aud")? {
        Value::String(audience) => audience == client_id,
        Value::Array(audiences) => matches!(audiences.as_slice(), [Value::String(one)] if one == client_id),
        _ => false,
    };
    let is_googles = matches!(text("iss")?, "https://accounts.google.com" | "accounts.google.com");
    let expires_ms = claims.get("exp")?.as_i64()?.saturating_mul(1000);
    let is_in_time = expires_ms.saturating_add(CLOCK_SLACK_MS) > now_ms;
    let is_the_one_asked_for = nonce.is_none_or(|nonce| text("nonce") == Some(nonce));
    // At most 255 ASCII characters (OpenID Connect Core 1.0, section 2).
    let sub = text("sub").filter(|sub| !sub.is_empty() && sub.len() <= 255 && sub.is_ascii())?;
    let email = text("email").unwrap_or_default().chars().filter(|c| !c.is_control()).take(320).collect();
    (is_ours && is_googles && is_in_time && is_the_one_asked_for).then(|| Identity { sub: sub.to_owned(), email })
}
