//! What can go wrong on the way to Google and back.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a dropped or pasted OAuth client cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ClientError {
    #[error("{name} is not JSON")]
    NotJson { name: String },
    #[error("{name} is the key of a service account, which the Photos API does not support")]
    ServiceAccount { name: String },
    #[error("{name} holds an API key, not an OAuth client")]
    ApiKey { name: String },
    #[error("{name} holds a token, not an OAuth client")]
    Token { name: String },
    /// An Android, iOS or TV client, or JSON of another kind.
    #[error("{name} holds no OAuth client of the kind “Web application” or “Desktop app”")]
    OtherKind { name: String },
    #[error("there is no client id in it")]
    NoClientId,
    /// A client id ends in `.apps.googleusercontent.com`.
    #[error("{given} is no Google client id")]
    NotAClientId { given: String },
    /// `origin` is the exact value to add under “Authorized JavaScript origins”.
    #[error("the client does not allow this page's origin {origin}")]
    OriginMissing { origin: String, allowed: Vec<String> },
    /// `redirect_uri` is the exact value to add under “Authorized redirect URIs”.
    #[error("the client does not allow this page's address {redirect_uri}")]
    RedirectMissing { redirect_uri: String, allowed: Vec<String> },
    /// A Desktop client on a page that is not served from loopback.
    #[error("a Desktop client works only on localhost, and this page is {origin}")]
    DesktopNeedsLoopback { origin: String },
    #[error("sign out before changing the client")]
    SignedIn,
}

/// Why signing in did not end in a sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum SignInError {
    #[error("no OAuth client is set up")]
    NoClient,
    #[error("nobody is signed in")]
    NotSignedIn,
    /// `access_denied`: the person said no, or closed the consent page.
    #[error("the permission was not given")]
    Denied,
    /// The state is not one that this browser sent, or it was used already, or it is older than ten minutes.
    #[error("the answer does not belong to a sign-in that this page began")]
    ForeignState,
    /// Neither code, token nor error came back.
    #[error("the answer from Google has no code in it")]
    EmptyCallback,
    /// An `error` other than `access_denied` came back.
    #[error("Google answered “{code}”")]
    Callback { code: String },
    /// `invalid_grant` at the exchange of the code: used, too old, or the verifier does not fit.
    #[error("the code from Google has expired or was used")]
    CodeExpired,
    /// `invalid_client`: the secret does not belong to the client id.
    #[error("the client secret is wrong")]
    WrongSecret,
    /// `invalid_request`: "client_secret is missing."
    #[error("Google wants the client's secret")]
    SecretMissing,
    #[error("Google does not know this page's address for this client")]
    RedirectMismatch,
    /// `invalid_grant` at a refresh: seven days in "Testing", revoked, or unused for six months.
    #[error("the sign-in has ended")]
    GrantEnded,
    /// An hour is over and there is no refresh token.
    #[error("the hour of this sign-in is over")]
    HourOver,
    /// The consent page let the person untick what is needed.
    #[error("not all permissions were given")]
    ScopesUnticked { missing: Vec<String> },
    /// The browser blocked the window in which Google was to ask.
    #[error("the browser did not open Google's window")]
    WindowBlocked,
    /// No ID token, or one that is not for this client, not Google's, or without the nonce we sent.
    #[error("Google's answer does not say whose account it is")]
    NoIdentity,
    /// The rows on this device belong to `here`; nothing was mixed.
    #[error("this device holds the library of {here}, not of {there}")]
    OtherAccount { here: String, there: String },
    /// The token reply cannot be read by a page (CORS), or no network. Says which request.
    #[error("the token reply could not be read")]
    TokenUnreadable,
    /// A token reply that is not what Google documents.
    #[error("the token reply is not one of Google's: {what}")]
    TokenReply { what: String },
    /// Any other error of the token endpoint.
    #[error("Google refused the sign-in: {code}: {description}")]
    TokenRefused { code: String, description: String },
}
