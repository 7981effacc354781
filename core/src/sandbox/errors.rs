//! Google's error envelope, and the refusals that several methods share.

use serde_json::{Value, json};

use super::wire::Outgoing;

/// A refusal of an API under googleapis.com, before it is written down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refused {
    pub(super) status: u16,
    /// The name of `google.rpc.Code` (Google: google/rpc/code.proto).
    pub(super) name: &'static str,
    pub(super) message: String,
    pub(super) details: Vec<Value>,
}

impl Refused {
    pub(super) fn new(status: u16, name: &'static str, message: impl Into<String>) -> Self {
        Self { status, name, message: message.into(), details: Vec::new() }
    }

    /// 400 `INVALID_ARGUMENT`.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "INVALID_ARGUMENT", message)
    }

    /// 404 `NOT_FOUND`.
    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, "NOT_FOUND", message)
    }

    /// The token lacks the scope (Google: Library API updates; the words as quoted in PhotoMigrator issue 1091).
    pub(super) fn scope_missing() -> Self {
        Self::new(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
    }

    /// No token at all (Google: Cloud APIs, errors, 401).
    pub(super) fn no_token() -> Self {
        Self::new(
            401,
            "UNAUTHENTICATED",
            "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or \
             other valid authentication credential. See \
             https://developers.google.com/identity/sign-in/web/devconsole-project.",
        )
    }

    /// A token that is unknown, expired or revoked (Google: Cloud APIs, errors, 401).
    pub(super) fn dead_token() -> Self {
        Self::new(
            401,
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other \
             valid authentication credential. See \
             https://developers.google.com/identity/sign-in/web/devconsole-project.",
        )
    }

    /// The API was never switched on in the project (Google: Service Usage, SERVICE_DISABLED).
    pub(super) fn api_disabled(project: &str) -> Self {
        Self::new(
            403,
            "PERMISSION_DENIED",
            format!(
                "Photos Library API has not been used in project {project} before or it is disabled. Enable it by \
                 visiting https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?\
                 project={project} then retry. If you enabled this API recently, wait a few minutes for the action to \
                 propagate to our systems and retry."
            ),
        )
    }

    /// 429 `RESOURCE_EXHAUSTED`, worded as gphotosuploader quotes it (Google: API limits and quotas).
    pub(super) fn quota(metric: &str, limit: &str, project: &str) -> Self {
        Self::new(
            429,
            "RESOURCE_EXHAUSTED",
            format!(
                "Quota exceeded for quota metric '{metric}' and limit '{limit}' of service \
                 'photoslibrary.googleapis.com' for consumer 'project_number:{project}'."
            ),
        )
    }

    /// Adds how long to wait (Google: google/rpc/error_details.proto, `RetryInfo`).
    #[must_use]
    pub(super) fn retry_after(mut self, seconds: u32) -> Self {
        self.details
            .push(json!({ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": format!("{seconds}s") }));
        self
    }

    /// The envelope: `{"error":{"code","message","status","details"?}}` (Google: Cloud APIs, errors, HTTP mapping).
    pub(super) fn reply(&self) -> Outgoing {
        let mut error = json!({ "code": self.status, "message": self.message, "status": self.name });
        if !self.details.is_empty() {
            error["details"] = Value::Array(self.details.clone());
        }
        Outgoing::json(self.status, &json!({ "error": error }))
    }
}

/// An error of the token and revocation endpoints (RFC 6749, section 5.2).
pub(super) fn oauth_error(status: u16, error: &str, description: &str) -> Outgoing {
    Outgoing::json(status, &json!({ "error": error, "error_description": description }))
}

/// Nothing lives at this address.
pub(super) fn nothing_here(path: &str) -> Outgoing {
    let path = super::wire::escape_html(path);
    Outgoing::html(
        404,
        format!(
            "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error 404 (Not Found)!!1</title>\
             <p><b>404.</b> <ins>That’s an error.</ins><p>The requested URL <code>{path}</code> was not found on this \
             server."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(refused: &Refused) -> Value {
        serde_json::from_slice(&refused.reply().body).unwrap()
    }

    #[test]
    fn a_missing_scope_is_refused_in_googles_own_words() {
        let quoted: Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/google/insufficient_scopes.json")).unwrap();
        assert_eq!(body(&Refused::scope_missing()), quoted);
    }

    #[test]
    fn a_spent_quota_is_refused_in_googles_own_words() {
        let quoted = include_str!("../../../tests/fixtures/google/quota_per_day.txt").trim_end();
        assert_eq!(Refused::quota("All requests", "All requests per day", "…").message, quoted);
    }

    #[test]
    fn the_wait_stands_in_the_details() {
        let body = body(&Refused::quota("a", "b", "c").retry_after(30));
        assert_eq!(body["error"]["details"][0]["retryDelay"], "30s");
        assert_eq!(body["error"]["code"], 429);
    }
}
