//! Google's refusals, sorted by what can be done about them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why Google did not do what it was asked, sorted by what helps.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Refusal {
    /// 401 `UNAUTHENTICATED`: the access token is expired or revoked. Refresh once, then sign in again.
    #[error("Google no longer accepts this sign-in")]
    TokenDead,
    /// 403 with "insufficient authentication scopes": the person has not granted this.
    #[error("the sign-in does not include this permission")]
    ScopeMissing,
    /// 403 "… API has not been used in project … or it is disabled".
    #[error("the Photos Library API is not enabled in the Google Cloud project")]
    ApiDisabled { message: String },
    /// 403 of another kind.
    #[error("Google does not allow this: {message}")]
    Forbidden { message: String },
    /// 429, or 5xx: wait `wait_ms` at the least (from `RetryInfo` in the body where given), then try again. `busy`: the
    /// fault is Google's (5xx and its like), not that we ask too often.
    #[error("Google asks to slow down")]
    Wait { wait_ms: Option<u64>, busy: bool },
    /// 429 for the day's quota: nothing more until midnight Pacific.
    #[error("today's requests are used up")]
    QuotaToday,
    /// 400 `INVALID_ARGUMENT` and its like: asking again will not help.
    #[error("Google refused the request: {message}")]
    Invalid { status: u16, message: String },
    /// 404 `NOT_FOUND`.
    #[error("Google does not know it (any more)")]
    NotFound,
    /// A reply that is not what Google documents: HTML of a proxy, JSON cut short.
    #[error("the reply could not be read: {what}")]
    Unreadable { what: String },
}
