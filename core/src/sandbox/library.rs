//! The Library API: who asks, what for, and whether they may.

use super::Sandbox;
use super::errors::{Refused, nothing_here};
use super::scopes::Needs;
use super::wire::{Incoming, Outgoing};
use super::{albums, create, edit, items, search, strict, uploads};

/// Who asks, as their access token says.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) project: String,
    pub(super) grant: usize,
    pub(super) scopes: Vec<String>,
}

/// What the sandbox calls a request, for tests that want to interfere with it: `mediaItems.search`, `token` …
pub(super) fn method_of(incoming: &Incoming) -> &'static str {
    let path = incoming.path();
    match (incoming.host_name().as_str(), incoming.method.as_str(), path) {
        ("photoslibrary.googleapis.com", "POST", "/v1/uploads") => "uploads",
        ("photoslibrary.googleapis.com", "POST", "/v1/mediaItems:search") => "mediaItems.search",
        ("photoslibrary.googleapis.com", "POST", "/v1/mediaItems:batchCreate") => "mediaItems.batchCreate",
        ("photoslibrary.googleapis.com", "GET", "/v1/mediaItems:batchGet") => "mediaItems.batchGet",
        ("photoslibrary.googleapis.com", "GET", "/v1/mediaItems") => "mediaItems.list",
        ("photoslibrary.googleapis.com", "GET", "/v1/albums") => "albums.list",
        ("photoslibrary.googleapis.com", "GET", _) if path.starts_with("/v1/mediaItems/") => "mediaItems.get",
        ("photoslibrary.googleapis.com", "PATCH", _) if path.starts_with("/v1/mediaItems/") => "mediaItems.patch",
        ("photoslibrary.googleapis.com", "GET", _) if path.starts_with("/v1/albums/") => "albums.get",
        ("oauth2.googleapis.com", "POST", "/token") => "token",
        ("oauth2.googleapis.com", "POST", "/revoke") => "revoke",
        ("accounts.google.com", ..) => "authorize",
        ("lh3.googleusercontent.com" | "video-downloads.googleusercontent.com", "GET", _) => "media",
        _ => "",
    }
}

/// Everything under photoslibrary.googleapis.com.
pub(super) fn answer(sandbox: &mut Sandbox, incoming: &Incoming, now_ms: i64) -> Outgoing {
    carry_out(sandbox, incoming, now_ms).unwrap_or_else(|refused| {
        // The header says what the body says; a page cannot read it, for it is not exposed.
        let wait = refused.details.iter().find_map(|detail| detail["retryDelay"].as_str());
        let reply = refused.reply();
        match wait.and_then(|wait| wait.strip_suffix('s')) {
            Some(seconds) => reply.with("retry-after", seconds),
            None => reply,
        }
    })
}

fn carry_out(sandbox: &mut Sandbox, incoming: &Incoming, now_ms: i64) -> Result<Outgoing, Refused> {
    let path = incoming.path();
    let method = method_of(incoming);
    let needs = match method {
        "uploads" | "mediaItems.batchCreate" => Needs::Append,
        "mediaItems.patch" => Needs::Edit,
        "" => return unknown(sandbox, incoming, now_ms),
        _ => Needs::Read,
    };
    let caller = caller(sandbox, incoming, now_ms)?;
    needs.check(&caller.scopes)?;
    sandbox.changed = true;
    sandbox.state.usage.request(&caller.project, now_ms)?;
    let reply = match method {
        "uploads" => return uploads::raw(sandbox, &caller, incoming, now_ms),
        "mediaItems.batchCreate" => {
            strict::check_query(incoming.params().iter(), &[])?;
            return create::batch_create(sandbox, &caller, body(incoming)?, now_ms);
        }
        "mediaItems.search" => {
            strict::check_query(incoming.params().iter(), &[])?;
            search::search(sandbox, &caller, body(incoming)?, now_ms)?
        }
        "mediaItems.list" => search::list(sandbox, &caller, &incoming.params(), now_ms)?,
        "mediaItems.batchGet" => items::batch_get(sandbox, &caller, &incoming.params(), now_ms)?,
        "mediaItems.get" => {
            strict::check_query(incoming.params().iter(), &[])?;
            items::get(sandbox, &caller, path.trim_start_matches("/v1/mediaItems/"), now_ms)?
        }
        "mediaItems.patch" => {
            let id = path.trim_start_matches("/v1/mediaItems/");
            edit::patch(sandbox, &caller, id, &incoming.params(), body(incoming)?, now_ms)?
        }
        "albums.list" => albums::list(sandbox, &caller, &incoming.params(), now_ms)?,
        _ => albums::get(sandbox, &caller, path.trim_start_matches("/v1/albums/"), now_ms)?,
    };
    Ok(Outgoing::json(200, &reply))
}

fn caller(sandbox: &Sandbox, incoming: &Incoming, now_ms: i64) -> Result<Caller, Refused> {
    let params = incoming.params();
    // RFC 6750, sections 2.1 and 2.3; the scheme's case does not matter (RFC 9110, section 11.1).
    let from_header = incoming.header("authorization").and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let token = from_header.or_else(|| params.get("access_token")).ok_or_else(Refused::no_token)?;
    let known = sandbox.state.access_token(token, now_ms).ok_or_else(Refused::dead_token)?;
    let project = sandbox.state.grants[known.grant].project.clone();
    if sandbox.passing.api_disabled {
        return Err(Refused::api_disabled(&project));
    }
    Ok(Caller { project, grant: known.grant, scopes: known.scopes.clone() })
}

/// The JSON of a request, if that is what it claims to be.
fn body(incoming: &Incoming) -> Result<&[u8], Refused> {
    match incoming.content_type().as_deref() {
        None | Some("application/json") => Ok(&incoming.body),
        Some(other) => Err(Refused::invalid(format!("Invalid content type: {other}. Expected application/json."))),
    }
}

/// Sharing is dead (Google: Library API updates: "return 403 PERMISSION_DENIED after March 31, 2025"); what else Google
/// has and the sandbox does not is said to be so.
fn unknown(sandbox: &Sandbox, incoming: &Incoming, now_ms: i64) -> Result<Outgoing, Refused> {
    let path = incoming.path();
    let shared = path.starts_with("/v1/sharedAlbums")
        || (path.starts_with("/v1/albums/") && (path.ends_with(":share") || path.ends_with(":unshare")));
    if shared {
        caller(sandbox, incoming, now_ms)?;
        return Err(Refused::scope_missing());
    }
    if path.starts_with("/v1/albums") || path.starts_with("/v1/mediaItems/") {
        return Err(Refused::new(501, "UNIMPLEMENTED", "The sandbox does not pretend this method."));
    }
    Ok(nothing_here(path))
}
