//! What Google's consent page sends back in the address.

use std::fmt;

use super::error::SignInError;
use super::secret::Secret;
use super::token::TokenReply;

/// An access token without a word on its life lasts as long as Google's do, in seconds.
const USUAL_LIFE_S: u64 = 3599;

/// No state of ours is longer.
const MAX_STATE_CHARS: usize = 128;

/// An answer from the consent page. Whether it belongs to a sign-in that this browser began is not checked here: find
/// the pending one by `state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    pub state: String,
    pub outcome: Outcome,
}

/// What the answer brings.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
    /// To be exchanged for tokens, once.
    Code(String),
    /// The flow without a secret: what the token endpoint would give, without a refresh token.
    Token(TokenReply),
    /// An error code; [`refused`] says what it means.
    Refused(String),
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(_) => f.write_str("Code(…)"),
            Self::Token(reply) => f.debug_tuple("Token").field(reply).finish(),
            Self::Refused(code) => f.debug_tuple("Refused").field(code).finish(),
        }
    }
}

/// Reads `?…`, `#…`, or a whole address with either or both.
///
/// # Errors
/// [`SignInError::ForeignState`] where there is no state, or one parameter has two values (RFC 6749, section 3.1);
/// [`SignInError::EmptyCallback`] where neither code, token nor error is in it.
pub fn parse_callback(text: &str) -> Result<Callback, SignInError> {
    let (before, fragment) = text.trim().split_once('#').unwrap_or((text.trim(), ""));
    let query = before.split_once('?').map_or("", |(_, query)| query);
    let pairs: Vec<_> = [query, fragment.trim_start_matches('?')]
        .into_iter()
        .flat_map(|part| form_urlencoded::parse(part.as_bytes()))
        .collect();
    let one = |name: &str| -> Result<Option<String>, SignInError> {
        let mut values = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
        let Some(first) = values.next() else { return Ok(None) };
        if values.any(|other| other != first) {
            return Err(SignInError::ForeignState);
        }
        Ok(Some(first.to_string()).filter(|value| !value.is_empty()))
    };
    let state = one("state")?.filter(|state| state.chars().count() <= MAX_STATE_CHARS);
    let state = state.ok_or(SignInError::ForeignState)?;
    let outcome = if let Some(code) = one("error")? {
        Outcome::Refused(code.chars().filter(|c| !c.is_control()).take(100).collect())
    } else if let Some(code) = one("code")? {
        Outcome::Code(code)
    } else if let Some(token) = one("access_token")? {
        Outcome::Token(TokenReply {
            access_token: Secret::new(token),
            expires_in_s: one("expires_in")?.and_then(|s| s.parse().ok()).unwrap_or(USUAL_LIFE_S),
            refresh_token: None,
            refresh_expires_in_s: None,
            scopes: one("scope")?.map(|scopes| scopes.split_ascii_whitespace().map(str::to_owned).collect()),
            id_token: one("id_token")?.map(Secret::new),
        })
    } else {
        return Err(SignInError::EmptyCallback);
    };
    Ok(Callback { state, outcome })
}

/// What an error code of the consent page means (RFC 6749, section 4.1.2.1).
pub fn refused(code: &str) -> SignInError {
    match code {
        "access_denied" => SignInError::Denied,
        other => SignInError::Callback { code: other.to_owned() },
    }
}
