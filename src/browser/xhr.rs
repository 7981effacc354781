//! A file sent by `XMLHttpRequest`, with its progress.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use albumen_core::ports::{Reply, Request};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType};

use super::files::PickedFile;
use super::http::{MOST_REPLY_BYTES, word};

/// Sends the file as the body of `request`; `sent` hears how many of its bytes have left.
///
/// # Errors
/// The request could not be made, or no reply could be read: the browser does not tell why.
pub(super) async fn send_file(request: &Request, file: &PickedFile, sent: &dyn Fn(u64)) -> Result<Reply, JsValue> {
    let sending = Sending::begin(request, file)?;
    poll_fn(|context| {
        let mut heard = sending.heard.borrow_mut();
        heard.waker = Some(context.waker().clone());
        let (progress, ended) = (heard.progress.take(), heard.ended);
        drop(heard);
        if let Some(bytes) = progress {
            sent(bytes);
        }
        if ended { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    sending.reply()
}

#[derive(Default)]
struct Heard {
    progress: Option<u64>,
    ended: bool,
    waker: Option<Waker>,
}

impl Heard {
    fn wake(heard: &RefCell<Self>, change: impl FnOnce(&mut Self)) {
        let waker = {
            let mut heard = heard.borrow_mut();
            change(&mut heard);
            heard.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// A request under way; dropping it aborts it.
struct Sending {
    xhr: XmlHttpRequest,
    heard: Rc<RefCell<Heard>>,
    _on_progress: Closure<dyn FnMut(ProgressEvent)>,
    _on_end: Closure<dyn FnMut()>,
}

impl Sending {
    fn begin(request: &Request, file: &PickedFile) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        let heard = Rc::new(RefCell::new(Heard::default()));
        let on_progress = {
            let heard = heard.clone();
            Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
                let bytes = event.loaded() as u64;
                Heard::wake(&heard, |heard| heard.progress = Some(bytes));
            })
        };
        let on_end = {
            let heard = heard.clone();
            // `loadend` follows load, error and abort alike.
            Closure::<dyn FnMut()>::new(move || Heard::wake(&heard, |heard| heard.ended = true))
        };
        let is_async = true;
        xhr.open_with_async(word(request.method), &request.url, is_async)?;
        xhr.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
        for (name, value) in &request.headers {
            xhr.set_request_header(name, value)?;
        }
        xhr.upload()?.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
        xhr.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
        xhr.send_with_opt_blob(Some(file.raw()))?;
        Ok(Self { xhr, heard, _on_progress: on_progress, _on_end: on_end })
    }

    fn reply(&self) -> Result<Reply, JsValue> {
        let status = self.xhr.status()?;
        if status == 0 {
            return Err(JsValue::from_str("no reply"));
        }
        let buffer: ArrayBuffer = self.xhr.response()?.dyn_into()?;
        if buffer.byte_length() as usize > MOST_REPLY_BYTES {
            return Err(JsValue::from_str("the reply is too large"));
        }
        let headers = self.xhr.get_all_response_headers()?.split("\r\n").filter_map(header).collect();
        Ok(Reply { status, headers, body: Uint8Array::new(&buffer).to_vec() })
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        if let Ok(upload) = self.xhr.upload() {
            upload.set_onprogress(None);
        }
        self.xhr.set_onloadend(None);
        // One that has ended does not mind.
        let _ = self.xhr.abort();
    }
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}
