//! The OAuth client that people bring: its `client_secret.json`, or its id alone.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::protocol::ClientKind;

use super::error::ClientError;
use super::page_address::{is_loopback, origin};
use super::secret::Secret;

/// Google's client files have some 500 bytes; nothing near this size is one.
const MAX_BYTES: usize = 64 * 1024;

/// What every Google client id ends in.
const ID_ENDING: &str = ".apps.googleusercontent.com";

/// An OAuth client that this page can use. Serialised into a sealed record only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientFile {
    pub client_id: String,
    /// Without it there is an hour of access at a time and no refresh.
    pub client_secret: Option<Secret>,
    pub kind: ClientKind,
}

/// Reads a client file and checks it against the page's own address. `name` is the file's, for the sentence if it is
/// another file; `base` is the page's base address, with a slash at its end.
///
/// # Errors
/// Says what the file is instead, or which value is missing in Google's console.
pub fn read_client(name: &str, text: &str, base: &str) -> Result<ClientFile, ClientError> {
    let name = || shortened(name, 100);
    let text = text.trim_start_matches('\u{feff}').trim();
    if is_api_key(text) {
        return Err(ClientError::ApiKey { name: name() });
    }
    if text.len() > MAX_BYTES {
        return Err(ClientError::OtherKind { name: name() });
    }
    let json: Value = serde_json::from_str(text).map_err(|_| ClientError::NotJson { name: name() })?;
    let Value::Object(file) = &json else { return Err(ClientError::OtherKind { name: name() }) };
    let (kind, client) = match (file.get("web"), file.get("installed")) {
        (Some(Value::Object(web)), _) => (ClientKind::Web, web),
        (_, Some(Value::Object(installed))) => (ClientKind::Desktop, installed),
        _ => return Err(wrong_file(file, name())),
    };
    let client_id = match client.get("client_id") {
        Some(Value::String(id)) if !id.trim().is_empty() => checked_id(id.trim())?,
        _ => return Err(ClientError::NoClientId),
    };
    let client_secret = match client.get("client_secret") {
        Some(Value::String(secret)) if !secret.trim().is_empty() => Some(Secret::new(secret.trim())),
        _ => None,
    };
    match kind {
        ClientKind::Web => check_web(client, base)?,
        ClientKind::Desktop if is_loopback(base) => {}
        ClientKind::Desktop => return Err(ClientError::DesktopNeedsLoopback { origin: origin(base) }),
    }
    Ok(ClientFile { client_id, client_secret, kind })
}

/// A client from a pasted id: of kind Web, without a secret. What its console page allows cannot be known.
///
/// # Errors
/// [`ClientError::NoClientId`] for nothing, [`ClientError::NotAClientId`] for anything else. What looks like a secret
/// is not repeated in it.
pub fn client_from_id(text: &str) -> Result<ClientFile, ClientError> {
    let id = text.trim().trim_matches(['"', '\'', '“', '”']).trim();
    if id.is_empty() {
        return Err(ClientError::NoClientId);
    }
    Ok(ClientFile { client_id: checked_id(id)?, client_secret: None, kind: ClientKind::Web })
}

fn checked_id(id: &str) -> Result<String, ClientError> {
    let is_id = id.len() <= 255
        && id.strip_suffix(ID_ENDING).is_some_and(|own| !own.is_empty())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    if is_id { Ok(id.to_owned()) } else { Err(ClientError::NotAClientId { given: without_secrets(id) }) }
}

/// A Web client names the origins that may call Google and the addresses that Google may send people back to. The lists
/// are absent when nothing is set. Google compares redirect URIs letter by letter.
fn check_web(client: &Map<String, Value>, base: &str) -> Result<(), ClientError> {
    let origins = texts(client.get("javascript_origins"));
    let here = origin(base);
    if !origins.iter().any(|allowed| origin(allowed.trim()) == here) {
        return Err(ClientError::OriginMissing { origin: here, allowed: for_people(&origins) });
    }
    let redirects = texts(client.get("redirect_uris"));
    if !redirects.contains(&base) {
        return Err(ClientError::RedirectMissing { redirect_uri: base.to_owned(), allowed: for_people(&redirects) });
    }
    Ok(())
}

/// What a file without a usable client is instead.
fn wrong_file(file: &Map<String, Value>, name: String) -> ClientError {
    let has = |key: &str| file.contains_key(key);
    let kind = file.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind == "service_account" || has("private_key") {
        ClientError::ServiceAccount { name }
    } else if kind == "authorized_user" || has("access_token") || has("refresh_token") || has("token") {
        ClientError::Token { name }
    } else if file.values().any(|value| value.as_str().is_some_and(is_api_key)) {
        ClientError::ApiKey { name }
    } else {
        ClientError::OtherKind { name }
    }
}

/// Google's API keys are `AIza` and 35 more characters.
fn is_api_key(text: &str) -> bool {
    let is_key_byte = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    text.len() == 39 && text.starts_with("AIza") && text.bytes().all(is_key_byte)
}

/// The beginning of what was given, and even less of it if it looks like a secret that was put into the wrong field.
fn without_secrets(given: &str) -> String {
    let secret = ["GOCSPX-", "ya29.", "1//", "4/", "AIza", "eyJ"].into_iter().find(|prefix| given.starts_with(prefix));
    match secret {
        Some(prefix) => format!("{prefix}…"),
        // JSON may hold a secret anywhere.
        None if given.starts_with(['{', '[']) => given.chars().take(1).chain(['…']).collect(),
        None => shortened(given, 80),
    }
}

fn texts(list: Option<&Value>) -> Vec<&str> {
    list.and_then(Value::as_array).map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// The first ten of a foreign list.
fn for_people(list: &[&str]) -> Vec<String> {
    list.iter().take(10).map(|text| shortened(text, 200)).collect()
}

fn shortened(text: &str, limit: usize) -> String {
    let mut rest = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = rest.by_ref().take(limit).collect();
    if rest.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const BASE: &str = "http://localhost:8080/";
    const ID: &str = "123-abc.apps.googleusercontent.com";

    fn web() -> Value {
        json!({"web": {
            "client_id": ID, "project_id": "p", "client_secret": "GOCSPX-x",
            "auth_uri": "https://evil.example/auth", "token_uri": "https://evil.example/token",
            "redirect_uris": ["https://example.org/", BASE], "javascript_origins": ["http://localhost:8080"]}})
    }

    fn installed() -> Value {
        json!({"installed": {"client_id": ID, "client_secret": "GOCSPX-x", "redirect_uris": ["http://localhost"]}})
    }

    fn read(json: &Value, base: &str) -> Result<ClientFile, ClientError> {
        read_client("client_secret.json", &json.to_string(), base)
    }

    fn name() -> String {
        "client_secret.json".into()
    }

    #[test]
    fn a_web_client_of_this_page_is_read() {
        let client = read(&web(), BASE).unwrap();
        assert_eq!((client.client_id.as_str(), client.kind), (ID, ClientKind::Web));
        assert_eq!(client.client_secret, Some(Secret::new("GOCSPX-x")));
        let with_bom = format!("\u{feff}\r\n {} \n", web());
        assert_eq!(read_client("x", &with_bom, BASE), Ok(client));
    }

    #[test]
    fn a_desktop_client_is_read_on_loopback_alone() {
        for base in [BASE, "http://127.0.0.1:9/albumen/", "http://[::1]:8080/"] {
            assert_eq!(read(&installed(), base).map(|client| client.kind), Ok(ClientKind::Desktop), "{base}");
        }
        let origin = "https://example.org".to_owned();
        assert_eq!(read(&installed(), "https://example.org/a/"), Err(ClientError::DesktopNeedsLoopback { origin }));
    }

    #[test]
    fn a_web_client_must_name_this_pages_origin_and_address_exactly() {
        let mut client = web();
        client["web"].as_object_mut().unwrap().remove("javascript_origins");
        let origin = || "http://localhost:8080".to_owned();
        assert_eq!(read(&client, BASE), Err(ClientError::OriginMissing { origin: origin(), allowed: vec![] }));
        client["web"]["javascript_origins"] = json!(["http://localhost", 7, "http://localhost:8081"]);
        let allowed = vec!["http://localhost".into(), "http://localhost:8081".into()];
        assert_eq!(read(&client, BASE), Err(ClientError::OriginMissing { origin: origin(), allowed }));

        let mut client = web();
        for (redirects, allowed) in [
            (json!(null), vec![]),
            (json!("http://localhost:8080/"), vec![]),
            (json!(["http://localhost:8080"]), vec!["http://localhost:8080"]),
            (json!(["http://localhost:8080/x/"]), vec!["http://localhost:8080/x/"]),
        ] {
            client["web"]["redirect_uris"] = redirects;
            let allowed = allowed.into_iter().map(str::to_owned).collect();
            assert_eq!(read(&client, BASE), Err(ClientError::RedirectMissing { redirect_uri: BASE.into(), allowed }));
        }
    }

    #[test]
    fn other_files_are_named_for_what_they_are() {
        let key = format!("AIza{}", "x".repeat(35));
        let cases = [
            (
                json!({"type": "service_account", "client_id": "1", "private_key": "x"}),
                ClientError::ServiceAccount { name: name() },
            ),
            (
                json!({"type": "authorized_user", "client_id": ID, "refresh_token": "1//x"}),
                ClientError::Token { name: name() },
            ),
            (json!({"token": "ya29.x", "expiry": "…"}), ClientError::Token { name: name() }),
            (json!({"access_token": "ya29.x"}), ClientError::Token { name: name() }),
            (json!({"keyString": key}), ClientError::ApiKey { name: name() }),
            (json!({"android": {"client_id": ID}}), ClientError::OtherKind { name: name() }),
            (json!({"web": [{"client_id": ID}]}), ClientError::OtherKind { name: name() }),
            (json!({}), ClientError::OtherKind { name: name() }),
            (json!([web()]), ClientError::OtherKind { name: name() }),
            (json!("web"), ClientError::OtherKind { name: name() }),
            (json!({"web": {"client_secret": "x"}}), ClientError::NoClientId),
            (json!({"web": {"client_id": 7}}), ClientError::NoClientId),
            (json!({"installed": {"client_id": "  "}}), ClientError::NoClientId),
            (json!({"web": {"client_id": "123"}}), ClientError::NotAClientId { given: "123".into() }),
        ];
        for (json, expected) in cases {
            assert_eq!(read(&json, BASE), Err(expected), "{json}");
        }
        assert_eq!(read_client("a.key", &key, BASE), Err(ClientError::ApiKey { name: "a.key".into() }));
    }

    #[test]
    fn what_is_not_json_and_what_is_far_too_large_is_refused() {
        for text in ["", "<html>", "{", "client_id=1", &"[".repeat(10_000), "{\"web\":{}} {}"] {
            assert_eq!(read_client("x", text, BASE), Err(ClientError::NotJson { name: "x".into() }));
        }
        let mut large = web();
        large["web"]["junk"] = json!("x".repeat(MAX_BYTES));
        assert_eq!(read(&large, BASE), Err(ClientError::OtherKind { name: name() }));
    }

    #[test]
    fn a_pasted_id_is_a_web_client_without_a_secret() {
        let expected = ClientFile { client_id: ID.into(), client_secret: None, kind: ClientKind::Web };
        for text in [ID.to_owned(), format!("  {ID}\n"), format!("\"{ID}\"")] {
            assert_eq!(client_from_id(&text), Ok(expected.clone()), "{text}");
        }
        assert_eq!(client_from_id(" \n"), Err(ClientError::NoClientId));
        for text in
            ["123", ".apps.googleusercontent.com", "a b.apps.googleusercontent.com", "x?y.apps.googleusercontent.com"]
        {
            assert_eq!(client_from_id(text), Err(ClientError::NotAClientId { given: text.into() }));
        }
    }

    #[test]
    fn a_secret_in_the_wrong_field_is_not_repeated() {
        for text in ["GOCSPX-hunter2", "ya29.hunter2", "1//hunter2", "{\"s\":\"hunter2\"}"] {
            let error = client_from_id(text).unwrap_err();
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn debug_output_of_a_client_hides_the_secret_and_serde_keeps_it() {
        let client = read(&web(), BASE).unwrap();
        assert!(!format!("{client:?}").contains("GOCSPX"));
        let sealed = serde_json::to_vec(&client).unwrap();
        assert_eq!(serde_json::from_slice::<ClientFile>(&sealed).unwrap(), client);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
            let _ = (read_client("x", &text, BASE), client_from_id(&text));
        }

        #[test]
        fn any_id_is_accepted_only_as_it_stands_in_the_console(text in "[a-z0-9.\\- ]{0,30}(\\.apps\\.googleusercontent\\.com)?") {
            if let Ok(client) = client_from_id(&text) {
                prop_assert_eq!(client.client_id, text.trim());
                prop_assert!(text.trim().ends_with(ID_ENDING));
            }
        }
    }
}
