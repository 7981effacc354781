//! The engine: wishes of the page carried out over the ports, news told back.
//!
//! It lives in the worker and alone writes the store, holds the tokens, talks to Google and runs the jobs. Everything
//! it decides lies in the rooms beside it; here is only the order in which they are asked, and what is told when. It
//! names no browser and, outside its tests, no sandbox: whoever opens it brings the world.

mod albums;
mod base_urls;
mod control;
mod correcting;
mod drawn;
mod edit;
mod exporting;
mod find;
mod import;
mod keep;
mod open;
mod original;
mod original_of_export;
mod pictures;
mod quota;
mod session;
mod sign_in;
mod sync;
mod table;
mod thumbnails;
mod unpacking;
mod uploads;
mod write;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use crate::catalog::Ledger;
use crate::library::{AlbumSync, Sync};
use crate::ports::{Batch, Clock, FileId, Http, Locks, Reply, Request, Store, World};
use crate::protocol::{Answer, News, Opening, SyncState, Wish, Work};
use crate::trouble::Trouble;
use crate::upload::Queue;
use base_urls::BaseUrls;
use control::{Control, Halt};
use drawn::Drawn;
use exporting::Exports;
use import::Import;
pub use import::{EntryAway, RowFiles};
use quota::Meter;
use session::Session;
use table::Tables;
use thumbnails::Small;
use unpacking::Unpacking;

/// How news leave: the message and the buffers that travel beside it.
pub type Tell = Rc<dyn Fn(News, Vec<Vec<u8>>)>;
/// How a job is set going beside the wishes.
pub type Spawn = Rc<dyn Fn(LocalBoxFuture<'static, ()>)>;
/// An answer and the buffers that travel beside it.
pub type Answered = Result<(Answer, Vec<Vec<u8>>), Trouble>;

/// One open world: its store, its account, its jobs.
pub struct Engine<W: World> {
    world: W,
    opening: Opening,
    tell: Tell,
    spawn: Spawn,
    session: RefCell<Session>,
    ledger: RefCell<Rc<Ledger>>,
    /// The mark of the catalog's last change that the ledger knows of: another tab draws a new one too.
    generation: Cell<u64>,
    base_urls: RefCell<BaseUrls>,
    sync: RefCell<Option<Sync>>,
    /// The fetch of albums that follows it.
    albums: RefCell<Option<AlbumSync>>,
    sync_control: Control,
    queue: RefCell<Queue>,
    upload_control: Control,
    import: RefCell<Import>,
    import_control: Control,
    correcting_control: Control,
    exports: RefCell<Exports>,
    small: Small,
    /// The one that was asked for last comes first.
    unpacking: RefCell<Vec<Unpacking>>,
    meter: RefCell<Meter>,
    tables: Tables,
    drawn: Drawn,
}

impl<W: World + 'static> Engine<W> {
    /// Carries out one wish. `files` are what travels beside [`Wish::AddFiles`] and [`Wish::AddParts`]. Jobs are only begun here; how they
    /// go is told as news.
    pub async fn carry_out(self: Rc<Self>, wish: Wish, files: Vec<FileId>) -> Answered {
        let answer = match wish {
            Wish::Open(_) => return Err(Trouble::OutOfPlace("this world is open already".into())),
            Wish::ShowConsent { .. } | Wish::Consent { .. } | Wish::PretendLibrary { .. } => {
                return Err(Trouble::OutOfPlace("only the sandbox can be asked for this".into()));
            }
            Wish::ReadClient { name, text } => self.read_client(&name, &text).await?,
            Wish::UseClientId { client_id } => self.use_client_id(&client_id).await?,
            Wish::ForgetClient => self.forget_client().await?,
            Wish::BeginSignIn { access, way } => self.begin_sign_in(access, way).await?,
            Wish::FinishSignIn { callback } => self.finish_sign_in(&callback).await?,
            Wish::SignOut { remove_rows } => self.sign_out(remove_rows).await?,
            Wish::ForgetEverything => self.forget_everything().await?,
            Wish::Sync { days, media } => self.start_sync(Sync::new(days, media))?,
            Wish::MakeLibrary => self.make_library()?,
            Wish::ResumeSync => self.resume_sync()?,
            Wish::PauseSync => self.halt_sync(Halt::Pause).await?,
            Wish::CancelSync => self.halt_sync(Halt::Cancel).await?,
            Wish::Albums => return self.all_albums().await,
            Wish::Drawn => {
                self.drawn.say();
                Answer::Done
            }
            Wish::Details { row } => self.details(row).await?,
            Wish::TryCorrection { row, correction } => self.try_correction(row, correction.as_ref()).await?,
            Wish::CorrectTimes { rows, correction } => self.correct_times(&rows, correction)?,
            Wish::ResumeCorrecting => self.resume_correcting()?,
            Wish::CancelCorrecting => self.cancel_correcting().await?,
            Wish::ReadTexts => self.read_texts().await?,
            Wish::FindText { text } => return self.find_text(&text).await,
            Wish::FindExposed { exposed } => return self.find_exposed(&exposed).await,
            Wish::CountExposures { rows, exposed } => self.count_exposures(&rows, &exposed).await?,
            Wish::EditDescription { row, description } => self.edit_description(row, &description).await?,
            Wish::WriteIds { rows } => return self.write_ids(&rows).await,
            Wish::BeginExport { rows, format } => self.begin_export(&rows, format).await?,
            Wish::NextOfExport { export } => return self.next_of_export(export).await,
            Wish::CancelExport { export } => self.cancel_export(export),
            Wish::Pictures { rows, fresh } => self.pictures(rows, fresh).await?,
            Wish::Original { row, which } => return self.original(row, which).await,
            Wish::NextOfOriginal { reader, row, which, from } => {
                return self.next_of_original(reader, row, which, from).await;
            }
            Wish::PictureBytes { url } => return self.picture_bytes(&url).await,
            Wish::AddFiles { files: new } => self.add_files(new, &files).await?,
            Wish::Describe { upload, description } => self.describe(upload, &description).await?,
            Wish::RemoveUpload { upload } => self.remove_uploads(vec![upload]).await?,
            Wish::RetryUploads { uploads } => self.retry_uploads(&uploads).await?,
            Wish::StartUploads => self.start_uploads()?,
            Wish::PauseUploads => {
                self.upload_control.halt(Halt::Pause);
                Answer::Done
            }
            Wish::ClearUploads => {
                let finished = self.queue.borrow().finished();
                self.remove_uploads(finished).await?
            }
            Wish::AddParts { parts } => self.add_parts(parts, &files)?,
            Wish::StartImport => self.start_import()?,
            Wish::PauseImport => self.halt_import(Halt::Pause).await?,
            Wish::CancelImport => self.halt_import(Halt::Cancel).await?,
            Wish::ImportReport => self.import_report().await?,
            Wish::Thumbnails { rows } => return self.thumbnails(rows).await,
            Wish::ForgetThumbnails => self.forget_thumbnails().await?,
            Wish::RemoveImports => self.remove_imports().await?,
            Wish::Sort { rows, keys } => return self.sort(&rows, keys).await,
            Wish::Cells { rows, columns } => self.cells(&rows, &columns).await?,
            Wish::CellLines { rows, columns } => return self.cell_lines(&rows, &columns).await,
            Wish::Summarize { rows, column } => self.summarize(&rows, column).await?,
        };
        Ok((answer, Vec::new()))
    }

    fn news(&self, news: News) {
        (self.tell)(news, Vec::new());
    }

    fn ledger(&self) -> Rc<Ledger> {
        Rc::clone(&self.ledger.borrow())
    }

    fn now_ms(&self) -> i64 {
        self.world.clock().now_ms()
    }

    async fn send(&self, request: Request, sent: &dyn Fn(u64)) -> Result<Reply, Trouble> {
        Ok(self.world.http().send(request, sent).await?)
    }

    async fn commit(&self, batch: Batch) -> Result<(), Trouble> {
        Ok(self.world.store().commit(batch).await?)
    }

    /// Deletes all that is ours on the device. The grant is revoked first, if Google can be reached.
    async fn forget_everything(&self) -> Result<Answer, Trouble> {
        self.stop_jobs().await;
        self.revoke().await;
        let all = Batch { delete_prefixes: vec![String::new()], strict: true, ..Batch::default() };
        self.world.locks().exclusive("catalog", self.commit(all)).await?;
        self.ledger().clear();
        self.forget_rows_in_memory(true);
        self.forget_import();
        // It is of no use to anybody any more; that it could not be emptied keeps nothing else from being forgotten.
        let _ = self.forget_thumbnails().await;
        *self.session.borrow_mut() = Session::default();
        *self.meter.borrow_mut() = Meter::default();
        self.news(News::Client(None));
        self.news(News::Account(None));
        Ok(Answer::Done)
    }

    /// What memory still knows of the account's rows and jobs once the store has lost them. `is_empty`: no row is left.
    fn forget_rows_in_memory(&self, is_empty: bool) {
        self.base_urls.borrow_mut().clear();
        let removed: Vec<u32> = self.queue.borrow().uploads().iter().map(|upload| upload.id).collect();
        *self.queue.borrow_mut() = Queue::default();
        *self.sync.borrow_mut() = None;
        *self.albums.borrow_mut() = None;
        self.news(News::UploadsRemoved(removed));
        self.news(News::Sync(SyncState { work: Work::Idle, ..Sync::new(None, Default::default()).state() }));
        if is_empty {
            self.exports.borrow_mut().end();
            self.news(News::Correcting(None));
            self.news(News::Emptied);
        }
    }

    /// Stops what runs and waits until it has kept what it had.
    async fn stop_jobs(&self) {
        self.sync_control.halt(Halt::Pause);
        self.upload_control.halt(Halt::Pause);
        self.import_control.halt(Halt::Pause);
        self.correcting_control.halt(Halt::Pause);
        self.sync_control.ended().await;
        self.upload_control.ended().await;
        self.import_control.ended().await;
        self.correcting_control.ended().await;
    }
}
