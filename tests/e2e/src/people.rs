//! Whose account it is, and the OAuth clients they made in the Google Cloud console.

use albumen_core::sandbox::{Cors, Day, Person, RegisteredClient, RegisteredKind, Settings};
use serde_json::json;

pub const EMAIL: &str = "ada@example.com";
pub const WEB_ID: &str = "1094-web.apps.googleusercontent.com";
pub const WEB_SECRET: &str = "GOCSPX-web-secret-of-the-walks";
pub const DESKTOP_ID: &str = "1094-desktop.apps.googleusercontent.com";
pub const DESKTOP_SECRET: &str = "GOCSPX-desktop-secret-of-the-walks";
/// The project of both clients, so that both see the same items.
const PROJECT: &str = "albumen-walks";

/// An account with a library, and a Web and a Desktop client registered as the page at `base` needs them.
pub fn settings(items: u32, last_day: Day, cors: Cors, origin: &str, base: &str) -> Settings {
    let client = |id: &str, secret: &str, kind| RegisteredClient {
        client_id: id.to_owned(),
        client_secret: secret.to_owned(),
        kind,
        project: PROJECT.to_owned(),
    };
    let web = RegisteredKind::Web { origins: vec![origin.to_owned()], redirect_uris: vec![base.to_owned()] };
    Settings {
        seed: 7,
        items,
        last_day,
        cors,
        clients: vec![client(WEB_ID, WEB_SECRET, web), client(DESKTOP_ID, DESKTOP_SECRET, RegisteredKind::Desktop)],
        person: Person { email: EMAIL.to_owned(), sub: "110169484474386276334".to_owned() },
        testing: false,
    }
}

/// The `client_secret.json` that the console hands out for the Web client.
pub fn web_client_file(origin: &str, base: &str) -> String {
    web_client_file_of(WEB_ID, WEB_SECRET, &[origin], &[base])
}

/// A `client_secret.json` of a Web client, with whatever a person may have registered.
pub fn web_client_file_of(id: &str, secret: &str, origins: &[&str], redirects: &[&str]) -> String {
    json!({ "web": {
        "client_id": id,
        "project_id": PROJECT,
        // Where a forged file would send the secret: the page must not care.
        "auth_uri": "https://auth.evil.example/o/oauth2/auth",
        "token_uri": "https://token.evil.example/token",
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "client_secret": secret,
        "redirect_uris": redirects,
        "javascript_origins": origins,
    }})
    .to_string()
}

/// The `client_secret.json` that the console hands out for the Desktop client.
pub fn desktop_client_file() -> String {
    json!({ "installed": {
        "client_id": DESKTOP_ID,
        "project_id": PROJECT,
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "client_secret": DESKTOP_SECRET,
        "redirect_uris": ["http://localhost"],
    }})
    .to_string()
}
