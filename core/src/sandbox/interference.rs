//! What tests may do to the sandbox from outside, as the world does to Google.

use super::wire::Outgoing;

/// One thing that happens without the app's doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interference {
    /// The person removes the app under myaccount.google.com/permissions: every token of every project dies.
    RevokeGrants,
    /// Every access token ends at once, before its hour; refresh tokens live on.
    EndAccessTokens,
    /// Something else uses the project: so many requests and pictures count as made on the Pacific day of `now_ms`.
    Spend {
        project: String,
        requests: u32,
        pictures: u32,
        now_ms: i64,
    },
    /// The Library API is switched off in the Cloud project: every call is refused with 403.
    DisableApi,
    EnableApi,
    /// Another `mediaItems:batchCreate` of this person is under way: the next ones are refused with 429.
    BeginWrite,
    EndWrite,
    /// The person is no test user of the app: sign-in ends on Google's own page with 403.
    RemoveTestUser,
    AddTestUser,
    /// The person deletes an album in Google Photos; what was in it stays in the library.
    RemoveAlbum {
        id: String,
    },
    /// The next request to this method gets this reply instead, in the CORS dress that its status gives it. Methods:
    /// `mediaItems.search`, `mediaItems.list`, `mediaItems.get`, `mediaItems.batchGet`, `mediaItems.batchCreate`,
    /// `albums.list`, `albums.get`, `uploads`, `token`, `revoke`, `authorize`, `media`. Several wait in line.
    NextReply {
        method: String,
        reply: Outgoing,
    },
}

/// What passes: it is not part of a snapshot.
#[derive(Clone, Debug, Default)]
pub(super) struct Passing {
    pub(super) api_disabled: bool,
    pub(super) write_in_flight: bool,
    pub(super) not_a_test_user: bool,
    pub(super) replies: Vec<(String, Outgoing)>,
}

impl Passing {
    /// Takes the reply that waits for this method, if one does.
    pub(super) fn take(&mut self, method: &str) -> Option<Outgoing> {
        let at = self.replies.iter().position(|(waiting, _)| waiting == method)?;
        Some(self.replies.remove(at).1)
    }
}
