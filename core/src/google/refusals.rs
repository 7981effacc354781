//! A reply that is not a success, sorted by what can be done about it; and how long to wait before asking again.

use crate::ports::Reply;

use super::envelope::{Envelope, parse_duration_ms, read_envelope};
use crate::lenient::shortened;

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
    let extra = u128::from(base / 2) * u128::from(chance) / u128::from(u32::MAX);
    Some(base.saturating_add(extra as u64))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    fn error(status: u16, word: &str, message: &str) -> Reply {
        let body = serde_json::json!({"error": {"code": status, "message": message, "status": word}});
        reply(status, &body.to_string())
    }

    #[test]
    fn each_refusal_of_googles_is_sorted_by_what_helps() {
        let scopes = "Request had insufficient authentication scopes.";
        let unused = "Photos Library API has not been used in project 1 before or it is disabled.";
        let daily = "Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service \
                     'photoslibrary.googleapis.com' for consumer 'project_number:1'.";
        let minutely =
            "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user'";
        let cases = [
            (error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."), Refusal::TokenDead),
            (error(403, "PERMISSION_DENIED", scopes), Refusal::ScopeMissing),
            (error(403, "PERMISSION_DENIED", unused), Refusal::ApiDisabled { message: unused.into() }),
            (error(403, "PERMISSION_DENIED", "No."), Refusal::Forbidden { message: "No.".into() }),
            (error(429, "RESOURCE_EXHAUSTED", daily), Refusal::QuotaToday),
            (error(429, "RESOURCE_EXHAUSTED", minutely), Refusal::Wait { wait_ms: None, busy: false }),
            (error(500, "INTERNAL", ""), Refusal::Wait { wait_ms: None, busy: true }),
            (error(503, "UNAVAILABLE", "The service is unavailable."), Refusal::Wait { wait_ms: None, busy: true }),
            (error(409, "ABORTED", ""), Refusal::Wait { wait_ms: None, busy: true }),
            (error(409, "ALREADY_EXISTS", "Twice."), Refusal::Invalid { status: 409, message: "Twice.".into() }),
            (error(404, "NOT_FOUND", "Requested entity was not found."), Refusal::NotFound),
            (
                error(400, "INVALID_ARGUMENT", "No such field."),
                Refusal::Invalid { status: 400, message: "No such field.".into() },
            ),
        ];
        for (reply, expected) in cases {
            assert_eq!(classify(&reply), expected, "{}", String::from_utf8_lossy(&reply.body));
        }
    }

    #[test]
    fn a_reason_counts_where_the_message_is_in_another_language() {
        let of_reason = |reason: &str| {
            let body = serde_json::json!({"error": {"code": 403, "message": "否", "status": "PERMISSION_DENIED",
                "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}]}});
            classify(&reply(403, &body.to_string()))
        };
        assert_eq!(of_reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT"), Refusal::ScopeMissing);
        assert_eq!(of_reason("SERVICE_DISABLED"), Refusal::ApiDisabled { message: "否".into() });
        assert_eq!(of_reason("userRateLimitExceeded"), Refusal::Wait { wait_ms: None, busy: false });
        assert_eq!(of_reason("dailyLimitExceeded"), Refusal::QuotaToday);
        assert_eq!(of_reason("NEW_REASON"), Refusal::Forbidden { message: "否".into() });
    }

    #[test]
    fn a_success_with_an_error_inside_is_the_error() {
        assert_eq!(classify(&reply(200, r#"{"error":{"code":401}}"#)), Refusal::TokenDead);
        assert_eq!(classify(&reply(200, r#"{"error":{"status":"NOT_FOUND"}}"#)), Refusal::NotFound);
        let busy = Refusal::Wait { wait_ms: None, busy: true };
        assert_eq!(classify(&reply(200, r#"[{"error":{"code":503}}]"#)), busy);
        assert!(matches!(classify(&reply(200, r#"{"error":{}}"#)), Refusal::Unreadable { .. }));
    }

    #[test]
    fn what_is_not_googles_is_unreadable_unless_its_status_says_enough() {
        let page = "<!doctype html><title>Sign in to the hotel's network</title>";
        for status in [0, 200, 302, 400, 403, 404, 418] {
            assert!(matches!(classify(&reply(status, page)), Refusal::Unreadable { .. }), "{status}");
        }
        assert_eq!(classify(&reply(401, page)), Refusal::TokenDead);
        assert_eq!(classify(&reply(502, page)), Refusal::Wait { wait_ms: None, busy: true });
        assert_eq!(classify(&reply(429, "")), Refusal::Wait { wait_ms: None, busy: false });
        let words = classify(&reply(200, page)).to_string();
        assert_eq!(words, "the reply could not be read: status 200 with a web page instead of data");
    }

    #[test]
    fn the_wait_that_google_asks_for_is_taken_from_body_or_header() {
        let body = r#"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"41s"}]}}"#;
        assert_eq!(classify(&reply(429, body)), Refusal::Wait { wait_ms: Some(41_000), busy: false });
        let headers = vec![("retry-after".to_owned(), "7".to_owned())];
        let header = Reply { status: 503, headers, body: Vec::new() };
        assert_eq!(classify(&header), Refusal::Wait { wait_ms: Some(7_000), busy: true });
        let headers = vec![("retry-after".to_owned(), "Wed, 21 Oct 2026 07:28:00 GMT".to_owned())];
        let date = Reply { status: 503, headers, body: Vec::new() };
        assert_eq!(classify(&date), Refusal::Wait { wait_ms: None, busy: true });
    }

    #[test]
    fn waits_double_from_one_second_and_from_thirty_and_end() {
        let waits = |busy: bool| -> Vec<Option<u64>> {
            let refusal = Refusal::Wait { wait_ms: None, busy };
            (0..9).map(|attempt| wait_ms(&refusal, attempt, 0).map(|ms| ms / 1000)).collect()
        };
        let seconds = |list: [u64; 8]| list.into_iter().map(Some).chain([None]).collect::<Vec<_>>();
        assert_eq!(waits(true), seconds([1, 2, 4, 8, 16, 32, 64, 64]));
        assert_eq!(waits(false), seconds([30, 60, 120, 240, 480, 960, 960, 960]));
    }

    #[test]
    fn waiting_does_not_help_against_other_refusals() {
        for refusal in [Refusal::TokenDead, Refusal::ScopeMissing, Refusal::QuotaToday, Refusal::NotFound] {
            assert_eq!(wait_ms(&refusal, 0, 0), None);
        }
    }

    proptest! {
        #[test]
        fn no_wait_is_shorter_than_asked_or_longer_than_half_as_much_again(
            told: Option<u64>, busy: bool, attempt in 0u32..8, chance: u32,
        ) {
            let refusal = Refusal::Wait { wait_ms: told, busy };
            let least = wait_ms(&refusal, attempt, 0).unwrap();
            let wait = wait_ms(&refusal, attempt, chance).unwrap();
            prop_assert!(wait >= least && wait <= least.saturating_add(least / 2));
            let first = if busy { 1_000 } else { 30_000 };
            prop_assert!(least >= told.unwrap_or(0) && least >= first);
        }

        #[test]
        fn any_reply_is_sorted_without_panic(status: u16, body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = classify(&Reply { status, headers: Vec::new(), body });
        }
    }
}
