//! Signing in: the client file, PKCE, the authorize address, the callback, the life of tokens.
//!
//! Pure functions, as in [`crate::google`]: requests are worded here and replies read, nothing is sent. Addresses are
//! constants; `auth_uri` and `token_uri` of a client file are ignored.

mod authorize;
mod callback;
mod client_file;
mod error;
mod id_token;
mod page_address;
mod pkce;
mod secret;
mod token;
mod tokens;

pub use authorize::{AUTHORIZE, Begun, PENDING_LIFE_MS, Pending, begin};
pub use callback::{Callback, Outcome, parse_callback, refused};
pub use client_file::{ClientFile, client_from_id, read_client};
pub use error::{ClientError, SignInError};
pub use id_token::{Identity, identity};
pub use secret::Secret;
pub use token::{
    REVOKE, TOKEN, TokenReply, exchange_request, parse_refresh_reply, parse_token_reply, refresh_request,
    revoke_request,
};
pub use tokens::{Life, Tokens, missing_scopes};

use crate::protocol::Access;

/// Who is signed in: `sub` and `email` of the ID token (OpenID Connect Core 1.0, section 5.4).
const IDENTITY_SCOPES: [&str; 2] = ["openid", "email"];
/// Read what this app created (Google: Photos APIs, authorization scopes).
pub const READ_SCOPE: &str = "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata";
/// Upload bytes and create media items (Google: Photos APIs, authorization scopes).
pub const UPLOAD_SCOPE: &str = "https://www.googleapis.com/auth/photoslibrary.appendonly";

/// Change what this app created (Google: Photos APIs, authorization scopes).
pub const EDIT_SCOPE: &str = "https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata";

/// The Photos scopes that an access needs.
pub(crate) fn photo_scopes(access: Access) -> &'static [&'static str] {
    match access {
        Access::Read => &[READ_SCOPE],
        Access::Upload => &[READ_SCOPE, UPLOAD_SCOPE],
        Access::Edit => &[READ_SCOPE, EDIT_SCOPE],
    }
}
