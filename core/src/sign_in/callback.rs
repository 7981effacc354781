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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(state: &str, code: &str) -> Result<Callback, SignInError> {
        Ok(Callback { state: state.into(), outcome: Outcome::Code(code.into()) })
    }

    #[test]
    fn a_code_is_found_in_query_fragment_or_address() {
        for text in [
            "?state=s.r&code=4/0A&scope=openid",
            "?code=4%2F0A&state=s%2Er",
            "#state=s.r&code=4/0A",
            "#?state=s.r&code=4/0A",
            "https://example.org/albumen/?state=s.r&code=4/0A",
            "https://example.org/?state=s.r#code=4/0A",
            " ?state=s.r&code=4/0A&code=4%2F0A \n",
            "?&&state=s.r&=&code=4/0A&%ff=%ff&flag",
        ] {
            assert_eq!(parse_callback(text), code("s.r", "4/0A"), "{text}");
        }
    }

    #[test]
    fn a_token_comes_in_the_fragment() {
        let text = "#state=s.p&access_token=ya29.x&token_type=Bearer&expires_in=3599&scope=a%20b+c&id_token=h.p.s";
        let token = |expires_in_s, scopes: Option<&[&str]>, id_token: Option<&str>| {
            Outcome::Token(TokenReply {
                access_token: Secret::new("ya29.x"),
                expires_in_s,
                refresh_token: None,
                refresh_expires_in_s: None,
                scopes: scopes.map(|scopes| scopes.iter().map(|&scope| scope.to_owned()).collect()),
                id_token: id_token.map(Secret::new),
            })
        };
        assert_eq!(parse_callback(text).unwrap().outcome, token(3599, Some(&["a", "b", "c"]), Some("h.p.s")));
        for odd in ["", "&expires_in=", "&expires_in=-1", "&expires_in=soon"] {
            let text = format!("#state=s&access_token=ya29.x{odd}");
            assert_eq!(parse_callback(&text).unwrap().outcome, token(3599, None, None), "{odd}");
        }
    }

    #[test]
    fn an_error_counts_before_all_else() {
        let read = parse_callback("?error=access_denied&state=s&code=x").unwrap();
        assert_eq!(read.outcome, Outcome::Refused("access_denied".into()));
        assert_eq!(refused("access_denied"), SignInError::Denied);
        assert_eq!(refused("invalid_scope"), SignInError::Callback { code: "invalid_scope".into() });
    }

    #[test]
    fn two_values_for_one_parameter_are_nobodys_answer() {
        for text in
            ["?state=a&state=b&code=c", "?state=a&code=c&code=d", "?state=a&code=c#code=d", "?state=a#state=b&code=c"]
        {
            assert_eq!(parse_callback(text), Err(SignInError::ForeignState), "{text}");
        }
    }

    #[test]
    fn an_answer_without_state_or_content_is_refused() {
        for text in
            ["", "?", "#", "?code=c", "#state=&code=c", "code=c&state=s", &format!("?code=c&state={}", "s".repeat(129))]
        {
            assert_eq!(parse_callback(text), Err(SignInError::ForeignState), "{text}");
        }
        for text in ["?state=s", "?state=s&code=", "#state=s&token=x"] {
            assert_eq!(parse_callback(text), Err(SignInError::EmptyCallback), "{text}");
        }
    }

    #[test]
    fn debug_output_hides_code_and_token() {
        for text in ["?state=s&code=hunter2", "#state=s&access_token=hunter2&id_token=hunter2"] {
            assert!(!format!("{:?}", parse_callback(text)).contains("hunter2"));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,200}", odd in "[?#&=%a-f0-9]{0,60}") {
            let _ = (parse_callback(&text), parse_callback(&odd));
        }

        #[test]
        fn a_code_survives_its_encoding(value in "\\PC{1,40}") {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("state", "s").append_pair("code", &value).finish();
            prop_assert_eq!(parse_callback(&format!("?{query}")), code("s", &value));
        }
    }
}
