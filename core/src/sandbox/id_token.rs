//! ID tokens (OpenID Connect Core 1.0, section 2), well-formed, with a signature that nobody can check.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::chance::mix;
use super::scopes::full_name;
use super::settings::Person;
use super::token::EXPIRES_IN_S;

/// Says who signed in (Google: OpenID Connect, an ID token's payload).
pub(super) fn write(person: &Person, client_id: &str, nonce: Option<&str>, scopes: &[String], now_ms: i64) -> String {
    let now_s = now_ms.div_euclid(1000);
    let mut payload = json!({
        "iss": "https://accounts.google.com",
        "azp": client_id,
        "aud": client_id,
        "sub": person.sub,
        "iat": now_s,
        "exp": now_s + EXPIRES_IN_S + 1,
    });
    if scopes.contains(&full_name("email")) {
        payload["email"] = Value::from(person.email.as_str());
        payload["email_verified"] = Value::Bool(true);
    }
    if let Some(nonce) = nonce {
        payload["nonce"] = Value::from(nonce);
    }
    let header = json!({ "alg": "RS256", "kid": "c8ab71530972bba20b49f78a09c9852c43ff9118", "typ": "JWT" });
    let signature: Vec<u8> = (0..32).flat_map(|nth| mix(nth, now_ms as u64).to_le_bytes()).collect();
    let parts = [header.to_string().into_bytes(), payload.to_string().into_bytes(), signature];
    parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_token_has_three_parts_and_says_who_and_for_whom() {
        let person = Person { email: "ada@example.com".into(), sub: "107".into() };
        let token = write(&person, "client", Some("n"), &["openid".into(), full_name("email")], 1_700_000_000_000);
        let parts: Vec<_> = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
        assert_eq!(parts.len(), 3);
        let payload: Value = serde_json::from_slice(&parts[1]).unwrap();
        assert_eq!(payload["aud"], "client");
        assert_eq!(payload["email"], "ada@example.com");
        assert_eq!(payload["nonce"], "n");
        assert_eq!(payload["exp"], 1_700_003_600);
        let without = write(&person, "client", None, &["openid".into()], 0);
        let payload = URL_SAFE_NO_PAD.decode(without.split('.').nth(1).unwrap()).unwrap();
        assert!(!String::from_utf8(payload).unwrap().contains("email"));
    }
}
