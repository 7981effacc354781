//! The page's end of the worker, against a worker that says what it is told.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use albumen::browser::build::BUILD;
use albumen::browser::files::PickedFile;
use albumen::browser::worker_link::{Answered, Heard, WorkerLink};
use albumen_core::ports::StoreError;
use albumen_core::protocol::{
    Answer, News, Opened, Opening, Quota, ToPage, ToWorker, VERSION, Wish, World, read, write,
};
use albumen_core::trouble::Trouble;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hands;

const BASE: &str = "https://example.test/photos/";

struct Page {
    link: WorkerLink,
    heard: Rc<RefCell<Vec<Heard>>>,
}

impl Page {
    fn open() -> Self {
        hands::pretend_workers();
        let heard = Rc::new(RefCell::new(Vec::new()));
        let link = {
            let heard = heard.clone();
            WorkerLink::new(BASE, move |said| heard.borrow_mut().push(said))
        };
        Self { link, heard }
    }

    fn ask(&self, wish: Wish) -> Asking {
        let link = self.link.clone();
        let mut asking = Asking(Box::pin(async move { link.ask(wish, Vec::new()).await }));
        assert!(asking.answer().is_none(), "nothing has answered yet");
        asking
    }

    fn take_heard(&self) -> Vec<Heard> {
        self.heard.borrow_mut().drain(..).collect()
    }
}

struct Asking(Pin<Box<dyn Future<Output = Answered>>>);

impl Asking {
    fn answer(&mut self) -> Option<Answered> {
        match self.0.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answered) => Some(answered),
            Poll::Pending => None,
        }
    }
}

fn opening(world: World) -> Wish {
    Wish::Open(Opening { world, base: BASE.into() })
}

fn opened() -> Answer {
    Answer::Opened(Box::new(Opened {
        client: None,
        account: None,
        sync: None,
        import: None,
        thumbnail_bytes: 0,
        uploads: Vec::new(),
        quota: Quota::default(),
        makes: None,
        keeps: true,
        set_aside: Vec::new(),
    }))
}

fn say(index: usize, message: &ToPage, buffers: &[&[u8]]) {
    let buffers = buffers.iter().map(|bytes| js_sys::Uint8Array::from(*bytes)).collect();
    hands::say(index, &write(message), buffers);
}

fn ready(index: usize) {
    say(index, &ToPage::News(News::Ready { version: VERSION, build: BUILD.into() }), &[]);
}

fn posted(index: usize) -> Vec<ToWorker> {
    hands::posted(index).iter().map(|words| read(&words.to_vec()).unwrap()).collect()
}

/// Answers the latest wish that this worker was sent.
fn answer_latest(index: usize, answer: Result<Answer, Trouble>, buffers: &[&[u8]]) {
    let ask = posted(index).last().unwrap().ask;
    say(index, &ToPage::Answer { ask, answer }, buffers);
}

/// A page whose first worker has opened the world of Google.
fn opened_page() -> Page {
    let page = Page::open();
    let mut asking = page.ask(opening(World::Google));
    ready(0);
    answer_latest(0, Ok(opened()), &[]);
    assert!(matches!(asking.answer(), Some(Ok((Answer::Opened(_), _)))));
    page
}

#[wasm_bindgen_test]
fn the_worker_starts_with_the_first_wish_and_hears_nothing_before_it_is_ready() {
    let page = Page::open();
    assert_eq!(hands::started(), 0);
    let _first = page.ask(opening(World::Google));
    let _second = page.ask(Wish::PauseSync);
    assert_eq!((hands::started(), posted(0).len()), (1, 0));
    assert!(hands::is_module(0));
    ready(0);
    let wishes: Vec<Wish> = posted(0).into_iter().map(|message| message.wish).collect();
    assert_eq!(wishes, [opening(World::Google), Wish::PauseSync]);
}

#[wasm_bindgen_test]
async fn the_worker_starts_from_a_module_in_memory_that_imports_this_very_build() {
    let page = Page::open();
    let _asking = page.ask(opening(World::Google));
    let address = hands::address(0);
    assert!(address.starts_with("blob:"), "{address}");
    let program = hands::text_at(&address).await.unwrap().as_string().unwrap();
    assert!(program.starts_with(&format!("import(\"{BASE}engine.js?v={BUILD}\")")), "{program}");
}

#[wasm_bindgen_test]
fn each_wish_gets_its_own_answer_with_the_bytes_beside_it() {
    let page = opened_page();
    let mut pause = page.ask(Wish::PauseSync);
    let pause_ask = posted(0).last().unwrap().ask;
    let mut picture = page.ask(Wish::PictureBytes { url: "https://lh3.googleusercontent.com/a=w1".into() });
    answer_latest(0, Ok(Answer::PictureBytes { mime_type: "image/jpeg".into() }), &[&[1, 2], &[]]);
    let (_, buffers) = picture.answer().unwrap().unwrap();
    assert_eq!(buffers, [vec![1, 2], vec![]]);
    assert!(pause.answer().is_none());
    say(0, &ToPage::Answer { ask: pause_ask, answer: Err(Trouble::OutOfPlace("no".into())) }, &[]);
    assert_eq!(pause.answer(), Some(Err(Trouble::OutOfPlace("no".into()))));
}

#[wasm_bindgen_test]
fn files_travel_beside_their_wish() {
    let page = opened_page();
    let link = page.link.clone();
    let files = ["b.jpg", "a.jpg"].map(|name| PickedFile::from(hands::picked_file(b"1", name, "image/jpeg"))).to_vec();
    let mut asking = Asking(Box::pin(async move { link.ask(Wish::AddFiles { files: Vec::new() }, files).await }));
    assert!(asking.answer().is_none());
    assert_eq!(hands::files_posted(0), ["b.jpg", "a.jpg"]);
}

#[wasm_bindgen_test]
fn news_is_passed_on_with_its_bytes() {
    let page = opened_page();
    say(0, &ToPage::News(News::Rows { first_rows: vec![3], cameras: None }), &[b"segment"]);
    let heard = page.take_heard();
    let [Heard::News(News::Rows { first_rows, cameras: None }, buffers)] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert_eq!((first_rows.as_slice(), buffers.as_slice()), ([3].as_slice(), [b"segment".to_vec()].as_slice()));
}

#[wasm_bindgen_test]
fn a_worker_of_another_build_is_not_talked_to() {
    for stranger in [
        News::Ready { version: VERSION + 1, build: BUILD.into() },
        News::Ready { version: VERSION, build: "another".into() },
    ] {
        let page = Page::open();
        let mut asking = page.ask(opening(World::Google));
        say(0, &ToPage::News(stranger), &[]);
        assert_eq!(asking.answer(), Some(Err(Trouble::OtherBuild)));
        assert!(matches!(page.take_heard().as_slice(), [Heard::Stopped(Trouble::OtherBuild)]));
        assert!(hands::is_ended(0));
        assert_eq!(posted(0), []);
    }
}

#[wasm_bindgen_test]
fn whatever_kills_the_worker_every_wish_is_answered_and_the_next_one_starts_it_as_it_was() {
    let deaths: [fn(); 6] = [
        || say(0, &ToPage::News(News::Died { message: "panicked".into() }), &[]),
        || hands::fail(0),
        || hands::garble(0),
        || hands::say_nonsense(0),
        || hands::say(0, &[0xff; 9], Vec::new()),
        || hands::say_not_started(0, "TypeError: Failed to fetch"),
    ];
    for death in deaths {
        let page = opened_page();
        let (mut one, mut other) = (page.ask(Wish::PauseSync), page.ask(Wish::CancelSync));
        death();
        for asking in [&mut one, &mut other] {
            assert!(matches!(asking.answer(), Some(Err(Trouble::EngineStopped { .. }))));
        }
        assert!(matches!(page.take_heard().as_slice(), [Heard::Stopped(Trouble::EngineStopped { .. })]));
        assert!(hands::is_ended(0));

        let mut next = page.ask(Wish::ResumeSync);
        assert_eq!(hands::started(), 2);
        ready(1);
        let wishes: Vec<Wish> = posted(1).into_iter().map(|message| message.wish).collect();
        assert_eq!(wishes, [opening(World::Google), Wish::ResumeSync]);
        answer_latest(1, Ok(Answer::Done), &[]);
        assert_eq!(next.answer(), Some(Ok((Answer::Done, Vec::new()))));
        let reopening = posted(1)[0].ask;
        say(1, &ToPage::Answer { ask: reopening, answer: Ok(opened()) }, &[]);
        assert!(matches!(page.take_heard().as_slice(), [Heard::Reopened(_)]));
    }
}

#[wasm_bindgen_test]
fn opening_another_world_starts_another_worker() {
    let page = opened_page();
    let mut pause = page.ask(Wish::PauseSync);
    let _other = page.ask(opening(World::Sandbox));
    assert!(hands::is_ended(0) && !hands::is_ended(1));
    assert!(matches!(pause.answer(), Some(Err(Trouble::EngineStopped { .. }))));
    ready(1);
    assert_eq!(posted(1).len(), 1);
    assert_eq!(posted(1)[0].wish, opening(World::Sandbox));
    assert!(page.take_heard().is_empty(), "what the page itself ends is no death");
}

#[wasm_bindgen_test]
fn opening_another_world_does_not_wait_for_the_first_to_open() {
    let page = Page::open();
    let mut first = page.ask(opening(World::Google));
    ready(0);
    let mut second = page.ask(opening(World::Sandbox));
    assert!(hands::is_ended(0));
    assert!(matches!(first.answer(), Some(Err(Trouble::EngineStopped { .. }))));
    let _third = page.ask(opening(World::Google));
    assert!(hands::is_ended(1), "not even for the worker to be ready");
    assert!(matches!(second.answer(), Some(Err(Trouble::EngineStopped { .. }))));
    ready(2);
    let wishes: Vec<Wish> = posted(2).into_iter().map(|message| message.wish).collect();
    assert_eq!(wishes, [opening(World::Google)]);
}

#[wasm_bindgen_test]
fn what_is_opened_when_wished_is_opened_before_the_wish_and_not_earlier() {
    let page = Page::open();
    page.link.open_when_wished(Opening { world: World::Google, base: BASE.into() });
    assert_eq!(hands::started(), 0);
    let _asking = page.ask(Wish::PauseSync);
    ready(0);
    let wishes: Vec<Wish> = posted(0).into_iter().map(|message| message.wish).collect();
    assert_eq!(wishes, [opening(World::Google), Wish::PauseSync]);
    let opens = posted(0)[0].ask;
    say(0, &ToPage::Answer { ask: opens, answer: Ok(opened()) }, &[]);
    assert!(matches!(page.take_heard().as_slice(), [Heard::Reopened(_)]));
}

#[wasm_bindgen_test]
fn what_could_not_be_opened_again_is_tried_anew_with_the_next_wish() {
    let page = Page::open();
    page.link.open_when_wished(Opening { world: World::Google, base: BASE.into() });
    let mut first = page.ask(Wish::PauseSync);
    ready(0);
    let opens = posted(0)[0].ask;
    say(0, &ToPage::Answer { ask: opens, answer: Err(StoreError::Blocked.into()) }, &[]);
    assert_eq!(first.answer(), Some(Err(StoreError::Blocked.into())));
    assert!(matches!(page.take_heard().as_slice(), [Heard::Stopped(Trouble::Store(StoreError::Blocked))]));
    let mut second = page.ask(Wish::PauseSync);
    assert_eq!(hands::started(), 2, "nothing is open in the first worker: it could only refuse");
    ready(1);
    let wishes: Vec<Wish> = posted(1).into_iter().map(|message| message.wish).collect();
    assert_eq!(wishes, [opening(World::Google), Wish::PauseSync]);
    answer_latest(1, Ok(Answer::Done), &[]);
    assert_eq!(second.answer(), Some(Ok((Answer::Done, Vec::new()))));
}

#[wasm_bindgen_test]
fn a_link_that_was_ended_starts_with_nothing_open() {
    let page = opened_page();
    page.link.terminate();
    assert!(hands::is_ended(0));
    let _asking = page.ask(Wish::PauseSync);
    ready(1);
    assert_eq!(posted(1).len(), 1);
}
