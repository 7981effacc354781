//! The tokens of a sign-in and their life.

use serde::{Deserialize, Serialize};

use crate::protocol::Access;

use super::id_token::Identity;
use super::secret::Secret;
use super::token::TokenReply;
use super::{EDIT_SCOPE, READ_SCOPE, UPLOAD_SCOPE, photo_scopes};

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

    pub fn may_edit(&self) -> bool {
        self.scopes.iter().any(|scope| scope == EDIT_SCOPE)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW_MS: i64 = 1_700_000_000_000;

    fn reply(refresh_token: Option<&str>, scopes: Option<&[&str]>) -> TokenReply {
        TokenReply {
            access_token: Secret::new("a"),
            expires_in_s: 3600,
            refresh_token: refresh_token.map(Secret::new),
            refresh_expires_in_s: refresh_token.map(|_| 604_800),
            scopes: scopes.map(|scopes| scopes.iter().map(|&scope| scope.to_owned()).collect()),
            id_token: None,
        }
    }

    fn tokens(refresh_token: Option<&str>, scopes: Option<&[&str]>) -> Tokens {
        let identity = Identity { sub: "117".into(), email: "ada@example.org".into() };
        Tokens::new(reply(refresh_token, scopes), identity, Access::Upload, NOW_MS)
    }

    #[test]
    fn an_access_token_is_renewed_five_minutes_before_its_end() {
        let tokens = tokens(Some("r"), None);
        for (minute, expected) in
            [(0, Life::Fresh), (54, Life::Fresh), (55, Life::Refresh), (61, Life::Refresh), (100_000, Life::Refresh)]
        {
            assert_eq!(tokens.life(NOW_MS + minute * 60_000), expected, "{minute}");
        }
    }

    #[test]
    fn without_a_refresh_token_the_hour_is_used_to_its_end() {
        let tokens = tokens(None, None);
        assert_eq!(tokens.life(NOW_MS + 3_599_999), Life::Fresh);
        assert_eq!(tokens.life(NOW_MS + 3_600_000), Life::HourOver);
    }

    #[test]
    fn unticked_scopes_are_noticed_and_unsaid_ones_are_as_asked() {
        let all = tokens(None, None);
        assert!(all.may_read() && all.may_upload() && all.missing_scopes(Access::Upload).is_empty());
        let unticked = tokens(None, Some(&["openid", "https://www.googleapis.com/auth/userinfo.email", READ_SCOPE]));
        assert!(unticked.may_read() && !unticked.may_upload());
        assert_eq!(unticked.missing_scopes(Access::Upload), [UPLOAD_SCOPE]);
        assert!(unticked.missing_scopes(Access::Read).is_empty());
        let none = tokens(None, Some(&["openid"]));
        assert_eq!(none.missing_scopes(Access::Upload), [READ_SCOPE, UPLOAD_SCOPE]);
    }

    #[test]
    fn a_refresh_keeps_what_its_reply_leaves_out() {
        let first = tokens(Some("r"), Some(&[READ_SCOPE]));
        let later_ms = NOW_MS + 3_000_000;
        let second = first.refreshed(TokenReply { access_token: Secret::new("b"), ..reply(None, None) }, later_ms);
        let expected = Tokens { access_token: Secret::new("b"), expires_ms: later_ms + 3_600_000, ..first.clone() };
        assert_eq!(second, expected);
        let third = second.refreshed(reply(Some("r2"), Some(&[])), later_ms);
        assert_eq!(third.refresh_token, Some(Secret::new("r2")));
        assert_eq!(third.refresh_expires_ms, Some(later_ms + 604_800_000));
        assert!(!third.may_read());
        let unlimited = TokenReply { refresh_expires_in_s: None, ..reply(Some("r3"), None) };
        assert_eq!(third.refreshed(unlimited, later_ms).refresh_expires_ms, None);
    }

    #[test]
    fn the_whole_grant_is_revoked_where_it_can_be() {
        assert_eq!(tokens(Some("r"), None).to_revoke(), &Secret::new("r"));
        assert_eq!(tokens(None, None).to_revoke(), &Secret::new("a"));
    }

    #[test]
    fn tokens_survive_being_stored_and_debug_output_hides_them() {
        let tokens = tokens(Some("hunter2"), None);
        let stored = serde_json::to_vec(&tokens).unwrap();
        assert_eq!(serde_json::from_slice::<Tokens>(&stored).unwrap(), tokens);
        assert!(!format!("{tokens:?}").contains("hunter2"));
    }

    proptest! {
        #[test]
        fn no_life_and_no_clock_is_too_odd(now_ms: i64, later_ms: i64, expires_in_s: u64) {
            let identity = Identity { sub: "1".into(), email: String::new() };
            let reply = TokenReply { expires_in_s, ..reply(Some("r"), None) };
            let tokens = Tokens::new(reply, identity, Access::Read, now_ms);
            prop_assert!(tokens.expires_ms >= now_ms);
            let _ = tokens.life(later_ms);
        }
    }
}
