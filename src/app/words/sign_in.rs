//! Sentences for the OAuth client and for signing in.

use albumen_core::sign_in::{ClientError, SignInError};

use super::{CREDENTIALS, Explained, Next};

pub(super) fn client(error: &ClientError) -> Explained {
    match error {
        ClientError::NotJson { name } => Explained::new(
            format!("{name} is not JSON. Download the client's file from the Google Cloud console again."),
            Next::Console(CREDENTIALS),
        ),
        ClientError::ServiceAccount { name } => Explained::new(
            format!("{name} is the key of a service account, which Google Photos does not support. Make an OAuth client of the kind “Web application”."),
            Next::Console(CREDENTIALS),
        ),
        ClientError::ApiKey { name } => Explained::new(
            format!("{name} holds an API key, which cannot sign anybody in. Make an OAuth client of the kind “Web application”."),
            Next::Console(CREDENTIALS),
        ),
        ClientError::Token { name } => Explained::new(
            format!("{name} holds a token that another program was given, not an OAuth client. The right file is usually called client_secret_….json."),
            Next::Console(CREDENTIALS),
        ),
        ClientError::OtherKind { name } => Explained::new(
            format!("{name} holds no OAuth client of the kind “Web application” or “Desktop app”. A web page can use no other."),
            Next::Console(CREDENTIALS),
        ),
        ClientError::NoClientId => Explained::new("There is no client id in it.", Next::Nothing),
        ClientError::NotAClientId { given } => Explained::new(
            format!("“{given}” is no Google client id. It ends in .apps.googleusercontent.com."),
            Next::Nothing,
        ),
        ClientError::OriginMissing { origin, allowed } => Explained::new(
            format!(
                "The client does not allow this page's origin{}. Add exactly this under “Authorized JavaScript origins”, then download the file again.",
                instead(allowed)
            ),
            Next::Console(CREDENTIALS),
        )
        .with_value(origin),
        ClientError::RedirectMissing { redirect_uri, allowed } => Explained::new(
            format!(
                "The client does not allow this page's address{}. Add exactly this under “Authorized redirect URIs”, then download the file again.",
                instead(allowed)
            ),
            Next::Console(CREDENTIALS),
        )
        .with_value(redirect_uri),
        ClientError::DesktopNeedsLoopback { origin } => Explained::new(
            format!("A “Desktop app” client works only on localhost, and this page is {origin}. Make one of the kind “Web application”."),
            Next::Console(CREDENTIALS),
        ),
        ClientError::SignedIn => Explained::new("Sign out before you change the client.", Next::SignOut),
    }
}

/// What the client allows instead, if that is short enough to help.
fn instead(allowed: &[String]) -> String {
    match allowed {
        [] => String::new(),
        [one] => format!(", only {one}"),
        [one, rest @ ..] => format!(", only {one} and {} more", rest.len()),
    }
}

pub(super) fn sign_in(error: &SignInError) -> Explained {
    match error {
        SignInError::NoClient => Explained::new("No OAuth client is set up yet.", Next::SetUpClient),
        SignInError::NotSignedIn => Explained::new("Nobody is signed in. Sign in to go on.", Next::SignIn),
        SignInError::Denied => Explained::new("The permission was not given, so nothing was changed.", Next::SignIn),
        SignInError::ForeignState => Explained::new(
            "The answer does not belong to a sign-in that this page began, or it is older than ten minutes. It was not used.",
            Next::SignIn,
        ),
        SignInError::EmptyCallback => {
            Explained::new("Google's answer has no code in it. Begin again from here.", Next::SignIn)
        }
        SignInError::Callback { code } => Explained::new(callback(code), Next::SignIn),
        SignInError::CodeExpired => Explained::new(
            "The code from Google had expired or was used already. Begin again; it takes a moment.",
            Next::SignIn,
        ),
        SignInError::WrongSecret => Explained::new(
            "The client secret does not belong to this client id. Download the client's file again and set it up anew.",
            Next::SetUpClient,
        ),
        SignInError::SecretMissing => Explained::new(
            "Google wants this client's secret. Set up the client with its client_secret.json instead of the id alone.",
            Next::SetUpClient,
        ),
        SignInError::RedirectMismatch => Explained::new(
            "Google does not know this page's address for this client. Add it under “Authorized redirect URIs”; changes can take five minutes.",
            Next::Console(CREDENTIALS),
        ),
        SignInError::GrantEnded => Explained::new(
            "The sign-in has ended. While a project's consent screen is in “Testing”, Google ends every sign-in after seven days; publishing it stops that. Nothing is lost.",
            Next::SignIn,
        ),
        SignInError::HourOver => Explained::new(
            "The hour of this sign-in is over. With the client's secret, sign-ins last; with the id alone, Google gives an hour.",
            Next::SignIn,
        ),
        SignInError::ScopesUnticked { missing } => {
            let lacks = |part: &str| missing.iter().any(|scope| scope.contains(part));
            let next = match (lacks("appendonly"), lacks("edit")) {
                (true, _) => Next::AllowUploads,
                (false, true) => Next::AllowEdits,
                (false, false) => Next::SignIn,
            };
            Explained::new(unticked(missing), next)
        }
        SignInError::WindowBlocked => Explained::new(
            "The browser did not open Google's window. Allow pop-up windows for this page, then try again; what you wrote is still here.",
            Next::TryAgain,
        ),
        SignInError::NoIdentity => Explained::new(
            "Google's answer does not say whose account it is, so nothing was kept. Begin again.",
            Next::SignIn,
        ),
        SignInError::OtherAccount { here, there } => Explained::new(
            format!(
                "This device holds the library of {here}; you signed in as {there}. Nothing was mixed. Sign in as {here}, or sign out first and let the photos of {here} be removed."
            ),
            Next::SignIn,
        ),
        SignInError::TokenUnreadable => Explained::new(
            "Google's reply to the sign-in could not be read by this page. “Desktop app” clients are known for this: use one of the kind “Web application”. Otherwise check the connection.",
            Next::TryAgain,
        ),
        SignInError::TokenReply { what } => Explained::new(
            format!("The reply to the sign-in was not one of Google's ({what}). A proxy may stand between."),
            Next::TryAgain,
        ),
        SignInError::TokenRefused { code, description } => {
            Explained::new(format!("Google refused the sign-in: {code}. {description}"), Next::SignIn)
        }
    }
}

/// Errors that the consent page sends back (Google: OAuth 2.0 for client-side web apps).
fn callback(code: &str) -> String {
    match code {
        "admin_policy_enforced" => "Your organisation's administrator does not allow this permission.".into(),
        "org_internal" => "This project is open only to people of its own organisation.".into(),
        "invalid_scope" => "Google no longer knows one of the permissions that were asked for.".into(),
        "login_required" | "interaction_required" | "consent_required" => {
            "Google wants to ask you something first. Sign in again.".into()
        }
        "server_error" | "temporarily_unavailable" => "Google's sign-in is busy. Try again in a moment.".into(),
        other => format!("Google answered “{other}” to the sign-in."),
    }
}

fn unticked(missing: &[String]) -> String {
    let wants = |part: &str| missing.iter().any(|scope| scope.contains(part));
    let what = match (wants("readonly"), wants("appendonly"), wants("edit")) {
        (true, true, _) => "seeing and adding photos",
        (false, true, _) => "adding photos",
        (true, false, true) => "seeing photos and changing descriptions",
        (false, false, true) => "changing descriptions",
        (_, false, false) => "seeing photos",
    };
    format!("The box for {what} was left unticked, and it cannot be done without. Sign in again and tick it.")
}
