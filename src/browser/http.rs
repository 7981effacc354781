//! Requests by `fetch`, and by `XMLHttpRequest` where a file is sent, since only that tells how much has left.
//!
//! No credentials, no referrer, no HTTP cache. Dropping a request aborts it.

use std::cell::Cell;
use std::rc::Rc;

use albumen_core::ports::{Body, Http, HttpError, Method, Reading, Reply, Request};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReadableStreamReadResult, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestMode, Response, Url,
};

use super::files::FileShelf;
use super::js;
use super::xhr;

/// The most that is read of one reply. Google's largest documented replies are far smaller; what is larger is cut off
/// rather than let fill the memory.
pub const MOST_REPLY_BYTES: usize = 64 * 1024 * 1024;

#[wasm_bindgen]
extern "C" {
    // web-sys has it once for the page and once for workers.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

/// `ports::Http` of the browser.
#[derive(Clone, Default)]
pub struct BrowserHttp {
    files: Rc<FileShelf>,
}

impl BrowserHttp {
    /// `files` are those that a [`Body::File`] may name.
    pub fn new(files: Rc<FileShelf>) -> Self {
        Self { files }
    }
}

impl Http for BrowserHttp {
    async fn send(&self, request: Request, sent: &dyn Fn(u64)) -> Result<Reply, HttpError> {
        let unreachable = || HttpError::Unreachable { host: host(&request.url) };
        if let Body::File(id) = request.body {
            let file = self.files.get(id).ok_or(HttpError::FileGone)?;
            return match xhr::send_file(&request, &file, sent).await {
                Ok(reply) => Ok(reply),
                // A changed file fails like a dead network; its first byte tells which it was.
                Err(_) if !file.is_readable().await => Err(HttpError::FileGone),
                Err(_) => Err(unreachable()),
            };
        }
        let aborting = Aborting::new().ok_or_else(unreachable)?;
        let response = begin(&request, &aborting.0).map_err(|_| unreachable())?.await.map_err(|_| unreachable())?;
        let response: Response = response.dyn_into().map_err(|_| unreachable())?;
        if let Body::Bytes(bytes) = &request.body {
            sent(bytes.len() as u64);
        }
        match read_reply(&response, request.method).await {
            Ok(Some(reply)) => {
                aborting.not_any_more();
                Ok(reply)
            }
            Ok(None) => Err(HttpError::TooLarge { host: host(&request.url), limit: MOST_REPLY_BYTES as u64 }),
            Err(_) => Err(unreachable()),
        }
    }
}

/// The host of an address, for the sentence that says who did not answer. Never the rest: it may hold a secret.
pub(super) fn host(url: &str) -> String {
    Url::new(url).map(|url| url.host()).unwrap_or_default()
}

pub(super) fn word(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Options => "OPTIONS",
    }
}

/// Aborts a request when it is dropped, unless it has ended.
struct Aborting(AbortController, Cell<bool>);

impl Aborting {
    fn new() -> Option<Self> {
        AbortController::new().ok().map(|controller| Self(controller, Cell::new(false)))
    }

    fn not_any_more(&self) {
        self.1.set(true);
    }
}

impl Drop for Aborting {
    fn drop(&mut self) {
        if !self.1.get() {
            self.0.abort();
        }
    }
}

fn begin(request: &Request, aborting: &AbortController) -> Result<JsFuture<JsValue>, JsValue> {
    let init = RequestInit::new();
    init.set_method(word(request.method));
    init.set_headers(&headers(&request.headers));
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_mode(match request.reading {
        Reading::Readable => RequestMode::Cors,
        Reading::Blind => RequestMode::NoCors,
    });
    init.set_signal(Some(&aborting.signal()));
    if let Body::Bytes(bytes) = &request.body {
        init.set_body(&Uint8Array::from(bytes.as_slice()));
    }
    Ok(fetch(&request.url, &init)?.into())
}

/// As a plain object, which is all that `fetch` needs.
fn headers(headers: &[(String, String)]) -> JsValue {
    let named: Vec<(&str, JsValue)> = headers.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
    js::object(&named).into()
}

/// `None` where there is more than may be read.
async fn read_reply(response: &Response, method: Method) -> Result<Option<Reply>, JsValue> {
    let status = response.status();
    let headers = read_headers(response, wanted_headers(method, status));
    let mut body = Vec::new();
    if let Some(stream) = response.body() {
        let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
        loop {
            let part: ReadableStreamReadResult = JsFuture::from(reader.read()).await?.unchecked_into();
            let Ok(bytes) = part.get_value().dyn_into::<Uint8Array>() else { break };
            if body.len() + bytes.length() as usize > MOST_REPLY_BYTES {
                return Ok(None);
            }
            // Many replies come in one part: it is copied once, and not into zeros.
            let part = bytes.to_vec();
            if body.is_empty() {
                body = part;
            } else {
                body.extend_from_slice(&part);
            }
        }
    }
    Ok(Some(Reply { status, headers, body }))
}

/// The headers that anybody asks for: to look at them takes as long as to read a page of a search. What is got may be of
/// any type; who refuses may say for how long.
fn wanted_headers(method: Method, status: u16) -> &'static [&'static str] {
    match (status, method) {
        (200..300, Method::Get) => &["content-type"],
        (200..300, _) => &[],
        _ => &["content-type", "retry-after"],
    }
}

fn read_headers(response: &Response, names: &[&str]) -> Vec<(String, String)> {
    if names.is_empty() {
        return Vec::new();
    }
    let headers = response.headers();
    names.iter().filter_map(|name| Some(((*name).to_owned(), headers.get(name).ok()??))).collect()
}
