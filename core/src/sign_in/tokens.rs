//! The tokens of a sign-in and their life.

use serde::{Deserialize, Serialize};

use crate::protocol::Access;

use super::id_token::Identity;
use super::secret::Secret;
use super::token::TokenReply;
use super::{READ_SCOPE, UPLOAD_SCOPE, photo_scopes};

/// So long before its end an access token is renewed, in milliseconds.
const RENEW_BEFORE_MS: i64 = 5 * 60 * 1000;

/// No token is believed to live longer than a century, in seconds: sums of milliseconds stay far from their ends.
const MAX_LIFE_S: u64 = 100 * 366 * 86_400;

/// What a sign-in gave. Serialised into a sealed record only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    pub access_token: Secret,
    /// When the access token dies, in milliseconds since the epoch.
    pub expires_ms: i64,
    pub refresh_token: Option<Secret>,
    /// When the refresh token dies, where it is known: seven days for a project in "Testing".
    pub refresh_expires_ms: Option<i64>,
    /// What was granted, as Google names it.
    pub scopes: Vec<String>,
    pub identity: Identity,
}

/// What to do about an access token before it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Use it.
    Fresh,
    /// Renew it first: it ends within five minutes, or has ended.
    Refresh,
    /// It has ended and there is nothing to renew it with.
    HourOver,
}

impl Tokens {
    /// The tokens of a code exchange, or of a callback that brought a token.
    /// `access` is what was asked for, which is what was granted where the reply does not say.
    pub fn new(reply: TokenReply, identity: Identity, access: Access, now_ms: i64) -> Self {
        let asked = || photo_scopes(access).iter().map(|&scope| scope.to_owned()).collect();
        Self {
            access_token: reply.access_token,
            expires_ms: after(now_ms, reply.expires_in_s),
            refresh_token: reply.refresh_token,
            refresh_expires_ms: reply.refresh_expires_in_s.map(|life_s| after(now_ms, life_s)),
            scopes: reply.scopes.unwrap_or_else(asked),
            identity,
        }
    }

    /// The same sign-in after a refresh: what the reply leaves out stays as it was (RFC 6749, section 6).
    #[must_use]
    pub fn refreshed(&self, reply: TokenReply, now_ms: i64) -> Self {
        let is_new = reply.refresh_token.is_some();
        let refresh_expires_ms = reply.refresh_expires_in_s.map(|life_s| after(now_ms, life_s));
        Self {
            access_token: reply.access_token,
            expires_ms: after(now_ms, reply.expires_in_s),
            refresh_token: reply.refresh_token.or_else(|| self.refresh_token.clone()),
            refresh_expires_ms: refresh_expires_ms.or(if is_new { None } else { self.refresh_expires_ms }),
            scopes: reply.scopes.unwrap_or_else(|| self.scopes.clone()),
            identity: self.identity.clone(),
        }
    }

    /// Whether the access token can be used now.
    pub fn life(&self, now_ms: i64) -> Life {
        let left_ms = self.expires_ms.saturating_sub(now_ms);
        match &self.refresh_token {
            Some(_) if left_ms > RENEW_BEFORE_MS => Life::Fresh,
            Some(_) => Life::Refresh,
            None if left_ms > 0 => Life::Fresh,
            None => Life::HourOver,
        }
    }

    /// The token that ends the whole grant when it is revoked.
    pub fn to_revoke(&self) -> &Secret {
        self.refresh_token.as_ref().unwrap_or(&self.access_token)
    }

    pub fn may_read(&self) -> bool {
        self.scopes.iter().any(|scope| scope == READ_SCOPE)
    }

    pub fn may_upload(&self) -> bool {
        self.scopes.iter().any(|scope| scope == UPLOAD_SCOPE)
    }

    /// The scopes of `access` that the person did not grant.
    pub fn missing_scopes(&self, access: Access) -> Vec<String> {
        missing_scopes(&self.scopes, access)
    }
}

/// The Photos scopes of `access` that are not among those granted.
pub fn missing_scopes(granted: &[String], access: Access) -> Vec<String> {
    let lacks = |scope: &&&str| !granted.iter().any(|granted| granted == **scope);
    photo_scopes(access).iter().filter(lacks).map(|&scope| scope.to_owned()).collect()
}

fn after(now_ms: i64, life_s: u64) -> i64 {
    now_ms.saturating_add(life_s.min(MAX_LIFE_S) as i64 * 1000)
}
