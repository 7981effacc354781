//! Requests answered by the pretend Google, as the browser would let a page see the answers.

use std::rc::Rc;

use albumen_core::ports::{Body, Clock, Http, HttpError, Reply, Request};

use super::pretend_google::PretendGoogle;
use crate::browser::clock::BrowserClock;
use crate::browser::files::FileShelf;

/// How long a pretend request takes. Long enough that work can be seen, paused and cancelled, and that the worker hears
/// the page in between.
const LATENCY_MS: u64 = 30;
/// Files are read whole into memory here, as no network takes them away piece by piece.
const MOST_FILE_BYTES: u64 = 300 * 1024 * 1024;

/// `ports::Http` towards the pretend Google. Nothing leaves the device.
pub(super) struct SandboxHttp {
    google: Rc<PretendGoogle>,
    files: Rc<FileShelf>,
}

impl SandboxHttp {
    pub(super) fn new(google: Rc<PretendGoogle>, files: Rc<FileShelf>) -> Self {
        Self { google, files }
    }

    pub(super) fn google(&self) -> &PretendGoogle {
        &self.google
    }
}

impl Http for SandboxHttp {
    async fn send(&self, request: Request, sent: &dyn Fn(u64)) -> Result<Reply, HttpError> {
        let body = match &request.body {
            Body::Empty => Vec::new(),
            Body::Bytes(bytes) => bytes.clone(),
            Body::File(id) => {
                let file = self.files.get(*id).ok_or(HttpError::FileGone)?;
                file.read(MOST_FILE_BYTES).await.map_err(|_| HttpError::FileGone)?
            }
        };
        let size = body.len() as u64;
        sent(size / 2);
        BrowserClock.sleep(LATENCY_MS).await;
        sent(size);
        self.google.fetch(&request, body).await
    }
}
