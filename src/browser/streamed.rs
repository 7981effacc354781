//! A file streamed into the browser's downloads: a service worker (`downloads.js`) answers a request of the browser's own
//! with the bytes as they come. The browser writes them as it writes any download, in far fewer steps than a page's own
//! writing to a file takes, and holds the page up while the disk is slow.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use albumen_core::ports::Clock;
use albumen_core::trouble::SaveError;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    HtmlIFrameElement, MessageChannel, MessageEvent, MessagePort, RegistrationOptions, ServiceWorker,
    ServiceWorkerRegistration, ServiceWorkerState,
};

use super::build::BUILD;
use super::clock::BrowserClock;
use super::js::{self, delivery};
use super::object_url::Piece;

/// The program, and the addresses that it answers for, both below the page's base.
const PROGRAM: &str = "downloads.js";
const SCOPE: &str = "download/";
/// A browser that takes longer than this to begin does not do it at all.
const BEGINS_WITHIN_MS: u64 = 10_000;
/// A service worker of which nobody wants anything is ended after half a minute.
const REMINDED_EVERY_MS: u64 = 5_000;
/// So many reminders without a word of the service worker, and it has been ended all the same.
const UNANSWERED: u32 = 3;
/// Pieces that are with the browser at once: the one that it writes, and the next.
const AT_ONCE: usize = 2;

/// What the service worker says.
enum Heard {
    Ready,
    Begun,
    /// A piece that was taken; its bytes may be written over.
    Taken(Piece),
    Whole,
    /// The browser wants no more: the person has cancelled the download, or the disk is full.
    Cancelled,
    /// The address was taken for that of a page.
    NotStreamed,
}

/// A download under way. Dropped before its end, it is broken off.
#[derive(Debug)]
pub(super) struct Streamed {
    port: MessagePort,
    frame: HtmlIFrameElement,
    heard: RefCell<UnboundedReceiver<Heard>>,
    /// Pieces that the browser has not taken yet.
    under_way: Cell<usize>,
    is_over: Cell<bool>,
    /// As long as it is held here it is reminded.
    worker: Rc<ServiceWorker>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_load: Closure<dyn FnMut()>,
}

impl Streamed {
    /// Begins a download of this name, for the page at `base`; `None` where the browser does not do that.
    pub(super) async fn begin(base: &str, name: &str, mime_type: &str) -> Option<Self> {
        let begun = std::pin::pin!(Self::try_begin(base, name, mime_type));
        let late = std::pin::pin!(BrowserClock.sleep(BEGINS_WITHIN_MS));
        match select(begun, late).await {
            Either::Left((begun, _)) => begun,
            Either::Right(_) => None,
        }
    }

    async fn try_begin(base: &str, name: &str, mime_type: &str) -> Option<Self> {
        let worker = Rc::new(service_worker(base).await?);
        let document = web_sys::window()?.document()?;
        let frame: HtmlIFrameElement = document.create_element("iframe").ok()?.dyn_into().ok()?;
        let (say, heard) = unbounded();
        let channel = MessageChannel::new().ok()?;
        let port = channel.port1();
        let unanswered = Rc::default();
        let on_message = listen(say.clone(), Rc::clone(&unanswered));
        port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        remind(&worker, port.clone(), say.clone(), unanswered);
        // A download loads nothing into the frame.
        let on_load = Closure::<dyn FnMut()>::new(move || {
            let _ = say.unbounded_send(Heard::NotStreamed);
        });
        frame.set_onload(Some(on_load.as_ref().unchecked_ref()));
        frame.set_hidden(true);
        // From here on it takes away after itself whenever it is dropped.
        let streamed = Self {
            port,
            frame,
            heard: RefCell::new(heard),
            under_way: Cell::new(0),
            is_over: Cell::new(false),
            worker,
            _on_message: on_message,
            _on_load: on_load,
        };
        let address = address(base)?;
        let file = [("address", &address), ("name", &name.to_owned()), ("type", &mime_type.to_owned())];
        let file = js::object(&file.map(|(property, value)| (property, JsValue::from_str(value))));
        streamed.worker.post_message_with_transferable(&file, &Array::of1(&channel.port2())).ok()?;
        let Heard::Ready = streamed.hear().await else { return None };
        streamed.frame.set_src(&address);
        document.body()?.append_child(&streamed.frame).ok()?;
        let Heard::Begun = streamed.hear().await else { return None };
        streamed.frame.set_onload(None);
        Some(streamed)
    }

    /// Hands over the next piece. It ends when the browser can take another one, with one that may be written over.
    ///
    /// # Errors
    /// [`SaveError::Ended`] where the browser wants no more.
    pub(super) async fn write(&self, piece: Piece) -> Result<Option<Piece>, SaveError> {
        let bytes = piece.transferred().ok_or_else(|| failed("the piece holds no bytes"))?;
        let posted = self.port.post_message_with_transferable(piece.raw(), &Array::of1(&bytes));
        posted.map_err(|error| failed(&js::error_text(&error)))?;
        // The timers of a page that is not seen may run too seldom to keep it alive.
        let _ = self.worker.post_message(&JsValue::NULL);
        self.under_way.set(self.under_way.get() + 1);
        if self.under_way.get() < AT_ONCE {
            return Ok(None);
        }
        match self.hear().await {
            Heard::Taken(piece) => {
                self.under_way.set(self.under_way.get() - 1);
                Ok(Some(piece))
            }
            _ => Err(SaveError::Ended),
        }
    }

    /// Ends the file. It ends when the browser has taken all of it.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(super) async fn end(&self) -> Result<(), SaveError> {
        self.port.post_message(&JsValue::NULL).map_err(|error| failed(&js::error_text(&error)))?;
        loop {
            match self.hear().await {
                Heard::Taken(_) => {}
                Heard::Whole => {
                    self.is_over.set(true);
                    return Ok(());
                }
                _ => return Err(SaveError::Ended),
            }
        }
    }

    async fn hear(&self) -> Heard {
        std::future::poll_fn(|context| self.heard.borrow_mut().poll_next_unpin(context))
            .await
            .unwrap_or(Heard::Cancelled)
    }
}

impl Drop for Streamed {
    fn drop(&mut self) {
        if !self.is_over.get() {
            // Where nobody listens any more there is nothing to break off.
            let _ = self.port.post_message(&JsValue::from_str("abort"));
        }
        self.port.set_onmessage(None);
        // What was posted before arrives.
        self.port.close();
        self.frame.set_onload(None);
        self.frame.remove();
    }
}

/// Whatever is heard of a service worker, it is at work.
fn listen(say: UnboundedSender<Heard>, unanswered: Rc<Cell<u32>>) -> Closure<dyn FnMut(MessageEvent)> {
    Closure::new(move |event: MessageEvent| {
        unanswered.set(0);
        let data = event.data();
        let heard = match data.as_string().as_deref() {
            Some("ready") => Heard::Ready,
            Some("begun") => Heard::Begun,
            Some("whole") => Heard::Whole,
            Some("here") => return,
            Some(_) => Heard::Cancelled,
            None => Piece::from_js(data).map_or(Heard::Cancelled, Heard::Taken),
        };
        // Who waits no more need not be told.
        let _ = say.unbounded_send(heard);
    })
}

/// The service worker of this build, at work.
async fn service_worker(base: &str) -> Option<ServiceWorker> {
    let navigator = web_sys::window()?.navigator();
    // Outside a secure context, and where nothing may be kept, there is none.
    js::property(&navigator, "serviceWorker")?;
    let options = RegistrationOptions::new();
    options.set_scope(&format!("{base}{SCOPE}"));
    let program = format!("{base}{PROGRAM}?v={BUILD}");
    let registered = navigator.service_worker().register_with_options(&program, &options);
    let registration: ServiceWorkerRegistration = JsFuture::from(registered).await.ok()?.unchecked_into();
    let worker = registration.installing().or_else(|| registration.waiting()).or_else(|| registration.active())?;
    let (deliver, activated) = delivery();
    let on_change = {
        let worker = worker.clone();
        Closure::<dyn FnMut()>::new(move || match worker.state() {
            ServiceWorkerState::Activated => deliver.deliver(true),
            ServiceWorkerState::Redundant => deliver.deliver(false),
            _ => {}
        })
    };
    if worker.state() == ServiceWorkerState::Activated {
        return Some(worker);
    }
    worker.set_onstatechange(Some(on_change.as_ref().unchecked_ref()));
    let is_active = activated.await;
    worker.set_onstatechange(None);
    is_active.then_some(worker)
}

/// Takes away the service worker that was registered for the page at `base`, if there is one.
pub async fn forget(base: &str) {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return };
    if js::property(&navigator, "serviceWorker").is_none() {
        return;
    }
    let registered = navigator.service_worker().get_registration_with_document_url(&format!("{base}{SCOPE}"));
    let Ok(registration) = JsFuture::from(registered).await else { return };
    if let Ok(registration) = registration.dyn_into::<ServiceWorkerRegistration>()
        && let Ok(unregistered) = registration.unregister()
    {
        // A browser that keeps it all the same keeps a program, and nothing of anybody's.
        let _ = JsFuture::from(unregistered).await;
    }
}

/// An address that nothing else has.
fn address(base: &str) -> Option<String> {
    let mut number = [0; 16];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut number).ok()?;
    Some(format!("{base}{SCOPE}{:032x}", u128::from_le_bytes(number)))
}

/// Keeps the service worker from being ended, as long as it is wanted, and notices if it was.
fn remind(worker: &Rc<ServiceWorker>, port: MessagePort, say: UnboundedSender<Heard>, unanswered: Rc<Cell<u32>>) {
    let worker: Weak<ServiceWorker> = Rc::downgrade(worker);
    spawn_local(async move {
        loop {
            BrowserClock.sleep(REMINDED_EVERY_MS).await;
            let Some(worker) = worker.upgrade() else { return };
            unanswered.set(unanswered.get() + 1);
            if unanswered.get() > UNANSWERED {
                // Who waits no more need not be told.
                let _ = say.unbounded_send(Heard::Cancelled);
            }
            // What keeps it alive is a message to itself; who still has the download answers the other.
            let _ = worker.post_message(&JsValue::NULL);
            let _ = port.post_message(&JsValue::from_str("still there"));
        }
    });
}

fn failed(why: &str) -> SaveError {
    SaveError::Failed { message: why.into() }
}
