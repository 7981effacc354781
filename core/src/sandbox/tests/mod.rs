//! Stories told to the pretend Google over its wire, rule by rule.

mod edit;
mod hostile;
mod library;
mod making;
mod page;
mod pictures;
mod sign_in;
mod uploads;

use serde_json::Value;

use super::wire::Params;
use super::*;

/// 2026-11-10T12:00:00Z
const NOW_MS: i64 = 1_794_312_000_000;
const ORIGIN: &str = "https://albumen.example";
const BASE: &str = "https://albumen.example/app/";
const READ: &str = "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata";
const APPEND: &str = "https://www.googleapis.com/auth/photoslibrary.appendonly";
const EDIT: &str = "https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata";

/// A verifier of 43 letters and its SHA-256 in base64url (RFC 7636, appendix B).
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn client(client_id: &str, kind: RegisteredKind, project: &str) -> RegisteredClient {
    RegisteredClient {
        client_id: client_id.into(),
        client_secret: "GOCSPX-secret".into(),
        kind,
        project: project.into(),
    }
}

fn settings() -> Settings {
    let web = || RegisteredKind::Web { origins: vec![ORIGIN.into()], redirect_uris: vec![BASE.into()] };
    Settings {
        seed: 7,
        items: 1200,
        last_day: Day::from_ymd(2026, 11, 1).unwrap(),
        cors: Cors::Generous,
        clients: vec![
            client("web", web(), "4711"),
            client("desktop", RegisteredKind::Desktop, "4711"),
            client("other", web(), "815"),
        ],
        person: Person { email: "ada@example.com".into(), sub: "10769150350006150715113082367".into() },
        testing: false,
    }
}

fn sandbox() -> Sandbox {
    Sandbox::new(settings())
}

fn incoming(method: &str, url: &str) -> Incoming {
    let rest = url.strip_prefix("https://").unwrap();
    let (host, target) = rest.split_at(rest.find('/').unwrap());
    Incoming { method: method.into(), host: host.into(), target: target.into(), headers: Vec::new(), body: Vec::new() }
}

fn with_header(mut incoming: Incoming, name: &str, value: &str) -> Incoming {
    incoming.headers.push((name.into(), value.into()));
    incoming
}

/// A form posted to a path of oauth2.googleapis.com.
fn form(path: &str, fields: &[(&str, &str)]) -> Incoming {
    let mut posted = with_header(
        incoming("POST", &format!("https://oauth2.googleapis.com{path}")),
        "Content-Type",
        "application/x-www-form-urlencoded",
    );
    posted.body = query(fields).into_bytes();
    posted
}

fn query(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The address of the authorization endpoint for the code flow, with some parameters in place of the usual ones; an
/// empty one is left out.
fn authorize(changed: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("client_id", "web"),
        ("redirect_uri", BASE),
        ("response_type", "code"),
        ("scope", "openid email https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata"),
        ("state", "s.r"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("access_type", "offline"),
    ];
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    format!("https://accounts.google.com/o/oauth2/v2/auth?{}", query(&fields))
}

/// What an answer in an address says.
fn answers(location: &str) -> Params {
    Params::read(location.split_once(['?', '#']).unwrap().1.as_bytes())
}

fn json(outgoing: &Outgoing) -> Value {
    serde_json::from_slice(&outgoing.body).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&outgoing.body)))
}

/// An access token of these scopes for this client, by the shortest way.
fn token_for(sandbox: &mut Sandbox, client_id: &str, scopes: &[&str], now_ms: i64) -> String {
    let asked = authorize(&[
        ("client_id", client_id),
        ("response_type", "token"),
        ("scope", &scopes.join(" ")),
        ("code_challenge", ""),
    ]);
    let ticked: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let location = sandbox.consent(&asked, true, &ticked, now_ms).unwrap();
    answers(&location).get("access_token").unwrap().to_owned()
}

fn token(sandbox: &mut Sandbox) -> String {
    token_for(sandbox, "web", &[READ, APPEND], NOW_MS)
}

fn api(method: &str, path: &str, token: &str) -> Incoming {
    let asked = incoming(method, &format!("https://photoslibrary.googleapis.com{path}"));
    with_header(asked, "Authorization", &format!("Bearer {token}"))
}

fn get(sandbox: &mut Sandbox, path: &str, token: &str) -> Outgoing {
    sandbox.answer(&api("GET", path, token), NOW_MS)
}

fn post(sandbox: &mut Sandbox, path: &str, token: &str, body: &Value) -> Outgoing {
    let mut posted = with_header(api("POST", path, token), "Content-Type", "application/json");
    posted.body = body.to_string().into_bytes();
    sandbox.answer(&posted, NOW_MS)
}

fn search(sandbox: &mut Sandbox, token: &str, body: &Value) -> Outgoing {
    post(sandbox, "/v1/mediaItems:search", token, body)
}

/// All items of a search, page by page, and how many items each page held.
fn search_all(sandbox: &mut Sandbox, token: &str, body: &Value) -> (Vec<Value>, Vec<usize>) {
    let (mut items, mut pages, mut body) = (Vec::new(), Vec::new(), body.clone());
    loop {
        let reply = search(sandbox, token, &body);
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
        let mut reply = json(&reply);
        let page = reply["mediaItems"].as_array_mut().map_or_else(Vec::new, std::mem::take);
        pages.push(page.len());
        items.extend(page);
        match reply.get("nextPageToken") {
            Some(next) => body["pageToken"] = next.clone(),
            None => return (items, pages),
        }
        assert!(pages.len() < 10_000, "the pages never end");
    }
}

/// A refusal's status, name and message.
fn refusal(outgoing: &Outgoing) -> (u16, String, String) {
    let body = json(outgoing);
    let error = &body["error"];
    assert_eq!(error["code"], u64::from(outgoing.status));
    let text = |name: &str| error[name].as_str().unwrap().to_owned();
    (outgoing.status, text("status"), text("message"))
}

fn is_invalid(outgoing: &Outgoing) -> bool {
    let (status, name, _) = refusal(outgoing);
    (status, name.as_str()) == (400, "INVALID_ARGUMENT")
}

/// A real JPEG of one color.
fn picture(width: u16, height: u16, grey: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let pixels = vec![grey; usize::from(width) * usize::from(height)];
    jpeg_encoder::Encoder::new(&mut file, 70).encode(&pixels, width, height, jpeg_encoder::ColorType::Luma).unwrap();
    file
}
