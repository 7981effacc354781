//! What screens may ask for, and the one place where the shared signals are written.

use std::sync::Arc;

use albumen_core::catalog::{Clock, Filter, Hot, Prepared, RowSet};
use albumen_core::insights::Zone;
use albumen_core::library::Searches;
use albumen_core::photo::Exposed;
use albumen_core::protocol::{Access, Answer, Opening, Way, Wish, World};
use albumen_core::trouble::Trouble;
use futures_util::future::AbortHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::services::{Answered, PickedFile, Services, timed};
use crate::app::state::{Address, Phase, Screen, SignIn, State, Writers};
use crate::app::widgets::Toaster;
use crate::app::words::{Explained, Next, explain};

mod albums;
mod export;
mod exposed;
mod import;
mod news;
mod opening;
mod search;
mod selected;
mod sign_in;
mod zones;

/// Largest `client_secret.json` that is read at all; Google's are under a kilobyte.
const CLIENT_FILE_LIMIT_BYTES: u64 = 65_536;

type AfterSignIn = Box<dyn FnOnce()>;

/// The hands of the page. Copied freely.
#[derive(Clone, Copy)]
pub struct Actions {
    pub state: State,
    pub services: Services,
    pub address: Address,
    pub toaster: Toaster,
    writers: Writers,
    /// Raised when another world opens: answers of the one before are dropped.
    generation: StoredValue<u32>,
    /// The filter as it is shown: that of the address, but for a text or an exposure that the engine has not answered for
    /// yet, and a clock that is still being read.
    filter: Memo<Filter>,
    /// The rows that its text, its albums and what it asks of the exposure leave in.
    matches: Memo<Option<Arc<RowSet>>>,
    /// Raised whenever the engine tells of albums unasked.
    albums_told: StoredValue<u32>,
    searches: StoredValue<Searches<String>>,
    /// Of how photos were exposed.
    exposed_searches: StoredValue<Searches<Exposed>>,
    kept: StoredValue<selected::LookedUp>,
    /// Breaks off the export that is under way.
    ending_export: StoredValue<Option<AbortHandle>>,
    /// What is done as soon as a sign-in with this access has succeeded.
    after_sign_in: StoredValue<Option<(Access, AfterSignIn)>, LocalStorage>,
}

/// The actions, from any screen.
pub fn use_actions() -> Actions {
    expect_context()
}

impl Actions {
    pub fn new(state: State, writers: Writers, services: Services, address: Address) -> Self {
        let filter = Memo::new(move |before| search::in_effect(before, address.filter.get(), state));
        let actions = Self {
            state,
            services,
            address,
            toaster: Toaster::new(),
            writers,
            generation: StoredValue::new(0),
            filter,
            matches: Memo::new(move |_| filter.with(|filter| albums::matches(filter, state))),
            albums_told: StoredValue::new(0),
            searches: StoredValue::new(Searches::default()),
            exposed_searches: StoredValue::new(Searches::default()),
            kept: StoredValue::new(None),
            ending_export: StoredValue::new(None),
            after_sign_in: StoredValue::new_local(None),
        };
        services.on_heard(move |heard| actions.hear(heard));
        actions
    }

    /// Asks the engine; what it answers belongs to the world that is open.
    pub async fn ask(self, wish: Wish) -> Result<Answer, Trouble> {
        self.services.ask(wish).await
    }

    /// Asks, and says in a toast what went wrong if it did.
    pub fn wish(self, wish: Wish) {
        spawn_local(async move {
            if let Err(trouble) = self.ask(wish).await {
                self.toaster.say(self.explain(&trouble).sentence);
            }
        });
    }

    /// A failure in words.
    pub fn explain(self, trouble: &Trouble) -> Explained {
        explain(trouble, self.services.numbers())
    }

    /// Puts a text on the clipboard.
    pub fn copy(self, text: String) {
        spawn_local(async move {
            let said = if self.services.copy(&text).await { "Copied" } else { "The browser did not allow copying" };
            self.toaster.say(said);
        });
    }

    /// Carries out the step that a failure offers. `again` is what "Try again" means there.
    pub fn next(self, next: Next, again: impl FnOnce()) {
        match next {
            Next::Nothing | Next::Console(_) => {}
            Next::TryAgain => again(),
            Next::SignIn => self.sign_in(Access::Read),
            Next::AllowUploads => self.sign_in(Access::Upload),
            Next::AllowEdits => self.sign_in(Access::Edit),
            Next::SetUpClient => self.set_up_client(true),
            Next::SignOut => self.address.go(Screen::Settings),
            Next::Reload => self.services.reload(),
        }
    }

    /// Opens or closes the dialog for the OAuth client.
    pub fn set_up_client(self, open: bool) {
        self.writers.setting_up.set(open);
    }

    /// Checks and keeps a client's file.
    pub async fn read_client(self, file: PickedFile) -> Result<(), Trouble> {
        let name = file.describe().name;
        // What is too long or no text is no client's file; the engine's own check says so in its words.
        let text = file.read_text(CLIENT_FILE_LIMIT_BYTES).await.unwrap_or_default();
        self.ask(Wish::ReadClient { name, text }).await.map(|_| ())
    }

    /// Starts the upload queue; asks for the permission first where it is missing. Within the click only.
    pub fn start_uploads(self) {
        let may_upload = self.state.account.with_untracked(|account| account.as_ref().is_some_and(|a| a.may_upload));
        if may_upload {
            return self.wish(Wish::StartUploads);
        }
        self.sign_in_and(Access::Upload, move || self.wish(Wish::StartUploads));
    }

    /// Signs out; `remove_rows` also takes the photos that came through the account from the device.
    pub async fn sign_out(self, remove_rows: bool) -> Result<(), Trouble> {
        self.ask(Wish::SignOut { remove_rows }).await.map(|_| ())
    }

    /// Begins the pretend Google anew, with a library of so many photos.
    pub async fn pretend_library(self, items: u32) -> Result<(), Trouble> {
        self.ask(Wish::PretendLibrary { items }).await?;
        self.forget_parts(World::Sandbox).await;
        self.open(World::Sandbox);
        Ok(())
    }

    /// Leaves nothing of this world on the device.
    pub async fn forget_everything(self) -> Result<(), Trouble> {
        self.ask(Wish::ForgetEverything).await?;
        let world = self.state.world.get_untracked();
        self.forget_parts(world).await;
        self.services.forget_settings();
        self.services.forget_downloads().await;
        self.open(if world == World::Sandbox { World::Google } else { world });
        Ok(())
    }
}
