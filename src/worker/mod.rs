//! The engine's shell: hears wishes, opens a world, lets the engine carry them out, and posts answers and news.

mod pretend_google;
mod sandbox_http;
mod world;

use std::cell::RefCell;
use std::rc::Rc;

use albumen_core::engine::{Engine, Spawn, Tell};
use albumen_core::ports::FileId;
use albumen_core::protocol::{Answer, News, Opened, Opening, ToPage, VERSION, Wish};
use albumen_core::trouble::Trouble;
use wasm_bindgen_futures::spawn_local;

use crate::browser::build::BUILD;
use crate::browser::files::FileShelf;
use crate::browser::message::Letter;
use crate::browser::object_url::Piece;
use crate::browser::panic;
use crate::browser::worker_port::WorkerPort;
use world::{BrowserWorld, SharedWorld};

/// An answer and the buffers that travel beside it.
type Answered = Result<(Answer, Vec<Vec<u8>>), Trouble>;

/// Serves the page until the worker ends. Outside a worker it does nothing.
pub fn run() {
    let Some(port) = WorkerPort::of_this_worker() else { return };
    let on_panic = port.clone();
    panic::install(move |message| {
        on_panic.post(&ToPage::News(News::Died { message: message.to_owned() }), &[]);
    });
    let shell =
        Rc::new(Shell { port: port.clone(), files: Rc::new(FileShelf::default()), stage: RefCell::new(Stage::Closed) });
    port.listen(move |heard| match heard {
        Ok(letter) => shell.clone().hear(letter),
        Err(fault) => {
            // It cannot even be told which wish this was: the page starts anew rather than wait for ever.
            let message = format!("a message of the page could not be read: {fault}");
            shell.port.post(&ToPage::News(News::Died { message }), &[]);
        }
    });
    port.post(&ToPage::News(News::Ready { version: VERSION, build: BUILD.to_owned() }), &[]);
}

struct Shell {
    port: WorkerPort,
    files: Rc<FileShelf>,
    stage: RefCell<Stage>,
}

enum Stage {
    Closed,
    /// Wishes that came in the meantime wait here.
    Opening(Vec<Letter>),
    Open(Rc<OpenWorld>),
}

struct OpenWorld {
    engine: Rc<Engine<SharedWorld>>,
    world: Rc<BrowserWorld>,
}

impl Shell {
    fn hear(self: Rc<Self>, letter: Letter) {
        let mut stage = self.stage.borrow_mut();
        match &mut *stage {
            Stage::Closed => match letter.message.wish {
                Wish::Open(opening) => {
                    *stage = Stage::Opening(Vec::new());
                    drop(stage);
                    spawn_local(self.open(letter.message.ask, opening));
                }
                _ => {
                    self.answer(letter.message.ask, Err(Trouble::OutOfPlace("nothing is open yet".into())), Vec::new())
                }
            },
            Stage::Opening(waiting) => waiting.push(letter),
            Stage::Open(open) => {
                let open = open.clone();
                drop(stage);
                spawn_local(async move {
                    let Letter { message, files, spare } = letter;
                    let files = files.into_iter().map(|file| self.files.put(file)).collect();
                    let answered = open.carry_out(message.wish, files).await;
                    self.answer(message.ask, answered, spare);
                });
            }
        }
    }

    /// Opens a world and takes up what waited for it. Where that fails, all of it is answered with the reason, and the
    /// page may try again.
    async fn open(self: Rc<Self>, ask: u32, opening: Opening) {
        let outcome = OpenWorld::open(opening, self.files.clone(), self.tell()).await;
        let (next, answered) = match outcome {
            Ok((open, opened)) => (Stage::Open(Rc::new(open)), Ok((Answer::Opened(Box::new(opened)), Vec::new()))),
            Err(trouble) => (Stage::Closed, Err(trouble)),
        };
        let reason = answered.as_ref().err().cloned();
        let before = self.stage.replace(next);
        self.answer(ask, answered, Vec::new());
        let Stage::Opening(waiting) = before else { return };
        for letter in waiting {
            match &reason {
                Some(trouble) => self.answer(letter.message.ask, Err(trouble.clone()), Vec::new()),
                None => self.clone().hear(letter),
            }
        }
    }

    fn answer(&self, ask: u32, answered: Answered, spare: Vec<Piece>) {
        let (answer, buffers) = match answered {
            Ok((answer, buffers)) => (Ok(answer), buffers),
            Err(trouble) => (Err(trouble), Vec::new()),
        };
        let message = ToPage::Answer { ask, answer };
        match &message {
            ToPage::Answer { answer: Ok(Answer::Exported { .. }), .. } => {
                self.port.post_in_passing(&message, &buffers, spare);
            }
            ToPage::Answer { answer: Ok(Answer::Piece { .. }), .. } => self.port.post_pieces(&message, &buffers),
            _ => self.port.post(&message, &buffers),
        }
    }

    fn tell(&self) -> Tell {
        let port = self.port.clone();
        Rc::new(move |news, buffers| port.post(&ToPage::News(news), &buffers))
    }
}

impl OpenWorld {
    async fn open(opening: Opening, files: Rc<FileShelf>, tell: Tell) -> Result<(Self, Opened), Trouble> {
        let world = Rc::new(BrowserWorld::open(&opening, files).await?);
        let spawn: Spawn = Rc::new(spawn_local);
        let keeps = world.keeps();
        let open = || Engine::open(SharedWorld(world.clone()), opening.clone(), keeps, tell.clone(), spawn.clone());
        let (mut engine, mut opened) = open().await?;
        if let Some(google) = world.pretend_google().filter(|_| opened.client.is_none()) {
            // The pretend account's own client, read as a dropped file is.
            let wish = Wish::ReadClient { name: "client_secret.json".into(), text: google.client_secret_json() };
            engine.carry_out(wish, Vec::new()).await?;
            (engine, opened) = open().await?;
        }
        Ok((Self { engine, world }, opened))
    }

    async fn carry_out(&self, wish: Wish, files: Vec<FileId>) -> Answered {
        match (self.world.pretend_google(), wish) {
            (Some(google), Wish::ShowConsent { url }) => {
                google.consent_screen(&url).await.map(|screen| (Answer::ConsentScreen(screen), Vec::new()))
            }
            (Some(google), Wish::Consent { url, allow, scopes }) => {
                google.consent(&url, allow, &scopes).await.map(|url| (Answer::Callback { url }, Vec::new()))
            }
            (Some(google), Wish::PretendLibrary { items }) => {
                let answered = self.engine.clone().carry_out(Wish::ForgetEverything, files).await?;
                google.begin_anew(items).await?;
                Ok(answered)
            }
            (_, Wish::ForgetEverything) => {
                let answered = self.engine.clone().carry_out(Wish::ForgetEverything, files).await?;
                self.world.forget().await?;
                Ok(answered)
            }
            (_, wish) => self.engine.clone().carry_out(wish, files).await,
        }
    }
}
