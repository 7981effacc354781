//! Signing in: by Google's page, by a window of its own for further permissions, or by the pretend Google.

use albumen_core::sign_in::SignInError;

use super::*;
use crate::app::services::PopUp;

impl Actions {
    /// Begins to sign in. Must be called by the click itself: a window opened later counts as unwanted.
    ///
    /// Without a client the dialog that sets one up comes first.
    pub fn sign_in(self, access: Access) {
        if self.state.client.with_untracked(Option::is_none) {
            return self.set_up_client(true);
        }
        self.set_up_client(false);
        // Another permission than the one that was waited for: what was to follow is no longer meant.
        self.after_sign_in.update_value(|after| *after = after.take().filter(|(wanted, _)| *wanted == access));
        self.writers.sign_in.set(SignIn::Working);
        let world = self.state.world.get_untracked();
        // A further permission must not cost the files that were chosen or the words that were written, so the page
        // stays.
        let is_further = access != Access::Read && world == World::Google;
        let window = is_further.then(|| self.services.open_pop_up()).flatten();
        if is_further && access == Access::Edit && window.is_none() {
            // Words are kept nowhere until they are at Google: leaving would lose them.
            return self.writers.sign_in.set(SignIn::Failed(SignInError::WindowBlocked.into()));
        }
        spawn_local(async move {
            let way = if window.is_some() { Way::PopUp } else { Way::Redirect };
            match self.ask(Wish::BeginSignIn { access, way }).await {
                Ok(Answer::GoTo { url }) => self.leave(url, world, window).await,
                Ok(_) => self.writers.sign_in.set(SignIn::Idle),
                Err(trouble) => self.writers.sign_in.set(SignIn::Failed(trouble)),
            }
        });
    }

    /// Begins to sign in, as [`Actions::sign_in`] does; `after` is done as soon as it has succeeded.
    pub fn sign_in_and(self, access: Access, after: impl FnOnce() + 'static) {
        self.after_sign_in.set_value(Some((access, Box::new(after))));
        self.sign_in(access);
    }

    /// Gives up a sign-in that is under way. Whatever Google answers later is not used.
    pub fn give_up_sign_in(self) {
        self.services.stop_listening();
        self.after_sign_in.set_value(None);
        self.writers.sign_in.set(SignIn::Idle);
    }

    /// The choice on the pretend consent screen.
    pub fn consent(self, url: String, allow: bool, scopes: Vec<String>) {
        self.writers.sign_in.set(SignIn::Working);
        spawn_local(async move {
            match self.ask(Wish::Consent { url, allow, scopes }).await {
                Ok(Answer::Callback { url }) => self.finish_sign_in(answer_part(&url)).await,
                Ok(_) => self.writers.sign_in.set(SignIn::Idle),
                Err(trouble) => self.writers.sign_in.set(SignIn::Failed(trouble)),
            }
        });
    }

    /// Takes what came back from Google.
    pub(super) async fn finish_sign_in(self, callback: String) {
        self.writers.sign_in.set(SignIn::Working);
        match self.ask(Wish::FinishSignIn { callback }).await {
            Ok(Answer::SignedIn(account)) => {
                self.toaster.say(format!("Signed in as {}", account.email));
                self.writers.account.set(Some(account));
                self.writers.sign_in.set(SignIn::Idle);
                let after = self.after_sign_in.try_update_value(Option::take).flatten();
                if let Some((_, after)) = after {
                    after();
                }
            }
            Ok(_) => self.writers.sign_in.set(SignIn::Idle),
            Err(trouble) => self.writers.sign_in.set(SignIn::Failed(trouble)),
        }
    }

    async fn leave(self, url: String, world: World, window: Option<PopUp>) {
        match (world, window) {
            (World::Sandbox, _) => match self.ask(Wish::ShowConsent { url: url.clone() }).await {
                Ok(Answer::ConsentScreen(screen)) => self.writers.sign_in.set(SignIn::Pretend { screen, url }),
                Ok(_) => self.writers.sign_in.set(SignIn::Idle),
                Err(trouble) => self.writers.sign_in.set(SignIn::Failed(trouble)),
            },
            (World::Google, None) => self.services.leave_for(&url),
            (World::Google, Some(window)) => self.wait_elsewhere(&url, window).await,
        }
    }

    async fn wait_elsewhere(self, url: &str, window: PopUp) {
        self.writers.sign_in.set(SignIn::Elsewhere);
        let answer = self.services.listen_for_callback();
        if !window.go_to(url) {
            // Closed before Google's address was known: the same as not wanting to.
            return self.give_up_sign_in();
        }
        // Whether the window was closed later cannot be known: COOP makes every window look closed. So the person may
        // give up here, and then there is no callback.
        let callback = answer.await;
        window.close();
        if let Some(callback) = callback {
            self.finish_sign_in(callback).await;
        }
    }
}

/// The query or the fragment of a callback's address.
fn answer_part(url: &str) -> String {
    let start = url.find(['?', '#']).unwrap_or(url.len());
    url[start..].to_owned()
}
