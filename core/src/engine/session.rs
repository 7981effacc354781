//! Who is signed in with which client, and requests sent in their name.

use serde::Serialize;

use crate::google::Refusal;
use crate::google::refusals::classify;
use crate::ports::{Batch, Locks, Reply, Request, Store, Vault, World};
use crate::protocol::{Account, Client, News};
use crate::sign_in::{ClientFile, Life, Secret, SignInError, Tokens, parse_refresh_reply, refresh_request};
use crate::store::keys;
use crate::trouble::Trouble;

use super::Engine;

/// What is known of client and account.
#[derive(Default)]
pub(super) struct Session {
    pub(super) client: Option<ClientFile>,
    pub(super) tokens: Option<Tokens>,
}

impl Session {
    pub(super) fn client_shown(&self) -> Option<Client> {
        self.client.as_ref().map(|client| Client {
            client_id: client.client_id.clone(),
            kind: client.kind,
            has_secret: client.client_secret.is_some(),
        })
    }

    pub(super) fn account_shown(&self) -> Option<Account> {
        self.tokens.as_ref().map(|tokens| Account {
            email: tokens.identity.email.clone(),
            may_read: tokens.may_read(),
            may_upload: tokens.may_upload(),
            may_edit: tokens.may_edit(),
            until_ms: tokens.refresh_token.is_none().then_some(tokens.expires_ms),
        })
    }
}

impl<W: World + 'static> Engine<W> {
    /// Sends a request in the account's name. A token that is about to die is refreshed first; one that Google calls
    /// dead is refreshed once and the request sent again. Replies of any status come back.
    pub(super) async fn google(&self, make: impl Fn(&str) -> Request, sent: &dyn Fn(u64)) -> Result<Reply, Trouble> {
        let access_token = self.access_token(None).await?;
        let reply = self.count_and_send(make(&access_token), sent).await?;
        if reply.status != 401 || classify(&reply) != Refusal::TokenDead {
            return Ok(reply);
        }
        let access_token = self.access_token(Some(&access_token)).await?;
        self.count_and_send(make(&access_token), sent).await
    }

    async fn count_and_send(&self, request: Request, sent: &dyn Fn(u64)) -> Result<Reply, Trouble> {
        self.meter.borrow_mut().count_request(self.now_ms());
        self.send(request, sent).await
    }

    /// A token that lives; `refused` is one that Google has called dead, whatever its date says.
    async fn access_token(&self, refused: Option<&str>) -> Result<String, Trouble> {
        if let Some(token) = self.living_token(refused)? {
            return Ok(token);
        }
        // One refresh at a time, over all tabs: Google keeps only so many tokens of one grant alive.
        self.world
            .locks()
            .exclusive("refresh", async {
                match self.living_token(refused)? {
                    Some(token) => Ok(token),
                    None => self.refresh().await,
                }
            })
            .await
    }

    fn living_token(&self, refused: Option<&str>) -> Result<Option<String>, Trouble> {
        let session = self.session.borrow();
        let tokens = session.tokens.as_ref().ok_or(SignInError::NotSignedIn)?;
        let token = tokens.access_token.expose();
        if !token.is_empty() && refused != Some(token) && tokens.life(self.now_ms()) == Life::Fresh {
            return Ok(Some(token.to_owned()));
        }
        Ok(None)
    }

    async fn refresh(&self) -> Result<String, Trouble> {
        let request = {
            let session = self.session.borrow();
            let tokens = session.tokens.as_ref().ok_or(SignInError::NotSignedIn)?;
            let client = session.client.as_ref().ok_or(SignInError::NoClient)?;
            tokens.refresh_token.as_ref().map(|token| refresh_request(client, token))
        };
        let Some(request) = request else {
            return Err(self.end_sign_in(SignInError::HourOver).await);
        };
        let reply = self.send(request, &|_| {}).await?;
        if reply.status == 429 || reply.status >= 500 {
            return Err(classify(&reply).into());
        }
        let fresh = match parse_refresh_reply(&reply) {
            Ok(fresh) => fresh,
            Err(SignInError::GrantEnded) => return Err(self.end_sign_in(SignInError::GrantEnded).await),
            Err(other) => return Err(other.into()),
        };
        let now_ms = self.now_ms();
        let (token, record) = {
            let mut session = self.session.borrow_mut();
            let tokens = session.tokens.as_mut().ok_or(SignInError::NotSignedIn)?;
            *tokens = tokens.refreshed(fresh, now_ms);
            (tokens.access_token.expose().to_owned(), tokens_record(tokens)?)
        };
        self.keep_sealed(keys::TOKENS, &record).await?;
        Ok(token)
    }

    /// The account can do nothing more: its tokens go, its photos stay.
    async fn end_sign_in(&self, why: SignInError) -> Trouble {
        self.session.borrow_mut().tokens = None;
        let batch = Batch { deletes: vec![keys::TOKENS.to_owned()], strict: true, ..Batch::default() };
        let kept = self.commit(batch).await;
        self.news(News::Account(None));
        kept.err().unwrap_or_else(|| why.into())
    }

    /// Seals `plain` and keeps it under `key`.
    pub(super) async fn keep_sealed(&self, key: &str, plain: &[u8]) -> Result<(), Trouble> {
        let sealed = self.world.vault().seal(plain).await?;
        self.commit(Batch { puts: vec![(key.to_owned(), sealed)], strict: true, ..Batch::default() }).await
    }

    /// The content of a sealed record; `None` where there is none, or none that can still be read.
    pub(super) async fn read_sealed(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
        read_sealed(&self.world, key).await
    }
}

/// What is stored of a sign-in: all but the access token, which lives in memory alone.
pub(super) fn tokens_record(tokens: &Tokens) -> Result<Vec<u8>, Trouble> {
    json(&Tokens { access_token: Secret::new(""), expires_ms: 0, ..tokens.clone() })
}

/// A record of ours as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, Trouble> {
    serde_json::to_vec(value).map_err(|error| Trouble::OutOfPlace(error.to_string()))
}

/// The content of a sealed record; `None` where there is none, or none that can still be read: a key that is gone
/// cannot come back, and what it sealed is to be had from Google again.
pub(super) async fn read_sealed<W: World>(world: &W, key: &str) -> Result<Option<Vec<u8>>, Trouble> {
    let mut records = world.store().read(&[key.to_owned()]).await?;
    match records.pop().flatten() {
        Some(sealed) => Ok(world.vault().open(&sealed).await.ok()),
        None => Ok(None),
    }
}
