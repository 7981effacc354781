//! Signing in: the client file, PKCE, the authorize address, the callback, the life of tokens.

mod error;

pub use error::{ClientError, SignInError};
