//! The bundle as any static host serves it: from a folder, at the root or below it, knowing nothing of the page.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Request;
use axum::http::header::CONTENT_SECURITY_POLICY;
use jiff::Timestamp;
use tower_http::services::{ServeDir, ServeFile};

use crate::failure::{Told, said};
use crate::script::locked;
use crate::server::{Cut, Reachable, Server};

/// Where the page lives on its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    Root,
    Sub,
}

impl Folder {
    fn path(self) -> &'static str {
        match self {
            Self::Root => "/",
            Self::Sub => "/sub/",
        }
    }
}

/// A request that the host answered.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Below the page's folder, without a query: `index.html`; empty for the page itself.
    pub path: String,
    /// When it arrived, in milliseconds since the epoch.
    pub at_ms: f64,
}

/// The page's host. Gone when dropped.
pub struct Page {
    server: Server,
    folder: Folder,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Page {
    /// Serves the release bundle on `http://localhost` and a free port.
    pub async fn start(folder: Folder) -> Told<Self> {
        Self::serve(&dist()?, folder).await
    }

    /// Serves this folder of files in the same way.
    pub async fn serve(dist: &Path, folder: Folder) -> Told<Self> {
        let prefix = folder.path();
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let log = asked.clone();
        let files = ServeDir::new(dist).not_found_service(ServeFile::new(dist.join("404.html")));
        let server = Server::start(None, move |request| {
            let (files, log) = (files.clone(), log.clone());
            async move {
                let Some(request) = below(prefix, request) else { return Err(Cut) };
                let path = request.uri().path().trim_start_matches('/').to_owned();
                locked(&log).push(Asked { path, at_ms: Timestamp::now().as_microsecond() as f64 / 1000.0 });
                let mut reply = files.clone().try_call(request).await.map_err(|_| Cut)?;
                // The page must bring its policy itself; a host that sends none is the harder case.
                reply.headers_mut().remove(CONTENT_SECURITY_POLICY);
                Ok(reply.map(Body::new))
            }
        })
        .await?;
        Ok(Self { server, folder, asked })
    }

    /// What was asked for so far, in the order of its arrival.
    pub fn asked(&self) -> Vec<Asked> {
        locked(&self.asked).clone()
    }

    /// `http://localhost:…`
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.server.port)
    }

    /// The page's address, with a slash at its end; also its OAuth redirect URI.
    pub fn base(&self) -> String {
        format!("{}{}", self.origin(), self.folder.path())
    }

    /// From now on the host is gone, as when a laptop leaves the network.
    pub fn go_out_of_reach(&self) {
        self.server.set_reachable(Reachable::No);
    }
}

/// The request with its address below `prefix`; `None` for anything beside it.
fn below(prefix: &str, request: Request<hyper::body::Incoming>) -> Option<Request<hyper::body::Incoming>> {
    let (mut head, body) = request.into_parts();
    let target = head.uri.path_and_query()?.as_str().strip_prefix(prefix)?;
    head.uri = format!("/{target}").parse().ok()?;
    Some(Request::from_parts(head, body))
}

/// The folder of the release bundle: `ALBUMEN_DIST`, or `dist` in the repository.
pub fn dist() -> Told<PathBuf> {
    let dist = std::env::var_os("ALBUMEN_DIST")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from);
    if dist.join("index.html").is_file() {
        return Ok(dist);
    }
    Err(said(format!("there is no release bundle in {}: make one with `cargo xtask dist`", dist.display())))
}
