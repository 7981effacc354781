//! A reply that is not a success, sorted by what can be done about it; and how long to wait before asking again.

use crate::ports::Reply;

use super::envelope::{Envelope, parse_duration_ms, read_envelope};
use super::lenient::shortened;

pub use super::pacific::next_pacific_midnight_ms;
pub use super::refusal::Refusal;

/// First wait after a 5xx (Google: Photos API best practices, retrying failed requests: at least 1 s).
const BUSY_FIRST_MS: u64 = 1_000;
const BUSY_LONGEST_MS: u64 = 64_000;

/// First wait after a 429 (Google: Photos API best practices, retrying failed requests: at least 30 s).
const RATE_FIRST_MS: u64 = 30_000;
const RATE_LONGEST_MS: u64 = 960_000;

/// After so many attempts in a row, asking again is left to the person (Google: best practices: never retry in a loop).
pub const MAX_ATTEMPTS: u32 = 8;

/// Why Google did not do it. Call it for any reply that is not a success, and for a 2xx with an `error` in its body.
pub fn classify(reply: &Reply) -> Refusal {
    let envelope = read_envelope(&reply.body);
    let succeeded = (200..300).contains(&reply.status);
    let status = match &envelope {
        // A success with an error inside: what the error says of itself counts.
        Some(envelope) if succeeded => envelope.code.unwrap_or(0),
        _ => reply.status,
    };
    let retry_ms = || {
        let told = envelope.as_ref().and_then(|e| e.retry_ms);
        told.or_else(|| reply.header("retry-after").and_then(|s| parse_duration_ms(&format!("{}s", s.trim()))))
    };
    let status_word = envelope.as_ref().map_or("", |e| e.status.as_str());
    match (status, status_word) {
        (401, _) | (_, "UNAUTHENTICATED") => Refusal::TokenDead,
        (429, _) | (_, "RESOURCE_EXHAUSTED") => {
            if envelope.as_ref().is_some_and(|e| e.per_day) {
                Refusal::QuotaToday
            } else {
                Refusal::Wait { wait_ms: retry_ms(), busy: false }
            }
        }
        (408 | 500..600, _) | (_, "UNAVAILABLE" | "INTERNAL" | "ABORTED" | "DEADLINE_EXCEEDED" | "UNKNOWN") => {
            Refusal::Wait { wait_ms: retry_ms(), busy: true }
        }
        _ => match envelope {
            Some(envelope) => of_envelope(status, envelope),
            None => Refusal::Unreadable { what: what_it_is(reply) },
        },
    }
}

/// How long to wait before asking again, in milliseconds; `None` if waiting does not help, or no longer.
///
/// `attempt` counts the refusals in a row, from 0. `chance` is any number, evenly spread: up to half of the wait is
/// added by it, so that many pages do not come back at the same instant. What Google asks for is never undercut.
pub fn wait_ms(refusal: &Refusal, attempt: u32, chance: u32) -> Option<u64> {
    let Refusal::Wait { wait_ms: told, busy } = refusal else { return None };
    if attempt >= MAX_ATTEMPTS {
        return None;
    }
    let (first, longest) = if *busy { (BUSY_FIRST_MS, BUSY_LONGEST_MS) } else { (RATE_FIRST_MS, RATE_LONGEST_MS) };
    let own = (first << attempt.min(MAX_ATTEMPTS)).min(longest);
    let base = told.unwrap_or(0).max(own);
    Some(base.saturating_add(base / 2 * u64::from(chance) / u64::from(u32::MAX)))
}

fn of_envelope(status: u16, envelope: Envelope) -> Refusal {
    let Envelope { message, reasons, status: word, .. } = envelope;
    let lower = message.to_ascii_lowercase();
    let has = |reason: &str| reasons.iter().any(|r| r == reason);
    match (status, word.as_str()) {
        (404, _) | (_, "NOT_FOUND") => Refusal::NotFound,
        (403, _) | (_, "PERMISSION_DENIED") => {
            if lower.contains("insufficient authentication scopes") || has("ACCESS_TOKEN_SCOPE_INSUFFICIENT") {
                Refusal::ScopeMissing
            } else if lower.contains("has not been used in project") || has("SERVICE_DISABLED") {
                Refusal::ApiDisabled { message }
            } else if has("rateLimitExceeded") || has("userRateLimitExceeded") {
                Refusal::Wait { wait_ms: envelope.retry_ms, busy: false }
            } else if has("dailyLimitExceeded") {
                Refusal::QuotaToday
            } else {
                Refusal::Forbidden { message }
            }
        }
        _ if message.is_empty() && word.is_empty() => {
            Refusal::Unreadable { what: format!("an error of status {status} without a word") }
        }
        _ => Refusal::Invalid { status, message: if message.is_empty() { word } else { message } },
    }
}

/// A few words on a body that is not Google's.
pub(super) fn what_it_is(reply: &Reply) -> String {
    let status = reply.status;
    let body = reply.body.trim_ascii_start();
    match body.first() {
        None => format!("status {status} and nothing in it"),
        Some(b'<') => format!("status {status} with a web page instead of data"),
        Some(b'{' | b'[') => format!("status {status} with JSON of another kind, or cut short"),
        Some(_) => {
            let start = String::from_utf8_lossy(&body[..body.len().min(80)]);
            format!("status {status} with “{}”", shortened(&start, 40))
        }
    }
}
