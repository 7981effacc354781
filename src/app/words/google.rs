//! Sentences for what Google refused.

use albumen_core::google::Refusal;

use super::{ENABLE_API, Explained, Next, Numbers};

pub(super) fn refusal(refusal: &Refusal, numbers: Numbers) -> Explained {
    match refusal {
        Refusal::TokenDead => {
            Explained::new("Google no longer accepts this sign-in. Sign in again; nothing is lost.", Next::SignIn)
        }
        Refusal::ScopeMissing => Explained::new(
            "This sign-in does not include the permission that is needed. Sign in again and leave its box ticked.",
            Next::SignIn,
        ),
        Refusal::ApiDisabled { message } => Explained::new(
            format!("The Photos Library API is not enabled in your Google Cloud project. Google says: {message}"),
            Next::Console(ENABLE_API),
        ),
        Refusal::Forbidden { message } => {
            Explained::new(format!("Google does not allow this: {message}"), Next::TryAgain)
        }
        Refusal::Wait { wait_ms, busy } => Explained::new(wait(*wait_ms, *busy, numbers), Next::TryAgain),
        Refusal::QuotaToday => Explained::new(
            "Today's requests to Google are used up. They count anew from midnight Pacific time; what is here stays.",
            Next::Nothing,
        ),
        Refusal::Invalid { status, message } => {
            Explained::new(format!("Google refused the request ({status}): {message}"), Next::TryAgain)
        }
        Refusal::NotFound => {
            Explained::new("Google no longer has this, or no longer shows it to this page.", Next::Nothing)
        }
        Refusal::Unreadable { what } => Explained::new(
            format!("What came back was not from Google's API as documented ({what}). A proxy may stand between."),
            Next::TryAgain,
        ),
    }
}

fn wait(wait_ms: Option<u64>, busy: bool, numbers: Numbers) -> String {
    let why = if busy { "Google is busy." } else { "Google asks to slow down." };
    match wait_ms {
        Some(ms) => {
            let seconds = ms.div_ceil(1000);
            let unit = if seconds == 1 { "second" } else { "seconds" };
            format!("{why} Wait {} {unit}.", numbers(seconds as f64, 0))
        }
        None => format!("{why} Wait a little."),
    }
}
