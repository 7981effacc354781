//! Who may read a reply: the headers of CORS (Fetch standard) as Google is known to set them.
//!
//! Google documents none of this. What is here is what public code that runs in pages shows, host by host; where
//! sources disagree the generous profile believes the hopeful ones and the pessimistic profile none.

use super::library::method_of;
use super::settings::{Cors, RegisteredKind, Settings};
use super::wire::{Incoming, Outgoing, Params};

/// Request headers that Google's front end lets a page send; any other makes the preflight fail with a 403 (seen at
/// generativelanguage.googleapis.com, js-genai issue 1723).
const ALLOWED: [&str; 9] = [
    "authorization",
    "content-type",
    "x-goog-upload-command",
    "x-goog-upload-content-type",
    "x-goog-upload-file-name",
    "x-goog-upload-header-content-length",
    "x-goog-upload-offset",
    "x-goog-upload-protocol",
    "x-goog-upload-raw-size",
];

/// Answers a preflight (Fetch standard, CORS-preflight fetch).
pub(super) fn preflight(settings: &Settings, incoming: &Incoming) -> Outgoing {
    let asked: Vec<String> = incoming
        .header("access-control-request-headers")
        .unwrap_or_default()
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    let generous = settings.cors == Cors::Generous;
    let allowed = match incoming.host_name().as_str() {
        "photoslibrary.googleapis.com" => {
            let known = asked.iter().all(|name| ALLOWED.contains(&name.as_str()));
            known && (generous || incoming.path() != "/v1/uploads")
        }
        // Only whether `Authorization` may be sent is open, and sources disagree.
        "lh3.googleusercontent.com" => generous && asked.iter().all(|name| name == "authorization"),
        // The token endpoint is made for simple requests; revocation and sign-in know no CORS at all.
        _ => false,
    };
    if !allowed || incoming.header("origin").is_none() {
        return Outgoing::empty(403);
    }
    Outgoing::empty(200)
        .with("access-control-allow-origin", "*")
        .with("access-control-allow-methods", "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT")
        .with("access-control-allow-headers", &asked.join(","))
        .with("access-control-max-age", "3600")
}

/// Adds what lets a page read this reply, if anything does.
pub(super) fn dress(settings: &Settings, incoming: &Incoming, outgoing: Outgoing) -> Outgoing {
    let Some(origin) = incoming.header("origin") else {
        return outgoing;
    };
    let readable = match incoming.host_name().as_str() {
        "photoslibrary.googleapis.com" => settings.cors == Cors::Generous || incoming.path() != "/v1/uploads",
        "oauth2.googleapis.com" => method_of(incoming) == "token" && token_readable(settings, incoming, origin),
        // Errors and redirects of the image host come without, save those about parameters.
        "lh3.googleusercontent.com" if matches!(outgoing.status, 200 | 400) => {
            return outgoing
                .with("access-control-allow-origin", "*")
                .with("access-control-expose-headers", "Content-Length")
                .with("timing-allow-origin", "*")
                .with("vary", "Origin");
        }
        _ => false,
    };
    if readable { outgoing.with("access-control-allow-origin", "*") } else { outgoing }
}

/// Pages read the token endpoint's replies, errors too (angular-oauth2-oidc issue 812, AppAuth-JS issue 91). Whether
/// that holds for Desktop clients was never shown; nor for origins that are not registered.
fn token_readable(settings: &Settings, incoming: &Incoming, origin: &str) -> bool {
    if settings.cors == Cors::Generous {
        return true;
    }
    let form = Params::read(&incoming.body);
    let client = form.get("client_id").and_then(|client_id| settings.client(client_id));
    match client.map(|client| &client.kind) {
        Some(RegisteredKind::Web { origins, .. }) => origins.iter().any(|registered| registered == origin),
        Some(RegisteredKind::Desktop) => false,
        None => true,
    }
}
