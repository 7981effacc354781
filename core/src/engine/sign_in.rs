//! The client, signing in and out.

use serde::{Deserialize, Serialize};

use super::Engine;
use super::keep::{Change, Kept, Untold};
use super::session::{json, tokens_record};
use crate::catalog::Source;
use crate::photo::AlbumSource;
use crate::ports::{Batch, HttpError, Locks, Store, Vault, World};
use crate::protocol::{Access, Answer, News, Way};
use crate::sign_in::{
    ClientError, ClientFile, Identity, Outcome, Pending, SignInError, TokenReply, Tokens, begin, client_from_id,
    exchange_request, identity, parse_callback, parse_token_reply, read_client, refused, revoke_request,
};
use crate::store::keys;
use crate::trouble::Trouble;

/// Whose rows the store holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Owner {
    /// Google's lasting id of the account.
    sub: String,
    email: String,
}

impl<W: World + 'static> Engine<W> {
    pub(super) async fn read_client(&self, name: &str, text: &str) -> Result<Answer, Trouble> {
        let client = read_client(name, text, &self.opening.base)?;
        self.keep_client(client).await
    }

    pub(super) async fn use_client_id(&self, client_id: &str) -> Result<Answer, Trouble> {
        let client = client_from_id(client_id)?;
        self.keep_client(client).await
    }

    async fn keep_client(&self, client: ClientFile) -> Result<Answer, Trouble> {
        if self.session.borrow().tokens.is_some() {
            return Err(ClientError::SignedIn.into());
        }
        self.keep_sealed(keys::CLIENT, &json(&client)?).await?;
        self.session.borrow_mut().client = Some(client);
        self.tell_client();
        Ok(Answer::Done)
    }

    pub(super) async fn forget_client(&self) -> Result<Answer, Trouble> {
        if self.session.borrow().tokens.is_some() {
            return Err(ClientError::SignedIn.into());
        }
        self.commit(Batch { deletes: vec![keys::CLIENT.into()], strict: true, ..Batch::default() }).await?;
        self.session.borrow_mut().client = None;
        self.tell_client();
        Ok(Answer::Done)
    }

    fn tell_client(&self) {
        let client = self.session.borrow().client_shown();
        self.news(News::Client(client));
    }

    /// Remembers what was sent, so that only an answer to it is taken.
    pub(super) async fn begin_sign_in(&self, access: Access, way: Way) -> Result<Answer, Trouble> {
        let begun = {
            let session = self.session.borrow();
            let client = session.client.as_ref().ok_or(SignInError::NoClient)?;
            let hint = session.tokens.as_ref().map(|tokens| tokens.identity.email.clone());
            let entropy = self.world.entropy();
            begin(client, access, way, &self.opening.base, entropy, self.now_ms(), hint.as_deref())
        };
        self.sweep_pending().await?;
        self.keep_sealed(&keys::pending(&begun.pending.state), &json(&begun.pending)?).await?;
        Ok(Answer::GoTo { url: begun.url })
    }

    /// Sign-ins that were begun and never came back are of no use after ten minutes.
    async fn sweep_pending(&self) -> Result<(), Trouble> {
        let mut dead = Vec::new();
        for name in self.world.store().names(keys::PENDING).await? {
            let record = self.read_sealed(&name).await?;
            let pending = record.and_then(|record| serde_json::from_slice::<Pending>(&record).ok());
            if !pending.is_some_and(|pending| pending.is_alive(self.now_ms())) {
                dead.push(name);
            }
        }
        if dead.is_empty() {
            return Ok(());
        }
        self.commit(Batch { deletes: dead, ..Batch::default() }).await
    }

    /// Takes what came back from Google. An answer is taken once, and only if this browser asked for it.
    pub(super) async fn finish_sign_in(&self, callback: &str) -> Result<Answer, Trouble> {
        let callback = parse_callback(callback)?;
        let key = keys::pending(&callback.state);
        let record = self.read_sealed(&key).await?.ok_or(SignInError::ForeignState)?;
        self.commit(Batch { deletes: vec![key], strict: true, ..Batch::default() }).await?;
        let pending: Pending = serde_json::from_slice(&record).map_err(|_| SignInError::ForeignState)?;
        let client = self.session.borrow().client.clone().ok_or(SignInError::NoClient)?;
        if !pending.is_alive(self.now_ms()) || pending.client_id != client.client_id {
            return Err(SignInError::ForeignState.into());
        }
        let reply = match callback.outcome {
            Outcome::Refused(code) => return Err(refused(&code).into()),
            Outcome::Code(code) => self.exchange(&client, &pending, &code).await?,
            Outcome::Token(reply) => reply,
        };
        let id_token = reply.id_token.clone().ok_or(SignInError::NoIdentity)?;
        let identity = identity(id_token.expose(), &client.client_id, pending.nonce.as_deref(), self.now_ms())?;
        let mut tokens = Tokens::new(reply, identity, pending.access, self.now_ms());
        if let Some(older) = self.session.borrow().tokens.as_ref().filter(|t| t.identity.sub == tokens.identity.sub) {
            // Google sends a refresh token at consent only: an older one of the same grant is still good.
            tokens.refresh_token = tokens.refresh_token.or_else(|| older.refresh_token.clone());
        }
        self.accept(tokens, pending.access).await
    }

    async fn exchange(&self, client: &ClientFile, pending: &Pending, code: &str) -> Result<TokenReply, Trouble> {
        let request = exchange_request(client, pending, code, &self.opening.base);
        match self.send(request, &|_| {}).await {
            Ok(reply) => Ok(parse_token_reply(&reply)?),
            Err(Trouble::Http(HttpError::Unreachable { .. })) => Err(SignInError::TokenUnreadable.into()),
            Err(other) => Err(other),
        }
    }

    /// Keeps the sign-in, unless the rows on this device are somebody else's.
    async fn accept(&self, tokens: Tokens, access: Access) -> Result<Answer, Trouble> {
        let Identity { sub, email } = tokens.identity.clone();
        if let Some(owner) = self.owner().await?
            && owner.sub != sub
            && !self.ledger().is_empty()
        {
            let _ = self.send(revoke_request(tokens.to_revoke()), &|_| {}).await;
            return Err(SignInError::OtherAccount { here: owner.email, there: email }.into());
        }
        let missing = tokens.missing_scopes(access);
        let sealed = self.world.vault().seal(&tokens_record(&tokens)?).await?;
        let owner = json(&Owner { sub, email })?;
        let mut batch = Batch { strict: true, ..Batch::default() };
        batch.puts.push((keys::OWNER.into(), owner));
        batch.puts.push((keys::TOKENS.into(), sealed));
        self.commit(batch).await?;
        self.session.borrow_mut().tokens = Some(tokens);
        let account = self.session.borrow().account_shown();
        self.news(News::Account(account.clone()));
        match account {
            Some(account) if missing.is_empty() => Ok(Answer::SignedIn(account)),
            _ => Err(SignInError::ScopesUnticked { missing }.into()),
        }
    }

    async fn owner(&self) -> Result<Option<Owner>, Trouble> {
        let mut records = self.world.store().read(&[keys::OWNER.to_owned()]).await?;
        Ok(records.pop().flatten().and_then(|record| serde_json::from_slice(&record).ok()))
    }

    /// Signs out: jobs stop, the grant is revoked, the tokens go, and the rows too if `remove_rows`.
    pub(super) async fn sign_out(&self, remove_rows: bool) -> Result<Answer, Trouble> {
        if self.session.borrow().tokens.is_none() && !remove_rows {
            return Err(SignInError::NotSignedIn.into());
        }
        self.stop_jobs().await;
        self.revoke().await;
        let mut batch = Batch { strict: true, ..Batch::default() };
        batch.deletes.push(keys::TOKENS.into());
        batch.delete_prefixes.push(keys::PENDING.into());
        if remove_rows {
            batch.deletes.extend([keys::OWNER, keys::SYNC, keys::ALBUM_SYNC].map(str::to_owned));
            batch.delete_prefixes.extend([keys::UPLOADS, keys::IMPORT_ACCOUNT].map(str::to_owned));
        }
        // What came by exports is not the account's, and stays.
        let has_imports = self.import.borrow().state().is_some();
        let mut left = Untold::default();
        let mut albums_gone = Vec::new();
        if remove_rows && has_imports {
            albums_gone = self.albums_of(AlbumSource::Library).await?;
            batch.deletes.extend(albums_gone.iter().map(|key| keys::album(key.0)));
            let rows = || (0..self.ledger().len() as u32).collect();
            let taken_back = Some(Source::Account);
            let take = || (Change { rows: rows(), taken_back, ..Change::default() }, |_: &Kept| batch);
            left = self.keep_change(take).await?.1;
        } else {
            let ledger = self.ledger();
            if remove_rows {
                batch.delete_prefixes.extend(ledger.remove_all().delete_prefixes);
            }
            // Whoever writes rows in another tab looks for what became of them when it gets the lock.
            self.world.locks().exclusive("catalog", self.commit(batch)).await?;
            if remove_rows {
                ledger.clear();
            }
        }
        self.session.borrow_mut().tokens = None;
        if remove_rows {
            self.forget_rows_in_memory(!has_imports);
        }
        self.tell_kept(&mut left);
        if !albums_gone.is_empty() {
            self.news(News::Albums { removed: albums_gone, listed: false });
        }
        self.news(News::Account(None));
        Ok(Answer::Done)
    }

    /// Tells Google to end the grant. The reply cannot be read by a page, so this is all that can be done.
    pub(super) async fn revoke(&self) {
        let request = self.session.borrow().tokens.as_ref().map(|tokens| revoke_request(tokens.to_revoke()));
        if let Some(request) = request {
            // Signing out goes on without a network: the tokens are deleted here whatever Google hears.
            let _ = self.send(request, &|_| {}).await;
        }
    }
}
