//! The browser between a page and the pretend Google: what it sends, and what it lets the page read (Fetch standard).

use super::Sandbox;
use super::wire::{Incoming, Outgoing};
use crate::ports::{HttpError, Method, Reading, Reply, Request};

/// Fetch standard, CORS-safelisted response-header names.
const SAFE_TO_READ: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

/// Fetches as a page of `origin` would: with a preflight where one is due, without cookies and referrer, following
/// redirects, and showing nothing that CORS does not allow. `body` holds the bytes behind the request's body.
///
/// # Errors
/// [`HttpError::Unreachable`], as a browser tells it: nobody there, or nothing that may be read.
pub fn fetch(
    sandbox: &mut Sandbox,
    origin: &str,
    request: &Request,
    body: Vec<u8>,
    now_ms: i64,
) -> Result<Reply, HttpError> {
    let mut url = request.url.clone();
    let mut redirects = 0;
    // After a redirect to another origin the browser no longer says where it comes from.
    let mut said_origin = origin.to_owned();
    loop {
        let (host, target) = split(&url).ok_or_else(|| unreachable(&url))?;
        let incoming = sent(request, &said_origin, host, target, &body);
        if request.reading == Reading::Readable && needs_preflight(&incoming) {
            let answer = sandbox.answer(&preflight(&incoming), now_ms);
            if !allows(&answer, &incoming) {
                return Err(unreachable(&url));
            }
        }
        let outgoing = sandbox.answer(&incoming, now_ms);
        if request.reading == Reading::Blind {
            return Ok(Reply { status: 0, headers: Vec::new(), body: Vec::new() });
        }
        if !may_read(&outgoing, &said_origin) {
            return Err(unreachable(&url));
        }
        match outgoing.header("location") {
            Some(location) if matches!(outgoing.status, 301 | 302 | 303 | 307 | 308) && redirects < 20 => {
                redirects += 1;
                url = location.to_owned();
                said_origin = "null".to_owned();
            }
            _ => return Ok(shown(outgoing)),
        }
    }
}

fn unreachable(url: &str) -> HttpError {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    HttpError::Unreachable { host: rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned() }
}

/// Host and target of an `https` address.
fn split(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("https://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    Some(match rest.find(['/', '?']) {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    })
}

fn sent(request: &Request, origin: &str, host: &str, target: &str, body: &[u8]) -> Incoming {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Options => "OPTIONS",
    };
    let mut headers: Vec<(String, String)> = request
        .headers
        .iter()
        // A `no-cors` request loses what is not simple (Fetch standard, "request-no-cors" guard).
        .filter(|(name, value)| request.reading == Reading::Readable || is_simple(name, value))
        .cloned()
        .collect();
    headers.push(("origin".into(), origin.into()));
    let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
    Incoming { method: method.into(), host: host.into(), target, headers, body: body.to_vec() }
}

/// Fetch standard, CORS-safelisted request-header.
fn is_simple(name: &str, value: &str) -> bool {
    match name.to_ascii_lowercase().as_str() {
        "accept" | "accept-language" | "content-language" => value.len() <= 128,
        "content-type" => {
            let media_type = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            let simple = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
            value.len() <= 128 && simple.contains(&media_type.as_str())
        }
        _ => false,
    }
}

/// The headers of which a preflight must ask.
fn unsafe_headers(incoming: &Incoming) -> Vec<String> {
    let mut names: Vec<String> = incoming
        .headers
        .iter()
        .filter(|(name, value)| name != "origin" && !is_simple(name, value))
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    names.sort();
    names.dedup();
    names
}

fn needs_preflight(incoming: &Incoming) -> bool {
    !matches!(incoming.method.as_str(), "GET" | "POST") || !unsafe_headers(incoming).is_empty()
}

fn preflight(incoming: &Incoming) -> Incoming {
    Incoming {
        method: "OPTIONS".into(),
        headers: vec![
            ("origin".into(), incoming.header("origin").unwrap_or_default().into()),
            ("access-control-request-method".into(), incoming.method.clone()),
            ("access-control-request-headers".into(), unsafe_headers(incoming).join(",")),
        ],
        body: Vec::new(),
        ..incoming.clone()
    }
}

/// Whether the preflight's answer lets the request through (Fetch standard, CORS-preflight fetch, steps 7 on).
fn allows(answer: &Outgoing, incoming: &Incoming) -> bool {
    let list = |name: &str| -> Vec<String> {
        answer.header(name).unwrap_or_default().split(',').map(|v| v.trim().to_ascii_lowercase()).collect()
    };
    let methods = list("access-control-allow-methods");
    let headers = list("access-control-allow-headers");
    let method = incoming.method.to_ascii_lowercase();
    let method_fits = matches!(incoming.method.as_str(), "GET" | "POST") || methods.contains(&method);
    // `*` stands for every name but `authorization`.
    let names = unsafe_headers(incoming);
    let headers_fit = names
        .iter()
        .all(|name| headers.contains(name) || (name != "authorization" && headers.iter().any(|header| header == "*")));
    (200..300).contains(&answer.status)
        && may_read(answer, incoming.header("origin").unwrap_or_default())
        && method_fits
        && headers_fit
}

/// Fetch standard, CORS check, for requests without credentials.
fn may_read(outgoing: &Outgoing, origin: &str) -> bool {
    outgoing.header("access-control-allow-origin").is_some_and(|allowed| allowed == "*" || allowed == origin)
}

fn shown(outgoing: Outgoing) -> Reply {
    let exposed: Vec<String> = outgoing
        .header("access-control-expose-headers")
        .unwrap_or_default()
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let headers = outgoing
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, _)| SAFE_TO_READ.contains(&name.as_str()) || exposed.contains(name))
        .collect();
    Reply { status: outgoing.status, headers, body: outgoing.body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_where_they_should_be() {
        assert_eq!(split("https://a.example/b?c#d"), Some(("a.example", "/b?c")));
        assert_eq!(split("https://a.example"), Some(("a.example", "/")));
        assert_eq!(split("http://a.example/"), None);
    }
}
