//! Faults that a test scripts: what happens to a call before, or instead of, Google's own answer.

use std::sync::{Arc, Mutex, PoisonError};

use albumen_core::sandbox::{Incoming, Outgoing};
use serde_json::Value;
use tokio::sync::watch;

/// The calls that a test can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Token,
    Revoke,
    Search,
    Albums,
    BatchGet,
    BatchCreate,
    UploadBytes,
    Picture,
}

impl Call {
    /// Whether `request` is this call; CORS preflights never are.
    pub fn is(self, request: &Incoming) -> bool {
        let (method, host, path) = match self {
            Self::Token => ("POST", "oauth2.googleapis.com", "/token"),
            Self::Revoke => ("POST", "oauth2.googleapis.com", "/revoke"),
            Self::Search => ("POST", "photoslibrary.googleapis.com", "/v1/mediaItems:search"),
            Self::Albums => ("GET", "photoslibrary.googleapis.com", "/v1/albums"),
            Self::BatchGet => ("GET", "photoslibrary.googleapis.com", "/v1/mediaItems:batchGet"),
            Self::BatchCreate => ("POST", "photoslibrary.googleapis.com", "/v1/mediaItems:batchCreate"),
            Self::UploadBytes => ("POST", "photoslibrary.googleapis.com", "/v1/uploads"),
            Self::Picture => ("GET", "lh3.googleusercontent.com", "/"),
        };
        request.method == method && request.host == host && request.target.starts_with(path)
    }
}

type Change = Arc<dyn Fn(&mut Value) + Send + Sync>;

/// What happens to a call.
#[derive(Clone)]
pub(crate) enum Act {
    Reply(Outgoing),
    Cut,
    Hold(Gate),
    Change(Change),
}

/// A fault: to which call, after how many of them, how often, and what.
#[derive(Clone)]
pub struct Fault {
    call: Call,
    skip: u32,
    times: u32,
    act: Act,
}

impl Fault {
    fn new(call: Call, act: Act) -> Self {
        Self { call, skip: 0, times: 1, act }
    }

    /// This reply instead of Google's; readable by any page, since a fault that CORS hides is no fault of its own.
    pub fn reply(call: Call, status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![
            ("content-type".to_owned(), content_type.to_owned()),
            ("access-control-allow-origin".to_owned(), "*".to_owned()),
        ];
        Self::new(call, Act::Reply(Outgoing { status, headers, body: body.into() }))
    }

    /// The connection breaks without a reply.
    pub fn cut(call: Call) -> Self {
        Self::new(call, Act::Cut)
    }

    /// The call waits at `gate`, then is answered as ever.
    pub fn hold(call: Call, gate: &Gate) -> Self {
        Self::new(call, Act::Hold(gate.clone()))
    }

    /// Google's own JSON reply, changed on its way.
    pub fn change(call: Call, change: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::new(call, Act::Change(Arc::new(change)))
    }

    /// Leaves the first `calls` alone.
    #[must_use]
    pub fn after(self, calls: u32) -> Self {
        Self { skip: calls, ..self }
    }

    /// Happens `times` times instead of once.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }
}

/// The faults still to come, in the order they were scripted.
#[derive(Default)]
pub(crate) struct Script {
    faults: Vec<Fault>,
}

impl Script {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// What happens to this request, if anything was scripted for it.
    pub(crate) fn next(&mut self, request: &Incoming) -> Option<Act> {
        let fault = self.faults.iter_mut().find(|fault| fault.times > 0 && fault.call.is(request))?;
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        fault.times -= 1;
        Some(fault.act.clone())
    }
}

/// Where a held call waits until the test lets it go on.
#[derive(Clone)]
pub struct Gate {
    inner: Arc<GateInner>,
}

struct GateInner {
    arrived: watch::Sender<u32>,
    open: watch::Sender<bool>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { inner: Arc::new(GateInner { arrived: watch::channel(0).0, open: watch::channel(false).0 }) }
    }
}

impl Gate {
    /// Resolves once a call waits here.
    pub async fn reached(&self) {
        // The sender lives as long as `self`, so that the wait cannot fail.
        let _ = self.inner.arrived.subscribe().wait_for(|calls| *calls > 0).await;
    }

    /// Lets every call through, now and later.
    pub fn open(&self) {
        self.inner.open.send_replace(true);
    }

    pub(crate) async fn pass(&self) {
        self.inner.arrived.send_modify(|calls| *calls += 1);
        let _ = self.inner.open.subscribe().wait_for(|open| *open).await;
    }
}

/// Changes `reply` if its body is JSON; the fault was scripted for such a reply, so that anything else is left alone.
pub(crate) fn change(mut reply: Outgoing, change: &Change) -> Outgoing {
    if let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) {
        change(&mut body);
        reply.body = body.to_string().into_bytes();
        reply.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
    }
    reply
}

/// Locks, whatever became of the thread that held it before: a test that panicked has said so already.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
