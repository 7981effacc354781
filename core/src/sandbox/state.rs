//! What the sandbox remembers: grants, tokens, uploads. All of it outlives a reload of the page.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::chance::mix;
use super::quota::Usage;

/// Everything that has happened so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    /// Counts every name that was given out, so that none is given twice.
    counter: u64,
    pub(super) grants: Vec<Grant>,
    pub(super) codes: Vec<Code>,
    pub(super) access_tokens: Vec<AccessToken>,
    pub(super) refresh_tokens: Vec<RefreshToken>,
    pub(super) received: Vec<Received>,
    pub(super) created: Vec<Created>,
    /// Descriptions that were changed, by the index of their item in the seeded library.
    #[serde(default)]
    pub(super) edited: BTreeMap<u32, String>,
    /// Numbers of albums that the person has deleted.
    #[serde(default)]
    pub(super) removed_albums: BTreeSet<usize>,
    pub(super) usage: Usage,
    /// Bytes of uploads, by number. Written beside the rest of the state, not into it.
    #[serde(skip)]
    pub(super) files: Vec<Vec<u8>>,
}

/// What the person allowed a project to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Grant {
    pub(super) project: String,
    pub(super) scopes: Vec<String>,
    pub(super) revoked: bool,
}

/// An authorization code (RFC 6749, section 4.1.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Code {
    pub(super) code: String,
    pub(super) client_id: String,
    /// Index into the grants.
    pub(super) grant: usize,
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<Challenge>,
    pub(super) scopes: Vec<String>,
    pub(super) nonce: Option<String>,
    /// Whether a refresh token is due.
    pub(super) offline: bool,
    pub(super) issued_ms: i64,
    pub(super) spent: bool,
}

/// A code challenge (RFC 7636, section 4.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Challenge {
    Sha256(String),
    Plain(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct AccessToken {
    pub(super) token: String,
    pub(super) grant: usize,
    pub(super) scopes: Vec<String>,
    pub(super) expires_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RefreshToken {
    pub(super) token: String,
    pub(super) grant: usize,
    pub(super) client_id: String,
    pub(super) scopes: Vec<String>,
    pub(super) issued_ms: i64,
}

/// Bytes that came to `/v1/uploads` and wait for `mediaItems:batchCreate`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Received {
    pub(super) upload_token: String,
    pub(super) project: String,
    /// Index into the files.
    pub(super) file: usize,
    pub(super) file_name: Option<String>,
    pub(super) received_ms: i64,
    pub(super) spent: bool,
}

/// A media item that the app made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Created {
    pub(super) project: String,
    pub(super) file: usize,
    /// Tells identical bytes: low and high half.
    pub(super) identity: (u64, u64),
    pub(super) file_name: String,
    pub(super) description: String,
    pub(super) mime_type: String,
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    /// What the file says of its taking; without it no date filter finds the item.
    pub(super) captured_s: Option<i64>,
    /// When the item was made.
    pub(super) created_s: i64,
    /// Number of the album that it lies in.
    pub(super) album: Option<usize>,
}

impl Created {
    /// `mediaMetadata.creationTime`: of the capture, or else of the upload.
    pub(super) fn taken_s(&self) -> i64 {
        self.captured_s.unwrap_or(self.created_s)
    }
}

impl State {
    /// A name that nobody can guess from those before it without the seed. `bytes` of chance after the prefix.
    pub(super) fn fresh(&mut self, seed: u64, prefix: &str, bytes: usize) -> String {
        self.counter += 1;
        let mut chance = Vec::with_capacity(bytes + 8);
        let mut nth = 0;
        while chance.len() < bytes {
            chance.extend_from_slice(&mix(mix(seed, self.counter), nth).to_le_bytes());
            nth += 1;
        }
        chance.truncate(bytes);
        format!("{prefix}{}", URL_SAFE_NO_PAD.encode(chance))
    }

    /// Everything but the files, which are written beside it.
    pub(super) fn clone_without_files(&self) -> Self {
        let Self {
            counter,
            grants,
            codes,
            access_tokens,
            refresh_tokens,
            received,
            created,
            edited,
            removed_albums,
            usage,
            files: _,
        } = self;
        Self {
            counter: *counter,
            grants: grants.clone(),
            codes: codes.clone(),
            access_tokens: access_tokens.clone(),
            refresh_tokens: refresh_tokens.clone(),
            received: received.clone(),
            created: created.clone(),
            edited: edited.clone(),
            removed_albums: removed_albums.clone(),
            usage: usage.clone(),
            files: Vec::new(),
        }
    }

    /// Whether every number that stands for a grant or a file stands for one that is there.
    pub(super) fn is_consistent(&self) -> bool {
        let (grants, files) = (self.grants.len(), self.files.len());
        self.codes.iter().all(|code| code.grant < grants)
            && self.access_tokens.iter().all(|token| token.grant < grants)
            && self.refresh_tokens.iter().all(|token| token.grant < grants)
            && self.received.iter().all(|received| received.file < files)
            && self.created.iter().all(|created| created.file < files)
    }

    /// The living grant of a project, if there is one.
    pub(super) fn grant_of(&self, project: &str) -> Option<usize> {
        self.grants.iter().position(|grant| grant.project == project && !grant.revoked)
    }

    /// Adds scopes to what a project may do.
    pub(super) fn grant(&mut self, project: &str, scopes: &[String]) -> usize {
        let at = self.grant_of(project).unwrap_or_else(|| {
            self.grants.push(Grant { project: project.to_owned(), scopes: Vec::new(), revoked: false });
            self.grants.len() - 1
        });
        for scope in scopes {
            if !self.grants[at].scopes.contains(scope) {
                self.grants[at].scopes.push(scope.clone());
            }
        }
        at
    }

    /// Whether the person still stands by this grant.
    pub(super) fn alive(&self, grant: usize) -> bool {
        self.grants.get(grant).is_some_and(|grant| !grant.revoked)
    }

    /// The access token, if it is one that still opens something.
    pub(super) fn access_token(&self, token: &str, now_ms: i64) -> Option<&AccessToken> {
        self.access_tokens.iter().find(|t| t.token == token && now_ms < t.expires_ms && self.alive(t.grant))
    }

    /// Gives out an access token of 3599 seconds (Google: OAuth 2.0, `expires_in`).
    pub(super) fn issue_access_token(&mut self, seed: u64, grant: usize, scopes: &[String], now_ms: i64) -> String {
        // The dead are forgotten after a day: nothing asks how they died.
        self.access_tokens.retain(|token| token.expires_ms + 86_400_000 > now_ms);
        let token = self.fresh(seed, "ya29.a0", 96);
        self.access_tokens.push(AccessToken {
            token: token.clone(),
            grant,
            scopes: scopes.to_vec(),
            expires_ms: now_ms + super::token::EXPIRES_IN_S * 1000,
        });
        token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let mut state = State::default();
        let names: std::collections::BTreeSet<_> = (0..1000).map(|_| state.fresh(1, "x", 24)).collect();
        assert_eq!(names.len(), 1000);
        assert!(names.iter().all(|name| name.len() == 1 + 32));
    }

    #[test]
    fn a_revoked_grant_is_never_taken_up_again() {
        let mut state = State::default();
        let one = state.grant("p", &["a".into()]);
        let token = state.issue_access_token(1, one, &["a".into()], 0);
        assert!(state.access_token(&token, 1).is_some());
        state.grants[one].revoked = true;
        assert!(state.access_token(&token, 1).is_none());
        assert_ne!(state.grant("p", &["a".into()]), one);
    }
}
