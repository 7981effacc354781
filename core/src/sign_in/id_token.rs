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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const NOW_MS: i64 = 1_700_000_000_000;

    fn token(claims: &Value) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    fn claims() -> Value {
        json!({"iss": "https://accounts.google.com", "aud": "id", "azp": "id", "sub": "117", "email": "ada@example.org",
            "email_verified": true, "nonce": "n", "iat": NOW_MS / 1000 - 5, "exp": NOW_MS / 1000 + 3600})
    }

    fn with(key: &str, value: Value) -> String {
        let mut claims = claims();
        claims[key] = value;
        token(&claims)
    }

    fn read(token: &str) -> Result<Identity, SignInError> {
        identity(token, "id", Some("n"), NOW_MS)
    }

    #[test]
    fn the_account_is_read() {
        let ada = Identity { sub: "117".into(), email: "ada@example.org".into() };
        assert_eq!(read(&token(&claims())), Ok(ada.clone()));
        assert_eq!(read(&with("iss", json!("accounts.google.com"))), Ok(ada.clone()));
        assert_eq!(read(&with("aud", json!(["id"]))), Ok(ada.clone()));
        assert_eq!(identity(&with("nonce", json!(null)), "id", None, NOW_MS), Ok(ada));
        assert_eq!(read(&with("email", json!(null))).unwrap().email, "");
    }

    #[test]
    fn a_token_for_others_is_no_identity() {
        for (key, value) in [
            ("iss", json!("https://accounts.google.com.evil.example")),
            ("iss", json!(null)),
            ("aud", json!("other")),
            ("aud", json!(["id", "other"])),
            ("aud", json!([])),
            ("aud", json!(7)),
            ("nonce", json!("other")),
            ("nonce", json!(null)),
            ("sub", json!("")),
            ("sub", json!(117)),
            ("sub", json!("x".repeat(256))),
            ("exp", json!(NOW_MS / 1000 - 601)),
            ("exp", json!("soon")),
            ("exp", json!(null)),
        ] {
            assert_eq!(read(&with(key, value.clone())), Err(SignInError::NoIdentity), "{key} {value}");
        }
    }

    #[test]
    fn a_clock_some_minutes_off_is_forgiven() {
        assert!(read(&with("exp", json!(NOW_MS / 1000 - 599))).is_ok());
        assert!(read(&with("exp", json!(i64::MAX))).is_ok());
    }

    #[test]
    fn what_is_no_token_is_no_identity() {
        let good = token(&claims());
        let payload = URL_SAFE_NO_PAD.encode("[1]");
        for text in ["", "a.b", "a.b.c", "...", &format!("{good}.x"), &format!("h.{payload}.s"), &"a".repeat(100_000)] {
            assert_eq!(read(text), Err(SignInError::NoIdentity));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,100}", payload in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = (read(&text), read(&format!("h.{}.s", URL_SAFE_NO_PAD.encode(payload))));
        }
    }
}
