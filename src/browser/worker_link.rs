//! The page's end of the worker: starts it on first use, asks, hears, and starts it again when it has died.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use albumen_core::protocol::{Answer, News, Opened, Opening, ToPage, ToWorker, VERSION, Wish, read, write};
use albumen_core::trouble::Trouble;
use wasm_bindgen::prelude::*;

use super::build::BUILD;
use super::files::PickedFile;
use super::js::{self, Deliver, delivery};
use super::message::{self, Beside, Letter};
use super::module_worker::{ModuleWorker, Said};
use super::object_url::Piece;

/// What the page hears of the worker unasked.
#[derive(Debug)]
pub enum Heard {
    News(News, Vec<Vec<u8>>),
    /// The worker was started again, and opened as it was before; or for the first time, see
    /// [`WorkerLink::open_when_wished`].
    Reopened(Box<Opened>),
    /// The worker has died, or could not be opened again. The next wish starts it anew.
    Stopped(Trouble),
}

/// An answer with the bytes that travelled beside it.
pub type Answered = Result<(Answer, Vec<Vec<u8>>), Trouble>;

/// An answer with the bytes, and the pieces of a file, that travelled beside it.
type Came = Result<(Answer, Vec<Vec<u8>>, Vec<Piece>), Trouble>;

/// A handle to the worker; clones share it.
#[derive(Clone)]
pub struct WorkerLink(Rc<Shared>);

struct Shared {
    /// Where the worker's program lies: the page's base address.
    base: String,
    heard: Box<dyn Fn(Heard)>,
    line: RefCell<Line>,
}

#[derive(Default)]
struct Line {
    running: Option<Running>,
    /// What was last opened, to open it again after a death; or what is to be opened with the first wish.
    opening: Option<Opening>,
    next_ask: u32,
    has_asked: bool,
    pending: HashMap<u32, Asked>,
    /// Wishes made before the worker was ready.
    waiting: Vec<Letter>,
}

enum Asked {
    ByPage { answer: Deliver<Came>, opening: Option<Opening> },
    Again,
}

struct Running {
    worker: ModuleWorker,
    is_ready: bool,
}

impl WorkerLink {
    /// A link to the worker program beside the page at `base`. Nothing is loaded before the first wish.
    pub fn new(base: &str, heard: impl Fn(Heard) + 'static) -> Self {
        Self(Rc::new(Shared { base: base.to_owned(), heard: Box::new(heard), line: RefCell::default() }))
    }

    /// Sends a wish and waits for its answer. [`Wish::Open`] while something is open ends the worker and starts another.
    pub async fn ask(&self, wish: Wish, files: Vec<PickedFile>) -> Answered {
        self.send(wish, files, Vec::new()).await.map(|(answer, buffers, _)| (answer, buffers))
    }

    /// Asks for what comes as pieces of a file, in place of `spare` ones that are written.
    pub async fn ask_for_pieces(&self, wish: Wish, spare: Vec<Piece>) -> Result<(Answer, Vec<Piece>), Trouble> {
        let (answer, buffers, mut pieces) = self.send(wish, Vec::new(), spare).await?;
        for bytes in buffers {
            // The worker had no room for them as a piece.
            let piece = Piece::of_bytes(&bytes);
            pieces.push(piece.map_err(|error| Trouble::OutOfPlace(js::error_text(&error)))?);
        }
        Ok((answer, pieces))
    }

    async fn send(&self, wish: Wish, files: Vec<PickedFile>, spare: Vec<Piece>) -> Came {
        let opening = match &wish {
            Wish::Open(opening) => Some(opening.clone()),
            _ => None,
        };
        if opening.is_some() && self.0.line.borrow().is_opened() {
            self.terminate();
        }
        let (answer, answered) = delivery();
        {
            let mut line = self.0.line.borrow_mut();
            let ask = line.number();
            line.has_asked = true;
            line.pending.insert(ask, Asked::ByPage { answer, opening });
            line.send(Letter { message: ToWorker { ask, wish }, files, spare });
        }
        self.0.start_if_needed();
        answered.await
    }

    /// Whether anything was ever asked.
    pub fn has_asked(&self) -> bool {
        self.0.line.borrow().has_asked
    }

    /// Opens in place of what is open, but not before something is wished: [`Heard::Reopened`] tells what there is then.
    pub fn open_when_wished(&self, opening: Opening) {
        self.terminate();
        self.0.line.borrow_mut().opening = Some(opening);
    }

    /// Ends the worker and forgets what was open. Wishes under way are answered with a trouble.
    pub fn terminate(&self) {
        self.0.line.borrow_mut().opening = None;
        self.0.end(&Trouble::EngineStopped { message: "it was ended by the page".into() });
    }
}

impl Line {
    /// Whether a world is open, or on its way to be: the worker opens only one in its life.
    fn is_opened(&self) -> bool {
        let is_opening = |asked: &Asked| matches!(asked, Asked::Again | Asked::ByPage { opening: Some(_), .. });
        self.opening.is_some() || self.pending.values().any(is_opening)
    }

    fn number(&mut self) -> u32 {
        self.next_ask = self.next_ask.wrapping_add(1);
        self.next_ask
    }

    fn send(&mut self, letter: Letter) {
        match &self.running {
            Some(running) if running.is_ready => post(&running.worker, &letter),
            _ => self.waiting.push(letter),
        }
    }
}

impl Shared {
    fn start_if_needed(self: &Rc<Self>) {
        if self.line.borrow().running.is_some() {
            return;
        }
        match self.start() {
            Ok(running) => self.line.borrow_mut().running = Some(running),
            Err(error) => self.fail(Trouble::EngineStopped { message: js::error_text(&error) }),
        }
    }

    fn start(self: &Rc<Self>) -> Result<Running, JsValue> {
        let link = Rc::downgrade(self);
        let said = move |said| {
            let Some(shared) = link.upgrade() else { return };
            match said {
                Said::Message(data) => shared.hear(&data),
                Said::Broken(message) => shared.fail(Trouble::EngineStopped { message }),
            }
        };
        Ok(Running { worker: ModuleWorker::start(&self.base, "engine.js", "albumen", said)?, is_ready: false })
    }

    fn hear(&self, data: &JsValue) {
        let Some(parts) = message::unpack(data) else {
            return self.fail(Trouble::EngineStopped { message: "a message without words".into() });
        };
        match read(&parts.words) {
            Ok(ToPage::News(News::Ready { version, build })) if version == VERSION && build == BUILD => self.ready(),
            Ok(ToPage::News(News::Ready { .. })) => self.fail(Trouble::OtherBuild),
            Ok(ToPage::News(News::Died { message })) => self.fail(Trouble::EngineStopped { message }),
            Ok(ToPage::News(news)) => (self.heard)(Heard::News(news, parts.buffers)),
            Ok(ToPage::Answer { ask, answer }) => self.answered(ask, answer, parts.buffers, parts.pieces),
            Err(error) => self.fail(Trouble::EngineStopped { message: error.to_string() }),
        }
    }

    /// Sends what waited, and before it, after a death, opens what was open.
    fn ready(&self) {
        let mut line = self.line.borrow_mut();
        let line = &mut *line;
        if let Some(running) = &mut line.running {
            running.is_ready = true;
        }
        let opens = matches!(line.waiting.first(), Some(letter) if matches!(letter.message.wish, Wish::Open(_)));
        if let Some(opening) = line.opening.clone().filter(|_| !opens) {
            let ask = line.number();
            line.pending.insert(ask, Asked::Again);
            let message = ToWorker { ask, wish: Wish::Open(opening) };
            line.send(Letter { message, files: Vec::new(), spare: Vec::new() });
        }
        for letter in std::mem::take(&mut line.waiting) {
            line.send(letter);
        }
    }

    fn answered(&self, ask: u32, answer: Result<Answer, Trouble>, buffers: Vec<Vec<u8>>, pieces: Vec<Piece>) {
        let asked = self.line.borrow_mut().pending.remove(&ask);
        match (asked, answer) {
            (Some(Asked::ByPage { answer: deliver, opening }), answer) => {
                if let (Some(opening), Ok(_)) = (opening, &answer) {
                    self.line.borrow_mut().opening = Some(opening);
                }
                deliver.deliver(answer.map(|answer| (answer, buffers, pieces)));
            }
            (Some(Asked::Again), Ok(Answer::Opened(opened))) => (self.heard)(Heard::Reopened(opened)),
            // A worker in which nothing is open could answer no wish: the next one starts another.
            (Some(Asked::Again), Err(trouble)) => self.fail(trouble),
            (Some(Asked::Again), Ok(_)) | (None, _) => {
                self.fail(Trouble::EngineStopped { message: "it answered what nobody asked".into() });
            }
        }
    }

    fn fail(&self, trouble: Trouble) {
        self.end(&trouble);
        (self.heard)(Heard::Stopped(trouble));
    }

    /// Ends the worker and answers every wish under way.
    fn end(&self, trouble: &Trouble) {
        let (running, pending) = {
            let mut line = self.line.borrow_mut();
            line.waiting.clear();
            (line.running.take(), std::mem::take(&mut line.pending))
        };
        drop(running);
        for asked in pending.into_values() {
            if let Asked::ByPage { answer, .. } = asked {
                answer.deliver(Err(trouble.clone()));
            }
        }
    }
}

fn post(worker: &ModuleWorker, Letter { message, files, spare }: &Letter) {
    let beside = Beside { files, pieces: spare, ..Beside::default() };
    let (message, transferred) = message::pack(&write(message), beside);
    worker.post(&message, &transferred).expect("a message of bytes and files can always be cloned");
}
