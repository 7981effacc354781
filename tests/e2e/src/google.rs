//! Google, as the browser meets it: the sandbox behind TLS on loopback, under Google's own host names.

use std::sync::{Arc, Mutex};

use albumen_core::sandbox::{Incoming, Outgoing, Sandbox, Settings};
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};

use crate::clock::Clock;
use crate::failure::Told;
use crate::script::{Act, Script, change, locked};
use crate::server::{Cut, Reachable, Server, tls_for};

pub use crate::script::{Call, Fault, Gate};

/// The host names under which the sandbox answers.
pub const HOSTS: [&str; 7] = [
    "accounts.google.com",
    "oauth2.googleapis.com",
    "photoslibrary.googleapis.com",
    "lh3.googleusercontent.com",
    "video-downloads.googleusercontent.com",
    "www.googleapis.com",
    "photos.google.com",
];

/// The largest request that is read, in bytes: more than Google takes of a photo.
const LARGEST_REQUEST: usize = 256 * 1024 * 1024;

/// A request that arrived, and the status it was answered with; `None` where the connection was cut.
#[derive(Clone, Debug)]
pub struct Seen {
    pub request: Incoming,
    pub status: Option<u16>,
}

/// The sandbox on its port. Gone when dropped.
pub struct Google {
    server: Server,
    shared: Arc<Shared>,
    pub clock: Clock,
}

struct Shared {
    sandbox: Mutex<Sandbox>,
    clock: Clock,
    script: Mutex<Script>,
    seen: Mutex<Vec<Seen>>,
}

impl Google {
    pub async fn start(settings: Settings) -> Told<Self> {
        let clock = Clock::default();
        let shared = Arc::new(Shared {
            sandbox: Mutex::new(Sandbox::new(settings)),
            clock: clock.clone(),
            script: Mutex::default(),
            seen: Mutex::default(),
        });
        let answering = shared.clone();
        let server = Server::start(Some(tls_for(&HOSTS)?), move |request| answer(answering.clone(), request)).await?;
        Ok(Self { server, shared, clock })
    }

    /// The port on 127.0.0.1 that all of [`HOSTS`] lead to.
    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// From now on every connection is cut.
    pub fn go_out_of_reach(&self) {
        self.server.set_reachable(Reachable::No);
    }

    pub fn come_back(&self) {
        self.server.set_reachable(Reachable::Yes);
    }

    /// Scripts a fault. Faults for the same call happen one after another.
    pub fn script(&self, fault: Fault) {
        locked(&self.shared.script).add(fault);
    }

    /// Looks into, or meddles with, the sandbox itself.
    pub fn sandbox<T>(&self, look: impl FnOnce(&mut Sandbox) -> T) -> T {
        look(&mut locked(&self.shared.sandbox))
    }

    /// Everything that has arrived so far.
    pub fn seen(&self) -> Vec<Seen> {
        locked(&self.shared.seen).clone()
    }

    /// The requests of one kind that have arrived so far.
    pub fn calls(&self, call: Call) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| call.is(&seen.request)).collect()
    }
}

async fn answer(shared: Arc<Shared>, request: Request<hyper::body::Incoming>) -> Result<Response<Body>, Cut> {
    let request = read(request).await?;
    if request.target == "/favicon.ico" {
        // Asked by the browser itself when Google's own pages are open; no part of what is tried here.
        return respond(Outgoing { status: 204, headers: Vec::new(), body: Vec::new() });
    }
    let act = locked(&shared.script).next(&request);
    if let Some(Act::Hold(gate)) = &act {
        gate.pass().await;
    }
    let reply = match act {
        Some(Act::Cut) => None,
        Some(Act::Reply(reply)) => Some(reply),
        Some(Act::Change(how)) => Some(change(ask(&shared, &request).await?, &how)),
        Some(Act::Hold(_)) | None => Some(ask(&shared, &request).await?),
    };
    locked(&shared.seen).push(Seen { request, status: reply.as_ref().map(|reply| reply.status) });
    respond(reply.ok_or(Cut)?)
}

/// The sandbox's own answer; on a thread of its own, since it may draw a picture.
async fn ask(shared: &Arc<Shared>, request: &Incoming) -> Result<Outgoing, Cut> {
    let (shared, request) = (shared.clone(), request.clone());
    let answer = move || locked(&shared.sandbox).answer(&request, shared.clock.now_ms());
    tokio::task::spawn_blocking(answer).await.map_err(|_| Cut)
}

async fn read(request: Request<hyper::body::Incoming>) -> Result<Incoming, Cut> {
    let (head, body) = request.into_parts();
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let host = headers.iter().find(|(name, _)| name == "host").map(|(_, host)| host.clone()).unwrap_or_default();
    let body = to_bytes(Body::new(body), LARGEST_REQUEST).await.map_err(|_| Cut)?.to_vec();
    let target = head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    Ok(Incoming { method: head.method.to_string(), host, target, headers, body })
}

fn respond(reply: Outgoing) -> Result<Response<Body>, Cut> {
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).map_err(|_| Cut)
}
