//! The words page and worker exchange.
//!
//! The page wishes, the worker answers each wish once and tells news unasked. Messages ([`ToWorker`], [`ToPage`]) travel
//! as bytes ([`write`], [`read`]); larger bytes and files travel beside them, as transferred buffers and structured
//! clones, in the order the message names them. The worker must say [`News::Ready`] before anything is sent to it.

mod answer;
mod import;
mod news;
mod wish;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::trouble::Trouble;

pub use answer::{Account, Answer, Client, ClientKind, ConsentScreen, Details, ExposureNumbers, Opened, Original};
pub use import::{
    ImportReport, ImportState, ImportStep, MOST_UNMATCHED, NewPart, PartProgress, PartState, Thumbnail, ThumbnailOf,
    Unmatched, Why,
};
pub use news::{AlbumsFetched, CorrectingState, News, Quota, SyncState, Upload, UploadState, Work};
pub use wish::{Access, MOST_FETCHED, MOST_WRITTEN, Media, NewFile, Opening, Way, Which, Wish};

/// Raised whenever a message changes its meaning: page and worker of different builds part at once.
pub const VERSION: u32 = 8;

/// Which Google answers, and so which database is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum World {
    Google,
    /// The pretend Google inside the worker: **Try it now**.
    Sandbox,
}

/// From page to worker: one wish, answered once under the same `ask`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToWorker {
    pub ask: u32,
    pub wish: Wish,
}

/// From worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToPage {
    Answer { ask: u32, answer: Result<Answer, Trouble> },
    News(News),
}

/// Bytes that are no message of this build.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no message of this build: {0}")]
pub struct NotAMessage(String);

/// A message as bytes. They hold no names, so they say nothing to a program of another build.
pub fn write(message: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(message).expect("every list of a message knows its length, and memory grows")
}

/// The message that these bytes are, to the last of them.
pub fn read<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, NotAMessage> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        Ok((_, rest)) => Err(NotAMessage(format!("{} bytes too many", rest.len()))),
        Err(error) => Err(NotAMessage(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn builds_that_agree_on_nothing_else_can_tell_that_they_differ() {
        let ready = ToPage::News(News::Ready { version: 7, build: "ab".into() });
        assert_eq!(write(&ready), [1, 0, 7, 2, b'a', b'b']);
    }

    #[test]
    fn what_is_cut_off_or_goes_on_is_no_message() {
        let message = ToWorker { ask: 300, wish: Wish::FinishSignIn { callback: "?code=1".into() } };
        let bytes = write(&message);
        assert_eq!(read(&bytes), Ok(message));
        for length in 0..bytes.len() {
            assert!(read::<ToWorker>(&bytes[..length]).is_err(), "{length}");
        }
        assert!(read::<ToWorker>(&[&bytes[..], &[0]].concat()).is_err());
    }

    proptest! {
        #[test]
        fn a_wish_arrives_as_it_was_sent(ask: u32, name: String, size: u64, mime_type: String, modified_ms: i64) {
            let files = vec![NewFile { name, size, mime_type, modified_ms }];
            let message = ToWorker { ask, wish: Wish::AddFiles { files } };
            prop_assert_eq!(read(&write(&message)), Ok(message));
        }

        #[test]
        fn an_answer_arrives_as_it_was_sent(ask: u32, missing: Vec<String>, status: u16, fetched: bool) {
            let answer = match fetched {
                true => Ok(Answer::Pictures(vec![(ask, missing.first().cloned()), (0, None)])),
                false => Err(Trouble::EngineStopped { message: format!("{status} {missing:?}") }),
            };
            let message = ToPage::Answer { ask, answer };
            prop_assert_eq!(read(&write(&message)), Ok(message));
        }

        #[test]
        fn nothing_that_arrives_can_break_the_reader(bytes: Vec<u8>) {
            let _ = (read::<ToPage>(&bytes), read::<ToWorker>(&bytes));
        }
    }
}
