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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Body, Method};
    use crate::protocol::{Access, ClientKind};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn client(secret: Option<&str>) -> ClientFile {
        ClientFile { client_id: "id".into(), client_secret: secret.map(Secret::new), kind: ClientKind::Web }
    }

    fn form(request: &Request) -> BTreeMap<String, String> {
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.headers, [("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())]);
        let Body::Bytes(bytes) = &request.body else { panic!("a form has a body") };
        form_urlencoded::parse(bytes).into_owned().collect()
    }

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_code_is_exchanged_with_verifier_and_secret() {
        let pending = Pending {
            state: "s".into(),
            client_id: "id".into(),
            verifier: Some(Secret::new("v")),
            nonce: None,
            access: Access::Read,
            begun_ms: 0,
        };
        let request = exchange_request(&client(Some("GOCSPX-&=")), &pending, "4/0 A", "https://example.org/");
        assert_eq!((request.url.as_str(), request.reading), (TOKEN, Reading::Readable));
        assert_eq!(
            form(&request),
            map(&[
                ("grant_type", "authorization_code"),
                ("code", "4/0 A"),
                ("redirect_uri", "https://example.org/"),
                ("code_verifier", "v"),
                ("client_id", "id"),
                ("client_secret", "GOCSPX-&="),
            ])
        );
    }

    #[test]
    fn a_refresh_token_is_sent_with_the_client_and_a_revocation_is_not_read() {
        let request = refresh_request(&client(Some("s")), &Secret::new("1//r"));
        assert_eq!(
            form(&request),
            map(&[
                ("grant_type", "refresh_token"),
                ("refresh_token", "1//r"),
                ("client_id", "id"),
                ("client_secret", "s"),
            ])
        );
        assert!(!form(&refresh_request(&client(None), &Secret::new("r"))).contains_key("client_secret"));
        let request = revoke_request(&Secret::new("1//r"));
        assert_eq!((request.url.as_str(), request.reading), (REVOKE, Reading::Blind));
        assert_eq!(form(&request), map(&[("token", "1//r")]));
    }

    #[test]
    fn tokens_are_read_with_their_lives_and_scopes() {
        let body = r#"{"access_token":"ya29.x","expires_in":3599,"refresh_token":"1//r","scope":"openid  a b",
            "token_type":"Bearer","id_token":"h.p.s","refresh_token_expires_in":604799,"new":{"x":[]}}"#;
        let expected = TokenReply {
            access_token: Secret::new("ya29.x"),
            expires_in_s: 3599,
            refresh_token: Some(Secret::new("1//r")),
            refresh_expires_in_s: Some(604_799),
            scopes: Some(vec!["openid".into(), "a".into(), "b".into()]),
            id_token: Some(Secret::new("h.p.s")),
        };
        assert_eq!(parse_token_reply(&reply(200, body)), Ok(expected.clone()));
        assert_eq!(parse_refresh_reply(&reply(200, body)), Ok(expected));
        let least = parse_refresh_reply(&reply(200, r#"{"access_token":"y","expires_in":"60"}"#)).unwrap();
        assert_eq!((least.expires_in_s, least.scopes, least.refresh_token), (60, None, None));
    }

    #[test]
    fn each_refusal_of_the_endpoint_is_told_apart() {
        let error = |code: &str, description: &str| {
            serde_json::json!({"error": code, "error_description": description}).to_string()
        };
        let refused = |code: &str, description: &str| SignInError::TokenRefused {
            code: code.into(),
            description: description.into(),
        };
        let cases = [
            (400, error("invalid_grant", "Bad Request"), SignInError::CodeExpired),
            (400, error("invalid_request", "client_secret is missing."), SignInError::SecretMissing),
            (401, error("invalid_client", "Unauthorized"), SignInError::WrongSecret),
            (400, error("redirect_uri_mismatch", "Bad Request"), SignInError::RedirectMismatch),
            (400, error("invalid_request", "Missing code."), refused("invalid_request", "Missing code.")),
            (200, error("deleted_client", ""), refused("deleted_client", "")),
            (
                403,
                r#"{"error":{"status":"PERMISSION_DENIED","message":"m"}}"#.into(),
                refused("PERMISSION_DENIED", "m"),
            ),
            (400, r#"{"error":7}"#.into(), refused("", "")),
        ];
        for (status, body, expected) in cases {
            assert_eq!(parse_token_reply(&reply(status, &body)), Err(expected), "{body}");
        }
        let ended = reply(400, &error("invalid_grant", "Token has been expired or revoked."));
        assert_eq!(parse_refresh_reply(&ended), Err(SignInError::GrantEnded));
    }

    #[test]
    fn a_reply_that_is_not_the_endpoints_ends_nothing() {
        for (status, body) in [
            (200, ""),
            (200, "<!doctype html><title>hotel</title>"),
            (200, "null"),
            (200, "[]"),
            (200, "{}"),
            (200, r#"{"access_token":7,"expires_in":3599}"#),
            (200, r#"{"access_token":"","expires_in":3599}"#),
            (200, r#"{"access_token":"a b","expires_in":3599}"#),
            (200, r#"{"access_token":"a\r\nb","expires_in":3599}"#),
            (200, r#"{"access_token":"a"}"#),
            (200, r#"{"access_token":"a","expires_in":-1}"#),
            (200, r#"{"access_token":"a","expires_in":1,"token_type":"MAC"}"#),
            (200, r#"{"access_token":"a","expires_in":1"#),
            (404, "{}"),
            (502, "<html>"),
            (503, r#"{"error":"invalid_grant"}"#),
            (500, r#"{"error":"internal_failure"}"#),
        ] {
            for read in [parse_token_reply(&reply(status, body)), parse_refresh_reply(&reply(status, body))] {
                assert!(matches!(read, Err(SignInError::TokenReply { .. })), "{status} {body}: {read:?}");
            }
        }
        assert_eq!(parse_token_reply(&reply(0, "")), Err(SignInError::TokenUnreadable));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(status: u16, body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_token_reply(&Reply { status, headers: Vec::new(), body });
        }
    }
}
