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
