//! Requests: what leaves, what is read, and what becomes of one that nobody waits for.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use albumen::browser::files::{FileShelf, PickedFile};
use albumen::browser::http::{BrowserHttp, MOST_REPLY_BYTES};
use albumen::browser::object_url::ObjectUrl;
use albumen_core::ports::{Body, FileId, Http, HttpError, Method, Reading, Request};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestMode};

use crate::faults::{self, Mended};

fn unreachable(host: &str) -> HttpError {
    HttpError::Unreachable { host: host.into() }
}

/// What `fetch` was given for this request.
fn as_fetched(request: Request) -> web_sys::Request {
    faults::hang_fetch();
    let http = BrowserHttp::default();
    let mut sending = pin!(http.send(request, &|_| ()));
    assert!(sending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let fetched = faults::last_request();
    assert!(!fetched.signal().aborted());
    fetched
}

#[wasm_bindgen_test]
async fn a_reply_is_read_with_its_status_its_headers_and_every_byte() {
    let bytes: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
    let address = ObjectUrl::of_bytes(&bytes, "image/jpeg").unwrap();
    let reply = BrowserHttp::default().send(Request::get(address.as_str()), &|_| ()).await.unwrap();
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("image/jpeg")));
    assert!(reply.headers.iter().all(|(name, _)| name.to_ascii_lowercase() == *name));
    assert_eq!(reply.body, bytes);
}

#[wasm_bindgen_test]
async fn an_empty_reply_is_a_reply() {
    let reply = BrowserHttp::default().send(Request::get("data:text/plain,"), &|_| ()).await.unwrap();
    assert_eq!((reply.status, reply.body.len()), (200, 0));
}

#[wasm_bindgen_test]
async fn a_request_carries_no_credentials_no_referrer_and_is_kept_nowhere() {
    let _mended = Mended;
    let fetched = as_fetched(
        Request::post("https://photoslibrary.googleapis.com/v1/mediaItems:search", "application/json", "{}")
            .bearer("token"),
    );
    assert_eq!(fetched.method(), "POST");
    assert_eq!(fetched.credentials(), RequestCredentials::Omit);
    assert_eq!(fetched.referrer_policy(), ReferrerPolicy::NoReferrer);
    assert_eq!(fetched.cache(), RequestCache::NoStore);
    assert_eq!(fetched.mode(), RequestMode::Cors);
    assert_eq!(fetched.headers().get("authorization").unwrap().as_deref(), Some("Bearer token"));
    assert_eq!(fetched.headers().get("content-type").unwrap().as_deref(), Some("application/json"));
}

#[wasm_bindgen_test]
async fn a_blind_request_is_sent_without_asking_whether_it_may_be_read() {
    let _mended = Mended;
    let mut request =
        Request::post("https://oauth2.googleapis.com/revoke", "application/x-www-form-urlencoded", "token=1");
    request.reading = Reading::Blind;
    assert_eq!(as_fetched(request).mode(), RequestMode::NoCors);
}

#[wasm_bindgen_test]
async fn repeated_query_fields_leave_as_they_are() {
    let _mended = Mended;
    let url = "https://photoslibrary.googleapis.com/v1/mediaItems:batchGet?mediaItemIds=a%2Bb&mediaItemIds=c";
    assert_eq!(as_fetched(Request::get(url)).url(), url);
}

#[wasm_bindgen_test]
async fn a_request_that_nobody_waits_for_any_more_is_aborted() {
    let _mended = Mended;
    let fetched = as_fetched(Request::get("https://photoslibrary.googleapis.com/v1/mediaItems"));
    assert!(fetched.signal().aborted());
}

#[wasm_bindgen_test]
async fn who_did_not_answer_is_named_without_the_rest_of_the_address() {
    // Port 1 is one of those that browsers never connect to (Fetch standard, "port blocking").
    let failed = BrowserHttp::default().send(Request::get("http://localhost:1/?secret=1"), &|_| ()).await;
    assert_eq!(failed, Err(unreachable("localhost:1")));
}

#[wasm_bindgen_test]
async fn what_cannot_be_sent_at_all_is_refused_without_a_panic() {
    let http = BrowserHttp::default();
    let broken_header = Request::get("https://photoslibrary.googleapis.com/").bearer("two\nlines");
    assert_eq!(http.send(broken_header, &|_| ()).await, Err(unreachable("photoslibrary.googleapis.com")));
    let no_address = Request::get("https://user:word@");
    assert_eq!(http.send(no_address, &|_| ()).await, Err(unreachable("")));
}

#[wasm_bindgen_test]
async fn a_reply_that_would_fill_the_memory_is_cut_off() {
    let address = ObjectUrl::of_bytes(&vec![0; MOST_REPLY_BYTES + 1], "text/plain").unwrap();
    let failed = BrowserHttp::default().send(Request::get(address.as_str()), &|_| ()).await;
    assert!(matches!(failed, Err(HttpError::TooLarge { .. })));
}

/// A place on the test's own server that takes no uploads but answers them.
fn somewhere() -> String {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    format!("{}/v1/uploads", scope.location().origin())
}

#[wasm_bindgen_test]
async fn a_file_leaves_as_it_is_and_how_much_has_left_is_told() {
    let size = 3_000_000;
    let shelf = Rc::new(FileShelf::default());
    let file = shelf.put(PickedFile::from(faults::picked_file(&vec![7; size], "a.jpg", "image/jpeg")));
    let request = Request { method: Method::Post, body: Body::File(file), ..Request::get(somewhere()) };
    let told = RefCell::new(Vec::new());
    let reply = BrowserHttp::new(shelf).send(request, &|bytes| told.borrow_mut().push(bytes)).await.unwrap();
    assert!((400..500).contains(&reply.status), "{}", reply.status);
    assert!(reply.headers.iter().all(|(name, _)| name.to_ascii_lowercase() == *name));
    let told = told.into_inner();
    assert!(told.is_sorted(), "{told:?}");
    assert_eq!(told.last(), Some(&(size as u64)));
}

#[wasm_bindgen_test]
async fn a_file_that_reaches_nobody_is_no_gone_file() {
    let shelf = Rc::new(FileShelf::default());
    let file = shelf.put(PickedFile::from(faults::picked_file(b"1", "a.jpg", "image/jpeg")));
    let request = Request { method: Method::Post, body: Body::File(file), ..Request::get("http://localhost:1/") };
    let failed = BrowserHttp::new(shelf).send(request, &|_| ()).await;
    assert_eq!(failed, Err(unreachable("localhost:1")));
}

#[wasm_bindgen_test]
async fn a_file_that_the_shell_does_not_hold_is_gone() {
    let request = Request {
        method: Method::Post,
        body: Body::File(FileId(7)),
        ..Request::get("https://photoslibrary.googleapis.com/v1/uploads")
    };
    let failed = BrowserHttp::new(Rc::new(FileShelf::default())).send(request, &|_| ()).await;
    assert_eq!(failed, Err(HttpError::FileGone));
}
